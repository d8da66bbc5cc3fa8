package reprise.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * Colours, dashes and marker shapes. Any two of the first twelve series differ in dash and marker, so that a figure can
 * be read in grey, and any two of the first six in colour as well; the colours are those of Okabe and Ito (2008), told
 * apart with every common colour blindness.
 */
final class Palette {
    static final Color INK = new Color(0x22, 0x22, 0x22);
    static final Color SOFT = new Color(0x59, 0x59, 0x59);
    static final Color GRID = new Color(0xE4, 0xE4, 0xE4);
    static final Color MISSING = new Color(0xD0, 0xD0, 0xD0);

    /** How many colours there are. */
    static final int COLOURS = 6;

    private static final Color[] COLOUR = {
        new Color(0x00, 0x72, 0xB2), new Color(0xD5, 0x5E, 0x00), new Color(0x00, 0x8A, 0x66),
        new Color(0xB8, 0x4A, 0x8C), new Color(0x8A, 0x62, 0x00), new Color(0x2F, 0x2F, 0x2F),
    };
    private static final float[][] DASHES = {
        {}, {7, 4}, {2, 3}, {9, 3, 2, 3}, {14, 4}, {5, 2, 2, 2, 2, 2},
        {2, 7}, {14, 3, 2, 3, 2, 3}, {6, 9}, {12, 3, 5, 3}, {1.5f, 1.5f}, {4, 2, 4, 7},
    };
    /** The inner part of the markers from the seventh on that is left out. */
    private static final double HOLE = 0.55;

    /** Viridis at nine equal steps: even steps of lightness, so that it prints in grey. */
    private static final int[] RAMP = {
        0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
    };

    private Palette() {}

    static Color colour(int series) {
        return COLOUR[series % COLOURS];
    }

    static BasicStroke stroke(int series, float width) {
        float[] dash = DASHES[series % DASHES.length];
        return dash.length == 0
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dash, 0);
    }

    /** How opaque a bar is: neighbours differ in grey as well. */
    static float opacity(int series) {
        return new float[] {0.7f, 0.25f, 0.95f, 0.45f}[series % 4];
    }

    /** The colour at a fraction from 0 to 1, in 128 steps: more would not fit into a PNG's palette beside the lines. */
    static Color ramp(double fraction) {
        double at = Math.rint(Math.max(0, Math.min(1, fraction)) * 127) / 127 * (RAMP.length - 1);
        int low = (int) Math.min(at, RAMP.length - 2);
        double t = at - low;
        return new Color(mix(low, 16, t), mix(low, 8, t), mix(low, 0, t));
    }

    private static int mix(int low, int shift, double t) {
        int a = RAMP[low] >> shift & 0xFF;
        int b = RAMP[low + 1] >> shift & 0xFF;
        return (int) Math.round(a + t * (b - a));
    }

    /** Whether the series' marker has a hole or, the last one, is a cross. */
    static boolean hollow(int series) {
        return series % 12 >= 6;
    }

    /** The series' marker, about {@code 2 r} wide. */
    static Shape marker(int series, double x, double y, double r) {
        if (!hollow(series)) {
            return full(series, x, y, r);
        }
        if (series % 12 == 11) {
            return AffineTransform.getRotateInstance(Math.PI / 4, x, y).createTransformedShape(full(5, x, y, r));
        }
        var ring = new Path2D.Double(Path2D.WIND_EVEN_ODD);
        ring.append(full(series, x, y, r), false);
        ring.append(full(series, x, y, HOLE * r), false);
        return ring;
    }

    private static Shape full(int series, double x, double y, double r) {
        return switch (series % 6) {
            case 0 -> new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
            case 1 -> polygon(x, y, r * 0.9, -1, -1, 1, -1, 1, 1, -1, 1);
            case 2 -> polygon(x, y, r * 1.15, 0, -1, 1, 0.8, -1, 0.8);
            case 3 -> polygon(x, y, r * 1.25, 0, -1, 1, 0, 0, 1, -1, 0);
            case 4 -> polygon(x, y, r * 1.15, 0, 1, 1, -0.8, -1, -0.8);
            default -> polygon(x, y, r * 1.1, -1, -0.3, -0.3, -0.3, -0.3, -1, 0.3, -1, 0.3, -0.3, 1, -0.3, 1, 0.3,
                    0.3, 0.3, 0.3, 1, -0.3, 1, -0.3, 0.3, -1, 0.3);
        };
    }

    private static Shape polygon(double x, double y, double r, double... corners) {
        var path = new Path2D.Double();
        path.moveTo(x + r * corners[0], y + r * corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(x + r * corners[i], y + r * corners[i + 1]);
        }
        path.closePath();
        return path;
    }
}
