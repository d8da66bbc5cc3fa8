package reprise.kernel.render;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.BaseStream;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.knowm.xchart.internal.chartpart.Chart;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.display.Bundle;
import reprise.display.Layout;
import reprise.display.Rich;
import reprise.kernel.Outlet;
import tech.tablesaw.api.Table;

/** Registers one renderer for everything that shows itself, and one for each foreign type that cannot. */
public final class Renderers {
    private Renderers() {}

    /**
     * Registers them all.
     *
     * @param renderer the kernel's renderer
     */
    public static void register(Renderer renderer) {
        on(renderer, Rich.class, Rich::bundle);
        on(renderer, INDArray.class, Arrays2d::of);
        on(renderer, Table.class, Tables::of);
        on(renderer, Chart.class, chart -> Charts.of(chart));
        on(renderer, double[][].class, Arrays2d::of);
        on(renderer, Collection.class, value -> Bundle.text(Values.of(value)));
        on(renderer, Map.class, value -> Bundle.text(Values.of(value)));
        on(renderer, BaseStream.class, stream -> Streams.of(stream));
        on(renderer, Optional.class, value -> Bundle.text(Values.of(value)));
        on(renderer, Record.class, value -> value instanceof Rich rich ? rich.bundle() : Bundle.text(Values.of(value)));
        // The last resort, which all arrays and plain objects reach.
        on(renderer, Object.class, value -> Bundle.text(Values.of(value)));
        Layout.foreign(value -> safely(value, Renderers::bundle));
    }

    /** What stands in a layout is shown as it would be alone. */
    private static Bundle bundle(Object value) {
        return value instanceof Rich rich ? rich.bundle()
                : value instanceof INDArray array ? Arrays2d.of(array)
                : value instanceof Table table ? Tables.of(table)
                : value instanceof Chart<?, ?> chart ? Charts.of(chart)
                : value instanceof double[][] rows ? Arrays2d.of(rows)
                : value instanceof BaseStream<?, ?> stream ? Streams.of(stream)
                : Bundle.text(Values.of(value));
    }

    /**
     * What a list of variables says of a value. It looks at values that nobody asked for, so it leaves streams alone.
     *
     * @param renderer the kernel's renderer
     * @param value anything; may be null
     * @return plain text
     */
    public static String glance(Renderer renderer, Object value) {
        return value == null || value instanceof BaseStream ? Values.of(value)
                : String.valueOf(renderer.render(value).getData(MIMEType.TEXT_PLAIN));
    }

    private static <T> void on(Renderer renderer, Class<T> type, Function<T, Bundle> show) {
        renderer.createRegistration(type).register((value, context) ->
                Outlet.fill(safely(value, show), context.getOutputContainer()));
    }

    /** A renderer that fails must not take the value's cell with it. */
    static <T> Bundle safely(T value, Function<T, Bundle> show) {
        try {
            return show.apply(value);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
            return Bundle.text(failed(value, e));
        }
    }

    /** The value in plain text, and why it is shown like that. */
    static String failed(Object value, Throwable why) {
        return plain(value) + "\n(shown as text: " + why.getClass().getSimpleName()
                + (why.getMessage() == null ? "" : ": " + why.getMessage()) + ")";
    }

    private static String plain(Object value) {
        try {
            return value instanceof BaseStream ? Values.of(value) : String.valueOf(value);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError | AssertionError e) {
            return value.getClass().getName();
        }
    }
}
