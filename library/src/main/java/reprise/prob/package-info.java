/** Statistics of samples: moments, tails, distances between distributions. */
package reprise.prob;
