package reprise.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.backend.Backends;
import reprise.parallel.Interrupted;
import reprise.random.Rng;

class KernelDensityTest {
    @Nested
    class ClosedForm {
        /** One kernel: log density -d/2 log(2 pi h^2) - |x - y|^2 / (2 h^2), down to exponents of -1e5 and 1e-6 wide. */
        @ParameterizedTest
        @CsvSource({"0.7, 1", "0.7, 300", "1e-6, 1e-6", "1e-6, 1", "1e3, 1e5"})
        void ofOnePointIsTheKernel(double h, double distance) {
            var kde = KernelDensity.gaussian(new double[][] {{1, 2, 3}}).bandwidth(h);
            double x = 2 + distance;
            double expected = -1.5 * Math.log(2 * Math.PI * h * h) - (x - 2) * (x - 2) / (2 * h * h);
            assertEquals(expected, kde.logDensity(new double[][] {{1, x, 3}})[0], 1e-14 * Math.abs(expected) + 1e-13);
            assertEquals(-(x - 2) / (h * h), kde.score(new double[][] {{1, x, 3}})[0][1], 1e-13 * distance / (h * h));
            assertEquals(1, kde.participation(new double[][] {{1, x, 3}})[0], 1e-12);
        }

        /** Halfway between two points both weigh the same, whatever the distance. */
        @Test
        void ofTwoPointsIsTwiceTheKernelHalfway() {
            var kde = KernelDensity.gaussian(new double[][] {{-400}, {400}}).bandwidth(1);
            double expected = -0.5 * Math.log(2 * Math.PI) - 80_000;
            assertEquals(expected, kde.logDensity(new double[][] {{0}})[0], 1e-10);
            assertEquals(0, kde.score(new double[][] {{0}})[0][0], 1e-9);
            assertEquals(0.5, kde.participation(new double[][] {{0}})[0], 1e-9);
        }

        @Test
        void followsGivenWeights() {
            var points = KernelDensity.gaussian(new double[][] {{-1}, {1}, {5}});
            var kde = points.weights(3, 1, 0).bandwidth(0.5);
            double k = Math.exp(-2) / Math.sqrt(2 * Math.PI) / 0.5;
            assertEquals(Math.log(k), kde.logDensity(new double[][] {{0}})[0], 1e-14);
            assertEquals((0.25 - 0.75) / 0.25, kde.score(new double[][] {{0}})[0][0], 1e-13);
            assertEquals(10.0 / 16, kde.participation(new double[][] {{0}})[0], 1e-13);
        }

        /** Over many draws of standard normal points the mean density is N(0, 1 + h^2); five standard errors. */
        @Test
        void smoothsAGaussianOnAverage() {
            double h = 0.4;
            int n = 100_000;
            double[][] x = {{0}, {0.5}, {-1.5}, {3}};
            var kde = KernelDensity.gaussian(Rng.of(2).normal(n, 1)).bandwidth(h);
            double[] logp = kde.logDensity(x);
            for (int i = 0; i < x.length; i++) {
                double mean = normal(x[i][0], 1 + h * h);
                // E K^2 = N(x; 0, 1 + h^2 / 2) / (2 h sqrt(pi)).
                double second = normal(x[i][0], 1 + h * h / 2) / (2 * h * Math.sqrt(Math.PI));
                assertEquals(mean, Math.exp(logp[i]), 5 * Math.sqrt((second - mean * mean) / n));
            }
        }

        /** The table of the paper's card: alpha and h_G to four digits. */
        @ParameterizedTest
        @CsvSource({"0.07, 1.5518", "0.10, 1.3708", "0.20, 1.0457", "0.30, 0.8677", "0.50, 0.6521"})
        void condensationBorderOfUnitVariance(double alpha, double h) {
            assertEquals(h, Bandwidth.Condensation.border(alpha, 1, 1, 1), 5e-5);
            assertEquals(7 * h, Bandwidth.Condensation.border(alpha, 49), 4e-4);
        }

