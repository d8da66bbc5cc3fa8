package reprise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RootFinderTest {
    @Test
    void findsKnownZerosToTheLastBit() {
        assertEquals(Math.sqrt(2), RootFinder.between(x -> x * x - 2, 0, 2).find().x(), 4e-16);
        assertEquals(Math.PI, RootFinder.between(Math::sin, 2, 4).find().x(), 1e-15);
        // cos x = x: the Dottie number.
        assertEquals(0.7390851332151607, RootFinder.between(x -> Math.cos(x) - x, 0, 1).find().x(), 2e-16);
        assertEquals(1e-200, RootFinder.between(x -> x - 1e-200, 0, 1).find().x(), 1e-215);
    }

    @Test
    void aZeroAtAnEndIsFoundAtOnce() {
        assertEquals(0, RootFinder.between(x -> x, 0, 1).find().x());
        assertEquals(1, RootFinder.between(x -> x - 1, 0, 1).find().x());
    }

    @Test
    void hostileFunctionsAreSolvedToo() {
        assertEquals(0.3, RootFinder.between(x -> x < 0.3 ? -1 : 1, 0, 1).find().x(), 1e-15);
        assertEquals(0.5, RootFinder.between(x -> Math.pow(x - 0.5, 9), 0, 1).find().x(), 1e-15);
        assertEquals(2, RootFinder.between(x -> x == 2 ? 0 : 1 / (x - 2), 1, 3).find().x(), 1e-15);
        assertEquals(3, RootFinder.between(x -> Math.atan(1e6 * (x - 3)), -10, 10).find().x(), 1e-15);
        assertEquals(
                -1, RootFinder.between(x -> x > 0 ? Double.POSITIVE_INFINITY : x + 1, -5, 7).find().x(), 1e-14);
    }

    @Test
    void smoothFunctionsTakeFewEvaluations() {
        var root = RootFinder.between(x -> Math.exp(x) - 5, 0, 10).find();
        assertEquals(Math.log(5), root.x(), 1e-15);
        assertTrue(root.evaluations() < 20, root.toString());
        var rough = RootFinder.between(x -> Math.exp(x) - 5, 0, 10).tolerance(1e-3).find();
        assertEquals(Math.log(5), rough.x(), 1e-3);
        assertTrue(rough.evaluations() < root.evaluations());
    }

    @Test
    void widensAnIntervalUntilTheSignsDiffer() {
        assertEquals(1000, RootFinder.around(x -> x - 1000, 0, 1).find().x(), 1e-12);
        assertEquals(Math.log(5), RootFinder.around(x -> Math.exp(x) - 5, -40, 1).find().x(), 1e-15);
        assertEquals(Math.log(5), RootFinder.around(x -> Math.exp(x) - 5, 40, 1).find().x(), 1e-15);
        assertEquals(7, RootFinder.around(x -> x - 7, 7, 1).find().x(), 1e-14);
        var e = assertThrows(IllegalArgumentException.class, () -> RootFinder.around(x -> 1, 0, 1));
        assertTrue(e.getMessage().startsWith("f must change sign"), e.getMessage());
    }

    @Test
    void equalSignsPrintBothValues() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> RootFinder.between(x -> x * x + 1, -1, 2).find());
        assertEquals("f must have different signs at the ends, was f(-1.0) = 2.0 and f(2.0) = 5.0", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> RootFinder.between(x -> x, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> RootFinder.between(x -> Double.NaN, 0, 1).find());
        assertThrows(IllegalArgumentException.class, () -> RootFinder.between(x -> x, 0, 1).tolerance(-1));
    }
}
