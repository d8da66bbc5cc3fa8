package reprise.privacy;

import reprise.array.Require;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Releases numbers with Laplace noise: epsilon-private if one person can change them by no more than the sensitivity,
 * in the sum of absolute values.
 *
 * <p>The noise of each number has density exp(-|x| / b) / (2 b) with b = sensitivity / epsilon. Prefer
 * {@link GaussianMechanism} for many numbers at once: there the Euclidean sensitivity counts, which is smaller.
 *
 * <p>The noise is made of doubles. Their last bits can tell something about the value (I. Mironov, On significance of
 * the least significant bits for differential privacy, 2012); for releases to an adversary round to a grid first.
 */
@Source(text = "C. Dwork, F. McSherry, K. Nissim and A. Smith, Calibrating Noise to Sensitivity, 2006", at = "Prop. 1")
public final class LaplaceMechanism {
    private final double sensitivity;
    private final double epsilon;

    private LaplaceMechanism(double sensitivity, double epsilon) {
        this.sensitivity = sensitivity;
        this.epsilon = epsilon;
    }

    /**
     * Sets the noise.
     *
     * @param sensitivity by how much one person can change the released numbers, summed absolute values, above 0
     * @param epsilon what a release may give away, above 0
     * @return the mechanism
     * @throws IllegalArgumentException if either is not positive
     */
    public static LaplaceMechanism of(double sensitivity, double epsilon) {
        return new LaplaceMechanism(Require.positive("sensitivity", sensitivity), Require.positive("epsilon", epsilon));
    }

    /**
     * The scale b of the noise.
     *
     * @return sensitivity / epsilon; the noise has standard deviation sqrt(2) b
     */
    public double scale() {
        return sensitivity / epsilon;
    }

    /**
     * The variance of the noise.
     *
     * @return 2 b^2
     */
    public double variance() {
        return 2 * scale() * scale();
    }

    /**
     * Releases one number.
     *
     * @param what what it is, for the budget's list
     * @param value the exact value, finite
     * @param budget pays epsilon
     * @param rng the noise
     * @return the value with noise
     * @throws IllegalArgumentException if the value is not finite
     * @throws BudgetOverspent if the budget has less than epsilon left; then nothing is released
     */
    public double release(String what, double value, PrivacyBudget budget, Rng rng) {
        return release(what, new double[] {value}, budget, rng)[0];
    }

    /**
     * Releases several numbers at once, whose joint sensitivity is the mechanism's.
     *
     * @param what what they are, for the budget's list
     * @param values the exact values, finite, at least one
     * @param budget pays epsilon, once for all of them
     * @param rng the noise
     * @return the values with noise, a new array
     * @throws IllegalArgumentException if there are no values, or one is not finite
     * @throws BudgetOverspent if the budget has less than epsilon left; then nothing is released
     * @cost about 10 ns a number
     */
    public double[] release(String what, double[] values, PrivacyBudget budget, Rng rng) {
        Require.atLeast("number of values", Require.finite("values", values).length, 1);
        budget.spend(what, epsilon);
        double[] noisy = values.clone();
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] += rng.laplace(scale());
        }
        return noisy;
    }
}
