/** Ordinary and stochastic differential equations. */
package reprise.ode;
