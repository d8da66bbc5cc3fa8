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
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.linalg.Eigen;
import reprise.random.Rng;
import reprise.tensor.Grad;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

class TangentKernelTest {
    @Nested
    class ClosedForm {
        /** k = |x| |z| cos t (pi - t) / 2 pi, by hand. */
        @ParameterizedTest
        @CsvSource({"0", "0.3", "1.5707963267948966", "2.5", "3.141592653589793"})
        void firstLayerIsInnerProductTimesTheShareOfUnitsThatSeeBoth(double angle) {
            double[] x = {2, 0};
            double[] z = {3 * Math.cos(angle), 3 * Math.sin(angle)};
            double expected = 6 * Math.cos(angle) * (Math.PI - angle) / (2 * Math.PI);
            assertEquals(expected, TangentKernel.firstLayer().between(x, z), 1e-14);
            double outer = 6 * (Math.sin(angle) + (Math.PI - angle) * Math.cos(angle)) / (2 * Math.PI);
            assertEquals(expected + outer, TangentKernel.relu(1).between(x, z), 1e-14);
        }

        @Test
        void ofAPointWithItselfIsItsSquareOverTwoForEachTrainedLayer() {
            double[] x = {1, -2, 0.5};
            assertEquals(5.25 / 2, TangentKernel.firstLayer().between(x, x), 1e-15);
            assertEquals(5.25, TangentKernel.relu(1).between(x, x), 1e-15);
            // With variance 2 and no bias: K_L(x, x) = (L + 1) |x|^2 2.
            assertEquals(2 * 4 * 5.25, TangentKernel.relu(3).variances(2, 0).between(x, x), 1e-13);
        }

        /** At an angle of 1e-6, acos of the cosine is wrong by 1e-10; the sine is not. The series to third order. */
        @ParameterizedTest
        @ValueSource(doubles = {1e-3, 1e-6, 1e-9})
        void keepsItsDigitsForPointsThatAlmostCoincideOrOppose(double angle) {
            double[] x = {1, 0};
            double[] near = {Math.cos(angle), Math.sin(angle)};
            double[] opposite = {-near[0], near[1]};
            double share = (Math.PI - angle) / (2 * Math.PI);
            var kernel = TangentKernel.firstLayer();
            assertEquals(0.5 * (1 - near[0] * 2 * share), 0.5 - kernel.between(x, near), 3e-16);
            assertEquals(-near[0] * angle / (2 * Math.PI), kernel.between(x, opposite), 3e-16 * angle);
        }

        /**
         * The recursion with the expectations over (u, v) = L e r replaced by sums over 20 000 directions e; the
         * squared radius has mean 2. The trapezoidal rule on a circle errs by about 1 / 20 000^2 at kinks.
         */
        @ParameterizedTest
        @CsvSource({"1, 1, 0", "2, 2, 0", "3, 1.5, 0.2", "2, 2, 0.7"})
        void deepKernelsFollowTheRecursionWithNumericalExpectations(int hidden, double w, double b) {
            double[] x = {0.3, -1.2, 0.8};
            double[] z = {1.1, 0.4, 0.9};
            double xx = w * dot(x, x) + b;
            double zz = w * dot(z, z) + b;
            double xz = w * dot(x, z) + b;
            double tangent = xz;
            for (int l = 0; l < hidden; l++) {
                double[] means = expectations(xx, xz, zz);
                tangent = w * means[0] + b + w * means[1] * tangent;
                double next = w * means[0] + b;
                xx = w * xx / 2 + b;
                zz = w * zz / 2 + b;
                xz = next;
            }
            // The share of directions is a step function: one part in 20 000 for each layer.
            assertEquals(tangent, TangentKernel.relu(hidden).variances(w, b).between(x, z), 2e-4 * tangent);
        }

