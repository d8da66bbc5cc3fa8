package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.array.Dense;
import reprise.random.Rng;

class DistributionTest {
    static Stream<Distribution> all() {
        return Stream.of(
                Distribution.normal(1, 2), Distribution.uniform(-1, 3), Distribution.exponential(0.5),
                Distribution.laplace(-1, 0.7), Distribution.gamma(2.5, 3), Distribution.gamma(0.4, 1),
                Distribution.chiSquare(5), Distribution.chiSquare(3, 4), Distribution.beta(2, 3.5), Distribution.student(5));
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @MethodSource("reprise.prob.DistributionTest#all")
        void quantilesInvertAndDensitiesAreDerivatives(Distribution d) {
            for (double p : new double[] {0.01, 0.2, 0.45, 0.77, 0.99}) {
                double x = d.quantile(p);
                assertEquals(p, d.cdf(x), 1e-12);
                double h = 1e-4 * Math.min(Math.sqrt(d.variance()), x - d.quantile(0));
                // A central difference: of order h^2, and with rounding eps / h.
                double slope = (d.cdf(x + h) - d.cdf(x - h)) / (2 * h);
                assertEquals(1, d.density(x) / slope, 1e-6);
            }
        }

        @ParameterizedTest
        @MethodSource("reprise.prob.DistributionTest#all")
        void drawsFollowTheDistributionFunction(Distribution d) {
            int n = 20_000;
            double[] x = d.sample(n, Rng.of(17));
            Arrays.sort(x);
            double distance = 0;
            double mean = 0;
            for (int i = 0; i < n; i++) {
                distance = Math.max(distance, Math.abs(d.cdf(x[i]) - (i + 0.5) / n) + 0.5 / n);
                mean += x[i] / n;
            }
            // Kolmogorov: beyond 2.2 / sqrt(n) with probability 1.3e-4; the mean within four standard errors.
            assertTrue(distance < 2.2 / Math.sqrt(n), "distance " + distance);
            assertEquals(d.mean(), mean, 4 * Math.sqrt(d.variance() / n));
        }

        @ParameterizedTest
        @MethodSource("reprise.prob.DistributionTest#all")
        void momentsAreIntegralsOfTheQuantile(Distribution d) {
            // In u: the integrals of q(u) and q(u)^2 over (0, 1), with nodes crowding at the ends.
            var rule = GaussRule.legendre(400, -8, 8);
            double[] moments = new double[3];
            for (int i = 0; i < 400; i++) {
                double t = rule.nodes()[i];
                double u = SpecialFunctions.normalCdf(t);
                double weight = rule.weights()[i] * Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI);
                double q = d.quantile(Math.min(u, 1 - 1e-16));
                moments[0] += weight;
                moments[1] += weight * q;
                moments[2] += weight * q * q;
            }
            assertEquals(1, moments[0], 1e-12);
            // Student's tail of index 5 is cut at 1e-16 of the probability: (1e-16)^(3/5) of the second moment.
            assertEquals(d.mean(), moments[1], 1e-6);
            assertEquals(d.variance(), moments[2] - moments[1] * moments[1], 1e-5 * Math.max(1, d.variance()));
        }
    }

    @Nested
    class Vectors {
        private final Dense covariance = Dense.of("c", new double[][] {{4, 1}, {1, 2}});
        private final Normal tilted = Normal.of(new double[] {1, -1}, covariance);

        @Test
        void densitiesAgreeWithTheFormula() {
            Dense x = Dense.of("x", new double[][] {{1, -1}, {3, 0}, {100, 100}});
            double constant = -Math.log(2 * Math.PI) - Math.log(7) / 2;
            double[] square = {0, (2 * 4 - 2 * 2 * 1 + 4 * 1) / 7.0, (2 * 9801 - 2 * 9999 + 4 * 10201) / 7.0};
            double[] log = tilted.logDensity(x);
            for (int i = 0; i < 3; i++) {
                assertEquals(constant - square[i] / 2, log[i], 1e-12 * (1 + square[i]));
            }
            assertArrayEquals(covariance.data(), tilted.covariance().data(), 1e-15);
            Dense origin = Dense.of("x", new double[1][2]);
            assertEquals(-Math.log(2 * Math.PI), Normal.standard(2).logDensity(origin)[0], 1e-15);
            assertArrayEquals(
                    Normal.of(new double[] {0, 0}, Dense.of("c", new double[][] {{9, 0}, {0, 9}})).logDensity(x),
                    Normal.isotropic(new double[2], 3).logDensity(x), 1e-11);
        }

        @Test
        void scoresAreGradients() {
            var mixture = new Mixture(new double[] {3, 1}, List.of(tilted, Normal.standard(2)));
            double h = 1e-5;
            double[][] points = {{0.3, 0.1}, {2, -3}, {50, 40}};
            Dense score = mixture.score(Dense.of("x", points));
            for (int i = 0; i < 3; i++) {
                for (int k = 0; k < 2; k++) {
                    double[][] up = {points[i].clone()};
                    double[][] down = {points[i].clone()};
                    up[0][k] += h;
                    down[0][k] -= h;
                    double slope = (mixture.logDensity(Dense.of("x", up))[0]
                            - mixture.logDensity(Dense.of("x", down))[0]) / (2 * h);
                    // Log densities reach 1 000, so rounding is 1 000 eps / h.
                    assertEquals(slope, score.data()[i * 2 + k], 1e-7);
                }
            }
        }

        @Test
        void drawsHaveTheMeanAndCovariance() {
            int n = 50_000;
            var other = Normal.isotropic(new double[] {-3, 5}, 2);
            var mixture = new Mixture(new double[] {1, 3}, List.of(tilted, other));
            Dense x = mixture.sample(n, Rng.of(5));
            double[] mean = new double[2];
            double cross = 0;
            for (int i = 0; i < n; i++) {
                mean[0] += x.data()[2 * i] / n;
                mean[1] += x.data()[2 * i + 1] / n;
            }
            for (int i = 0; i < n; i++) {
                cross += (x.data()[2 * i] - mean[0]) * (x.data()[2 * i + 1] - mean[1]) / n;
            }
            // Mean (-2, 3.5); covariance 0.25 + 0.75 * 0.25 * 4 * (-6) = -4.25; standard deviations about 2.7 and 3.3.
            assertEquals(-2, mean[0], 4 * 2.7 / Math.sqrt(n));
            assertEquals(3.5, mean[1], 4 * 3.3 / Math.sqrt(n));
            assertEquals(-4.25, cross, 4 * 12 / Math.sqrt(n));
        }

        @Test
        void mixturesAreExactFarOut() {
            var mixture = Mixture.equal(List.of(Normal.standard(1), Normal.isotropic(new double[] {1000}, 1)));
            Dense x = Dense.of("x", new double[][] {{-100}, {400}, {500}});
            double c = -Math.log(2 * Math.PI) / 2;
            assertEquals(Math.log(0.5) + c - 5_000, mixture.logDensity(x)[0], 1e-9);
            assertEquals(c - 125_000, mixture.logDensity(x)[2], 1e-8);
            assertArrayEquals(new double[] {1, 0, 1, 0, 0.5, 0.5}, mixture.responsibilities(x).data(), 1e-9);
        }
    }

    @Nested
    class BadInput {
        @Test
        void parametersOutOfRangeAreRefused() {
            assertThrows(IllegalArgumentException.class, () -> Distribution.normal(0, 0));
            assertThrows(IllegalArgumentException.class, () -> Distribution.uniform(1, 1));
            assertThrows(IllegalArgumentException.class, () -> Distribution.gamma(-1, 1));
            assertThrows(IllegalArgumentException.class, () -> Distribution.student(0));
            assertThrows(IllegalArgumentException.class, () -> Distribution.chiSquare(1, -1));
            assertThrows(IllegalArgumentException.class, () -> Distribution.chiSquare(1, 1e10));
            assertThrows(IllegalArgumentException.class, () -> Distribution.beta(1, 1).quantile(2));
            assertThrows(IllegalArgumentException.class, () -> Distribution.normal(0, 1).sample(-1, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> Normal.standard(0));
            Dense wide = Dense.of("x", new double[1][3]);
            assertThrows(IllegalArgumentException.class, () -> Normal.standard(2).logDensity(wide));
            assertThrows(
                    IllegalArgumentException.class, () -> new Mixture(new double[] {1, 0}, List.of(
                            Normal.standard(1), Normal.standard(1))));
            assertThrows(
                    IllegalArgumentException.class, () -> Mixture.equal(List.of(
                            Normal.standard(1), Normal.standard(2))));
        }
    }
}
