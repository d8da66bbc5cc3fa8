package reprise.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.array.Dense;
import reprise.experiment.Trials;
import reprise.linalg.NotConverged;
import reprise.linalg.SingularMatrix;
import reprise.prob.GaussRule;
import reprise.prob.OrthonormalPolynomials;
import reprise.prob.PolynomialBasis;
import reprise.random.Rng;

class WeightedPointsTest {
    private static final PolynomialBasis TEN = PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 10);

    private static WeightedPoints gauss(PolynomialBasis basis, int n) {
        GaussRule rule = basis.family(0).rule(n);
        return new WeightedPoints(
                Dense.of("points", rule.nodes(), n, 1), Arrays.stream(rule.weights()).map(w -> w * n).toArray());
    }

    @Nested
    class ClosedForm {
        @Test
        void aQuadratureRuleHasAPerfectGramMatrixAndGivesTheProjection() {
            var points = gauss(TEN, 12);
            for (double value : points.gramValues(TEN)) {
                assertEquals(1, value, 1e-13);
            }
            var fit = points.fit(TEN, x -> Math.exp(x[0]));
            var best = BestApproximation.of(TEN, Math::exp);
            assertEquals(1, fit.stability(), 1e-13);
            // The rule of 12 nodes is exact up to degree 23; what exp has beyond, times degree 9, is below 1e-13.
            assertArrayEquals(best.coefficients(), fit.coefficients(), 1e-13);
            assertEquals(Math.exp(0.3), fit.at(0.3), 1e-8);
        }

        @ParameterizedTest
        @EnumSource
        void polynomialsOfTheSpaceAreFoundExactly(PointDesign design) {
            var fit = design.draw(TEN, 30, Rng.of(3)).fit(TEN, x -> 4 * Math.pow(x[0], 9) - x[0] + 2);
            for (double x : new double[] {-1, -0.3, 0.5}) {
                // Uniform points have the least stable Gram matrix here, about 1e-3.
                assertEquals(4 * Math.pow(x, 9) - x + 2, fit.at(x), 1e-10);
            }
        }

        @Test
        void theBestApproximationOfAnAbsoluteValueIsKnown() {
            // |x| on [-1, 1] with 1, x, x^2: 3/16 + 15/16 x^2; squared error 1/3 - 1/4 - 5/64.
            var best = BestApproximation.of(PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 3), Math::abs);
            assertArrayEquals(new double[] {0.5, 0, Math.sqrt(5) / 8}, best.coefficients(), 1e-14);
            assertEquals(Math.sqrt(1.0 / 3 - 0.25 - 5.0 / 64), best.error(), 1e-14);
        }

        @Test
        void theErrorOfAFitIsTheIntegral() {
            var best = BestApproximation.of(TEN, Math::abs);
            var fit = PointDesign.CHRISTOFFEL.draw(TEN, 30, Rng.of(1)).fit(TEN, x -> Math.abs(x[0]));
            double square = OrthonormalPolynomials.LEGENDRE
                    .piecewise(-1, 1, 20)
                    .integrate(x -> Math.pow(Math.abs(x) - fit.at(x), 2));
            assertEquals(Math.sqrt(square), fit.error(best), 1e-13);
            assertTrue(fit.error(best) > best.error());
        }
    }

    @Nested
    class Laws {
        @Test
        void volumeSamplingHasTheExactMeanOfTheInverse() {
            var five = PolynomialBasis.of(OrthonormalPolynomials.HERMITE, 5);
            Trials traces = DesignStudy.of(PointDesign.VOLUME, five, 25).run(4000, Rng.of(6)).inverseTrace();
            // n / (n - m + 1); the tail of a trace has index (n - m + 3) / 2 = 11.5, so the standard error is honest.
            assertEquals(25.0 / 21, traces.mean(), 4 * traces.standardError());
            assertTrue(4 * traces.standardError() < 0.02);
            Trials iid = DesignStudy.of(PointDesign.CHRISTOFFEL, five, 25).run(4000, Rng.of(6)).inverseTrace();
            assertTrue(iid.mean() > 25.0 / 21 + 0.05, "independent points: " + iid.mean());
        }

        @Test
        void volumeSamplingIsUnbiasedForAnyFunction() {
            var three = PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 3);
            double[] best = BestApproximation.of(three, Math::abs).coefficients();
            int draws = 20_000;
            double[] sum = new double[3];
            double[] squares = new double[3];
            for (int k = 0; k < draws; k++) {
                double[] c = PointDesign.VOLUME.draw(three, 4, Rng.of(k))
                        .fit(three, x -> Math.abs(x[0])).coefficients();
                for (int j = 0; j < 3; j++) {
                    sum[j] += c[j] / draws;
                    squares[j] += c[j] * c[j] / draws;
                }
            }
            for (int j = 0; j < 3; j++) {
                assertEquals(best[j], sum[j], 4 * Math.sqrt((squares[j] - sum[j] * sum[j]) / draws));
            }
        }

        @ParameterizedTest
        @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VOLUME")
        void theMeanGramMatrixIsTheIdentity(PointDesign design) {
            var four = PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 4);
            int draws = 3000;
            double mean = 0;
            for (int k = 0; k < draws; k++) {
                mean += Arrays.stream(design.draw(four, 8, Rng.of(k)).gramValues(four)).sum() / draws;
            }
            // For all but uniform points the trace is m exactly: w k = m. Uniform: k has deviation 3.4, over 8 points.
            assertEquals(4, mean, design == PointDesign.MEASURE ? 4 * 3.4 / Math.sqrt(8.0 * draws) : 1e-12);
        }
    }

    @Nested
    class MeanGram {
        @Test
        void missingWeightsAreSeen() {
            var draws = IntStream.range(0, 300).mapToObj(k -> PointDesign.DPP.draw(TEN, 10, Rng.of(k))).toList();
            // 55 normal entries exceed 4.5 with a chance of 4e-4.
            assertTrue(DesignStudy.gramDeviation(TEN, draws) < 4.5);
            var wrong = draws.stream().map(WeightedPoints::unweighted).toList();
            assertTrue(DesignStudy.gramDeviation(TEN, wrong) > 20);
            assertThrows(IllegalArgumentException.class, () -> DesignStudy.gramDeviation(TEN, draws.subList(0, 1)));
        }
    }

    @Nested
    class Stability {
        @Test
        void aStableDrawIsStableAndCountsItsTries() {
            var stable = PointDesign.DPP.drawStable(TEN, 20, 0.4, 1000, Rng.of(2));
            assertTrue(stable.points().gramValues(TEN)[9] >= 0.4);
            assertTrue(stable.tries() >= 1 && stable.tries() < 200, "tries " + stable.tries());
            var e = assertThrows(NotConverged.class,
                    () -> PointDesign.CHRISTOFFEL.drawStable(TEN, 10, 0.9, 5, Rng.of(2)));
            assertEquals(5, e.iterations());
        }

        @Test
        void studiesGiveTheSameNumbersAsSingleDraws() {
            var best = BestApproximation.of(TEN, Math::abs);
            var result = DesignStudy.of(PointDesign.DPP, TEN, 20).approximating(best).run(7, Rng.of(8));
            var points = PointDesign.DPP.draw(TEN, 20, Rng.of(8).split(3));
            var fit = points.fit(TEN, x -> Math.abs(x[0]));
            assertEquals(fit.stability(), result.least().values()[3], 1e-15);
            assertEquals(fit.error(best) / best.error(), result.errors().get(0).values()[3], 1e-12);
            double trace = Arrays.stream(fit.gramValues()).map(v -> 0.1 / v).sum();
            assertEquals(trace, result.inverseTrace().values()[3], 1e-12);
            assertEquals(1, result.stable(0));
            assertEquals(0, result.stable(1.01));
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedByName() {
            assertThrows(IllegalArgumentException.class, () -> WeightedPoints.of(new double[][] {{0}, {1}}, 1));
            assertThrows(IllegalArgumentException.class, () -> WeightedPoints.of(new double[][] {{0}, {1}}, 1, -1));
            assertThrows(IllegalArgumentException.class, () -> WeightedPoints.of(new double[][] {{0}, {1}}, 0, 0));
            assertThrows(IllegalArgumentException.class,
                    () -> WeightedPoints.of(new double[][] {{0}, {Double.NaN}}, 1, 1));
            assertThrows(IllegalArgumentException.class,
                    () -> WeightedPoints.of(new double[][] {{0}, {1}}, 1, Double.NaN));
            var few = WeightedPoints.of(new double[][] {{0}, {1}}, 1, 1);
            assertThrows(IllegalArgumentException.class, () -> few.fit(TEN, 1, 2));
            assertArrayEquals(new double[8], Arrays.copyOfRange(few.gramValues(TEN), 2, 10));
            double[][] same = new double[12][1];
            double[] ones = few.unweighted().weights().clone();
            assertArrayEquals(new double[] {1, 1}, ones);
            double[] twelve = new double[12];
            Arrays.fill(twelve, 1);
            var e = assertThrows(SingularMatrix.class,
                    () -> WeightedPoints.of(same, twelve).fit(TEN, new double[12]));
            assertTrue(e.getMessage().contains("rank 1"), e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> PointDesign.DPP.draw(TEN, 15, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> PointDesign.VOLUME.draw(TEN, 9, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> PointDesign.CHRISTOFFEL.draw(TEN, 0, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> DesignStudy.of(PointDesign.DPP, TEN, 9));
            assertThrows(IllegalArgumentException.class,
                    () -> DesignStudy.of(PointDesign.DPP, TEN, 10).approximating(
                            BestApproximation.of(PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 3), Math::abs)));
        }
    }
}
