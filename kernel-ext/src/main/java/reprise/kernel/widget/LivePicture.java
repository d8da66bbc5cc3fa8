package reprise.kernel.widget;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.messages.MessageContext;
import reprise.display.Bundle;
import reprise.display.Html;
import reprise.kernel.Headless;
import reprise.kernel.Internals;
import reprise.kernel.Outlet;
import reprise.kernel.run.Stop;
import reprise.kernel.error.Interrupts;

/** The picture of one interact: drawn once in its cell, and again on its own thread when a value changed. */
final class LivePicture {
    /** What to show for the controls' values. */
    @FunctionalInterface
    interface Function {
        Object show(Values values);
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
    private final AtomicReference<Values> wanted = new AtomicReference<>();
    private Values values;
    private volatile boolean closed;

    private LivePicture(BaseKernel kernel, Function function, Values values) {
        this.kernel = kernel;
        this.outlet = new Outlet(kernel);
        this.function = function;
        this.values = values;
    }

    static void show(BaseKernel kernel, List<Control<?>> controls, Function function) {
        Values starts = Values.starts(controls);
        // The cell itself fails if the picture at the start values does: nothing to show, nothing to store.
        DisplayData poster = kernel.getRenderer().render(shown(function.show(starts)));
        if (Headless.on()) {
            kernel.display(poster);
            return;
        }
        var picture = new LivePicture(kernel, function, starts);
        var models = new Models(kernel.getCommManager());
        var box = new ControlBox(models, controls, picture::moved);
        CellWidgets.add(Internals.get(CommManager.class, "context", kernel.getCommManager(), MessageContext.class),
                () -> {
                    picture.closed = true;
                    models.close();
                });
        kernel.display(view(box.id(), controls));
        poster.setDisplayId(picture.id);
        kernel.display(poster);
    }

    private static DisplayData view(String model, List<Control<?>> controls) {
        String words = controls.stream().map(LivePicture::words).collect(Collectors.joining("\n"));
        return Outlet.data(Bundle.text(words).with("application/vnd.jupyter.widget-view+json",
                Map.of("version_major", 2, "version_minor", 0, "model_id", model)));
    }

    private static String words(Control<?> control) {
        String range = "";
        if (control instanceof Slider slider) {
            range = " (" + slider.low() + " to " + slider.high() + ")";
        } else if (control instanceof Whole whole) {
            range = " (" + whole.low() + " to " + whole.high() + ")";
        } else if (control instanceof Play play) {
            range = " (" + play.low() + " to " + play.high() + ")";
        } else if (control instanceof Choice<?> choice) {
            return choice.name() + ": " + choice.labels().get(choice.at()) + " (of "
                    + String.join(", ", choice.labels()) + ")";
        } else if (control instanceof Toggle toggle) {
            return toggle.name() + ": " + (toggle.start() ? "on" : "off");
        }
        return control.name() + ": " + control.start() + range;
    }

    private synchronized void moved(int control, Object value) {
        // A stepper and its slider both report the same step.
        if (value.equals(values.all().get(control))) {
            return;
        }
        values = values.with(control, value);
        // Whoever takes this value next draws it; a task that finds none had its value replaced by a later one.
        if (wanted.getAndSet(values) == null) {
            PAINTER.execute(this::redraw);
        }
    }

    private void redraw() {
        // A flag left by an interrupt that came between two pictures must not stop this one.
        Thread.interrupted();
        Stop.awaitGo();
        Values latest = wanted.getAndSet(null);
        if (closed) {
            return;
        }
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
