package reprise.kernel.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.parallel.Progress;

class ProgressDisplayTest {
    @ParameterizedTest
    @CsvSource({"3.4, 3 s left", "59.9, 1 min 0 s left", "125, 2 min 5 s left", "7260, 2 h 1 min left",
        "NaN, time left unknown"})
    void timeLeftIsWrittenInItsLargestUnits(double seconds, String words) {
        assertEquals(words, ProgressDisplay.left(seconds));
    }

    @Test
    void theBarEscapesTheNameOfTheWork() {
        try (var progress = Progress.over("<b>", 4)) {
            progress.tick();
            String html = (String) ProgressDisplay.bar(progress).data().get("text/html");
            assertFalse(html.contains("<b>"), html);
            assertTrue(html.contains("value=\"25\""), html);
        }
    }

    @Test
    void theLastLineHoldsNoTime() {
        var stopped = Progress.over("work", 4);
        stopped.tick();
        stopped.close();
        assertEquals("work: stopped after 1 of 4", ProgressDisplay.last(stopped).data().get("text/plain"));
        var finished = Progress.over("work", 1);
        finished.tick();
        assertEquals("work: 1 of 1 done", ProgressDisplay.last(finished).data().get("text/plain"));
    }
}
