package reprise.transport;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Cost;
import reprise.linalg.Blas;
import reprise.linalg.MatrixFunctions;
import reprise.linalg.NotConverged;
import reprise.linalg.Svd;
import reprise.parallel.Tasks;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * How much dearer a map is than the best way from its inputs to its outputs:
 * {@code sum_i a_i c(x_i, T(x_i)) - W(x, T(x))}. It is never negative, and zero if and only if the map is an optimal
 * one onto its own image.
 *
 * <pre>{@code
 * double gap = MongeGap.of(x, images).exact().value();
 * Dense uphill = MongeGap.of(x, images, GroundCost.power(1.5)).epsilon(0.01).solve().gradient();
 * }</pre>
 */
@Source(arxiv = "2302.04953", at = "Monge gap")
public final class MongeGap {
    private static final double DEFAULT_TOLERANCE = 1e-6;

    private final Dense x;
    private final Dense images;
    private final GroundCost cost;
    private final double[] a;

    private MongeGap(Dense x, Dense images, GroundCost cost, double[] a) {
        this.x = x;
        this.images = images;
        this.cost = cost;
        this.a = a;
    }

    /**
     * A gap and how it changes with the images.
     *
     * @param value the gap, in units of the cost
     * @param meanCost what the map costs
     * @param transport what the best way costs; with entropy that is {@code sum_ij P_ij c_ij - eps H(P)}
     * @param gradient of the gap in the images, inputs and eps fixed, shape [n, d]; for an exact plan one of the
     *     subgradients
     */
    public record Gap(double value, double meanCost, double transport, Dense gradient) {
        /**
         * The part of the cost that was for nothing.
         *
         * @return the gap over the mean cost: 0 for optimal maps, 1 if the best way costs nothing; NaN if the map
         *     does not
         */
        public double relative() {
            return value / meanCost;
        }
    }

    /**
     * Takes inputs of equal weight and their images, with the squared distance.
     *
     * @param x inputs, shape [n, d], finite
     * @param images where the map sends them, shape [n, d], finite
     * @return the map on this sample
     * @throws IllegalArgumentException if the shapes differ, or a value is NaN or infinite
     */
    public static MongeGap of(INDArray x, INDArray images) {
        return of(Dense.of("x", x), Dense.of("images", images), GroundCost.squaredDistance());
    }

    /**
     * Takes inputs of equal weight and their images, with the squared distance.
     *
     * @param x inputs, n rows of d coordinates, finite
     * @param images where the map sends them, n rows of d coordinates, finite
     * @return the map on this sample
     * @throws IllegalArgumentException if the shapes differ, or a value is NaN or infinite
     */
    public static MongeGap of(double[][] x, double[][] images) {
        return of(Dense.of("x", x), Dense.of("images", images), GroundCost.squaredDistance());
    }

    /**
     * Takes inputs of equal weight and their images, with the squared distance.
     *
     * @param x inputs, shape [n, d]
     * @param images where the map sends them, shape [n, d]
     * @return the map on this sample
     * @throws IllegalArgumentException if the shapes differ
     */
    public static MongeGap of(Dense x, Dense images) {
        return of(x, images, GroundCost.squaredDistance());
    }

    /**
     * Takes inputs of equal weight and their images.
     *
     * @param x inputs, shape [n, d]
     * @param images where the map sends them, shape [n, d]
     * @param cost of an input and an image
     * @return the map on this sample
     * @throws IllegalArgumentException if the shapes differ
     */
    public static MongeGap of(Dense x, Dense images, GroundCost cost) {
        Require.shape("images", new int[] {images.rows(), images.columns()}, x.rows(), x.columns());
        return new MongeGap(x, images, cost, Masses.equal(x.rows()));
    }

    /**
     * Weighs the inputs; an image has the weight of its input.
     *
     * @param a shape [n], at least 0, with sum 1
     * @return a copy with these weights
     * @throws IllegalArgumentException if a weight is negative or not finite, the sum is not 1 to 1e-9, or their number
     *     is not n
     */
    public MongeGap weights(double... a) {
        return new MongeGap(x, images, cost, Masses.probabilities("weights", a, x.rows()));
    }

