package reprise.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.prob.Moments;
import reprise.random.Rng;

class DenoisingSetTest {
    private static final NoiseSchedule OU = NoiseSchedule.ornsteinUhlenbeck(1);
    private final ExactDiffusion square = ExactDiffusion.ofBox(OU, new double[] {-1, -1}, new double[] {1, 1});
    private final DenoisingSet set = DenoisingSet.draw(OU, square.sample(20_000, Rng.of(1)), 0.1, 2, Rng.of(2));

    @Nested
    class ClosedForm {
        @Test
        void inputsAreTheStateTheTimeAndOne() {
            Dense z = set.inputs(0.1);
            double[] first = z.toRows()[7];
            assertEquals(set.noisy().data()[15], first[1]);
            assertEquals(set.times()[7] - 0.1, first[2]);
            assertEquals(1, first[3]);
            Dense one = DenoisingSet.inputs(0.5, Dense.of("x", new double[][] {{3, 4}}), 0.1);
            assertArrayEquals(new double[] {3, 4, 0.4, 1}, one.data());
        }

        @Test
        void noiseIsTheSchedulesAndTimesAreEven() {
            double[] residual = set.noisy().data().clone();
            Arrays.setAll(residual, k -> (residual[k] - OU.alpha(set.times()[k / 2]) * set.clean().data()[k])
                    / Math.sqrt(OU.variance(set.times()[k / 2])));
            var noise = Moments.of(residual);
            assertEquals(0, noise.mean(), 5 / Math.sqrt(40_000));
            assertEquals(1, noise.variance(), 5 * Math.sqrt(2 / 40_000.0));
            var times = Moments.of(set.times());
            assertEquals(1.05, times.mean(), 5 * times.standardError());
            assertEquals(1.9 * 1.9 / 12, times.variance(), 5 * 0.27 / Math.sqrt(20_000));
        }

        @Test
        void lossesOfTheDataThemselvesAreZero() {
            assertEquals(0, Arrays.stream(set.regressionLosses(set.clean())).max().orElseThrow());
            assertEquals(0, Arrays.stream(set.scoreLosses(set.clean())).max().orElseThrow());
        }
    }

    @Nested
    class Agreement {
        /** The paper's identity, for every row: rounding of numbers up to 1 / h^2 times the weight. */
        @Test
        void weightedScoreLossIsTheRegressionLoss() {
            Dense guess = Rng.of(3).normal(20_000, 2);
            double[] regression = set.regressionLosses(guess);
            double[] score = set.scoreLosses(guess);
            for (int i = 0; i < regression.length; i++) {
                assertEquals(regression[i], score[i], 1e-12 * Math.max(1, regression[i]));
            }
        }

        /** Both losses differ by a number that no guess changes: five standard errors of the difference. */
        @Test
        void excessIsTheDistanceFromTheExactDenoiser() {
            Dense exact = square.at(set.times(), set.noisy());
            double[] noise = set.regressionLosses(exact);
            double[] shrunk = set.noisy().data().clone();
            Arrays.setAll(shrunk, k -> shrunk[k] / 2);
            Dense guess = Dense.of("guess", shrunk, 20_000, 2);
            double[] loss = set.regressionLosses(guess);
            double[] distance = new DenoisingSet(OU, set.times(), exact, set.noisy()).regressionLosses(guess);
            double[] difference = new double[20_000];
            Arrays.setAll(difference, i -> loss[i] - distance[i] - noise[i]);
            var moments = Moments.of(difference);
            assertEquals(0, moments.mean(), 5 * moments.standardError());
            assertTrue(Moments.of(distance).mean() > 20 * moments.standardError());
        }

        @Test
        void exampleOfTheJavadocRuns() {
            NoiseSchedule noise = NoiseSchedule.ornsteinUhlenbeck(1);
            Dense data = Rng.of(1).normal(10, 2);
            DenoisingSet train = DenoisingSet.draw(noise, data, 0.1, 2, Rng.of(1));
            Dense z = train.inputs(0.1);
            double[] loss = train.regressionLosses(train.noisy());
            assertEquals(10, z.rows());
            assertEquals(10, loss.length);
        }
    }

    @Nested
    class BadInput {
        @ParameterizedTest
        @ValueSource(doubles = {0, -1, 2, Double.NaN})
        void rejectsTimesOutOfOrderOrWithoutNoise(double from) {
            Dense clean = Dense.of("x", new double[2], 1, 2);
            assertThrows(IllegalArgumentException.class, () -> DenoisingSet.draw(OU, clean, from, 2, Rng.of(1)));
        }

        @Test
        void rejectsShapesThatDoNotFit() {
            Dense two = Dense.of("x", new double[4], 2, 2);
            Dense one = Dense.of("x", new double[2], 1, 2);
            assertThrows(IllegalArgumentException.class, () -> new DenoisingSet(OU, new double[] {1}, two, two));
            assertThrows(IllegalArgumentException.class, () -> new DenoisingSet(OU, new double[] {1, 1}, two, one));
            assertThrows(IllegalArgumentException.class, () -> new DenoisingSet(OU, new double[] {1, 0}, two, two));
            assertThrows(IllegalArgumentException.class, () -> set.regressionLosses(one));
            assertThrows(IllegalArgumentException.class, () -> set.scoreLosses(one));
            assertThrows(IllegalArgumentException.class, () -> set.inputs(Double.NaN));
        }
    }
}
