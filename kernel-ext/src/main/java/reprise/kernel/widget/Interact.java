package reprise.kernel.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import reprise.kernel.Internals;
import reprise.kernel.render.TablePages;
import tech.tablesaw.api.Table;

/**
 * A picture that follows sliders, choices, check boxes and steppers.
 *
 * <pre>{@code
 * interact("h / hG", 0.2, 3.0, 1.0, ratio -> Figure.titled("h = " + ratio).line("KL", h, divergence(ratio)))
 * interact(Slider.of("sigma", 0.1, 2, 1), Choice.of("kernel", "gauss", "laplace"), Toggle.of("log", false),
 *     (sigma, kernel, log) -> density(kernel, sigma, log))
 * }</pre>
 *
 * <p>The function is called with the start values at once and its value shown as an ordinary output: that is what a
 * stored notebook holds, and all that there is when nobody watches. With a front end it is called again whenever a
 * control moves, off the cells' thread; values that came while it ran are skipped but for the last. When the cell runs
 * again its controls are closed.
 */
public final class Interact {
    /**
     * A function of three controls.
     *
     * @param <A> the first control's value
     * @param <B> the second control's value
     * @param <C> the third control's value
     */
    @FunctionalInterface
    public interface Of3<A, B, C> {
        /**
         * Computes what to show.
         *
         * @param first the first control's value
         * @param second the second control's value
         * @param third the third control's value
         * @return anything that a cell could show
         */
        Object show(A first, B second, C third);
    }

    /**
     * A function of four controls.
     *
     * @param <A> the first control's value
     * @param <B> the second control's value
     * @param <C> the third control's value
     * @param <D> the fourth control's value
     */
    @FunctionalInterface
    public interface Of4<A, B, C, D> {
        /**
         * Computes what to show.
         *
         * @param first the first control's value
         * @param second the second control's value
         * @param third the third control's value
         * @param fourth the fourth control's value
         * @return anything that a cell could show
         */
        Object show(A first, B second, C third, D fourth);
    }

    private Interact() {}

    /**
     * Describes a slider of 100 steps.
     *
     * @param name what the number is
     * @param low its smallest value
     * @param high its largest value, above {@code low}
     * @param start where it stands first
     * @return the slider
     * @throws IllegalArgumentException if the ends are in the wrong order, or the start lies outside them
     */
    public static Slider slider(String name, double low, double high, double start) {
        return Slider.of(name, low, high, start);
    }

    /**
     * Shows a picture that follows one slider.
     *
     * @param name what the number is
     * @param low its smallest value
     * @param high its largest value
     * @param start where it stands first
     * @param picture computes what to show
     */
    public static void interact(String name, double low, double high, double start, DoubleFunction<?> picture) {
        interact(slider(name, low, high, start), picture::apply);
    }

    /**
     * Shows a picture that follows one control.
     *
     * @param control the value
     * @param picture computes what to show
     * @param <A> the control's value
     */
    public static <A> void interact(Control<A> control, Function<? super A, ?> picture) {
        start(List.of(control), v -> picture.apply(v.at(control, 0)));
    }

    /**
     * Shows a picture that follows two controls.
     *
     * @param first the first value
     * @param second the second value
     * @param picture computes what to show
     * @param <A> the first control's value
     * @param <B> the second control's value
     */
    public static <A, B> void interact(Control<A> first, Control<B> second,
            BiFunction<? super A, ? super B, ?> picture) {
        start(List.of(first, second), v -> picture.apply(v.at(first, 0), v.at(second, 1)));
    }

    /**
     * Shows a picture that follows three controls.
     *
     * @param first the first value
     * @param second the second value
     * @param third the third value
     * @param picture computes what to show
     * @param <A> the first control's value
     * @param <B> the second control's value
     * @param <C> the third control's value
     */
    public static <A, B, C> void interact(Control<A> first, Control<B> second, Control<C> third,
            Of3<? super A, ? super B, ? super C> picture) {
        start(List.of(first, second, third),
                v -> picture.show(v.at(first, 0), v.at(second, 1), v.at(third, 2)));
    }

    /**
     * Shows a picture that follows four controls.
     *
     * @param first the first value
     * @param second the second value
     * @param third the third value
     * @param fourth the fourth value
     * @param picture computes what to show
     * @param <A> the first control's value
     * @param <B> the second control's value
     * @param <C> the third control's value
     * @param <D> the fourth control's value
     */
    public static <A, B, C, D> void interact(Control<A> first, Control<B> second, Control<C> third,
            Control<D> fourth, Of4<? super A, ? super B, ? super C, ? super D> picture) {
        start(List.of(first, second, third, fourth),
                v -> picture.show(v.at(first, 0), v.at(second, 1), v.at(third, 2), v.at(fourth, 3)));
    }

    /**
     * Shows a table page by page, sorted by a column of the reader's choice. A stored notebook holds the first page.
     *
     * @param table the table
     */
    public static void browse(Table table) {
        var pages = new TablePages(table);
        var labels = new ArrayList<String>(List.of("as it is"));
        var columns = new ArrayList<Integer>(List.of(-1));
        for (int i = 0; i < table.columnCount(); i++) {
            labels.add("by " + table.column(i).name());
            columns.add(i);
        }
        var order = new Choice<>("order", labels, columns, 0);
        var down = Toggle.of("largest or last first", false);
        if (pages.count() == 1) {
            interact(order, down, (column, descending) -> pages.page(column, descending, 1));
        } else {
            interact(order, down, Slider.of("page", 1, pages.count(), 1).whole(), pages::page);
        }
    }

    private static void start(List<Control<?>> controls, LivePicture.Function picture) {
        // The accessor throws when there is none, and does not say what that means.
        var kernel = Internals.get(BaseKernel.class, "notebookKernel", BaseKernel.class, BaseKernel.class);
        if (kernel == null) {
            throw new IllegalStateException("interact must be called in a notebook's cell, but no kernel runs");
        }
        LivePicture.show(kernel, controls, picture);
    }
}
