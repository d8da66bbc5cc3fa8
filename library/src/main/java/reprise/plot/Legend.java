package reprise.plot;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The key below the plot, where it can cover nothing: one entry for each name, wrapped into rows. */
final class Legend {
    static final double ROW = 19;

    private static final double KEY = 30;
    private static final double GAP = 18;

    private final Map<String, List<Mark>> entries = new LinkedHashMap<>();
    private final Map<String, Integer> styles;
    private final int firstColour;
    private final List<List<String>> rows = new ArrayList<>();
    private final double width;

    Legend(Figure figure, double width) {
        this.width = width;
        styles = styles(figure);
        firstColour = firstColour(figure);
        for (Mark mark : figure.marks) {
            if (styles.containsKey(mark.name()) && !mark.name().isEmpty()) {
                entries.computeIfAbsent(mark.name(), name -> new ArrayList<>()).add(mark);
            }
        }
        double left = Double.POSITIVE_INFINITY;
        for (String name : entries.keySet()) {
            if (left + entryWidth(name) > width) {
                rows.add(new ArrayList<>());
                left = 0;
            }
            rows.get(rows.size() - 1).add(name);
            left += entryWidth(name) + GAP;
        }
    }

    /** The series of each name, counted from 0. */
    static Map<String, Integer> styles(Figure figure) {
        var styles = new LinkedHashMap<String, Integer>();
        for (Mark mark : figure.marks) {
            if (!(mark instanceof Mark.Rule) && !(mark instanceof Mark.Heat)) {
                styles.putIfAbsent(mark.name(), styles.size());
            }
        }
        return styles;
    }

    /** Over a heat map colours begin with the second: the first is one of the map's own. */
    static int firstColour(Figure figure) {
        return figure.marks.stream().anyMatch(Mark.Heat.class::isInstance) ? 1 : 0;
    }

    double height() {
        return rows.size() * ROW;
    }

    /** Which dash and marker a series has: marks of one name look alike. */
    int style(Mark mark) {
        return styles.getOrDefault(mark.name(), 0);
    }

    Color colour(Mark mark) {
        return Palette.colour(firstColour + style(mark));
    }

    void paint(Graphics2D g, double x, double y) {
        var text = new Text(g);
        double baseline = y + 14;
        for (List<String> row : rows) {
            double used = row.stream().mapToDouble(this::entryWidth).sum() + GAP * (row.size() - 1);
            double left = x + Math.max(0, (width - used) / 2);
            for (String name : row) {
                for (Mark mark : entries.get(name)) {
                    key(g, mark, left, baseline - 4.5);
                }
                text.draw(Text.SMALL, Palette.INK, shown(name), left + KEY + 6, baseline, 0);
                left += entryWidth(name) + GAP;
            }
            baseline += ROW;
        }
    }

    private void key(Graphics2D g, Mark mark, double left, double middle) {
        int style = style(mark);
        g.setColor(colour(mark));
        if (mark instanceof Mark.Curve) {
            g.setStroke(Palette.stroke(style, 2));
            g.draw(new Line2D.Double(left, middle, left + KEY, middle));
        } else if (mark instanceof Mark.Dots) {
            g.fill(Palette.marker(style, left + KEY / 2, middle, 4));
        } else {
            var box = new Rectangle2D.Double(left, middle - 5, KEY, 10);
            if (mark instanceof Mark.Band) {
                band(g, box, style, colour(mark));
            } else {
                Painter.shade(g, colour(mark), Palette.opacity(style), box);
            }
        }
    }

    /** Shaded; from the seventh series on with a border, since colours come again. */
    static void band(Graphics2D g, Shape shape, int style, Color colour) {
        Painter.shade(g, colour, 0.22f, shape);
        if (style >= Palette.COLOURS) {
            g.setColor(colour);
            g.setStroke(Palette.stroke(style, 1));
            g.draw(shape);
        }
    }

    private double entryWidth(String name) {
        return KEY + 6 + Text.width(Text.SMALL, shown(name));
    }

    private String shown(String name) {
        return Text.fit(Text.SMALL, name, width - KEY - 6);
    }
}
