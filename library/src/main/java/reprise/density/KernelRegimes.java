package reprise.density;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import reprise.array.Require;
import reprise.optim.RootFinder;

/**
 * What a Gaussian kernel density estimator does in large dimensions, in closed form: its three regimes, their borders,
 * and the bandwidth that loses least.
 *
 * <p>The data are n = exp(alpha d) points y of N(0, S), S diagonal, and the estimator at a fixed point x is the
 * partition function of a random energy model: {@code log rho(x) = log sum_i exp(-lambda E_i) + const} with energies
 * {@code E_i = |x - y_i|^2 / 2} and inverse temperature {@code lambda = 1 / h^2}. All that follows comes from one
 * function, the cumulant per dimension {@code phi(lambda) = log(E exp(-lambda E)) / d}, at a typical point, where the
 * square of every coordinate equals its variance ({@code |x|^2 = d} if S = 1):
 *
 * <ul>
 *   <li>{@code h > hClt}: the estimator is Gaussian over data sets;
 *   <li>{@code hG < h < hClt}: its mean is right but its tail is heavy, with exponent {@code mu = h^2 / hG^2};
 *   <li>{@code h < hG}: the sum is condensed on a few points and far below its mean.
 * </ul>
 *
 * <p>Borders hold as d grows at fixed alpha; at finite d they are off by O(log d / d), and {@code hG(alpha, d)} takes
 * the larger part of that into account. The formulas are derived here from {@code phi} and checked by simulation, for
 * the setting of Biroli and Mézard, arXiv 2408.05807.
 */
public final class KernelRegimes {
    private final double[] variances;

    private KernelRegimes(double[] variances) {
        this.variances = variances;
    }

    /**
     * Data with the identity as covariance.
     *
     * @return the theory for N(0, 1) in every coordinate
     */
    public static KernelRegimes isotropic() {
        return new KernelRegimes(new double[] {1});
    }

    /**
     * Data with a diagonal covariance.
     *
     * @param variances of the coordinates, or of any sample of them: only their distribution matters; above 0
     * @return the theory for those data
     * @throws IllegalArgumentException if there is none, or one is not above 0
     */
    public static KernelRegimes diagonal(double... variances) {
        Require.atLeast("number of variances", variances.length, 1);
        for (double variance : variances) {
            Require.positive("variance", variance);
        }
        return new KernelRegimes(variances.clone());
    }

    /**
     * The cumulant per dimension, phi = log(E exp(-lambda E)) / d.
     *
     * @param lambda inverse temperature, at least 0
     * @return 0 at 0, decreasing, convex
     * @cost O(number of variances), as is every method here without a root
     */
    public double phi(double lambda) {
        Require.nonNegative("lambda", lambda);
        return mean(v -> -0.5 * (Math.log1p(lambda * v) + lambda * v / (1 + lambda * v)));
    }

    /**
     * The energy per dimension under the tilt lambda, e = -phi'.
     *
     * @param lambda inverse temperature, at least 0
     * @return the energy of the points that dominate the sum
     */
    public double energy(double lambda) {
        Require.nonNegative("lambda", lambda);
        return mean(v -> {
            double t = 1 / (1 + lambda * v);
            return 0.5 * v * t * (1 + t);
        });
    }

    /**
     * The variance of the energy per dimension under the tilt lambda, phi''.
     *
     * @param lambda inverse temperature, at least 0
     * @return above 0
     */
    public double energyVariance(double lambda) {
        Require.nonNegative("lambda", lambda);
        return mean(v -> {
            double t = 1 / (1 + lambda * v);
            return v * v * t * t * (0.5 + t);
        });
    }

    /**
     * The large-deviation cost of the energy e(lambda), I = lambda phi' - phi: one point in exp(d I) has it.
     *
     * @param lambda inverse temperature, at least 0
     * @return 0 at 0, increasing, relative error below 1e-12
     */
    public double cost(double lambda) {
        Require.nonNegative("lambda", lambda);
        return mean(v -> 0.5 * coordinateCost(lambda * v));
    }

    /**
     * The condensation bandwidth: below it, a handful of points makes the whole sum. It solves I(1 / hG^2) = alpha.
     *
     * @param alpha log n / d, above 0
     * @return in the units of the data; near {@code (3 / (4 alpha))^(1/4)} for small alpha and {@code exp(-alpha)} for
     *     large, if S = 1
     */
    public double hG(double alpha) {
        Require.positive("alpha", alpha);
        return Math.exp(-0.5 * solved(u -> cost(Math.exp(u)) / alpha - 1, alpha));
    }

