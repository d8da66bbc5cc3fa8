package reprise.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reprise.parallel.Tasks;

class RngTest {
    private static final int N = 100_000;

    /** A sampler, its mean and variance, and its fourth central moment, which gives the variance's standard error. */
    private record Law(String name, ToDoubleFunction<Rng> draw, double mean, double variance, double fourth) {}

    @Nested
    class ClosedForm {
        @TestFactory
        Stream<DynamicTest> meanAndVarianceWithinFiveStandardErrors() {
            return Stream.of(
                            new Law("uniform", Rng::uniform, 0.5, 1 / 12.0, 1 / 80.0),
                            new Law("uniform(-1, 3)", r -> r.uniform(-1, 3), 1, 16 / 12.0, 256 / 80.0),
                            new Law("normal", Rng::normal, 0, 1, 3),
                            new Law("exponential", Rng::exponential, 1, 1, 9),
                            new Law("laplace(2)", r -> r.laplace(2), 0, 8, 24 * 16),
                            gamma(0.3),
                            gamma(1),
                            gamma(7.5),
                            chiSquare(1, 0),
                            chiSquare(99, 0),
                            chiSquare(1, 4),
                            chiSquare(0.5, 30),
                            chiSquare(19, 20),
                            poisson(0.7),
                            poisson(9.9),
                            poisson(10),
                            poisson(1234),
                            beta(0.5, 0.5),
                            beta(2, 5),
                            beta(0.2, 3))
                    .map(law -> DynamicTest.dynamicTest(law.name, () -> assertMoments(law)));
        }

        private Law gamma(double k) {
            return new Law("gamma " + k, r -> r.gamma(k), k, k, 3 * k * k + 6 * k);
        }

        private Law poisson(double m) {
            return new Law("poisson " + m, r -> r.poisson(m), m, m, 3 * m * m + m);
        }

        private Law chiSquare(double df, double nc) {
            double variance = 2 * (df + 2 * nc);
            double fourth = 3 * variance * variance + 48 * (df + 4 * nc);
            ToDoubleFunction<Rng> draw = nc == 0 ? r -> r.chiSquare(df) : r -> r.chiSquare(df, nc);
            return new Law("chi-square " + df + " " + nc, draw, df + nc, variance, fourth);
        }

        private Law beta(double a, double b) {
            double s = a + b;
            double variance = a * b / (s * s * (s + 1));
            double excess = 6 * ((a - b) * (a - b) * (s + 1) - a * b * (s + 2)) / (a * b * (s + 2) * (s + 3));
            return new Law("beta " + a + " " + b, r -> r.beta(a, b), a / s, variance,
                    (excess + 3) * variance * variance);
        }

        private void assertMoments(Law law) {
            double[] x = draws(law.draw, Rng.of(11).split(law.name), N);
            double mean = Arrays.stream(x).average().orElseThrow();
            double variance = Arrays.stream(x).map(v -> (v - law.mean) * (v - law.mean)).average().orElseThrow();
            assertEquals(law.mean, mean, 5 * Math.sqrt(law.variance / N));
            assertEquals(law.variance, variance,
                    5 * Math.sqrt((law.fourth - law.variance * law.variance) / N));
        }

        /** 1.95 / sqrt(n) is the 0.1 % point of Kolmogorov's statistic; seeds are fixed. */
        @TestFactory
        Stream<DynamicTest> kolmogorovSmirnovDistanceIsBelowItsOneInAThousandPoint() {
            record Case(String name, ToDoubleFunction<Rng> draw, DoubleUnaryOperator cdf) {}
            return Stream.of(
                            new Case("normal", Rng::normal, RngTest::normalCdf),
                            new Case("exponential", Rng::exponential, x -> 1 - Math.exp(-x)),
                            new Case("uniform", Rng::uniform, x -> x),
                            new Case("gamma(1/2)", r -> r.gamma(0.5), x -> 2 * normalCdf(Math.sqrt(2 * x)) - 1),
                            new Case("gamma(2)", r -> r.gamma(2), x -> 1 - Math.exp(-x) * (1 + x)),
                            new Case("chi-square(4)", r -> r.chiSquare(4), x -> 1 - Math.exp(-x / 2) * (1 + x / 2)),
                            new Case("noncentral(1, 4)", r -> r.chiSquare(1, 4),
                                    x -> normalCdf(Math.sqrt(x) - 2) - normalCdf(-Math.sqrt(x) - 2)),
                            new Case("beta(1/2, 1/2)", r -> r.beta(0.5, 0.5),
                                    x -> 2 / Math.PI * Math.asin(Math.sqrt(x))),
                            new Case("beta(1/2, 1)", r -> r.beta(0.5, 1), Math::sqrt),
                            new Case("beta(3, 1)", r -> r.beta(3, 1), x -> x * x * x),
                            new Case("laplace(1)", r -> r.laplace(1),
                                    x -> x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2),
                            new Case("height on the sphere in 3-d is uniform", r -> r.sphere(3)[2], x -> (x + 1) / 2))
                    .map(c -> DynamicTest.dynamicTest(c.name, () -> assertTrue(
                            kolmogorov(draws(c.draw, Rng.of(5).split(c.name), N), c.cdf) < 1.95 / Math.sqrt(N))));
        }

