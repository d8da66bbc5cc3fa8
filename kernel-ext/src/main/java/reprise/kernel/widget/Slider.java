package reprise.kernel.widget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Objects;
import reprise.array.Require;

/**
 * A number that the reader chooses by dragging.
 *
 * @param name what the number is, shown before the slider
 * @param low its smallest value
 * @param high its largest value, above {@code low}
 * @param start where it stands first, and what the stored picture shows
 * @param step the distance of neighbouring values, above 0
 */
public record Slider(String name, double low, double high, Double start, double step) implements Control<Double> {
    private static final MathContext TWELVE = new MathContext(12);
    private static final MathContext SIX = new MathContext(6);
    private static final int STEPS = 100;

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the ends are in the wrong order, or the start lies outside them
     */
    public Slider {
        Objects.requireNonNull(name, "name");
        Require.finite("low of '" + name + "'", low);
        Require.finite("high of '" + name + "'", high);
        Require.positive("step of '" + name + "'", step);
        if (low >= high || !(start >= low && start <= high)) {
            throw new IllegalArgumentException("'" + name + "' must have low < high and a start between them, had low "
                    + low + ", high " + high + ", start " + start);
        }
    }

    /**
     * Describes a slider of 100 steps.
     *
     * @param name what the number is
     * @param low its smallest value
     * @param high its largest value, above {@code low}
     * @param start where it stands first
     * @return the slider
     * @throws IllegalArgumentException if the ends are in the wrong order, or the start lies outside them
     */
    public static Slider of(String name, double low, double high, double start) {
        return new Slider(name, low, high, start, high > low ? round((high - low) / STEPS) : 1);
    }

    /** Without the noise of binary fractions: it would show in every value. */
    private static double round(double step) {
        return new BigDecimal(step).round(SIX).doubleValue();
    }

    /**
     * Makes the slider go through whole numbers, which the picture is given as such.
     *
     * @return a control with step 1 between the same ends, which must be whole
     * @throws IllegalArgumentException if an end or the start is not a whole number of 32 bits
     */
    public Control<Integer> whole() {
        return new Whole(name, whole("low", low), whole("high", high), whole("start", start), 1);
    }

    private int whole(String what, double value) {
        if (value != (int) value) {
            throw new IllegalArgumentException(what + " of '" + name + "' must be a whole number, was " + value);
        }
        return (int) value;
    }

    /** The value on the slider nearest to what the front end sent, without the noise of binary fractions. */
    double nearest(double value) {
        if (!Double.isFinite(value)) {
            return start;
        }
        double stepped = low + step * Math.rint((value - low) / step);
        double inside = Math.max(low, Math.min(high, stepped));
        return new BigDecimal(inside).round(TWELVE).doubleValue();
    }
}