        @Test
        void condensationBorderTendsToItsLimits() {
            // h_G -> n^(-1/d) = exp(-alpha) for large alpha, h_G^2 -> sqrt(3 / (4 alpha)) for small; next orders below.
            assertEquals(1, Bandwidth.Condensation.border(12, 1) * Math.exp(12), 1e-9);
            assertEquals(1, Math.pow(Bandwidth.Condensation.border(1e-10, 1), 2) / Math.sqrt(0.75e10), 1e-4);
        }

        @Test
        void condensationUsesPrincipalVariancesNotCoordinates() {
            double[] data = Rng.of(3).normal(400, 2).data();
            for (int i = 0; i < 400; i++) {
                double a = 3 * data[2 * i];
                double b = 0.2 * data[2 * i + 1];
                data[2 * i] = 0.6 * a - 0.8 * b;
                data[2 * i + 1] = 0.8 * a + 0.6 * b;
            }
            var y = Dense.of("y", data, 400, 2);
            double[] variances = Spread.principalVariances(y);
            Arrays.sort(variances);
            // A sample variance of n normals has relative standard error sqrt(2 / n).
            assertEquals(0.04, variances[0], 5 * 0.04 * Math.sqrt(2 / 400.0));
            assertEquals(9, variances[1], 5 * 9 * Math.sqrt(2 / 400.0));
            assertEquals(
                    Bandwidth.Condensation.border(Math.log(400) / 2, variances),
                    Bandwidth.condensation().of(y), 1e-12);
        }

        /** y = -1, 1 have variance 2: by hand, 2^0.5 n^(-1/5) and (4/3)^(1/5) times that. */
        @Test
        void rulesOfThumb() {
            var y = Dense.of("y", new double[][] {{-1}, {1}});
            double scott = Math.sqrt(2) * Math.pow(2, -0.2);
            assertEquals(scott, Bandwidth.scott().of(y), 1e-15);
            assertEquals(scott * Math.pow(4 / 3.0, 0.2), Bandwidth.silverman().of(y), 1e-15);
        }

        /** Two points at distance r: log N(r; h) has its maximum at h = r / sqrt(d). */
        @ParameterizedTest
        @ValueSource(ints = {1, 4})
        void leaveOneOutOfTwoPoints(int d) {
            double[][] y = new double[2][d];
            y[1][0] = 3;
            // The search ends within 0.1 %.
            assertEquals(3 / Math.sqrt(d), Bandwidth.leaveOneOut().of(Dense.of("y", y)), 3e-3 / Math.sqrt(d));
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 63, 64, 65, 129, 300})
        void leaveOneOutSumsEveryPairOnceEvenWhereOnePointIsAlmostAll(int n) {
            int d = 40;
            var y = Rng.of(3).normal(n, d);
            double h = 0.4;
            double expected = -n * d * Math.log(h);
            for (int i = 0; i < n; i++) {
                double[] terms = new double[n];
                for (int j = 0; j < n; j++) {
                    double squares = 0;
                    for (int k = 0; k < d; k++) {
                        squares += Math.pow(y.data()[i * d + k] - y.data()[j * d + k], 2);
                    }
                    terms[j] = i == j ? Double.NEGATIVE_INFINITY : -squares / (2 * h * h);
                }
                double top = Arrays.stream(terms).max().orElseThrow();
                expected += top + Math.log(Arrays.stream(terms).map(t -> Math.exp(t - top)).sum());
            }
            // Each term is a sum of exponents near 200, exact to some units in the 15th digit.
            assertEquals(expected, new LeaveOneOutSearch(y).likelihood(Math.log(h)), 1e-12 * Math.abs(expected));
        }

        @Test
        void leaveOneOutBeatsItsNeighboursByADirectSum() {
            double[] y = Rng.of(4).normal(60, 1).data();
            double h = Bandwidth.leaveOneOut().of(Dense.of("y", y, 60, 1));
            for (double factor : new double[] {0.5, 0.9, 0.99, 1.01, 1.1, 2}) {
                assertTrue(likelihood(y, h) >= likelihood(y, h * factor), "factor " + factor);
            }
        }

