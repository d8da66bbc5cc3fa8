package reprise.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Draws one figure: measures, then grid, marks from back to front, frame and words. */
final class Painter {
    private static final BasicStroke HAIR = new BasicStroke(1);
    private static final BasicStroke RIM = new BasicStroke(1.2f);
    /** What a label takes of an upright axis, in points. */
    private static final double LINE = 18;


    private final Figure figure;
    private final Graphics2D g;
    private final Text text;
    private final double offset;
    private final Axis xAxis;
    private final Axis yAxis;
    private final List<Axis.Tick> xTicks;
    private final List<Axis.Tick> yTicks;
    private final Legend legend;
    private final List<String> caption;
    private final Rectangle2D.Double plot;
    /** What equal scales leave free on each side. */
    private final double spare;

    Painter(Figure figure, Graphics2D g, double offset) {
        this.figure = figure;
        this.g = g;
        this.offset = offset;
        text = new Text(g);
        boolean edged = figure.marks.stream().anyMatch(m -> m instanceof Mark.Heat);
        boolean grounded = figure.marks.stream().anyMatch(Mark::standsOnZero);
        double[] xs = figure.marks.stream().flatMapToDouble(m -> Arrays.stream(reachX(m))).toArray();
        double[] ys = figure.marks.stream().flatMapToDouble(m -> Arrays.stream(reachY(m))).toArray();
        xAxis = Axis.covering(xs, figure.frame.xRange, figure.frame.logX, false,
                edged || categories().length > 0 ? 0 : 0.03);
        yAxis = Axis.covering(positive(ys), figure.frame.yRange, figure.frame.logY, grounded, edged ? 0 : 0.06);

        legend = new Legend(figure, figure.frame.width - 24);
        caption = figure.frame.caption.isEmpty() ? List.of()
                : Text.wrap(Text.SMALL, figure.frame.caption, figure.frame.width - 32);
        double top = figure.frame.title.isEmpty() ? 14 : 36;
        double bottom = 26 + (figure.frame.xLabel.isEmpty() ? 0 : 20) + legend.height() + (legend.height() > 0 ? 6 : 0)
                + caption.size() * 16 + (caption.isEmpty() ? 0 : 6) + 6;
        double plotHeight = Math.max(40, figure.frame.height - top - bottom);
        double tickWidth = widest(yAxis.ticks(plotHeight, 40, label -> LINE));
        double left = 14 + tickWidth + 8 + (figure.frame.yLabel.isEmpty() ? 0 : 20);
        double right = 20 + (heat().length > 0 ? colourBarWidth(plotHeight) : 0);
        plot = shaped(offset + left, top, Math.max(40, figure.frame.width - left - right), plotHeight);
        spare = plot.x - offset - left;
        yTicks = yAxis.ticks(plot.height, 40, label -> LINE);
        xTicks = categories().length > 0 ? categoryTicks() : xAxis.ticks(plot.width, 75, Painter::across);
    }

    private static double widest(List<Axis.Tick> ticks) {
        return ticks.stream().mapToDouble(t -> Text.width(Text.SMALL, t.label())).max().orElse(0);
    }

    /** The whole place, or the part of it in which both axes have one scale. */
    private Rectangle2D.Double shaped(double x, double y, double width, double height) {
        if (!figure.frame.equalScales) {
            return new Rectangle2D.Double(x, y, width, height);
        }
        double across = xAxis.high() - xAxis.low();
        double up = yAxis.high() - yAxis.low();
        double scale = Math.min(width / across, height / up);
        return new Rectangle2D.Double(x + (width - scale * across) / 2, y, scale * across, scale * up);
    }

    /** What a label takes of a level axis, with the gap to the next one. */
    private static double across(String label) {
        return Text.width(Text.SMALL, label) + 12;
    }

