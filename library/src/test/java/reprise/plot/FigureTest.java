package reprise.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {
    private static final double[] X = {1, 2, 3};
    private static final double[] Y = {1, 4, 9};

    private static BufferedImage image(reprise.display.Rich figure) throws IOException {
        return ImageIO.read(new ByteArrayInputStream((byte[]) figure.bundle().data().get("image/png")));
    }

    @Nested
    class Picture {
        @Test
        void theFileIsTwiceAsLargeAsThePlaceItTakes() throws IOException {
            var figure = Figure.titled("t").size(300, 200).line("a", X, Y);
            assertEquals(600, image(figure).getWidth());
            assertEquals(400, image(figure).getHeight());
            var meta = (Map<?, ?>) figure.bundle().metadata().get("image/png");
            assertEquals(300, meta.get("width"));
            assertEquals(200, meta.get("height"));
            assertEquals(figure.description(), meta.get("alt"));
        }

        @Test
        void theBackgroundIsWhiteAndOpaqueForDarkPages() throws IOException {
            assertEquals(0xFFFFFFFF, image(Figure.titled("t").line("a", X, Y)).getRGB(0, 0));
        }

        @Test
        void theSameFigureGivesTheSameBytes() {
            var one = Figure.titled("t").vertical(2, "two").line("a", X, Y).points("b", Y, X).bundle();
            var two = Figure.titled("t").vertical(2, "two").line("a", X, Y).points("b", Y, X).bundle();
            assertArrayEquals((byte[]) one.data().get("image/png"), (byte[]) two.data().get("image/png"));
            assertEquals(one.data().get("image/svg+xml"), two.data().get("image/svg+xml"));
        }

        @Test
        void theSvgNamesNoPlaceOfTheNetworkAndEscapesWords() {
            String svg = (String) Figure.titled("<script>alert(1)</script>").line("a & b", X, Y).bundle().data()
                    .get("image/svg+xml");
            assertFalse(svg.contains("<script>"), svg);
            assertFalse(svg.replaceAll("xmlns(:xlink)?=\"[^\"]*\"", "").contains("http"), svg);
            assertTrue(svg.contains("a &amp; b"), svg);
        }

        @Test
        void aCurveIsDrawnWhereItsValuesAre() throws IOException {
            // A flat line at the middle of a fixed range: its colour must be found at mid height of the plot only.
            var image = image(Figure.titled("").yRange(0, 2).line("", new double[] {0, 1}, new double[] {1, 1}));
            int column = image.getWidth() / 2;
            int first = -1;
            int last = -1;
            for (int y = 0; y < image.getHeight(); y++) {
                if ((image.getRGB(column, y) & 0xFFFFFF) == 0x0072B2) {
                    first = first < 0 ? y : first;
                    last = y;
                }
            }
            // The plot spans 14 to 400 - 32 points when there is neither title nor label nor legend; at 2x, width 2.
            assertEquals(14 + 368, (first + last + 1) / 2.0, 1.0);
            assertEquals(4, last - first + 1, 1);
        }

        @Test
        void aLineDrawingHasFewColoursAndAHeatMapItsOwn() throws IOException {
            double[] axis = IntStream.range(0, 40).asDoubleStream().toArray();
            double[][] z = IntStream.range(0, 40).mapToObj(i -> IntStream.range(0, 40)
                    .mapToDouble(j -> i * j).toArray()).toArray(double[][]::new);
            assertTrue(colours(Figure.titled("t").line("a", X, Y).points("b", Y, X)) <= 48);
            assertTrue(colours(Figure.titled("t").heat(axis, axis, z, "z")) > 128);
        }

        private long colours(reprise.display.Rich figure) throws IOException {
            var image = image(figure);
            return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0,
                    image.getWidth())).distinct().count();
        }

        @Test
        void manyPointsLeaveOutTheSvgAndStaySmall() {
            var random = new Random(1);
            var figure = Figure.titled("many").points("p", random.doubles(5000).toArray(),
                    random.doubles(5000).toArray());
            assertFalse(figure.bundle().data().containsKey("image/svg+xml"));
            // 60 KB is the budget of an ordinary figure; this is the worst that a notebook should hold.
            assertTrue(((byte[]) figure.bundle().data().get("image/png")).length < 150_000);
        }

        @Test
        void equalScalesMakeASquareOfASquare() throws IOException {
            var image = image(Figure.titled("").size(400, 200).equalScales().xRange(0, 1).yRange(0, 1)
                    .band("", new double[] {0, 1}, new double[] {0, 0}, new double[] {1, 1}));
            int wide = 0;
            int high = 0;
            int shade = image.getRGB(400, 200);
            for (int x = 0; x < 800; x++) {
                wide += image.getRGB(x, 200) == shade ? 1 : 0;
            }
            for (int y = 0; y < 400; y++) {
                high += image.getRGB(400, y) == shade ? 1 : 0;
            }
            assertTrue(high > 200, "the band must be found, " + high);
            assertEquals(wide, high, 8, "grid lines and the frame differ by some pixels");
        }

        @Test
        void pointsOverAHeatMapLeaveItVisible() throws IOException {
            double[] axis = {-1, 0, 1};
            double[] x = new Random(1).doubles(500, -1, 1).toArray();
            double[] y = new Random(2).doubles(500, -1, 1).toArray();
            var map = Figure.titled("t").size(300, 300)
                    .heat(axis, axis, new double[][] {{1, 1, 1}, {1, 0, 1}, {1, 1, 1}}, "z");
            BufferedImage bare = image(map);
            BufferedImage dotted = image(map.points("", x, y));
            int changed = 0;
            int all = 0;
            for (int i = 80; i < 320; i++) {
                for (int j = 100; j < 400; j++) {
                    changed += bare.getRGB(i, j) == dotted.getRGB(i, j) ? 0 : 1;
                    all++;
                }
            }
            assertTrue(changed > 0.02 * all && changed < 0.4 * all, changed + " of " + all + " pixels");
        }

        @Test
        void aRowIsAsWideAsItsPanelsAndKeepsTheThumbnailMark() throws IOException {
            var panel = Figure.titled("t").size(200, 150).line("a", X, Y);
            var row = Figure.row(panel, panel.thumbnail());
            assertEquals(800, image(row).getWidth());
            assertEquals(Map.of("thumbnail", true), row.bundle().metadata().get("reprise"));
            assertFalse(panel.bundle().metadata().containsKey("reprise"));
        }
    }

    @Nested
    class InWords {
        @Test
        void theDescriptionNamesTitleAxesSeriesAndRanges() {
            var figure = Figure.titled("Growth").x("n").y("error").logY().line("theory", X, Y).horizontal(2, "limit");
            assertEquals("Growth. Horizontal axis: n; vertical axis: error, logarithmic. Shows the line 'theory', "
                    + "y 1 to 9 over x 1 to 3; a horizontal reference line 'limit' at 2.", figure.description());
            assertEquals("short", figure.alt("short").description());
        }
    }

    @Nested
    class Axes {
        @ParameterizedTest
        @CsvSource({"0, 1, 5, '0 0.2 0.4 0.6 0.8 1'", "-3, 7, 5, '\u22122 0 2 4 6'",
            "0, 400000, 4, '0 10\u2075 2\u00d710\u2075 3\u00d710\u2075 4\u00d710\u2075'"})
        void linearTicksAreRound(double low, double high, int count, String expected) {
            assertEquals(expected, labels(new Axis(low, high, false), count));
        }

        @ParameterizedTest
        @CsvSource({"0.001, 1000, 10, '10\u207b\u00b3 10\u207b\u00b2 10\u207b\u00b9 "
                + "10\u2070 10\u00b9 10\u00b2 10\u00b3'",
            "1, 30, 5, '1 2 5 10 20'"})
        void logarithmicTicksArePowers(double low, double high, int count, String expected) {
            assertEquals(expected, labels(new Axis(low, high, true), count));
        }

        /** Lengths of narrow panels, where one tick for 75 points would be one or two. */
        @ParameterizedTest
        @CsvSource({"-1.5, 1.5, false, 151, '\u22121 0 1'", "-1.2, 1.2, false, 183, '\u22121 0 1'",
            "0, 1, false, 180, '0 0.5 1'", "4.6, 430, true, 560, '5 10 20 50 100 200'",
            "0.015, 1600, true, 232, '10\u207b\u00b9 10\u2070 10\u00b9 10\u00b2 10\u00b3'",
            "1e-3, 1e3, true, 100, '10\u207b\u00b3 10\u2070 10\u00b3'"})
        void narrowAxesHaveThreeTicks(double low, double high, boolean log, double length, String expected) {
            var ticks = new Axis(low, high, log).ticks(length, 75, label -> Text.width(Text.SMALL, label) + 12);
            assertEquals(expected, String.join(" ", ticks.stream().map(Axis.Tick::label).toList()));
        }

        @Test
        void labelsNeverTouchAndThreeFitOnAnyPanel() {
            var random = new Random(1);
            for (int i = 0; i < 2_000; i++) {
                boolean log = i % 2 == 0;
                double low = log ? Math.pow(10, random.nextDouble(-3, 3)) : random.nextDouble(-100, 100);
                double high = log ? low * Math.pow(10, random.nextDouble(0.1, 8)) : low + random.nextDouble(0.01, 300);
                double length = random.nextDouble(40, 700);
                var axis = new Axis(low, high, log);
                var ticks = axis.ticks(length, 75, label -> Text.width(Text.SMALL, label) + 12);
                String what = axis + " of " + length + ": " + ticks;
                // A label is at most 60 points wide here: four steps of 72 points always hold three ticks.
                assertTrue(ticks.size() >= 3 || length < 290, what);
                for (int k = 1; k < ticks.size(); k++) {
                    double apart = length * (axis.fraction(ticks.get(k).at()) - axis.fraction(ticks.get(k - 1).at()));
                    assertTrue(apart >= 12 + (Text.width(Text.SMALL, ticks.get(k).label())
                            + Text.width(Text.SMALL, ticks.get(k - 1).label())) / 2, what);
                }
            }
        }

        private String labels(Axis axis, int count) {
            return String.join(" ", axis.ticks(count).stream().map(Axis.Tick::label).toList());
        }
    }

    @Nested
    class Bins {
        @Test
        void aHistogramHasAreaOne() {
            var h = Mark.Histogram.of("h", new double[] {0, 0.1, 0.5, 2, 4}, 8);
            double area = 0;
            for (int i = 0; i < 8; i++) {
                area += h.ys()[i] * (h.xs()[i + 1] - h.xs()[i]);
            }
            assertEquals(1, area, 1e-12, "sum of eight products of doubles near 1");
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatItCannotDraw() {
            var figure = Figure.titled("t");
            rejects("x of 'a' must hold at least one value", () -> figure.line("a", new double[0], new double[0]));
            rejects("y of 'a' must be of shape [3], was [2]", () -> figure.line("a", X, new double[] {1, 2}));
            rejects("'a' must hold at least one finite point",
                    () -> figure.line("a", X, new double[] {Double.NaN, Double.NaN, Double.NaN}));
            rejects("must be > 0 on a logarithmic axis, was 0.0 at index 1",
                    () -> figure.logY().line("a", X, new double[] {1, 0, 1}));
            rejects("must be > 0 on a logarithmic axis, was -1.0 at index 0",
                    () -> figure.points("a", new double[] {-1, 1, 1}, Y).logX());
            rejects("xRange's low must be < its high", () -> figure.xRange(2, 1));
            rejects("classes[2] must be an index", () -> figure.scatter(List.of("a"), X, Y, new int[] {0, 0, 1}));
            rejects("x must be ascending", () -> figure.heat(new double[] {2, 1}, new double[] {1},
                    new double[][] {{1, 1}}, "z"));
            rejects("bins must be >= 1, was 0", () -> figure.histogram("a", X, 0));
            rejects("figures must hold", Figure::row);
            rejects("axes must be linear to have equal scales, was logarithmic: y", () -> figure.logY().equalScales());
        }

        @Test
        void gapsAndSinglePointsAreNoErrors() throws IOException {
            image(Figure.titled("t").line("a", X, new double[] {1, Double.NaN, 2}).points("b", new double[] {1},
                    new double[] {1}));
            image(Figure.titled("empty"));
        }

        private void rejects(String message, org.junit.jupiter.api.function.Executable call) {
            var e = assertThrows(IllegalArgumentException.class, call);
            assertTrue(e.getMessage().contains(message), e.getMessage());
        }
    }
}