    /**
     * What the map costs.
     *
     * @return {@code sum_i a_i c(x_i, T(x_i))}
     * @cost O(n d)
     */
    public double meanCost() {
        double[][] from = x.toRows();
        double[][] to = images.toRows();
        double sum = 0;
        for (int i = 0; i < from.length; i++) {
            sum += a[i] * cost.between(from[i], to[i]);
        }
        return sum;
    }

    /**
     * The gap of the sample, by the network simplex method.
     *
     * @return at least 0 but for rounding
     * @throws IllegalArgumentException if a cost is NaN or infinite
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost as of {@link ExactTransport#solve}
     */
    public Gap exact() {
        SparsePlan plan = ExactTransport.costs(cost.table(x, images)).weights(a, a).solve();
        double[][] from = x.toRows();
        double[][] to = images.toRows();
        var gradient = own(from, to);
        for (int k = 0; k < plan.size(); k++) {
            SparsePlan.Entry entry = plan.entry(k);
            add(-entry.mass(), cost.gradient(from[entry.source()], to[entry.target()]), gradient[entry.target()]);
        }
        double mean = meanCost();
        return new Gap(mean - plan.cost(), mean, plan.cost(), Dense.of("gradient", gradient));
    }

    /**
     * How many pairs of inputs would rather exchange their images. No optimal map has such pairs, but maps without any
     * may be far from optimal: longer cycles of exchanges count as well.
     *
     * @param pairs how many to draw, at least 1
     * @param rng the randomness
     * @return the share of pairs that gain more than a rounding of the larger cost, from 0 to 1
     * @throws IllegalArgumentException if there is no pair
     * @cost O(pairs d)
     */
    public double exchanges(int pairs, Rng rng) {
        Require.atLeast("pairs", pairs, 1);
        double[][] from = x.toRows();
        double[][] to = images.toRows();
        int gaining = 0;
        for (int p = 0; p < pairs; p++) {
            int i = rng.integer(from.length);
            int j = rng.integer(from.length);
            double stay = cost.between(from[i], to[i]) + cost.between(from[j], to[j]);
            double exchanged = cost.between(from[i], to[j]) + cost.between(from[j], to[i]);
            gaining += exchanged < stay - 1e-12 * Math.max(Math.abs(stay), Math.abs(exchanged)) ? 1 : 0;
        }
        return (double) gaining / pairs;
    }

    /**
     * Softens the transport, so that the gap is smooth in the images.
     *
     * @param eps above 0, in units of the cost
     * @return the softened problem, ready to be solved
     * @throws IllegalArgumentException if eps is not positive and finite, or a cost is NaN or infinite
     */
    public Soft epsilon(double eps) {
        Require.positive("epsilon", eps);
        return new Soft(this, pairs(x, images, cost), eps, DEFAULT_TOLERANCE);
    }

    /**
     * Softens the transport by a share of the mean cost of all pairs, which is a number to the gradient.
     *
     * @param share above 0; the paper's code takes one hundredth and more
     * @return the softened problem, ready to be solved
     * @throws IllegalArgumentException if the share is not positive and finite, a cost is NaN or infinite, or all
     *     costs are 0
     */
    public Soft relativeEpsilon(double share) {
        Require.positive("share", share);
        PairCosts pairs = pairs(x, images, cost);
        return new Soft(this, pairs, Require.positive("epsilon", share * pairs.mean()), DEFAULT_TOLERANCE);
    }

    /** The gap with entropic transport. */
    public static final class Soft {
        private final MongeGap map;
        private final PairCosts pairs;
        private final double eps;
        private final double tolerance;

        private Soft(MongeGap map, PairCosts pairs, double eps, double tolerance) {
            this.map = map;
            this.pairs = pairs;
            this.eps = eps;
            this.tolerance = tolerance;
        }

        /**
         * Sets how well the plan's marginals must be met.
         *
         * @param tolerance bound on the sum of absolute differences, above 0
         * @return a copy with this tolerance; 1e-6 unless set
         * @throws IllegalArgumentException if it is not positive and finite
         */
        public Soft tolerance(double tolerance) {
            return new Soft(map, pairs, eps, Require.positive("tolerance", tolerance));
        }

