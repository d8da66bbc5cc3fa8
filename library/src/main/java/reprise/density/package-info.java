/** Densities: estimating them, and the theory of the estimators. */
package reprise.density;
