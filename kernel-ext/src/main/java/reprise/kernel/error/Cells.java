package reprise.kernel.error;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.Snippet;

/** Which cell, and which of its lines, each snippet of JShell came from. */
final class Cells {
    /** One line of a cell. */
    record Line(int cell, int number, String source) {}

    private record Place(int cell, int firstLine, String source) {}

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private int cell;
    private String code = "";
    private int reached;

    synchronized void begin(int number, String source) {
        cell = number;
        code = source;
        reached = 0;
    }

    synchronized void evaluated(Snippet snippet) {
        String source = snippet.source();
        String core = source.strip();
        int at = code.indexOf(core, reached);
        if (core.isEmpty() || at < 0) {
            return;
        }
        int leading = source.length() - source.stripLeading().length();
        int before = lines(code.substring(0, at)) - lines(source.substring(0, leading));
        places.put(snippet.id(), new Place(cell, before + 1, source));
        reached = at + core.length();
    }

    /** The line of a snippet; empty if it is no cell's, as with the imports at the start. */
    Optional<Line> line(String snippet, int line) {
        Place place = places.get(snippet);
        if (place == null || line < 1) {
            return Optional.empty();
        }
        String[] lines = place.source().split("\n", -1);
        String text = line <= lines.length ? lines[line - 1].strip() : "";
        return Optional.of(new Line(place.cell(), place.firstLine() + line - 1, text));
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }
}