        @Test
        void poissonHitsItsProbabilities() {
            for (double mean : new double[] {3, 12, 40}) {
                var counts = new HashMap<Integer, Integer>();
                var rng = Rng.of(3).split((int) mean);
                for (int i = 0; i < N; i++) {
                    counts.merge(rng.poisson(mean), 1, Integer::sum);
                }
                double p = Math.exp(-mean);
                for (int k = 0; k < 2 * mean; k++, p *= mean / k) {
                    assertEquals(N * p, counts.getOrDefault(k, 0), 5 * Math.sqrt(N * p) + 3);
                }
            }
        }

        @Test
        void permutationsSubsetsAndIndicesAreEquallyLikely() {
            var orders = new HashMap<String, Integer>();
            var pairs = new HashMap<String, Integer>();
            var sparse = new int[40];
            var rng = Rng.of(1);
            int draws = 24_000;
            for (int i = 0; i < draws; i++) {
                orders.merge(Arrays.toString(rng.permutation(4)), 1, Integer::sum);
                pairs.merge(Arrays.toString(rng.subset(4, 2)), 1, Integer::sum);
                for (int j : rng.subset(40, 4)) {
                    sparse[j]++;
                }
            }
            assertEquals(24, orders.size());
            assertEquals(12, pairs.size());
            orders.values().forEach(c -> assertEquals(draws / 24.0, c, 5 * Math.sqrt(draws / 24.0)));
            pairs.values().forEach(c -> assertEquals(draws / 12.0, c, 5 * Math.sqrt(draws / 12.0)));
            for (int c : sparse) {
                assertEquals(draws / 10.0, c, 5 * Math.sqrt(draws / 10.0));
            }
        }

        @Test
        void categoricalFollowsItsWeightsAndNeverDrawsAZero() {
            int[] counts = new int[4];
            for (int k : Rng.of(2).categorical(new double[] {1, 0, 3, 0}, 40_000)) {
                counts[k]++;
            }
            assertEquals(0, counts[1] + counts[3]);
            assertEquals(10_000, counts[0], 5 * Math.sqrt(40_000 * 0.25 * 0.75));
        }

        @Test
        void subsetsAreDifferentNumbersEvenOfHugeRanges() {
            var seen = new HashSet<Integer>();
            for (int k : Rng.of(4).subset(Integer.MAX_VALUE, 10_000)) {
                assertTrue(k >= 0 && seen.add(k));
            }
        }
    }

    @Nested
    class Splitting {
        @Test
        void dependsOnSeedAndPathOnly() {
            var used = Rng.of(9);
            used.normal();
            used.fillNormal(new double[10]);
            assertEquals(Rng.of(9).split("a").split(2).normal(), used.split("a").split(2).normal());
        }

        @Test
        void tellsSeedsNamesOrderAndKindApart() {
            var seen = new HashSet<Double>();
            for (long seed : new long[] {0, 1, -1, 1L << 32, Long.MIN_VALUE}) {
                var root = Rng.of(seed);
                for (var rng : new Rng[] {
                    root, root.split("a"), root.split("b"), root.split("ab"), root.split("ba"), root.split(""),
                    root.split("a").split("b"), root.split("b").split("a"), root.split(0), root.split(1),
                    root.split(-1), root.split("1"), root.split(1).split(0), root.split(0).split(1)
                }) {
                    assertTrue(seen.add(rng.uniform()));
                }
            }
        }

        /** Correlation of n independent pairs has standard error 1 / sqrt(n). */
        @Test
        void neighbouringStreamsAreUncorrelated() {
            double[] a = draws(Rng::normal, Rng.of(1).split(0), N);
            for (var other : new Rng[] {Rng.of(1), Rng.of(2).split(0), Rng.of(1).split(1), Rng.of(1).split("0")}) {
                double[] b = draws(Rng::normal, other, N);
                double sum = 0;
                for (int i = 0; i < N; i++) {
                    sum += a[i] * b[i];
                }
                assertEquals(0, sum / N, 5 / Math.sqrt(N));
            }
        }

        @Test
        void firstNumbersOfManyStreamsAreUniform() {
            var root = Rng.of(77);
            double[] first = new double[N];
            for (int i = 0; i < N; i++) {
                first[i] = root.split(i).uniform();
            }
            assertTrue(kolmogorov(first, x -> x) < 1.95 / Math.sqrt(N));
        }
    }