    /**
     * The condensation bandwidth at finite d: the level where one point is expected, with the prefactor of the large
     * deviation (Bahadur and Rao, 1960): {@code I(lambda) = alpha - log(lambda sqrt(2 pi d phi'')) / d}.
     *
     * @param alpha log n / d, above 0
     * @param d the number of dimensions, at least 2
     * @return in the units of the data
     */
    public double hG(double alpha, int d) {
        return 1 / Math.sqrt(tilt(alpha, d, 1));
    }

    /**
     * The border of the central limit theorem, where the mean of the squared kernel condenses: I(2 / hClt^2) = alpha.
     *
     * @param alpha log n / d, above 0
     * @return sqrt(2) hG
     */
    public double hClt(double alpha) {
        return Math.sqrt(2) * hG(alpha);
    }

    /**
     * The bandwidth with the least Kullback-Leibler divergence: condensed, hOpt^2 = 2 e(1 / hG^2) if below hG^2.
     *
     * @param alpha log n / d, above 0
     * @return below hG
     */
    public double hOpt(double alpha) {
        double h = hG(alpha);
        return Math.sqrt(2 * energy(1 / (h * h)));
    }

    /**
     * The exponent of the tail P(estimate above t) ~ t^-mu over data sets, as d grows.
     *
     * @param h the bandwidth, above 0
     * @param alpha log n / d, above 0
     * @return h^2 / hG^2: 2 at hClt, 1 at hG
     */
    public double mu(double h, double alpha) {
        Require.positive("h", h);
        double g = hG(alpha);
        return h * h / (g * g);
    }

    /**
     * The exponent that Hill's estimator sees at finite d in the top fraction of the data sets. The tail's slope in
     * log-log changes slowly with the level: it is h^2 times the slope of the logarithm of the energy's distribution,
     * lambda up to O(1 / d), where one data set in 1 / p has a point of the tilted energy; and Hill averages its
     * reciprocal over p from the fraction down to 0.
     *
     * @param h the bandwidth, above 0, below hG: the largest term of the sum must stand for the sum
     * @param alpha log n / d, above 0
     * @param d the number of dimensions, at least 2
     * @param fraction of the data sets that Hill's estimator uses, inside (0, 1)
     * @return mu as d grows and the fraction shrinks; within 1 % of the exact value at d = 100
     */
    public double hillExponent(double h, double alpha, int d, double fraction) {
        Require.positive("h", h);
        Require.inside("fraction", fraction, 0, 1);
        // E[1 / slope(p)] with p uniform below the fraction, at 64 midpoints. A data set has a point below the level
        // with probability p = 1 - exp(-count) where count points are expected.
        int cells = 64;
        double mean = 0;
        for (int i = 0; i < cells; i++) {
            double p = fraction * (i + 0.5) / cells;
            double count = -Math.log1p(-p);
            mean += p / ((1 - p) * count * slope(tilt(alpha, d, count), d) * h * h) / cells;
        }
        return 1 / mean;
    }

    /**
     * The mean of the sum of squared weights w_i = K_i / sum K: the reciprocal of how many points make the sum.
     *
     * @param h the bandwidth, above 0
     * @param alpha log n / d, above 0
     * @return max(0, 1 - mu)
     */
    public double participation(double h, double alpha) {
        return Math.max(0, 1 - mu(h, alpha));
    }

    /**
     * The same with the condensation bandwidth of finite d.
     *
     * @param h the bandwidth, above 0
     * @param alpha log n / d, above 0
     * @param d the number of dimensions, at least 2
     * @return max(0, 1 - h^2 / hG(alpha, d)^2)
     */
    public double participation(double h, double alpha, int d) {
        Require.positive("h", h);
        double g = hG(alpha, d);
        return Math.max(0, 1 - h * h / (g * g));
    }

    /**
     * The Kullback-Leibler divergence of the estimate from the density, KL(rho || estimate) / d, as d grows.
     *
     * @param h the bandwidth, above 0
     * @param alpha log n / d, above 0
     * @return nats per dimension, least at {@link #hOpt}
     */
    public double klPerDimension(double h, double alpha) {
        Require.positive("h", h);
        double g = hG(alpha);
        double free = h >= g ? phi(1 / (h * h)) : -alpha - energy(1 / (g * g)) / (h * h);
        return mean(v -> -0.5 * Math.log(v)) - 0.5 + Math.log(h) - free;
    }

