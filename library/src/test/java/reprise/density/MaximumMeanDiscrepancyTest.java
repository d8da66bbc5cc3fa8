package reprise.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.prob.GaussRule;
import reprise.prob.Mixture;
import reprise.prob.Moments;
import reprise.prob.Normal;
import reprise.prob.SpecialFunctions;
import reprise.random.Rng;

class MaximumMeanDiscrepancyTest {
    private static final Normal SKEW = Normal.of(
            new double[] {1, -2}, Dense.of("covariance", new double[][] {{2, 0.6}, {0.6, 0.5}}));

    @Nested
    class ClosedForm {
        /** sqrt((1 - (h^2 / (h^2 + 2))^(d / 2)) / s). */
        @ParameterizedTest
        @CsvSource({"1, 1", "2, 16", "10, 7", "100, 64"})
        void independentDrawsFromTheStandardNormal(int d, int s) {
            double h = Math.sqrt(2 * d);
            var mmd = MaximumMeanDiscrepancy.to(Normal.standard(d), Kernel.gaussian(h));
            assertEquals(Math.sqrt((1 - Math.pow(h * h / (h * h + 2), d / 2.0)) / s), mmd.ofIndependent(s), 1e-13);
        }

        @Test
        void onePointAtTheCentre() {
            var mmd = MaximumMeanDiscrepancy.to(Normal.standard(2), Kernel.gaussian(2));
            assertEquals(2 / 3.0 - 2 * 4 / 5.0 + 1, mmd.squared(Dense.of("x", new double[][] {{0, 0}})), 1e-14);
        }

        /** The mean is (2 pi h^2)^(d / 2) times the density of N(mu, Sigma + h^2 I). */
        @Test
        void gaussianKernelUnderACorrelatedNormal() {
            double h = 0.7;
            var wider = Normal.of(new double[] {1, -2},
                    Dense.of("covariance", new double[][] {{2 + h * h, 0.6}, {0.6, 0.5 + h * h}}));
            Dense x = Rng.of(1).normal(9, 2);
            double[] logs = wider.logDensity(x);
            double[] means = MaximumMeanDiscrepancy.to(SKEW, Kernel.gaussian(h)).embedding(x);
            for (int i = 0; i < 9; i++) {
                assertEquals(2 * Math.PI * h * h * Math.exp(logs[i]), means[i], 1e-14);
            }
        }

        /** E exp(-|x - Z|) = e^(1/2) [e^-x Phi(x - 1) + e^x Phi(-x - 1)]; E exp(-|Z - Z'|) = 2 e Phi(-sqrt 2). */
        @ParameterizedTest
        @ValueSource(doubles = {0, 0.3, -2, 5})
        void laplaceKernelOnTheLine(double x) {
            var mmd = MaximumMeanDiscrepancy.to(Normal.standard(1), Kernel.laplace(1));
            double expected = Math.exp(0.5) * (Math.exp(-x) * SpecialFunctions.normalCdf(x - 1)
                    + Math.exp(x) * SpecialFunctions.normalCdf(-x - 1));
            assertEquals(expected, mmd.embedding(Dense.of("x", new double[][] {{x}}))[0], 1e-13);
            double self = 2 * Math.E * SpecialFunctions.normalCdf(-Math.sqrt(2));
            assertEquals(Math.sqrt(1 - self), mmd.ofIndependent(1), 1e-13);
        }

        /** |Z|^2 / 2 is exponential: E (1 + |Z|^2 / c^2)^(-1/2) = sqrt(pi a) e^a erfc(sqrt a), a = c^2 / 2. */
        @Test
        void multiquadricInThePlane() {
            double c = 1.3;
            double a = c * c / 2;
            double expected = Math.sqrt(Math.PI * a) * Math.exp(a) * SpecialFunctions.erfc(Math.sqrt(a));
            var mmd = MaximumMeanDiscrepancy.to(Normal.standard(2), Kernel.inverseMultiquadric(0.5, c));
            assertEquals(expected, mmd.embedding(Dense.of("x", new double[][] {{0, 0}}))[0], 1e-12);
        }

