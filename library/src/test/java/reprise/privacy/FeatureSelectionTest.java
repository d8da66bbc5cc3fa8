package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class FeatureSelectionTest {
    private static final Thresholdout PROGRAM =
            Thresholdout.of(4 / Math.sqrt(1_000), 1 / Math.sqrt(1_000)).noise(NoiseLaw.GAUSSIAN).budget(1_000);

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 6, 20})
        void theAccuracyOfAVoteIsTheBinomialSum(int k) {
            double p = 0.6;
            double exact = 0;
            for (int yes = 0; yes <= k; yes++) {
                double ways = 1;
                for (int i = 0; i < yes; i++) {
                    ways *= (k - i) / (double) (yes - i);
                }
                double weight = 2 * yes > k ? 1 : 2 * yes == k ? 0.5 : 0;
                exact += weight * ways * Math.pow(p, yes) * Math.pow(1 - p, k - yes);
            }
            assertEquals(exact, FeatureSelection.voteAccuracy(k, 0.2), 1e-12);
        }

        @Test
        void anExactHoldoutReportsWhatItsSelectionBiasSays() {
            var experiment = FeatureSelection.of(1_000, 1_000).sizes(10, 30);
            var curves = experiment.naive(200, Rng.of(1));
            // A run's report has sd 0.016 (one holdout of 1000, and the choice of 30 features): 5 standard errors.
            assertEquals(experiment.naiveAccuracy(30), curves.reported()[1], 5 * 0.016 / Math.sqrt(200) + 0.002);
            assertEquals(experiment.naiveAccuracy(10), curves.reported()[0], 5 * 0.016 / Math.sqrt(200) + 0.002);
            assertEquals(0.5, curves.fresh()[1], 5 * 0.016 / Math.sqrt(200));
            assertEquals(50.3, experiment.naiveKept(), 0.05);
        }

        @Test
        void beyondTheFeaturesKeptTheVoteNoLongerGrows() {
            var experiment = FeatureSelection.of(1_000, 1_000).sizes(200, 400);
            var curves = experiment.naive(3, Rng.of(2));
            assertArrayEquals(curves.answered()[0], new double[] {curves.answered()[0][0], curves.answered()[0][0]});
        }

        @Test
        void plantedFeaturesAreFoundAndClassifyAsTheyMust() {
            double lean = 6 / Math.sqrt(1_000);
            var curves = FeatureSelection.of(1_000, 400).planted(20, lean).sizes(20).naive(100, Rng.of(3));
            // Almost all 20 chosen are planted; a few are not found, which costs about 0.002.
            assertEquals(FeatureSelection.voteAccuracy(20, lean), curves.fresh()[0], 0.01);
        }

        @Test
        void votesAreCountedAsByADoubleLoop() {
            int rows = 130;
            var matrix = SignMatrix.random(rows, 7, 2, 0.5, Rng.of(4));
            int[] chosen = {3, 0, 6, 1, 5};
            boolean[] negative = {false, true, false, false, true};
            double[][] signs = new double[5][rows];
            var again = Rng.of(4).generator();
            // The same stream, read as the matrix documents it: doubles in leaning columns, words in fair ones.
            double[][] all = new double[7][rows];
            for (int j = 0; j < 7; j++) {
                long[] words = new long[3];
                if (j >= 2) {
                    SignMatrix.fill(words, rows, again);
                }
                for (int i = 0; i < rows; i++) {
                    boolean plus = j < 2 ? again.nextDouble() < 0.75 : (words[i / 64] >>> i % 64 & 1) == 1;
                    all[j][i] = plus ? 1 : -1;
                }
                assertEquals(Arrays.stream(all[j]).average().getAsDouble(), matrix.mean(j), 1e-15);
            }
            for (int c = 0; c < 5; c++) {
                for (int i = 0; i < rows; i++) {
                    signs[c][i] = (negative[c] ? -1 : 1) * all[chosen[c]][i];
                }
            }
            double[] expected = new double[2];
            int[] sizes = {2, 9};
            for (int s = 0; s < 2; s++) {
                for (int i = 0; i < rows; i++) {
                    double vote = 0;
                    for (int c = 0; c < Math.min(5, sizes[s]); c++) {
                        vote += signs[c][i];
                    }
                    expected[s] += Math.signum(vote) / rows;
                }
            }
            assertArrayEquals(expected, matrix.votes(chosen, negative, sizes), 1e-12);
        }
    }

    @Nested
    class Invariance {
        @Test
        void theSameNumbersOnOneThreadAndOnMany() {
            var experiment = FeatureSelection.of(200, 200).sizes(5);
            double[] many = experiment.thresholdout(PROGRAM, 6, Rng.of(5)).reported();
            assertArrayEquals(
                    many, Tasks.withThreads(1, () -> experiment.thresholdout(PROGRAM, 6, Rng.of(5)).reported()));
        }

        @Test
        void allMethodsSeeTheSameData() {
            var experiment = FeatureSelection.of(200, 200).planted(200, 0.3).sizes(200);
            // Every feature is kept by both, so that training and fresh accuracies agree to the last bit.
            var exact = experiment.naive(3, Rng.of(6));
            var noisy = experiment.thresholdout(Thresholdout.of(2, 0.01).budget(10), 3, Rng.of(6));
            assertArrayEquals(exact.fresh(), noisy.fresh());
            assertArrayEquals(new double[] {0, 0, 0}, noisy.spent());
        }
    }

    @Nested
    class Agreement {
        @Test
        void thresholdoutReportsWhatFreshPeopleShow() {
            var curves = FeatureSelection.of(1_000, 1_000).sizes(100).thresholdout(PROGRAM, 40, Rng.of(7));
            // Answered by the holdout with noise 0.032 / 2 nearly always: median within 5 sd / sqrt(40) of one half.
            assertEquals(0.5, curves.last().median(), 0.03);
            assertTrue(curves.train()[0] > 0.68, "the training set is overfitted: " + curves.train()[0]);
        }

        @Test
        void askedForAnAccuracyItMoreOftenBelievesTheTrainingSet() {
            var experiment = FeatureSelection.of(1_000, 1_000).sizes(100);
            double half = experiment.thresholdout(PROGRAM, 40, Rng.of(7)).last().mean();
            double whole = experiment.askingAccuracy().thresholdout(PROGRAM, 40, Rng.of(7)).last().mean();
            assertTrue(whole > half + 0.05, half + " and " + whole);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsNoExperiment() {
            assertThrows(IllegalArgumentException.class, () -> FeatureSelection.of(10, 10));
            var experiment = FeatureSelection.of(100, 10);
            assertThrows(IllegalArgumentException.class, () -> experiment.planted(11, 0.1));
            assertThrows(IllegalArgumentException.class, () -> experiment.planted(1, 1));
            assertThrows(IllegalArgumentException.class, () -> experiment.planted(1, Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> experiment.sizes());
            assertThrows(IllegalArgumentException.class, () -> experiment.sizes(5, 5));
            assertThrows(IllegalArgumentException.class, () -> experiment.naive(0, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> FeatureSelection.voteAccuracy(0, 0.1));
        }

        @Test
        void aBudgetThatDoesNotLastIsRefused() {
            var poor = Thresholdout.of(0, 0.001).budget(3);
            assertThrows(
                    BudgetOverspent.class, () -> FeatureSelection.of(100, 100).thresholdout(poor, 1, Rng.of(1)));
        }
    }
}
