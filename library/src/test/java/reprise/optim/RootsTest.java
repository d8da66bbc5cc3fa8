package reprise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RootsTest {
    @Nested
    class ClosedForm {
        @Test
        void findsRootsToTheLastDigits() {
            assertEquals(Math.sqrt(2), Roots.between(x -> x * x - 2, 0, 2), 1e-13);
            assertEquals(0, Roots.between(x -> x, -1, 1), 1e-15);
            assertEquals(2, Roots.between(x -> x - 2, 2, 3));
        }

        @Test
        void findsRootsOfSteepAndFlatFunctions() {
            assertEquals(1, Roots.between(x -> Math.pow(x, 9) - 1, 0, 100), 1e-12);
            assertEquals(3, Roots.between(x -> Math.atan(1e6 * (x - 3)), -10, 10), 1e-12);
        }

        @Test
        void looksOnBothSidesOfTheStart() {
            assertEquals(Math.log(5), Roots.ofIncreasing(x -> Math.exp(x) - 5, -40), 1e-12);
            assertEquals(Math.log(5), Roots.ofIncreasing(x -> Math.exp(x) - 5, 40), 1e-12);
            assertEquals(7, Roots.ofIncreasing(x -> x - 7, 7));
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesEqualSignsAndNan() {
            var e = assertThrows(IllegalArgumentException.class, () -> Roots.between(x -> x * x + 1, -1, 2));
            assertEquals("f must have different signs at low < high, was 2.0 at -1.0 and 5.0 at 2.0", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> Roots.between(x -> Double.NaN, 0, 1));
            assertThrows(IllegalArgumentException.class, () -> Roots.ofIncreasing(x -> 1, 0));
        }
    }
}
