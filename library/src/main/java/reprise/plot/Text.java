package reprise.plot;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.List;

/** Text at a place. Widths are measured without a screen, so that PNG and SVG have the same layout. */
final class Text {
    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private static final FontRenderContext PAGE = new FontRenderContext(null, true, true);

    private final Graphics2D g;

    Text(Graphics2D g) {
        this.g = g;
    }

    static double width(Font font, String text) {
        return text.isEmpty() ? 0 : font.getStringBounds(text, PAGE).getWidth();
    }

    /** Draws text whose point (align, baseline) lies at (x, y); align 0 is its left end, 1 its right end. */
    void draw(Font font, Color colour, String text, double x, double y, double align) {
        if (!text.isEmpty()) {
            g.setFont(font);
            g.setColor(colour);
            g.drawString(text, (float) (x - align * width(font, text)), (float) y);
        }
    }

    /** Draws text that reads upwards, its middle at (x, y). */
    void upwards(Font font, Color colour, String text, double x, double y) {
        g.translate(x, y);
        g.rotate(-Math.PI / 2);
        draw(font, colour, text, 0, 0, 0.5);
        g.rotate(Math.PI / 2);
        g.translate(-x, -y);
    }

    /** Breaks text into lines of at most the given width. */
    static List<String> wrap(Font font, String text, double width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (line.length() > 0 && width(font, line + " " + word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        if (line.length() > 0) {
            lines.add(line.toString());
        }
        return lines;
    }

    /** Cuts text to a width, with an ellipsis where it is cut. */
    static String fit(Font font, String text, double width) {
        if (width(font, text) <= width) {
            return text;
        }
        String cut = text;
        while (!cut.isEmpty() && width(font, cut + "\u2026") > width) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut + "\u2026";
    }
}
