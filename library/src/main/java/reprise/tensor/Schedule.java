package reprise.tensor;

import reprise.array.Require;
import reprise.source.Source;

/**
 * The learning rate of each step.
 *
 * <pre>{@code Adam.of(parameters, 1e-3).schedule(Schedule.cosine(1e-3, 0, 5000).warmUp(200))}</pre>
 */
@FunctionalInterface
public interface Schedule {
    /**
     * The rate of one step.
     *
     * @param step 0 for the first
     * @return the rate, at least 0
     */
    double at(int step);

    /**
     * Always the same.
     *
     * @param rate above 0
     * @return the schedule
     * @throws IllegalArgumentException if rate is not above 0
     */
    static Schedule constant(double rate) {
        Require.positive("rate", rate);
        return step -> rate;
    }

    /**
     * Half a cosine wave from one rate to another, which then stays: to + (from - to) (1 + cos(pi step / steps)) / 2.
     *
     * @param from the first rate, above 0
     * @param to the last rate, at least 0
     * @param steps when the last rate is reached, at least 1
     * @return the schedule
     * @throws IllegalArgumentException if a number is outside its range
     */
    @Source(arxiv = "1608.03983", at = "Eq. 5")
    static Schedule cosine(double from, double to, int steps) {
        Require.positive("from", from);
        Require.nonNegative("to", to);
        Require.atLeast("steps", steps, 1);
        return step -> to + (from - to) / 2 * (1 + Math.cos(Math.PI * Math.min(step, steps) / steps));
    }

    /**
     * Multiplied by a factor every few steps: rate factor^floor(step / every).
     *
     * @param rate the first rate, above 0
     * @param factor above 0
     * @param every how many steps a rate lasts, at least 1
     * @return the schedule
     * @throws IllegalArgumentException if a number is outside its range
     */
    static Schedule stairs(double rate, double factor, int every) {
        Require.positive("rate", rate);
        Require.positive("factor", factor);
        Require.atLeast("every", every, 1);
        return step -> rate * Math.pow(factor, step / every);
    }

    /**
     * Multiplied by a factor every step: rate factor^step.
     *
     * @param rate the first rate, above 0
     * @param factor above 0
     * @return the schedule
     * @throws IllegalArgumentException if a number is outside its range
     */
    static Schedule exponential(double rate, double factor) {
        return stairs(rate, factor, 1);
    }

    /**
     * Before this schedule begins, a straight line up to its first rate: at(0) (step + 1) / steps.
     *
     * @param steps how many steps the line takes, at least 1
     * @return the schedule, with this one's step 0 at step {@code steps}
     * @throws IllegalArgumentException if steps is below 1
     */
    @Source(arxiv = "1706.02677", at = "Section 2.2")
    default Schedule warmUp(int steps) {
        Require.atLeast("steps", steps, 1);
        return step -> step < steps ? at(0) * (step + 1) / steps : at(step - steps);
    }
}
