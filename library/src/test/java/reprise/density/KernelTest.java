package reprise.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.backend.Backends;
import reprise.linalg.Eigen;
import reprise.prob.SpecialFunctions;
import reprise.random.Rng;

class KernelTest {
    private static final List<Kernel> ALL = List.of(
            Kernel.gaussian(1.3), Kernel.laplace(0.8), Kernel.matern(1.5, 0.8), Kernel.matern(2.5, 0.8),
            Kernel.matern(0.05, 1), Kernel.matern(4, 0.5), Kernel.inverseMultiquadric(0.5, 2),
            Kernel.inverseMultiquadric(1.7, 2), Kernel.bSpline(2, 1.5), Kernel.bSpline(6, 0.7), Kernel.sinc(0.6),
            Kernel.radial("triple rational", r -> 3 / (1 + r * r)), Kernel.gaussian(2).plus(Kernel.laplace(1)));

    private static double at(Kernel k, double... difference) {
        return k.value(new double[difference.length], difference);
    }

    @Nested
    class ClosedForm {
        /** r = 2.5, by the formulas; a rounding or two. */
        @Test
        void valuesAtADistance() {
            assertEquals(Math.exp(-6.25 / 8), at(Kernel.gaussian(2), 1.5, -2), 1e-15);
            assertEquals(Math.exp(-1.25), at(Kernel.laplace(2), 1.5, -2), 1e-15);
            assertEquals(2.25 * Math.exp(-1.25), at(Kernel.matern(1.5, 2), 1.5, -2), 1e-15);
            assertEquals((2.25 + 1.5625 / 3) * Math.exp(-1.25), at(Kernel.matern(2.5, 2), 1.5, -2), 1e-15);
            assertEquals(1 / Math.sqrt(1 + 6.25 / 4), at(Kernel.inverseMultiquadric(0.5, 2), 1.5, -2), 1e-15);
            assertEquals(Math.pow(1 + 6.25 / 4, -3), at(Kernel.inverseMultiquadric(3, 2), 1.5, -2), 1e-15);
            double sinc = Math.sin(0.75) / 0.75 * Math.sin(1) / 1;
            assertEquals(sinc, at(Kernel.sinc(2), 1.5, -2), 1e-15);
        }

        @Test
        void radialIsAnyFunctionOfTheDistance() {
            Kernel own = Kernel.radial("bump", r -> 2 * Math.exp(-r * r / 8));
            assertEquals(2 * at(Kernel.gaussian(2), 1.5, -2), at(own, 1.5, -2), 1e-15);
            assertEquals(2, own.atZero());
        }

        /** The triangle; the cubic spline has 2/3 at 0, 1/6 at 1 and 23/48 at 1/2. */
        @Test
        void splinesOfLowOrder() {
            assertEquals(0.7 * 0.5, at(Kernel.bSpline(2, 1), 0.3, -0.5), 1e-15);
            assertEquals(0, at(Kernel.bSpline(2, 1), 0.3, 1), 0);
            assertEquals(0.25 * 23 / 32, at(Kernel.bSpline(4, 2), -2, 1), 1e-15);
        }

        @Test
        void oneForEqualPointsAndTwoForASum() {
            for (Kernel k : ALL) {
                assertEquals(k.atZero(), at(k, 0, 0, 0), 1e-15, k.toString());
            }
            assertEquals(2, ALL.get(ALL.size() - 1).atZero());
        }

        /** The table's error is below 1e-11: 0.004^4 / 384 times the fourth derivative. */
        @ParameterizedTest
        @ValueSource(doubles = {0.05, 0.49, 0.51, 1, 7.3})
        void maternOfAnyOrderIsBessels(double nu) {
            Kernel k = Kernel.matern(nu, 2);
            double constant = Math.pow(2, 1 - nu) / Math.exp(SpecialFunctions.logGamma(nu));
            for (double z = 1e-15; z < 80; z *= 1.37) {
                double expected = constant * Math.pow(z, nu) * SpecialFunctions.besselK(nu, z);
                assertEquals(expected, at(k, 2 * z), 2e-11, "z = " + z);
            }
        }

