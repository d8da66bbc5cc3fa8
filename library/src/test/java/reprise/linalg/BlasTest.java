package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;

class BlasTest {
    @Nested
    class Agreement {
        /** Sizes on both sides of the plain loops, of one core and of all. */
        @ParameterizedTest
        @CsvSource({"1,1,1", "2,3,4", "7,1,9", "26,27,28", "28,28,28", "99,100,101", "130,70,200", "1,5000,1"})
        void productsAgreeWithThreeLoops(int m, int k, int n) {
            Random random = new Random(m + k + n);
            Dense a = Matrices.random(m, k, random);
            Dense b = Matrices.random(k, n, random);
            double[] expected = new double[m * n];
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    for (int l = 0; l < k; l++) {
                        expected[i * n + j] += a.data()[i * k + l] * b.data()[l * n + j];
                    }
                }
            }
            double rounding = 2 * k * Matrices.EPS;
            assertArrayEquals(expected, Blas.product(a, b).data(), rounding);
            assertArrayEquals(expected, Blas.productAtB(Blas.transpose(a), b).data(), rounding);
            assertArrayEquals(expected, Blas.productABt(a, Blas.transpose(b)).data(), rounding);
            assertArrayEquals(Blas.productAtB(b, b).data(), Blas.gramOfColumns(b).data(), rounding);
            assertArrayEquals(Blas.productABt(a, a).data(), Blas.gramOfRows(a).data(), rounding);
            double[] x = Matrices.random(k, 1, random).data();
            assertArrayEquals(Blas.product(a, Dense.of("x", x, k, 1)).data(), Blas.product(a, x), rounding);
            assertArrayEquals(Blas.product(a, x), Blas.productAt(Blas.transpose(a), x), rounding);
        }

        @Test
        void gramMatricesAreExactlySymmetric() {
            Dense g = Blas.gramOfColumns(Matrices.random(300, 150, new Random(1)));
            assertArrayEquals(g.data(), Blas.transpose(g).data());
        }

        @Test
        void theSameProductHasTheSameBitsWhateverElseRuns() throws Exception {
            Dense a = Matrices.random(60, 60, new Random(1));
            Dense large = Matrices.random(300, 300, new Random(2));
            double[] alone = Blas.product(a, a).data();
            double[] largeAlone = Blas.product(large, large).data();
            var other = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Solve.linear(large, new double[300]);
                    Blas.product(large, large);
                }
            });
            other.start();
            try {
                for (int i = 0; i < 50; i++) {
                    assertArrayEquals(alone, Blas.product(a, a).data());
                    assertArrayEquals(largeAlone, Blas.product(large, large).data());
                }
            } finally {
                other.interrupt();
                other.join();
            }
        }
    }

    @Nested
    class Doors {
        @Test
        void arraysOfAnyOrderAndVectorsKeepTheirShape() {
            var a = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}}).dup('f');
            var x = Nd4j.createFromArray(1.0, -1.0);
            assertArrayEquals(new long[] {2}, Blas.product(a, x).shape());
            assertArrayEquals(new double[] {-1, -1}, Blas.product(a, x).toDoubleVector());
            assertEquals(Nd4j.createFromArray(new double[][] {{7, 10}, {15, 22}}), Blas.product(a, a));
            assertArrayEquals(new double[][] {{11}}, Blas.product(new double[][] {{1, 2}}, new double[][] {{3}, {4}}));
        }
    }

    @Nested
    class BadInput {
        @Test
        void bothShapesAreNamed() {
            var e = assertThrows(
                    IllegalArgumentException.class, () -> Blas.product(new double[2][3], new double[2][3]));
            assertEquals(
                    "a must have as many columns as b has rows: a had shape [2, 3], b had shape [2, 3]",
                    e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> Blas.product(new double[2][3], new double[2]));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Blas.product(new double[][] {{1}}, new double[] {Double.NaN}));
        }

        @Test
        void overflowIsNotHandedOnAsInfinity() {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Blas.product(new double[][] {{1e200}}, new double[][] {{1e200}}));
        }
    }
}