    void paint() {
        grid();
        Shape before = g.getClip();
        g.clip(plot);
        Arrays.stream(heat()).forEach(this::heat);
        figure.marks.stream().filter(Mark.Band.class::isInstance).forEach(m -> band((Mark.Band) m));
        bars();
        for (Mark mark : figure.marks) {
            if (mark instanceof Mark.Curve curve) {
                curve(curve);
            }
        }
        for (Mark mark : figure.marks) {
            if (mark instanceof Mark.Dots dots) {
                dots(dots);
            }
        }
        new Rules(figure.marks, plot, this::x, this::y).paint(g);
        g.setClip(before);
        frame();
        words();
    }

    private void grid() {
        g.setStroke(HAIR);
        g.setColor(Palette.GRID);
        for (Axis.Tick tick : yTicks) {
            line(plot.x, y(tick.at()), plot.getMaxX(), y(tick.at()));
        }
        if (categories().length == 0) {
            for (Axis.Tick tick : xTicks) {
                line(x(tick.at()), plot.y, x(tick.at()), plot.getMaxY());
            }
        }
    }

    private void heat(Mark.Heat heat) {
        double[] across = Cells.edges(heat.xs(), figure.frame.logX);
        double[] up = Cells.edges(heat.ys(), figure.frame.logY);
        Axis range = Axis.covering(heat.values(), new double[0], false, false, 0);
        for (int i = 0; i < heat.ys().length; i++) {
            for (int j = 0; j < heat.xs().length; j++) {
                double z = heat.z()[i][j];
                g.setColor(Double.isFinite(z) ? Palette.ramp(range.fraction(z)) : Palette.MISSING);
                // Whole pixels, or light seams would show between the cells.
                double left = snap(x(across[j]));
                double top = snap(y(up[i + 1]));
                g.fill(new Rectangle2D.Double(left, top, snap(x(across[j + 1])) - left, snap(y(up[i])) - top));
            }
        }
        colourBar(heat, range);
    }

    private void colourBar(Mark.Heat heat, Axis range) {
        Shape clip = g.getClip();
        g.setClip(null);
        double left = plot.getMaxX() + 14;
        int steps = 64;
        for (int i = 0; i < steps; i++) {
            g.setColor(Palette.ramp((i + 0.5) / steps));
            double top = snap(plot.getMaxY() - (i + 1) * plot.height / steps);
            g.fill(new Rectangle2D.Double(left, top, 14, snap(plot.getMaxY() - i * plot.height / steps) - top));
        }
        g.setColor(Palette.SOFT);
        g.setStroke(HAIR);
        g.draw(new Rectangle2D.Double(left, plot.y, 14, plot.height));
        for (Axis.Tick tick : range.ticks(plot.height, 40, label -> LINE)) {
            double at = plot.getMaxY() - range.fraction(tick.at()) * plot.height;
            g.setColor(Palette.SOFT);
            line(left + 14, at, left + 18, at);
            text.draw(Text.SMALL, Palette.INK, tick.label(), left + 21, at + 4.5, 0);
        }
        text.upwards(Text.LABEL, Palette.INK, heat.label(), offset + figure.frame.width - 10 - spare,
                plot.getCenterY());
        g.setClip(clip);
    }

    private double colourBarWidth(double height) {
        Axis range = Axis.covering(heat()[0].values(), new double[0], false, false, 0);
        return 40 + 20 + widest(range.ticks(height, 40, label -> LINE));
    }

    private void band(Mark.Band band) {
        var path = new Path2D.Double();
        int start = -1;
        for (int i = 0; i <= band.xs().length; i++) {
            boolean drawn = i < band.xs().length && Double.isFinite(band.xs()[i] + band.low()[i] + band.high()[i]);
            if (drawn && start < 0) {
                start = i;
            } else if (!drawn && start >= 0) {
                for (int j = start; j < i; j++) {
                    step(path, j == start, x(band.xs()[j]), y(band.high()[j]));
                }
                for (int j = i - 1; j >= start; j--) {
                    step(path, false, x(band.xs()[j]), y(band.low()[j]));
                }
                path.closePath();
                start = -1;
            }
        }
        Legend.band(g, path, legend.style(band), legend.colour(band));
    }

