package reprise.privacy;

import java.util.ArrayList;
import java.util.List;
import reprise.array.Require;
import reprise.source.Source;

/**
 * How much all releases from one data set may give away together: a total (epsilon, delta) of differential privacy and
 * the list of what was paid from it.
 *
 * <p>A release is (epsilon, delta)-private if, whatever a set of outcomes, its probability changes by a factor of at
 * most exp(epsilon), plus delta, when one person is added to the data or taken away. Releases from the same data add
 * up: their epsilons and deltas are summed (basic composition). A release that does not fit is refused with
 * {@link BudgetOverspent} before any noise is drawn.
 *
 * <pre>{@code
 * PrivacyBudget budget = PrivacyBudget.of(1);
 * double count = LaplaceMechanism.of(1, 0.25).release("count", 1_437, budget, Rng.of(7));
 * double left = budget.epsilonLeft();   // 0.75
 * }</pre>
 *
 * <p>A budget is the one thing here that changes: it must, because a copy could be spent twice. It may be shared by
 * threads.
 */
@Source(text = "C. Dwork and A. Roth, The Algorithmic Foundations of Differential Privacy, 2014", at = "Theorem 3.16")
public final class PrivacyBudget {
    /** Shares such as 14 times epsilon / 14 add up to a little more than the whole in doubles. */
    private static final double ROUNDING = 1e-12;

    private final double epsilon;
    private final double delta;
    private final List<Entry> entries = new ArrayList<>();
    private double epsilonSpent;
    private double deltaSpent;

    private PrivacyBudget(double epsilon, double delta) {
        this.epsilon = epsilon;
        this.delta = delta;
    }

    /**
     * One payment.
     *
     * @param what what was released
     * @param epsilon its price
     * @param delta the probability with which that price does not hold
     */
    public record Entry(String what, double epsilon, double delta) {}

    /**
     * A budget of pure differential privacy: delta is 0.
     *
     * @param epsilon the total, above 0
     * @return an unspent budget
     * @throws IllegalArgumentException if epsilon is not positive
     */
    public static PrivacyBudget of(double epsilon) {
        return new PrivacyBudget(Require.positive("epsilon", epsilon), 0);
    }

    /**
     * A budget of approximate differential privacy.
     *
     * @param epsilon the total, above 0
     * @param delta the total, from 0 and below 1; sensible values are far below 1 / n
     * @return an unspent budget
     * @throws IllegalArgumentException if epsilon is not positive or delta outside [0, 1)
     */
    public static PrivacyBudget of(double epsilon, double delta) {
        return new PrivacyBudget(Require.positive("epsilon", epsilon), probability("delta", delta));
    }

    /**
     * Pays for a purely private release.
     *
     * @param what what is released, for the list
     * @param price its epsilon, above 0
     * @throws IllegalArgumentException if the price is not positive
     * @throws BudgetOverspent if less than that is left; then nothing is charged
     */
    public void spend(String what, double price) {
        spend(what, price, 0);
    }

    /**
     * Pays for a release.
     *
     * @param what what is released, for the list
     * @param price its epsilon, above 0
     * @param failure its delta, from 0 and below 1
     * @throws IllegalArgumentException if the price is not positive or the failure outside [0, 1)
     * @throws BudgetOverspent if less than that is left; then nothing is charged
     */
    public synchronized void spend(String what, double price, double failure) {
        Require.positive("price", price);
        probability("failure", failure);
        if (epsilonSpent + price > epsilon * (1 + ROUNDING) || deltaSpent + failure > delta * (1 + ROUNDING)) {
            throw new BudgetOverspent(what + " costs epsilon = " + price + ", delta = " + failure
                    + "; left are epsilon = " + epsilonLeft() + " of " + epsilon + ", delta = " + deltaLeft() + " of "
                    + delta);
        }
        epsilonSpent += price;
        deltaSpent += failure;
        entries.add(new Entry(what, price, failure));
    }

    /**
     * What is left of epsilon.
     *
     * @return from 0 to the total
     */
    public synchronized double epsilonLeft() {
        return Math.max(0, epsilon - epsilonSpent);
    }

    /**
     * What is left of delta.
     *
     * @return from 0 to the total
     */
    public synchronized double deltaLeft() {
        return Math.max(0, delta - deltaSpent);
    }

    /**
     * What was paid, in order.
     *
     * @return a copy
     */
    public synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public synchronized String toString() {
        var text = new StringBuilder("epsilon " + epsilon + ", delta " + delta + ":");
        for (Entry entry : entries) {
            text.append("\n  ").append(entry.what()).append(": epsilon ").append(entry.epsilon());
            if (entry.delta() > 0) {
                text.append(", delta ").append(entry.delta());
            }
        }
        return text + "\n  left: epsilon " + epsilonLeft() + ", delta " + deltaLeft();
    }

    static double probability(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be >= 0 and < 1, was " + value);
        }
        return value;
    }
}
