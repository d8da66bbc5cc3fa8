package reprise.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.linalg.Cholesky;
import reprise.linalg.Determinant;
import reprise.random.Rng;

class FiniteDppTest {
    private static final int N = 5;
    private static final Dense L = Blas.gramOfRows(Rng.of(11).normal(N, N));
    private static final FiniteDpp PROCESS = FiniteDpp.likelihood(L);

    private static int[] subset(int bits) {
        return IntStream.range(0, N).filter(i -> (bits >> i & 1) == 1).toArray();
    }

    private static double minor(Dense a, int[] items) {
        if (items.length == 0) {
            return 1;
        }
        double[][] part = new double[items.length][items.length];
        for (int i = 0; i < items.length; i++) {
            for (int j = 0; j < items.length; j++) {
                part[i][j] = a.data()[items[i] * a.columns() + items[j]];
            }
        }
        return Determinant.of(part).value();
    }

    /** P(Y = S) for each of the 32 subsets, straight from the definition. */
    private static double[] law() {
        double[] law = IntStream.range(0, 1 << N).mapToDouble(bits -> minor(L, subset(bits))).toArray();
        double total = Arrays.stream(law).sum();
        return Arrays.stream(law).map(p -> p / total).toArray();
    }

    private static int bits(int[] items) {
        return Arrays.stream(items).map(i -> 1 << i).sum();
    }

    /** The largest distance of counts from their expectation, in standard deviations, over cells that can be filled. */
    private static void assertFollows(double[] law, int[] counts, int draws) {
        double chi = 0;
        int cells = 0;
        for (int s = 0; s < law.length; s++) {
            if (law[s] < 1e-14) {
                assertEquals(0, counts[s]);
            } else if (law[s] * draws > 5) {
                chi += Math.pow(counts[s] - law[s] * draws, 2) / (law[s] * draws);
                cells++;
            }
        }
        // Mean cells, deviation sqrt(2 cells): four of them.
        assertTrue(chi < cells + 4 * Math.sqrt(2.0 * cells), chi + " over " + cells + " cells");
    }

    @Nested
    class ClosedForm {
        @Test
        void theNormaliserIsTheSumOverAllSubsets() {
            double sum = 0;
            double[] bySize = new double[N + 1];
            for (int bits = 0; bits < 1 << N; bits++) {
                double det = minor(L, subset(bits));
                sum += det;
                bySize[Integer.bitCount(bits)] += det;
            }
            assertEquals(Math.log(sum), PROCESS.logNormaliser(), 1e-12);
            double[] sizes = PROCESS.logSizes();
            for (int k = 0; k <= N; k++) {
                assertEquals(Math.log(bySize[k]), PROCESS.logElementarySymmetric(k), 1e-10);
                assertEquals(bySize[k] / sum, Math.exp(sizes[k]), 1e-12);
            }
        }

        @Test
        void marginalsAndPairsAreSumsOverSubsets() {
            double[] law = law();
            Dense k = PROCESS.marginalKernel();
            double[] mean = {0};
            for (int want = 0; want < 1 << N; want++) {
                double sum = 0;
                for (int bits = 0; bits < law.length; bits++) {
                    sum += (bits & want) == want ? law[bits] : 0;
                }
                assertEquals(sum, minor(k, subset(want)), 1e-12);
                assertEquals(sum, PROCESS.inclusion(subset(want)), 1e-12);
                mean[0] += Integer.bitCount(want) * law[want];
            }
            assertEquals(mean[0], PROCESS.expectedSize(), 1e-12);
        }

        @Test
        void theMarginalKernelIsLOverOnePlusL() {
            double[] shifted = L.data().clone();
            for (int i = 0; i < N; i++) {
                shifted[i * N + i] += 1;
            }
            Dense expected = Cholesky.of(Dense.of("I + L", shifted, N, N)).solve(L);
            assertArrayEquals(expected.data(), PROCESS.marginalKernel().data(), 1e-12);
        }
    }

