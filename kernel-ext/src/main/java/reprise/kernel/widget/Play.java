package reprise.kernel.widget;

import java.util.Objects;
import reprise.array.Require;

/**
 * A whole number that steps by itself while the reader lets it play, and that can be dragged as well. Steps that come
 * while a picture is computed are skipped but for the last.
 *
 * @param name what the number is
 * @param low where it starts
 * @param high where it ends, above {@code low}
 * @param milliseconds the time between two steps, at least 20
 */
public record Play(String name, int low, int high, int milliseconds) implements Control<Integer> {
    private static final int DEFAULT_MS = 150;

    /**
     * Checks.
     *
     * @throws IllegalArgumentException if the ends are in the wrong order or the steps come too fast
     */
    public Play {
        Objects.requireNonNull(name, "name");
        Require.atLeast("milliseconds of '" + name + "'", milliseconds, 20);
        if (low >= high) {
            throw new IllegalArgumentException("'" + name + "' must have low < high, had low " + low + ", high "
                    + high);
        }
    }

    /**
     * Steps through whole numbers, about seven a second.
     *
     * @param name what the number is
     * @param low the first
     * @param high the last
     * @return the stepper
     * @throws IllegalArgumentException if the ends are in the wrong order
     */
    public static Play of(String name, int low, int high) {
        return new Play(name, low, high, DEFAULT_MS);
    }

    /**
     * Steps faster or slower.
     *
     * @param milliseconds the time between two steps, at least 20
     * @return a copy with that time
     */
    public Play every(int milliseconds) {
        return new Play(name, low, high, milliseconds);
    }

    @Override
    public Integer start() {
        return low;
    }
}