        private double[] expectations(double xx, double xz, double zz) {
            int n = 20_000;
            double second = Math.sqrt(zz - xz * xz / xx);
            double relu = 0;
            double both = 0;
            for (int k = 0; k < n; k++) {
                double angle = 2 * Math.PI * (k + 0.5) / n;
                double u = Math.sqrt(xx) * Math.cos(angle);
                double v = xz / Math.sqrt(xx) * Math.cos(angle) + second * Math.sin(angle);
                relu += 2 * Math.max(0, u) * Math.max(0, v) / n;
                both += u > 0 && v > 0 ? 1.0 / n : 0;
            }
            return new double[] {relu, both};
        }

        @Test
        void severalOutputsMakeOneBlockEach() {
            Dense k = Dense.of("k", new double[][] {{1, 2, 3}, {4, 5, 6}});
            Dense blocks = TangentKernel.perOutput(k, 2);
            assertArrayEquals(new double[] {1, 0, 2, 0, 3, 0}, blocks.toRows()[0]);
            assertArrayEquals(new double[] {0, 4, 0, 5, 0, 6}, blocks.toRows()[3]);
        }
    }

    @Nested
    class Invariance {
        private final Dense z = Rng.of(1).normal(30, 5);

        @Test
        void underRotation() {
            double[] turned = z.data().clone();
            for (int i = 0; i < 30; i++) {
                turned[5 * i] = 0.6 * z.data()[5 * i] - 0.8 * z.data()[5 * i + 1];
                turned[5 * i + 1] = 0.8 * z.data()[5 * i] + 0.6 * z.data()[5 * i + 1];
            }
            for (var kernel : kernels()) {
                assertArrayEquals(
                        kernel.gram(z).data(), kernel.gram(Dense.of("z", turned, 30, 5)).data(), 1e-12);
            }
        }

        @Test
        void gramIsSymmetricPositiveAndTheSameAsBetween() {
            for (var kernel : kernels()) {
                Dense gram = kernel.gram(z);
                assertArrayEquals(gram.data(), kernel.between(z, z).data(), 1e-13);
                assertTrue(Eigen.symmetricValues(gram)[0] > 0);
            }
        }

        /** Without biases the kernel is homogeneous of degree 1 in each point, and 0 at the origin. */
        @Test
        void scalesWithEachPoint() {
            double[] x = {1, 2};
            double[] y = {-0.5, 1};
            double[] tripled = {-1.5, 3};
            for (var kernel : new TangentKernel[] {TangentKernel.firstLayer(), TangentKernel.relu(3)}) {
                assertEquals(3 * kernel.between(x, y), kernel.between(x, tripled), 1e-14);
                assertEquals(0, kernel.between(x, new double[2]));
            }
        }

        private TangentKernel[] kernels() {
            return new TangentKernel[] {
                TangentKernel.firstLayer(), TangentKernel.relu(1), TangentKernel.relu(3).variances(2, 0.1)
            };
        }
    }

    @Nested
    class Agreement {
        /** Entries of the finite kernel are means of m bounded numbers: the rms difference is c / sqrt(m). */
        @Test
        void wideNetworksComeNearTheKernelAtTheRateOfTheMean() {
            Dense z = Rng.of(2).normal(12, 4);
            double[] kernel = TangentKernel.firstLayer().gram(z).data();
            double[] widths = {64, 1024, 16384};
            double[] errors = new double[3];
            for (int k = 0; k < 3; k++) {
                for (int seed = 0; seed < 8; seed++) {
                    var network = ReluNetwork.antisymmetric(4, 2, (int) widths[k], Rng.of(seed));
                    double[] same = network.tangent(z, 0, 0).data();
                    double[] across = network.tangent(z, 0, 1).data();
                    for (int i = 0; i < same.length; i++) {
                        errors[k] += Math.pow(same[i] - kernel[i], 2) + Math.pow(across[i], 2);
                    }
                }
                errors[k] = Math.sqrt(errors[k]);
            }
            // Each step has 16 times the width; over seeds the ratio varies by about 10 %.
            assertEquals(4, errors[0] / errors[1], 1.2);
            assertEquals(4, errors[1] / errors[2], 1.2);
        }

