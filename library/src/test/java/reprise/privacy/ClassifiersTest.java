package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.data.Classic;
import reprise.data.Labelled;
import reprise.random.Rng;

/** The class sketch and private softmax regression. */
class ClassifiersTest {
    private static Labelled digits() {
        Labelled all = Classic.digits().points();
        return new Labelled(ClassSketch.unitRows(all.x()), all.labels());
    }

    @Nested
    class ClosedForm {
        @Test
        void theTwoRulesDifferAsTheyMust() {
            // Class 0 at 0 and 0.8 (mean 0.4, average squared distance to 0.5 is 0.17), class 1 at 0.7 (0.04).
            var people = new Labelled(Dense.of("x", new double[][] {{0}, {0.8}, {0.7}}), new int[] {0, 0, 1});
            assertEquals(0, ClassSketch.nearestMean().exact(people).predict(0.5));
            assertEquals(1, ClassSketch.averageDistance().exact(people).predict(0.5));
        }

        @Test
        void rowsGetLengthOneAndZerosStay() {
            Dense unit = ClassSketch.unitRows(Dense.of("x", new double[][] {{3, 4}, {0, 0}}));
            assertEquals(0.6, unit.data()[0], 1e-15);
            assertEquals(0.8, unit.data()[1], 1e-15);
            assertEquals(0, unit.data()[2]);
        }

        @Test
        void clippingCutsEachGradientToItsLength() {
            // The first gradient has length sqrt(1 / 2) sqrt(2) = 1, the second sqrt(1 / 2): both become 0.1.
            var one = new Labelled(Dense.of("x", new double[][] {{0.6, 0.8}, {0, 0}}), new int[] {0, 1});
            var fit = PrivateSoftmax.steps(1, 1).rate(1).clip(0.1).exact(one, Rng.of(1));
            double score = 0.1 * 0.5 * 2 / 2 - 0.1 / Math.sqrt(0.5) * 0.5 / 2;
            assertArrayEquals(new double[] {score, -score}, fit.scores(0.6, 0.8), 1e-15);
        }

        @Test
        void aStepsNoiseIsTheAccountsTimesTheClip() {
            // Two people at 0 with opposite labels: their gradients cancel in every weight but noise.
            int d = 1_000;
            var two = new Labelled(Dense.of("x", new double[2][d]), new int[] {0, 1});
            var fit = PrivateSoftmax.steps(1, 1).rate(3).clip(0.5)
                    .fit(two, 1, 1e-5, PrivacyBudget.of(1, 1e-5), Rng.of(4));
            double sd = 3 * 0.5 * SubsampledGaussian.noiseFor(1, 1, 1, 1e-5) / 2;
            double squares = 0;
            double[] bias = fit.scores(new double[d]);
            for (int j = 0; j < d; j++) {
                double[] unit = new double[d];
                unit[j] = 1;
                squares += Math.pow(fit.scores(unit)[0] - bias[0], 2) / d;
            }
            assertEquals(1, squares / (sd * sd), 5 * Math.sqrt(2.0 / d));
        }

        @Test
        void withHugeBudgetsNoiseDisappears() {
            Labelled digits = digits();
            var budget = PrivacyBudget.of(2e6, 0.5);
            var released = ClassSketch.nearestMean().release(digits, 1e6, 0.1, budget, Rng.of(1));
            assertEquals(ClassSketch.nearestMean().exact(digits).accuracy(digits), released.accuracy(digits), 0.005);
        }

        @Test
        void aStepFromZeroIsTheMeanClippedGradient() {
            // At zero weights p = 1/2: the gradient is (-1/2, 1/2) (x, 1) for label 0; one step of rate 1, no noise.
            var one = new Labelled(Dense.of("x", new double[][] {{0.6, 0.8}, {0, 0}}), new int[] {0, 1});
            var fit = PrivateSoftmax.steps(1, 1).rate(1).clip(10).exact(one, Rng.of(1));
            // At (0.6, 0.8), of length 1, class 0 gets 0.5 (1 + 1) / 2 from the first and -0.5 / 2 from the second.
            assertArrayEquals(new double[] {0.25, -0.25}, fit.scores(0.6, 0.8), 1e-15);
            assertEquals(0, fit.predict(0.6, 0.8));
            assertEquals(1, fit.predict(-0.6, -0.8));
            // At 0 the biases cancel, and a tie goes to the first class.
            assertEquals(0.5, fit.accuracy(one));
        }
    }

    @Nested
    class Agreement {
        @Test
        void bothClassifyDigitsPrivately() {
            Labelled digits = digits();
            double softmax = PrivateSoftmax.steps(60, 0.17)
                    .fit(digits, 1, 1e-5, PrivacyBudget.of(1, 1e-5), Rng.of(2)).accuracy(digits);
            double sketch = ClassSketch.nearestMean()
                    .release(digits, 1, 1e-5, PrivacyBudget.of(1, 1e-5), Rng.of(2)).accuracy(digits);
            assertTrue(softmax > 0.7 && sketch > 0.75, softmax + " and " + sketch);
        }

        @Test
        void softmaxWithoutNoiseIsBetter() {
            Labelled digits = digits();
            double exact = PrivateSoftmax.steps(60, 0.17).exact(digits, Rng.of(2)).accuracy(digits);
            assertTrue(exact > 0.88, "accuracy " + exact);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesLongRowsBeforeCharging() {
            var budget = PrivacyBudget.of(1, 1e-5);
            var people = new Labelled(Dense.of("x", new double[][] {{1.1}}), new int[] {0});
            var refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> ClassSketch.nearestMean().release(people, 1, 1e-5, budget, Rng.of(1)));
            assertEquals("length of people[0] must be at most 1, was 1.1", refused.getMessage());
            assertTrue(budget.entries().isEmpty());
        }

        @Test
        void refusesToOverspendAndWrongBudgets() {
            var people = new Labelled(Dense.of("x", new double[][] {{1}}), new int[] {0});
            var pure = PrivacyBudget.of(1);
            assertThrows(
                    BudgetOverspent.class,
                    () -> ClassSketch.averageDistance().release(people, 1, 1e-5, pure, Rng.of(1)));
            assertThrows(
                    BudgetOverspent.class,
                    () -> PrivateSoftmax.steps(2, 0.5).fit(people, 1, 1e-5, pure, Rng.of(1)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ClassSketch.averageDistance().release(people, 0, 1e-5, pure, Rng.of(1)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ClassSketch.averageDistance().release(people, 1, 0, pure, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> PrivateSoftmax.steps(0, 0.5));
            assertThrows(IllegalArgumentException.class, () -> PrivateSoftmax.steps(5, 0));
            assertThrows(IllegalArgumentException.class, () -> PrivateSoftmax.steps(5, 1).clip(0));
            assertThrows(IllegalArgumentException.class, () -> PrivateSoftmax.steps(5, 1).rate(-1));
        }

        @Test
        void refusesQuestionsOfAnotherShape() {
            var people = new Labelled(Dense.of("x", new double[][] {{1}}), new int[] {0});
            var sketch = ClassSketch.nearestMean().exact(people);
            var fit = PrivateSoftmax.steps(1, 1).exact(people, Rng.of(1));
            assertThrows(IllegalArgumentException.class, () -> sketch.predict(1, 2));
            assertThrows(IllegalArgumentException.class, () -> fit.predict(1, 2));
        }
    }
}
