package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.array.Grid;
import reprise.parallel.Tasks;

class ShiftedMatrixTest {
    private static final double[] SIDE = Grid.linear(-1.5, 1.5, 13);

    /** The definition: all singular values, from the eigenvalues of the squared matrix. */
    private static double naive(Dense a, Dense b, double x, double y) {
        int n = a.rows();
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        Dense square = MatrixFunctions.sum(1, Blas.gramOfColumns(a), 1, Blas.gramOfColumns(b));
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double aij = a.data()[i * n + j];
                double aji = a.data()[j * n + i];
                re[i * n + j] = square.data()[i * n + j] - x * (aij + aji) + (i == j ? x * x + y * y : 0);
                im[i * n + j] = y * (aij - aji);
            }
        }
        return Math.sqrt(Math.max(0, HermitianEigen.values(Dense.of("re", re, n, n), Dense.of("im", im, n, n))[0]));
    }

    private static Dense none(int n) {
        return Dense.of("b", new double[n], 1, n);
    }

    @Nested
    class ClosedForm {
        @Test
        void aNormalMatrixIsAsFarAsItsNearestEigenvalue() {
            // Rotation by 90 degrees and a reflection: eigenvalues i, -i, 1, -1, and 1/2.
            double[][] a = {{0, -1, 0, 0, 0}, {1, 0, 0, 0, 0}, {0, 0, 0, 1, 0}, {0, 0, 1, 0, 0}, {0, 0, 0, 0, 0.5}};
            double[][] eigenvalues = {{0, 1}, {0, -1}, {1, 0}, {-1, 0}, {0.5, 0}};
            double[][] found = ShiftedMatrix.of(a).grid(SIDE, SIDE);
            for (int i = 0; i < SIDE.length; i++) {
                for (int j = 0; j < SIDE.length; j++) {
                    double nearest = Double.POSITIVE_INFINITY;
                    for (double[] e : eigenvalues) {
                        nearest = Math.min(nearest, Math.hypot(SIDE[j] - e[0], SIDE[i] - e[1]));
                    }
                    // At the eigenvalues themselves the value is 0; elsewhere the promised digits.
                    assertEquals(nearest, found[i][j], 1e-9 * nearest + 1e-12);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 6, 30})
        void anEigenvalueThatOccursOftenIsOneAllTheSame(int copies) {
            // 1 and -1, each many times; on the imaginary axis all vectors are equally good.
            double[] a = new double[4 * copies * copies];
            for (int i = 0; i < 2 * copies; i++) {
                a[i * 2 * copies + i] = i < copies ? 1 : -1;
            }
            double[][] found = ShiftedMatrix.of(Dense.of("a", a, 2 * copies, 2 * copies)).grid(SIDE, SIDE);
            for (int i = 0; i < SIDE.length; i++) {
                for (int j = 0; j < SIDE.length; j++) {
                    double nearest = Math.hypot(1 - Math.abs(SIDE[j]), SIDE[i]);
                    assertEquals(nearest, found[i][j], 1e-9 * nearest + 1e-12);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 7, 40})
        void aShiftWhoseLastImageIsKeptHasToeplitzSquares(int n) {
            // e_j -> e_{j+1}, the last one to a row of its own: 1 + r^2 - 2 r cos(pi / (n + 1)) is the smallest square.
            double[] a = new double[n * n];
            for (int j = 0; j + 1 < n; j++) {
                a[(j + 1) * n + j] = 1;
            }
            double[] b = new double[n];
            b[n - 1] = 1;
            var shifted = ShiftedMatrix.of(Dense.of("a", a, n, n), Dense.of("b", b, 1, n));
            for (double r : new double[] {0, 0.5, 0.97, 1, 1.4}) {
                for (double angle : new double[] {0, 1, 2.5, Math.PI}) {
                    double expected = Math.sqrt(1 + r * r - 2 * r * Math.cos(Math.PI / (n + 1)));
                    double value = shifted.smallest(r * Math.cos(angle), r * Math.sin(angle)).value();
                    assertEquals(expected, value, 1e-9 * expected);
                }
            }
        }

        @Test
        void anEigenvalueOfASmallJordanBlockGivesZero() {
            var shifted = ShiftedMatrix.of(new double[][] {{0.3, 1, 0}, {0, 0.3, 1}, {0, 0, 0.3}});
            // Rounding of the entries moves a singular value by less than the norm times 1e-15.
            assertEquals(0, shifted.smallest(0.3, 0).value(), 1e-14);
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @ValueSource(doubles = {1e-290, 1e-12, 1e12, 1e290})
        void scalesWithMatrixAndShift(double factor) {
            Dense a = Matrices.random(6, 6, new Random(1));
            Dense b = Matrices.random(3, 6, new Random(2));
            double expected = ShiftedMatrix.of(a, b).smallest(0.4, 0.7).value();
            double found = ShiftedMatrix.of(Matrices.times(a, factor), Matrices.times(b, factor))
                    .smallest(0.4 * factor, 0.7 * factor)
                    .value();
            assertEquals(expected, found / factor, 1e-9 * expected);
        }

        @Test
        void isTheSameOnAnyNumberOfThreads() {
            Dense a = Matrices.random(12, 12, new Random(3));
            double[][] one = Tasks.withThreads(1, () -> ShiftedMatrix.of(a).grid(SIDE, SIDE));
            double[][] four = Tasks.withThreads(4, () -> ShiftedMatrix.of(a).grid(SIDE, SIDE));
            for (int i = 0; i < one.length; i++) {
                assertArrayEquals(one[i], four[i]);
                assertArrayEquals(one[i], one[one.length - 1 - i]);
            }
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @CsvSource({"1, 1", "2, 5", "9, 1", "30, 30", "61, 20"})
        void withAllEigenvaluesOfTheSquaredMatrix(int n, int rows) {
            Dense a = Matrices.times(Matrices.random(n, n, new Random(n)), 1 / Math.sqrt(n));
            Dense b = Matrices.times(Matrices.random(rows, n, new Random(n + 1)), 0.3 / Math.sqrt(n));
            double[][] found = ShiftedMatrix.of(a, b).grid(SIDE, SIDE);
            for (int i = 0; i < SIDE.length; i += 3) {
                for (int j = 0; j < SIDE.length; j++) {
                    // The naive way loses digits by squaring: 1e-15 of the norm's square, over the value.
                    double slow = naive(a, b, SIDE[j], SIDE[i]);
                    assertEquals(slow, found[i][j], 1e-9 * slow + 1e-13 / Math.max(slow, 1e-6));
                }
            }
        }

        @Test
        void whereSymmetryMakesTwoValuesEqualAndTheNeighboursVectorUseless() {
            // Two copies of one block, and a third that takes over on the other side of the imaginary axis.
            int n = 24;
            double[] a = new double[n * n];
            for (int i = 0; i < n; i++) {
                a[i * n + i] = i < 8 ? -0.8 : i < 16 ? 0.8 : 0.8 + 1e-9;
                if (i % 8 < 7) {
                    a[i * n + i + 1] = 0.5;
                }
            }
            Dense matrix = Dense.of("a", a, n, n);
            double[] xs = Grid.linear(-1.3, 1.3, 53);
            double[][] found = ShiftedMatrix.of(matrix).grid(xs, new double[] {0, 0.1, 0.7});
            double[] ys = {0, 0.1, 0.7};
            for (int i = 0; i < ys.length; i++) {
                for (int j = 0; j < xs.length; j++) {
                    double slow = naive(matrix, none(n), xs[j], ys[i]);
                    // The two nearly equal blocks may mix: 1e-7.
                    assertEquals(slow, found[i][j], 1e-7 * slow + 1e-14 / Math.max(slow, 1e-7));
                }
            }
        }

        @Test
        void theVectorHasTheLengthThatTheValueSays() {
            int n = 15;
            Dense a = Matrices.random(n, n, new Random(5));
            var found = ShiftedMatrix.of(a).smallest(0.2, 0.9);
            double squares = 0;
            double length = 0;
            double[] ar = Blas.product(a, found.re());
            double[] ai = Blas.product(a, found.im());
            for (int i = 0; i < n; i++) {
                squares += Math.pow(ar[i] - 0.2 * found.re()[i] + 0.9 * found.im()[i], 2)
                        + Math.pow(ai[i] - 0.2 * found.im()[i] - 0.9 * found.re()[i], 2);
                length += found.re()[i] * found.re()[i] + found.im()[i] * found.im()[i];
            }
            assertEquals(1, length, 1e-12);
            assertEquals(found.value(), Math.sqrt(squares), 1e-9 * found.value());
            assertEquals(naive(a, none(n), 0.2, 0.9), found.value(), 1e-9);
        }

        @Test
        void aListOfPlacesGivesWhatTheGridGives() {
            Dense a = Matrices.random(10, 10, new Random(6));
            double[] re = new double[40];
            double[] im = new double[40];
            for (int k = 0; k < 40; k++) {
                re[k] = SIDE[k % 13];
                im[k] = SIDE[k / 13];
            }
            double[] list = ShiftedMatrix.of(a).at(re, im);
            double[][] grid = ShiftedMatrix.of(a).grid(SIDE, SIDE);
            for (int k = 0; k < 40; k++) {
                assertEquals(grid[k / 13][k % 13], list[k], 1e-9 * list[k]);
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesShapesThatDoNotFit() {
            var notSquare = assertThrows(
                    IllegalArgumentException.class, () -> ShiftedMatrix.of(new double[2][3]));
            assertEquals("a must be square, had shape [2, 3]", notSquare.getMessage());
            var other = assertThrows(
                    IllegalArgumentException.class, () -> ShiftedMatrix.of(new double[2][2], new double[1][3]));
            assertTrue(other.getMessage().contains("[1, 3]"), other.getMessage());
        }

        @Test
        void refusesPlacesThatAreNotFinite() {
            var shifted = ShiftedMatrix.of(new double[][] {{1}});
            assertThrows(IllegalArgumentException.class, () -> shifted.smallest(Double.NaN, 0));
            assertThrows(IllegalArgumentException.class, () -> shifted.grid(new double[] {0}, new double[] {1 / 0.0}));
            assertThrows(IllegalArgumentException.class, () -> shifted.at(new double[2], new double[1]));
        }
    }
}
