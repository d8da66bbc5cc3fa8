package reprise.kernel.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.display.Bundle;
import reprise.display.Rich;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class RenderersTest {
    private static DisplayData shown(Object value) {
        var renderer = new Renderer();
        Renderers.register(renderer);
        return renderer.render(value);
    }

    private static String text(Object value) {
        return (String) shown(value).getData(MIMEType.TEXT_PLAIN);
    }

    private record Plain(int a, double[] b) {}

    private record Own(int a) {
        @Override
        public String toString() {
            return "mine " + a;
        }
    }

    private record Picture(byte[] png) implements Rich {
        @Override
        public Bundle bundle() {
            return Bundle.text("words").with("image/png", png).metadata("image/png", Map.of("alt", "words"));
        }
    }

    @Nested
    class Text {
        @Test
        void arraysShowValuesNotAddresses() {
            assertEquals("double[2] [1, 2.5]", text(new double[] {1, 2.5}));
            assertEquals("boolean[1] [true]", text(new boolean[] {true}));
            assertEquals("int[2][] [int[1] [1], int[0] []]", text(new int[][] {{1}, {}}));
            assertEquals("long[100] [0, 0, 0, 0, 0, 0, \u2026, 0, 0, 0, 0, 0, 0]", text(new long[100]));
        }

        @Test
        void collectionsShowSizesAndTheirFirstElements() {
            assertEquals("ArrayList of 2 [1, \"a\"]", text(new ArrayList<Object>(List.of(1, "a"))));
            var many = new ArrayList<Integer>();
            for (int i = 0; i < 1000; i++) {
                many.add(i);
            }
            assertEquals("ArrayList of 1000 [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, \u2026]", text(many));
            assertEquals("TreeMap of 1 {\"k\"=int[1] [1]}", text(new TreeMap<>(Map.of("k", new int[] {1}))));
        }

        @Test
        void recordsShowTheirArraysAndKeepTheirOwnWords() {
            assertEquals("Plain[a=1, b=double[1] [2]]", text(new Plain(1, new double[] {2})));
            assertEquals("mine 1", text(new Own(1)));
        }

        @Test
        void aListInItselfEnds() {
            var list = new ArrayList<Object>();
            list.add(list);
            assertTrue(text(list).length() < 60, text(list));
        }

        @ParameterizedTest
        @CsvSource({"0.1, 0.1", "1e-7, 1E-7", "123456789, 123456789", "3.14159265, 3.14159", "-0.5, -0.5",
            "1e300, 1E300", "NaN, NaN", "0, 0"})
        void numbersAreShort(double value, String expected) {
            assertEquals(expected, Numbers.of(value));
        }
    }

    @Nested
    class Corners {
        @Test
        void shortRangesAreWholeAndLongOnesHaveOneGap() {
            assertArrayEquals(new int[] {0, 1, 2, 3, 4}, Grid.shown(5, 4));
            assertArrayEquals(new int[] {0, 1, Grid.GAP, 4, 5}, Grid.shown(6, 4));
            assertArrayEquals(new int[] {0, 1, Grid.GAP, 98, 99}, Grid.shown(100, 4));
            assertArrayEquals(new int[0], Grid.shown(0, 4));
        }

        @Test
        void raggedRowsAreNoMatrix() {
            assertEquals("double[2][] [double[1] [1], double[0] []]", text(new double[][] {{1}, {}}));
            assertNull(shown(new double[][] {{1}, {}}).getData(MIMEType.TEXT_HTML));
        }
    }

    @Nested
    class Tablesaw {
        @Test
        void escapesNamesAndCells() {
            var table = Table.create("<i>t</i>", DoubleColumn.create("<x>", new double[] {1.0}),
                    StringColumn.create("s", new String[] {"<script>"}));
            String html = (String) shown(table).getData(MIMEType.TEXT_HTML);
            assertFalse(html.contains("<script>") || html.contains("<i>") || html.contains("<x>"), html);
            assertTrue(html.contains("&lt;script&gt;"), html);
        }

        @Test
        void saysHowManyRowsItShows() {
            var table = Table.create("t", DoubleColumn.create("x", new double[500]));
            assertTrue(text(table).startsWith("t: 500 rows, 1 column; 10 of 500 shown\n"), text(table));
            assertEquals(2 + Grid.ROWS + 1, text(table).lines().count());
        }

        @Test
        void anEmptyTableIsNoError() {
            assertEquals("none: 0 rows, 0 columns", text(Table.create("none")));
        }
    }

    @Nested
    class Bundles {
        @Test
        void bytesBecomeBase64AndMetadataStays() {
            var data = shown(new Picture(new byte[] {1, 2, 3}));
            assertEquals("AQID", data.getData(MIMEType.parse("image/png")));
            assertEquals("words", data.getData(MIMEType.TEXT_PLAIN));
        }

        @Test
        void aRendererThatThrowsFallsBackToTextWithANote() {
            Rich bad = new Rich() {
                @Override
                public Bundle bundle() {
                    throw new IllegalStateException("no fonts");
                }

                @Override
                public String toString() {
                    return "bad";
                }
            };
            assertEquals("bad\n(shown as text: IllegalStateException: no fonts)", text(bad));
        }
    }
}