        /** |Z|^2 / 2 has a gamma distribution: a Gauss-Laguerre rule for the density of the squared length. */
        @ParameterizedTest
        @CsvSource({"laplace, 0.5, 100, 1", "laplace, 0.5, 100, 10", "matern, 40, 1, 0.3", "matern, 12, 30, 0.5",
            "multiquadric, 50, 2, 9", "multiquadric, 0.5, 100, 3"})
        void narrowPeaksOfTheIntegralAreSeen(String family, double nu, int d, double s) {
            Kernel k = family.equals("multiquadric") ? Kernel.inverseMultiquadric(nu, s) : Kernel.matern(nu, s);
            var rule = GaussRule.laguerre(160, d / 2.0 - 1);
            double total = rule.integrate(t -> 1);
            double expected = rule.integrate(
                    t -> k.value(new double[] {0}, new double[] {Math.sqrt(2 * t)})) / total;
            double[][] centre = new double[1][d];
            double mean = MaximumMeanDiscrepancy.to(Normal.standard(d), k).embedding(Dense.of("x", centre))[0];
            // The rule itself has 9 digits where the kernel has a kink; the table of matern(40) is exact to 1e-11.
            assertEquals(1, mean / expected, 1e-8);
        }

        /** By Gauss-Hermite quadrature over each component: 80 nodes are exact to rounding for a smooth kernel. */
        @Test
        void mixturesAreAverages() {
            var parts = List.of(Normal.isotropic(new double[] {-1}, 0.5), Normal.isotropic(new double[] {2}, 1.5));
            var target = new Mixture(new double[] {1, 3}, parts);
            var rule = GaussRule.normal(80);
            for (Kernel k : List.of(Kernel.gaussian(1.1), Kernel.matern(6.5, 0.8), Kernel.inverseMultiquadric(1, 3),
                    Kernel.gaussian(2).plus(Kernel.gaussian(1)))) {
                var mmd = MaximumMeanDiscrepancy.to(target, k);
                double[] x = {0.7};
                double at = 0;
                double self = 0;
                for (int p = 0; p < 2; p++) {
                    double mean = p == 0 ? -1 : 2;
                    double sd = p == 0 ? 0.5 : 1.5;
                    at += (p == 0 ? 0.25 : 0.75) * rule.integrate(z -> k.value(x, new double[] {mean + sd * z}));
                    self += (p == 0 ? 0.25 : 0.75) * rule.integrate(
                            z -> mmd.embedding(Dense.of("z", new double[][] {{mean + sd * z}}))[0]);
                }
                assertEquals(at, mmd.embedding(Dense.of("x", new double[][] {x}))[0], 1e-6, k.toString());
                assertEquals(Math.sqrt((k.atZero() - self) / 3), mmd.ofIndependent(3), 1e-6, k.toString());
            }
        }

        @Test
        void twoPointsAndOne() {
            var mmd = MaximumMeanDiscrepancy.to(new double[][] {{0}, {2}}, Kernel.laplace(1));
            double expected = (1 + Math.exp(-2)) / 2 - 2 * Math.exp(-1) + 1;
            assertEquals(Math.sqrt(expected), mmd.of(new double[][] {{1}}), 1e-14);
        }
    }

    @Nested
    class Invariance {
        @Test
        void noDistanceToItself() {
            double[][] x = Rng.of(1).normal(50, 3).toRows();
            assertEquals(0, MaximumMeanDiscrepancy.to(x, Kernel.matern(2.5, 1)).of(x), 1e-7);
        }

