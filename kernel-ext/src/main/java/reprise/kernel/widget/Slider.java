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
public record Slider(String name, double low, double high, double start, double step) {
    private static final MathContext TWELVE = new MathContext(12);

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
     * Makes the slider go through whole numbers.
     *
     * @return a copy with step 1
     */
    public Slider whole() {
        return new Slider(name, low, high, start, 1);
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
