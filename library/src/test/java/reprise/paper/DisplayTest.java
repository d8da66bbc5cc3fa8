package reprise.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.display.Rich;

class DisplayTest {
    private final Paper paper = Paper.open("kde-large-dimensions", new Settings(Scale.FULL, 7, "cpu"))
            .reproduces("Fig. 1 <phases>");

    private static String html(Rich value) {
        return value.bundle().data().get("text/html").toString();
    }

    private static String text(Rich value) {
        return value.bundle().data().get("text/plain").toString();
    }

    /** What JupyterLab's sanitiser strips, or a dark theme makes unreadable. */
    private static void assertReadableUntrusted(String html) {
        assertFalse(html.contains("<script") || html.contains("<style") || html.contains("class="), html);
        assertFalse(html.contains("color") || html.contains("background"), html);
    }

    @Nested
    class Table {
        @Test
        void showsWordAndSymbolOfEveryVerdict() {
            paper.claim("a", "Fig. 4", "x").measured(0).control(1).atMost(0);
            paper.claim("b", "Fig. 4", "x").measured(1).control(1).atMost(0);
            paper.claim("c", "Fig. 4", "x").measured(1).control(1).atMost(0).notReproduced("finite d");
            var html = html(paper.verdict());
            assertTrue(html.contains("<b>✓&nbsp;holds</b>"));
            assertTrue(html.contains("<b>✗&nbsp;fails</b>"));
            assertTrue(html.contains("<b>≠&nbsp;not&nbsp;reproduced</b><br><small>finite d</small>"));
            assertReadableUntrusted(html);
        }

        @Test
        void escapesWhatTheNotebookWrites() {
            paper.claim("a", "<i>4</i>", "a < b & \"c\"").because("<u>").measured(0).control(1).atMost(0);
            var html = html(paper.verdict());
            assertTrue(html.contains("a &lt; b &amp; &quot;c&quot;"));
            assertTrue(html.contains("&lt;i&gt;4"));
            assertFalse(html.contains("<u>"));
        }

        @Test
        void saysWhenNobodySaysWhereTheToleranceComesFrom() {
            paper.claim("a", "Fig. 4", "x").measured(0).control(1).atMost(0);
            paper.claim("b", "Fig. 4", "x").because("Eq. 3").measured(0).control(1).atMost(0);
            var html = html(paper.verdict());
            assertTrue(html.contains("tolerance: no reason given"));
            assertTrue(html.contains("tolerance: Eq. 3"));
        }

        @Test
        void readsAsPlainText() {
            paper.claim("a", "Fig. 4", "x").measured(0.5).control(1e-9).withinRelative(0.2).of(0.45);
            assertEquals("✓ holds | a | Fig. 4 | x | expected 0.45 ± 20 % | measured 0.5 | control 1e-9\n"
                    + "1 of 1 checked claims hold; 0 not checked (scale full)", text(paper.verdict()));
        }
    }

    @Nested
    class Claims {
        @Test
        void sayHowTheyStandWhenACellEndsWithOne() {
            assertEquals("a: no test yet", paper.claim("a", "Fig. 1", "x").toString());
            assertEquals("b: holds", paper.claim("b", "Fig. 1", "x").measured(1).control(2).atMost(1).toString());
            assertEquals("c: fails", paper.claim("c", "Fig. 1", "x").measured(2).control(3).atMost(1).toString());
        }
    }

    @Nested
    class Card {
        @Test
        void namesAuthorsVenueLinkFigureAndRun() {
            assertEquals("Kernel Density Estimators in Large Dimensions\n"
                    + "authors: G. Biroli and M. Mézard\n"
                    + "published: v1 August 2024\n"
                    + "link: https://arxiv.org/abs/2408.05807\n"
                    + "reproduced here: Fig. 1 <phases>\n"
                    + "scale: full\nbackend: cpu\nseed: 7", text(paper));
            assertTrue(html(paper).contains("<a href=\"https://arxiv.org/abs/2408.05807\" rel=\"noopener\">"));
            assertTrue(html(paper).contains("Fig. 1 &lt;phases&gt;"));
            assertReadableUntrusted(html(paper));
        }
    }

    @Nested
    class Provenances {
        @Test
        void isCollapsedAndTheSameTwice() {
            assertTrue(html(paper.provenance()).startsWith("<details><summary>Provenance</summary>"));
            assertEquals(paper.provenance(), paper.provenance());
            assertReadableUntrusted(html(paper.provenance()));
        }

        @Test
        void namesNoPathAndNoHost() throws Exception {
            var text = text(paper.provenance());
            assertFalse(text.contains(System.getProperty("user.dir")));
            assertFalse(text.contains(System.getProperty("java.home")));
            assertFalse(text.contains(java.net.InetAddress.getLocalHost().getHostName()));
        }

        @Test
        void namesWhatChangesTheLastBits() {
            var facts = paper.provenance().facts();
            assertTrue(facts.keySet().containsAll(java.util.List.of("reprise version", "JVM", "system", "processor",
                    "vector width", "backend", "BLAS", "seed", "scale")), facts.toString());
            assertTrue(facts.get("vector width").matches("\\d+ bits|scalar: .*"), facts.get("vector width"));
        }

        @Test
        void readsVectorInstructionsOfBothArchitectures() {
            assertEquals("Some CPU; avx2 fma avx512f",
                    Platform.processor("model name\t: Some CPU\nflags\t\t: fpu fma avx2 avx512f fma\n"));
            assertEquals("asimd sve", Platform.processor("Features\t: fp asimd sve\n"));
            assertEquals("no known vector instructions", Platform.processor(""));
        }
    }

    @Nested
    class Numbers {
        @Test
        void readEasily() {
            assertEquals("0.1235, 1235, -1.235e-7, 0", Digits.shown(new double[] {0.12345678, 1234.56, -1.2345e-7, 0}));
            assertEquals("22030, 1e12, infinity, NaN",
                    Digits.shown(new double[] {22026, 1e12, Double.POSITIVE_INFINITY, Double.NaN}));
        }
    }
}
