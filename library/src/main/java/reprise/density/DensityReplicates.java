package reprise.density;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import reprise.array.Require;
import reprise.parallel.Interrupted;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/**
 * A Gaussian kernel density estimator at one point, over many independent data sets of N(0, I_d).
 *
 * <p>The distribution of {@code |x - y|^2} depends on {@code |x|^2} only: it is noncentral chi-square with d degrees of
 * freedom, so a distance costs one draw instead of d. Each data set draws its n distances once and uses them for every
 * bandwidth.
 *
 * <pre>{@code
 * var replicates = DensityReplicates.at(100, 100).points(1_097).bandwidths(0.5, 1, 2).simulate(400, rng);
 * double[] logDensities = replicates.logDensity(0);
 * }</pre>
 *
 * <p>The estimate is {@code sum_i exp(-|x - y_i|^2 / (2 h^2)) / (n (2 pi h^2)^(d / 2))}, computed as a logarithm.
 */
public final class DensityReplicates {
    /** Terms below exp(-40) of the largest change a sum of 2^31 terms in the 9th digit at most. */
    private static final double NEGLIGIBLE = -40;

    private final int d;
    private final double squaredNorm;
    private final int n;
    private final double[] bandwidths;

    private DensityReplicates(int d, double squaredNorm, int n, double[] bandwidths) {
        this.d = d;
        this.squaredNorm = squaredNorm;
        this.n = n;
        this.bandwidths = bandwidths;
    }

    /**
     * The estimator at a fixed point.
     *
     * @param d the number of dimensions, at least 1
     * @param squaredNorm |x|^2, at least 0; d for a typical point
     * @return with 1000 points and bandwidth 1
     * @throws IllegalArgumentException if d is below 1 or the norm is negative
     */
    public static DensityReplicates at(int d, double squaredNorm) {
        return new DensityReplicates(
                Require.atLeast("d", d, 1), Require.nonNegative("squaredNorm", squaredNorm), 1_000, new double[] {1});
    }

    /**
     * The estimator at a point that is drawn anew, from the density itself, for each data set.
     *
     * @param d the number of dimensions, at least 1
     * @return with 1000 points and bandwidth 1
     * @throws IllegalArgumentException if d is below 1
     */
    public static DensityReplicates atRandomPoints(int d) {
        return new DensityReplicates(Require.atLeast("d", d, 1), Double.NaN, 1_000, new double[] {1});
    }

    /**
     * The number of points in each data set.
     *
     * @param n at least 1
     * @return a copy with that number
     * @throws IllegalArgumentException if n is below 1
     */
    public DensityReplicates points(int n) {
        return new DensityReplicates(d, squaredNorm, Require.atLeast("n", n, 1), bandwidths);
    }

    /**
     * The bandwidths, all used on the same data.
     *
     * @param h one or more, above 0
     * @return a copy with these
     * @throws IllegalArgumentException if there is none, or one is not above 0
     */
    public DensityReplicates bandwidths(double... h) {
        Require.atLeast("number of bandwidths", h.length, 1);
        for (double bandwidth : h) {
            Require.positive("bandwidth", bandwidth);
        }
        return new DensityReplicates(d, squaredNorm, n, h.clone());
    }

