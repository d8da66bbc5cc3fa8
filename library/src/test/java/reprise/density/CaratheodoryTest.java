package reprise.density;

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
import reprise.random.Rng;

class CaratheodoryTest {
    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] sum(Dense x, double[] w) {
        double[] sum = new double[x.columns()];
        for (int e = 0; e < x.data().length; e++) {
            sum[e % sum.length] += w[e / sum.length] * x.data()[e];
        }
        return sum;
    }

    private static void assertKeeps(Dense x, double[] w, WeightedCoreset few) {
        double[] all = sum(x, w);
        double[] kept = few.sum(x);
        double total = Arrays.stream(w).sum();
        for (int c = 0; c < all.length; c++) {
            double size = 0;
            for (int i = 0; i < w.length; i++) {
                size = Math.max(size, Math.abs(x.data()[i * all.length + c]));
            }
            // Rounding of some tens of steps, each 2e-16 of the largest coordinate times the total weight.
            assertEquals(all[c], kept[c], 1e-12 * total * size, "column " + c);
        }
        assertEquals(total, few.total(), 1e-12 * total);
        assertTrue(Arrays.stream(few.weights()).allMatch(v -> v > 0));
    }

    @Nested
    class ClosedForm {
        @Test
        void theMeanOfALineIsHeldByTwoPoints() {
            var few = Caratheodory.reduce(new double[][] {{0}, {1}, {2}, {3}}, new double[] {1, 1, 1, 1}, 2);
            assertEquals(2, few.size());
            assertEquals(6, few.sum(Dense.of("x", new double[][] {{0}, {1}, {2}, {3}}))[0], 1e-13);
        }

        @Test
        void pointsOfASimplexCannotBeSpared() {
            double[][] corners = {{0, 0}, {1, 0}, {0, 1}};
            var same = Caratheodory.reduce(corners, new double[] {0.2, 0.5, 0.3}, 3);
            assertArrayEquals(new int[] {0, 1, 2}, same.indices());
            assertArrayEquals(new double[] {0.2, 0.5, 0.3}, same.weights());
        }

        @Test
        void pointsThatSpanLessNeedFewer() {
            // All on a line in ten dimensions: two points suffice.
            double[][] x = new double[50][10];
            for (int i = 0; i < 50; i++) {
                Arrays.fill(x[i], i / 7.0);
            }
            Dense dense = Dense.of("x", x);
            var few = Caratheodory.reduce(dense, ones(50));
            assertTrue(few.size() <= 11);
            assertKeeps(dense, ones(50), few);
        }
    }

    @Nested
    class Sums {
        @ParameterizedTest
        @CsvSource({"5, 1, 2", "999, 1, 2", "999, 7, 8", "3000, 20, 21", "3000, 20, 100", "12345, 3, 60", "90, 50, 51"})
        void areKeptByFewPoints(int n, int t, int most) {
            for (int seed = 0; seed < 3; seed++) {
                Dense x = Rng.of(seed).normal(n, t);
                double[] w = ones(n);
                for (int i = 0; i < n; i += 3) {
                    w[i] = 0.1 * (i % 11);
                }
                var few = Caratheodory.reduce(x, w, most);
                assertTrue(few.size() <= most, few.size() + " points");
                assertKeeps(x, w, few);
            }
        }

        @Test
        void areKeptForColumnsOfVeryDifferentSize() {
            double[][] x = Rng.of(3).normal(2000, 4).toRows();
            for (double[] row : x) {
                row[0] *= 1e12;
                row[1] *= 1e-9;
                row[2] = 5;
            }
            Dense dense = Dense.of("x", x);
            assertKeeps(dense, ones(2000), Caratheodory.reduce(dense, ones(2000)));
        }

        @Test
        void areKeptWhereManyPointsAreTheSame() {
            // Ties: several weights reach 0 in one step.
            double[][] x = new double[64][2];
            for (int i = 0; i < 64; i++) {
                x[i][0] = i % 4;
                x[i][1] = i % 2;
            }
            Dense dense = Dense.of("x", x);
            var few = Caratheodory.reduce(dense, ones(64));
            assertTrue(few.size() <= 3);
            assertKeeps(dense, ones(64), few);
        }
    }

    @Nested
    class Invariance {
        @Test
        void aFactorOnAColumnChangesNothing() {
            Dense x = Rng.of(4).normal(500, 3);
            double[][] scaled = x.toRows();
            for (double[] row : scaled) {
                row[1] *= 1024;
            }
            assertArrayEquals(
                    Caratheodory.reduce(x, ones(500)).indices(),
                    Caratheodory.reduce(Dense.of("x", scaled), ones(500)).indices());
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedByName() {
            double[][] x = {{0}, {1}, {2}};
            assertThrows(IllegalArgumentException.class, () -> Caratheodory.reduce(x, new double[] {1, 1}, 2));
            assertThrows(IllegalArgumentException.class, () -> Caratheodory.reduce(x, new double[] {1, -1, 1}, 2));
            assertThrows(IllegalArgumentException.class, () -> Caratheodory.reduce(x, new double[] {0, 0, 0}, 2));
            assertThrows(IllegalArgumentException.class,
                    () -> Caratheodory.reduce(x, new double[] {1, Double.NaN, 1}, 2));
            var e = assertThrows(IllegalArgumentException.class, () -> Caratheodory.reduce(x, ones(3), 1));
            assertTrue(e.getMessage().contains("most must be >= 2"), e.getMessage());
            assertThrows(IllegalArgumentException.class,
                    () -> Caratheodory.reduce(new double[][] {{Double.NaN}}, ones(1), 2));
        }
    }
}