    /**
     * The logarithm of the estimate's mean over data sets; exact for every d and n.
     *
     * @param h the bandwidth, above 0
     * @param d the number of dimensions, at least 1
     * @return in nats: d (phi(1 / h^2) - log(2 pi h^2) / 2), for isotropic data the log density of N(0, (1 + h^2) I) at
     *     |x|^2 = d
     */
    public double logMean(double h, int d) {
        Require.positive("h", h);
        Require.atLeast("d", d, 1);
        return d * (phi(1 / (h * h)) - 0.5 * Math.log(2 * Math.PI * h * h));
    }

    /**
     * The variance of the estimate over data sets, divided by its squared mean; exact for every d and n.
     *
     * @param h the bandwidth, above 0
     * @param n the number of points, at least 1
     * @param d the number of dimensions, at least 1
     * @return (exp(d (phi(2 / h^2) - 2 phi(1 / h^2))) - 1) / n
     */
    public double relativeVariance(double h, int n, int d) {
        Require.positive("h", h);
        Require.atLeast("n", n, 1);
        Require.atLeast("d", d, 1);
        double lambda = 1 / (h * h);
        return Math.expm1(d * (phi(2 * lambda) - 2 * phi(lambda))) / n;
    }

    /**
     * The kurtosis of the estimate over data sets; exact for every d and n, and far from 3 long before the estimator's
     * variance is lost. Where it is huge, no sample shows it: it rests on data sets that are never drawn.
     *
     * @param h the bandwidth, above 0
     * @param n the number of points, at least 1
     * @param d the number of dimensions, at least 1
     * @return 3 in the limit of many points; infinite where it overflows
     */
    public double kurtosis(double h, int n, int d) {
        double second = relativeMoment(h, 2, d);
        double variance = second - 1;
        double fourth = relativeMoment(h, 4, d) - 4 * relativeMoment(h, 3, d) + 6 * second - 3;
        Require.atLeast("n", n, 1);
        return 3 + (fourth / (variance * variance) - 3) / n;
    }

    /** E K^p / (E K)^p. */
    private double relativeMoment(double h, int p, int d) {
        double lambda = 1 / (Require.positive("h", h) * h);
        return Math.exp(Require.atLeast("d", d, 1) * (phi(p * lambda) - p * phi(lambda)));
    }

    /** Where {@code expected} points have an energy below d e(lambda). */
    private double tilt(double alpha, int d, double expected) {
        Require.positive("alpha", alpha);
        Require.atLeast("d", d, 2);
        double level = alpha - Math.log(expected) / d;
        return Math.exp(solved(
                u -> {
                    double lambda = Math.exp(u);
                    return cost(lambda) - level
                            + Math.log(lambda * Math.sqrt(2 * Math.PI * d * energyVariance(lambda))) / d;
                },
                alpha));
    }

    /** d log P(E below e d) / d(e d), the prefactor's part included. */
    private double slope(double lambda, int d) {
        double second = energyVariance(lambda);
        double third = mean(v -> {
            double t = 1 / (1 + lambda * v);
            return -v * v * v * t * t * t * (1 + 3 * t);
        });
        return lambda + (1 / lambda + third / (2 * second)) / (d * second);
    }

    /** The logarithm of lambda at which an increasing function is 0. */
    private double solved(DoubleUnaryOperator f, double alpha) {
        return RootFinder.around(f, start(alpha), 1).find().x();
    }

    /** The logarithm of lambda_G, roughly. */
    private double start(double alpha) {
        return Math.max(0.5 * Math.log(4 * alpha / 3), 2 * alpha) - Math.log(Arrays.stream(variances).max().orElse(1));
    }

    /** log(1 + s) - s / (1 + s)^2, whose first two orders cancel for small s. */
    private static double coordinateCost(double s) {
        double t = 1 / (1 + s);
        if (s > 0.01) {
            return Math.log1p(s) - s * t * t;
        }
        // log(1 + s) - s by its series, the ninth term below 1e-16 of the first; s - s / (1 + s)^2 in closed form.
        double sum = s * s * t * (1 + t);
        double power = s;
        for (int k = 2; k <= 9; k++) {
            power *= -s;
            sum += power / k;
        }
        return sum;
    }

    private double mean(DoubleUnaryOperator f) {
        return Arrays.stream(variances).map(f).average().orElseThrow();
    }
}
