package reprise.prob;

import reprise.array.Require;
import reprise.random.Rng;

/**
 * A distribution of real numbers with a density.
 *
 * <pre>{@code Distribution.gamma(2, 3).quantile(0.95)}</pre>
 */
public interface Distribution {
    /**
     * The logarithm of the density, also where the density underflows.
     *
     * @param x any number
     * @return minus infinity outside the support
     */
    double logDensity(double x);

    /**
     * The probability of values up to x.
     *
     * @param x any number
     * @return from 0 to 1, accurate where it is small
     */
    double cdf(double x);

    /**
     * The value that a given part of the probability lies below.
     *
     * @param p from 0 to 1
     * @return the smallest such value; infinite at the ends where the support is
     * @throws IllegalArgumentException if p is outside
     */
    double quantile(double p);

    /**
     * The mean.
     *
     * @return NaN where there is none
     */
    double mean();

    /**
     * The variance.
     *
     * @return infinite or NaN where there is none
     */
    double variance();

    /**
     * One draw.
     *
     * @param rng the randomness
     * @return a value
     */
    double sample(Rng rng);

    /**
     * The density.
     *
     * @param x any number
     * @return at least 0
     */
    default double density(double x) {
        return Math.exp(logDensity(x));
    }

    /**
     * Independent draws.
     *
     * @param count how many, at least 0
     * @param rng the randomness
     * @return that many values
     * @throws IllegalArgumentException if the count is negative
     */
    default double[] sample(int count, Rng rng) {
        double[] values = new double[Require.atLeast("count", count, 0)];
        for (int i = 0; i < count; i++) {
            values[i] = sample(rng);
        }
        return values;
    }

    /**
     * The normal distribution. For vectors see {@link Normal}.
     *
     * @param mean finite
     * @param sd the standard deviation, above 0
     * @return N(mean, sd^2)
     * @throws IllegalArgumentException if a parameter is out of range
     */
    static Distribution normal(double mean, double sd) {
        return new Univariate.Gaussian(Require.finite("mean", mean), Require.positive("sd", sd));
    }

    /**
     * The uniform distribution.
     *
     * @param low finite
     * @param high finite, above low
     * @return constant on [low, high]
     * @throws IllegalArgumentException if high is not above low
     */
    static Distribution uniform(double low, double high) {
        Require.finite("low", low);
        Require.finite("high", high);
        if (!(low < high)) {
            throw new IllegalArgumentException("high must be > low = " + low + ", was " + high);
        }
        return new Univariate.Flat(low, high);
    }

    /**
     * The exponential distribution.
     *
     * @param rate one over the mean, above 0
     * @return density rate exp(-rate x)
     * @throws IllegalArgumentException if the rate is not positive
     */
    static Distribution exponential(double rate) {
        return new Univariate.Waiting(Require.positive("rate", rate));
    }

    /**
     * The Laplace distribution.
     *
     * @param centre finite
     * @param scale above 0; the variance is twice its square
     * @return density exp(-|x - centre| / scale) / (2 scale)
     * @throws IllegalArgumentException if a parameter is out of range
     */
    static Distribution laplace(double centre, double scale) {
        return new Univariate.TwoSided(Require.finite("centre", centre), Require.positive("scale", scale));
    }

    /**
     * The gamma distribution.
     *
     * @param shape above 0
     * @param rate above 0; the mean is shape / rate
     * @return density proportional to x^(shape - 1) exp(-rate x)
     * @throws IllegalArgumentException if a parameter is not positive
     */
    static Distribution gamma(double shape, double rate) {
        Require.positive("shape", shape);
        Require.positive("rate", rate);
        return new Univariate.GammaShaped(shape, rate);
    }

    /**
     * The chi-square distribution.
     *
     * @param degreesOfFreedom above 0
     * @return the distribution of a sum of squares of that many standard normals
     * @throws IllegalArgumentException if it is not positive
     */
    static Distribution chiSquare(double degreesOfFreedom) {
        return gamma(Require.positive("degreesOfFreedom", degreesOfFreedom) / 2, 0.5);
    }

    /**
     * The noncentral chi-square distribution: of the squared length of a normal vector whose mean is not 0.
     *
     * @param degreesOfFreedom above 0
     * @param noncentrality the squared length of the mean, at least 0 and at most 1e7
     * @return the distribution of |m + z|^2 for a standard normal z and |m|^2 = noncentrality; mean df + noncentrality
     * @throws IllegalArgumentException if a parameter is out of range
     * @cost O(sqrt(noncentrality)) operations for each value of the distribution function, above 1 microsecond
     */
    static Distribution chiSquare(double degreesOfFreedom, double noncentrality) {
        Require.positive("degreesOfFreedom", degreesOfFreedom);
        if (Require.nonNegative("noncentrality", noncentrality) > 1e7) {
            throw new IllegalArgumentException("noncentrality must be <= 1e7, was " + noncentrality);
        }
        return new NoncentralChiSquare(degreesOfFreedom, noncentrality);
    }

    /**
     * The beta distribution.
     *
     * @param a above 0
     * @param b above 0; the mean is a / (a + b)
     * @return density proportional to x^(a - 1) (1 - x)^(b - 1)
     * @throws IllegalArgumentException if a parameter is not positive
     */
    static Distribution beta(double a, double b) {
        Require.positive("a", a);
        Require.positive("b", b);
        return new Univariate.BetaShaped(a, b);
    }

    /**
     * Student's t distribution.
     *
     * @param degreesOfFreedom above 0
     * @return the distribution of a standard normal over the root of an independent chi-square over its degrees
     * @throws IllegalArgumentException if it is not positive
     */
    static Distribution student(double degreesOfFreedom) {
        return new Univariate.Student(Require.positive("degreesOfFreedom", degreesOfFreedom));
    }
}
