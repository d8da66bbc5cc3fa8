package reprise.kernel.widget;

import java.util.Objects;
import reprise.array.Require;

/** A whole number that the reader chooses by dragging; made by {@link Slider#whole()}. */
record Whole(String name, int low, int high, Integer start, int step) implements Control<Integer> {
    Whole {
        Objects.requireNonNull(name, "name");
        Require.atLeast("step of '" + name + "'", step, 1);
        if (low >= high || start < low || start > high) {
            throw new IllegalArgumentException("'" + name + "' must have low < high and a start between them, had low "
                    + low + ", high " + high + ", start " + start);
        }
    }

    /** What the front end sent, held between the ends. */
    int nearest(double value) {
        return Double.isFinite(value) ? (int) Math.max(low, Math.min(high, Math.rint(value))) : start;
    }
}
