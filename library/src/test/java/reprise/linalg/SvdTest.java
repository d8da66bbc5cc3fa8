package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.array.Dense;
import reprise.random.Rng;

class SvdTest {
    static Stream<Arguments> kindsAndShapes() {
        int[][] shapes = {{1, 1}, {2, 1}, {1, 3}, {3, 3}, {5, 2}, {2, 5}, {10, 10}, {50, 20}, {20, 50}};
        return Stream.of(Matrices.Kind.values())
                .flatMap(kind -> Stream.of(shapes).map(s -> Arguments.of(kind, s[0], s[1])));
    }

    @Nested
    class Residuals {
        @ParameterizedTest
        @MethodSource("reprise.linalg.SvdTest#kindsAndShapes")
        void factorsMultiplyBackAndAreOrthonormal(Matrices.Kind kind, int m, int n) {
            Dense a = Matrices.of(kind, m, n, m + 7L * n);
            Svd thin = Svd.of(a);
            Matrices.assertClose("U S V'", a, thin.product());
            Matrices.assertOrthonormalColumns("U", thin.u());
            Matrices.assertOrthonormalColumns("V", thin.v());
            Svd full = Svd.full(a);
            Matrices.assertClose("full U S V'", a, full.product());
            Matrices.assertOrthonormalColumns("full U", full.u());
            Matrices.assertOrthonormalColumns("full V", full.v());
            assertEquals(m, full.u().columns());
            assertEquals(n, full.v().columns());
            assertArrayEquals(thin.s(), Svd.values(a), 30 * Math.max(m, n) * Matrices.EPS * thin.s()[0]);
        }

        @ParameterizedTest
        @MethodSource("reprise.linalg.SvdTest#kindsAndShapes")
        void qrFactorsMultiplyBackAndAreOrthonormal(Matrices.Kind kind, int m, int n) {
            Dense a = Matrices.of(kind, m, n, m + 5L * n);
            for (Qr qr : new Qr[] {Qr.of(a), Qr.full(a), Qr.pivoted(a)}) {
                Dense product = Blas.product(qr.q(), qr.r());
                double[] expected = new double[m * n];
                for (int k = 0; k < expected.length; k++) {
                    expected[k] = a.data()[k / n * n + qr.order()[k % n]];
                }
                Matrices.assertClose("Q R", Dense.of("a", expected, m, n), product);
                Matrices.assertOrthonormalColumns("Q", qr.q());
                for (int i = 1; i < qr.r().rows(); i++) {
                    for (int j = 0; j < Math.min(i, n); j++) {
                        assertEquals(0, qr.r().data()[i * n + j]);
                    }
                }
            }
        }

        @Test
        void aLargeMatrixIsDecomposed() {
            Dense a = Matrices.of(Matrices.Kind.RANDOM, 500, 500, 1);
            Matrices.assertClose("U S V'", a, Svd.of(a).product());
            Qr qr = Qr.of(a);
            Matrices.assertClose("Q R", a, Blas.product(qr.q(), qr.r()));
        }
    }

    @Nested
    class ClosedForm {
        @Test
        void theZeroMatrixHasRankZero() {
            Svd zero = Svd.of(new double[3][2]);
            assertArrayEquals(new double[2], zero.s());
            assertEquals(0, zero.rank());
            Matrices.assertOrthonormalColumns("U", zero.u());
            assertEquals(0, Qr.pivoted(new double[3][2]).rank());
        }

        @Test
        void ranksAreFound() {
            Random random = new Random(5);
            Dense a = Blas.product(Matrices.random(40, 7, random), Matrices.random(7, 25, random));
            assertEquals(7, Svd.of(a).rank());
            assertEquals(7, Qr.pivoted(a).rank());
        }

        @Test
        void normsOfAKnownMatrix() {
            double[][] a = {{3, 0}, {4, 5}};
            assertEquals(7, Norms.one(a));
            assertEquals(9, Norms.infinity(a));
            assertEquals(Math.sqrt(50), Norms.frobenius(a), 1e-14);
            assertEquals(Math.sqrt(45), Norms.spectral(a), 1e-14);
            assertEquals(Math.sqrt(45) + Math.sqrt(5), Norms.nuclear(a), 1e-14);
            assertEquals(3, Norms.condition(a), 1e-14);
            assertEquals(Math.sqrt(2) * 1e300, Norms.frobenius(new double[][] {{1e300, 1e300}}), 1e286);
            assertEquals(Double.POSITIVE_INFINITY, Norms.condition(new double[2][2]));
        }
    }

    @Nested
    class Randomised {
        @Test
        void findsTheLeadingPartOfAFallingSpectrum() {
            Dense a = Matrices.of(Matrices.Kind.COND_1E12, 120, 80, 3);
            double[] s = Svd.values(a);
            Svd leading = Svd.randomised(a, 10, 10, 2, Rng.of(1));
            for (int i = 0; i < 10; i++) {
                assertEquals(1, leading.s()[i] / s[i], 1e-10);
            }
            double error = Norms.spectral(Matrices.minus(a, leading.product()));
            // Eckart and Young: no approximation of rank 10 is better than s[10].
            assertTrue(error < 1.001 * s[10] && error > 0.999 * s[10], error + " against " + s[10]);
        }

        @Test
        void isExactForTheWholeRank() {
            Dense a = Matrices.of(Matrices.Kind.RANDOM, 6, 4, 3);
            Matrices.assertClose("A", a, Svd.randomised(a, 4, 10, 1, Rng.of(1)).product());
        }
    }

    @Nested
    class BadInput {
        @Test
        void countsAndNanAreRefused() {
            Dense a = Matrices.of(Matrices.Kind.RANDOM, 6, 4, 3);
            assertThrows(IllegalArgumentException.class, () -> Svd.randomised(a, 5, 1, 1, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> Svd.randomised(a, 0, 1, 1, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> Svd.of(a).leading(5));
            assertThrows(IllegalArgumentException.class, () -> Svd.of(new double[][] {{Double.NaN}}));
            assertThrows(IllegalArgumentException.class, () -> Qr.of(new double[0][]));
        }
    }
}
