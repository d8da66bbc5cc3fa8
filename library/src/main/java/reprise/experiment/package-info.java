/** Experiments: grids over parameters and seeds in parallel, their statistics, rates with intervals, recorded loops. */
package reprise.experiment;
