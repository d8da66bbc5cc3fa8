package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class KMeansTest {
    private static final double[][] TWO_HEAPS = {{0, 0}, {0, 2}, {10, 0}, {10, 2}, {10, 4}};

    @Nested
    class ClosedForm {
        @Test
        void heapsFarApartAreFoundFromAnySeed() {
            for (int seed = 0; seed < 20; seed++) {
                var found = KMeans.fit(TWO_HEAPS, 2, Rng.of(seed));
                double[][] centres = found.centres().toRows();
                Arrays.sort(centres, (a, b) -> Double.compare(a[0], b[0]));
                assertArrayEquals(new double[] {0, 1}, centres[0]);
                assertArrayEquals(new double[] {10, 2}, centres[1]);
                assertEquals(2 + 8, found.inertia());
                assertTrue(found.settled());
                assertEquals(found.labels()[2], found.labels()[4]);
            }
        }

        @Test
        void aWeightOfTwoIsThePointTwice() {
            var x = Dense.of("x", new double[][] {{0}, {2}, {10}, {13}});
            for (int seed = 0; seed < 10; seed++) {
                var found = KMeans.fit(x, new double[] {3, 1, 0, 2}, 2, 50, Rng.of(seed));
                double[] centres = found.centres().data().clone();
                Arrays.sort(centres);
                assertArrayEquals(new double[] {0.5, 13}, centres, 1e-15);
                assertEquals(3 * 0.25 + 2.25, found.inertia(), 1e-15);
            }
        }

        @Test
        void weightsMustBeFit() {
            var x = Dense.of("x", new double[][] {{0}, {2}, {10}});
            assertThrows(IllegalArgumentException.class,
                    () -> KMeans.fit(x, new double[] {1, 0, 0}, 2, 50, Rng.of(1)));
            assertThrows(IllegalArgumentException.class,
                    () -> KMeans.fit(x, new double[] {1, -1, 1}, 2, 50, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> KMeans.fit(x, new double[] {1, 1}, 2, 50, Rng.of(1)));
        }

        @Test
        void oneCentreIsTheMeanAndAsManyAsPointsAreThePoints() {
            assertArrayEquals(new double[] {6, 1.6}, KMeans.fit(TWO_HEAPS, 1, Rng.of(1)).centres().data(), 1e-15);
            assertEquals(0, KMeans.fit(TWO_HEAPS, 5, Rng.of(1)).inertia());
        }

        @Test
        void equalPointsLeaveNoCentreWithoutOne() {
            var found = KMeans.fit(new double[][] {{3}, {3}, {3}}, 2, Rng.of(1));
            assertArrayEquals(new double[] {3, 3}, found.centres().data());
        }
    }

    @Nested
    class Invariance {
        @Test
        void theCentresAreTheMeansOfTheirPoints() {
            Dense points = Rng.of(4).normal(500, 3);
            var found = KMeans.fit(points, 12, Rng.of(5));
            assertTrue(found.settled());
            double[][] sums = new double[12][4];
            for (int i = 0; i < 500; i++) {
                for (int c = 0; c < 3; c++) {
                    sums[found.labels()[i]][c] += points.data()[3 * i + c];
                }
                sums[found.labels()[i]][3]++;
            }
            for (int j = 0; j < 12; j++) {
                for (int c = 0; c < 3; c++) {
                    // Sums of some hundred numbers of size 1.
                    assertEquals(sums[j][c] / sums[j][3], found.centres().data()[3 * j + c], 1e-13);
                }
            }
        }

        @Test
        void theThreadsDoNotMatter() {
            Dense points = Rng.of(4).normal(2_000, 2);
            var one = Tasks.withThreads(1, () -> KMeans.fit(points, 20, Rng.of(5)));
            var four = Tasks.withThreads(4, () -> KMeans.fit(points, 20, Rng.of(5)));
            assertArrayEquals(one.centres().data(), four.centres().data());
        }

        @Test
        void aBudgetEndsEarlyAndSaysSo() {
            var found = KMeans.fit(Rng.of(4).normal(2_000, 2), 50, 1, Rng.of(5));
            assertEquals(1, found.iterations());
            assertFalse(found.settled());
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesMoreCentresThanPoints() {
            var refused = assertThrows(IllegalArgumentException.class, () -> KMeans.fit(TWO_HEAPS, 6, Rng.of(1)));
            assertEquals("number of points must be >= 6, was 5", refused.getMessage());
            assertThrows(IllegalArgumentException.class, () -> KMeans.fit(TWO_HEAPS, 0, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> KMeans.fit(
                    new double[][] {{Double.NaN}}, 1, Rng.of(1)));
        }
    }
}