    private void bars() {
        List<Mark.Bars> groups = figure.marks.stream().filter(Mark.Bars.class::isInstance).map(Mark.Bars.class::cast)
                .toList();
        double width = 0.8 / Math.max(1, groups.size());
        for (int k = 0; k < groups.size(); k++) {
            Mark.Bars bars = groups.get(k);
            for (int i = 0; i < bars.ys().length; i++) {
                double left = i - 0.4 + k * width;
                bar(bars, left, left + width, bars.ys()[i]);
            }
        }
        for (Mark mark : figure.marks) {
            if (mark instanceof Mark.Histogram histogram) {
                for (int i = 0; i < histogram.ys().length; i++) {
                    bar(histogram, histogram.xs()[i], histogram.xs()[i + 1], histogram.ys()[i]);
                }
            }
        }
    }

    private void bar(Mark mark, double low, double high, double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        double ground = yAxis.log() ? plot.getMaxY() : y(0);
        double tip = yAxis.log() && value <= 0 ? ground : y(value);
        double left = x(low);
        var shape = new Rectangle2D.Double(left, Math.min(ground, tip), x(high) - left, Math.abs(ground - tip));
        Color colour = legend.colour(mark);
        shade(g, colour, Palette.opacity(legend.style(mark)), shape);
        g.setColor(colour);
        g.setStroke(HAIR);
        g.draw(shape);
    }

