package reprise.privacy;

import reprise.array.Require;
import reprise.optim.RootFinder;
import reprise.prob.SpecialFunctions;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Releases numbers with Gaussian noise: (epsilon, delta)-private if one person can change them by no more than the
 * sensitivity, in Euclidean length.
 *
 * <p>The standard deviation s is the least that does: with a = sensitivity / (2 s) and e = epsilon s / sensitivity,
 * delta = Phi(a - e) - exp(epsilon) Phi(-a - e) (Balle and Wang's analytic calibration), about a quarter less than the
 * textbook's sqrt(2 log(1.25 / delta)) sensitivity / epsilon, which moreover holds for epsilon below 1 only.
 */
@Source(arxiv = "1805.06530", at = "Theorem 8")
public final class GaussianMechanism {
    private final double sensitivity;
    private final double epsilon;
    private final double delta;
    private final double sd;

    private GaussianMechanism(double sensitivity, double epsilon, double delta) {
        this.sensitivity = sensitivity;
        this.epsilon = epsilon;
        this.delta = delta;
        this.sd = sensitivity * unitSd(epsilon, delta);
    }

    /**
     * Sets the noise.
     *
     * @param sensitivity the largest Euclidean change of the released numbers by one person, above 0
     * @param epsilon what a release may give away, above 0
     * @param delta the probability with which it may give away more, above 0 and below 1
     * @return the mechanism
     * @throws IllegalArgumentException if an argument is out of its range
     * @cost about 20 values of the normal distribution function
     */
    public static GaussianMechanism of(double sensitivity, double epsilon, double delta) {
        return new GaussianMechanism(
                Require.positive("sensitivity", sensitivity),
                Require.positive("epsilon", epsilon),
                Require.inside("delta", delta, 0, 1));
    }

    /**
     * What Gaussian noise of any size gives away.
     *
     * @param noise the noise's standard deviation over the sensitivity, above 0; k releases together act as one with
     *     noise / sqrt(k)
     * @param epsilon at least 0
     * @return the least delta for which it is (epsilon, delta)-private
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static double delta(double noise, double epsilon) {
        double half = 1 / (2 * Require.positive("noise", noise));
        double shift = Require.nonNegative("epsilon", epsilon) * noise;
        return SpecialFunctions.normalCdf(half - shift)
                - Math.exp(epsilon + SpecialFunctions.logNormalCdf(-half - shift));
    }

    /**
     * What Gaussian noise of any size gives away.
     *
     * @param noise the noise's standard deviation over the sensitivity, above 0; k releases together act as one with
     *     noise / sqrt(k)
     * @param delta above 0 and below 1
     * @return the least epsilon for which it is (epsilon, delta)-private, 0 if the noise is large enough for that
     * @throws IllegalArgumentException if an argument is out of its range
     * @cost about 20 values of the normal distribution function
     */
    public static double epsilon(double noise, double delta) {
        Require.inside("delta", delta, 0, 1);
        if (delta(noise, 0) <= delta) {
            return 0;
        }
        double enough = 1;
        while (delta(noise, enough) > delta) {
            enough *= 2;
        }
        return RootFinder.between(e -> delta(noise, e) - delta, 0, enough).find().x();
    }

    /**
     * The standard deviation of the noise.
     *
     * @return above 0
     */
    public double sd() {
        return sd;
    }

    /**
     * Releases one number.
     *
     * @param what what it is, for the budget's list
     * @param value the exact value, finite
     * @param budget pays epsilon and delta
     * @param rng the noise
     * @return the value with noise
     * @throws IllegalArgumentException if the value is not finite
     * @throws BudgetOverspent if the budget has less left; then nothing is released
     */
    public double release(String what, double value, PrivacyBudget budget, Rng rng) {
        return release(what, new double[] {value}, budget, rng)[0];
    }

    /**
     * Releases several numbers at once, whose joint sensitivity is the mechanism's.
     *
     * @param what what they are, for the budget's list
     * @param values the exact values, finite, at least one
     * @param budget pays epsilon and delta, once for all of them
     * @param rng the noise
     * @return the values with noise, a new array
     * @throws IllegalArgumentException if there are no values, or one is not finite
     * @throws BudgetOverspent if the budget has less left; then nothing is released
     * @cost about 6 ns a number
     */
    public double[] release(String what, double[] values, PrivacyBudget budget, Rng rng) {
        Require.atLeast("number of values", Require.finite("values", values).length, 1);
        budget.spend(what, epsilon, delta);
        double[] noisy = values.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += sd * rng.normal();
        }
        return noisy;
    }

    @Override
    public String toString() {
        return "Gaussian noise of sd " + sd + " for sensitivity " + sensitivity;
    }

    private static double unitSd(double epsilon, double delta) {
        // Bun and Steinke's bound by concentrated privacy always suffices; half of an exact crossing never does.
        double log = Math.log(1 / delta);
        double enough = (Math.sqrt(log + epsilon) + Math.sqrt(log)) / (Math.sqrt(2) * epsilon);
        double tooLittle = enough;
        while (delta(tooLittle, epsilon) <= delta) {
            tooLittle /= 2;
        }
        if (tooLittle == enough) {
            throw new IllegalArgumentException(
                    "delta must be large enough for doubles at epsilon = " + epsilon + ", was " + delta);
        }
        return RootFinder.between(s -> delta(s, epsilon) - delta, tooLittle, enough).find().x();
    }
}
