package reprise.kernel.render;

import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Any value in one line or a few: sizes, first and last elements, nothing of what Java prints as an address. */
final class Values {
    private static final int ELEMENTS = 12;
    private static final int DEPTH = 4;
    private static final int LONGEST = 200;
    private static final int LONGEST_PAGE = 1 << 20;

    private Values() {}

    static String of(Object value) {
        return of(value, 0);
    }

    private static String of(Object value, int depth) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Double || value instanceof Float) {
            return Numbers.of(((Number) value).doubleValue());
        }
        if (value instanceof String text) {
            return depth == 0 ? text : '"' + cut(text) + '"';
        }
        if (depth >= DEPTH) {
            return "\u2026";
        }
        if (value.getClass().isArray()) {
            int n = Array.getLength(value);
            String type = value.getClass().getComponentType().getSimpleName();
            int bracket = type.indexOf('[');
            String name = (bracket < 0 ? type : type.substring(0, bracket)) + "[" + n + "]"
                    + (bracket < 0 ? "" : type.substring(bracket));
            return name + " " + list(n, i -> of(Array.get(value, i), depth + 1));
        }
        if (value instanceof Collection<?> items) {
            return (depth == 0 ? name(value) + " of " + items.size() + " " : "") + walk(items.iterator(), items.size(),
                    depth);
        }
        if (value instanceof Map<?, ?> map) {
            return (depth == 0 ? name(value) + " of " + map.size() + " " : "") + walk(map.entrySet().iterator(),
                    map.size(), depth).replaceFirst("^\\[", "{").replaceFirst("]$", "}");
        }
        if (value instanceof Map.Entry<?, ?> entry) {
            return of(entry.getKey(), Math.max(1, depth)) + "=" + of(entry.getValue(), Math.max(1, depth));
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(v -> "Optional[" + of(v, depth + 1) + "]").orElse("Optional.empty");
        }
        if (value instanceof BaseStream<?, ?>) {
            return value instanceof IntStream ? "IntStream" : value instanceof LongStream ? "LongStream"
                    : value instanceof DoubleStream ? "DoubleStream" : "Stream";
        }
        if (value instanceof Iterator<?> items && isNameless(items)) {
            return depth == 0 ? "Iterator; looking at its elements would use them up" : "Iterator";
        }
        if (value instanceof INDArray array) {
            return array.dataType() + Arrays.toString(array.shape());
        }
        return value instanceof Record record && isPlain(record) ? record(record, depth)
                : depth == 0 ? String.valueOf(value) : cut(String.valueOf(value));
    }

    /** A record that overrides toString knows better; the compiler's own starts with the class and a bracket. */
    private static boolean isPlain(Record record) {
        return record.toString().startsWith(record.getClass().getSimpleName() + "[");
    }

    /** Whether there is only the address that every object has. */
    private static boolean isNameless(Object value) {
        return value.toString().equals(value.getClass().getName() + "@" + Integer.toHexString(value.hashCode()));
    }

    private static String record(Record record, int depth) {
        var out = new StringBuilder(record.getClass().getSimpleName()).append('[');
        String separator = "";
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            out.append(separator).append(component.getName()).append('=');
            try {
                component.getAccessor().setAccessible(true);
                out.append(of(component.getAccessor().invoke(record), depth + 1));
            } catch (ReflectiveOperationException | RuntimeException e) {
                out.append('?');
            }
            separator = ", ";
        }
        return out.append(']').toString();
    }

    private static String name(Object value) {
        String name = value.getClass().getSimpleName();
        boolean hidden = name.isEmpty() || value.getClass().getPackageName().startsWith("java.")
                && !Modifier.isPublic(value.getClass().getModifiers());
        return !hidden ? name
                : value instanceof List ? "List" : value instanceof Set ? "Set"
                : value instanceof Map ? "Map" : "Collection";
    }

    private static String walk(Iterator<?> items, int size, int depth) {
        int shown = size <= ELEMENTS + 1 ? size : ELEMENTS;
        var first = new ArrayList<Object>();
        while (first.size() < shown && items.hasNext()) {
            first.add(items.next());
        }
        return elements(first, shown < size, depth);
    }

    /** The first elements of something, and whether there are more. */
    static String elements(List<?> first, boolean more) {
        return elements(first, more, 0);
    }

    private static String elements(List<?> first, boolean more, int depth) {
        return first.stream().map(item -> of(item, depth + 1))
                .collect(Collectors.joining(", ", "[", more ? ", \u2026]" : "]"));
    }

    private static String list(int n, IntFunction<String> element) {
        var out = new StringBuilder("[");
        String separator = "";
        for (int i : Grid.shown(n, ELEMENTS)) {
            out.append(separator).append(i == Grid.GAP ? "\u2026" : element.apply(i));
            separator = ", ";
        }
        return out.append(']').toString();
    }

    /** A notebook that holds more text than this in one value would hardly open again. */
    static String page(String text) {
        return text.length() <= LONGEST_PAGE ? text
                : text.substring(0, LONGEST_PAGE) + "\n\u2026 cut here: " + text.length() + " letters in all";
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\u2026";
    }
}
