package reprise.backend;

/**
 * Sinkhorn's matrix scaling in the log domain: moves the potentials f of sources x and g of targets y in turns to where
 * the plan {@code P_ij = a_i b_j exp((f_i + g_j - c(x_i, y_j)) / eps)} has one of its two marginals.
 *
 * <pre>{@code
 * Scaling scaling = Backends.current().scaling(x, y, Cost.squaredDistance(), logA, logB);
 * for (int k = 0; k < 100; k++) {
 *     scaling.update(f, g, 0.05, 1);
 * }
 * }</pre>
 *
 * <p>Nothing of size n times m is stored. One object serves one thread at a time.
 */
public interface Scaling {
    /**
     * Moves f towards the sources' marginal a, then g towards the targets' marginal b, by a factor times the way.
     *
     * @param f the sources' potential, shape [n], in units of the cost; changed
     * @param g the targets' potential, shape [m]; changed
     * @param eps the softness, above 0, in units of the cost
     * @param factor 1 for Sinkhorn's own step, between 1 and 2 for overrelaxation
     * @return {@code sum_i |sum_j P_ij - a_i|} before the update
     * @throws IllegalArgumentException if f or g has another length, or eps is not positive
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted; f and g may be half moved
     * @cost O(n m d) time; no memory
     */
    double update(double[] f, double[] g, double eps, double factor);

    /** Soft sums over a fixed set of points, as {@link SoftSum#logSum} gives them. */
    @FunctionalInterface
    interface LogSums {
        /**
         * Sums for every query.
         *
         * @param logWeights one a point
         * @param eps the softness, above 0
         * @return natural logarithms, one a query
         */
        double[] of(double[] logWeights, double eps);
    }

    /**
     * Updates by one soft sum over the targets and one over the sources, whatever the cost.
     *
     * @param overTargets for every source {@code log sum_j exp(w_j - c_ij / eps)}
     * @param overSources for every target {@code log sum_i exp(w_i - c_ij / eps)}
     * @param logA logarithms of the sources' weights, shape [n]; minus infinity for none
     * @param logB logarithms of the targets' weights, shape [m]
     * @return ready to be called often
     * @cost none before the first update
     */
    static Scaling of(LogSums overTargets, LogSums overSources, double[] logA, double[] logB) {
        return new AlternatingSums(overTargets, overSources, logA, logB);
    }
}