        /**
         * The softness in units of the cost.
         *
         * @return eps
         */
        public double epsilon() {
            return eps;
        }

        /**
         * The estimator of the paper's code, with {@code W = sum_ij P_ij c_ij - eps H(P)} and
         * {@code H(P) = -sum_ij P_ij log P_ij}. For n equal weights it exceeds the exact gap of the sample by eps log n
         * at least and 2 eps log n at most: it never is negative, and never near 0 either.
         *
         * @return the gap, and its gradient with the plan held fixed (envelope theorem)
         * @throws NotConverged if the tolerance was not reached
         * @throws reprise.parallel.Interrupted if the calling thread was interrupted
         * @cost that of {@link Sinkhorn#solve} and O(n^2 d)
         */
        @Source(arxiv = "2302.04953", at = "entropic estimator")
        public Gap solve() {
            EntropicPlan plan = Sinkhorn.of(pairs).weights(map.a, map.a).epsilon(eps).tolerance(tolerance).solve();
            double entropy = 0;
            for (double mass : map.a) {
                entropy -= mass == 0 ? 0 : mass * Math.log(mass);
            }
            // The plan's value has the entropy relative to a a'.
            double transport = plan.value() - 2 * eps * entropy;
            double mean = map.meanCost();
            return new Gap(mean - transport, mean, transport, Dense.of("gradient", map.gradient(plan)));
        }
    }

    private double[][] gradient(EntropicPlan plan) {
        double[][] from = x.toRows();
        double[][] to = images.toRows();
        double[][] gradient = own(from, to);
        double[][] p = plan.toMatrix();
        Tasks.forRange(to.length, j -> {
            for (int i = 0; i < from.length; i++) {
                // What is below a rounding of the whole changes nothing.
                if (p[i][j] > 1e-20) {
                    add(-p[i][j], cost.gradient(from[i], to[j]), gradient[j]);
                }
            }
        });
        return gradient;
    }

    private double[][] own(double[][] from, double[][] to) {
        var gradient = new double[from.length][x.columns()];
        for (int i = 0; i < from.length; i++) {
            add(a[i], cost.gradient(from[i], to[i]), gradient[i]);
        }
        return gradient;
    }

    private static void add(double factor, double[] what, double[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] += factor * what[k];
        }
    }

    /** The squared distance has kernels of its own; other costs are computed once and kept. */
    static PairCosts pairs(Dense x, Dense y, GroundCost cost) {
        return cost instanceof GroundCost.Squared
                ? new PairCosts.Clouds(x, y, Cost.squaredDistance())
                : new PairCosts.Table(Dense.of("costs", cost.table(x, y)));
    }

    /**
     * The gap of a linear map {@code T(x) = A x} for the squared distance, in the limit of all inputs. For inputs
     * N(m, S) it is {@code 2 tr (S^1/2 A S A' S^1/2)^1/2 - 2 tr A S}; with S = I twice the nuclear norm less the trace.
     *
     * @param map A, shape [d, d]
     * @param covariance S of the inputs, shape [d, d], symmetric and not negative
     * @return at least 0 but for rounding
     * @throws reprise.linalg.NotPositiveDefinite if the covariance has a negative eigenvalue
     * @throws IllegalArgumentException if the shapes differ
     * @cost O(d^3)
     */
    @Source(text = "Gelbrich, On a formula for the L2 Wasserstein metric, 1990", at = "the distance of normals")
    public static double linear(Dense map, Dense covariance) {
        int d = map.rows();
        Require.shape("map", new int[] {map.rows(), map.columns()}, d, d);
        Require.shape("covariance", new int[] {covariance.rows(), covariance.columns()}, d, d);
        Dense product = Blas.product(map, covariance);
        // The singular values of S^1/2 A S^1/2 are the eigenvalues of the root in the formula.
        Dense half = MatrixFunctions.rootOfSemidefinite(covariance);
        double[] singular = Svd.values(Blas.product(half, Blas.product(map, half)));
        double trace = 0;
        for (int i = 0; i < d; i++) {
            trace += product.data()[i * d + i];
        }
        return 2 * (Arrays.stream(singular).sum() - trace);
    }
}
