package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.array.Dense;
import reprise.random.Rng;

class GramTest {
    @Nested
    class ClosedForm {
        @Test
        void ofARightTriangle() {
            double[][] x = {{0, 0}};
            double[][] y = {{3, 4}, {0, 0}, {0, 2}};
            assertArrayEquals(new double[] {25, 0, 4}, Gram.squaredDistances(x, y)[0]);
            assertArrayEquals(
                    new double[] {Math.exp(-2), 1, Math.exp(-0.32)}, Gram.gaussian(x, y, 2.5)[0], 1e-16);
            assertArrayEquals(new double[] {Math.exp(-2), 1, Math.exp(-0.8)}, Gram.laplace(x, y, 2.5)[0], 1e-16);
        }

        @Test
        void nearPointsFarFromTheOriginKeepTheirDigits() {
            // 1e8 + 2^-20 is a double; the expanded square would be 0 or 4 here.
            double[][] squares = Gram.squaredDistances(new double[][] {{1e8}}, new double[][] {{1e8 + 0x1p-20}});
            assertEquals(0x1p-40, squares[0][0]);
        }

        @Test
        void tinyBandwidthsGiveOnesAndZeros() {
            double[][] x = {{0}, {1}};
            assertArrayEquals(new double[][] {{1, 0}, {0, 1}}, Gram.gaussian(x, x, 1e-200));
            assertArrayEquals(new double[][] {{1, 0}, {0, 1}}, Gram.laplace(x, x, 1e-200));
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @CsvSource({"1, 1, 1", "3, 255, 2", "2, 256, 5", "5, 257, 1", "4, 1000, 3", "2, 3, 1000"})
        void withADoubleLoopAtSizesAroundTiles(int n, int m, int d) {
            Dense x = Rng.of(1).normal(n, d);
            Dense y = Rng.of(2).normal(m, d);
            double[][] found = Gram.squaredDistances(x, y).toRows();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    double sum = 0;
                    for (int k = 0; k < d; k++) {
                        sum += Math.pow(x.data()[i * d + k] - y.data()[j * d + k], 2);
                    }
                    // The same d sums in the same order, fused or not: d roundings.
                    assertEquals(sum, found[i][j], d * 1.2e-16 * sum);
                }
            }
        }
    }

    @Nested
    class Invariance {
        @Test
        void kernelsOfASetWithItselfArePositiveDefinite() {
            Dense x = Rng.of(3).normal(40, 2);
            for (Dense gram : new Dense[] {Gram.gaussian(x, x, 0.1), Gram.laplace(x, x, 1)}) {
                // Distinct points: strictly positive in theory, and these are not yet singular to rounding.
                assertTrue(Eigen.symmetricValues(gram)[0] > 0);
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void shapesAndScalesAreChecked() {
            double[][] x = {{1, 2}};
            var e = assertThrows(
                    IllegalArgumentException.class, () -> Gram.squaredDistances(x, new double[][] {{1}}));
            assertEquals("x must be of shape [1, 1], was [1, 2]", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> Gram.gaussian(x, x, 0));
            assertThrows(IllegalArgumentException.class, () -> Gram.laplace(x, x, -1));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Gram.squaredDistances(new double[][] {{1e200}}, new double[][] {{0}}));
        }
    }
}
