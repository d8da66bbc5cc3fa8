package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;

class MatrixFunctionsTest {
    @Nested
    class ClosedForm {
        @ParameterizedTest
        @ValueSource(doubles = {1e-300, 1e-3, 0.1, 0.5, 2, 3, 10, 100})
        void theExponentialOfARotationGeneratorIsARotation(double angle) {
            double[][] e = MatrixFunctions.exponential(new double[][] {{0, -angle}, {angle, 0}});
            // Each squaring doubles the error of the angle: relative error eps times the norm.
            double tolerance = 10 * Matrices.EPS * (1 + angle);
            assertArrayEquals(new double[] {Math.cos(angle), -Math.sin(angle)}, e[0], tolerance);
            assertArrayEquals(new double[] {Math.sin(angle), Math.cos(angle)}, e[1], tolerance);
        }

        @Test
        void theExponentialOfANilpotentMatrixIsItsSeries() {
            double[][] e = MatrixFunctions.exponential(new double[][] {{0, 3, 1}, {0, 0, 2}, {0, 0, 0}});
            assertArrayEquals(new double[] {1, 3, 4}, e[0], 1e-14);
            assertArrayEquals(new double[] {0, 1, 2}, e[1], 1e-14);
            assertArrayEquals(new double[] {0, 0, 1}, e[2], 1e-14);
        }

        @Test
        void theExponentialOfADiagonalIsTheDiagonalOfExponentials() {
            double[] d = {-30, -1, 0, 0.5, 8, 30};
            Dense e = MatrixFunctions.exponential(Sparse.diagonal(d).toDense());
            for (int i = 0; i < d.length; i++) {
                assertEquals(1, e.data()[i * d.length + i] / Math.exp(d[i]), 1e-13);
            }
        }

        @Test
        void theRootOfAQuarterTurnIsAnEighthTurn() {
            double h = Math.sqrt(0.5);
            Dense root = MatrixFunctions.squareRoot(Dense.of("a", new double[][] {{0, -1}, {1, 0}}));
            assertArrayEquals(new double[] {h, -h, h, h}, root.data(), 1e-15);
            Dense log = MatrixFunctions.logarithm(Dense.of("a", new double[][] {{0, -1}, {1, 0}}));
            assertArrayEquals(new double[] {0, -Math.PI / 2, Math.PI / 2, 0}, log.data(), 1e-14);
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 10, 50})
        void rootsSquareBackAndLogarithmsExponentiateBack(int n) {
            // Eigenvalues in a disc around 1 and, for larger n, complex pairs among them.
            Dense noise = Matrices.random(n, n, new Random(n));
            Dense a = MatrixFunctions.sum(2, Matrices.identity(n), 1 / Norms.frobenius(noise), noise);
            Dense root = MatrixFunctions.squareRoot(a);
            Matrices.assertClose("X X", a, Blas.product(root, root));
            Dense log = MatrixFunctions.logarithm(a);
            Matrices.assertClose("exp log", a, MatrixFunctions.exponential(log));
        }

        @Test
        void logarithmsUndoExponentialsOfGeneralMatrices() {
            Dense a = Matrices.times(Matrices.random(12, 12, new Random(8)), 0.8);
            // The conditioning of exp and log at a norm of about 4 costs up to two digits.
            assertArrayEquals(a.data(), MatrixFunctions.logarithm(MatrixFunctions.exponential(a)).data(), 1e-13);
        }

        @Test
        void exponentialsOfSumsOfCommutingMatricesMultiply() {
            Dense a = Matrices.random(20, 20, new Random(1));
            Dense e = MatrixFunctions.exponential(a);
            Matrices.assertClose(
                    "exp(2A) = exp(A)^2", MatrixFunctions.exponential(Matrices.times(a, 2)), Blas.product(e, e));
        }

        @Test
        void functionsOfSymmetricMatricesAgreeWithTheGeneralOnes() {
            Dense a = Matrices.definite(15, 50, 2);
            Matrices.assertClose("root", MatrixFunctions.squareRoot(a), MatrixFunctions.rootOfSemidefinite(a));
            Matrices.assertClose("log", MatrixFunctions.logarithm(a), MatrixFunctions.ofSymmetric(a, Math::log));
            Matrices.assertClose("exp", MatrixFunctions.exponential(a), MatrixFunctions.ofSymmetric(a, Math::exp));
        }

        @Test
        void thePseudoinverseSatisfiesPenrosesFourEquations() {
            Random random = new Random(2);
            Dense a = Blas.product(Matrices.random(9, 3, random), Matrices.random(3, 6, random));
            Dense p = MatrixFunctions.pseudoinverse(a, 0);
            Dense ap = Blas.product(a, p);
            Dense pa = Blas.product(p, a);
            Matrices.assertClose("A P A", a, Blas.product(ap, a));
            Matrices.assertClose("P A P", p, Blas.product(pa, p));
            Matrices.assertClose("A P", ap, Blas.transpose(ap));
            Matrices.assertClose("P A", pa, Blas.transpose(pa));
        }

        @Test
        void rootsOfSingularCovariancesExist() {
            Dense x = Matrices.random(10, 3, new Random(1));
            Dense a = Blas.gramOfRows(x);
            Dense root = MatrixFunctions.rootOfSemidefinite(a);
            Matrices.assertClose("X X", a, Blas.product(root, root));
        }
    }

    @Nested
    class BadInput {
        @Test
        void matricesWithoutARealRootAreRefused() {
            double[][] negative = {{-1, 0}, {0, 2}};
            var e = assertThrows(IllegalArgumentException.class, () -> MatrixFunctions.squareRoot(negative));
            assertTrue(e.getMessage().contains("had -1.0"), e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> MatrixFunctions.logarithm(new double[2][2]));
            assertThrows(NotPositiveDefinite.class, () -> MatrixFunctions.rootOfSemidefinite(negative));
            assertThrows(IllegalArgumentException.class, () -> MatrixFunctions.ofSymmetric(negative, Math::log));
        }

        @Test
        void overflowIsRefused() {
            assertThrows(
                    IllegalArgumentException.class, () -> MatrixFunctions.exponential(new double[][] {{800}}));
            assertThrows(
                    IllegalArgumentException.class, () -> MatrixFunctions.exponential(new double[][] {{1, 2}}));
        }
    }
}
