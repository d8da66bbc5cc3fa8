package reprise.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.parallel.Tasks;
import reprise.prob.KolmogorovSmirnov;
import reprise.prob.Moments;
import reprise.random.Rng;

class DensityReplicatesTest {
    @Nested
    class ClosedForm {
        @Test
        void onePointHasTheKernelOfItsDistance() {
            var one = DensityReplicates.at(4, 2).points(1).bandwidths(0.5, 3).simulate(50, Rng.of(1));
            for (int r = 0; r < 50; r++) {
                // Both bandwidths see the same distance: log density = -E / h^2 - d/2 log(2 pi h^2).
                double energy = -0.25 * (one.logDensity(0)[r] + 2 * Math.log(2 * Math.PI * 0.25));
                assertEquals(-energy / 9 - 2 * Math.log(2 * Math.PI * 9), one.logDensity(1)[r], 1e-12);
                assertEquals(1, one.participation(0)[r]);
            }
        }

        @Test
        void theMeanIsTheDensitySmoothedByTheKernel() {
            // E estimate = N(x; 0, 1 + h^2), exactly, at any n; the standard error of 20 000 data sets is known.
            var replicates = DensityReplicates.at(3, 1.7).points(10).bandwidths(0.8).simulate(20_000, Rng.of(2));
            double logMean = -1.5 * Math.log(2 * Math.PI * 1.64) - 1.7 / (2 * 1.64);
            var moments = Moments.of(replicates.density(0, logMean));
            assertEquals(1, moments.mean(), 4 * moments.standardError());
        }

        @Test
        void veryWideKernelsWeighAllPointsAlike() {
            var wide = DensityReplicates.at(5, 5).points(200).bandwidths(1e4).simulate(3, Rng.of(3));
            assertArrayEquals(new double[] {0.005, 0.005, 0.005}, wide.participation(0), 1e-9);
        }

        @Test
        void narrowKernelsStayFiniteInTheLogarithm() {
            var narrow = DensityReplicates.at(100, 100).points(100).bandwidths(0.01).simulate(20, Rng.of(4));
            for (double log : narrow.logDensity(0)) {
                assertTrue(log < -1e5 && log > -1e6, "log density " + log);
            }
            assertArrayEquals(new double[20], narrow.density(0, 0));
        }
    }

    @Nested
    class Agreement {
        /** All n d coordinates of every data set, and the sum as it is written. */
        private double[][] direct(int d, double[] x, int n, double h, int datasets, Rng rng) {
            double[][] result = new double[2][datasets];
            for (int r = 0; r < datasets; r++) {
                double[] y = rng.split(r).normal(n, d).data();
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < n; i++) {
                    double distance = 0;
                    for (int k = 0; k < d; k++) {
                        distance += (x[k] - y[i * d + k]) * (x[k] - y[i * d + k]);
                    }
                    double kernel = Math.exp(-distance / (2 * h * h)) * Math.pow(2 * Math.PI * h * h, -0.5 * d);
                    sum += kernel;
                    squares += kernel * kernel;
                }
                result[0][r] = Math.log(sum / n);
                result[1][r] = squares / (sum * sum);
            }
            return result;
        }

        @Test
        void distributionsAreThoseOfDataDrawnInFull() {
            // Same law, other numbers: two-sample tests at 1e-3 on fixed seeds, at two norms and two regimes.
            double[][] points = {{1, 1, 1, 1, 1, 1}, {0.3, -2, 0, 0, 1, 0}};
            for (double[] x : points) {
                double norm = Arrays.stream(x).map(v -> v * v).sum();
                for (double h : new double[] {0.3, 1.5}) {
                    var direct = direct(6, x, 40, h, 2_000, Rng.of(5).split("direct"));
                    var fast = DensityReplicates.at(6, norm).points(40).bandwidths(h)
                            .simulate(2_000, Rng.of(5).split("fast"));
                    assertTrue(KolmogorovSmirnov.between(direct[0], fast.logDensity(0)).pValue() > 1e-3);
                    assertTrue(KolmogorovSmirnov.between(direct[1], fast.participation(0)).pValue() > 1e-3);
                    var wrong = DensityReplicates.at(6, norm + 2).points(40).bandwidths(h)
                            .simulate(2_000, Rng.of(5).split("fast"));
                    assertTrue(KolmogorovSmirnov.between(direct[0], wrong.logDensity(0)).pValue() < 1e-6);
                }
            }
        }
    }

    @Nested
    class Invariance {
        @Test
        void threadsAndOtherBandwidthsChangeNothing() {
            var setting = DensityReplicates.atRandomPoints(20).points(100);
            var one = Tasks.withThreads(1, () -> setting.bandwidths(0.7, 2).simulate(30, Rng.of(6)));
            var four = Tasks.withThreads(4, () -> setting.bandwidths(2).simulate(30, Rng.of(6)));
            assertArrayEquals(one.logDensity(1), four.logDensity(0));
            assertArrayEquals(one.participation(1), four.participation(0));
            assertArrayEquals(one.shortfall(1), four.shortfall(0));
        }

        @Test
        void moreDataSetsKeepTheFirstOnes() {
            var setting = DensityReplicates.at(20, 20).points(100);
            assertArrayEquals(
                    setting.simulate(10, Rng.of(7)).logDensity(0),
                    Arrays.copyOf(setting.simulate(30, Rng.of(7)).logDensity(0), 10));
        }

        @Test
        void theShortfallComparesWithTheTrueDensity() {
            var at = DensityReplicates.at(20, 13).points(10).simulate(5, Rng.of(8));
            for (int r = 0; r < 5; r++) {
                assertEquals((-10 * Math.log(2 * Math.PI) - 6.5 - at.logDensity(0)[r]) / 20, at.shortfall(0)[r], 1e-13);
            }
        }

        @Test
        void randomPointsHaveTheNormOfTheData() {
            // The true log density varies with |x|^2 only: variance d / 2, here 10 +- 0.45 (standard error).
            var random = DensityReplicates.atRandomPoints(20).points(1).bandwidths(1e6).simulate(1_000, Rng.of(9));
            var truth = Moments.of(Arrays.stream(random.shortfall(0)).map(v -> 20 * v).toArray());
            assertEquals(10, truth.variance(), 2);
        }
    }

    @Nested
    class BadInput {
        @Test
        void namesWhatIsWrong() {
            var e = assertThrows(IllegalArgumentException.class, () -> DensityReplicates.at(3, 3).bandwidths(1, 0));
            assertEquals("bandwidth must be > 0 and finite, was 0.0", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> DensityReplicates.at(0, 3));
            assertThrows(IllegalArgumentException.class, () -> DensityReplicates.at(3, -1));
            assertThrows(IllegalArgumentException.class, () -> DensityReplicates.at(3, 3).points(0));
            assertThrows(IllegalArgumentException.class, () -> DensityReplicates.at(3, 3).bandwidths());
            assertThrows(IllegalArgumentException.class, () -> DensityReplicates.at(3, 3).simulate(0, Rng.of(1)));
        }
    }
}
