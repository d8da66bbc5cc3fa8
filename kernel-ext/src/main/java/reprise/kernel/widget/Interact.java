package reprise.kernel.widget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.function.DoubleFunction;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import reprise.kernel.Internals;

/**
 * A picture that follows sliders.
 *
 * <pre>{@code
 * interact("h / hG", 0.2, 3.0, 1.0, ratio -> Figure.titled("h = " + ratio).line("KL", h, divergence(ratio)))
 * }</pre>
 *
 * <p>The function is called with the start values at once and its value shown as an ordinary output: that is what a
 * stored notebook holds, and all that there is when nobody watches. With a front end it is called again whenever a
 * slider moves, off the cells' thread; values that came while it ran are skipped but for the last.
 */
public final class Interact {
    /** A function of two sliders. */
    @FunctionalInterface
    public interface Picture2 {
        /**
         * Computes what to show.
         *
         * @param first the first slider's value
         * @param second the second slider's value
         * @return anything that a cell could show
         */
        Object show(double first, double second);
    }

    /** A function of three sliders. */
    @FunctionalInterface
    public interface Picture3 {
        /**
         * Computes what to show.
         *
         * @param first the first slider's value
         * @param second the second slider's value
         * @param third the third slider's value
         * @return anything that a cell could show
         */
        Object show(double first, double second, double third);
    }

    private static final int STEPS = 100;

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
        return new Slider(name, low, high, start, high > low ? round((high - low) / STEPS) : 1);
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
        interact(slider(name, low, high, start), picture);
    }

    /**
     * Shows a picture that follows one slider.
     *
     * @param slider the number
     * @param picture computes what to show
     */
    public static void interact(Slider slider, DoubleFunction<?> picture) {
        start(List.of(slider), values -> picture.apply(values[0]));
    }

    /**
     * Shows a picture that follows two sliders.
     *
     * @param first the first number
     * @param second the second number
     * @param picture computes what to show
     */
    public static void interact(Slider first, Slider second, Picture2 picture) {
        start(List.of(first, second), values -> picture.show(values[0], values[1]));
    }

    /**
     * Shows a picture that follows three sliders.
     *
     * @param first the first number
     * @param second the second number
     * @param third the third number
     * @param picture computes what to show
     */
    public static void interact(Slider first, Slider second, Slider third, Picture3 picture) {
        start(List.of(first, second, third), values -> picture.show(values[0], values[1], values[2]));
    }

    /** Without the noise of binary fractions: it would show in every value. */
    private static double round(double step) {
        return new BigDecimal(step).round(new MathContext(6)).doubleValue();
    }

    private static void start(List<Slider> sliders, LivePicture.Function picture) {
        // The accessor throws when there is none, and does not say what that means.
        var kernel = Internals.get(BaseKernel.class, "notebookKernel", BaseKernel.class, BaseKernel.class);
        if (kernel == null) {
            throw new IllegalStateException("interact must be called in a notebook's cell, but no kernel runs");
        }
        LivePicture.show(kernel, sliders, picture);
    }
}
