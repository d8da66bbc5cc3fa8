package reprise.kernel.error;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import jdk.jshell.Snippet;

/** Which cell, and which of its lines, each snippet of JShell came from. */
final class Cells {
    /** One line of a cell or a file; {@code where} names both. */
    record Line(String where, String source, boolean magic) {}

    /** What is evaluated, and how far it was seen. */
    record Reading(String name, String code, int reached) {}

    private record Place(String name, int firstLine, String source) {}

    private static final Pattern MAGIC = Pattern.compile("reprise\\.kernel\\.Notebook\\.(line|cell)Magic\\(.*");
    private static final Pattern WORD = Pattern.compile("decode\\(\"([A-Za-z0-9+/=]*)\"\\)");

    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private Reading reading = new Reading("", "", 0);

    /** Begins with another text; what was read before is given back, as a magic of a cell may read a file. */
    synchronized Reading begin(String name, String code) {
        Reading before = reading;
        reading = new Reading(name, code, 0);
        return before;
    }

    synchronized void resume(Reading before) {
        reading = before;
    }

    synchronized void evaluated(Snippet snippet) {
        String source = snippet.source();
        String core = source.strip();
        String code = reading.code();
        int at = code.indexOf(core, reading.reached());
        if (core.isEmpty() || at < 0) {
            return;
        }
        int leading = source.length() - source.stripLeading().length();
        int before = lines(code.substring(0, at)) - lines(source.substring(0, leading));
        places.put(snippet.id(), new Place(reading.name(), before + 1, source));
        reading = new Reading(reading.name(), code, at + core.length());
    }

    /** The line of a snippet; empty if it is no cell's, as with the imports at the start. */
    Optional<Line> line(String snippet, int line) {
        Place place = places.get(snippet);
        if (place == null || line < 1) {
            return Optional.empty();
        }
        String[] lines = place.source().split("\n", -1);
        String text = line <= lines.length ? lines[line - 1].strip() : "";
        boolean magic = MAGIC.matcher(text).find();
        return Optional.of(new Line(place.name() + ", line " + (place.firstLine() + line - 1),
                magic ? typed(text) : text, magic));
    }

    /** A magic as the reader typed it; its words are in base 64 in the call that the kernel made of it. */
    private static String typed(String call) {
        boolean cell = call.contains(".cellMagic(");
        List<String> words = WORD.matcher(call).results()
                .map(word -> new String(Base64.getDecoder().decode(word.group(1)), StandardCharsets.UTF_8)).toList();
        return (cell ? "%%" : "%") + String.join(" ", cell ? words.subList(0, words.size() - 1) : words);
    }

    private static int lines(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }
}
