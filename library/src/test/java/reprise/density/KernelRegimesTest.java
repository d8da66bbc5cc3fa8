package reprise.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.hipparchus.distribution.discrete.PoissonDistribution;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.optim.RootFinder;
import reprise.prob.Moments;
import reprise.random.Rng;

class KernelRegimesTest {
    private final KernelRegimes theory = KernelRegimes.isotropic();
    private final KernelRegimes uneven = KernelRegimes.diagonal(0.2, 1, 3);

    /** Central difference: error O(step^2) plus rounding 1e-16 / step, together below 1e-9 here. */
    private static double slope(DoubleUnaryOperator f, double x) {
        double step = 1e-5 * x;
        return (f.applyAsDouble(x + step) - f.applyAsDouble(x - step)) / (2 * step);
    }

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @CsvSource({
            "0.07, 1.5518, 2.1945, 1.0981", "0.10, 1.3708, 1.9386, 1.0386", "0.20, 1.0457, 1.4788, 0.8917",
            "0.30, 0.8677, 1.2272, 0.7836", "0.50, 0.6521, 0.9223, 0.6224"
        })
        void bordersAreThoseOfTheIndependentTable(double alpha, double hG, double hClt, double hOpt) {
            assertEquals(hG, theory.hG(alpha), 5e-5);
            assertEquals(hClt, theory.hClt(alpha), 5e-5);
            assertEquals(hOpt, theory.hOpt(alpha), 5e-5);
        }

        @Test
        void fewPointsPutTheBordersFarOut() {
            // I = 3/4 lambda^2 (1 + O(lambda)), so hG^4 = 3 / (4 alpha) up to O(sqrt(alpha)).
            double alpha = 1e-10;
            assertEquals(Math.pow(3 / (4 * alpha), 0.25), theory.hG(alpha), 1e-5 * theory.hG(alpha));
            assertEquals(Math.sqrt(2), theory.hOpt(alpha), 1e-4);
        }

        @Test
        void manyPointsPutThemAtTheDistanceOfNeighbours() {
            assertEquals(1, theory.hG(12) / Math.exp(-12), 1e-9);
        }

        @Test
        void theCumulantIsThatOfANoncentralChiSquare() {
            // log E exp(-lambda |x - y|^2 / 2) by quadrature over y in one dimension, x = 1.
            double lambda = 0.7;
            double sum = 0;
            for (int i = -4_000; i <= 4_000; i++) {
                double y = i * 0.0025;
                sum += 0.0025 * Math.exp(-lambda * (1 - y) * (1 - y) / 2 - y * y / 2) / Math.sqrt(2 * Math.PI);
            }
            assertEquals(Math.log(sum), theory.phi(lambda), 1e-12);
        }

        @Test
        void theRelativeVarianceIsThatOfTheKernelsMoments() {
            // d = 1, x = 1, by quadrature of K and K^2 over y.
            double h = 0.5;
            double first = 0;
            double second = 0;
            for (int i = -4_000; i <= 4_000; i++) {
                double y = i * 0.0025;
                double kernel = Math.exp(-(1 - y) * (1 - y) / (2 * h * h));
                double mass = 0.0025 * Math.exp(-y * y / 2) / Math.sqrt(2 * Math.PI);
                first += mass * kernel;
                second += mass * kernel * kernel;
            }
            assertEquals((second / (first * first) - 1) / 50, theory.relativeVariance(h, 50, 1), 1e-12);
        }

        @Test
        void theMeanEstimateIsTheDensityOfTheSmoothedData() {
            double h = 0.7;
            double variance = 1 + h * h;
            assertEquals(-0.5 * 40 * (Math.log(2 * Math.PI * variance) + 1 / variance), theory.logMean(h, 40), 1e-12);
        }

