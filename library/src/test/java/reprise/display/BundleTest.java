package reprise.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleTest {
    @Test
    void refusesBundlesWithoutPlainText() {
        assertThrows(IllegalArgumentException.class, () -> new Bundle(Map.of("text/html", "<b>x</b>"), Map.of()));
    }

    @Test
    void addingATypeLeavesTheOriginalAlone() {
        var text = Bundle.text("x");
        var both = text.html("<b>x</b>").metadata("reprise", Map.of("thumbnail", true));
        assertEquals(Map.of("text/plain", "x"), text.data());
        assertEquals("<b>x</b>", both.data().get("text/html"));
        assertEquals(Map.of("thumbnail", true), both.metadata().get("reprise"));
    }

    @Test
    void escapesEveryCharacterThatHtmlGivesAMeaning() {
        assertEquals("&lt;a href=&quot;x&quot;&gt;&amp;&#39;", Html.escape("<a href=\"x\">&'"));
    }
}
