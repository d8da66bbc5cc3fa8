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
import org.junit.jupiter.params.provider.EnumSource;
import reprise.array.Dense;

class LeastSquaresTest {
    @Nested
    class ClosedForm {
        @Test
        void fitsALineThroughThreePoints() {
            var fit = LeastSquares.of(new double[][] {{1, 0}, {1, 1}, {1, 2}}, new double[][] {{1}, {0}, {5}});
            assertArrayEquals(new double[] {0, 2}, fit.x().data(), 1e-14);
            assertEquals(Math.sqrt(6), fit.residuals()[0], 1e-14);
        }

        @Test
        void givesTheShortestOfManySolutions() {
            double[][] a = {{1, 1, 0}, {0, 0, 2}};
            double[][] b = {{2}, {2}};
            for (var fit : new LeastSquares[] {
                LeastSquares.of(a, b), LeastSquares.minimumNorm(a, b, 0), LeastSquares.pivoted(a, b, 0)
            }) {
                assertArrayEquals(new double[] {1, 1, 1}, fit.x().data(), 1e-14);
                assertEquals(2, fit.rank());
            }
        }
    }

    @Nested
    class Residuals {
        @ParameterizedTest
        @CsvSource({"1,1", "2,1", "1,2", "5,3", "3,5", "10,10", "50,20", "20,50", "500,60"})
        void theGradientVanishesForEveryShape(int m, int n) {
            Dense a = Matrices.of(Matrices.Kind.RANDOM, m, n, m + n);
            Dense b = Matrices.random(m, 2, new Random(1));
            for (var fit : new LeastSquares[] {
                LeastSquares.of(a, b), LeastSquares.minimumNorm(a, b, 0), LeastSquares.pivoted(a, b, 0)
            }) {
                Dense rest = Matrices.minus(b, Blas.product(a, fit.x()));
                double ratio = Norms.one(Blas.productAtB(a, rest))
                        / (Math.max(m, n) * Norms.one(a) * Norms.one(a) * (Norms.one(fit.x()) + 1) * Matrices.EPS);
                assertTrue(ratio < Matrices.THRESHOLD, "ratio " + ratio);
                assertEquals(Math.min(m, n), fit.rank());
            }
        }

        @ParameterizedTest
        @EnumSource(value = Matrices.Kind.class, names = {"NEAR_UNDERFLOW", "NEAR_OVERFLOW"})
        void extremeScalesDoNotMatter(Matrices.Kind kind) {
            Dense a = Matrices.of(kind, 12, 4, 8);
            Dense x = Matrices.random(4, 1, new Random(2));
            Dense b = Blas.product(a, x);
            // The condition number of a random 12 x 4 matrix is about 3.
            assertArrayEquals(x.data(), LeastSquares.of(a, b).x().data(), 1e-13);
            assertArrayEquals(x.data(), LeastSquares.minimumNorm(a, b, 0).x().data(), 1e-13);
        }

        @Test
        void rankRevealingMethodsAgreeOnADeficientMatrix() {
            Random random = new Random(3);
            Dense a = Blas.product(Matrices.random(30, 6, random), Matrices.random(6, 15, random));
            Dense b = Matrices.random(30, 2, random);
            var bySvd = LeastSquares.minimumNorm(a, b, 1e-10);
            var byQr = LeastSquares.pivoted(a, b, 1e-10);
            assertEquals(6, bySvd.rank());
            assertEquals(6, byQr.rank());
            assertArrayEquals(bySvd.x().data(), byQr.x().data(), 1e-12);
            assertArrayEquals(
                    bySvd.x().data(), Blas.product(MatrixFunctions.pseudoinverse(a, 1e-10), b).data(), 1e-12);
        }
    }

    @Nested
    class BadInput {
        @Test
        void deficientMatricesAreRefusedByTheFastMethod() {
            double[][] a = {{1, 2}, {2, 4}, {3, 6}};
            assertThrows(SingularMatrix.class, () -> LeastSquares.of(a, new double[3][1]));
            assertEquals(1, LeastSquares.minimumNorm(a, new double[][] {{1}, {1}, {1}}, 0).rank());
            assertEquals(0, LeastSquares.minimumNorm(new double[3][2], new double[][] {{1}, {1}, {1}}, 0).rank());
        }

        @Test
        void shapesAndCutoffsAreChecked() {
            assertThrows(
                    IllegalArgumentException.class, () -> LeastSquares.of(new double[3][2], new double[2][1]));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> LeastSquares.minimumNorm(new double[][] {{1}}, new double[][] {{1}}, -1));
        }
    }
}
