package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.experiment.Trials;
import reprise.prob.Moments;
import reprise.random.Rng;

class TreeCounterTest {
    private static final double[] PLACES = {3, 0, 2, 5, 1, 1, 4, 7};

    private static TreeCounter.Release release(double epsilon, Rng rng) {
        return TreeCounter.of(1, epsilon).release("places", PLACES, PrivacyBudget.of(epsilon), rng);
    }

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @ValueSource(ints = {2, 4, 8, 64})
        void withoutNoiseEverySumIsExact(int n) {
            double[] places = IntStream.range(0, n).mapToDouble(i -> (i * 37 % 11) - 3).toArray();
            var tree = TreeCounter.exact(places);
            for (int j = 0; j <= n; j++) {
                assertEquals(IntStream.range(0, j).mapToDouble(i -> places[i]).sum(), tree.prefix(j));
                assertEquals(IntStream.range(j, n).mapToDouble(i -> places[i]).sum(), tree.suffix(j));
            }
            assertEquals(0, tree.scale());
        }

        @Test
        void theNoiseIsThatOfTheBlocks() {
            // 2 b^2 blocks with b = 3 / epsilon; a variance of 4000 sums of Laplace noises is within 5 sqrt(5 / 4000).
            assertEquals(6, release(0.5, Rng.of(1)).scale());
            for (int j : new int[] {1, 3, 4, 7, 8}) {
                int place = j;
                double[] errors = Trials.run(4_000, Rng.of(2).split(j), rng ->
                        release(0.5, rng).prefix(place) - TreeCounter.exact(PLACES).prefix(place)).values();
                int blocks = release(0.5, Rng.of(1)).blocks(j);
                assertEquals(1, Moments.of(errors).variance() / (72 * blocks), 5 * Math.sqrt(5.0 / 4_000));
            }
        }

        @Test
        void blocksAreBinaryOnes() {
            var tree = TreeCounter.exact(PLACES);
            assertArrayEquals(
                    new int[] {0, 1, 1, 2, 1, 2, 2, 3, 2}, IntStream.rangeClosed(0, 8).map(tree::blocks).toArray());
        }

        @Test
        void theLossNeverExceedsEpsilonAndHasItsMean() {
            double[] losses = IntStream.range(0, 4_000)
                    .mapToDouble(i -> release(0.9, Rng.of(3).split(i)).privacyLoss(PLACES, 5, 1)).toArray();
            assertTrue(Moments.of(losses).count() == 4_000);
            for (double loss : losses) {
                assertTrue(Math.abs(loss) <= 0.9 + 1e-12, "loss " + loss);
            }
            // Three blocks, each shifted by s = 0.3 scales: mean 3 (s - 1 + exp(-s)), sd of a block at most s.
            double mean = 3 * (0.3 - 1 + Math.exp(-0.3));
            assertEquals(mean, Moments.of(losses).mean(), 5 * Math.sqrt(3 * 0.09 / 4_000));
        }

        @Test
        void theLossOfTwoPlacesByHand() {
            double[] places = {3, 5};
            var tree = TreeCounter.of(1, 0.5).release("two", places, PrivacyBudget.of(0.5), Rng.of(6));
            double noise = tree.suffix(1) - 5;
            assertEquals((Math.abs(noise - 1) - Math.abs(noise)) / 2, tree.privacyLoss(places, 1, 1), 1e-12);
        }

        @Test
        void chargingOneLevelOnlyBreaksThePromise() {
            // Whoever forgets that a person is in L blocks takes noise for L epsilon: the loss passes epsilon.
            double most = IntStream.range(0, 200)
                    .mapToDouble(i -> release(3 * 0.9, Rng.of(3).split(i)).privacyLoss(PLACES, 5, 1))
                    .max().getAsDouble();
            assertTrue(most > 1.5 * 0.9, "largest loss " + most);
        }
    }

    @Nested
    class Invariance {
        @Test
        void theSameStreamGivesTheSameTreeAndItsPrefixesAndSuffixesShareNoBlock() {
            var tree = release(1, Rng.of(4));
            assertEquals(release(1, Rng.of(4)).prefix(5), tree.prefix(5));
            // All sums of one tree: prefix(4) + suffix(4) are the two halves, which prefix(8) and suffix(0) add too.
            assertEquals(tree.prefix(8), tree.prefix(4) + tree.suffix(4), 1e-12);
            assertEquals(tree.prefix(8), tree.suffix(0), 1e-12);
        }

        @Test
        void theNoiseDoesNotDependOnTheData() {
            double[] zeros = new double[8];
            var empty = TreeCounter.of(1, 1).release("zeros", zeros, PrivacyBudget.of(1), Rng.of(4));
            assertEquals(empty.prefix(7), release(1, Rng.of(4)).prefix(7) - 16, 1e-12);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsNoTree() {
            var budget = PrivacyBudget.of(1);
            var counter = TreeCounter.of(1, 1);
            for (int n : new int[] {0, 1, 3, 12}) {
                var refused = assertThrows(
                        IllegalArgumentException.class,
                        () -> counter.release("x", new double[n], budget, Rng.of(1)));
                assertEquals("number of places must be a power of 2 from 2 on, was " + n, refused.getMessage());
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> counter.release("x", new double[] {1, Double.NaN}, budget, Rng.of(1)));
            assertEquals(1, budget.epsilonLeft());
            assertThrows(IllegalArgumentException.class, () -> TreeCounter.of(0, 1));
            assertThrows(IllegalArgumentException.class, () -> TreeCounter.of(1, 0));
            counter.release("x", PLACES, budget, Rng.of(1));
            assertThrows(BudgetOverspent.class, () -> counter.release("x", PLACES, budget, Rng.of(1)));
        }

        @Test
        void refusesPlacesOutside() {
            var tree = TreeCounter.exact(PLACES);
            assertThrows(IllegalArgumentException.class, () -> tree.prefix(9));
            assertThrows(IllegalArgumentException.class, () -> tree.suffix(-1));
            assertThrows(IllegalArgumentException.class, () -> tree.blocks(9));
            assertThrows(IllegalStateException.class, () -> tree.privacyLoss(PLACES, 0, 1));
            var noisy = release(1, Rng.of(1));
            assertThrows(IllegalArgumentException.class, () -> noisy.privacyLoss(PLACES, 8, 1));
            assertThrows(IllegalArgumentException.class, () -> noisy.privacyLoss(new double[4], 0, 1));
        }
    }
}
