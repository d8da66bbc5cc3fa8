package reprise.kernel.widget;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import reprise.display.Bundle;
import reprise.display.Html;
import reprise.kernel.Headless;
import reprise.kernel.Outlet;
import reprise.kernel.run.Stop;
import reprise.kernel.error.Interrupts;

/** The picture of one interact: drawn once in its cell, and again on its own thread when a value changed. */
final class LivePicture {
    /** What to show for the sliders' values. */
    @FunctionalInterface
    interface Function {
        Object show(double[] values);
    }

    /** One thread for all pictures of a kernel: two of them would only slow each other down. */
    private static final ExecutorService PAINTER = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "reprise-interact");
        thread.setDaemon(true);
        Interrupts.reach(thread);
        return thread;
    });

    private final BaseKernel kernel;
    private final Outlet outlet;
    private final Function function;
    private final String id = UUID.randomUUID().toString();
    private final double[] values;
    private final AtomicReference<double[]> wanted = new AtomicReference<>();

    private LivePicture(BaseKernel kernel, Function function, double[] values) {
        this.kernel = kernel;
        this.outlet = new Outlet(kernel);
        this.function = function;
        this.values = values;
    }

    static void show(BaseKernel kernel, List<Slider> sliders, Function function) {
        var picture = new LivePicture(kernel, function, sliders.stream().mapToDouble(Slider::start).toArray());
        // The cell itself fails if the picture at the start values does: nothing to show, nothing to store.
        DisplayData poster = kernel.getRenderer().render(shown(function.show(picture.values.clone())));
        if (Headless.on()) {
            kernel.display(poster);
            return;
        }
        String view = new SliderBox(kernel.getCommManager(), sliders, picture::moved).id();
        kernel.display(view(view, sliders));
        poster.setDisplayId(picture.id);
        kernel.display(poster);
    }

    private static DisplayData view(String model, List<Slider> sliders) {
        var words = new StringBuilder();
        for (Slider s : sliders) {
            words.append(words.isEmpty() ? "" : "\n").append(s.name()).append(": ").append(s.start()).append(" (")
                    .append(s.low()).append(" to ").append(s.high()).append(')');
        }
        return Outlet.data(Bundle.text(words.toString()).with("application/vnd.jupyter.widget-view+json",
                Map.of("version_major", 2, "version_minor", 0, "model_id", model)));
    }

    private synchronized void moved(int slider, double value) {
        values[slider] = value;
        // Whoever takes this value next draws it; a task that finds none had its value replaced by a later one.
        if (wanted.getAndSet(values.clone()) == null) {
            PAINTER.execute(this::redraw);
        }
    }

    private void redraw() {
        // A flag left by an interrupt that came between two pictures must not stop this one.
        Thread.interrupted();
        Stop.awaitGo();
        double[] latest = wanted.getAndSet(null);
        try {
            outlet.update(id, kernel.getRenderer().render(shown(function.show(latest))));
        } catch (Throwable e) {
            // Even an Error must not leave the thread: the reader sees it in place and may drag on.
            String words = e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
            outlet.update(id, Outlet.data(Bundle.text(words).html("<div role=\"alert\" style=\"border-left:3px solid "
                    + "currentColor;padding:.3em .8em\">" + Html.escape(words) + "</div>")));
        }
    }

    private static Object shown(Object value) {
        return value == null ? "nothing to show" : value;
    }
}
