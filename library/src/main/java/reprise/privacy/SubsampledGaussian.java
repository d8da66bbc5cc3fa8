package reprise.privacy;

import reprise.array.Require;
import reprise.optim.RootFinder;
import reprise.source.Source;

/**
 * The price of noisy gradient descent: T steps, each of which looks at every person with probability q only and adds
 * normal noise of z times the sensitivity.
 *
 * <p>Step by step the Renyi divergence of order a is log(sum_k C(a, k) (1 - q)^(a - k) q^k exp(k (k - 1) / 2 z^2)) /
 * (a - 1) (Mironov, Talwar and Zhang); the divergences of the steps add up, and the best of many orders gives epsilon:
 * divergence + log((a - 1) / a) - (log delta + log a) / (a - 1).
 *
 * <pre>{@code
 * double epsilon = SubsampledGaussian.of(0.01, 4, 10_000).epsilon(1e-5);
 * }</pre>
 */
@Source(arxiv = "1908.10530", at = "Section 3.3")
@Source(arxiv = "2004.00010", at = "Proposition 12")
public final class SubsampledGaussian {
    private static final int ORDERS = 256;
    private static final double[] LOG_FACTORIAL = new double[ORDERS + 1];

    static {
        for (int i = 1; i <= ORDERS; i++) {
            LOG_FACTORIAL[i] = LOG_FACTORIAL[i - 1] + Math.log(i);
        }
    }

    private final double rate;
    private final double noise;
    private final int steps;

    private SubsampledGaussian(double rate, double noise, int steps) {
        this.rate = rate;
        this.noise = noise;
        this.steps = steps;
    }

    /**
     * Sets the steps.
     *
     * @param rate q, the probability with which a step looks at a person, above 0 and at most 1
     * @param noise z, the noise's standard deviation over the sensitivity, above 0
     * @param steps T, at least 1
     * @return the account
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static SubsampledGaussian of(double rate, double noise, int steps) {
        return new SubsampledGaussian(
                rate(rate), Require.positive("noise", noise), Require.atLeast("steps", steps, 1));
    }

    /**
     * The least noise that a budget needs.
     *
     * @param rate q, above 0 and at most 1
     * @param steps T, at least 1
     * @param epsilon the budget, above 0
     * @param delta the budget, above 0 and below 1
     * @return z, to about ten digits
     * @throws IllegalArgumentException if an argument is out of its range
     * @cost about 50 accounts
     */
    public static double noiseFor(double rate, int steps, double epsilon, double delta) {
        Require.positive("epsilon", epsilon);
        double enough = 1;
        while (of(rate, enough, steps).epsilon(delta) > epsilon) {
            enough *= 2;
        }
        double tooLittle = enough;
        while (of(rate, tooLittle, steps).epsilon(delta) <= epsilon) {
            tooLittle /= 2;
        }
        return RootFinder.between(z -> of(rate, z, steps).epsilon(delta) - epsilon, tooLittle, enough)
                .tolerance(1e-10).find().x();
    }

    /**
     * The Renyi divergence of all steps together.
     *
     * @param order a, from 2 to 256
     * @return in nats
     * @throws IllegalArgumentException if the order is outside its range
     * @cost a exponentials
     */
    public double renyi(int order) {
        if (order < 2 || order > ORDERS) {
            throw new IllegalArgumentException("order must be from 2 to " + ORDERS + ", was " + order);
        }
        double most = Double.NEGATIVE_INFINITY;
        double[] logs = new double[order + 1];
        for (int k = 0; k <= order; k++) {
            double stay = k == order ? 0 : (order - k) * Math.log1p(-rate);
            logs[k] = LOG_FACTORIAL[order] - LOG_FACTORIAL[k] - LOG_FACTORIAL[order - k] + stay
                    + k * Math.log(rate) + k * (k - 1) / (2 * noise * noise);
            most = Math.max(most, logs[k]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - most);
        }
        return steps * (most + Math.log(sum)) / (order - 1);
    }

    /**
     * What all steps give away together.
     *
     * @param delta above 0 and below 1
     * @return an epsilon for which they are (epsilon, delta)-private, the least over integer orders, at least 0
     * @throws IllegalArgumentException if delta is outside its range
     * @cost 33 000 exponentials
     */
    public double epsilon(double delta) {
        Require.inside("delta", delta, 0, 1);
        double least = Double.POSITIVE_INFINITY;
        for (int a = 2; a <= ORDERS; a++) {
            double epsilon = renyi(a) + Math.log((a - 1.0) / a) - (Math.log(delta) + Math.log(a)) / (a - 1);
            least = Math.min(least, epsilon);
        }
        return Math.max(0, least);
    }

    private static double rate(double rate) {
        if (!(rate > 0 && rate <= 1)) {
            throw new IllegalArgumentException("rate must be > 0 and <= 1, was " + rate);
        }
        return rate;
    }
}