        /** The root kernel convolved with itself is the kernel: trapezoidal rule with step 0.01, kinks cost 1e-4. */
        @Test
        void rootsConvolveToTheKernelOnTheLine() {
            for (Kernel k : List.of(Kernel.gaussian(1.3), Kernel.matern(1.5, 0.8), Kernel.matern(2, 0.8),
                    Kernel.bSpline(4, 1), Kernel.bSpline(8, 0.9))) {
                Kernel root = k.power(0.5, 1);
                double[] convolved = new double[3];
                for (int lag = 0; lag < 3; lag++) {
                    for (int i = -3000; i <= 3000; i++) {
                        convolved[lag] += at(root, i * 0.01) * at(root, lag * 0.7 - i * 0.01);
                    }
                }
                assertEquals(at(k, 0.7), convolved[1] / convolved[0], 1e-4, k.toString());
                assertEquals(at(k, 1.4), convolved[2] / convolved[0], 1e-4, k.toString());
            }
        }

        @Test
        void powersKeepTheFamily() {
            assertEquals("gaussian(bandwidth = 1.0)", Kernel.gaussian(2).power(0.25, 7).toString());
            assertEquals("laplace(scale = 3.0)", Kernel.matern(1.5, 3).power(0.5, 1).toString());
            assertEquals(at(Kernel.matern(0.05, 3), 1, 1), at(Kernel.laplace(3).power(0.7, 2), 1, 1), 1e-10);
            assertEquals("bSpline(order = 4, scale = 3.0)", Kernel.bSpline(6, 3).power(2 / 3.0, 5).toString());
            assertEquals("sinc(scale = 3.0)", Kernel.sinc(3).power(0.1, 5).toString());
        }
    }

    @Nested
    class Invariance {
        private final Dense x = Rng.of(1).normal(60, 2);

        @Test
        void positiveSemidefiniteAndSymmetric() {
            for (Kernel k : ALL) {
                Dense gram = k.gram(x, x);
                for (int i = 0; i < 60; i++) {
                    for (int j = 0; j < i; j++) {
                        assertEquals(gram.data()[60 * i + j], gram.data()[60 * j + i], 1e-15, k.toString());
                    }
                }
                // The table of matern(4) is exact to 1e-11 an entry, so 60 entries may make -6e-10.
                assertTrue(Eigen.symmetricValues(gram)[0] > -1e-9, k.toString());
            }
        }

        @Test
        void underTranslationAndScaling() {
            double[] a = {1, -2};
            double[] b = {0.3, -1.1};
            double[] c = {100 + 7, 100 - 14};
            double[] e = {100 + 2.1, 100 - 7.7};
            assertEquals(Kernel.gaussian(1.3).value(a, b), Kernel.gaussian(9.1).value(c, e), 1e-13);
            assertEquals(Kernel.matern(0.7, 1.3).value(a, b), Kernel.matern(0.7, 9.1).value(c, e), 1e-10);
            assertEquals(Kernel.bSpline(4, 1.3).value(a, b), Kernel.bSpline(4, 9.1).value(c, e), 1e-13);
        }
    }

    @Nested
    class Agreement {
        private final Dense x = Rng.of(2).normal(5, 3);
        private final Dense y = Rng.of(3).normal(300, 3);

        @AfterEach
        void useDefault() {
            Backends.useDefault();
        }

        /** Sums of 300 terms below 2; the backend's log costs some digits. */
        @Test
        void sumsAreThoseOfTheMatrixOnAnyBackend() {
            double[] positive = Rng.of(4).normal(300, 1).data();
            double[] signed = positive.clone();
            for (int j = 0; j < 300; j++) {
                positive[j] *= positive[j];
            }
            for (String backend : List.of("cpu", "nd4j")) {
                Backends.use(backend);
                for (Kernel k : ALL) {
                    double[] gram = k.gram(x, y).data();
                    for (double[] w : new double[][] {positive, signed, new double[300]}) {
                        double[] expected = new double[5];
                        for (int i = 0; i < 5 * 300; i++) {
                            expected[i / 300] += w[i % 300] * gram[i];
                        }
                        assertArrayEquals(expected, k.sums(x, y, w), 1e-11, k + " " + backend);
                    }
                }
            }
        }