    @Nested
    class Draws {
        @Test
        void subsetsFollowTheDeterminants() {
            int draws = 20_000;
            int[] counts = new int[1 << N];
            Rng rng = Rng.of(4);
            for (int k = 0; k < draws; k++) {
                counts[bits(PROCESS.sample(rng))]++;
            }
            assertFollows(law(), counts, draws);
        }

        @Test
        void subsetsOfOneSizeFollowTheDeterminants() {
            int draws = 20_000;
            for (int k : new int[] {1, 2, 4}) {
                double[] law = law();
                double total = 0;
                for (int s = 0; s < law.length; s++) {
                    law[s] = Integer.bitCount(s) == k ? law[s] : 0;
                    total += law[s];
                }
                for (int s = 0; s < law.length; s++) {
                    law[s] /= total;
                }
                int[] counts = new int[1 << N];
                Rng rng = Rng.of(k);
                for (int t = 0; t < draws; t++) {
                    counts[bits(PROCESS.sample(k, rng))]++;
                }
                assertFollows(law, counts, draws);
            }
        }

        @Test
        void aProjectionHasOneSizeAndNeverTakesTwoEqualItems() {
            // Items 0 and 1 have the same features.
            double h = Math.sqrt(0.5);
            double[][] v = {{h, 0}, {h, 0}, {0, 0.6}, {0, 0.8}};
            var projection = FiniteDpp.marginal(Blas.productABt(v, v));
            for (int k = 0; k < 200; k++) {
                int drawn = bits(projection.sample(Rng.of(k)));
                assertEquals(2, Integer.bitCount(drawn));
                assertTrue((drawn & 3) != 3);
            }
            assertEquals(0.36 / 2, projection.inclusion(0, 2), 1e-14);
        }

        @Test
        void aKernelOfAnyScaleGivesTheSameSubsetsOfOneSize() {
            double[] tiny = Arrays.stream(L.data()).map(v -> v * 1e-12).toArray();
            var scaled = FiniteDpp.likelihood(Dense.of("l", tiny, N, N));
            for (int seed = 0; seed < 50; seed++) {
                assertArrayEquals(PROCESS.sample(3, Rng.of(seed)), scaled.sample(3, Rng.of(seed)));
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void aKernelMustBeSymmetricAndPositive() {
            var e = assertThrows(IllegalArgumentException.class,
                    () -> FiniteDpp.likelihood(new double[][] {{1, 0.5}, {0.2, 1}}));
            assertTrue(e.getMessage().contains("symmetric"), e.getMessage());
            e = assertThrows(IllegalArgumentException.class,
                    () -> FiniteDpp.marginal(new double[][] {{0.5, 0.5}, {0.2, 0.5}}));
            assertTrue(e.getMessage().contains("symmetric"), e.getMessage());
            e = assertThrows(IllegalArgumentException.class,
                    () -> FiniteDpp.likelihood(new double[][] {{1, 2}, {2, 1}}));
            assertTrue(e.getMessage().contains("eigenvalues of l"), e.getMessage());
            e = assertThrows(IllegalArgumentException.class, () -> FiniteDpp.marginal(new double[][] {{1.5}}));
            assertTrue(e.getMessage().contains("from 0 to 1"), e.getMessage());
            assertThrows(IllegalArgumentException.class,
                    () -> FiniteDpp.likelihood(new double[][] {{Double.NaN}}));
            assertThrows(IllegalArgumentException.class, () -> FiniteDpp.likelihood(new double[][] {{1, 0}}));
        }

        @Test
        void aSizeMustBePossible() {
            var rankOne = FiniteDpp.likelihood(new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}});
            assertEquals(1, rankOne.sample(1, Rng.of(1)).length);
            assertThrows(IllegalArgumentException.class, () -> rankOne.sample(2, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> PROCESS.sample(6, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> PROCESS.sample(-1, Rng.of(1)));
            var projection = FiniteDpp.marginal(new double[][] {{1, 0}, {0, 0}});
            assertThrows(IllegalArgumentException.class, () -> projection.sample(0, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, projection::logNormaliser);
            assertThrows(IllegalArgumentException.class, () -> PROCESS.inclusion(1, 1));
            assertThrows(IllegalArgumentException.class, () -> PROCESS.inclusion(5));
        }
    }
}
