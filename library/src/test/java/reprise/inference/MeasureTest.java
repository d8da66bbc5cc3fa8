package reprise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.random.Rng;

class MeasureTest {
    private static final Measure<Integer> DIE = Measure.uniform(List.of(1, 2, 3, 4, 5, 6));

    private static BigFraction f(int a, int b) {
        return new BigFraction(a, b);
    }

    @Nested
    class ClosedForm {
        @Test
        void theSumOfTwoDiceIsATriangle() {
            var sum = DIE.then(a -> DIE.map(b -> a + b));
            for (int k = 2; k <= 12; k++) {
                assertEquals(f(6 - Math.abs(k - 7), 36), sum.weight(k));
            }
            assertEquals(f(7, 1), sum.integral(BigFraction::new));
        }

        @Test
        void distanceOfTwoCoinsIsTheDifferenceOfTheirChances() {
            assertEquals(f(1, 6), Measure.coin(1, 2).distance(Measure.coin(1, 3)));
            assertEquals(BigFraction.ONE, Measure.dirac(1).distance(Measure.dirac(2)));
            assertEquals(f(1, 2), Measure.dirac(1).distance(Measure.zero()));
        }

        @Test
        void proportionsAndWords() {
            assertEquals("{0: 1/10, 1: 2/5, 2: 1/2}", Measure.proportional(1, 4, 5).toString());
        }
    }

    @Nested
    class Invariance {
        @Test
        void unitAndAssociativityOfTheMonad() {
            Function<Integer, Measure<Integer>> step = k -> Measure.uniform(List.of(k, k + 1));
            Function<Integer, Measure<Integer>> twice = k -> Measure.coin(1, 3).map(c -> c ? k : 2 * k);
            assertEquals(step.apply(3), Measure.dirac(3).then(step));
            assertEquals(DIE, DIE.then(Measure::dirac));
            assertEquals(DIE.then(step).then(twice), DIE.then(k -> step.apply(k).then(twice)));
        }

        @Test
        void orderAndZerosDoNotMatterForEquality() {
            var one = Measure.of(Map.of("a", f(1, 2), "b", BigFraction.ZERO));
            assertEquals(one, Measure.dirac("a").scale(f(1, 2)));
            assertEquals(one.hashCode(), Measure.dirac("a").scale(f(1, 2)).hashCode());
            assertNotEquals(one, Measure.dirac("a"));
            assertEquals(DIE, Measure.uniform(List.of(6, 5, 4, 3, 2, 1)));
        }

        @Test
        void drawsHaveTheWeights() {
            var law = Measure.proportional(1, 0, 3);
            var rng = Rng.of(5);
            int last = 0;
            for (int i = 0; i < 10_000; i++) {
                int k = law.scale(f(7, 3)).sample(rng);
                assertTrue(k != 1);
                last += k == 2 ? 1 : 0;
            }
            // Binomial(10 000, 3/4): sd 43.
            assertEquals(7_500, last, 200);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedWithItsName() {
            assertEquals("weight of a must be >= 0, was -1/2", assertThrows(IllegalArgumentException.class,
                    () -> Measure.of(Map.of("a", f(-1, 2)))).getMessage());
            assertEquals("factor must be >= 0, was -1", assertThrows(IllegalArgumentException.class,
                    () -> DIE.scale(BigFraction.MINUS_ONE)).getMessage());
            assertEquals("probability must be from 0 to 1, was 3/2", assertThrows(IllegalArgumentException.class,
                    () -> Measure.coin(3, 2)).getMessage());
            assertEquals("mass must be > 0 to normalise, was 0", assertThrows(IllegalArgumentException.class,
                    () -> Measure.zero().normalised()).getMessage());
            assertEquals("mass must be > 0 to draw, was 0", assertThrows(IllegalArgumentException.class,
                    () -> Measure.zero().sample(Rng.of(1))).getMessage());
            assertThrows(IllegalArgumentException.class, () -> Measure.uniform(List.of()));
        }
    }
}
