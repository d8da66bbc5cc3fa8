package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.random.Rng;

class PrincipalComponentsTest {
    @Nested
    class ClosedForm {
        /** Points on a line through (1, 2) along (3, 4) / 5. */
        @Test
        void ofALineIsItsDirection() {
            double[][] points = {{1, 2}, {4, 6}, {-2, -2}, {7, 10}};
            var axes = PrincipalComponents.fit(points, 1);
            assertArrayEquals(new double[] {0.6, 0.8}, axes.axes().data(), 1e-14);
            assertArrayEquals(new double[] {2.5, 4}, axes.mean(), 1e-15);
            // Steps of 5: -7.5, -2.5, 2.5, 7.5 about the mean.
            assertEquals(125.0 / 3, axes.variances()[0], 1e-12);
            assertEquals(125.0 / 3, axes.total(), 1e-12);
            assertArrayEquals(new double[] {-2.5, 2.5, -7.5, 7.5}, axes.transform(Dense.of("p", points)).data(), 1e-13);
        }
    }

    @Nested
    class Invariance {
        /** Scores have no mean and no correlation, and the variances that are told; wide and tall. */
        @ParameterizedTest
        @CsvSource({"50, 4", "6, 30"})
        void scoresAreUncorrelated(int n, int d) {
            Dense x = Rng.of(1).normal(n, d);
            var fit = PrincipalComponents.fit(x, 3);
            Dense scores = fit.transform(x);
            Dense gram = Blas.productAtB(scores, scores);
            for (int a = 0; a < 3; a++) {
                for (int b = 0; b < 3; b++) {
                    assertEquals(a == b ? fit.variances()[a] * (n - 1) : 0, gram.data()[3 * a + b], 1e-11 * n * d);
                }
            }
            double total = 0;
            for (int c = 0; c < d; c++) {
                int at = c;
                total += Moments.of(java.util.stream.IntStream.range(0, n).mapToDouble(i -> x.data()[i * d + at])
                        .toArray()).variance();
            }
            assertEquals(total, fit.total(), 1e-11);
        }
    }

    @Nested
    class Agreement {
        @Test
        void ofArraysOfAllKinds() {
            double[][] x = Rng.of(2).normal(9, 3).toRows();
            double[] expected = PrincipalComponents.fit(Dense.of("x", x), 2).axes().data();
            assertArrayEquals(expected, PrincipalComponents.fit(x, 2).axes().data());
            assertArrayEquals(expected, PrincipalComponents.fit(Nd4j.create(x), 2).axes().data(), 1e-12);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefused() {
            double[][] x = {{1, 2}, {3, 5}};
            assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.fit(x, 0));
            assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.fit(x, 3));
            assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.fit(new double[][] {{1, 2}}, 1));
            assertThrows(IllegalArgumentException.class, () -> PrincipalComponents.fit(new double[][] {{Double.NaN, 1},
                {1, 1}}, 1));
            var fit = PrincipalComponents.fit(x, 1);
            assertThrows(IllegalArgumentException.class, () -> fit.transform(Dense.of("y", new double[][] {{1}})));
        }
    }
}
