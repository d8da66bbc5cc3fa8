/** Minima and roots. */
package reprise.optim;
