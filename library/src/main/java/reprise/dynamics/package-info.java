/** Dynamical systems from data: Koopman spectra with error control, dynamic mode decomposition, and exact systems. */
package reprise.dynamics;
