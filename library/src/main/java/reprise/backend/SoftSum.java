package reprise.backend;

import reprise.array.Dense;

/**
 * Sums over all points, softened by a cost, for every query: the one kernel behind kernel densities, Sinkhorn,
 * Schroedinger bridges, empirical scores, mean shift and attention.
 *
 * <pre>{@code
 * SoftSum sums = Backends.current().softSum(x, y, Cost.squaredDistance());
 * double[] logSum = sums.logSum(logWeights, 2 * h * h);
 * }</pre>
 *
 * <p>Queries and points stay prepared; weights and eps may change from call to call. Nothing of size n times m is ever
 * stored. A soft sum may be used by several threads.
 */
public interface SoftSum {
    /**
     * For every query the logarithm of the weighted sum, {@code log sum_j exp(w_j - c(x_i, y_j) / eps)}.
     *
     * @param logWeights w, one a point, shape [m]; minus infinity leaves a point out
     * @param eps the softness, above 0, in units of the cost
     * @return natural logarithms, shape [n]
     * @throws IllegalArgumentException if a weight is NaN or plus infinity, all are minus infinity, their number is
     *     not m, or eps is not positive
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n m d) time, O((n + m) d) memory
     */
    double[] logSum(double[] logWeights, double eps);

    /**
     * For every query the softmax-weighted mean of values,
     * {@code sum_j p_ij v_j with p_ij proportional to exp(w_j - c(x_i, y_j) / eps)}.
     *
     * @param logWeights w, one a point, shape [m]; minus infinity leaves a point out
     * @param eps the softness, above 0, in units of the cost
     * @param values v, one row a point, shape [m, k]
     * @return shape [n, k]; shares below 2^-700 may be dropped
     * @throws IllegalArgumentException as for {@link #logSum}, or if the values have not m rows
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n m (d + k)) time, O((n + m) (d + k)) memory
     */
    Dense average(double[] logWeights, double eps, Dense values);
}
