package reprise.kernel.progress;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import reprise.display.Bundle;
import reprise.display.Html;
import reprise.kernel.Headless;
import reprise.kernel.Outlet;
import reprise.parallel.Progress;

/**
 * Draws the library's progress: a bar with rate and time left, at most ten times a second. When the work ends the bar
 * becomes one line without times, so that a stored notebook has the same bytes on every run.
 */
public final class ProgressDisplay {
    /** Work that is over sooner shows nothing: a bar that flashes helps nobody. */
    private static final double PATIENCE_SECONDS = 0.3;

    private static final double REDRAW_SECONDS = 0.1;

    private final Outlet outlet;
    private final Map<Progress, Shown> shown = new LinkedHashMap<>();

    private record Shown(String id, double at) {}

    private ProgressDisplay(Outlet outlet) {
        this.outlet = outlet;
    }

    /**
     * Becomes the place where progress is shown, unless nobody watches.
     *
     * @param kernel the running kernel
     */
    public static void install(BaseKernel kernel) {
        if (!Headless.on()) {
            Progress.sink(new ProgressDisplay(new Outlet(kernel))::changed);
        }
    }

    private synchronized void changed(Progress progress) {
        Shown before = shown.get(progress);
        double now = progress.seconds();
        if (progress.ended()) {
            shown.remove(progress);
            if (before != null) {
                outlet.update(before.id(), Outlet.data(last(progress)));
            }
        } else if (before == null && now >= PATIENCE_SECONDS) {
            var first = new Shown(UUID.randomUUID().toString(), now);
            shown.put(progress, first);
            DisplayData data = Outlet.data(bar(progress));
            data.setDisplayId(first.id());
            outlet.display(data);
        } else if (before != null && now - before.at() >= REDRAW_SECONDS) {
            shown.put(progress, new Shown(before.id(), now));
            outlet.update(before.id(), Outlet.data(bar(progress)));
        }
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
        return Bundle.text(progress.done() >= progress.total()
                ? progress.name() + ": " + progress.total() + " of " + progress.total() + " done"
                : progress.name() + ": stopped after " + progress.done() + " of " + progress.total());
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
