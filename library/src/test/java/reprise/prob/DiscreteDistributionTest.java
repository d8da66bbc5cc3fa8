package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.random.Rng;

class DiscreteDistributionTest {
    @Nested
    class ClosedForm {
        @Test
        void twoCoins() {
            var heads = DiscreteDistribution.binomial(2, 0.25);
            assertEquals(0.5625, heads.probability(0), 1e-15);
            assertEquals(0.375, heads.probability(1), 1e-15);
            assertEquals(0.9375, heads.cdf(1), 1e-15);
            assertEquals(Double.NEGATIVE_INFINITY, heads.logProbability(3));
            assertEquals(0.375, heads.variance(), 1e-15);
        }

        @Test
        void waitingForASuccess() {
            var failures = DiscreteDistribution.geometric(0.2);
            assertEquals(0.2 * 0.8 * 0.8, failures.probability(2), 1e-15);
            assertEquals(1 - Math.pow(0.8, 4), failures.cdf(3), 1e-15);
            assertEquals(failures.logProbability(7), DiscreteDistribution.negativeBinomial(1, 0.2).logProbability(7),
                    1e-13);
        }

        @Test
        void probabilitiesThatUnderflowHaveLogarithms() {
            // Of a million trials none succeeds: 10^6 log(1/2).
            assertEquals(-1e6 * Math.log(2), DiscreteDistribution.binomial(1_000_000, 0.5).logProbability(0), 1e-6);
            assertEquals(-2000, DiscreteDistribution.poisson(2000).logProbability(0), 1e-9);
        }

        @Test
        void aQuantileIsTheFirstNumberWithThatMuchBelow() {
            var die = DiscreteDistribution.uniform(1, 6);
            assertEquals(3, die.quantile(0.5));
            assertEquals(4, die.quantile(0.51));
            assertEquals(1, die.quantile(0));
            assertEquals(6, die.quantile(1));
        }
    }

    static Stream<DiscreteDistribution> laws() {
        return Stream.of(DiscreteDistribution.binomial(40, 0.3), DiscreteDistribution.poisson(6.5),
                DiscreteDistribution.geometric(0.25), DiscreteDistribution.negativeBinomial(3, 0.4),
                DiscreteDistribution.hypergeometric(50, 20, 15), DiscreteDistribution.uniform(-3, 9));
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @MethodSource("reprise.prob.DiscreteDistributionTest#laws")
        void probabilitiesAddUpToTheMoments(DiscreteDistribution law) {
            double total = 0;
            double mean = 0;
            double square = 0;
            for (int k = -10; k < 400; k++) {
                total += law.probability(k);
                mean += k * law.probability(k);
                square += (double) k * k * law.probability(k);
                assertEquals(total, law.cdf(k), 1e-12);
            }
            assertEquals(1, total, 1e-12);
            assertEquals(law.mean(), mean, 1e-11 * (1 + Math.abs(mean)));
            assertEquals(law.variance(), square - mean * mean, 1e-10 * square);
        }

        @ParameterizedTest
        @MethodSource("reprise.prob.DiscreteDistributionTest#laws")
        void drawsHaveTheLaw(DiscreteDistribution law) {
            int n = 40_000;
            int[] draws = law.sample(n, Rng.of(5));
            double mean = Arrays.stream(draws).average().orElseThrow();
            // Five standard errors: once in two million.
            assertEquals(law.mean(), mean, 5 * Math.sqrt(law.variance() / n));
            for (int k : new int[] {0, 2, 5}) {
                double p = law.probability(k);
                double share = Arrays.stream(draws).filter(d -> d == k).count() / (double) n;
                assertTrue(Math.abs(share - p) <= 5 * Math.sqrt(p * (1 - p) / n) + 1e-12, law.mean() + " at " + k);
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void parametersOutOfRangeAreRefused() {
            refused("trials must be >= 0", () -> DiscreteDistribution.binomial(-1, 0.5));
            refused("p must", () -> DiscreteDistribution.binomial(3, 1.1));
            refused("p must", () -> DiscreteDistribution.binomial(3, Double.NaN));
            refused("mean must", () -> DiscreteDistribution.poisson(0));
            refused("p must be > 0", () -> DiscreteDistribution.geometric(0));
            refused("successes must", () -> DiscreteDistribution.negativeBinomial(0, 0.5));
            refused("marked and drawn", () -> DiscreteDistribution.hypergeometric(5, 6, 1));
            refused("high must", () -> DiscreteDistribution.uniform(2, 1));
            refused("p must", () -> DiscreteDistribution.poisson(2).quantile(-0.1));
            refused("count must", () -> DiscreteDistribution.poisson(2).sample(-1, Rng.of(1)));
        }

        private void refused(String message, org.junit.jupiter.api.function.Executable call) {
            String said = assertThrows(IllegalArgumentException.class, call).getMessage();
            assertTrue(said.startsWith(message), said);
        }
    }
}