    private void curve(Mark.Curve curve) {
        var path = new Path2D.Double();
        boolean up = true;
        for (int i = 0; i < curve.xs().length; i++) {
            if (!Double.isFinite(curve.xs()[i] + curve.ys()[i])) {
                up = true;
                continue;
            }
            step(path, up, x(curve.xs()[i]), y(curve.ys()[i]));
            up = false;
        }
        if (heat().length > 0) {
            g.setColor(Color.WHITE);
            g.setStroke(new BasicStroke(4.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            g.draw(path);
        }
        g.setColor(legend.colour(curve));
        g.setStroke(Palette.stroke(legend.style(curve), 2));
        g.draw(path);
    }

    private void dots(Mark.Dots dots) {
        int style = legend.style(dots);
        boolean overHeat = heat().length > 0;
        double r = (dots.y().length <= 100 ? 4 : dots.y().length <= 500 ? 3 : 2) * (overHeat ? 0.6 : 1);
        Color colour = legend.colour(dots);
        for (int i = 0; i < dots.y().length; i++) {
            if (!Double.isFinite(dots.xs()[i] + dots.y()[i])) {
                continue;
            }
            // On whole pixels equal markers have equal edges, which makes the file much smaller.
            double x = snap(x(dots.xs()[i]));
            double y = snap(y(dots.y()[i]));
            if (dots.error().length > 0) {
                double top = y(dots.y()[i] + dots.error()[i]);
                double least = dots.y()[i] - dots.error()[i];
                double bottom = yAxis.log() && least <= 0 ? plot.getMaxY() : y(least);
                g.setColor(colour);
                g.setStroke(new BasicStroke(1.3f));
                line(x, top, x, bottom);
                line(x - 4, top, x + 4, top);
                line(x - 4, bottom, x + 4, bottom);
            }
            Shape marker = Palette.marker(style, x, y, r);
            if (overHeat) {
                // A white rim, since the map may have any colour here.
                g.setColor(Color.WHITE);
                g.setStroke(RIM);
                g.draw(marker);
            }
            if (dots.y().length > 500 && !overHeat) {
                shade(g, colour, 0.6f, marker);
            } else {
                g.setColor(colour);
                g.fill(marker);
            }
        }
    }

    private void frame() {
        g.setStroke(HAIR);
        g.setColor(Palette.SOFT);
        g.draw(plot);
        for (Axis.Tick tick : xTicks) {
            if (categories().length == 0) {
                g.setColor(Palette.SOFT);
                line(x(tick.at()), plot.getMaxY(), x(tick.at()), plot.getMaxY() + 4);
            }
            text.draw(Text.SMALL, Palette.INK, tick.label(), x(tick.at()), plot.getMaxY() + 18, 0.5);
        }
        for (Axis.Tick tick : yTicks) {
            g.setColor(Palette.SOFT);
            line(plot.x - 4, y(tick.at()), plot.x, y(tick.at()));
            text.draw(Text.SMALL, Palette.INK, tick.label(), plot.x - 8, y(tick.at()) + 4.5, 1);
        }
        g.setColor(Palette.SOFT);
        xAxis.minorTicks().forEach(at -> line(x(at), plot.getMaxY(), x(at), plot.getMaxY() + 2));
        yAxis.minorTicks().forEach(at -> line(plot.x - 2, y(at), plot.x, y(at)));
    }

    private void words() {
        double centre = plot.getCenterX();
        double widest = figure.frame.width - 16;
        String title = Text.fit(Text.TITLE, figure.frame.title, widest);
        double half = Text.width(Text.TITLE, title) / 2;
        double titleAt = Math.max(offset + 8 + half, Math.min(centre, offset + figure.frame.width - 8 - half));
        text.draw(Text.TITLE, Palette.INK, title, titleAt, 22, 0.5);
        text.upwards(Text.LABEL, Palette.INK, Text.fit(Text.LABEL, figure.frame.yLabel, figure.frame.height - 8),
                offset + 18 + spare, plot.getCenterY());
        double below = plot.getMaxY() + 26;
        if (!figure.frame.xLabel.isEmpty()) {
            text.draw(Text.LABEL, Palette.INK, Text.fit(Text.LABEL, figure.frame.xLabel, plot.width), centre,
                    below + 12, 0.5);
            below += 20;
        }
        legend.paint(g, offset + 12, below + 2);
        below += legend.height() + (legend.height() > 0 ? 6 : 0) + 16;
        for (String line : caption) {
            text.draw(Text.SMALL, Palette.SOFT, line, offset + 16, below, 0);
            below += 16;
        }
    }

    private double[] reachX(Mark mark) {
        return mark instanceof Mark.Heat ? Cells.edges(mark.xs(), figure.frame.logX) : mark.xs();
    }

    private double[] reachY(Mark mark) {
        return mark instanceof Mark.Heat ? Cells.edges(mark.ys(), figure.frame.logY) : mark.ys();
    }

    /** Bars of height zero have no place on a logarithmic axis, and need none. */
    private double[] positive(double[] ys) {
        return figure.frame.logY ? Arrays.stream(ys).filter(v -> v > 0).toArray() : ys;
    }

    private Mark.Heat[] heat() {
        return figure.marks.stream().filter(Mark.Heat.class::isInstance).toArray(Mark.Heat[]::new);
    }

    private String[] categories() {
        return figure.marks.stream().filter(Mark.Bars.class::isInstance).findFirst()
                .map(m -> ((Mark.Bars) m).categories().toArray(String[]::new)).orElse(new String[0]);
    }

    private List<Axis.Tick> categoryTicks() {
        String[] names = categories();
        double room = plot.width / names.length - 6;
        return IntStream.range(0, names.length)
                .mapToObj(i -> new Axis.Tick(i, Text.fit(Text.SMALL, names[i], room))).toList();
    }

    private double x(double value) {
        return tidy(plot.x + xAxis.fraction(value) * plot.width);
    }

    private double y(double value) {
        return tidy(plot.getMaxY() - yAxis.fraction(value) * plot.height);
    }

    /** Two digits are a fiftieth of a pixel: enough, and short in SVG. Far outside, a value only needs to be far. */
    private static double tidy(double at) {
        return Math.max(-20_000, Math.min(20_000, Math.rint(at * 100) / 100));
    }

    private static double snap(double at) {
        return Math.rint(at * 2) / 2;
    }

    private void line(double x1, double y1, double x2, double y2) {
        g.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    private static void step(Path2D path, boolean up, double x, double y) {
        if (up) {
            path.moveTo(x, y);
        } else {
            path.lineTo(x, y);
        }
    }

    /** Fills with a colour that lets what is behind shine through. */
    static void shade(Graphics2D g, Color colour, float opacity, Shape shape) {
        g.setColor(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), Math.round(255 * opacity)));
        g.fill(shape);
    }
}
