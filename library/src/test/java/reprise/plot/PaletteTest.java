package reprise.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a reader must be able to tell apart, as it is drawn: in black, so that colour does not help. */
class PaletteTest {
    private static final int SERIES = 12;

    /** How dark each pixel is, 0 to 255, at the size of the PNG. */
    private static int[] drawn(Consumer<Graphics2D> painter) {
        var image = new BufferedImage(60, 30, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setColor(Color.WHITE);
        g.scale(2, 2);
        painter.accept(g);
        g.dispose();
        return image.getData().getSamples(0, 0, 60, 30, 0, (int[]) null);
    }

    /** The part of the ink of both that only one of them has. */
    private static double difference(int[] a, int[] b) {
        double apart = 0;
        for (int i = 0; i < a.length; i++) {
            apart += Math.abs(a[i] - b[i]);
        }
        return apart / (Arrays.stream(a).sum() + Arrays.stream(b).sum());
    }

    @Test
    void noTwoOfTwelveMarkersLookTheSame() {
        for (int a = 0; a < SERIES; a++) {
            for (int b = 0; b < a; b++) {
                int one = a;
                int two = b;
                double apart = difference(drawn(g -> g.fill(Palette.marker(one, 15, 7, 4))),
                        drawn(g -> g.fill(Palette.marker(two, 15, 7, 4))));
                assertTrue(apart > 0.07, "markers " + a + " and " + b + " share all but " + apart + " of their ink");
            }
        }
    }

    @Test
    void noTwoOfTwelveDashesLookTheSameInTheLegend() {
        for (int a = 0; a < SERIES; a++) {
            for (int b = 0; b < a; b++) {
                double apart = difference(line(a), line(b));
                assertTrue(apart > 0.07, "dashes " + a + " and " + b + " share all but " + apart + " of their ink");
            }
        }
    }

    private static int[] line(int series) {
        return drawn(g -> {
            g.setStroke(Palette.stroke(series, 2));
            g.draw(new Line2D.Double(0, 7, 30, 7));
        });
    }

    @Test
    void theFirstSixAlsoDifferInColourAndBarsInColourOrTone() {
        for (int a = 0; a < SERIES; a++) {
            for (int b = 0; b < a; b++) {
                if (a < 6) {
                    assertNotEquals(Palette.colour(a), Palette.colour(b));
                }
                assertFalse(Palette.colour(a).equals(Palette.colour(b)) && Palette.opacity(a) == Palette.opacity(b),
                        a + " and " + b);
            }
        }
    }

    @Test
    void aStrokeKeepsItsWidth() {
        for (int series = 0; series < SERIES; series++) {
            BasicStroke stroke = Palette.stroke(series, 3);
            assertEquals(3, stroke.getLineWidth());
        }
    }

    @Test
    void overAHeatMapColoursBeginWithTheSecond() {
        double[] x = {0, 1};
        Figure plain = Figure.titled("t").line("a", x, x);
        Figure map = plain.heat(x, x, new double[][] {{0, 1}, {1, 2}}, "z");
        assertEquals(Palette.colour(0), new Legend(plain, 100).colour(plain.marks.get(0)));
        assertEquals(Palette.colour(1), new Legend(map, 100).colour(map.marks.get(0)));
        assertEquals(Map.of("a", 0), Legend.styles(map));
    }
}
