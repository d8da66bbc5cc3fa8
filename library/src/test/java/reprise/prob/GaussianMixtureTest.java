package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.linalg.NotPositiveDefinite;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class GaussianMixtureTest {
    private static final Mixture TWO = new Mixture(new double[] {0.3, 0.7}, List.of(
            Normal.of(new double[] {-3, 1}, Dense.of("c", new double[][] {{1, 0.6}, {0.6, 0.8}})),
            Normal.of(new double[] {2, 5}, Dense.of("c", new double[][] {{0.5, -0.2}, {-0.2, 1.5}}))));

    @Nested
    class ClosedForm {
        @Test
        void oneComponentIsTheSamplesMeanAndCovariance() {
            Dense x = TWO.sample(1_234, Rng.of(1));
            double[] mean = new double[2];
            double[] covariance = new double[4];
            for (int i = 0; i < 1_234; i++) {
                for (int a = 0; a < 2; a++) {
                    mean[a] += x.data()[2 * i + a] / 1_234;
                }
            }
            for (int i = 0; i < 1_234; i++) {
                for (int a = 0; a < 4; a++) {
                    covariance[a] += (x.data()[2 * i + a / 2] - mean[a / 2]) * (x.data()[2 * i + a % 2] - mean[a % 2])
                            / 1_234;
                }
            }
            var full = GaussianMixture.of(x).floor(0).fit(Rng.of(2));
            assertArrayEquals(mean, full.mixture().mean(), 1e-12);
            assertArrayEquals(covariance, full.mixture().covariance().data(), 1e-12);
            var diagonal = GaussianMixture.of(x).diagonal().floor(0).fit(Rng.of(2));
            assertEquals(covariance[3], diagonal.mixture().covariance().data()[3], 1e-12);
            assertEquals(0, diagonal.mixture().covariance().data()[1]);
        }

        @Test
        void findsTheComponentsThatMadeThePoints() {
            // 20 000 points: standard errors near 0.01 for means, 0.004 for weights.
            var fit = GaussianMixture.of(TWO.sample(20_000, Rng.of(1))).components(2).fit(Rng.of(2));
            assertTrue(fit.converged());
            int left = fit.mixture().components().get(0).mean()[0] < 0 ? 0 : 1;
            assertEquals(0.3, fit.mixture().weights()[left], 0.02);
            var component = fit.mixture().components().get(left);
            assertArrayEquals(new double[] {-3, 1}, component.mean(), 0.05);
            assertArrayEquals(new double[] {1, 0.6, 0.6, 0.8}, component.covariance().data(), 0.08);
        }

        @Test
        void theLikelihoodIsThatOfTheMixture() {
            Dense x = TWO.sample(500, Rng.of(1));
            var fit = GaussianMixture.of(x).components(2).until(1e-12, 2_000).fit(Rng.of(2));
            assertEquals(Arrays.stream(fit.mixture().logDensity(x)).average().orElseThrow(), fit.logLikelihood(), 1e-9);
        }

        @Test
        void conditionalsAreTheRatioOfDensities() {
            // log p(y | x) = log p(x, y) - log p(x), with p(x) from the marginals.
            var given = TWO.conditional(new int[] {0}, -0.4);
            var marginal = new Mixture(TWO.weights(), TWO.components().stream().map(c -> c.marginal(0)).toList());
            Dense pair = Dense.of("pair", new double[][] {{-0.4, 2.2}});
            double expected = TWO.logDensity(pair)[0] - marginal.logDensity(Dense.of("x", new double[][] {{-0.4}}))[0];
            assertEquals(expected, given.logDensity(Dense.of("y", new double[][] {{2.2}}))[0], 1e-12);
        }
    }

    @Nested
    class Invariance {
        private final Dense x = TWO.sample(1_500, Rng.of(1));

        @Test
        void moreIterationsNeverLoseLikelihood() {
            double before = Double.NEGATIVE_INFINITY;
            for (int steps = 1; steps < 30; steps++) {
                double now = GaussianMixture.of(x).components(3).floor(0).until(1e-15, steps).fit(Rng.of(2))
                        .logLikelihood();
                assertTrue(now >= before - 1e-12, "step " + steps);
                before = now;
            }
        }

        @Test
        void unitsDoNotMatter() {
            Dense scaled = Dense.of("x", Arrays.stream(x.data()).map(v -> 1e6 + 1e-3 * v).toArray(), 1_500, 2);
            var one = GaussianMixture.of(x).components(2).fit(Rng.of(2));
            var two = GaussianMixture.of(scaled).components(2).fit(Rng.of(2));
            // 1e6 + 1e-3 v keeps about 7 digits of v.
            assertEquals(one.logLikelihood(), two.logLikelihood() + 2 * Math.log(1e-3), 1e-4);
            assertArrayEquals(one.mixture().weights(), two.mixture().weights(), 1e-4);
        }

        @Test
        void threadsDoNotMatter() {
            var method = GaussianMixture.of(x).components(4).diagonal();
            var one = Tasks.withThreads(1, () -> method.fit(Rng.of(2)));
            var four = Tasks.withThreads(4, () -> method.fit(Rng.of(2)));
            assertArrayEquals(one.mixture().weights(), four.mixture().weights());
        }
    }

    @Nested
    class BadInput {
        private final Dense x = TWO.sample(5, Rng.of(1));

        @Test
        void refusesMoreComponentsThanPoints() {
            assertMessage("components must be <= the number of points 5, was 6",
                    () -> GaussianMixture.of(x).components(6));
            assertMessage("components must be >= 1, was 0", () -> GaussianMixture.of(x).components(0));
        }

        @Test
        void refusesNumbersOutOfRange() {
            assertMessage("gain must be > 0 and finite, was 0.0", () -> GaussianMixture.of(x).until(0, 10));
            assertMessage("floor must be >= 0 and finite, was -1.0", () -> GaussianMixture.of(x).floor(-1));
            assertMessage("x[1, 0] must be finite, was NaN",
                    () -> GaussianMixture.of(new double[][] {{1}, {Double.NaN}}));
        }

        @Test
        void refusesPointsWithoutAVariance() {
            assertMessage("x must vary in each coordinate, or no covariance is regular; coordinate 1 was always 2.0",
                    () -> GaussianMixture.of(new double[][] {{1, 2}, {3, 2}, {4, 2}}).fit(Rng.of(1)));
        }

        @Test
        void saysThatACovarianceIsSingular() {
            double[][] line = {{1, 1}, {2, 2}, {3, 3}, {5, 5}};
            assertThrows(NotPositiveDefinite.class, () -> GaussianMixture.of(line).floor(0).fit(Rng.of(1)));
            assertTrue(GaussianMixture.of(line).fit(Rng.of(1)).converged());
        }

        @Test
        void refusesCoordinatesThatAreNotThere() {
            assertMessage("coordinates must be different and from 0 to 1, one was 2",
                    () -> TWO.conditional(new int[] {2}, 1));
            assertMessage("coordinates must be different and from 0 to 1, one was 0",
                    () -> Normal.standard(2).marginal(0, 0));
            assertMessage("number of other coordinates must be >= 1, was 0",
                    () -> Normal.standard(1).conditional(new int[] {0}, 1));
        }

        private void assertMessage(String message, org.junit.jupiter.api.function.Executable call) {
            assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
        }
    }
}
