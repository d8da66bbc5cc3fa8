package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.backend.Cost;
import reprise.random.Rng;

class ExactTransportTest {
    private static double[][] table(int seed, int n, int m) {
        var rng = Rng.of(seed);
        return IntStream.range(0, n).mapToObj(i -> IntStream.range(0, m).mapToDouble(j -> rng.normal()).toArray())
                .toArray(double[][]::new);
    }

    /** Some are zero. */
    private static double[] weights(int seed, int n) {
        var rng = Rng.of(seed);
        double[] raw = IntStream.range(0, n).mapToDouble(i -> n > 3 && i % 4 == 1 ? 0 : rng.uniform()).toArray();
        double sum = Arrays.stream(raw).sum();
        return Arrays.stream(raw).map(w -> w / sum).toArray();
    }

    private static double cheapestOfAll(double[][] costs, int row, boolean[] taken) {
        if (row == costs.length) {
            return 0;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]) {
                taken[j] = true;
                best = Math.min(best, costs[row][j] + cheapestOfAll(costs, row + 1, taken));
                taken[j] = false;
            }
        }
        return best;
    }

    @Nested
    class ClosedForm {
        /** On the line the best plan keeps the order. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 50, 300})
        void onTheLine(int n) {
            double[][] x = table(1, n, 1);
            double[][] y = table(2, n, 1);
            double[] xs = Arrays.stream(x).mapToDouble(r -> r[0]).sorted().toArray();
            double[] ys = Arrays.stream(y).mapToDouble(r -> r[0]).sorted().toArray();
            double sorted = IntStream.range(0, n).mapToDouble(i -> (xs[i] - ys[i]) * (xs[i] - ys[i])).average()
                    .orElseThrow();
            assertEquals(sorted, ExactTransport.between(x, y).solve().cost(), 1e-13);
        }

        @Test
        void oneSource() {
            var plan = ExactTransport.costs(new double[][] {{1, 2, 3}})
                    .weights(new double[] {1}, new double[] {0.5, 0, 0.5}).solve();
            assertEquals(2, plan.cost(), 1e-15);
            assertArrayEquals(new double[] {0.5, 0, 0.5}, plan.row(0), 1e-15);
            assertEquals(2, plan.size());
        }

        @Test
        void equalCostsCostThat() {
            var costs = new double[6][9];
            Arrays.stream(costs).forEach(row -> Arrays.fill(row, -3.5));
            assertEquals(-3.5, ExactTransport.costs(costs).weights(weights(1, 6), weights(2, 9)).solve().cost(), 1e-14);
        }

        @ParameterizedTest
        @CsvSource({"1, 1", "2, 2", "5, 5", "7, 7", "3, 6", "4, 7"})
        void assignmentsAreTheCheapestOfAll(int n, int m) {
            for (int seed = 0; seed < 20; seed++) {
                double[][] costs = table(seed, n, m);
                int[] column = Assignment.cheapest(costs);
                double cost = IntStream.range(0, n).mapToDouble(i -> costs[i][column[i]]).sum();
                assertEquals(n, Arrays.stream(column).distinct().count());
                assertEquals(cheapestOfAll(costs, 0, new boolean[m]), cost, 1e-12);
            }
        }
    }

    @Nested
    class Invariance {
        /** Weak duality: a plan and potentials that agree prove each other best. */
        @ParameterizedTest
        @CsvSource({"1, 1, 1", "3, 4, 2", "40, 60, 1", "100, 100, 1e-9", "200, 150, 1e9", "60, 60, 1e-300"})
        void thePotentialsProveThePlan(int n, int m, double scale) {
            double[][] costs = Arrays.stream(table(n, n, m))
                    .map(row -> Arrays.stream(row).map(c -> c * scale).toArray()).toArray(double[][]::new);
            double[] a = weights(1, n);
            double[] b = weights(2, m);
            var plan = ExactTransport.costs(costs).weights(a, b).solve();
            double[][] p = plan.toMatrix();
            double[] f = plan.f();
            double[] g = plan.g();
            double value = 0;
            for (int i = 0; i < n; i++) {
                assertEquals(a[i], Arrays.stream(p[i]).sum(), 1e-14);
                value += a[i] * f[i];
                for (int j = 0; j < m; j++) {
                    assertTrue(p[i][j] >= 0);
                    // Potentials are as large as some costs added.
                    assertTrue(f[i] + g[j] <= costs[i][j] + 1e-12 * scale, "the potentials are not feasible");
                }
            }
            for (int j = 0; j < m; j++) {
                int column = j;
                assertEquals(b[j], Arrays.stream(p).mapToDouble(r -> r[column]).sum(), 1e-14);
                value += b[j] * g[j];
            }
            assertEquals(value, plan.cost(), 1e-12 * scale);
            assertTrue(plan.size() <= n + m - 1);
        }

        /** Many plans are best here, and every pivot may carry nothing: rules that go in circles would not end. */
        @ParameterizedTest
        @ValueSource(ints = {2, 10, 64, 200})
        void gridsWithManyTies(int n) {
            var costs = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    costs[i][j] = (i + j) % 3;
                }
            }
            assertEquals(0, ExactTransport.costs(costs).solve().cost() * (n % 3 == 0 ? 1 : 0), 1e-15);
            assertTrue(ExactTransport.costs(costs).solve().cost() <= 2.0 / n);
        }

        @Test
        void aConstantAddedToTheCostsIsAddedToTheValue() {
            double[][] costs = table(3, 30, 30);
            double[][] more = Arrays.stream(costs).map(r -> Arrays.stream(r).map(c -> c + 1e6).toArray())
                    .toArray(double[][]::new);
            assertEquals(ExactTransport.costs(costs).solve().cost() + 1e6, ExactTransport.costs(more).solve().cost(),
                    1e-8);
        }
    }

    @Nested
    class Agreement {
        @Test
        void entropyGoesToIt() {
            double[][] x = table(1, 60, 2);
            double[][] y = table(2, 60, 2);
            double exact = ExactTransport.between(x, y).solve().cost();
            double soft = Sinkhorn.between(x, y).epsilon(1e-3).solve().cost();
            assertTrue(soft >= exact - 1e-9 && soft <= exact + 1e-3 * Math.log(60), soft + " against " + exact);
        }

        @Test
        void otherCostsAndArraysOfNd4j() {
            double[][] x = table(1, 20, 2);
            double[][] y = table(2, 20, 2);
            var distances = new double[20][20];
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j < 20; j++) {
                    distances[i][j] = Math.hypot(x[i][0] - y[j][0], x[i][1] - y[j][1]);
                }
            }
            assertEquals(ExactTransport.costs(distances).solve().cost(),
                    ExactTransport.between(Dense.of("x", x), Dense.of("y", y), Cost.distance()).solve().cost(), 1e-14);
            assertEquals(ExactTransport.between(x, y).solve().cost(),
                    ExactTransport.between(Nd4j.createFromArray(x), Nd4j.createFromArray(y)).solve().cost());
        }
    }

    @Nested
    class BadInput {
        private void refuses(String words, Runnable call) {
            String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
            assertTrue(message.contains(words), message);
        }

        @Test
        void everything() {
            refuses("x", () -> ExactTransport.between(new double[0][], table(1, 2, 2)));
            assertThrows(IllegalArgumentException.class, () -> ExactTransport.between(table(1, 2, 2), table(1, 2, 3)));
            refuses("costs", () -> ExactTransport.costs(new double[][] {{Double.NaN}}));
            var two = ExactTransport.costs(new double[][] {{0, 1}, {1, 0}});
            refuses("sum of a", () -> two.weights(new double[] {1, 1}, new double[] {0.5, 0.5}));
            refuses("b[0]", () -> two.weights(new double[] {0.5, 0.5}, new double[] {-1, 2}));
            refuses("b", () -> two.weights(new double[] {0.5, 0.5}, new double[] {1}));
            refuses("largest", () -> ExactTransport.costs(new double[][] {{-1e308, 1e308}}).solve());
            refuses("columns", () -> Assignment.cheapest(new double[][] {{1}, {2}}));
            refuses("source", () -> two.solve().row(2));
            refuses("entry", () -> two.solve().entry(5));
        }
    }
}
