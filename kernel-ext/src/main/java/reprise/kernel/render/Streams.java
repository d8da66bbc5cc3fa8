package reprise.kernel.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Spliterator;
import java.util.stream.BaseStream;
import reprise.display.Bundle;

/**
 * Streams as a cell's value: their first elements, and their size where they know it. That uses the stream up, which
 * can happen once; nothing else would show more than its address. So it is done where the reader asked for the value,
 * and said there, and not in lists of variables.
 */
final class Streams {
    private static final int ELEMENTS = 12;
    private static final String NOTE = "\n(a stream can be used once, and this was it; ";

    private Streams() {}

    static Bundle of(BaseStream<?, ?> stream) {
        String name = Values.of(stream);
        Spliterator<?> items;
        try {
            items = stream.spliterator();
        } catch (IllegalStateException e) {
            return Bundle.text(name + ", already used");
        }
        try (stream) {
            long size = items.getExactSizeIfKnown();
            List<Object> first = new ArrayList<>();
            boolean more = true;
            while (more && first.size() <= ELEMENTS) {
                more = items.tryAdvance(first::add);
            }
            String count = size >= 0 ? Long.toString(size) : more ? "more than " + ELEMENTS
                    : Integer.toString(first.size());
            return Bundle.text(name + " of " + count + " "
                    + Values.elements(first.subList(0, Math.min(ELEMENTS, first.size())), more)
                    + NOTE + (name.equals("Stream") ? "toList()" : "toArray()") + " keeps its values)");
        }
    }
}
