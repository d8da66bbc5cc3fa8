package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.experiment.Trials;
import reprise.random.Rng;

class KernelSketchTest {
    private static final Dense ORIGIN = Dense.of("people", new double[][] {{0, 0, 0}});
    private static final Dense AWAY = Dense.of("questions", new double[][] {{0.3, 0, 0.4}});

    @Nested
    class ClosedForm {
        @Test
        void theFeaturesMeanIsTheKernel() {
            var sketch = KernelSketch.gaussian(0.7).features(32);
            var trials = Trials.run(3_000, Rng.of(1), rng -> sketch.exact(ORIGIN, rng).sums(AWAY)[0]);
            double kernel = Math.exp(-0.25 / 0.49);
            assertEquals(kernel, sketch.kernelSums(ORIGIN, AWAY)[0], 1e-15);
            assertEquals(kernel, sketch.meanSums(ORIGIN, AWAY)[0], 1e-15);
            assertEquals(kernel, trials.mean(), 5 * trials.standardError());
        }

        @Test
        void aProjectionFlattensTheKernelAsTheFormulaSays() {
            for (int k : new int[] {1, 4}) {
                var sketch = KernelSketch.gaussian(0.7).features(32).project(k);
                var trials = Trials.run(3_000, Rng.of(2), rng -> sketch.exact(ORIGIN, rng).sums(AWAY)[0]);
                double mean = Math.pow(1 + 2 * 0.25 / (k * 0.49), -k / 2.0);
                assertEquals(mean, sketch.meanSums(ORIGIN, AWAY)[0], 1e-15);
                assertEquals(mean, trials.mean(), 5 * trials.standardError());
            }
        }

        @Test
        void theNoiseOfAnAnswerIsTwiceRootDOverEpsilon() {
            // Variance |z(y)|^2 2 (2 D) / epsilon^2, and |z(y)|^2 has mean 1.
            var sketch = KernelSketch.gaussian(0.7).features(32);
            var squares = Trials.run(3_000, Rng.of(3), rng -> Math.pow(
                    sketch.release(ORIGIN, 0.5, PrivacyBudget.of(0.5), rng).sums(AWAY)[0]
                            - sketch.exact(ORIGIN, rng).sums(AWAY)[0], 2));
            assertEquals(4 * 32 / 0.25, squares.mean(), 5 * squares.standardError());
        }

        @Test
        void kernelSumsAddUpOverThePeople() {
            Dense people = Rng.of(4).normal(50, 3);
            double sum = 0;
            for (double[] x : people.toRows()) {
                sum += Math.exp(-(Math.pow(x[0] - 0.3, 2) + x[1] * x[1] + Math.pow(x[2] - 0.4, 2)) / 4);
            }
            assertEquals(sum, KernelSketch.gaussian(2).kernelSums(people, AWAY)[0], 1e-12);
        }

        @Test
        void theWorkOfAQuestionIsCounted() {
            Dense x = Rng.of(5).normal(3, 64);
            assertEquals(64 * 512 + 512, KernelSketch.gaussian(1).exact(x, Rng.of(1)).multiplyAdds());
            assertEquals(64 * 16 + 16 * 512 + 512,
                    KernelSketch.gaussian(1).project(16).exact(x, Rng.of(1)).multiplyAdds());
        }
    }

    @Nested
    class Invariance {
        @Test
        void sumsOfPeopleAreSumsOfSketches() {
            Dense people = Rng.of(6).normal(4, 3);
            var sketch = KernelSketch.gaussian(1).features(16).project(2);
            double[] whole = sketch.exact(people, Rng.of(7)).sums(AWAY);
            double parts = 0;
            for (double[] x : people.toRows()) {
                parts += sketch.exact(Dense.of("one", new double[][] {x}), Rng.of(7)).sums(AWAY)[0];
            }
            assertEquals(parts, whole[0], 1e-12);
        }

        @Test
        void theSameStreamGivesTheSameRelease() {
            var sketch = KernelSketch.gaussian(1).features(16);
            assertArrayEquals(
                    sketch.release(ORIGIN, 1, PrivacyBudget.of(1), Rng.of(8)).sums(AWAY),
                    sketch.release(ORIGIN.toRows(), 1, PrivacyBudget.of(1), Rng.of(8)).sums(AWAY.toRows()));
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsNoSketch() {
            assertThrows(IllegalArgumentException.class, () -> KernelSketch.gaussian(0));
            assertThrows(IllegalArgumentException.class, () -> KernelSketch.gaussian(Double.NaN));
            var sketch = KernelSketch.gaussian(1);
            assertThrows(IllegalArgumentException.class, () -> sketch.features(0));
            assertThrows(IllegalArgumentException.class, () -> sketch.project(0));
        }

        @Test
        void refusesToOverspendAndBrokenData() {
            var budget = PrivacyBudget.of(1);
            var sketch = KernelSketch.gaussian(1).features(8);
            assertThrows(BudgetOverspent.class, () -> sketch.release(ORIGIN, 1.5, budget, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> sketch.release(ORIGIN, 0, budget, Rng.of(1)));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> sketch.release(new double[][] {{Double.NaN}}, 1, budget, Rng.of(1)));
            assertThrows(
                    IllegalArgumentException.class, () -> sketch.release(new double[0][2], 1, budget, Rng.of(1)));
            assertEquals(1, budget.epsilonLeft());
            var released = sketch.release(ORIGIN, 1, budget, Rng.of(1));
            assertThrows(IllegalArgumentException.class, () -> released.sums(new double[][] {{1, 2}}));
        }
    }
}
