package reprise.plot;

import static reprise.plot.Checks.*;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Require;
import reprise.display.Bundle;
import reprise.display.Rich;

/**
 * A figure: a title, two axes and what they show. Every method gives a copy, so a figure can be shared and extended.
 *
 * <pre>{@code
 * Figure.titled("Bandwidth regimes").x("alpha").y("bandwidth h").logY()
 *     .band("theory", alpha, low, high).line("theory", alpha, h).points("measured", alpha, fit)
 * }</pre>
 *
 * <p>Series of one name share colour, dash, marker and legend entry. A NaN or infinite value is a gap. The bundle holds
 * a PNG of twice the size, an SVG if that is small, and a description in words, which is also the alternative text.
 * The same figure gives the same bytes on the same machine.
 */
public final class Figure implements Rich {
    final Frame frame;
    final List<Mark> marks;

    private Figure(Frame frame, List<Mark> marks) {
        this.frame = frame;
        this.marks = marks;
        Checks.axes(this);
    }

    /**
     * Starts a figure of 640 by 400 points.
     *
     * @param title what the figure shows, drawn above it
     * @return an empty figure
     */
    public static Figure titled(String title) {
        return new Figure(new Frame(), List.of()).with(f -> f.title = Objects.requireNonNull(title, "title"));
    }

    /**
     * Puts figures side by side in one picture.
     *
     * @param figures the panels from left to right, at least one
     * @return the row, which shows itself like a figure
     */
    public static Panels row(Figure... figures) {
        return new Panels(List.of(figures), "", false);
    }

    /**
     * Names the horizontal axis.
     *
     * @param label quantity and unit
     * @return a copy with that label
     */
    public Figure x(String label) {
        return with(f -> f.xLabel = Objects.requireNonNull(label, "label"));
    }

    /**
     * Names the vertical axis.
     *
     * @param label quantity and unit
     * @return a copy with that label
     */
    public Figure y(String label) {
        return with(f -> f.yLabel = Objects.requireNonNull(label, "label"));
    }

    /**
     * Makes the horizontal axis logarithmic.
     *
     * @return a copy with that axis
     * @throws IllegalArgumentException if a value there is zero or negative, now or in what is added later
     */
    public Figure logX() {
        return with(f -> f.logX = true);
    }

    /**
     * Makes the vertical axis logarithmic.
     *
     * @return a copy with that axis
     * @throws IllegalArgumentException if a value there is zero or negative, now or in what is added later
     */
    public Figure logY() {
        return with(f -> f.logY = true);
    }

    /**
     * Gives both axes the same scale, so that a circle is round. The interactive form keeps its own scales.
     *
     * @return a copy with one scale
     * @throws IllegalArgumentException if an axis is logarithmic, now or later
     */
    public Figure equalScales() {
        return with(f -> f.equalScales = true);
    }

    /**
     * Fixes the ends of the horizontal axis; otherwise it covers the data.
     *
     * @param low the left end
     * @param high the right end, above {@code low}
     * @return a copy with these ends
     */
    public Figure xRange(double low, double high) {
        return with(f -> f.xRange = range("xRange", low, high));
    }

    /**
     * Fixes the ends of the vertical axis; otherwise it covers the data.
     *
     * @param low the lower end
     * @param high the upper end, above {@code low}
     * @return a copy with these ends
     */
    public Figure yRange(double low, double high) {
        return with(f -> f.yRange = range("yRange", low, high));
    }

    /**
     * Sets the size on the page.
     *
     * @param width in CSS pixels, at least 160
     * @param height in CSS pixels, at least 120
     * @return a copy of that size
     */
    public Figure size(int width, int height) {
        return with(f -> {
            f.width = Require.atLeast("width", width, 160);
            f.height = Require.atLeast("height", height, 120);
        });
    }

    /**
     * Replaces the description that is made from title, axes and series.
     *
     * @param text what the figure shows, for someone who cannot see it
     * @return a copy with that text
     */
    public Figure alt(String text) {
        return with(f -> f.alt = Objects.requireNonNull(text, "text"));
    }

    /**
     * Writes a line or two below the figure.
     *
     * @param text the caption
     * @return a copy with that caption
     */
    public Figure caption(String text) {
        return with(f -> f.caption = Objects.requireNonNull(text, "text"));
    }

    /**
     * Marks this as the figure that the gallery shows of its notebook.
     *
     * @return a copy with that mark
     */
    public Figure thumbnail() {
        return with(f -> f.thumbnail = true);
    }

    /**
     * Lets readers zoom, move and read off values: adds the figure as Vega-Lite, with all its data, to the pictures.
     *
     * @return a copy that can be explored
     */
    public Figure interactive() {
        return with(f -> f.interactive = true);
    }

    /**
     * Adds a curve.
     *
     * @param name its name in the legend
     * @param x where, shape [n]
     * @param y how high, shape [n]
     * @return a copy with the curve
     */
    public Figure line(String name, double[] x, double[] y) {
        return plus(new Mark.Curve(name, copy(name, "x", x), same(name, "y", y, x.length)));
    }

    /**
     * Adds a curve.
     *
     * @param name its name in the legend
     * @param x where, n values
     * @param y how high, n values
     * @return a copy with the curve
     */
    public Figure line(String name, INDArray x, INDArray y) {
        return line(name, values(x), values(y));
    }

    /**
     * Adds single points.
     *
     * @param name their name in the legend
     * @param x where, shape [n]
     * @param y how high, shape [n]
     * @return a copy with the points
     */
    public Figure points(String name, double[] x, double[] y) {
        return plus(new Mark.Dots(name, copy(name, "x", x), same(name, "y", y, x.length), new double[0]));
    }

