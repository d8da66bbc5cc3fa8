package reprise.transport;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.NotConverged;
import reprise.parallel.Progress;
import reprise.source.Source;

/**
 * The mean of histograms under transport, on places that are given: the masses a that minimise
 * {@code sum_k w_k min_P (sum_ij P_ij c_ij + eps sum_ij P_ij log P_ij)} over plans P from a to the k-th histogram.
 *
 * <pre>{@code
 * var mean = FixedBarycentre.of(costs, List.of(one, other)).epsilon(0.01).solve();
 * double[] halfWay = mean.masses();
 * }</pre>
 *
 * <p>Bregman projections in the log domain, so nothing underflows however small eps is. Entropy blurs: the mean of
 * translates of one density is that density at the mean place, convolved with N(0, eps / 2) for the squared distance.
 */
@Source(arxiv = "1412.5154", at = "iterative Bregman projections, barycenters")
public final class FixedBarycentre {
    private static final double DEFAULT_TOLERANCE = 1e-9;
    private static final int DEFAULT_ITERATIONS = 100_000;
    private static final int STEPS_PER_SOFTNESS = 3;

    private final List<PairCosts> costs;
    private final List<double[]> histograms;
    private final double[] weights;
    private final double eps;
    private final double tolerance;
    private final int iterations;

    private FixedBarycentre(List<PairCosts> costs, List<double[]> histograms, double[] weights, double eps,
            double tolerance, int iterations) {
        this.costs = costs;
        this.histograms = histograms;
        this.weights = weights;
        this.eps = eps;
        this.tolerance = tolerance;
        this.iterations = iterations;
    }

    /**
     * A mean of histograms.
     *
     * @param masses on the given places, shape [n], above 0, with sum 1
     * @param iterations how many updates of all plans at the final softness
     * @param error {@code sum_k w_k sum_i |a_i - mass of the k-th plan at i|} at the end
     */
    public record Mean(double[] masses, int iterations, double error) {}

    /** Histograms that wait for a softness. */
    public static final class Problem {
        private final List<PairCosts> costs;
        private final List<double[]> histograms;
        private final double[] weights;

        private Problem(List<PairCosts> costs, List<double[]> histograms, double[] weights) {
            this.costs = costs;
            this.histograms = histograms;
            this.weights = weights;
        }

        /**
         * Weighs the histograms.
         *
         * @param weights one a histogram, at least 0, with sum 1
         * @return a copy with these weights; equal unless set
         * @throws IllegalArgumentException if a weight is negative or not finite, the sum is not 1 to 1e-9, or their
         *     number is another
         */
        public Problem weights(double... weights) {
            return new Problem(costs, histograms, Masses.probabilities("weights", weights, histograms.size()));
        }

        /**
         * Sets the softness.
         *
         * @param eps above 0, in units of the cost
         * @return the problem, ready to be solved
         * @throws IllegalArgumentException if eps is not positive and finite
         */
        public FixedBarycentre epsilon(double eps) {
            return new FixedBarycentre(costs, histograms, weights, Require.positive("epsilon", eps),
                    DEFAULT_TOLERANCE, DEFAULT_ITERATIONS);
        }
    }

    /**
     * Takes histograms on places of one kind.
     *
     * @param costs from each place of the mean to each place of a histogram, shape [n, m], finite
     * @param histograms at least one, each of shape [m], at least 0, with sum 1
     * @return a problem that waits for its softness
     * @throws IllegalArgumentException if there is no histogram, one does not fit the costs, has a negative mass or
     *     another sum, or the costs are empty, ragged or hold NaN or infinity
     */
    public static Problem of(double[][] costs, List<double[]> histograms) {
        Require.atLeast("number of histograms", histograms.size(), 1);
        var table = new PairCosts.Table(Dense.of("costs", costs));
        return problem(IntStream.range(0, histograms.size()).<PairCosts>mapToObj(k -> table).toList(), histograms);
    }

