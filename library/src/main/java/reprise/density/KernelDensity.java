package reprise.density;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Backend;
import reprise.backend.Backends;
import reprise.backend.Cost;

/**
 * A Gaussian kernel density: {@code rho_h(x) = sum_j p_j N(x; y_j, h^2 I)} with weights {@code p_j}, equal unless given.
 *
 * <pre>{@code
 * var kde = KernelDensity.gaussian(y).bandwidth(0.7);
 * double[] logp = kde.logDensity(x);
 * }</pre>
 *
 * <p>All sums are taken over all points and in logarithms, so that values far below 1e-300 are as good as any other.
 * Trees that skip far points are faster in few dimensions and wrong in the tails. Immutable; the backend is the one
 * that was current when the points were given.
 */
public final class KernelDensity {
    private static final double LOG_TWO_PI = 1.8378770664093453;

    private final Dense y;
    private final double[] logWeights;
    private final double h;
    private final Backend backend;

    private KernelDensity(Dense y, double[] logWeights, double h, Backend backend) {
        this.y = y;
        this.logWeights = logWeights;
        this.h = h;
        this.backend = backend;
    }

    /** Points that wait for a bandwidth. */
    public static final class Points {
        private final Dense y;
        private final double[] logWeights;
        private final Backend backend = Backends.current();

        private Points(Dense y, double[] logWeights) {
            this.y = y;
            this.logWeights = logWeights;
        }

        /**
         * Weighs the points.
         *
         * @param weights shape [n], at least 0, not all 0; only their ratios matter
         * @return a copy with these weights; bandwidth rules do not look at them
         * @throws IllegalArgumentException if a weight is negative or not finite, all are 0, or there are not n
         */
        public Points weights(double... weights) {
            Require.shape("weights", new int[] {weights.length}, y.rows());
            double sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += Require.nonNegative("weights[" + j + "]", weights[j]);
            }
            double total = Math.log(Require.positive("sum of weights", sum));
            return new Points(y, Arrays.stream(weights).map(p -> Math.log(p) - total).toArray());
        }

        /**
         * Sets the bandwidth, the standard deviation of each kernel.
         *
         * @param h above 0, in the units of the points
         * @return the density
         * @throws IllegalArgumentException if h is not positive and finite
         */
        public KernelDensity bandwidth(double h) {
            return new KernelDensity(y, logWeights, Require.positive("bandwidth", h), backend);
        }

