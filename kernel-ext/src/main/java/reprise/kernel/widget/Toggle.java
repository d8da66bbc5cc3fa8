package reprise.kernel.widget;

import java.util.Objects;

/**
 * Yes or no, chosen by a check box.
 *
 * @param name what is on or off, shown beside the box
 * @param start whether it is on at first
 */
public record Toggle(String name, Boolean start) implements Control<Boolean> {
    /** Checks. */
    public Toggle {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(start, "start");
    }

    /**
     * Makes a check box.
     *
     * @param name what is on or off
     * @param start whether it is on at first
     * @return the check box
     */
    public static Toggle of(String name, boolean start) {
        return new Toggle(name, start);
    }
}