        @Test
        void theDivergenceOfACondensedSumIsLeastAtItsOptimum() {
            double h = theory.hOpt(0.1);
            assertEquals(0.1 + Math.log(h), theory.klPerDimension(h, 0.1), 1e-14);
            assertEquals(0, slope(x -> theory.klPerDimension(x, 0.1), h), 1e-9);
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @ValueSource(doubles = {1e-3, 0.3, 1, 4, 50})
        void energyAndItsVarianceAreDerivativesOfTheCumulant(double lambda) {
            for (var t : new KernelRegimes[] {theory, uneven}) {
                assertEquals(-slope(t::phi, lambda), t.energy(lambda), 1e-8);
                assertEquals(-slope(t::energy, lambda), t.energyVariance(lambda), 1e-7);
                assertEquals(-lambda * t.energy(lambda) - t.phi(lambda), t.cost(lambda), 1e-14);
            }
        }

        @Test
        void theCostKeepsItsDigitsWhereItIsTiny() {
            assertEquals(0.75e-16, theory.cost(1e-8), 1e-23);
            assertEquals(theory.cost(0.0099999), theory.cost(0.0100001), 4e-9);
        }

        @ParameterizedTest
        @ValueSource(doubles = {1e-4, 0.05, 0.1, 1, 10})
        void theBordersAreWhereTheCostIsAlpha(double alpha) {
            for (var t : new KernelRegimes[] {theory, uneven}) {
                double g = t.hG(alpha);
                double clt = t.hClt(alpha);
                assertEquals(alpha, t.cost(1 / (g * g)), 1e-11 * alpha);
                assertEquals(alpha, t.cost(2 / (clt * clt)), 1e-11 * alpha);
                assertEquals(1, t.mu(g, alpha), 1e-12);
                assertEquals(2, t.mu(clt, alpha), 1e-12);
                // The gap closes like hG^4, below the last digit from alpha = 10 on.
                assertTrue(t.hOpt(alpha) < g || alpha == 10 && t.hOpt(alpha) == g);
            }
        }

        @Test
        void theDivergenceIsSmoothAcrossTheBorderAndGrowsAboveIt() {
            for (var t : new KernelRegimes[] {theory, uneven}) {
                double g = t.hG(0.1);
                assertEquals(t.klPerDimension(g * (1 - 1e-9), 0.1), t.klPerDimension(g * (1 + 1e-9), 0.1), 1e-8);
                assertEquals(slope(h -> t.klPerDimension(h, 0.1), g * 0.9999),
                        slope(h -> t.klPerDimension(h, 0.1), g * 1.0001), 1e-3);
                for (double r = 0.3; r < 3; r += 0.05) {
                    assertTrue(t.klPerDimension(t.hOpt(0.1), 0.1) <= t.klPerDimension(r * g, 0.1));
                    assertTrue(t.klPerDimension(r * g, 0.1) > 0);
                }
            }
        }

        @Test
        void unitsScaleEveryBandwidth() {
            var wide = KernelRegimes.diagonal(0.8, 4, 12);
            assertEquals(2 * uneven.hG(0.1), wide.hG(0.1), 1e-12);
            assertEquals(2 * uneven.hOpt(0.1), wide.hOpt(0.1), 1e-12);
            assertEquals(2 * uneven.hG(0.1, 100), wide.hG(0.1, 100), 1e-12);
            assertEquals(uneven.klPerDimension(0.7, 0.1), wide.klPerDimension(1.4, 0.1), 1e-12);
            assertEquals(theory.hG(0.3), KernelRegimes.diagonal(1, 1, 1, 1).hG(0.3), 1e-13);
        }

        @Test
        void finiteDimensionsTendToTheLimit() {
            double before = Double.POSITIVE_INFINITY;
            for (int d : new int[] {10, 100, 1_000, 10_000}) {
                double shift = Math.abs(theory.hG(0.1, d) / theory.hG(0.1) - 1);
                assertTrue(shift < 0.3 * before, "d = " + d);
                before = shift;
            }
            // The leading shift of log lambda is log(lambda sqrt(2 pi d phi'')) / (d lambda I'(lambda)).
            assertEquals(0, before, 2e-3);
            double h = 0.5 * theory.hG(0.1);
            assertEquals(theory.mu(h, 0.1), theory.hillExponent(h, 0.1, 1_000_000, 1e-5), 1e-4);
        }
    }

    @Nested
    class Extremes {
        @Test
        void theCostIsHalfALogarithmForColdSums() {
            // I = (log(1 + lambda) - 1 / lambda + O(1 / lambda^2)) / 2
            assertEquals(0.5 * Math.log(1e12), theory.cost(1e12), 1e-11);
            assertEquals(300, theory.cost(Math.exp(600)), 1e-12);
            assertEquals(Math.exp(-300), theory.hG(300), 1e-10 * Math.exp(-300));
        }
    }

