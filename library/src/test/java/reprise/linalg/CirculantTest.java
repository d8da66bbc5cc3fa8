package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.random.Rng;

class CirculantTest {
    private static double[] normals(String name, int n) {
        double[] x = new double[n];
        Rng.of(3).split(name).fillNormal(x);
        return x;
    }

    @Nested
    class ClosedForm {
        @Test
        void aShiftTurnsAVector() {
            var shift = Circulant.of(new double[] {0, 1, 0, 0, 0});
            assertArrayEquals(new double[] {5, 1, 2, 3, 4}, shift.apply(new double[] {1, 2, 3, 4, 5}), 1e-14);
            assertArrayEquals(new double[] {2, 3, 4, 5, 1}, shift.solve(new double[] {1, 2, 3, 4, 5}), 1e-14);
        }

        @Test
        void theSecondDifferenceHasKnownEigenvalues() {
            double[] column = new double[12];
            column[0] = 2;
            column[1] = column[11] = -1;
            double[] found = Circulant.of(column).eigenvalues().re();
            for (int k = 0; k < 12; k++) {
                assertEquals(2 - 2 * Math.cos(2 * Math.PI * k / 12), found[k], 1e-14);
            }
        }

        @Test
        void orderOneIsANumber() {
            assertArrayEquals(new double[] {-6}, Circulant.of(new double[] {2}).apply(new double[] {-3}), 0);
            assertArrayEquals(new double[] {-6}, Circulant.toeplitz(new double[] {2}, new double[] {2})
                    .apply(new double[] {-3}), 1e-15);
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 7, 16, 60, 101})
        void productsAreThoseOfTheMatrixWrittenOut(int n) {
            var c = Circulant.of(normals("c", n));
            double[] x = normals("x", n);
            assertArrayEquals(Blas.product(c.toDense(), x), c.apply(x), 1e-13 * n);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 8, 33})
        void toeplitzProductsAreThoseOfTheMatrixWrittenOut(int n) {
            double[] column = normals("column", n);
            double[] row = normals("row", n);
            row[0] = column[0];
            double[] x = normals("x", n);
            assertArrayEquals(Blas.product(Structured.toeplitz(column, row), x),
                    Circulant.toeplitz(column, row).apply(x), 1e-13 * n);
        }

        @ParameterizedTest
        @ValueSource(ints = {2, 5, 32, 45})
        void solvingUndoesTheProduct(int n) {
            double[] column = normals("c", n);
            column[0] += 2 * n;
            var c = Circulant.of(column);
            double[] x = normals("x", n);
            assertArrayEquals(x, c.solve(c.apply(x)), 1e-13);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 6, 64, 97})
        void theInverseTransformIsBack(int n) {
            double[] re = normals("re", n);
            double[] im = normals("im", n);
            Spectrum back = Fourier.inverse(Fourier.transform(re, im));
            assertArrayEquals(re, back.re(), 1e-13);
            assertArrayEquals(im, back.im(), 1e-13);
        }
    }

    @Nested
    class BadInput {
        @Test
        void whatHasNoInverseIsNotSolved() {
            var difference = Circulant.of(new double[] {1, -1, 0, 0});
            assertTrue(assertThrows(SingularMatrix.class, () -> difference.solve(new double[] {1, 0, 0, 0}))
                    .getMessage().startsWith("circulant must be invertible"));
            assertThrows(SingularMatrix.class, () -> Circulant.of(new double[3]).solve(new double[3]));
        }

        @Test
        void shapesAndNumbersAreChecked() {
            refused("length of column", () -> Circulant.of(new double[0]));
            refused("column", () -> Circulant.of(new double[] {1, Double.NaN}));
            refused("x must", () -> Circulant.of(new double[] {1, 2}).apply(new double[3]));
            refused("b must", () -> Circulant.of(new double[] {1, 2}).solve(new double[1]));
            refused("row must", () -> Circulant.toeplitz(new double[] {1, 2}, new double[] {1}));
            refused("row[0] must be column[0]", () -> Circulant.toeplitz(new double[] {1, 2}, new double[] {3, 4}));
            refused("x must", () -> Circulant.toeplitz(new double[] {1}, new double[] {1}).apply(new double[2]));
        }

        private void refused(String message, org.junit.jupiter.api.function.Executable call) {
            String said = assertThrows(IllegalArgumentException.class, call).getMessage();
            assertTrue(said.startsWith(message), said);
        }
    }
}