        @Test
        void matrixHoldsTheValuesAndEveryKindOfArrayGivesTheSame() {
            double[][] rows = y.toRows();
            for (Kernel k : ALL) {
                double[][] gram = k.gram(x.toRows(), rows);
                assertEquals(k.value(x.toRows()[3], rows[299]), gram[3][299], 1e-15, k.toString());
                assertArrayEquals(gram[4], k.gram(x.toArray(), Nd4j.create(rows)).toDoubleMatrix()[4]);
            }
            double[] ones = new double[300];
            double[] sums = Kernel.sinc(1).sums(x.toRows(), rows, ones);
            assertArrayEquals(sums, Kernel.sinc(1).sums(x.toArray(), y.toArray(), ones).toDoubleVector());
        }
    }

    @Nested
    class BadInput {
        @ParameterizedTest
        @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
        void rejectsScalesThatAreNotPositive(double s) {
            var e = assertThrows(IllegalArgumentException.class, () -> Kernel.gaussian(s));
            assertEquals("bandwidth must be > 0 and finite, was " + s, e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> Kernel.laplace(s));
            assertThrows(IllegalArgumentException.class, () -> Kernel.matern(s, 1));
            assertThrows(IllegalArgumentException.class, () -> Kernel.matern(1, s));
            assertThrows(IllegalArgumentException.class, () -> Kernel.inverseMultiquadric(s, 1));
            assertThrows(IllegalArgumentException.class, () -> Kernel.inverseMultiquadric(1, s));
            assertThrows(IllegalArgumentException.class, () -> Kernel.bSpline(2, s));
            assertThrows(IllegalArgumentException.class, () -> Kernel.sinc(s));
            assertThrows(IllegalArgumentException.class, () -> Kernel.sinc(1).power(s, 1));
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1, 3, 18})
        void rejectsOddSplines(int order) {
            var e = assertThrows(IllegalArgumentException.class, () -> Kernel.bSpline(order, 1));
            assertEquals("order must be even, >= 2 and <= 16, was " + order, e.getMessage());
        }

        /** At alpha = d / (2 nu + d) the power's spectral density is no longer integrable. */
        @ParameterizedTest
        @CsvSource({"0.5, 1", "0.66, 2", "0.7, 10"})
        void rejectsPowersThatAreNoKernels(double alpha, int d) {
            var e = assertThrows(IllegalArgumentException.class, () -> Kernel.laplace(1).power(alpha, d));
            assertTrue(e.getMessage().startsWith("alpha must be > "), e.getMessage());
            assertTrue(e.getMessage().endsWith("in dimension " + d + ", or the power has no kernel; was " + alpha));
        }

        @Test
        void rejectsPowersWithoutAClosedForm() {
            assertThrows(IllegalArgumentException.class, () -> Kernel.inverseMultiquadric(0.5, 1).power(0.5, 2));
            assertThrows(IllegalArgumentException.class, () -> ALL.get(ALL.size() - 1).power(0.5, 2));
            assertThrows(IllegalArgumentException.class, () -> Kernel.bSpline(4, 1).power(0.75, 2));
        }

        @Test
        void rejectsFunctionsThatAreNoKernels() {
            var e = assertThrows(IllegalArgumentException.class, () -> Kernel.radial("minus", r -> -r));
            assertEquals("minus at distance 0 must be > 0 and finite, was -0.0", e.getMessage());
            Kernel gap = Kernel.radial("gap", r -> r > 1 ? Double.NaN : 1);
            e = assertThrows(IllegalArgumentException.class, () -> at(gap, 2));
            assertEquals("gap at distance 2.0 must be finite, was NaN", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> gap.power(0.5, 1));
        }

        @Test
        void rejectsOtherDimensionsNaNAndWeights() {
            Kernel k = Kernel.gaussian(1);
            var e = assertThrows(IllegalArgumentException.class,
                    () -> k.gram(new double[][] {{1, 2}}, new double[][] {{1}}));
            assertEquals("y must be of shape [1, 2], was [1, 1]", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> k.value(new double[1], new double[] {Double.NaN}));
            double[][] one = {{1}};
            assertThrows(IllegalArgumentException.class, () -> k.sums(one, one, 1, 2));
            assertThrows(IllegalArgumentException.class, () -> k.sums(one, one, Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> k.gram(new double[0][], one));
        }
    }
}
