package reprise.density;

import reprise.array.Dense;

/**
 * A few points that stand for many, all of one weight.
 *
 * @param indices which input points, from 0 to n - 1; one may occur twice, length s
 * @param points those points, shape [s, d]
 * @param discrepancy the maximum mean discrepancy to the input points, at least 0; the distance to the distribution
 *     that they come from is another one, see {@link MaximumMeanDiscrepancy}
 * @param replaced how many of them the refinement put in the place of others
 */
public record Coreset(int[] indices, Dense points, double discrepancy, int replaced) {}
