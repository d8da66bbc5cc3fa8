package reprise.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.random.Rng;

class ProximalTest {
    @Nested
    class ClosedForm {
        @Test
        void thresholdsMoveTowardsZeroAndStopThere() {
            assertArrayEquals(
                    new double[] {2, 0, 0, -1}, Proximal.softThreshold(new double[] {3, 0.5, -1, -2}, 1));
            assertArrayEquals(new double[] {2.4, 3.2}, Proximal.shrink(new double[] {3, 4}, 1), 1e-15);
            assertArrayEquals(new double[2], Proximal.shrink(new double[] {3, 4}, 6));
            assertArrayEquals(new double[2], Proximal.shrink(new double[2], 0));
        }

        @Test
        void projectionsOfKnownPoints() {
            assertArrayEquals(new double[] {0, 0.5, 1}, Proximal.box(new double[] {-3, 0.5, 7}, 0, 1));
            assertArrayEquals(
                    new double[] {0, 7}, Proximal.box(new double[] {-3, 7}, 0, Double.POSITIVE_INFINITY));
            assertArrayEquals(new double[] {0.6, 0.8}, Proximal.ball(new double[] {3, 4}, 1), 1e-15);
            assertArrayEquals(new double[] {3e200, 4e200}, Proximal.ball(new double[] {6e200, 8e200}, 5e200), 1e186);
            assertArrayEquals(new double[] {0.75, 0.25, 0}, Proximal.simplex(new double[] {1, 0.5, -1}, 1), 1e-15);
            assertArrayEquals(new double[] {0.5, 0.5}, Proximal.simplex(new double[] {1e15, 1e15}, 1));
            assertArrayEquals(new double[] {2}, Proximal.simplex(new double[] {-7}, 2));
        }
    }

    @Nested
    class Invariance {
        /** The proximal point beats every other: 2 000 random ones near it, feasible after a projection. */
        @Test
        void noPointNearbyIsBetter() {
            double[] v = Rng.of(1).normal(1, 8).data();
            ToDoubleFunction<double[]> one = x -> 0.3 * Arrays.stream(x).map(Math::abs).sum();
            ToDoubleFunction<double[]> two = x -> 0.3 * Math.sqrt(Arrays.stream(x).map(a -> a * a).sum());
            least(v, Proximal.softThreshold(v, 0.3), one, x -> x);
            least(v, Proximal.shrink(v, 0.3), two, x -> x);
            least(v, Proximal.box(v, -0.5, 0.5), x -> 0, x -> Proximal.box(x, -0.5, 0.5));
            least(v, Proximal.ball(v, 1), x -> 0, x -> Proximal.ball(x, 1));
            least(v, Proximal.simplex(v, 1.5), x -> 0, x -> {
                double[] positive = Arrays.stream(x).map(a -> Math.max(a, 0)).toArray();
                double sum = Arrays.stream(positive).sum();
                return Arrays.stream(positive).map(a -> 1.5 * a / sum).toArray();
            });
        }

        private void least(
                double[] v, double[] point, ToDoubleFunction<double[]> g, UnaryOperator<double[]> feasible) {
            var rng = Rng.of(2);
            double best = objective(v, point, g);
            for (int trial = 0; trial < 2_000; trial++) {
                double[] other = point.clone();
                for (int k = 0; k < other.length; k++) {
                    other[k] += Math.pow(10, -trial % 6) * rng.normal();
                }
                assertTrue(objective(v, feasible.apply(other), g) >= best - 1e-14);
            }
        }

        private double objective(double[] v, double[] x, ToDoubleFunction<double[]> g) {
            double squares = 0;
            for (int k = 0; k < v.length; k++) {
                squares += (x[k] - v[k]) * (x[k] - v[k]) / 2;
            }
            return g.applyAsDouble(x) + squares;
        }

        @Test
        void theSimplexIsReachedAndKept() {
            for (int seed = 0; seed < 50; seed++) {
                double[] v = Rng.of(seed).normal(1, 20).data();
                double[] x = Proximal.simplex(v, 3);
                assertEquals(3, Arrays.stream(x).sum(), 1e-14);
                assertTrue(Arrays.stream(x).allMatch(a -> a >= 0));
                assertArrayEquals(x, Proximal.simplex(x, 3), 1e-14);
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void rangesAndNumbersAreChecked() {
            double[] v = {1, 2};
            double[] bad = {1, Double.NaN};
            assertThrows(IllegalArgumentException.class, () -> Proximal.softThreshold(v, -1));
            assertThrows(IllegalArgumentException.class, () -> Proximal.shrink(v, Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> Proximal.ball(v, -1));
            assertThrows(IllegalArgumentException.class, () -> Proximal.simplex(v, 0));
            assertThrows(IllegalArgumentException.class, () -> Proximal.simplex(new double[0], 1));
            assertEquals(
                    "high must be >= low = 1.0, was 0.0",
                    assertThrows(IllegalArgumentException.class, () -> Proximal.box(v, 1, 0)).getMessage());
            assertThrows(IllegalArgumentException.class, () -> Proximal.softThreshold(bad, 1));
            assertThrows(IllegalArgumentException.class, () -> Proximal.shrink(bad, 1));
            assertThrows(IllegalArgumentException.class, () -> Proximal.box(bad, 0, 1));
            assertThrows(IllegalArgumentException.class, () -> Proximal.simplex(bad, 1));
        }
    }
}
