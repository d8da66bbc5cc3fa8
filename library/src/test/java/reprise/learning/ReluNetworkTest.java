package reprise.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.parallel.Interrupted;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class ReluNetworkTest {
    @Nested
    class ClosedForm {
        /** f(z) = (2 relu(z1 - z2) - 3 relu(z2)) / sqrt 2, and the first step of its hidden layer by hand. */
        @Test
        void ofTwoUnits() {
            var network = ReluNetwork.of(
                    Dense.of("w", new double[][] {{1, -1}, {0, 1}}), Dense.of("a", new double[][] {{2}, {-3}}));
            double root = Math.sqrt(2);
            assertEquals(2 * 1.5 / root, network.at(new double[][] {{1, -0.5}})[0][0], 1e-15);
            assertEquals(-3 * 0.5 / root, network.at(new double[][] {{0, 0.5}})[0][0], 1e-15);
            var descent = ReluDescent.on(new double[][] {{1, -0.5}}, new double[][] {{1}}).rate(0.1);
            double error = 3 / root - 1;
            assertEquals(error * error / 2, descent.loss(network), 1e-15);
            double[][] w = descent.step(network).hidden().toRows();
            assertEquals(1 - 0.1 * error * 2 / root, w[0][0], 1e-15);
            assertEquals(-1 + 0.1 * error * 2 / root * 0.5, w[0][1], 1e-15);
            assertArrayEquals(new double[] {0, 1}, w[1]);
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 512, 514, 2000})
        void antisymmetricNetworksAreExactlyZero(int width) {
            double[] values = ReluNetwork.antisymmetric(3, 2, width, Rng.of(1)).at(Rng.of(2).normal(20, 3)).data();
            assertArrayEquals(new double[40], values);
        }

        @Test
        void startsWithNormalWeightsAndSigns() {
            var network = ReluNetwork.antisymmetric(4, 2, 20_000, Rng.of(3));
            double[] w = network.hidden().data();
            assertEquals(1, Arrays.stream(w).map(v -> v * v).sum() / w.length, 5 * Math.sqrt(2.0 * 2 / w.length));
            double[] a = network.outer().data();
            assertTrue(Arrays.stream(a).allMatch(v -> Math.abs(v) == 1));
            double both = 0;
            for (int r = 0; r < 20_000; r++) {
                both += a[2 * r] * a[2 * r + 1] / 20_000;
            }
            assertEquals(0, both, 5 / Math.sqrt(10_000));
        }
    }

    @Nested
    class Invariance {
        private final Dense z = Rng.of(1).normal(70, 3);
        private final Dense y = Rng.of(2).normal(70, 2);

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 5})
        void threadsDoNotChangeABit(int threads) {
            var start = ReluNetwork.antisymmetric(3, 2, 3_000, Rng.of(3));
            var one = Tasks.withThreads(1, () -> ReluDescent.on(z, y).rate(0.5).run(start, 5));
            var many = Tasks.withThreads(threads, () -> ReluDescent.on(z, y).rate(0.5).run(start, 5));
            assertArrayEquals(one.hidden().data(), many.hidden().data());
        }

        @Test
        void trainingInPiecesIsTrainingAtOnceAndLeavesTheStartAlone() {
            var start = ReluNetwork.random(3, 2, 300, Rng.of(3));
            double[] before = start.hidden().data();
            var descent = ReluDescent.on(z, y).rate(0.5).bothLayers();
            var once = descent.run(start, 6);
            assertArrayEquals(once.hidden().data(), descent.run(descent.run(start, 2), 4).hidden().data());
            assertArrayEquals(before, start.hidden().data());
            assertArrayEquals(before, descent.run(start, 0).hidden().data());
        }

        @Test
        void valuesScaleWithTheInputs() {
            var network = ReluNetwork.random(3, 2, 300, Rng.of(3));
            double[] twice = Arrays.stream(z.data()).map(v -> 2 * v).toArray();
            double[] values = network.at(z).data();
            double[] doubled = network.at(Dense.of("z", twice, 70, 3)).data();
            Arrays.setAll(values, i -> 2 * values[i]);
            assertArrayEquals(values, doubled);
        }
    }

    @Nested
    class Agreement {
        /** Sizes around the pieces: 512 units, 512 points, four coordinates. Rounding only. */
        @ParameterizedTest
        @CsvSource({
            "1, 1, 1, 1", "3, 2, 255, 7", "4, 1, 512, 511", "5, 3, 513, 513", "9, 2, 1030, 30", "2, 4, 64, 1030"
        })
        void stepsAreThoseOfADoubleLoop(int p, int d, int m, int n) {
            Dense z = Rng.of(1).normal(n, p);
            Dense y = Rng.of(2).normal(n, d);
            var start = ReluNetwork.random(p, d, m, Rng.of(3));
            for (boolean both : new boolean[] {false, true}) {
                var descent = ReluDescent.on(z, y).rate(0.3);
                var trained = (both ? descent.bothLayers() : descent).run(start, 3);
                double[][] w = start.hidden().toRows();
                double[][] a = start.outer().toRows();
                for (int step = 0; step < 3; step++) {
                    plainStep(w, a, z.toRows(), y.toRows(), 0.3, both);
                }
                assertArrayEquals(Dense.of("w", w).data(), trained.hidden().data(), 1e-13);
                assertArrayEquals(Dense.of("a", a).data(), trained.outer().data(), 1e-13);
                double[][] f = values(w, a, z.toRows());
                assertArrayEquals(Dense.of("f", f).data(), trained.at(z).data(), 1e-12);
            }
        }

        /** The step is minus the rate times the gradient of the loss: central differences, error 1e-9. */
        @Test
        void stepsFollowTheGradientOfTheLoss() {
            Dense z = Rng.of(4).normal(20, 3);
            var descent = ReluDescent.on(z, Rng.of(5).normal(20, 2)).rate(1).bothLayers();
            var start = ReluNetwork.random(3, 2, 6, Rng.of(6));
            double[] w = start.hidden().data();
            double[] a = start.outer().data();
            var after = descent.step(start);
            for (int k = 0; k < w.length; k++) {
                double slope = (descent.loss(network(w, k, 1e-6, a, -1)) - descent.loss(network(w, k, -1e-6, a, -1)))
                        / 2e-6;
                assertEquals(slope, w[k] - after.hidden().data()[k], 1e-8);
            }
            for (int k = 0; k < a.length; k++) {
                double slope = (descent.loss(network(w, -1, 1e-6, a, k)) - descent.loss(network(w, -1, -1e-6, a, k)))
                        / 2e-6;
                assertEquals(slope, a[k] - after.outer().data()[k], 1e-8);
            }
        }

        private ReluNetwork network(double[] w, int k, double step, double[] a, int l) {
            double[] hidden = w.clone();
            double[] outer = a.clone();
            if (k >= 0) {
                hidden[k] += step;
            } else {
                outer[l] += step;
            }
            return ReluNetwork.of(Dense.of("w", hidden, 6, 3), Dense.of("a", outer, 6, 2));
        }

        /** In the first step the network's change is that of descent with its own tangent kernel, to second order. */
        @Test
        void theFirstStepIsThatOfTheTangentKernel() {
            Dense z = Rng.of(7).normal(10, 3);
            Dense y = Rng.of(8).normal(10, 1);
            var start = ReluNetwork.antisymmetric(3, 1, 500, Rng.of(9));
            double[] f = ReluDescent.on(z, y).rate(1e-5).step(start).at(z).data();
            double[] kernel = start.tangent(z, 0, 0).data();
            for (int i = 0; i < 10; i++) {
                double expected = 0;
                for (int j = 0; j < 10; j++) {
                    expected += 1e-5 / 10 * kernel[i * 10 + j] * y.data()[j];
                }
                assertEquals(expected, f[i], 1e-9);
            }
        }

        @Test
        void wideNetworksFollowKernelDescent() {
            Dense z = Rng.of(1).normal(30, 3);
            Dense y = Rng.of(2).normal(30, 2);
            double[] kernel = KernelRegression.of(TangentKernel.firstLayer(), z, y)
                    .fitted(SpectralFilter.descent(0.5, 50)).data();
            double[] errors = new double[2];
            for (int seed = 0; seed < 4; seed++) {
                for (int k = 0; k < 2; k++) {
                    var start = ReluNetwork.antisymmetric(3, 2, k == 0 ? 128 : 8192, Rng.of(seed));
                    double[] f = ReluDescent.on(z, y).rate(0.5).run(start, 50).at(z).data();
                    for (int i = 0; i < f.length; i++) {
                        errors[k] += Math.pow(f[i] - kernel[i], 2) / f.length / 4;
                    }
                }
            }
            // 64 times the width, so an eighth of the rms difference; seeds vary it by a fifth.
            assertEquals(8, Math.sqrt(errors[0] / errors[1]), 3.5);
            assertTrue(Math.sqrt(errors[1]) < 0.05, "rms difference " + Math.sqrt(errors[1]));
        }
    }

    @Nested
    class BadInput {
        private final Dense z = Rng.of(1).normal(5, 3);

        @Test
        void rejectsZeroAndOddWidths() {
            assertThrows(IllegalArgumentException.class, () -> ReluNetwork.antisymmetric(3, 1, 0, Rng.of(1)));
            var e = assertThrows(
                    IllegalArgumentException.class, () -> ReluNetwork.antisymmetric(3, 1, 7, Rng.of(1)));
            assertEquals("width must be even, was 7", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> ReluNetwork.random(0, 1, 8, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> ReluNetwork.random(1, 0, 8, Rng.of(1)));
        }

        @Test
        void rejectsShapesThatDoNotFit() {
            var network = ReluNetwork.random(3, 2, 8, Rng.of(1));
            assertThrows(IllegalArgumentException.class, () -> network.at(new double[][] {{1, 2}}));
            assertThrows(IllegalArgumentException.class, () -> network.at(new double[][] {{1, 2, Double.NaN}}));
            assertThrows(IllegalArgumentException.class, () -> network.tangent(z, 0, 2));
            assertThrows(IllegalArgumentException.class, () -> ReluDescent.on(z, Rng.of(1).normal(4, 2)));
            var descent = ReluDescent.on(z, Rng.of(1).normal(5, 1));
            var e = assertThrows(IllegalArgumentException.class, () -> descent.run(network, 1));
            assertEquals("outputs of the network must be of shape [1], was [2]", e.getMessage());
        }

        @Test
        void rejectsNegativeStepsZeroRatesAndRatesThatOverflow() {
            var network = ReluNetwork.random(3, 1, 8, Rng.of(1));
            var descent = ReluDescent.on(z, Rng.of(1).normal(5, 1));
            assertThrows(IllegalArgumentException.class, () -> descent.run(network, -1));
            assertThrows(IllegalArgumentException.class, () -> descent.rate(0));
            assertThrows(IllegalArgumentException.class, () -> descent.rate(1e200).bothLayers().run(network, 50));
        }

        @Test
        void canBeStopped() {
            var network = ReluNetwork.random(3, 1, 8, Rng.of(1));
            var descent = ReluDescent.on(z, Rng.of(1).normal(5, 1));
            Thread.currentThread().interrupt();
            assertThrows(Interrupted.class, () -> descent.run(network, 1_000_000));
        }
    }

    private static double[][] values(double[][] w, double[][] a, double[][] z) {
        double[][] f = new double[z.length][a[0].length];
        for (int j = 0; j < z.length; j++) {
            for (int r = 0; r < w.length; r++) {
                double p = Math.max(0, dot(w[r], z[j]));
                for (int i = 0; i < a[0].length; i++) {
                    f[j][i] += a[r][i] * p / Math.sqrt(w.length);
                }
            }
        }
        return f;
    }

    private static void plainStep(double[][] w, double[][] a, double[][] z, double[][] y, double rate, boolean both) {
        double[][] f = values(w, a, z);
        for (int r = 0; r < w.length; r++) {
            double[] gw = new double[w[r].length];
            double[] ga = new double[a[r].length];
            for (int j = 0; j < z.length; j++) {
                double p = dot(w[r], z[j]);
                for (int i = 0; i < a[r].length && p > 0; i++) {
                    double e = f[j][i] - y[j][i];
                    ga[i] += e * p;
                    for (int k = 0; k < gw.length; k++) {
                        gw[k] += e * a[r][i] * z[j][k];
                    }
                }
            }
            double scale = rate / (z.length * Math.sqrt(w.length));
            for (int k = 0; k < gw.length; k++) {
                w[r][k] -= scale * gw[k];
            }
            for (int i = 0; i < ga.length && both; i++) {
                a[r][i] -= scale * ga[i];
            }
        }
    }

    private static double dot(double[] x, double[] z) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * z[k];
        }
        return sum;
    }
}
