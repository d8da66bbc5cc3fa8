package reprise.kernel.error;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/**
 * Writes errors: JJava's own formatter asks its styler for every line, and this styler knows better. The headline is
 * bold and has no colour: front ends set errors on red ground, on which red letters cannot be read in a dark theme.
 */
final class Traceback extends StringStyler {
    private final AtomicReference<Report> expected = new AtomicReference<>();

    Traceback() {
        super("", "\u001b[31m", "", line -> "");
    }

    /** The next error to be formatted is this one. */
    void expect(Report report) {
        expected.set(report);
    }

    /** The lines of an error that is not to be formatted after all, as another one tells of it; without colour. */
    List<String> takeBack() {
        Report report = expected.getAndSet(null);
        if (report == null) {
            return List.of();
        }
        var lines = new ArrayList<>(report.lines());
        lines.add(0, report.headline());
        return lines;
    }

    @Override
    public List<String> secondaryLines(String text) {
        Report report = expected.getAndSet(null);
        if (report == null) {
            return super.secondaryLines(text);
        }
        var lines = new ArrayList<>(report.lines());
        lines.add(0, "\u001b[1m" + report.headline() + "\u001b[0m");
        return lines;
    }
}