    /**
     * Takes histograms on places of their own.
     *
     * @param costs for each histogram those from each place of the mean to each of its places, shape [n, m_k], finite
     * @param histograms as many as tables, each of shape [m_k], at least 0, with sum 1
     * @return a problem that waits for its softness
     * @throws IllegalArgumentException if there is no histogram, their number is not that of the tables, one does not
     *     fit its costs, has a negative mass or another sum, or costs are empty, ragged or hold NaN or infinity
     */
    public static Problem ofTables(List<double[][]> costs, List<double[]> histograms) {
        Require.atLeast("number of histograms", histograms.size(), 1);
        Require.shape("costs", new int[] {costs.size()}, histograms.size());
        List<PairCosts> tables = IntStream.range(0, costs.size()).<PairCosts>mapToObj(
                k -> new PairCosts.Table(Dense.of("costs[" + k + "]", costs.get(k)))).toList();
        int n = tables.get(0).sources();
        for (int k = 1; k < tables.size(); k++) {
            Require.shape("rows of costs[" + k + "]", new int[] {tables.get(k).sources()}, n);
        }
        return problem(tables, histograms);
    }

    private static Problem problem(List<PairCosts> costs, List<double[]> histograms) {
        List<double[]> checked = IntStream.range(0, histograms.size()).mapToObj(k -> Masses.probabilities(
                "histograms[" + k + "]", histograms.get(k), costs.get(k).targets())).toList();
        return new Problem(costs, checked, Masses.equal(checked.size()));
    }

    /**
     * Sets how well the plans must agree on the mean.
     *
     * @param tolerance bound on {@link Mean#error}, above 0
     * @return a copy with this tolerance; 1e-9 unless set
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public FixedBarycentre tolerance(double tolerance) {
        return new FixedBarycentre(costs, histograms, weights, eps, Require.positive("tolerance", tolerance),
                iterations);
    }

    /**
     * Sets when to give up.
     *
     * @param iterations at most so many updates of all plans, at least 1
     * @return a copy with this bound; 100 000 unless set
     * @throws IllegalArgumentException if it is below 1
     */
    public FixedBarycentre iterations(int iterations) {
        return new FixedBarycentre(costs, histograms, weights, eps, tolerance,
                Require.atLeast("iterations", iterations, 1));
    }

    /**
     * Finds the mean.
     *
     * @return its masses
     * @throws NotConverged if the tolerance was not reached; it holds the masses reached
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(K n m) an iteration for K histograms; their number grows like 1 / eps
     */
    public Mean solve() {
        var state = new State();
        double spread = costs.stream().mapToDouble(PairCosts::spread).max().orElseThrow();
        double error = Double.POSITIVE_INFINITY;
        try (var progress = Progress.over("Barycentre", iterations)) {
            for (double soft = spread / 2; soft > eps; soft /= 2) {
                for (int k = 0; k < STEPS_PER_SOFTNESS; k++) {
                    state.update(soft);
                }
            }
            for (int done = 1; done <= iterations; done++) {
                error = state.update(eps);
                if (error <= tolerance) {
                    return new Mean(state.masses(), done, error);
                }
                progress.tick();
            }
        }
        throw new NotConverged("Barycentre", iterations, error, tolerance, state.masses());
    }

    /** The potentials of all plans at the places of the mean, whose weighted sum is 0 at each place. */
    private final class State {
        private final int n = costs.get(0).sources();
        private final double[][] potentials = new double[costs.size()][n];
        private final double[] logMean = new double[n];

        /** Fits each plan to its histogram, then all to their geometric mean; returns how far they were from it. */
        double update(double soft) {
            var logMarginals = new double[potentials.length][];
            Arrays.fill(logMean, 0);
            for (int k = 0; k < potentials.length; k++) {
                double[] b = histograms.get(k);
                double[] atTargets = costs.get(k).overSources(scaled(potentials[k], soft), soft);
                for (int j = 0; j < b.length; j++) {
                    atTargets[j] = Math.log(b[j]) - atTargets[j];
                }
                logMarginals[k] = costs.get(k).overTargets(atTargets, soft);
                for (int i = 0; i < n; i++) {
                    logMarginals[k][i] += potentials[k][i] / soft;
                    logMean[i] += weights[k] * logMarginals[k][i];
                }
            }
            double error = 0;
            for (int k = 0; k < potentials.length; k++) {
                for (int i = 0; i < n; i++) {
                    error += weights[k] * Math.abs(Math.exp(logMarginals[k][i]) - Math.exp(logMean[i]));
                    potentials[k][i] += soft * (logMean[i] - logMarginals[k][i]);
                }
            }
            return error;
        }

        double[] masses() {
            double[] masses = Arrays.stream(logMean).map(Math::exp).toArray();
            double sum = Arrays.stream(masses).sum();
            return Arrays.stream(masses).map(a -> a / sum).toArray();
        }

        private double[] scaled(double[] potential, double soft) {
            return Arrays.stream(potential).map(f -> f / soft).toArray();
        }
    }
}
