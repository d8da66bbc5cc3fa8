package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;

class SolveTest {
    /** LAPACK's ratio for a solution: ||b - A x|| / (||A|| ||x|| eps), per unit of n. */
    private static void assertSolves(Dense a, Dense x, Dense b) {
        // Scaled to 1 first, so that the check itself does not overflow.
        double sizeA = Norms.max(a);
        double sizeX = Norms.max(x);
        double sizeB = Norms.max(b);
        Dense unitA = Matrices.times(a, 1 / sizeA);
        Dense unitX = Matrices.times(x, 1 / sizeX);
        Dense product = Matrices.times(Blas.product(unitA, unitX), sizeA / sizeB * sizeX);
        double difference = Norms.one(Matrices.minus(Matrices.times(b, 1 / sizeB), product));
        double unit = Norms.one(unitA) * Norms.one(unitX) * Matrices.EPS * a.rows();
        double ratio = difference / (sizeA / sizeB * sizeX * unit);
        assertTrue(ratio < Matrices.THRESHOLD, "ratio " + ratio);
    }

    @Nested
    class ClosedForm {
        @Test
        void solvesTwoEquationsByHand() {
            assertArrayEquals(
                    new double[] {-1, 2}, Solve.linear(new double[][] {{2, 1}, {5, 3}}, new double[] {0, 1}), 1e-15);
        }

        @Test
        void aRowThatDiffersInUnitsIsNotSingular() {
            double[] x = Solve.linear(new double[][] {{1e-200, 2e-200}, {3e200, 4e200}}, new double[] {5e-200, 11e200});
            assertArrayEquals(new double[] {1, 2}, x, 1e-14);
        }

        @Test
        void theDeterminantOfAPermutationIsItsSign() {
            double[][] cycle = {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
            double[][] swap = {{0, 1, 0}, {1, 0, 0}, {0, 0, 1}};
            assertEquals(new Determinant(1, 0), Determinant.of(cycle));
            assertEquals(new Determinant(-1, 0), Determinant.of(swap));
        }

        @Test
        void theDeterminantNeitherOverflowsNorUnderflows() {
            Dense a = Matrices.times(Matrices.identity(300), -1e-200);
            assertEquals(1, Determinant.of(a).sign());
            // 300 sums near 138 155, each rounded.
            assertEquals(300 * Math.log(1e-200), Determinant.of(a).log(), 1e-8);
            assertEquals(0, Determinant.of(new double[][] {{1, 2}, {2, 4}}).value());
        }

        @Test
        void solvesASylvesterEquation() {
            Random random = new Random(4);
            Dense a = Matrices.random(7, 7, random);
            Dense b = Matrices.random(4, 4, random);
            Dense x = Matrices.random(7, 4, random);
            Dense c = MatrixFunctions.sum(1, Blas.product(a, x), 1, Blas.product(x, b));
            // The separation of a and -b is about 0.1 here, which costs a digit or two.
            assertArrayEquals(x.data(), Solve.sylvester(a, b, c).data(), 1e-11);
        }
    }

    @Nested
    class Residuals {
        @ParameterizedTest
        @MethodSource("reprise.linalg.Matrices#kindsAndSizes")
        void solutionsOfEveryKindOfMatrixSatisfyTheirEquations(Matrices.Kind kind, int n) {
            Dense a = Matrices.of(kind, n, n, 11 + n);
            Dense b = Matrices.random(n, 3, new Random(n));
            assertSolves(a, Solve.linear(a, b), b);
            Lu lu = Lu.of(a);
            assertSolves(a, lu.solve(b), b);
            assertSolves(Blas.transpose(a), lu.solveTransposed(b), b);
            Dense l = Matrices.of(Matrices.Kind.LOWER, n, n, n);
            assertSolves(l, Solve.lowerTriangular(l, b), b);
            assertSolves(Blas.transpose(l), Solve.upperTriangular(Blas.transpose(l), b), b);
        }

        @ParameterizedTest
        @ValueSource(ints = {500, 1100})
        void largeSystemsAreSolvedToo(int n) {
            Dense a = Matrices.of(Matrices.Kind.RANDOM, n, n, 5);
            Dense b = Matrices.random(n, 2, new Random(6));
            assertSolves(a, Solve.linear(a, b), b);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 10, 50, 500})
        void choleskyFactorsMultiplyBackAndSolve(int n) {
            for (double condition : new double[] {10, 1e8, 1e12}) {
                Dense a = Matrices.definite(n, condition, n);
                Cholesky c = Cholesky.of(a);
                Matrices.assertClose("L L'", a, Blas.productABt(c.lower(), c.lower()));
                Dense b = Matrices.random(n, 2, new Random(n));
                assertSolves(a, c.solve(b), b);
            }
            Dense huge = Matrices.times(Matrices.definite(n, 10, n), 1e300);
            Dense small = Matrices.times(Cholesky.of(huge).lower(), 1e-150);
            Matrices.assertClose("L L' scaled", Matrices.times(huge, 1e-300), Blas.productABt(small, small));
        }

