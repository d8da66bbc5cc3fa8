/** Optimal transport with entropy, Schroedinger bridges, and distances between normal distributions. */
package reprise.transport;
