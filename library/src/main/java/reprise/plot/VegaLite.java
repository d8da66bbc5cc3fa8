package reprise.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Figures as a specification of Vega-Lite 5 with their data inside, for front ends that draw it themselves; readers can
 * zoom and read off values there. Source: vega.github.io/vega-lite/docs.
 */
final class VegaLite {
    static final String MIME = "application/vnd.vegalite.v5+json";

    private static final MathContext DIGITS = new MathContext(7);
    /** What axes, titles and legend take of a figure's size. */
    private static final int FRAME_WIDTH = 180;
    private static final int FRAME_HEIGHT = 90;
    private static final int MIN_WIDTH = 120;
    /** A page of JupyterLab shows about this many pixels beside each other. */
    private static final int WIDEST = 960;

    private final Figure figure;
    private final Map<String, Integer> styles;

    private VegaLite(Figure figure) {
        this.figure = figure;
        styles = Legend.styles(figure);
    }

    static Map<String, Object> of(List<Figure> figures, String description) {
        var views = new ArrayList<Map<String, Object>>();
        int all = figures.stream().mapToInt(f -> f.frame.width).sum();
        for (int i = 0; i < figures.size(); i++) {
            views.add(new VegaLite(figures.get(i)).view(i, all));
        }
        Map<String, Object> spec = object("$schema", "https://vega.github.io/schema/vega-lite/v5.json", "description",
                description, "background", "white");
        if (views.size() == 1) {
            spec.putAll(views.get(0));
        } else {
            spec.put("hconcat", views);
            spec.put("resolve", object("scale", object("color", "independent")));
        }
        return spec;
    }

    private Map<String, Object> view(int number, int all) {
        var heats = new ArrayList<Map<String, Object>>();
        var others = new ArrayList<Map<String, Object>>();
        for (Mark mark : figure.marks) {
            if (mark instanceof Mark.Heat heat) {
                heats.add(heat(heat));
            } else {
                others.addAll(layers(mark));
            }
        }
        List<Map<String, Object>> layers = heats.isEmpty() ? others : heats;
        if (!layers.isEmpty()) {
            layers.get(0).put("params", List.of(object("name", "zoom" + number, "select", "interval", "bind",
                    "scales")));
        }
        // A heat map has its own colours: its scale must not mix with that of the series.
        if (!heats.isEmpty() && !others.isEmpty()) {
            heats.add(object("layer", others));
        }
        int width = (int) (Math.min(1, (double) WIDEST / all) * figure.frame.width) - FRAME_WIDTH;
        Map<String, Object> view = object("width", Math.max(MIN_WIDTH, width), "height",
                Math.max(80, figure.frame.height - FRAME_HEIGHT), "title", figure.frame.caption.isEmpty()
                        ? figure.frame.title : object("text", figure.frame.title, "subtitle", figure.frame.caption),
                "layer", layers);
        if (!heats.isEmpty()) {
            view.put("resolve", object("scale", object("color", "independent")));
        }
        return view;
    }

    private List<Map<String, Object>> layers(Mark mark) {
        if (mark instanceof Mark.Curve curve) {
            return List.of(layer(rows("x", curve.xs(), "y", curve.ys()),
                    object("type", "line", "tooltip", true, "strokeDash", dash(mark)), mark,
                    object("x", x("x"), "y", y("y"), "order", object("field", "i", "type", "quantitative"))));
        }
        if (mark instanceof Mark.Dots dots) {
            return dots(dots);
        }
        if (mark instanceof Mark.Band band) {
            return List.of(layer(rows("x", band.xs(), "low", band.low(), "high", band.high()),
                    object("type", "area", "opacity", 0.25), mark,
                    object("x", x("x"), "y", y("low"), "y2", object("field", "high"))));
        }
        if (mark instanceof Mark.Histogram bins) {
            int n = bins.ys().length;
            double[] left = new double[n];
            double[] right = new double[n];
            System.arraycopy(bins.xs(), 0, left, 0, n);
            System.arraycopy(bins.xs(), 1, right, 0, n);
            return List.of(standing(rows("x", left, "right", right, "y", bins.ys()), mark));
        }
        return mark instanceof Mark.Bars bars ? List.of(standing(bars(bars), mark)) : rule((Mark.Rule) mark);
    }