        @Test
        void conditionNumbersAndDeterminantsAgreeWithSingularValues() {
            Dense a = Matrices.definite(40, 1e6, 3);
            double[] s = Svd.values(a);
            double logs = 0;
            for (double v : s) {
                logs += Math.log(v);
            }
            assertEquals(logs, Cholesky.of(a).logDeterminant(), 1e-8);
            assertEquals(logs, Determinant.of(a).log(), 1e-8);
            assertEquals(1e6, Norms.condition(a), 1);
            // The 1-norm and the spectral norm of a matrix of order n differ by a factor of sqrt(n) at most.
            double rcond = Cholesky.of(a).reciprocalCondition();
            assertTrue(rcond < 41e-6 && rcond > 1e-6 / 41, "rcond " + rcond);
            assertTrue(Lu.of(a).reciprocalCondition() > 1e-6 / 41);
        }
    }

    @Nested
    class Doors {
        @Test
        void everyDoorGivesTheSameAndAVectorComesBackAsAVector() {
            double[][] a = {{4, 1}, {1, 3}};
            double[][] b = {{1}, {2}};
            double[][] x = Solve.linear(a, b);
            var array = Solve.linear(Nd4j.createFromArray(a).dup('f'), Nd4j.createFromArray(1.0, 2.0));
            assertArrayEquals(new long[] {2}, array.shape());
            assertEquals(x[0][0], array.getDouble(0));
            assertEquals(x[1][0], array.getDouble(1));
            assertArrayEquals(new double[][] {{4, 1}, {1, 3}}, a);
        }
    }

    @Nested
    class BadInput {
        @Test
        void singularMatricesAreRefusedByName() {
            double[][] rankOne = {{1, 2}, {2, 4}};
            var e = assertThrows(SingularMatrix.class, () -> Solve.linear(rankOne, new double[] {1, 1}));
            assertEquals(1, e.pivot());
            assertThrows(SingularMatrix.class, () -> Solve.linear(new double[3][3], new double[3]));
            assertThrows(SingularMatrix.class, () -> Lu.of(rankOne).solve(new double[] {1, 1}));
            assertThrows(SingularMatrix.class, () -> Lu.of(rankOne).inverse());
            double[][] zeroCorner = {{1, 1}, {0, 0}};
            assertThrows(SingularMatrix.class, () -> Solve.upperTriangular(zeroCorner, new double[2][1]));
        }

        @Test
        void matricesSingularOnlyToWorkingPrecisionAreRefusedToo() {
            double[][] hilbert = new double[15][15];
            for (int i = 0; i < 15; i++) {
                for (int j = 0; j < 15; j++) {
                    hilbert[i][j] = 1.0 / (i + j + 1);
                }
            }
            var e = assertThrows(SingularMatrix.class, () -> Solve.linear(hilbert, new double[15]));
            assertTrue(e.getMessage().contains("working precision"), e.getMessage());
            assertEquals(-1, e.pivot());
        }

        @Test
        void indefiniteMatricesNameTheMinor() {
            var e = assertThrows(NotPositiveDefinite.class, () -> Cholesky.of(new double[][] {{1, 2}, {2, 1}}));
            assertEquals(2, e.minor());
        }

        @Test
        void shapesThatDoNotFitArePrintedBoth() {
            var e = assertThrows(
                    IllegalArgumentException.class, () -> Solve.linear(new double[2][2], new double[3][1]));
            assertEquals("a and b must have as many rows: a had shape [2, 2], b had shape [3, 1]", e.getMessage());
            var square = assertThrows(
                    IllegalArgumentException.class, () -> Solve.linear(new double[2][3], new double[2]));
            assertEquals("a must be square, had shape [2, 3]", square.getMessage());
        }

        @Test
        void asymmetryNamesTheEntries() {
            var e = assertThrows(
                    IllegalArgumentException.class, () -> Cholesky.of(new double[][] {{4, 1}, {2, 4}}));
            assertEquals("a must be symmetric, but its entry (1, 0) was 2.0 and (0, 1) was 1.0", e.getMessage());
        }

        @Test
        void nanAndEmptyAreRefused() {
            double[][] nan = {{1, Double.NaN}, {0, 1}};
            assertThrows(IllegalArgumentException.class, () -> Solve.linear(nan, new double[2]));
            assertThrows(IllegalArgumentException.class, () -> Cholesky.of(nan));
            assertThrows(IllegalArgumentException.class, () -> Lu.of(new double[0][0]));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Solve.linear(new double[][] {{1}}, new double[] {Double.POSITIVE_INFINITY}));
        }
    }
}
