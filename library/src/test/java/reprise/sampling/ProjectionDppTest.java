package reprise.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.array.Dense;
import reprise.parallel.Tasks;
import reprise.prob.KolmogorovSmirnov;
import reprise.prob.OrthonormalPolynomials;
import reprise.prob.PolynomialBasis;
import reprise.random.Rng;

class ProjectionDppTest {
    private static final PolynomialBasis TEN = PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 10);

    private static double cdf(PolynomialBasis basis, double x) {
        return IntStream.range(0, basis.size()).mapToDouble(j -> basis.family(0).squareCdf(j, x)).average().orElse(0);
    }

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @EnumSource
        void independentPointsFollowTheDensity(OrthonormalPolynomials family) {
            var basis = PolynomialBasis.of(family, 8);
            double[] draws = ChristoffelSampler.of(basis).sample(4000, Rng.of(1)).data();
            assertTrue(KolmogorovSmirnov.of(draws, x -> cdf(basis, x)).pValue() > 1e-3);
            assertTrue(KolmogorovSmirnov.of(draws, family.measure()::cdf).pValue() < 1e-6);
        }

        @Test
        void weightsUndoTheDensity() {
            var sampler = ChristoffelSampler.of(TEN);
            // The mean of the density under mu is 1; degree 18 is exact with ten nodes.
            assertEquals(1, OrthonormalPolynomials.LEGENDRE.rule(10).integrate(sampler::density), 1e-13);
            assertEquals(1, sampler.density(0.3) * sampler.weight(0.3), 1e-15);
            assertArrayEquals(
                    new double[] {sampler.weight(-0.2), sampler.weight(1)},
                    sampler.weights(Dense.of("points", new double[][] {{-0.2}, {1}})), 1e-15);
            // k(1) is the sum of 2 j + 1: m^2.
            assertEquals(0.1, sampler.weight(1), 1e-14);
        }

        @Test
        void countsHaveTheKnownMeanVarianceAndGap() {
            var process = ProjectionDpp.of(TEN);
            var half = process.count(0, 1);
            assertEquals(5, half.mean(), 1e-12);
            // Audit of the paper's card, by an independent program: 0.2454 and 0.4161.
            assertEquals(0.2454, half.variance(), 5e-5);
            assertEquals(0.4161, process.count(-0.1, 0.1).none(), 5e-5);
            var all = process.count(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            assertEquals(10, all.mean(), 1e-12);
            assertEquals(0, all.variance(), 1e-12);
        }

        @Test
        void oneFunctionGivesADrawFromTheMeasureAndTwoAreRejectionFree() {
            var one = ProjectionDpp.of(PolynomialBasis.of(OrthonormalPolynomials.HERMITE, 1));
            double[] draws = new double[2000];
            for (int i = 0; i < draws.length; i++) {
                draws[i] = one.sample(Rng.of(i)).data()[0];
            }
            assertTrue(KolmogorovSmirnov.of(draws, OrthonormalPolynomials.HERMITE.measure()::cdf).pValue() > 1e-3);
            // det K / 2 for 1 and x sqrt(3): 3 (x - y)^2 / 2.
            var two = ProjectionDpp.of(PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 2));
            double density = Math.exp(two.logDensity(Dense.of("points", new double[][] {{0.5}, {-0.25}})));
            assertEquals(1.5 * 0.75 * 0.75, density, 1e-13);
        }
    }

    @Nested
    class Draws {
        /** The law of the number of points in [0, 1] and of an empty middle, over 3000 draws. */
        @Test
        void countsFollowTheDeterminants() {
            var process = ProjectionDpp.of(TEN);
            int draws = 3000;
            double sum = 0;
            double squares = 0;
            double empty = 0;
            for (int k = 0; k < draws; k++) {
                Dense points = process.sample(Rng.of(k));
                assertEquals(10, points.rows());
                int right = 0;
                boolean none = true;
                for (double x : points.data()) {
                    right += x > 0 ? 1 : 0;
                    none &= Math.abs(x) > 0.1;
                }
                sum += right - 5;
                squares += (right - 5) * (right - 5);
                empty += none ? 1 : 0;
            }
            // Four standard errors: sqrt(0.2454 / 3000), about sqrt(0.25 / 3000), sqrt(0.24 / 3000).
            assertEquals(0, sum / draws, 0.036);
            assertEquals(0.2454, squares / draws, 0.036);
            assertEquals(0.4161, empty / draws, 0.036);
        }

        @Test
        void everyPointHasTheSameLaw() {
            var process = ProjectionDpp.of(PolynomialBasis.of(OrthonormalPolynomials.HERMITE, 5));
            var basis = PolynomialBasis.of(OrthonormalPolynomials.HERMITE, 5);
            for (int at : new int[] {0, 4}) {
                double[] points = new double[2000];
                for (int k = 0; k < points.length; k++) {
                    points[k] = process.sample(Rng.of(k)).data()[at];
                }
                assertTrue(KolmogorovSmirnov.of(points, x -> cdf(basis, x)).pValue() > 1e-3, "point " + at);
            }
        }

        @Test
        void workInThePlane() {
            var plane = PolynomialBasis.totalDegree(OrthonormalPolynomials.LEGENDRE, 2, 3);
            var process = ProjectionDpp.of(plane);
            double[] gram = new double[100];
            int draws = 1500;
            for (int k = 0; k < draws; k++) {
                Dense points = process.sample(Rng.of(k));
                Dense values = plane.at(points);
                double[] w = ChristoffelSampler.of(plane).weights(points);
                for (int i = 0; i < 10; i++) {
                    for (int e = 0; e < 100; e++) {
                        gram[e] += w[i] * values.data()[i * 10 + e / 10] * values.data()[i * 10 + e % 10] / draws;
                    }
                }
            }
            for (int e = 0; e < 100; e++) {
                // One sum over ten points of weighted products, each at most 10, has a deviation below 4.
                assertEquals(e / 10 == e % 10 ? 10 : 0, gram[e], 4 * 4 / Math.sqrt(draws));
            }
        }
    }

    @Nested
    class Invariance {
        @Test
        void drawsDoNotDependOnTheThreads() {
            var one = Tasks.withThreads(1, () -> PointDesign.VOLUME.draw(TEN, 25, Rng.of(5)));
            var many = Tasks.withThreads(4, () -> PointDesign.VOLUME.draw(TEN, 25, Rng.of(5)));
            assertArrayEquals(one.points().data(), many.points().data());
        }

        @Test
        void theDensityDoesNotDependOnTheOrderAndVanishesWherePointsMeet() {
            var process = ProjectionDpp.of(PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 3));
            double a = process.logDensity(Dense.of("points", new double[][] {{0.1}, {-0.5}, {0.9}}));
            double b = process.logDensity(Dense.of("points", new double[][] {{0.9}, {0.1}, {-0.5}}));
            assertEquals(a, b, 1e-13);
            assertTrue(process.logDensity(Dense.of("points", new double[][] {{0.1}, {0.1}, {0.9}})) < -60);
            assertEquals(process.kernel(new double[] {0.1}, new double[] {0.7}),
                    process.kernel(new double[] {0.7}, new double[] {0.1}));
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedByName() {
            var process = ProjectionDpp.of(TEN);
            assertThrows(IllegalArgumentException.class,
                    () -> process.logDensity(Dense.of("points", new double[][] {{0}, {1}})));
            assertThrows(IllegalArgumentException.class, () -> process.count(0.5, 0.5));
            var plane = PolynomialBasis.tensor(
                    List.of(OrthonormalPolynomials.LEGENDRE, OrthonormalPolynomials.LEGENDRE), 1, 1);
            assertThrows(IllegalArgumentException.class, () -> ProjectionDpp.of(plane).count(0, 1));
            assertThrows(IllegalArgumentException.class, () -> ChristoffelSampler.of(TEN).sample(0, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> ChristoffelSampler.of(TEN).weight(Double.NaN));
        }
    }
}
