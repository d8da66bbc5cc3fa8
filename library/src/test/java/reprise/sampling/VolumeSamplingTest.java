package reprise.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.linalg.Cholesky;
import reprise.linalg.Determinant;
import reprise.random.Rng;

class VolumeSamplingTest {
    private static final double[][] X = Rng.of(2).normal(6, 2).toRows();

    private static double[][] rows(int[] chosen) {
        return Arrays.stream(chosen).mapToObj(i -> X[i]).toArray(double[][]::new);
    }

    private static double volume(int[] chosen) {
        return Determinant.of(Blas.gramOfColumns(rows(chosen))).value();
    }

    /** The probability of each subset of n rows. */
    private static Map<String, Double> law(int n) {
        var law = new HashMap<String, Double>();
        double[] total = {0};
        for (int bits = 0; bits < 64; bits++) {
            if (Integer.bitCount(bits) == n) {
                int b = bits;
                int[] chosen = IntStream.range(0, 6).filter(i -> (b >> i & 1) == 1).toArray();
                law.put(Arrays.toString(chosen), volume(chosen));
                total[0] += volume(chosen);
            }
        }
        law.replaceAll((s, p) -> p / total[0]);
        return law;
    }

    @Nested
    class ClosedForm {
        @Test
        void drawsFollowTheVolumes() {
            int draws = 20_000;
            for (int n : new int[] {2, 3, 5}) {
                var counts = new HashMap<String, Integer>();
                Rng rng = Rng.of(n);
                var sampler = VolumeSampling.of(X);
                for (int k = 0; k < draws; k++) {
                    counts.merge(Arrays.toString(sampler.sample(n, rng)), 1, Integer::sum);
                }
                double chi = 0;
                var law = law(n);
                for (var entry : law.entrySet()) {
                    double expected = entry.getValue() * draws;
                    chi += Math.pow(counts.getOrDefault(entry.getKey(), 0) - expected, 2) / Math.max(expected, 1);
                }
                // Four deviations above the mean of a chi-square of that many cells.
                assertTrue(chi < law.size() + 4 * Math.sqrt(2.0 * law.size()), n + ": " + chi);
            }
        }

        @Test
        void theInverseGramHasItsMeanByEnumeration() {
            // The identity that the class promises, without any draw: a check of the formula itself.
            int n = 3;
            double[] mean = new double[4];
            for (var entry : law(n).entrySet()) {
                int[] chosen = Arrays.stream(entry.getKey().replaceAll("[\\[\\] ]", "").split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray();
                double[] inverse = Cholesky.of(Dense.of("gram", Blas.gramOfColumns(rows(chosen)))).inverse().data();
                for (int e = 0; e < 4; e++) {
                    mean[e] += entry.getValue() * inverse[e];
                }
            }
            double[] all = Cholesky.of(Dense.of("gram", Blas.gramOfColumns(X))).inverse().data();
            for (int e = 0; e < 4; e++) {
                assertEquals((6 - 2 + 1.0) / (n - 2 + 1) * all[e], mean[e], 1e-12);
            }
        }

        @Test
        void leveragesSumToTheRank() {
            assertEquals(2, Arrays.stream(VolumeSampling.of(X).leverages()).sum(), 1e-14);
        }
    }

    @Nested
    class Agreement {
        @Test
        void asManyRowsAsColumnsIsADeterminantalProcess() {
            double[][] x = Rng.of(9).normal(40, 3).toRows();
            var process = FiniteDpp.likelihood(Blas.gramOfRows(x));
            var sampler = VolumeSampling.of(x);
            int draws = 4000;
            double[] volume = new double[40];
            double[] dpp = new double[40];
            for (int k = 0; k < draws; k++) {
                for (int i : sampler.sample(3, Rng.of(k))) {
                    volume[i] += 1.0 / draws;
                }
                for (int i : process.sample(3, Rng.of(-k - 1))) {
                    dpp[i] += 1.0 / draws;
                }
            }
            double[] leverages = sampler.leverages();
            for (int i = 0; i < 40; i++) {
                // Both have the leverage as the chance of a row; 4.5 standard errors at most.
                double slack = 4.5 * Math.sqrt(leverages[i] / draws);
                assertEquals(leverages[i], volume[i], slack);
                assertEquals(leverages[i], dpp[i], slack);
            }
        }
    }

    @Nested
    class Invariance {
        @Test
        void columnsMayBeMixed() {
            double[][] mixed = Blas.product(X, new double[][] {{1, 1000}, {0, 0.001}});
            for (int k = 0; k < 20; k++) {
                assertArrayEquals(
                        VolumeSampling.of(X).sample(3, Rng.of(k)), VolumeSampling.of(mixed).sample(3, Rng.of(k)));
            }
        }

        @Test
        void allRowsAreAllRows() {
            assertArrayEquals(IntStream.range(0, 6).toArray(), VolumeSampling.of(X).sample(6, Rng.of(1)));
        }

        @Test
        void aRowThatAloneHoldsADirectionIsKept() {
            double[][] x = Rng.of(5).normal(300, 3).toRows();
            for (int i = 0; i < 300; i++) {
                x[i][2] = i == 117 ? 1e-3 : 0;
            }
            for (int k = 0; k < 20; k++) {
                assertTrue(Arrays.stream(VolumeSampling.of(x).sample(3, Rng.of(k))).anyMatch(i -> i == 117));
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedByName() {
            assertThrows(IllegalArgumentException.class, () -> VolumeSampling.of(X).sample(1, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> VolumeSampling.of(X).sample(7, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> VolumeSampling.of(new double[][] {{1, 2}}));
            var e = assertThrows(IllegalArgumentException.class,
                    () -> VolumeSampling.of(new double[][] {{1, 2}, {2, 4}, {3, 6}}));
            assertTrue(e.getMessage().contains("rank"), e.getMessage());
            assertThrows(IllegalArgumentException.class,
                    () -> VolumeSampling.of(new double[][] {{1, Double.NaN}, {2, 4}, {3, 6}}));
        }
    }
}
