package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class EnergyDistanceTest {
    @Nested
    class ClosedForm {
        @Test
        void isTheDefiningSumsOnFourPoints() {
            // Across: (3 + 4 + 2 + 3) / 4 * 2 = 6; within 1 each.
            Dense x = Dense.of("x", new double[][] {{0}, {1}});
            Dense y = Dense.of("y", new double[][] {{3}, {4}});
            assertEquals(4, EnergyDistance.between(x, y, 1, Rng.of(1)).value(), 1e-6);
        }

        @Test
        void theLevelIsUniformBetweenEqualDistributions() {
            double[] levels = IntStream.range(0, 200).mapToDouble(i -> EnergyDistance.between(
                    Rng.of(i).normal(30, 2), Rng.of(1_000 + i).normal(40, 2), 99, Rng.of(i)).level()).toArray();
            var moments = Moments.of(levels);
            // Mean 1/2 with a standard error of 0.02, sd 0.29.
            assertEquals(0.5, moments.mean(), 0.08);
            assertEquals(0.29, moments.standardDeviation(), 0.04);
        }

        @Test
        void seesAShift() {
            Dense y = Normal.isotropic(new double[] {0.5, 0}, 1).sample(300, Rng.of(2));
            var test = EnergyDistance.between(Rng.of(1).normal(300, 2), y, 199, Rng.of(3));
            assertEquals(1.0 / 200, test.level());
            assertTrue(test.value() > 4 * test.spread());
        }
    }

    @Nested
    class Agreement {
        @Test
        void isTheDoubleSumsOverMoreThanOneBlockOfRows() {
            Dense x = Rng.of(1).normal(170, 3);
            Dense y = Rng.of(2).normal(230, 3);
            double expected = 2 * mean(x, y, 170 * 230) - mean(x, x, 170 * 169) - mean(y, y, 230 * 229);
            // Sums of 40 000 distances near 2, each to 1e-16: 1e-11 of the mean at worst.
            assertEquals(expected, EnergyDistance.between(x, y, 3, Rng.of(3)).value(), 1e-11);
        }

        private static double mean(Dense a, Dense b, double pairs) {
            double sum = 0;
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < b.rows(); j++) {
                    double square = 0;
                    for (int c = 0; c < a.columns(); c++) {
                        square += Math.pow(a.data()[i * a.columns() + c] - b.data()[j * a.columns() + c], 2);
                    }
                    sum += Math.sqrt(square);
                }
            }
            return sum / pairs;
        }

        @Test
        void theLevelCountsTheSplitsOfFourPoints() {
            // Of the six splits of 0, 1, 3, 4 into pairs two are the sample's, and no other has its value 4.
            Dense x = Dense.of("x", new double[][] {{0}, {1}});
            Dense y = Dense.of("y", new double[][] {{3}, {4}});
            // 6 000 exchanges: the standard error of 1/3 is 0.006.
            assertEquals(1 / 3.0, EnergyDistance.between(x, y, 6_000, Rng.of(4)).level(), 0.025);
        }
    }

    @Nested
    class Invariance {
        @Test
        void threadsDoNotMatter() {
            Dense x = Rng.of(1).normal(50, 2);
            Dense y = Rng.of(2).normal(50, 2);
            assertEquals(
                    Tasks.withThreads(1, () -> EnergyDistance.between(x, y, 50, Rng.of(3))),
                    Tasks.withThreads(4, () -> EnergyDistance.between(x, y, 50, Rng.of(3))));
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesSmallSamplesAndOtherDimensions() {
            Dense one = Rng.of(1).normal(1, 2);
            Dense two = Rng.of(1).normal(2, 2);
            assertThrows(IllegalArgumentException.class, () -> EnergyDistance.between(one, two, 9, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> EnergyDistance.between(two, one, 9, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> EnergyDistance.between(
                    two, Rng.of(1).normal(2, 3), 9, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> EnergyDistance.between(two, two, 0, Rng.of(1)));
        }
    }
}
