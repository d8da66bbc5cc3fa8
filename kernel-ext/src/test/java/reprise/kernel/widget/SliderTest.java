package reprise.kernel.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SliderTest {
    @Test
    void stepsHaveNoNoiseOfBinaryFractions() {
        assertEquals(0.028, Interact.slider("h", 0.2, 3.0, 1).step());
        assertEquals(1, ((Whole) Interact.slider("n", 1, 9, 3).whole()).step());
    }

    @Test
    void valuesOfTheFrontEndAreStepsBetweenTheEnds() {
        var slider = Interact.slider("h", 0, 1, 0.5);
        assertEquals(1, slider.nearest(7));
        assertEquals(0, slider.nearest(-7));
        assertEquals(0.5, slider.nearest(Double.NaN));
        assertEquals(1.908, Interact.slider("h", 0.2, 3, 1).nearest(1.9080000000000004));
        assertEquals(3, ((Whole) Interact.slider("n", 1, 9, 3).whole()).nearest(3.4));
    }

    @Test
    void refusesEndsInTheWrongOrderAndAStartOutside() {
        for (double[] bad : new double[][] {{1, 0, 0.5}, {0, 1, 2}, {0, 1, Double.NaN}, {0, 0, 0}}) {
            var e = assertThrows(IllegalArgumentException.class, () -> Interact.slider("h", bad[0], bad[1], bad[2]));
            assertTrue(e.getMessage().startsWith("'h' must have low < high"), e.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> Interact.slider("h", 0, Double.POSITIVE_INFINITY, 1));
    }

    @Test
    void interactOutsideOfANotebookSaysSo() {
        var e = assertThrows(IllegalStateException.class, () -> Interact.interact("h", 0, 1, 0.5, v -> v));
        assertTrue(e.getMessage().contains("no kernel runs"), e.getMessage());
    }
}
