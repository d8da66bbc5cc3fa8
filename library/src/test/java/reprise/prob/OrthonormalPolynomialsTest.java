package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.array.Dense;
import reprise.random.Rng;

class OrthonormalPolynomialsTest {
    @Nested
    class ClosedForm {
        @Test
        void theFirstOnesAreThoseOfTheTables() {
            double x = 0.3;
            double[] legendre = {
                1, Math.sqrt(3) * x, Math.sqrt(5) * (3 * x * x - 1) / 2, Math.sqrt(7) * (5 * x * x * x - 3 * x) / 2
            };
            assertArrayEquals(legendre, OrthonormalPolynomials.LEGENDRE.values(4, x), 1e-15);
            double[] hermite = {1, x, (x * x - 1) / Math.sqrt(2), (x * x * x - 3 * x) / Math.sqrt(6)};
            assertArrayEquals(hermite, OrthonormalPolynomials.HERMITE.values(4, x), 1e-15);
        }

        @ParameterizedTest
        @EnumSource
        void theyAreOrthonormal(OrthonormalPolynomials family) {
            int m = 16;
            for (GaussRule rule : List.of(family.rule(m), family.piecewise(-99, 99, 2 * m))) {
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j <= i; j++) {
                        int a = i;
                        int b = j;
                        double product = rule.integrate(x -> family.values(m, x)[a] * family.values(m, x)[b]);
                        // 400 terms of size up to 30 with rounding 2e-16 each.
                        assertEquals(i == j ? 1 : 0, product, 1e-11);
                    }
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void theMassOfASquareIsItsIntegral(OrthonormalPolynomials family) {
            for (int degree : new int[] {0, 1, 2, 7, 25}) {
                for (double x : new double[] {-0.97, -0.4, 0, 0.2, 0.999}) {
                    double at = family == OrthonormalPolynomials.HERMITE ? 7 * x : x;
                    double integral = family.piecewise(-99, at, 2 * degree)
                            .integrate(t -> Math.pow(family.values(degree + 1, t)[degree], 2));
                    assertEquals(integral, family.squareCdf(degree, at), 1e-12);
                }
            }
        }

        @Test
        void functionsWithAKinkAreIntegratedToRounding() {
            double[] all = {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};
            assertEquals(0.5, OrthonormalPolynomials.LEGENDRE.piecewise(all[0], all[1], 2).integrate(Math::abs), 1e-14);
            assertEquals(
                    Math.sqrt(2 / Math.PI),
                    OrthonormalPolynomials.HERMITE.piecewise(all[0], all[1], 2).integrate(Math::abs), 1e-14);
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @EnumSource
        void quantilesInvertTheMass(OrthonormalPolynomials family) {
            for (int degree : new int[] {0, 1, 6, 39}) {
                for (double p : new double[] {1e-9, 0.01, 0.3, 0.5, 0.77, 1 - 1e-9}) {
                    double x = family.squareQuantile(degree, p);
                    // Where a square vanishes the mass is flat: only the mass itself can be compared.
                    assertEquals(p, family.squareCdf(degree, x), 1e-12);
                }
                assertEquals(0, family.squareCdf(degree, family.squareQuantile(degree, 0)));
                assertEquals(1, family.squareCdf(degree, family.squareQuantile(degree, 1)));
            }
        }

        @ParameterizedTest
        @EnumSource
        void drawsFollowTheMass(OrthonormalPolynomials family) {
            Rng rng = Rng.of(3);
            double[] draws = new double[4000];
            for (int i = 0; i < draws.length; i++) {
                draws[i] = family.squareQuantile(5, rng.uniform());
            }
            assertTrue(KolmogorovSmirnov.of(draws, x -> family.squareCdf(5, x)).pValue() > 1e-3);
            assertTrue(KolmogorovSmirnov.of(draws, x -> family.squareCdf(4, x)).pValue() < 1e-6);
        }
    }

    @Nested
    class Products {
        @Test
        void aProductBasisIsOrthonormalForTheProductMeasure() {
            var mixed = PolynomialBasis.tensor(
                    List.of(OrthonormalPolynomials.LEGENDRE, OrthonormalPolynomials.HERMITE), 2, 3);
            assertEquals(12, mixed.size());
            GaussRule a = OrthonormalPolynomials.LEGENDRE.rule(4);
            GaussRule b = OrthonormalPolynomials.HERMITE.rule(4);
            double[][] gram = new double[12][12];
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    double[] values = mixed.at(a.nodes()[i], b.nodes()[j]);
                    for (int s = 0; s < 12; s++) {
                        for (int t = 0; t < 12; t++) {
                            gram[s][t] += a.weights()[i] * b.weights()[j] * values[s] * values[t];
                        }
                    }
                }
            }
            for (int s = 0; s < 12; s++) {
                for (int t = 0; t < 12; t++) {
                    assertEquals(s == t ? 1 : 0, gram[s][t], 1e-13);
                }
            }
        }

        @Test
        void totalDegreeCountsAndOrdersTheExponents() {
            assertArrayEquals(
                    new int[][] {{0, 0}, {1, 0}, {0, 1}, {2, 0}, {1, 1}, {0, 2}}, PolynomialBasis.exponents(2, 2));
            var basis = PolynomialBasis.totalDegree(OrthonormalPolynomials.HERMITE, 3, 4);
            assertEquals(35, basis.size());
            assertEquals(3, basis.dimension());
            double[] x = {0.3, -1, 2};
            int[] degrees = basis.exponent(20);
            double product = 1;
            for (int c = 0; c < 3; c++) {
                product *= OrthonormalPolynomials.HERMITE.values(5, x[c])[degrees[c]];
            }
            assertEquals(product, basis.at(x)[20], 1e-15);
        }

        @Test
        void manyPointsAreTheSameAsOneByOne() {
            var basis = PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 6);
            Dense points = Dense.of("points", new double[] {-0.5, 0, 0.1, 0.9}, 4, 1);
            double[][] all = basis.at(points.toRows());
            for (int i = 0; i < 4; i++) {
                assertArrayEquals(basis.at(points.data()[i]), all[i]);
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedByName() {
            var legendre = OrthonormalPolynomials.LEGENDRE;
            assertThrows(IllegalArgumentException.class, () -> legendre.values(0, 0.5));
            assertThrows(IllegalArgumentException.class, () -> legendre.values(3, Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> legendre.squareCdf(-1, 0.5));
            assertThrows(IllegalArgumentException.class, () -> legendre.squareCdf(1, Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> legendre.squareQuantile(1, 1.5));
            assertThrows(IllegalArgumentException.class, () -> legendre.piecewise(1, 0, 3));
            assertThrows(IllegalArgumentException.class, () -> PolynomialBasis.of(legendre, 0));
            assertThrows(IllegalArgumentException.class, () -> PolynomialBasis.tensor(List.of(legendre), 1, 2));
            assertThrows(IllegalArgumentException.class, () -> PolynomialBasis.of(legendre, 3).at(0.1, 0.2));
        }
    }
}
