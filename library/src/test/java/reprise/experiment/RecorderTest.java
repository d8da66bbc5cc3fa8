package reprise.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import reprise.parallel.Interrupted;

class RecorderTest {
    private static final Recorder<Double> VALUE = Recorder.observing("value", x -> x);

    @Test
    void observesTheStartEveryFewStepsAndTheEnd() {
        var seen = VALUE.and("square", x -> x * x).every(3).run(7, 1.0, x -> 2 * x);
        assertArrayEquals(new int[] {0, 3, 6, 7}, seen.steps());
        assertArrayEquals(new double[] {1, 8, 64, 128}, seen.column("value"));
        assertArrayEquals(new double[] {1, 64, 4096, 16384}, seen.column("square"));
        assertEquals(128, seen.last());
        assertEquals(Recorder.Stop.BUDGET, seen.stop());
        assertEquals(List.of("step", "value", "square"), seen.toTable().columnNames());
    }

    @Test
    void logarithmicStepsThinOut() {
        var seen = VALUE.logSpaced(1).run(1_000, 0.0, x -> x + 1);
        assertArrayEquals(new int[] {0, 1, 10, 100, 1_000}, seen.steps());
        int[] dense = VALUE.logSpaced(10).run(100_000, 0.0, x -> x + 1).steps();
        for (int j = 0; j <= 50; j++) {
            int due = (int) Math.ceil(Math.pow(10, j / 10.0) - 1e-6);
            assertTrue(Arrays.binarySearch(dense, due) >= 0, "step " + due);
        }
    }

    @Test
    void stopsWhenTheConditionHoldsAndObservesThatState() {
        var seen = VALUE.every(10).stopWhen(x -> x < 0.1).run(100, 1.0, x -> x / 2);
        assertEquals(Recorder.Stop.CONDITION, seen.stop());
        assertArrayEquals(new int[] {0, 4}, seen.steps());
        assertEquals(0.0625, seen.last());
    }

    @Test
    void divergenceEndsTheLoopAndIsShown() {
        var seen = VALUE.run(5_000, 1.0, x -> x * 1e10);
        assertEquals(Recorder.Stop.DIVERGED, seen.stop());
        assertEquals(31, seen.steps().length - 1);
        assertFalse(Double.isFinite(seen.last()));
        assertEquals(Recorder.Stop.DIVERGED, VALUE.run(3, Double.NaN, x -> x).stop());
        assertEquals(Recorder.Stop.DIVERGED, VALUE.every(10).run(5, 1.0, x -> Double.NaN).stop());
    }

    @Test
    void noStepsShowTheStartAlone() {
        var seen = VALUE.run(0, 4.0, x -> x);
        assertArrayEquals(new int[] {0}, seen.steps());
        assertEquals(Recorder.Stop.BUDGET, seen.stop());
    }

    @Test
    void anInterruptStopsIt() {
        assertThrows(Interrupted.class, () -> VALUE.run(1_000, 0.0, x -> {
            Thread.currentThread().interrupt();
            return x;
        }));
    }

    @Test
    void badOptionsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> VALUE.every(0));
        assertThrows(IllegalArgumentException.class, () -> VALUE.logSpaced(0));
        assertThrows(IllegalArgumentException.class, () -> VALUE.and("value", x -> x));
        assertThrows(IllegalArgumentException.class, () -> VALUE.run(-1, 0.0, x -> x));
        assertThrows(IllegalArgumentException.class, () -> VALUE.run(1, 0.0, x -> x).column("loss"));
    }
}