    private List<Map<String, Object>> dots(Mark.Dots dots) {
        var layers = new ArrayList<Map<String, Object>>();
        if (dots.error().length > 0) {
            double[] low = new double[dots.y().length];
            double[] high = new double[low.length];
            for (int i = 0; i < low.length; i++) {
                low[i] = dots.y()[i] - dots.error()[i];
                // On a logarithmic axis a bar that would reach zero ends at its point.
                low[i] = figure.frame.logY && low[i] <= 0 ? dots.y()[i] : low[i];
                high[i] = dots.y()[i] + dots.error()[i];
            }
            layers.add(layer(rows("x", dots.xs(), "low", low, "high", high), object("type", "rule"), dots,
                    object("x", x("x"), "y", y("low"), "y2", object("field", "high"))));
        }
        String[] shapes = {"circle", "square", "triangle-up", "diamond", "triangle-down", "cross"};
        layers.add(layer(rows("x", dots.xs(), "y", dots.y()),
                object("type", "point", "filled", !Palette.hollow(style(dots)), "size", 45, "tooltip", true, "shape",
                        shapes[style(dots) % shapes.length]),
                dots, object("x", x("x"), "y", y("y"))));
        return layers;
    }

    /** The bars of several series share the place of their category. */
    private List<Map<String, Object>> bars(Mark.Bars bars) {
        List<Mark> groups = figure.marks.stream().filter(Mark.Bars.class::isInstance).toList();
        double width = 0.8 / groups.size();
        // By identity: two series may hold the same numbers.
        int place = IntStream.range(0, groups.size()).filter(k -> groups.get(k) == bars).findFirst().orElseThrow();
        int n = bars.ys().length;
        double[] left = new double[n];
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            left[i] = i - 0.4 + place * width;
            right[i] = left[i] + width;
        }
        List<Map<String, Object>> rows = rows("x", left, "right", right, "y", bars.ys());
        for (int i = 0; i < n; i++) {
            rows.get(i).put("category", bars.categories().get(i));
        }
        return rows;
    }

    private Map<String, Object> standing(List<Map<String, Object>> rows, Mark mark) {
        return layer(rows, object("type", "rect", "opacity", Palette.opacity(style(mark)), "tooltip", true), mark,
                object("x", x("x"), "x2", object("field", "right"), "y", y("y"), "y2",
                        figure.frame.logY ? object("value", "height") : object("datum", 0)));
    }

    private Map<String, Object> heat(Mark.Heat heat) {
        double[] x = Cells.edges(heat.xs(), figure.frame.logX);
        double[] y = Cells.edges(heat.ys(), figure.frame.logY);
        var rows = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < heat.z().length; i++) {
            for (int j = 0; j < heat.z()[i].length; j++) {
                var row = new LinkedHashMap<String, Object>();
                put(row, "x", x[j]);
                put(row, "right", x[j + 1]);
                put(row, "y", y[i]);
                put(row, "top", y[i + 1]);
                put(row, "z", heat.z()[i][j]);
                rows.add(row);
            }
        }
        return object("data", object("values", rows), "mark", object("type", "rect", "tooltip", true), "encoding",
                object("x", x("x"), "x2", object("field", "right"), "y", y("y"), "y2", object("field", "top"),
                        "color", object("field", "z", "type", "quantitative", "title", heat.label(), "scale",
                                object("scheme", "viridis", "zero", false))));
    }

    private List<Map<String, Object>> rule(Mark.Rule rule) {
        String axis = rule.vertical() ? "x" : "y";
        Map<String, Object> place = rule.vertical() ? x("") : y("");
        place.remove("field");
        place.put("datum", number(rule.at()));
        Map<String, Object> line = object("data", object("values", List.of(Map.of())), "mark",
                object("type", "rule", "color", hex(Palette.SOFT.getRGB()), "strokeDash", List.of(4, 3)), "encoding",
                object(axis, place));
        Map<String, Object> words = object("data", object("values", List.of(Map.of())), "mark",
                object("type", "text", "text", rule.name(), "align", "left", "baseline", "bottom", "dx", 3, "dy",
                        rule.vertical() ? 12 : -3, rule.vertical() ? "y" : "x", 0, "color",
                        hex(Palette.SOFT.getRGB())),
                "encoding", object(axis, place));
        return rule.name().isEmpty() ? List.of(line) : List.of(line, words);
    }

    private Map<String, Object> layer(List<Map<String, Object>> rows, Map<String, Object> shape, Mark mark,
            Map<String, Object> encoding) {
        if (mark.name().isEmpty()) {
            shape.put("color", colour(style(mark)));
        } else {
            List<String> names = styles.keySet().stream().filter(name -> !name.isEmpty()).toList();
            encoding.put("color", object("datum", mark.name(), "type", "nominal", "legend", object("title", ""),
                    "scale", object("domain", names, "range",
                            names.stream().map(n -> colour(styles.get(n))).toList())));
        }
        return object("data", object("values", rows), "mark", shape, "encoding", encoding);
    }

    private String colour(int style) {
        return hex(Palette.colour(Legend.firstColour(figure) + style).getRGB());
    }

    private int style(Mark mark) {
        return styles.getOrDefault(mark.name(), 0);
    }

    private List<Float> dash(Mark mark) {
        float[] lengths = Palette.stroke(style(mark), 1).getDashArray();
        var dash = new ArrayList<Float>();
        for (int i = 0; lengths != null && i < lengths.length; i++) {
            dash.add(lengths[i]);
        }
        return dash;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> x(String field) {
        Map<String, Object> x = place(field, figure.frame.xLabel, figure.frame.logX, figure.frame.xRange);
        if (figure.frame.xRange.length == 0) {
            // Else half of the first and last marker is cut off.
            ((Map<String, Object>) x.get("scale")).put("padding", 8);
        }
        figure.marks.stream().filter(Mark.Bars.class::isInstance).map(Mark.Bars.class::cast).findFirst()
                .ifPresent(bars -> x.put("axis", object("values",
                        IntStream.range(0, bars.ys().length).boxed().toList(), "labelExpr",
                        "[" + String.join(",", bars.categories().stream().map(VegaLite::quoted).toList())
                                + "][datum.value]")));
        return x;
    }

    private Map<String, Object> y(String field) {
        return place(field, figure.frame.yLabel, figure.frame.logY, figure.frame.yRange);
    }

    private static Map<String, Object> place(String field, String label, boolean log, double[] range) {
        Map<String, Object> scale = object("type", log ? "log" : "linear", "zero", false);
        if (log) {
            scale.remove("zero");
        }
        if (range.length == 2) {
            scale.put("domain", List.of(number(range[0]), number(range[1])));
            scale.put("nice", false);
        }
        return object("field", field, "type", "quantitative", "title", label, "scale", scale);
    }

    /** A word inside an expression of Vega. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ") + "'";
    }

    private static List<Map<String, Object>> rows(Object... namesAndValues) {
        var rows = new ArrayList<Map<String, Object>>();
        int n = ((double[]) namesAndValues[namesAndValues.length - 1]).length;
        for (int i = 0; i < n; i++) {
            var row = new LinkedHashMap<String, Object>();
            row.put("i", i);
            for (int k = 0; k < namesAndValues.length; k += 2) {
                put(row, (String) namesAndValues[k], ((double[]) namesAndValues[k + 1])[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    /** JSON has no NaN; what is missing is a gap. */
    private static void put(Map<String, Object> row, String name, double value) {
        if (Double.isFinite(value)) {
            row.put(name, number(value));
        }
    }

    private static double number(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    private static String hex(int rgb) {
        return String.format("#%06x", rgb & 0xFFFFFF);
    }

    private static Map<String, Object> object(Object... namesAndValues) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }
}
