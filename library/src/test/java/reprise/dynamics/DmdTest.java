package reprise.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.array.Dense;
import reprise.linalg.Svd;
import reprise.random.Rng;

class DmdTest {
    /** Two damped oscillations in d coordinates with random shapes, and noise. */
    private static Dense waves(int m, int d, double noise, long seed) {
        Dense shapes = Rng.of(seed).normal(4, d);
        Dense rest = Rng.of(seed).split("noise").normal(m, d);
        double[] states = new double[m * d];
        for (int t = 0; t < m; t++) {
            double[] parts = {
                Math.pow(0.99, t) * Math.cos(0.3 * t), Math.pow(0.99, t) * Math.sin(0.3 * t),
                Math.cos(1.1 * t), Math.sin(1.1 * t)
            };
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < 4; j++) {
                    states[t * d + i] += parts[j] * shapes.data()[j * d + i];
                }
                states[t * d + i] += noise * rest.data()[t * d + i];
            }
        }
        return Dense.of("states", states, m, d);
    }

    private static final double[] RE = {0.99 * Math.cos(0.3), 0.99 * Math.cos(0.3), Math.cos(1.1), Math.cos(1.1)};
    private static final double[] IM = {0.99 * Math.sin(0.3), -0.99 * Math.sin(0.3), Math.sin(1.1), -Math.sin(1.1)};

    @Nested
    class ClosedForm {
        @Test
        void aLinearSystemGivesItsEigenvaluesAndItsFuture() {
            StateMap linear = x -> new double[] {0.9 * x[0] + x[1], 0.5 * x[1], 1.02 * x[2]};
            Dense orbit = linear.orbit(new double[] {1, 1, 0.5}, 60);
            Dense seen = Dense.of("seen", Arrays.copyOf(orbit.data(), 3 * 20), 20, 3);
            DmdModel model = Dmd.of(seen).fit();
            assertEquals(0, EdmdTest.mismatch(model.eigenvalues(), new double[] {0.9, 0.5, 1.02}, new double[3]), 1e-9);
            // 60 steps of an eigenvalue that is good to 1e-12.
            assertArrayEquals(orbit.data(), model.states(0, 61).data(), 1e-9);
            assertEquals(orbit.data()[3 * 50 + 2], model.states(50, 1).data()[2], 1e-9);
        }

        @ParameterizedTest
        @CsvSource({"60, 30", "30, 200", "200, 10"})
        void wavesInManyCoordinatesAreFound(int m, int d) {
            Dense orbit = waves(m, d, 0, 1);
            for (Dmd dmd : new Dmd[] {Dmd.of(orbit), Dmd.of(orbit).rank(4), Dmd.of(orbit).totalLeastSquares()}) {
                DmdModel model = dmd.fit();
                assertEquals(0, EdmdTest.mismatch(model.eigenvalues(), RE, IM), 1e-11);
                assertArrayEquals(orbit.data(), model.states(0, m).data(), 1e-9);
                double[] later = Arrays.copyOfRange(orbit.data(), 7 * d, 12 * d);
                assertArrayEquals(later, model.states(7, 5).data(), 1e-9);
            }
        }

        @Test
        void oneCoordinateWithItsHistoryHoldsTwoFrequencies() {
            Dense orbit = waves(80, 1, 0, 2);
            DmdModel model = Dmd.of(orbit).delays(10).rank(4).fit();
            assertEquals(0, EdmdTest.mismatch(model.eigenvalues(), RE, IM), 1e-9);
            assertArrayEquals(orbit.data(), model.states(0, 80).data(), 1e-8);
            assertEquals(1, model.re().rows());
        }

        @Test
        void frequenciesAndRatesAreInUnitsOfTime() {
            DmdModel model = Dmd.of(waves(60, 10, 0, 3)).rank(4).fit();
            double[] frequencies = model.frequencies(0.5);
            double[] rates = model.growthRates(0.5);
            for (int j = 0; j < 4; j++) {
                boolean fast = Math.abs(model.eigenvalues().moduli()[j] - 1) < 1e-6;
                assertEquals((fast ? 1.1 : 0.3) / (2 * Math.PI * 0.5), Math.abs(frequencies[j]), 1e-9);
                assertEquals(fast ? 0 : Math.log(0.99) / 0.5, rates[j], 1e-9);
            }
        }

        @Test
        void modesOfOnePairMakeTheirPartOfTheStates() {
            Dense orbit = waves(60, 12, 0, 4);
            DmdModel model = Dmd.of(orbit).rank(4).fit();
            double[] sizes = model.eigenvalues().moduli();
            int[] steady = new int[2];
            int[] damped = new int[2];
            int s = 0;
            int t = 0;
            for (int j = 0; j < 4; j++) {
                if (Math.abs(sizes[j] - 1) < 1e-6) {
                    steady[s++] = j;
                } else {
                    damped[t++] = j;
                }
            }
            double[] sum = model.states(0, 60, steady).data();
            double[] rest = model.states(0, 60, damped).data();
            for (int i = 0; i < sum.length; i++) {
                assertEquals(orbit.data()[i], sum[i] + rest[i], 1e-9);
            }
            // After 60 steps of 0.99 the damped part has become smaller by half.
            assertTrue(Math.abs(rest[59 * 12]) < 6);
        }

        @Test
        void theHardThresholdOfASquareMatrixIsKnown() {
            // Gavish and Donoho: 2.858 for beta = 1, 1.5194 for 0.05, to the digits that they print.
            assertEquals(2.858, HardThreshold.omega(1), 5e-4);
            assertEquals(1.5194, HardThreshold.omega(0.05), 1e-4);
        }

        @Test
        void aSystemThatStopsHasAZeroEigenvalue() {
            // x -> (x2, 0): nilpotent.
            DmdModel model = Dmd.of(new double[][] {{1, 2}, {2, 0}, {0, 0}}).fit();
            assertEquals(0, model.eigenvalues().radius(), 1e-7);
        }
    }

    @Nested
    class Noise {
        @Test
        void theOptimalRankIsThatOfTheWaves() {
            for (int seed = 0; seed < 10; seed++) {
                assertEquals(4, Dmd.of(waves(100, 60, 0.05, seed)).optimalRank().fit().eigenvalues().re().length);
            }
        }

        @Test
        void totalLeastSquaresDoesNotDampWhatLasts() {
            double usual = 0;
            double total = 0;
            for (int seed = 0; seed < 20; seed++) {
                Dense orbit = waves(200, 20, 0.5, seed);
                usual += Dmd.of(orbit).rank(4).fit().eigenvalues().radius() / 20;
                total += Dmd.of(orbit).rank(4).totalLeastSquares().fit().eigenvalues().radius() / 20;
            }
            // The bias of the usual method is about noise^2 over the signal's variance.
            assertTrue(1 - usual > 3 * Math.abs(1 - total), usual + " " + total);
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @CsvSource({"50, 200, 5", "200, 50, 5", "80, 80, 20"})
        void aFewSingularValuesWithAllOfThem(int m, int n, int rank) {
            Dense a = waves(m, n, 1e-3, 5);
            Svd few = TruncatedSvd.of(a, rank);
            double[] all = Svd.values(a);
            for (int j = 0; j < rank; j++) {
                assertEquals(all[j], few.s()[j], 1e-12 * all[0]);
            }
            double[] product = few.product().data();
            double[] best = Svd.of(a).leading(rank).product().data();
            assertArrayEquals(best, product, 1e-10);
        }

        @Test
        void whatTheGramMatrixLosesIsComputedInFull() {
            // Singular values 1 and 1e-10: the square of the second is below the rounding of the first.
            int n = 40;
            double[] a = new double[n * n];
            a[0] = 1;
            a[n + 1] = 1e-10;
            a[2 * n + 2] = 1e-13;
            Svd few = TruncatedSvd.of(Dense.of("a", a, n, n), 2);
            assertEquals(1e-10, few.s()[1], 1e-18);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatDoesNotFit() {
            Dense orbit = waves(20, 6, 0, 1);
            assertThrows(IllegalArgumentException.class, () -> Dmd.of(new double[1][3]));
            assertThrows(IllegalArgumentException.class, () -> Dmd.of(new double[][] {{1}, {Double.NaN}}));
            assertThrows(IllegalArgumentException.class, () -> Dmd.of(orbit).rank(0));
            assertThrows(IllegalArgumentException.class, () -> Dmd.of(orbit).rank(7).fit());
            assertThrows(IllegalArgumentException.class, () -> Dmd.of(orbit).delays(0));
            assertThrows(IllegalArgumentException.class, () -> Dmd.of(orbit).delays(20));
            var above = assertThrows(IllegalArgumentException.class, () -> Dmd.of(orbit).rank(5).fit());
            assertTrue(above.getMessage().startsWith("rank must be at most that of the states, was 5"),
                    above.getMessage());
            var still = assertThrows(IllegalArgumentException.class, () -> Dmd.of(new double[5][2]).fit());
            assertEquals("states must not all be 0", still.getMessage());
            DmdModel model = Dmd.of(orbit).rank(4).fit();
            assertThrows(IllegalArgumentException.class, () -> model.states(-1, 3));
            assertThrows(IllegalArgumentException.class, () -> model.states(0, 3, 4));
            assertThrows(IllegalArgumentException.class, () -> model.frequencies(0));
        }
    }
}
