package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;

class EigenTest {
    @Nested
    class ClosedForm {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 10, 50, 500})
        void secondDifferencesHaveTheEigenvaluesOfTheSine(int n) {
            double[] column = new double[n];
            column[0] = 2;
            if (n > 1) {
                column[1] = -1;
            }
            Dense a = Structured.toeplitz(column, column);
            double[] expected = new double[n];
            Arrays.setAll(expected, k -> 4 * Math.pow(Math.sin((k + 1) * Math.PI / (2 * (n + 1))), 2));
            // Weyl: a backward error of n eps ||A|| moves each eigenvalue by no more.
            assertArrayEquals(expected, Eigen.symmetricValues(a), 10 * n * Matrices.EPS);
            assertArrayEquals(expected, Eigen.symmetric(a).values(), 10 * n * Matrices.EPS);
        }

        @Test
        void aRotationHasConjugateEigenvalues() {
            double c = Math.cos(0.3);
            double s = Math.sin(0.3);
            var e = ComplexEigen.of(new double[][] {{c, -s}, {s, c}});
            assertArrayEquals(new double[] {c, c}, e.values().re(), 1e-15);
            assertArrayEquals(new double[] {s, -s}, e.values().im(), 1e-15);
            assertEquals(1, e.values().radius(), 1e-15);
        }

        @Test
        void aCirculantHasTheFourierTransformOfItsColumn() {
            double[] c = {1, 2, -1, 4, 0.5};
            Spectrum s = ComplexEigen.values(Structured.circulant(c));
            for (int k = 0; k < c.length; k++) {
                double re = 0;
                double im = 0;
                for (int j = 0; j < c.length; j++) {
                    re += c[j] * Math.cos(2 * Math.PI * j * k / c.length);
                    im -= c[j] * Math.sin(2 * Math.PI * j * k / c.length);
                }
                double nearest = Double.MAX_VALUE;
                for (int j = 0; j < c.length; j++) {
                    nearest = Math.min(nearest, Math.hypot(s.re()[j] - re, s.im()[j] - im));
                }
                assertEquals(0, nearest, 1e-13);
            }
        }

        @Test
        void aSingularSecondMatrixGivesInfiniteValues() {
            var e = ComplexEigen.pair(new double[][] {{2, 0}, {0, 3}}, new double[][] {{1, 0}, {0, 0}});
            double[] sorted = e.values().re().clone();
            Arrays.sort(sorted);
            assertArrayEquals(new double[] {2, Double.POSITIVE_INFINITY}, sorted, 1e-15);
        }

        @Test
        void pauliYHasPlusAndMinusOne() {
            var e = HermitianEigen.of(new double[2][2], new double[][] {{0, -1}, {1, 0}});
            assertArrayEquals(new double[] {-1, 1}, e.values(), 1e-15);
        }
    }

    @Nested
    class Residuals {
        @ParameterizedTest
        @MethodSource("reprise.linalg.Matrices#kindsAndSizes")
        void symmetricPairsFitAndAreOrthonormal(Matrices.Kind kind, int n) {
            Dense a = Matrices.symmetric(kind, n, 3 * n + 1);
            Eigen e = Eigen.symmetric(a);
            assertTrue(e.residual(a) < Matrices.THRESHOLD, "residual " + e.residual(a));
            Matrices.assertOrthonormalColumns("V", e.vectors());
            // LAPACK's ratio for eigenvalues by two routes.
            assertArrayEquals(e.values(), Eigen.symmetricValues(a), 30 * n * Matrices.EPS * Norms.one(a));
        }

        @ParameterizedTest
        @MethodSource("reprise.linalg.Matrices#kindsAndSizes")
        void generalPairsFit(Matrices.Kind kind, int n) {
            Dense a = Matrices.of(kind, n, n, 3 * n + 2);
            var e = ComplexEigen.of(a);
            assertTrue(e.residual(a) < Matrices.THRESHOLD, "residual " + e.residual(a));
            Schur s = Schur.of(a);
            Matrices.assertOrthonormalColumns("Z", s.z());
            double scale = 1 / Norms.max(a);
            Dense t = Matrices.times(s.t(), scale);
            Matrices.assertClose(
                    "Z T Z'", Matrices.times(a, scale), Blas.productABt(Blas.product(s.z(), t), s.z()));
        }

        @Test
        void largeMatricesFitToo() {
            Dense a = Matrices.symmetric(Matrices.Kind.RANDOM, 500, 1);
            Eigen e = Eigen.symmetric(a);
            assertTrue(e.residual(a) < Matrices.THRESHOLD);
            Matrices.assertOrthonormalColumns("V", e.vectors());
            Dense g = Matrices.of(Matrices.Kind.RANDOM, 500, 500, 2);
            assertTrue(ComplexEigen.of(g).residual(g) < Matrices.THRESHOLD);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 10, 50})
        void symmetricPairsOfMatricesFit(int n) {
            Dense a = Matrices.symmetric(Matrices.Kind.RANDOM, n, n);
            Dense b = Matrices.definite(n, 100, n);
            Eigen e = Eigen.symmetricPair(a, b);
            Dense lambda = Sparse.diagonal(e.values()).toDense();
            Matrices.assertClose(
                    "A V = B V L", Blas.product(a, e.vectors()),
                    Blas.product(Blas.product(b, e.vectors()), lambda));
            Dense gram = Blas.productAtB(e.vectors(), Blas.product(b, e.vectors()));
            // Orthonormality in B is lost in proportion to the condition number of B, 100 here.
            assertTrue(Norms.one(Matrices.minus(gram, Matrices.identity(n))) < 30 * 100 * n * Matrices.EPS);
            var general = ComplexEigen.pair(a, b).values().re();
            Arrays.sort(general);
            assertArrayEquals(e.values(), general, 1e-12 * Math.max(1, Norms.max(e.values())));
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 10, 50})
        void hermitianMatricesFit(int n) {
            Dense re = Matrices.symmetric(Matrices.Kind.RANDOM, n, n);
            Dense x = Matrices.random(n, n, new Random(n));
            Dense im = Matrices.minus(x, Blas.transpose(x));
            var e = HermitianEigen.of(re, im);
            // (re + i im) (u + i w) = lambda (u + i w), real parts.
            Dense left = Matrices.minus(Blas.product(re, e.re()), Blas.product(im, e.im()));
            Matrices.assertClose("A V", left, Blas.product(e.re(), Sparse.diagonal(e.values()).toDense()));
            assertArrayEquals(e.values(), HermitianEigen.values(re, im), 30 * n * Matrices.EPS * n);
        }
    }

    @Nested
    class Agreement {
        @Test
        void partsAgreeWithTheWhole() {
            Dense a = Matrices.symmetric(Matrices.Kind.RANDOM, 40, 9);
            Eigen all = Eigen.symmetric(a);
            Eigen some = Eigen.symmetricByIndex(a, 5, 9);
            assertArrayEquals(Arrays.copyOfRange(all.values(), 5, 9), some.values(), 1e-13);
            assertTrue(some.residual(a) < Matrices.THRESHOLD);
            double low = (all.values()[10] + all.values()[11]) / 2;
            double high = (all.values()[14] + all.values()[15]) / 2;
            Eigen between = Eigen.symmetricBetween(a, low, high).orElseThrow();
            assertArrayEquals(Arrays.copyOfRange(all.values(), 11, 15), between.values(), 1e-13);
            assertTrue(Eigen.symmetricBetween(a, 1e3, 2e3).isEmpty());
        }

        @Test
        void symmetricMatricesHaveTheSameValuesByTheGeneralWay() {
            Dense a = Matrices.symmetric(Matrices.Kind.RANDOM, 30, 4);
            double[] general = ComplexEigen.values(a).re();
            Arrays.sort(general);
            assertArrayEquals(Eigen.symmetricValues(a), general, 1e-13);
        }
    }

    @Nested
    class BadInput {
        @Test
        void asymmetricRaggedNanAndMismatchedAreRefused() {
            assertThrows(IllegalArgumentException.class, () -> Eigen.symmetric(new double[][] {{1, 2}, {3, 4}}));
            assertThrows(IllegalArgumentException.class, () -> ComplexEigen.of(new double[2][3]));
            assertThrows(IllegalArgumentException.class, () -> Schur.of(new double[][] {{Double.NaN}}));
            assertThrows(
                    IllegalArgumentException.class, () -> Eigen.symmetricPair(new double[2][2], new double[3][3]));
            assertThrows(
                    NotPositiveDefinite.class,
                    () -> Eigen.symmetricPair(new double[][] {{1, 0}, {0, 1}}, new double[][] {{1, 0}, {0, -1}}));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> HermitianEigen.of(new double[2][2], new double[][] {{0, 1}, {1, 0}}));
        }

        @Test
        void indicesAndIntervalsAreChecked() {
            double[][] one = {{1, 0}, {0, 1}};
            assertThrows(IllegalArgumentException.class, () -> Eigen.symmetricByIndex(one, 0, 3));
            assertThrows(IllegalArgumentException.class, () -> Eigen.symmetricByIndex(one, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> Eigen.symmetricByIndex(one, -1, 1));
            assertThrows(IllegalArgumentException.class, () -> Eigen.symmetricBetween(one, 2, 2));
        }
    }
}
