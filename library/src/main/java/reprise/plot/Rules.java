package reprise.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Reference lines, and their labels where they hide least of the data and none of each other. */
final class Rules {
    private static final float[] DASH = {4, 3};
    private static final double HEIGHT = 15;
    private static final double ASCENT = 11.5;

    private final List<Mark> marks;
    private final Rectangle2D plot;
    private final DoubleUnaryOperator x;
    private final DoubleUnaryOperator y;
    private final List<Rectangle2D> taken = new ArrayList<>();

    Rules(List<Mark> marks, Rectangle2D plot, DoubleUnaryOperator x, DoubleUnaryOperator y) {
        this.marks = marks;
        this.plot = plot;
        this.x = x;
        this.y = y;
    }

    void paint(Graphics2D g) {
        g.setStroke(new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASH, 0));
        g.setColor(Palette.SOFT);
        for (Mark mark : marks) {
            if (mark instanceof Mark.Rule rule) {
                g.draw(rule.vertical()
                        ? new Line2D.Double(at(rule), plot.getMinY(), at(rule), plot.getMaxY())
                        : new Line2D.Double(plot.getMinX(), at(rule), plot.getMaxX(), at(rule)));
            }
        }
        for (Mark mark : marks) {
            if (mark instanceof Mark.Rule rule && !rule.name().isEmpty()) {
                label(g, rule);
            }
        }
    }

    private void label(Graphics2D g, Mark.Rule rule) {
        Rectangle2D place = place(rule);
        taken.add(place);
        Painter.shade(g, Color.WHITE, 0.8f, place);
        new Text(g).draw(Text.SMALL, Palette.INK, rule.name(), place.getX() + 2, place.getY() + ASCENT, 0);
    }

    /** The first of the places beside the line that hides the least. */
    Rectangle2D place(Mark.Rule rule) {
        Rectangle2D best = new Rectangle2D.Double();
        long least = Long.MAX_VALUE;
        for (Rectangle2D place : rule.vertical() ? besideVertical(rule) : besideHorizontal(rule)) {
            long hidden = hidden(place);
            if (hidden < least) {
                least = hidden;
                best = place;
            }
        }
        return best;
    }

    private List<Rectangle2D> besideHorizontal(Mark.Rule rule) {
        double width = Text.width(Text.SMALL, rule.name()) + 4;
        double room = plot.getWidth() - width - 6;
        var places = new ArrayList<Rectangle2D>();
        for (double top : new double[] {at(rule) - HEIGHT - 1.5, at(rule) + 2.5}) {
            for (double along : new double[] {1, 0, 0.5, 0.75, 0.25}) {
                places.add(new Rectangle2D.Double(plot.getMinX() + 3 + along * room, top, width, HEIGHT));
            }
        }
        return places;
    }

    private List<Rectangle2D> besideVertical(Mark.Rule rule) {
        double width = Text.width(Text.SMALL, rule.name()) + 4;
        var places = new ArrayList<Rectangle2D>();
        for (double top = plot.getMinY() + 3; top + HEIGHT < plot.getMaxY(); top += HEIGHT + 1) {
            places.add(new Rectangle2D.Double(at(rule) + 3, top, width, HEIGHT));
            places.add(new Rectangle2D.Double(at(rule) - 3 - width, top, width, HEIGHT));
        }
        return places;
    }

    /** How much a label would cover: each piece of a curve and each point counts, other labels and the border more. */
    private long hidden(Rectangle2D place) {
        long hidden = plot.contains(place) ? 0 : 1_000_000;
        hidden += 10_000 * taken.stream().filter(place::intersects).count();
        for (Mark mark : marks) {
            if (mark instanceof Mark.Rule rule) {
                hidden += rule.vertical() ? crosses(place, at(rule), plot.getMinY(), at(rule), plot.getMaxY())
                        : crosses(place, plot.getMinX(), at(rule), plot.getMaxX(), at(rule));
            } else if (mark instanceof Mark.Curve curve) {
                for (int i = 1; i < curve.xs().length; i++) {
                    hidden += crosses(place, x.applyAsDouble(curve.xs()[i - 1]), y.applyAsDouble(curve.ys()[i - 1]),
                            x.applyAsDouble(curve.xs()[i]), y.applyAsDouble(curve.ys()[i]));
                }
            } else if (mark instanceof Mark.Dots dots) {
                for (int i = 0; i < dots.y().length; i++) {
                    double left = x.applyAsDouble(dots.xs()[i]) - 4;
                    hidden += place.intersects(left, y.applyAsDouble(dots.y()[i]) - 4, 8, 8) ? 1 : 0;
                }
            }
        }
        return hidden;
    }

    private static int crosses(Rectangle2D place, double x1, double y1, double x2, double y2) {
        return Double.isFinite(x1 + y1 + x2 + y2) && place.intersectsLine(x1, y1, x2, y2) ? 1 : 0;
    }

    private double at(Mark.Rule rule) {
        return (rule.vertical() ? x : y).applyAsDouble(rule.at());
    }
}
