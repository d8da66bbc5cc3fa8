/** Densities estimated from points. */
package reprise.density;
