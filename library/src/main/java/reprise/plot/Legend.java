package reprise.plot;

import java.awt.Graphics2D;
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
    private final Map<String, Integer> styles = new LinkedHashMap<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final double width;

    Legend(Figure figure, double width) {
        this.width = width;
        for (Mark mark : figure.marks) {
            if (!(mark instanceof Mark.Rule) && !(mark instanceof Mark.Heat)) {
                styles.putIfAbsent(mark.name(), styles.size());
                if (!mark.name().isEmpty()) {
                    entries.computeIfAbsent(mark.name(), name -> new ArrayList<>()).add(mark);
                }
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

    double height() {
        return rows.size() * ROW;
    }

    /** Which colour, dash and marker a series has: marks of one name look alike. */
    int style(Mark mark) {
        return styles.getOrDefault(mark.name(), 0);
    }

    void paint(Graphics2D g, double x, double y) {
        var text = new Text(g);
        double baseline = y + 14;
        for (List<String> row : rows) {
            double used = row.stream().mapToDouble(this::entryWidth).sum() + GAP * (row.size() - 1);
            double left = x + Math.max(0, (width - used) / 2);
            for (String name : row) {
                for (Mark mark : entries.get(name)) {
                    key(g, mark, styles.get(name), left, baseline - 4.5);
                }
                text.draw(Text.SMALL, Palette.INK, shown(name), left + KEY + 6, baseline, 0);
                left += entryWidth(name) + GAP;
            }
            baseline += ROW;
        }
    }

    private void key(Graphics2D g, Mark mark, int style, double left, double middle) {
        g.setColor(Palette.colour(style));
        if (mark instanceof Mark.Curve) {
            g.setStroke(Palette.stroke(style, 2));
            g.draw(new Line2D.Double(left, middle, left + KEY, middle));
        } else if (mark instanceof Mark.Dots) {
            g.fill(Palette.marker(style, left + KEY / 2, middle, 4));
        } else {
            Painter.shade(g, Palette.colour(style), mark instanceof Mark.Band ? 0.22f : Palette.opacity(style),
                    new Rectangle2D.Double(left, middle - 5, KEY, 10));
        }
    }

    private double entryWidth(String name) {
        return KEY + 6 + Text.width(Text.SMALL, shown(name));
    }

    private String shown(String name) {
        return Text.fit(Text.SMALL, name, width - KEY - 6);
    }
}