        private double likelihood(double[] y, double h) {
            double total = 0;
            for (int i = 0; i < y.length; i++) {
                double sum = 0;
                for (int j = 0; j < y.length; j++) {
                    sum += i == j ? 0 : normal(y[i] - y[j], h * h);
                }
                total += Math.log(sum / (y.length - 1));
            }
            return total;
        }
    }

    @Nested
    class Invariance {
        private final double[][] y = rows(Rng.of(5).split("y").normal(300, 3));
        private final double[][] x = rows(Rng.of(5).split("x").normal(20, 3));
        private final double[] logp = KernelDensity.gaussian(y).bandwidth(0.5).logDensity(x);

        @Test
        void underTranslation() {
            assertArrayEquals(logp, moved(1, 1000).logDensity(move(x, 1, 1000)), 1e-9);
        }

        @Test
        void underRotation() {
            assertArrayEquals(logp, KernelDensity.gaussian(turn(y)).bandwidth(0.5).logDensity(turn(x)), 1e-11);
        }

        @Test
        void underPermutation() {
            double[][] shuffled = new double[y.length][];
            int[] order = Rng.of(6).permutation(y.length);
            Arrays.setAll(shuffled, i -> y[order[i]]);
            assertArrayEquals(logp, KernelDensity.gaussian(shuffled).bandwidth(0.5).logDensity(x), 1e-11);
        }

        @ParameterizedTest
        @ValueSource(doubles = {1e-6, 0.3, 1e6})
        void underScalingOfEverything(double s) {
            double[] scaled = KernelDensity.gaussian(move(y, s, 0)).bandwidth(0.5 * s).logDensity(move(x, s, 0));
            for (int i = 0; i < scaled.length; i++) {
                assertEquals(logp[i] - 3 * Math.log(s), scaled[i], 1e-11);
            }
        }

        @Test
        void ofEveryRuleUnderTranslationAndScaling() {
            var rules = new Bandwidth[] {
                Bandwidth.scott(), Bandwidth.silverman(), Bandwidth.leaveOneOut(), Bandwidth.condensation()
            };
            for (var rule : rules) {
                double h = rule.of(Dense.of("y", y));
                // The search over log h ends within 1e-5.
                assertEquals(7, rule.of(Dense.of("y", move(y, 7, 2))) / h, 1e-4, rule.toString());
            }
        }

        private KernelDensity moved(double scale, double shift) {
            return KernelDensity.gaussian(move(y, scale, shift)).bandwidth(0.5 * scale);
        }
    }

    @Nested
    class Agreement {
        private final double[][] y = rows(Rng.of(7).split("y").normal(200, 4));
        private final double[][] x = rows(Rng.of(7).split("x").normal(10, 4));

        @AfterEach
        void useDefault() {
            Backends.useDefault();
        }

        /** Central differences with step 1e-5: error 1e-10 / h^4 from the third derivative, 1e-11 from rounding. */
        @Test
        void scoreIsTheGradientOfTheLogDensity() {
            var kde = KernelDensity.gaussian(y).bandwidth(0.6);
            double[][] score = kde.score(x);
            for (int i = 0; i < x.length; i++) {
                for (int k = 0; k < 4; k++) {
                    double[] up = x[i].clone();
                    double[] down = x[i].clone();
                    up[k] += 1e-5;
                    down[k] -= 1e-5;
                    double[] two = kde.logDensity(new double[][] {up, down});
                    assertEquals((two[0] - two[1]) / 2e-5, score[i][k], 1e-7);
                }
            }
        }

        @Test
        void arraysAndNd4jArraysGiveTheSame() {
            var kde = KernelDensity.gaussian(Nd4j.create(y)).bandwidth(0.6);
            var plain = KernelDensity.gaussian(y).bandwidth(0.6);
            var queries = Nd4j.create(x);
            assertArrayEquals(plain.logDensity(x), kde.logDensity(queries).toDoubleVector());
            assertArrayEquals(plain.participation(x), kde.participation(queries).toDoubleVector());
            assertArrayEquals(plain.score(x)[3], kde.score(queries).toDoubleMatrix()[3]);
        }

        @Test
        void backendsAgreeAndAreFixedWhenThePointsAreGiven() {
            double[] cpu = KernelDensity.gaussian(y).bandwidth(0.6).logDensity(x);
            Backends.use("nd4j");
            var kde = KernelDensity.gaussian(y).bandwidth(0.6);
            assertArrayEquals(cpu, kde.logDensity(x), 1e-11);
        }

        @Test
        void participationIsTheSumOfSquaredShares() {
            double h = 0.6;
            double[] participation = KernelDensity.gaussian(y).bandwidth(h).participation(x);
            for (int i = 0; i < x.length; i++) {
                double sum = 0;
                double squares = 0;
                for (double[] point : y) {
                    double r = 0;
                    for (int k = 0; k < 4; k++) {
                        r += (x[i][k] - point[k]) * (x[i][k] - point[k]);
                    }
                    double kernel = Math.exp(-r / (2 * h * h));
                    sum += kernel;
                    squares += kernel * kernel;
                }
                assertEquals(squares / (sum * sum), participation[i], 1e-11);
            }
        }
    }

    @Nested
    class BadInput {
        @ParameterizedTest
        @ValueSource(doubles = {0, -0.3, Double.NaN, Double.POSITIVE_INFINITY})
        void rejectsABandwidthThatIsNotPositive(double h) {
            var e = assertThrows(IllegalArgumentException.class,
                    () -> KernelDensity.gaussian(new double[][] {{1}}).bandwidth(h));
            assertEquals("bandwidth must be > 0 and finite, was " + h, e.getMessage());
        }

        @Test
        void rejectsNoPointsNaNAndOtherDimensions() {
            assertThrows(IllegalArgumentException.class, () -> KernelDensity.gaussian(new double[0][]));
            assertThrows(IllegalArgumentException.class, () -> KernelDensity.gaussian(new double[][] {{Double.NaN}}));
            var kde = KernelDensity.gaussian(new double[][] {{1, 2}}).bandwidth(1);
            var e = assertThrows(IllegalArgumentException.class, () -> kde.score(new double[][] {{1, 2, 3}}));
            assertEquals("x must be of shape [1, 2], was [1, 3]", e.getMessage());
        }

        @Test
        void rejectsWeightsThatAreNone() {
            var points = KernelDensity.gaussian(new double[][] {{1}, {2}});
            for (double[] bad : new double[][] {{1}, {0, 0}, {1, -1}, {1, Double.NaN}}) {
                assertThrows(IllegalArgumentException.class, () -> points.weights(bad));
            }
        }

        @Test
        void rulesRejectOnePointAndEqualPoints() {
            var rules = new Bandwidth[] {
                Bandwidth.scott(), Bandwidth.silverman(), Bandwidth.leaveOneOut(), Bandwidth.condensation()
            };
            for (var rule : rules) {
                var one = Dense.of("y", new double[][] {{1, 2}});
                var equal = Dense.of("y", new double[][] {{1, 2}, {1, 2}, {1, 2}});
                assertThrows(IllegalArgumentException.class, () -> rule.of(one), rule.toString());
                assertThrows(IllegalArgumentException.class, () -> rule.of(equal), rule.toString());
            }
        }

        @Test
        void leaveOneOutRejectsPointsThatAllHaveATwin() {
            var twins = Dense.of("y", new double[][] {{1}, {1}, {4}, {4}});
            assertThrows(IllegalArgumentException.class, () -> Bandwidth.leaveOneOut().of(twins));
        }

        @Test
        void leaveOneOutCanBeStopped() {
            var points = Rng.of(1).normal(50, 2);
            Thread.currentThread().interrupt();
            assertThrows(Interrupted.class, () -> Bandwidth.leaveOneOut().of(points));
        }
    }

    private static double normal(double x, double variance) {
        return Math.exp(-x * x / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);
    }

    private static double[][] rows(Dense x) {
        double[][] rows = new double[x.rows()][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(x.data(), i * x.columns(), (i + 1) * x.columns()));
        return rows;
    }

    private static double[][] move(double[][] x, double scale, double shift) {
        return Arrays.stream(x)
                .map(row -> Arrays.stream(row).map(v -> v * scale + shift).toArray())
                .toArray(double[][]::new);
    }

    private static double[][] turn(double[][] x) {
        return Arrays.stream(x)
                .map(r -> new double[] {0.6 * r[0] - 0.8 * r[1], 0.8 * r[0] + 0.6 * r[1], -r[2]})
                .toArray(double[][]::new);
    }
}
