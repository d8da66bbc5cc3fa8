package reprise.kernel.widget;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One of several values, chosen from a drop-down list.
 *
 * <pre>{@code
 * interact(Choice.of("kernel", "gauss", "laplace"), kernel -> Figure.titled(kernel).line("k", x, values(kernel)))
 * }</pre>
 *
 * @param name what is chosen, shown before the list
 * @param labels what the list shows, each only once
 * @param values what the picture is given, one for each label
 * @param at the index of the first choice
 * @param <T> what the picture is given
 */
public record Choice<T>(String name, List<String> labels, List<T> values, int at) implements Control<T> {
    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if there is no choice, a label comes twice, or the first choice is not among them
     */
    public Choice {
        Objects.requireNonNull(name, "name");
        labels = List.copyOf(labels);
        values = List.copyOf(values);
        if (values.isEmpty() || labels.size() != values.size()) {
            throw new IllegalArgumentException("'" + name + "' must have at least one value and a label for each, had "
                    + values.size() + " and " + labels.size());
        }
        var seen = new HashSet<String>();
        for (String label : labels) {
            if (!seen.add(label)) {
                throw new IllegalArgumentException("'" + name + "' must have different labels, had '" + label
                        + "' twice");
            }
        }
        Objects.checkIndex(at, values.size());
    }

    /**
     * Offers values under what they print as; the first is chosen at first.
     *
     * @param name what is chosen
     * @param first the first value
     * @param others the other values
     * @param <T> what the picture is given
     * @return the choice
     * @throws IllegalArgumentException if two values print the same
     */
    @SafeVarargs
    public static <T> Choice<T> of(String name, T first, T... others) {
        var values = new ArrayList<T>(List.of(first));
        for (T other : others) {
            values.add(other);
        }
        return new Choice<>(name, values.stream().map(String::valueOf).toList(), values, 0);
    }

    /**
     * Offers values under labels; the first is chosen at first.
     *
     * @param name what is chosen
     * @param options from label to value, in the order shown
     * @param <T> what the picture is given
     * @return the choice
     * @throws IllegalArgumentException if there are none
     */
    public static <T> Choice<T> of(String name, Map<String, ? extends T> options) {
        return new Choice<>(name, List.copyOf(options.keySet()), List.copyOf(options.values()), 0);
    }

    /**
     * Begins with another value.
     *
     * @param value one of the values
     * @return a copy that begins there
     * @throws IllegalArgumentException if it is not one of them
     */
    public Choice<T> startingAt(T value) {
        int index = values.indexOf(value);
        if (index < 0) {
            throw new IllegalArgumentException("the start of '" + name + "' must be one of " + labels + ", was "
                    + value);
        }
        return new Choice<>(name, labels, values, index);
    }

    @Override
    public T start() {
        return values.get(at);
    }
}
