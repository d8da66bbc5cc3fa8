package reprise.kernel.progress;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import reprise.display.Bundle;
import reprise.display.Html;
import reprise.kernel.Headless;
import reprise.kernel.Outlet;
import reprise.parallel.Progress;

/**
 * Draws the library's progress: a bar with rate and time left, at most ten times a second. Work within work, or beside
 * it on another thread, has its bar in the same output, below the bar of what began first; when that ends, the output
 * becomes one line without times, so that a stored notebook has the same bytes on every run.
 */
public final class ProgressDisplay {
    /** Work that is over sooner shows nothing: a bar that flashes helps nobody. */
    private static final double PATIENCE_SECONDS = 0.3;

    private static final long REDRAW_NANOS = 100_000_000;

    /** How many bars stand below each other; a pool of threads may have one each. */
    private static final int MOST_BARS = 6;

    private final Supplier<?> cell;
    private final BiConsumer<String, Bundle> display;
    private final BiConsumer<String, Bundle> update;
    /** By cell; what was never closed goes with its cell. */
    private final Map<Object, Output> outputs = new WeakHashMap<>();

    /** One output: what runs, in the order of its beginning. It belongs to the first. */
    private static final class Output {
        private final List<Progress> running = new ArrayList<>();
        private String id;
        private long drawn;
    }

    /**
     * Draws on two outlets.
     *
     * @param cell tells what runs now: what an interrupted cell left open must not own the next one's output
     * @param display shows something under an id
     * @param update shows something in the place of an id
     */
    ProgressDisplay(Supplier<?> cell, BiConsumer<String, Bundle> display, BiConsumer<String, Bundle> update) {
        this.cell = cell;
        this.display = display;
        this.update = update;
    }

    /**
     * Becomes the place where progress is shown. Where nobody watches that is one line for each piece of work in the
     * kernel's log: a notebook that is run to be stored shows results, not the way to them.
     *
     * @param kernel the running kernel
     */
    public static void install(BaseKernel kernel) {
        if (Headless.on()) {
            // Not System.err, which is the cell's.
            var log = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
            Progress.sink(progress -> stage(progress, log));
        } else {
            var outlet = new Outlet(kernel);
            Progress.sink(new ProgressDisplay(outlet::cell, (id, shown) -> outlet.display(id, Outlet.data(shown)),
                    (id, shown) -> outlet.update(id, Outlet.data(shown)))::changed);
        }
    }

    private static void stage(Progress progress, PrintStream log) {
        if (progress.ended() && progress.seconds() >= PATIENCE_SECONDS) {
            log.println(words(progress) + String.format(Locale.ROOT, " in %.1f s", progress.seconds()));
        }
    }

    synchronized void changed(Progress progress) {
        Output output = outputs.values().stream().filter(o -> o.running.contains(progress)).findFirst().orElse(null);
        if (progress.ended()) {
            if (output != null) {
                end(progress, output);
            }
            return;
        }
        if (output == null) {
            Object now = cell.get();
            output = outputs.computeIfAbsent(now, key -> new Output());
            output.running.add(progress);
        }
        long now = System.nanoTime();
        if (output.id == null && output.running.get(0).seconds() >= PATIENCE_SECONDS) {
            output.id = UUID.randomUUID().toString();
            output.drawn = now;
            display.accept(output.id, bars(output.running));
        } else if (output.id != null && now - output.drawn >= REDRAW_NANOS) {
            output.drawn = now;
            update.accept(output.id, bars(output.running));
        }
    }

    private void end(Progress progress, Output output) {
        boolean owner = output.running.get(0) == progress;
        output.running.remove(progress);
        if (owner && output.id != null) {
            update.accept(output.id, last(progress));
            // Whatever goes on gets an output of its own.
            output.id = null;
        }
        outputs.values().removeIf(o -> o.running.isEmpty());
    }

    private static Bundle bars(List<Progress> running) {
        List<Bundle> bars = running.stream().filter(p -> p == running.get(0) || p.seconds() >= PATIENCE_SECONDS)
                .limit(MOST_BARS).map(ProgressDisplay::bar).toList();
        return Bundle.text(joined(bars, "text/plain", "\n")).html(joined(bars, "text/html", ""));
    }

    private static String joined(List<Bundle> bars, String type, String between) {
        return bars.stream().map(bar -> (String) bar.data().get(type)).collect(Collectors.joining(between));
    }

    static Bundle bar(Progress progress) {
        long total = Math.max(1, progress.total());
        int percent = (int) (100 * Math.min(progress.done(), total) / total);
        String rate = number(progress.done() / Math.max(1e-9, progress.seconds())) + "/s";
        String words = progress.name() + " " + percent + "% (" + progress.done() + " of " + progress.total()
                + "), " + rate + ", " + left(progress.secondsLeft());
        return Bundle.text(words).html("<div><progress value=\"" + percent + "\" max=\"100\" aria-label=\""
                + Html.escape(progress.name()) + "\" style=\"width:14em;vertical-align:middle\"></progress> "
                + Html.escape(words) + "</div>");
    }

    static Bundle last(Progress progress) {
        return Bundle.text(words(progress));
    }

    private static String words(Progress progress) {
        return progress.done() >= progress.total()
                ? progress.name() + ": " + progress.total() + " of " + progress.total() + " done"
                : progress.name() + ": stopped after " + progress.done() + " of " + progress.total();
    }

    static String left(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "time left unknown";
        }
        long s = Math.round(seconds);
        return s < 60 ? s + " s left" : s < 3600 ? s / 60 + " min " + s % 60 + " s left"
                : s / 3600 + " h " + s % 3600 / 60 + " min left";
    }

    private static String number(double rate) {
        return rate >= 100 ? Long.toString(Math.round(rate)) : String.format(Locale.ROOT, "%.1f", rate);
    }
}