    /**
     * Draws the data sets and evaluates the estimator on each.
     *
     * @param datasets how many, at least 1
     * @param rng the source of all data; each data set has its own split, so results do not depend on the threads
     * @return one value of everything for each data set and bandwidth
     * @throws IllegalArgumentException if there is no data set
     * @throws Interrupted if the thread was interrupted
     * @cost O(datasets n (1 + bandwidths)) exponentials at most, O(n) memory a thread
     */
    public Replicates simulate(int datasets, Rng rng) {
        Require.atLeast("datasets", datasets, 1);
        double[][] logDensity = new double[bandwidths.length][datasets];
        double[][] participation = new double[bandwidths.length][datasets];
        double[] logTruth = new double[datasets];
        try (var progress = Progress.over("data sets", datasets)) {
            Tasks.forRange(datasets, r -> {
                var own = rng.split(r);
                double norm = Double.isNaN(squaredNorm) ? own.chiSquare(d) : squaredNorm;
                logTruth[r] = -0.5 * (d * Math.log(2 * Math.PI) + norm);
                double[] energies = new double[n];
                double least = Double.POSITIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    energies[i] = 0.5 * own.chiSquare(d, norm);
                    least = Math.min(least, energies[i]);
                }
                for (int k = 0; k < bandwidths.length; k++) {
                    sum(energies, least, bandwidths[k], r, logDensity[k], participation[k]);
                }
                progress.tick();
            });
        }
        return new Replicates(d, bandwidths, logTruth, logDensity, participation);
    }

    private void sum(double[] energies, double least, double h, int r, double[] logDensity, double[] participation) {
        double beta = 1 / (h * h);
        double sum = 0;
        double squares = 0;
        for (double energy : energies) {
            double exponent = (least - energy) * beta;
            if (exponent > NEGLIGIBLE) {
                double weight = Math.exp(exponent);
                sum += weight;
                squares += weight * weight;
            }
        }
        logDensity[r] = Math.log(sum / n) - least * beta - 0.5 * d * Math.log(2 * Math.PI * h * h);
        participation[r] = squares / (sum * sum);
    }

    /** The estimator's values over data sets; bandwidths are counted as they were given, from 0. */
    public static final class Replicates {
        private final int d;
        private final double[] bandwidths;
        private final double[] logTruth;
        private final double[][] logDensity;
        private final double[][] participation;

        private Replicates(
                int d, double[] bandwidths, double[] logTruth, double[][] logDensity, double[][] participation) {
            this.d = d;
            this.bandwidths = bandwidths;
            this.logTruth = logTruth;
            this.logDensity = logDensity;
            this.participation = participation;
        }

        /**
         * The bandwidths.
         *
         * @return as given
         */
        public double[] bandwidths() {
            return bandwidths.clone();
        }

        /**
         * The logarithm of the estimate.
         *
         * @param k which bandwidth
         * @return in nats, one for each data set
         */
        public double[] logDensity(int k) {
            return logDensity[k].clone();
        }

        /**
         * The estimate divided by a reference too small or large for a double by itself.
         *
         * @param k which bandwidth
         * @param logReference the logarithm of the reference, such as that of the estimate's mean
         * @return exp(logDensity - logReference), one for each data set
         */
        public double[] density(int k, double logReference) {
            Require.finite("logReference", logReference);
            return Arrays.stream(logDensity[k]).map(log -> Math.exp(log - logReference)).toArray();
        }

        /**
         * The sum of squared weights of the points, w_i = K_i / sum K.
         *
         * @param k which bandwidth
         * @return from 1 / n, all points alike, to 1, one point alone; one for each data set
         */
        public double[] participation(int k) {
            return participation[k].clone();
        }

        /**
         * How far the estimate falls short of the density, (log rho(x) - log estimate(x)) / d: at points drawn from
         * the density its mean is the Kullback-Leibler divergence per dimension.
         *
         * @param k which bandwidth
         * @return nats per dimension, one for each data set
         */
        public double[] shortfall(int k) {
            double[] result = new double[logTruth.length];
            Arrays.setAll(result, r -> (logTruth[r] - logDensity[k][r]) / d);
            return result;
        }

        /**
         * One number for every bandwidth.
         *
         * @param statistic of the values over data sets, such as {@code v -> Moments.of(v).mean()}
         * @param values which values, such as {@code replicates::participation}
         * @return in the order of the bandwidths
         */
        public double[] each(IntFunction<double[]> values, ToDoubleFunction<double[]> statistic) {
            double[] result = new double[bandwidths.length];
            Arrays.setAll(result, k -> statistic.applyAsDouble(values.apply(k)));
            return result;
        }
    }
}