        @Test
        void underRotationOfPointsAndTarget() {
            double[][] x = {{1, 1}, {-0.5, 2}};
            double[][] turned = {{0.6 - 0.8, 0.8 + 0.6}, {-0.3 - 1.6, -0.4 + 1.2}};
            var straight = Normal.diagonal(new double[] {1, 0}, new double[] {4, 0.25});
            double both = 0.48 * (4 - 0.25);
            var skew = Normal.of(new double[] {0.6, 0.8}, Dense.of("covariance", new double[][] {
                {0.36 * 4 + 0.64 * 0.25, both}, {both, 0.64 * 4 + 0.36 * 0.25}
            }));
            for (Kernel k : List.of(Kernel.gaussian(0.9), Kernel.laplace(0.9))) {
                assertEquals(
                        MaximumMeanDiscrepancy.to(straight, k).of(x), MaximumMeanDiscrepancy.to(skew, k).of(turned),
                        1e-13);
            }
        }
    }

    @Nested
    class Agreement {
        /** The mean square over independent draws is exact; five standard errors. */
        @ParameterizedTest
        @ValueSource(doubles = {0, 0.5, 3})
        void drawsHaveTheExactMeanSquare(double nu) {
            Kernel k = nu == 0 ? Kernel.gaussian(1) : Kernel.matern(nu, 1);
            var target = new Mixture(new double[] {1, 2}, List.of(SKEW, Normal.standard(2)));
            var mmd = MaximumMeanDiscrepancy.to(target, k);
            double[] squares = new double[2_000];
            for (int r = 0; r < squares.length; r++) {
                squares[r] = mmd.squared(target.sample(5, Rng.of(9).split(r)));
            }
            var moments = Moments.of(squares);
            double expected = mmd.ofIndependent(5) * mmd.ofIndependent(5);
            assertEquals(expected, moments.mean(), 5 * moments.standardError());
            // The distance to a sample instead of P is another number, and the test can tell.
            assertTrue(moments.standardError() < 0.02 * expected);
        }

        @Test
        void arraysAndNd4jArraysGiveTheSame() {
            double[][] x = Rng.of(1).normal(5, 2).toRows();
            double[][] y = Rng.of(2).normal(7, 2).toRows();
            var exact = MaximumMeanDiscrepancy.to(SKEW, Kernel.gaussian(1));
            assertEquals(exact.of(x), exact.of(Nd4j.create(x)));
            double plain = MaximumMeanDiscrepancy.to(y, Kernel.gaussian(1)).of(x);
            assertEquals(plain, MaximumMeanDiscrepancy.to(Nd4j.create(y), Kernel.gaussian(1)).of(x));
            double[] means = MaximumMeanDiscrepancy.to(y, Kernel.sinc(1)).embedding(Dense.of("x", x));
            double[] seventh = {1 / 7.0, 1 / 7.0, 1 / 7.0, 1 / 7.0, 1 / 7.0, 1 / 7.0, 1 / 7.0};
            assertArrayEquals(Kernel.sinc(1).sums(x, y, seventh), means);
        }
    }

    @Nested
    class BadInput {
        @Test
        void rejectsKernelsWithoutExactMeans() {
            for (Kernel k : List.of(Kernel.sinc(1), Kernel.bSpline(4, 1), Kernel.gaussian(1).plus(Kernel.sinc(1)))) {
                var e = assertThrows(IllegalArgumentException.class, () -> MaximumMeanDiscrepancy.to(SKEW, k));
                assertTrue(e.getMessage().contains("take a large sample of the target instead"), e.getMessage());
            }
        }

        @Test
        void rejectsOtherDimensionsNaNAndNothing() {
            var exact = MaximumMeanDiscrepancy.to(SKEW, Kernel.gaussian(1));
            var e = assertThrows(IllegalArgumentException.class, () -> exact.of(new double[][] {{1, 2, 3}}));
            assertEquals("x must be of shape [1, 2], was [1, 3]", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> exact.of(new double[][] {{1, Double.NaN}}));
            assertThrows(IllegalArgumentException.class, () -> exact.of(new double[0][]));
            assertThrows(IllegalArgumentException.class, () -> exact.ofIndependent(0));
            assertThrows(IllegalArgumentException.class,
                    () -> MaximumMeanDiscrepancy.to(new double[0][], Kernel.gaussian(1)));
        }
    }
}