    @Nested
    class Bulk {
        @Test
        void givesTheSameNumbersOnAnyNumberOfThreads() {
            for (int n : new int[] {1, 4095, 4096, 4097, 50_000}) {
                double[] one = fill(1, n);
                for (int threads : new int[] {2, 3, 8}) {
                    assertArrayEquals(one, fill(threads, n));
                }
            }
        }

        private double[] fill(int threads, int n) {
            double[] x = new double[n];
            Tasks.withThreads(threads, () -> {
                Rng.of(6).fillNormal(x);
                return null;
            });
            return x;
        }

        @Test
        void isNormalAcrossChunksAndNewAtEachCall() {
            var rng = Rng.of(8);
            double[] x = new double[N];
            rng.fillNormal(x);
            double[] y = x.clone();
            rng.fillNormal(y);
            assertNotEquals(x[0], y[0]);
            assertTrue(kolmogorov(x, RngTest::normalCdf) < 1.95 / Math.sqrt(N));
            assertTrue(kolmogorov(y, RngTest::normalCdf) < 1.95 / Math.sqrt(N));
        }

        @Test
        void makesMatricesRowAfterRow() {
            var x = Rng.of(3).normal(5, 2);
            assertEquals(5, x.rows());
            assertEquals(2, x.columns());
            double[] same = new double[10];
            Rng.of(3).fillNormal(same);
            assertArrayEquals(same, x.data());
        }

        /**
         * Recorded once, the same on JDK 17 and 25. Sums of many draws, so that the rare branches of the ziggurats
         * count too. If this fails, every stored notebook changes.
         */
        @Test
        void repeatsTheNumbersOfTheFirstRelease() {
            assertEquals(999823.5853127391, sum(Rng.of(1), Rng::uniform));
            assertEquals(1918.2478806501933, sum(Rng.of(2), Rng::normal));
            assertEquals(1999577.5771276704, sum(Rng.of(3), Rng::exponential));
            assertEquals(999279218, sum(Rng.of(4), rng -> rng.integer(1000)));
        }

        private double sum(Rng rng, ToDoubleFunction<Rng> draw) {
            double sum = 0;
            for (int i = 0; i < 2_000_000; i++) {
                sum += draw.applyAsDouble(rng);
            }
            return sum;
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedByName() {
            var rng = Rng.of(0);
            for (Runnable bad : new Runnable[] {
                () -> rng.gamma(0), () -> rng.gamma(Double.NaN), () -> rng.chiSquare(-1), () -> rng.chiSquare(1, -1),
                () -> rng.beta(0, 1), () -> rng.beta(1, -2), () -> rng.laplace(0), () -> rng.sphere(0),
                () -> rng.uniform(1, 1), () -> rng.uniform(0, Double.POSITIVE_INFINITY), () -> rng.bernoulli(1.5),
                () -> rng.integer(0), () -> rng.poisson(-1), () -> rng.poisson(Double.NaN), () -> rng.subset(3, 4),
                () -> rng.permutation(-1), () -> rng.categorical(), () -> rng.categorical(0, 0),
                () -> rng.categorical(1, -1), () -> rng.categorical(1, Double.NaN), () -> rng.normal(0, 1)
            }) {
                assertThrows(IllegalArgumentException.class, bad::run);
            }
            var e = assertThrows(IllegalArgumentException.class, () -> rng.categorical(1, -1));
            assertEquals("weights[1] must be >= 0 and finite, was -1.0", e.getMessage());
        }

        @Test
        void tinyShapesStayInRange() {
            var rng = Rng.of(1);
            for (int i = 0; i < 1000; i++) {
                double b = rng.beta(1e-4, 1e-4);
                assertFalse(Double.isNaN(b) || b < 0 || b > 1);
                assertFalse(Double.isNaN(rng.gamma(1e-4)));
            }
        }
    }

    private static double[] draws(ToDoubleFunction<Rng> draw, Rng rng, int n) {
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = draw.applyAsDouble(rng);
        }
        return x;
    }

    private static double kolmogorov(double[] sample, DoubleUnaryOperator cdf) {
        double[] x = sample.clone();
        Arrays.sort(x);
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            double f = cdf.applyAsDouble(x[i]);
            worst = Math.max(worst, Math.max(f - (double) i / x.length, (i + 1.0) / x.length - f));
        }
        return worst;
    }

    /** Marsaglia's series: sum of x^(2k+1) / (1 3 5 ... (2k+1)), exact to rounding for |x| below 7. */
    private static double normalCdf(double x) {
        if (Math.abs(x) > 7) {
            return x < 0 ? 0 : 1;
        }
        double sum = x;
        double before = 0;
        for (double term = x, i = 3; sum != before; i += 2) {
            before = sum;
            term *= x * x / i;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    }
}