        /** The Jacobian of a deep network by automatic differentiation, width 400: error at most about 2 / 20. */
        @Test
        void automaticDifferentiationOfADeepNetworkGivesTheKernel() {
            int m = 400;
            double w = 2;
            double b = 0.3;
            double[][] points = {{1, 0.5, -0.2}, {0.3, -0.8, 0.6}};
            Tensor x = Tensors.of(points);
            Rng rng = Rng.of(5);
            double[] theta = rng.normal(1, 3 * m + m + m * m + m + m + 1).data();
            Tensor flat = Tensors.of(theta).requiresGrad();
            double[][] jacobian = Grad.jacobian(p -> {
                int[] at = {0};
                Tensor first = x.matmul(take(p, at, 3 * m).reshape(3, m)).mul(Math.sqrt(w))
                        .add(take(p, at, m).mul(Math.sqrt(b))).relu();
                Tensor second = first.matmul(take(p, at, m * m).reshape(m, m)).mul(Math.sqrt(w / m))
                        .add(take(p, at, m).mul(Math.sqrt(b))).relu();
                return second.matmul(take(p, at, m).reshape(m, 1)).mul(Math.sqrt(w / m))
                        .add(take(p, at, 1).mul(Math.sqrt(b))).reshape(-1);
            }, flat).toRows();
            double[][] expected = TangentKernel.relu(2).variances(w, b).between(points, points);
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 2; j++) {
                    double inner = dot(jacobian[i], jacobian[j]);
                    assertEquals(expected[i][j], inner, 5 * 2 / Math.sqrt(m) * Math.max(1, expected[i][j]) / 2);
                }
            }
        }

        private Tensor take(Tensor p, int[] at, int count) {
            at[0] += count;
            return p.narrow(0, at[0] - count, count);
        }

        @Test
        void arraysAndNd4jArraysGiveTheSame() {
            double[][] x = {{1, 2}, {3, 4}};
            var kernel = TangentKernel.relu(2);
            assertArrayEquals(
                    kernel.between(x, x)[1], kernel.between(Nd4j.create(x), Nd4j.create(x)).toDoubleMatrix()[1]);
        }
    }

    @Nested
    class BadInput {
        @Test
        void rejectsNoLayersAndVariancesOutOfRange() {
            assertThrows(IllegalArgumentException.class, () -> TangentKernel.relu(0));
            assertThrows(IllegalArgumentException.class, () -> TangentKernel.relu(1).variances(0, 0));
            assertThrows(IllegalArgumentException.class, () -> TangentKernel.relu(1).variances(1, -1));
            Dense k = Dense.of("k", new double[][] {{1}});
            assertThrows(IllegalArgumentException.class, () -> TangentKernel.perOutput(k, 0));
        }

        @Test
        void rejectsPointsOfOtherLengthsAndNaN() {
            var kernel = TangentKernel.firstLayer();
            assertThrows(IllegalArgumentException.class, () -> kernel.between(new double[2], new double[3]));
            assertThrows(
                    IllegalArgumentException.class, () -> kernel.between(new double[] {Double.NaN}, new double[1]));
        }
    }

    private static double dot(double[] x, double[] z) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * z[k];
        }
        return sum;
    }

    @Test
    void exampleOfTheJavadocRuns() {
        double[][] inputs = {{1, 2}, {0, 1}};
        TangentKernel kernel = TangentKernel.firstLayer();
        Dense gram = kernel.gram(Dense.of("inputs", inputs));
        double deep = TangentKernel.relu(3).variances(2, 0.1).between(new double[] {1, 0}, new double[] {0, 1});
        assertTrue(Arrays.stream(gram.data()).allMatch(v -> v > 0) && deep > 0);
    }
}