    /**
     * Adds single points.
     *
     * @param name their name in the legend
     * @param x where, n values
     * @param y how high, n values
     * @return a copy with the points
     */
    public Figure points(String name, INDArray x, INDArray y) {
        return points(name, values(x), values(y));
    }

    /**
     * Adds points of several classes, each with its own colour and marker.
     *
     * @param names the name of each class in the legend
     * @param x where, shape [n]
     * @param y how high, shape [n]
     * @param classes the class of each point, an index into {@code names}, shape [n]
     * @return a copy with the points
     */
    public Figure scatter(List<String> names, double[] x, double[] y, int[] classes) {
        Require.shape("classes", new int[] {classes.length}, x.length);
        same("scatter", "y", y, x.length);
        Checks.indices("classes", classes, names.size());
        Figure all = this;
        for (int c = 0; c < names.size(); c++) {
            int wanted = c;
            int[] members = IntStream.range(0, x.length).filter(i -> classes[i] == wanted).toArray();
            if (members.length > 0) {
                all = all.points(names.get(c), pick(x, members), pick(y, members));
            }
        }
        return all;
    }

    /**
     * Adds points with vertical error bars.
     *
     * @param name their name in the legend
     * @param x where, shape [n]
     * @param y how high, shape [n]
     * @param error half the length of each bar, not negative, shape [n]
     * @return a copy with the points
     */
    public Figure errorBars(String name, double[] x, double[] y, double[] error) {
        double[] half = Checks.nonNegative(name, same(name, "error", error, x.length));
        return plus(new Mark.Dots(name, copy(name, "x", x), same(name, "y", y, x.length), half));
    }

    /**
     * Adds a shaded band, such as an interval around the curve of the same name.
     *
     * @param name its name in the legend
     * @param x where, ascending, shape [n]
     * @param low the lower border, shape [n]
     * @param high the upper border, shape [n]
     * @return a copy with the band
     */
    public Figure band(String name, double[] x, double[] low, double[] high) {
        return plus(new Mark.Band(name, copy(name, "x", x), same(name, "low", low, x.length),
                same(name, "high", high, x.length)));
    }

    /**
     * Adds points with vertical error bars.
     *
     * @param name their name in the legend
     * @param x where, n values
     * @param y how high, n values
     * @param error half the length of each bar, n values
     * @return a copy with the points
     */
    public Figure errorBars(String name, INDArray x, INDArray y, INDArray error) {
        return errorBars(name, values(x), values(y), values(error));
    }

    /**
     * Adds a shaded band.
     *
     * @param name its name in the legend
     * @param x where, ascending, n values
     * @param low the lower border, n values
     * @param high the upper border, n values
     * @return a copy with the band
     */
    public Figure band(String name, INDArray x, INDArray low, INDArray high) {
        return band(name, values(x), values(low), values(high));
    }

    /**
     * Adds bars over named categories; bars of several series stand beside each other.
     *
     * @param name the series' name in the legend
     * @param categories what each bar is, the same for every series of a figure
     * @param height how high each bar is, as many as categories
     * @return a copy with the bars
     */
    public Figure bars(String name, List<String> categories, double[] height) {
        double[] checked = same(name, "height", height, categories.size());
        Checks.categories(marks, name, categories);
        return plus(new Mark.Bars(name, List.copyOf(categories), checked));
    }

    /**
     * Adds a histogram of area 1, so that a density can be drawn over it.
     *
     * @param name its name in the legend
     * @param values the sample, finite
     * @param bins the number of bars of equal width, at least 1
     * @return a copy with the histogram
     * @cost O(values)
     */
    public Figure histogram(String name, double[] values, int bins) {
        return plus(Mark.Histogram.of(name, Require.finite("values of '" + name + "'", copy(name, "values", values)),
                Require.atLeast("bins", bins, 1)));
    }

    /**
     * Adds a heat map with its colour bar, below everything else.
     *
     * @param x the columns' centres, ascending, shape [n]
     * @param y the rows' centres, ascending, shape [m]
     * @param z the values, z[i][j] at (x[j], y[i]), shape [m, n]; NaN is grey
     * @param label the quantity and unit beside the colour bar
     * @return a copy with the heat map
     */
    public Figure heat(double[] x, double[] y, double[][] z, String label) {
        return plus(Mark.Heat.of(label, x, y, z));
    }

    /**
     * Adds a vertical reference line.
     *
     * @param value where it crosses the horizontal axis
     * @param label what it stands for, written beside it
     * @return a copy with the line
     */
    public Figure vertical(double value, String label) {
        return plus(new Mark.Rule(label, Require.finite("value", value), true));
    }

    /**
     * Adds a horizontal reference line.
     *
     * @param value where it crosses the vertical axis
     * @param label what it stands for, written above it
     * @return a copy with the line
     */
    public Figure horizontal(double value, String label) {
        return plus(new Mark.Rule(label, Require.finite("value", value), false));
    }

    /**
     * Describes the figure in words: the given alternative text, or one made from title, axes and series.
     *
     * @return one line of text
     */
    public String description() {
        return frame.alt.isEmpty() ? Words.of(this) : frame.alt;
    }

    @Override
    public Bundle bundle() {
        return new Panels(List.of(this), "", false).bundle();
    }

    @Override
    public String toString() {
        return description();
    }

    private Figure with(Consumer<Frame> change) {
        Frame changed = frame.copy();
        change.accept(changed);
        return new Figure(changed, marks);
    }

    private Figure plus(Mark mark) {
        Objects.requireNonNull(mark.name(), "name");
        Checks.visible(mark);
        return new Figure(frame, Stream.concat(marks.stream(), Stream.of(mark)).toList());
    }
}