    @Nested
    class Agreement {
        /** The law of |x - y|^2 for |x|^2 = d: a Poisson mixture of chi-square laws, term by term while they count. */
        private double probabilityBelow(double energy, int d) {
            var poisson = new PoissonDistribution(d / 2.0);
            double sum = 0;
            for (int j = 0; j < 400; j++) {
                double weight = poisson.probability(j);
                if (weight > 1e-14) {
                    sum += weight * new ChiSquaredDistribution(d + 2 * j).cumulativeProbability(2 * energy);
                }
            }
            return sum;
        }

        @Test
        void theFiniteDimensionalLevelExpectsOnePoint() {
            // Bahadur and Rao's expansion errs by O(1 / d); without its prefactor, the count is 0.06 at d = 100.
            for (int d : new int[] {50, 100, 200}) {
                double lambda = Math.pow(theory.hG(0.1, d), -2);
                double count = Math.exp(0.1 * d) * probabilityBelow(d * theory.energy(lambda), d);
                assertEquals(1, count, 10.0 / d, "d = " + d);
            }
        }

        @ParameterizedTest
        @CsvSource({"100, 0.07, 1.193", "100, 0.10, 1.134"})
        void hillsExponentIsThatOfTheLargestTermsExactLaw(int d, double alpha, double audited) {
            // For small h the largest term is the sum: P(least energy below e) = 1 - (1 - P(E below e))^n, and Hill's
            // mean excess is the integral of that up to its 5 % quantile. The factors were found independently, too.
            double n = Math.exp(alpha * d);
            double h = 0.1 * theory.hG(alpha);
            DoubleUnaryOperator law = e -> -Math.expm1(n * Math.log1p(-probabilityBelow(e, d)));
            double lambda = Math.pow(theory.hG(alpha, d), -2);
            double energy = d * theory.energy(lambda);
            double quantile = RootFinder.between(e -> law.applyAsDouble(e) - 0.05, energy / 2, energy).find().x();
            double excess = 0;
            double low = 0.6 * quantile;
            for (int i = 0; i < 100; i++) {
                excess += law.applyAsDouble(low + (quantile - low) * (i + 0.5) / 100) * (quantile - low) / 100;
            }
            double exact = 0.05 * h * h / excess;
            assertEquals(audited, exact / theory.mu(h, alpha), 1e-3);
            assertEquals(1, theory.hillExponent(h, alpha, d, 0.05) / exact, 0.01);
        }

        @Test
        void kurtosisAndVarianceAreThoseOfASimulation() {
            // d = 3, n = 5, h = 1, 40 000 data sets; spread over 20 seeds: 0.7 % of the variance, 1.5 % of the kurtosis.
            var replicates = DensityReplicates.at(3, 3).points(5).bandwidths(1).simulate(40_000, Rng.of(10));
            double logMean = theory.logMean(1, 3);
            var moments = Moments.of(replicates.density(0, logMean));
            assertEquals(1, moments.mean(), 4 * moments.standardError());
            assertEquals(1, moments.variance() / theory.relativeVariance(1, 5, 3), 0.04);
            assertEquals(1, moments.kurtosis() / theory.kurtosis(1, 5, 3), 0.08);
        }
    }

    @Nested
    class BadInput {
        @Test
        void namesWhatMustBePositive() {
            var e = assertThrows(IllegalArgumentException.class, () -> theory.hG(0));
            assertEquals("alpha must be > 0 and finite, was 0.0", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> theory.hG(-0.1, 100));
            assertThrows(IllegalArgumentException.class, () -> theory.hG(0.1, 1));
            assertThrows(IllegalArgumentException.class, () -> theory.phi(-1));
            assertThrows(IllegalArgumentException.class, () -> theory.klPerDimension(Double.NaN, 0.1));
            assertThrows(IllegalArgumentException.class, () -> theory.hillExponent(1, 0.1, 100, 1));
            assertThrows(IllegalArgumentException.class, () -> KernelRegimes.diagonal());
            assertThrows(IllegalArgumentException.class, () -> KernelRegimes.diagonal(1, -1));
        }
    }
}
