package reprise.prob;

import org.hipparchus.distribution.IntegerDistribution;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.hipparchus.distribution.discrete.GeometricDistribution;
import org.hipparchus.distribution.discrete.HypergeometricDistribution;
import org.hipparchus.distribution.discrete.PascalDistribution;
import org.hipparchus.distribution.discrete.PoissonDistribution;
import org.hipparchus.distribution.discrete.UniformIntegerDistribution;
import reprise.array.Require;
import reprise.random.Rng;

/**
 * A distribution of whole numbers.
 *
 * <pre>{@code
 * DiscreteDistribution heads = DiscreteDistribution.binomial(100, 0.5);
 * double atMost40 = heads.cdf(40);
 * int[] draws = heads.sample(1_000, Rng.of(1));
 * }</pre>
 *
 * <p>Probabilities are Hipparchus's, with Loader's saddle-point form: ten digits also for millions of trials.
 */
public interface DiscreteDistribution {
    /**
     * The logarithm of the probability of k, also where the probability underflows.
     *
     * @param k any number
     * @return minus infinity outside the support
     */
    double logProbability(int k);

    /**
     * The probability of numbers up to k.
     *
     * @param k any number
     * @return from 0 to 1
     */
    double cdf(int k);

    /**
     * The smallest number that the numbers up to it have at least a given probability.
     *
     * @param p from 0 to 1
     * @return the number; {@code Integer.MAX_VALUE} at 1 if there is no largest
     * @throws IllegalArgumentException if p is outside
     */
    int quantile(double p);

    /**
     * The mean.
     *
     * @return finite
     */
    double mean();

    /**
     * The variance.
     *
     * @return finite, at least 0
     */
    double variance();

    /**
     * The probability of k.
     *
     * @param k any number
     * @return from 0 to 1
     */
    default double probability(int k) {
        return Math.exp(logProbability(k));
    }

    /**
     * One draw: the quantile of a uniform number.
     *
     * @param rng the randomness
     * @return a number
     * @cost some ten values of the distribution function; {@link Rng#poisson} and {@link Rng#categorical} are faster
     */
    default int sample(Rng rng) {
        return quantile(rng.uniform());
    }

    /**
     * Independent draws.
     *
     * @param count how many, at least 0
     * @param rng the randomness
     * @return that many numbers
     * @throws IllegalArgumentException if the count is negative
     */
    default int[] sample(int count, Rng rng) {
        int[] values = new int[Require.atLeast("count", count, 0)];
        for (int i = 0; i < count; i++) {
            values[i] = sample(rng);
        }
        return values;
    }

    /**
     * Successes in independent trials.
     *
     * @param trials at least 0
     * @param p the probability of a success, from 0 to 1
     * @return mean trials p
     * @throws IllegalArgumentException if a parameter is out of range
     */
    static DiscreteDistribution binomial(int trials, double p) {
        return of(new BinomialDistribution(Require.atLeast("trials", trials, 0), SpecialFunctions.unit("p", p)));
    }

    /**
     * Events that come independently of each other.
     *
     * @param mean above 0
     * @return probabilities mean^k exp(-mean) / k!
     * @throws IllegalArgumentException if the mean is not positive
     */
    static DiscreteDistribution poisson(double mean) {
        return of(new PoissonDistribution(Require.positive("mean", mean)));
    }

    /**
     * Failures before the first success.
     *
     * @param p the probability of a success, above 0, at most 1
     * @return probabilities p (1 - p)^k
     * @throws IllegalArgumentException if p is out of range
     */
    static DiscreteDistribution geometric(double p) {
        return of(new GeometricDistribution(chance(p)));
    }

    /**
     * Failures before a given success: the negative binomial distribution.
     *
     * @param successes which success, at least 1
     * @param p the probability of a success, above 0, at most 1
     * @return mean successes (1 - p) / p
     * @throws IllegalArgumentException if a parameter is out of range
     */
    static DiscreteDistribution negativeBinomial(int successes, double p) {
        return of(new PascalDistribution(Require.atLeast("successes", successes, 1), chance(p)));
    }

    /**
     * Marked things among those drawn without replacement.
     *
     * @param population how many things there are, at least 1
     * @param marked how many of them are marked, from 0 to the population
     * @param drawn how many are drawn, from 0 to the population
     * @return mean drawn marked / population
     * @throws IllegalArgumentException if a parameter is out of range
     */
    static DiscreteDistribution hypergeometric(int population, int marked, int drawn) {
        Require.atLeast("population", population, 1);
        if (Require.atLeast("marked", marked, 0) > population || Require.atLeast("drawn", drawn, 0) > population) {
            throw new IllegalArgumentException("marked and drawn must be <= population = " + population + ", were "
                    + marked + " and " + drawn);
        }
        return of(new HypergeometricDistribution(population, marked, drawn));
    }

    /**
     * All numbers of a range alike.
     *
     * @param low the smallest
     * @param high the largest, at least low
     * @return probabilities 1 / (high - low + 1)
     * @throws IllegalArgumentException if high is below low
     */
    static DiscreteDistribution uniform(int low, int high) {
        return of(new UniformIntegerDistribution(low, Require.atLeast("high", high, low)));
    }

    private static double chance(double p) {
        if (!(p > 0 && p <= 1)) {
            throw new IllegalArgumentException("p must be > 0 and <= 1, was " + p);
        }
        return p;
    }

    private static DiscreteDistribution of(IntegerDistribution law) {
        return new DiscreteDistribution() {
            @Override
            public double logProbability(int k) {
                return law.logProbability(k);
            }

            @Override
            public double cdf(int k) {
                return law.cumulativeProbability(k);
            }

            @Override
            public int quantile(double p) {
                return law.inverseCumulativeProbability(SpecialFunctions.unit("p", p));
            }

            @Override
            public double mean() {
                return law.getNumericalMean();
            }

            @Override
            public double variance() {
                return law.getNumericalVariance();
            }
        };
    }
}
