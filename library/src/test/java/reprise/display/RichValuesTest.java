package reprise.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static reprise.display.Layout.columns;
import static reprise.display.Layout.rows;
import static reprise.display.Layout.tab;
import static reprise.display.Layout.tabs;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RichValuesTest {
    private static final Rich TABLE = Html.of("<table>\n\n<tr><td>1 &lt; 2</td></tr></table>");

    private static String type(Rich value, String mime) {
        return (String) value.bundle().data().get(mime);
    }

    private static Image image() {
        return Image.of(new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB), "black \"box\"");
    }

    @Nested
    class Words {
        @Test
        void everyValueHasPlainText() {
            assertEquals("1 < 2", type(TABLE, "text/plain"));
            assertEquals("# Title", type(Markdown.of("# Title"), "text/plain"));
            assertEquals("x^2", type(Latex.of("x^2"), "text/plain"));
            assertEquals("black \"box\"", type(image(), "text/plain"));
            assertEquals("tone: sound of 0.500 s at 8000 samples per second",
                    type(Audio.of("tone", new double[4000], 8000), "text/plain"));
        }

        @Test
        void formulasAreSetOnTheirOwnLine() {
            assertEquals("$$x^2$$", type(Latex.of("x^2"), "text/latex"));
        }
    }

    @Nested
    class Pictures {
        @Test
        void aPictureHasItsSizeAndAlternativeText() {
            var meta = (Map<?, ?>) image().bundle().metadata().get("image/png");
            assertEquals(30, meta.get("width"));
            assertEquals(20, meta.get("height"));
            assertEquals("black \"box\"", meta.get("alt"));
            assertEquals(10, ((Map<?, ?>) image().width(15).bundle().metadata().get("image/png")).get("height"));
        }

        @Test
        void theBytesOfAFileStayAsTheyAre() {
            byte[] png = (byte[]) image().bundle().data().get("image/png");
            assertArrayEquals(png, (byte[]) Image.of(png, "again").bundle().data().get("image/png"));
        }
    }

    @Nested
    class Sound {
        private final double[] signal = {0, 0.5, -0.5, 1, -1};

        private byte[] wav(double[] samples, double rate) {
            String html = type(Audio.of("a <b>", samples, rate), "text/html");
            assertTrue(html.contains("a &lt;b&gt;"), html);
            String mark = "base64,";
            return Base64.getDecoder().decode(html.substring(html.indexOf(mark) + mark.length(),
                    html.lastIndexOf("\"></audio>")));
        }

        @Test
        void theJdkReadsTheFileBack() throws IOException, UnsupportedAudioFileException {
            var stream = AudioSystem.getAudioInputStream(new ByteArrayInputStream(wav(signal, 22_050)));
            assertEquals(22_050, stream.getFormat().getSampleRate());
            assertEquals(1, stream.getFormat().getChannels());
            assertEquals(5, stream.getFrameLength());
            byte[] bytes = stream.readAllBytes();
            for (int i = 0; i < 5; i++) {
                int value = (short) (bytes[2 * i] & 0xFF | bytes[2 * i + 1] << 8);
                // Half a step of 16 bits.
                assertEquals(signal[i], value / 32767.0, 0.51 / 32767);
            }
        }

        @Test
        void aLoudSignalIsScaledToFit() {
            assertArrayEquals(wav(new double[] {0.5, -1}, 8000), wav(new double[] {2, -4}, 8000));
        }
    }

    @Nested
    class Composition {
        @Test
        void rowsAndColumnsHoldTheirPartsInOrder() {
            String html = type(rows("a <b>", columns(TABLE, image()), Latex.of("a < b")), "text/html");
            assertTrue(html.indexOf("a &lt;b&gt;") < html.indexOf("<table>"), html);
            assertTrue(html.indexOf("<table>") < html.indexOf("<img alt=\"black &quot;box&quot;\" width=\"30\""), html);
            assertTrue(html.indexOf("<img") < html.indexOf("$$a &lt; b$$"), html);
            assertFalse(html.contains("<script") || html.contains("http"), html);
        }

        @Test
        void tabsOpenTheFirstAndEscapeTheirNames() {
            String html = type(tabs(tab("<one>", TABLE), tab("two", image())), "text/html");
            assertTrue(html.startsWith("<details open>"), html);
            assertEquals(1, html.split("<details open>", -1).length - 1);
            assertEquals(1, html.split("<details>", -1).length - 1);
            assertTrue(html.contains("&lt;one&gt;"), html);
        }

        @Test
        void theWordsOfAllPartsAreThePlainText() {
            assertEquals("one:\n1 < 2\n\ntwo:\nblack \"box\"",
                    type(tabs(tab("one", TABLE), tab("two", image())), "text/plain"));
            assertEquals("1 < 2\n\nx^2", type(columns(TABLE, Latex.of("x^2")), "text/plain"));
        }

        @Test
        void markdownMakesTheWholeMarkdownWithBlankLinesAroundIt() {
            Layout layout = columns(TABLE, Markdown.of("**bold**"), rows(Latex.of("a < b"), Markdown.of("- item")));
            assertFalse(layout.bundle().data().containsKey("text/html"));
            String markdown = type(layout, "text/markdown");
            assertTrue(markdown.contains("\n\n**bold**\n\n"), markdown);
            assertTrue(markdown.contains("\n\n$$a < b$$\n\n") && markdown.contains("\n\n- item\n\n"), markdown);
            assertTrue(markdown.contains("<table>\n<tr>"), "a blank line would end the table: " + markdown);
        }

        @Test
        void foreignValuesAreShownByTheirText() {
            assertEquals("<div style=\"margin-bottom:.8em\"><pre style=\"margin:0\">[1, &lt;2&gt;]</pre></div>",
                    type(rows(java.util.List.of(1, "<2>")), "text/html"));
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatCannotBeShown() {
            rejects("source must be a formula", () -> Latex.of("a$ b"));
            rejects("source must be a formula", () -> Latex.of(" "));
            rejects("rate must be from 3000", () -> Audio.of("a", new double[1], 10));
            rejects("rate must be from 3000", () -> Audio.of("a", new double[1], Double.NaN));
            rejects("samples must hold", () -> Audio.of("a", new double[0], 8000));
            rejects("samples must be finite, samples[1] was NaN",
                    () -> Audio.of("a", new double[] {0, Double.NaN}, 8000));
            rejects("png must be the content of a PNG file", () -> Image.of(new byte[] {1, 2, 3}, ""));
            rejects("width must be >= 1", () -> image().width(0));
            rejects("a layout must hold at least one value", Layout::rows);
            rejects("a layout must hold at least one value", Layout::tabs);
        }

        private void rejects(String message, org.junit.jupiter.api.function.Executable call) {
            var e = assertThrows(IllegalArgumentException.class, call);
            assertTrue(e.getMessage().startsWith(message), e.getMessage());
        }
    }
}