        /**
         * Finds the bandwidth by a rule.
         *
         * @param rule such as {@link Bandwidth#silverman()}
         * @return the density
         * @throws IllegalArgumentException if the rule needs other points
         * @throws reprise.parallel.Interrupted if the calling thread was interrupted
         */
        public KernelDensity bandwidth(Bandwidth rule) {
            return bandwidth(rule.of(y));
        }
    }

    /**
     * Begins with points.
     *
     * @param y shape [n, d], finite
     * @return equally weighted points, to be given a bandwidth
     * @throws IllegalArgumentException if there are none, or one holds NaN or infinity
     */
    public static Points gaussian(INDArray y) {
        return gaussian(Dense.of("points", y));
    }

    /**
     * Begins with points.
     *
     * @param y n rows of d coordinates, finite
     * @return equally weighted points, to be given a bandwidth
     * @throws IllegalArgumentException if there are none, or one holds NaN or infinity
     */
    public static Points gaussian(double[][] y) {
        return gaussian(Dense.of("points", y));
    }

    /**
     * Begins with points.
     *
     * @param y shape [n, d]
     * @return equally weighted points, to be given a bandwidth
     */
    public static Points gaussian(Dense y) {
        double[] equal = new double[y.rows()];
        Arrays.fill(equal, -Math.log(y.rows()));
        return new Points(y, equal);
    }

    /**
     * The bandwidth.
     *
     * @return h, as given or as found by the rule
     */
    public double bandwidth() {
        return h;
    }

    /**
     * The logarithm of the density.
     *
     * @param x query points, shape [m, d], finite
     * @return in nats, shape [m]
     * @throws IllegalArgumentException if x holds NaN or infinity, or has another d
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(m n d) time, O((m + n) d) memory; error below 1e-12 of the larger of 1 and the value
     */
    public INDArray logDensity(INDArray x) {
        double[] values = logDensity(Dense.of("x", x));
        return Nd4j.create(values, new long[] {values.length}, 'c');
    }

    /**
     * The logarithm of the density.
     *
     * @param x query points, m rows of d coordinates, finite
     * @return in nats, shape [m]
     * @throws IllegalArgumentException if x holds NaN or infinity, or has another d
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(m n d) time, O((m + n) d) memory; error below 1e-12 of the larger of 1 and the value
     */
    public double[] logDensity(double[][] x) {
        return logDensity(Dense.of("x", x));
    }

    private double[] logDensity(Dense x) {
        double[] values = backend.softSum(x, y, Cost.squaredDistance()).logSum(logWeights, 2 * h * h);
        double norm = y.columns() * (0.5 * LOG_TWO_PI + Math.log(h));
        return Arrays.stream(values).map(v -> v - norm).toArray();
    }

    /**
     * The score, the gradient of the log density: {@code sum_j w_j(x) (y_j - x) / h^2} with the weights
     * {@code w_j(x) = p_j K_j / sum_k p_k K_k}.
     *
     * @param x query points, shape [m, d], finite
     * @return shape [m, d]
     * @throws IllegalArgumentException if x holds NaN or infinity, or has another d
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(m n d) time, O((m + n) d) memory
     */
    public INDArray score(INDArray x) {
        return Dense.of("score", score(Dense.of("x", x)), x.rank() == 2 ? (int) x.size(0) : (int) x.length(),
                y.columns()).toArray();
    }

    /**
     * The score, the gradient of the log density.
     *
     * @param x query points, m rows of d coordinates, finite
     * @return m rows of d coordinates
     * @throws IllegalArgumentException if x holds NaN or infinity, or has another d
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(m n d) time, O((m + n) d) memory
     */
    public double[][] score(double[][] x) {
        double[] flat = score(Dense.of("x", x));
        double[][] rows = new double[x.length][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * y.columns(), (i + 1) * y.columns()));
        return rows;
    }

    private double[] score(Dense x) {
        var mean = backend.softSum(x, y, Cost.squaredDistance()).average(logWeights, 2 * h * h, y);
        double[] score = new double[mean.data().length];
        Arrays.setAll(score, i -> (mean.data()[i] - x.data()[i]) / (h * h));
        return score;
    }

    /**
     * The participation {@code sum_j w_j(x)^2}: near 1 when a single point makes up the density at x, near 1 / n when
     * all do.
     *
     * @param x query points, shape [m, d], finite
     * @return from 1 / n to 1, shape [m]
     * @throws IllegalArgumentException if x holds NaN or infinity, or has another d
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost twice that of the log density
     */
    public INDArray participation(INDArray x) {
        double[] values = participation(Dense.of("x", x));
        return Nd4j.create(values, new long[] {values.length}, 'c');
    }

    /**
     * The participation {@code sum_j w_j(x)^2}.
     *
     * @param x query points, m rows of d coordinates, finite
     * @return from 1 / n to 1, shape [m]
     * @throws IllegalArgumentException if x holds NaN or infinity, or has another d
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost twice that of the log density
     */
    public double[] participation(double[][] x) {
        return participation(Dense.of("x", x));
    }

    private double[] participation(Dense x) {
        var sums = backend.softSum(x, y, Cost.squaredDistance());
        double[] once = sums.logSum(logWeights, 2 * h * h);
        double[] squared = sums.logSum(Arrays.stream(logWeights).map(w -> 2 * w).toArray(), h * h);
        Arrays.setAll(once, i -> Math.min(1, Math.exp(squared[i] - 2 * once[i])));
        return once;
    }
}
