package reprise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.dflib.jjava.jupyter.kernel.history.HistoryEntry;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager.ResultFlag;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    HistoryTest() {
        history.add(1, "a = 1", "1");
        history.add(2, "b", "2");
        history.add(3, "a = 1", "");
    }

    private static List<Integer> numbers(List<HistoryEntry> entries) {
        return entries.stream().map(HistoryEntry::getCellNumber).toList();
    }

    @Test
    void aRangeEndsBeforeItsEnd() {
        assertEquals(List.of(1), numbers(history.lookupRange(0, 1, 2, Set.of())));
        assertEquals(List.of(2, 3), numbers(history.lookupRange(1, 2, 0, Set.of())));
        assertEquals(List.of(), numbers(history.lookupRange(-1, 1, 9, Set.of())));
    }

    @Test
    void theTailIsTheLastOnes() {
        assertEquals(List.of(2, 3), numbers(history.lookupTail(2, Set.of())));
        assertTrue(history.lookupTail(1, Set.of(ResultFlag.INCLUDE_OUTPUT)).get(0).hasOutput());
        assertFalse(history.lookupTail(1, Set.of()).get(0).hasOutput());
    }

    @Test
    void uniqueKeepsTheLatest() {
        assertEquals(List.of(3), numbers(history.search("a*", 0, Set.of(ResultFlag.UNIQUE))));
        assertEquals(List.of(1, 3), numbers(history.search("?*[=]*", 0, Set.of())));
    }

    @Test
    void globsMatchWhatTheySay() {
        assertTrue(History.glob("[^b]*").matcher("a\nb").matches());
        assertFalse(History.glob("[^b]*").matcher("b").matches());
        assertTrue(History.glob("a[").matcher("a[").matches());
        assertTrue(History.glob("\\E(").matcher("\\E(").matches());
    }
}
