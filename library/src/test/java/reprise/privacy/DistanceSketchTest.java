package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.experiment.Trials;
import reprise.prob.Moments;
import reprise.random.Rng;

class DistanceSketchTest {
    private static Dense people(int n, int d, double range) {
        double[] x = new double[n * d];
        Rng.of(9).fillUniform(x);
        return Dense.of("people", Arrays.stream(x).map(v -> range * v).toArray(), n, d);
    }

    private static double exactSum(Dense people, double... y) {
        return Arrays.stream(people.toRows()).mapToDouble(x -> {
            double distance = 0;
            for (int c = 0; c < y.length; c++) {
                distance += Math.abs(x[c] - y[c]);
            }
            return distance;
        }).sum();
    }

    @Nested
    class ClosedForm {
        @Test
        void withoutNoiseSumsAtBordersAreExact() {
            Dense people = people(500, 1, 3);
            double[] sums = DistanceSketch.range(3, 5).exact(people).sums();
            for (int j = 0; j <= 32; j++) {
                assertEquals(exactSum(people, 3 * j / 32.0), sums[j], 1e-9);
            }
        }

        @Test
        void inTwoDimensionsTheCoordinatesAdd() {
            Dense people = people(200, 2, 1);
            assertEquals(exactSum(people, 0.25, 0.75),
                    DistanceSketch.range(1, 4).exact(people).sum(0.25, 0.75), 1e-9);
        }

        @Test
        void elsewhereTheErrorIsThatOfOneCell() {
            Dense people = people(1_000, 1, 1);
            var exact = DistanceSketch.range(1, 4).exact(people);
            for (double y = 0.01; y < 1; y += 0.037) {
                // At most half a cell's people, at most a cell's width each: here 2 sum |x - y| over 1 / 32.
                assertTrue(Math.abs(exact.sum(y) - exactSum(people, y)) <= 45 / 16.0);
            }
        }

        @Test
        void theNoiseHasTheVarianceThatIsDeclared() {
            Dense people = people(50, 2, 2);
            var sketch = DistanceSketch.range(2, 6);
            double[] y = {0.5, 1.25};
            double truth = exactSum(people, y);
            double[] errors = Trials.run(4_000, Rng.of(1),
                    rng -> sketch.release(people, 0.7, PrivacyBudget.of(0.7), rng).sum(y) - truth).values();
            double declared = sketch.release(people, 0.7, PrivacyBudget.of(0.7), Rng.of(1)).standardDeviation(y);
            // b = 2 * 6 * 2 / 0.7; y = 0.5 is cell 16 of 64: 3 blocks, 1.25 is cell 40: 4 blocks.
            double b = 24 / 0.7;
            double exact = Math.sqrt(2 * b * b * (3 * (0.25 + 4) + 4 * (1.5625 + 4)));
            assertEquals(exact, declared, 1e-9 * exact);
            assertEquals(1, Moments.of(errors).variance() / (exact * exact), 5 * Math.sqrt(5.0 / 4_000));
        }

        @Test
        void theRootMeanSquareIsTheAuditsNumber() {
            assertEquals(171, DistanceSketch.range(1, 14).noise(1), 0.5);
            assertEquals(1_710, DistanceSketch.range(1, 14).noise(0.1), 5);
        }
    }

    @Nested
    class Invariance {
        @Test
        void theErrorDoesNotDependOnThePeople() {
            var sketch = DistanceSketch.range(1, 8);
            assertArrayEquals(
                    sketch.errors(people(10, 1, 1), 1, Rng.of(3)), sketch.errors(people(1_000, 1, 1), 1, Rng.of(3)),
                    1e-8);
        }

        @Test
        void noiseScalesWithOneOverEpsilon() {
            var sketch = DistanceSketch.range(1, 8);
            double truth = sketch.exact(people(10, 1, 1)).sum(0.5);
            double at1 = sketch.release(people(10, 1, 1), 1, PrivacyBudget.of(1), Rng.of(3)).sum(0.5) - truth;
            double at4 = sketch.release(people(10, 1, 1), 4, PrivacyBudget.of(4), Rng.of(3)).sum(0.5) - truth;
            assertEquals(at1, 4 * at4, 1e-9 * Math.abs(at1));
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesDataOutsideTheDeclaredRange() {
            var budget = PrivacyBudget.of(1);
            var sketch = DistanceSketch.range(1, 4);
            var refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> sketch.release(new double[][] {{0.5}, {1.01}}, 1, budget, Rng.of(1)));
            assertEquals("people[1, 0] must be from 0 to the range 1.0, was 1.01", refused.getMessage());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> sketch.release(new double[][] {{-0.1}}, 1, budget, Rng.of(1)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> sketch.release(new double[][] {{Double.NaN}}, 1, budget, Rng.of(1)));
            assertThrows(
                    IllegalArgumentException.class, () -> sketch.release(new double[0][1], 1, budget, Rng.of(1)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> sketch.release(new double[][] {{0.5}}, 0, budget, Rng.of(1)));
            assertEquals(1, budget.epsilonLeft(), "nothing was charged");
        }

        @Test
        void refusesToOverspend() {
            var budget = PrivacyBudget.of(1);
            var sketch = DistanceSketch.range(1, 4);
            sketch.release(new double[][] {{0.5}}, 0.6, budget, Rng.of(1));
            assertThrows(
                    BudgetOverspent.class, () -> sketch.release(new double[][] {{0.5}}, 0.6, budget, Rng.of(1)));
        }

        @Test
        void refusesQuestionsOutside() {
            var exact = DistanceSketch.range(1, 4).exact(people(5, 2, 1));
            assertThrows(IllegalArgumentException.class, () -> exact.sum(0.5));
            assertThrows(IllegalArgumentException.class, () -> exact.sum(0.5, 1.5));
            assertThrows(IllegalArgumentException.class, () -> exact.sum(0.5, Double.NaN));
            assertThrows(IllegalStateException.class, exact::sums);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> DistanceSketch.range(1, 4).errors(people(5, 2, 1), 1, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> DistanceSketch.range(0, 4));
            assertThrows(IllegalArgumentException.class, () -> DistanceSketch.range(1, 0));
            assertThrows(IllegalArgumentException.class, () -> DistanceSketch.range(1, 25));
        }
    }
}
