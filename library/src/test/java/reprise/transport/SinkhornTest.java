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
import reprise.linalg.NotConverged;
import reprise.random.Rng;

class SinkhornTest {
    private static double[][] normal(int seed, int n, int d) {
        var rng = Rng.of(seed);
        return IntStream.range(0, n).mapToObj(i -> IntStream.range(0, d).mapToDouble(k -> rng.normal()).toArray())
                .toArray(double[][]::new);
    }

    private static double[] weights(int seed, int n) {
        var rng = Rng.of(seed);
        double[] raw = IntStream.range(0, n).mapToDouble(i -> 0.1 + rng.uniform()).toArray();
        double sum = Arrays.stream(raw).sum();
        return Arrays.stream(raw).map(w -> w / sum).toArray();
    }

    private static double[][] squares(double[][] x, double[][] y) {
        var out = new double[x.length][y.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < y.length; j++) {
                for (int k = 0; k < x[i].length; k++) {
                    out[i][j] += (x[i][k] - y[j][k]) * (x[i][k] - y[j][k]);
                }
            }
        }
        return out;
    }

    @Nested
    class ClosedForm {
        /** For two by two points with cost 0 on and 1 off the diagonal, P_11 / P_12 = exp(1 / eps). */
        @ParameterizedTest
        @ValueSource(doubles = {10, 1, 0.1, 0.01, 1e-3})
        void twoByTwo(double eps) {
            var plan = Sinkhorn.costs(new double[][] {{0, 1}, {1, 0}}).epsilon(eps).solve();
            double off = 0.5 / (1 + Math.exp(1 / eps));
            assertArrayEquals(new double[] {0.5 - off, off}, plan.row(0), 1e-12);
            assertEquals(2 * off, plan.cost(), 1e-12);
        }

        @Test
        void oneSourceGoesToEveryTarget() {
            double[] b = {0.2, 0.3, 0.5};
            var plan = Sinkhorn.between(new double[][] {{1}}, new double[][] {{0}, {2}, {4}})
                    .weights(new double[] {1}, b).epsilon(0.1).solve();
            assertArrayEquals(b, plan.row(0), 1e-14);
            assertEquals(0.2 + 0.3 + 0.5 * 9, plan.cost(), 1e-12);
        }

        @Test
        void muchSoftnessGivesTheProductOfTheMarginals() {
            double[][] x = normal(1, 7, 2);
            double[][] y = normal(2, 5, 2);
            double[] a = weights(3, 7);
            double[] b = weights(4, 5);
            var plan = Sinkhorn.between(x, y).weights(a, b).epsilon(1e9).solve();
            for (int i = 0; i < 7; i++) {
                for (int j = 0; j < 5; j++) {
                    // Off by cost / eps.
                    assertEquals(a[i] * b[j], plan.row(i)[j], 1e-9);
                }
            }
        }

        /** On the line the best plan keeps the order; the softness adds at most eps log n. */
        @Test
        void littleSoftnessGivesTheSortedMatching() {
            double[][] x = normal(5, 40, 1);
            double[][] y = normal(6, 40, 1);
            double[] xs = Arrays.stream(x).mapToDouble(r -> r[0]).sorted().toArray();
            double[] ys = Arrays.stream(y).mapToDouble(r -> r[0]).sorted().toArray();
            double sorted = IntStream.range(0, 40).mapToDouble(i -> (xs[i] - ys[i]) * (xs[i] - ys[i])).average()
                    .orElseThrow();
            double eps = 1e-4;
            double cost = Sinkhorn.between(x, y).epsilon(eps).tolerance(1e-10).solve().cost();
            assertTrue(cost >= sorted - 1e-9 && cost <= sorted + eps * Math.log(40), cost + " against " + sorted);
        }

        /** For potentials f = g = 0 the plan of cost -eps log(n m P) is P itself. */
        @Test
        void aPlanIsRecoveredFromItsOwnCosts() {
            double[][] p = {{0.1, 0.2, 0.2}, {0.25, 0.1, 0.15}};
            var costs = new double[2][3];
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 3; j++) {
                    costs[i][j] = -0.3 * Math.log(p[i][j]);
                }
            }
            var plan = Sinkhorn.costs(costs).weights(new double[] {0.5, 0.5}, new double[] {0.35, 0.3, 0.35})
                    .epsilon(0.3).solve();
            for (int i = 0; i < 2; i++) {
                assertArrayEquals(p[i], plan.row(i), 1e-9);
            }
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @CsvSource({"3, 4, 1, 0.1", "50, 30, 2, 0.01", "60, 60, 2, 0.003", "100, 100, 5, 0.5", "1, 9, 3, 0.001"})
        void marginalsAreMetAndNothingIsNaN(int n, int m, int d, double eps) {
            double[] a = weights(1, n);
            double[] b = weights(2, m);
            var plan = Sinkhorn.between(normal(3, n, d), normal(4, m, d)).weights(a, b).epsilon(eps).solve();
            double[][] p = plan.toMatrix();
            double rows = 0;
            for (int i = 0; i < n; i++) {
                rows += Math.abs(Arrays.stream(p[i]).sum() - a[i]);
            }
            assertTrue(rows <= 1e-9, "rows are off by " + rows);
            for (int j = 0; j < m; j++) {
                int column = j;
                assertEquals(b[j], Arrays.stream(p).mapToDouble(r -> r[column]).sum(), 1e-12);
            }
            assertTrue(plan.marginalError() <= 1e-9);
        }

        @Test
        void aTableAndTheCloudsItCameFromGiveTheSamePlan() {
            double[][] x = normal(1, 30, 3);
            double[][] y = normal(2, 20, 3);
            double[][] p = Sinkhorn.between(x, y).epsilon(0.5).tolerance(1e-12).solve().toMatrix();
            double[][] q = Sinkhorn.costs(squares(x, y)).epsilon(0.5).tolerance(1e-12).solve().toMatrix();
            for (int i = 0; i < 30; i++) {
                assertArrayEquals(q[i], p[i], 1e-12);
            }
        }

        @Test
        void swappingTheSidesTransposesThePlan() {
            double[][] x = normal(1, 12, 2);
            double[][] y = normal(2, 9, 2);
            Cost skew = Cost.of((from, to) -> Math.abs(from[0] - 2 * to[0]));
            Cost back = Cost.of((from, to) -> Math.abs(to[0] - 2 * from[0]));
            double[][] p = Sinkhorn.between(Dense.of("x", x), Dense.of("y", y), skew).epsilon(0.2).solve().toMatrix();
            double[][] q = Sinkhorn.between(Dense.of("y", y), Dense.of("x", x), back).epsilon(0.2).solve().toMatrix();
            for (int i = 0; i < 12; i++) {
                for (int j = 0; j < 9; j++) {
                    assertEquals(q[j][i], p[i][j], 1e-9);
                }
            }
        }

        @Test
        void aSourceWithoutWeightSendsNothing() {
            var plan = Sinkhorn.between(normal(1, 3, 2), normal(2, 4, 2))
                    .weights(new double[] {0.5, 0, 0.5}, Masses.equal(4)).epsilon(0.1).solve();
            assertEquals(0, Arrays.stream(plan.row(1)).sum());
            assertTrue(Double.isFinite(plan.cost()) && Double.isFinite(plan.value()));
        }

        /** The value is cost plus eps times the divergence from the product. */
        @Test
        void theValueIsCostAndEntropy() {
            double[] a = weights(5, 15);
            double[] b = weights(6, 12);
            var plan = Sinkhorn.between(normal(1, 15, 2), normal(2, 12, 2)).weights(a, b).epsilon(0.3)
                    .tolerance(1e-13).solve();
            double entropy = 0;
            for (int i = 0; i < 15; i++) {
                double[] row = plan.row(i);
                for (int j = 0; j < 12; j++) {
                    entropy += row[j] * Math.log(row[j] / (a[i] * b[j]));
                }
            }
            assertEquals(plan.cost() + 0.3 * entropy, plan.value(), 1e-11);
        }

        /** In the log domain the scale of the costs does not matter, be it where exp underflows. */
        @ParameterizedTest
        @ValueSource(doubles = {1e-150, 1e-9, 1e9, 1e150})
        void scalingCostsAndSoftnessChangesNothing(double scale) {
            double[][] costs = squares(normal(1, 10, 2), normal(2, 10, 2));
            double[][] scaled = Arrays.stream(costs).map(r -> Arrays.stream(r).map(c -> c * scale).toArray())
                    .toArray(double[][]::new);
            double[][] p = Sinkhorn.costs(costs).epsilon(0.01).solve().toMatrix();
            double[][] q = Sinkhorn.costs(scaled).epsilon(0.01 * scale).solve().toMatrix();
            for (int i = 0; i < 10; i++) {
                assertArrayEquals(p[i], q[i], 1e-8);
            }
        }
    }

    @Nested
    class Agreement {
        /** Blocks that hardly exchange mass: plain updates need 1e5 steps and more. */
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2})
        void newtonFinishesWhatAlternatingUpdatesCannot(int seed) {
            double[][] x = normal(seed, 100, 2);
            double[][] y = normal(100 + seed, 100, 2);
            var plan = Sinkhorn.between(x, y).epsilon(2e-3).iterations(500).solve();
            assertTrue(plan.marginalErrors().length > 250, "was not hard: " + plan.marginalErrors().length);
            assertTrue(plan.marginalError() <= 1e-9);
        }

        @Test
        void theMapIsThePlansMean() {
            double[][] y = normal(2, 25, 3);
            var plan = Sinkhorn.between(normal(1, 20, 3), y).epsilon(0.4).tolerance(1e-12).solve();
            Dense map = plan.map();
            for (int i = 0; i < 20; i++) {
                double[] row = plan.row(i);
                for (int k = 0; k < 3; k++) {
                    int column = k;
                    double mean = 20 * IntStream.range(0, 25).mapToDouble(j -> row[j] * y[j][column]).sum();
                    assertEquals(mean, map.data()[i * 3 + k], 1e-10);
                }
            }
        }

        @Test
        void arraysOfNd4jAreTheSame() {
            double[][] x = normal(1, 8, 2);
            double[][] y = normal(2, 8, 2);
            assertEquals(Sinkhorn.between(x, y).epsilon(1).solve().cost(),
                    Sinkhorn.between(Nd4j.createFromArray(x), Nd4j.createFromArray(y)).epsilon(1).solve().cost());
        }
    }

    @Nested
    class Divergence {
        @Test
        void ofACloudWithItselfIsZero() {
            double[][] x = normal(1, 30, 2);
            var apart = Sinkhorn.between(x, x).epsilon(0.2).tolerance(1e-12).divergence();
            assertEquals(0, apart.value(), 1e-11);
            for (double slope : apart.gradient().data()) {
                assertEquals(0, slope, 1e-11);
            }
        }

        /** W(x, x + t) = |t|^2 + W(x, x) for any softness, since the cross terms do not see the plan. */
        @ParameterizedTest
        @ValueSource(doubles = {0.01, 1, 100})
        void ofAShiftIsItsSquare(double eps) {
            double[][] x = normal(1, 25, 2);
            double[][] y = Arrays.stream(x).map(r -> new double[] {r[0] + 3, r[1] - 4}).toArray(double[][]::new);
            assertEquals(25, Sinkhorn.between(x, y).epsilon(eps).tolerance(1e-11).divergence().value(), 1e-8);
        }

        @Test
        void gradientIsWhatDifferencesSay() {
            double[][] x = normal(1, 10, 2);
            double[][] y = normal(2, 14, 2);
            double[] a = weights(3, 10);
            double[] b = weights(4, 14);
            Dense gradient = Sinkhorn.between(x, y).weights(a, b).epsilon(0.3).tolerance(1e-13).divergence().gradient();
            double h = 1e-5;
            for (int i = 0; i < 3; i++) {
                for (int k = 0; k < 2; k++) {
                    x[i][k] += h;
                    double up = Sinkhorn.between(x, y).weights(a, b).epsilon(0.3).tolerance(1e-13).divergence().value();
                    x[i][k] -= 2 * h;
                    double down = Sinkhorn.between(x, y).weights(a, b).epsilon(0.3).tolerance(1e-13).divergence()
                            .value();
                    x[i][k] += h;
                    // Rounding 1e-15 / h and curvature h^2.
                    assertEquals((up - down) / (2 * h), gradient.data()[i * 2 + k], 1e-8);
                }
            }
        }

        @Test
        void needsCoordinatesAndTheSquaredDistance() {
            var table = Sinkhorn.costs(new double[][] {{1, 2}, {2, 1}}).epsilon(1);
            assertThrows(IllegalStateException.class, table::divergence);
            Dense x = Dense.of("x", normal(1, 4, 2));
            var apart = Sinkhorn.between(x, x, Cost.distance()).epsilon(1).divergence();
            assertThrows(IllegalStateException.class, apart::gradient);
        }
    }

    @Nested
    class BadInput {
        private final Sinkhorn.Problem problem = Sinkhorn.between(normal(1, 3, 2), normal(2, 4, 2));

        private void refuses(String words, Runnable call) {
            String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
            assertTrue(message.contains(words), message);
        }

        @Test
        void softness() {
            for (double eps : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
                refuses("epsilon", () -> problem.epsilon(eps));
            }
        }

        @Test
        void weights() {
            double[] b = Masses.equal(4);
            refuses("a", () -> problem.weights(new double[0], b));
            refuses("a[1]", () -> problem.weights(new double[] {1, -0.5, 0.5}, b));
            refuses("a[2]", () -> problem.weights(new double[] {0.5, 0.5, Double.NaN}, b));
            refuses("sum of a", () -> problem.weights(new double[] {0.5, 0.5, 0.5}, b));
            refuses("sum of b", () -> problem.weights(Masses.equal(3), new double[] {1, 0, 0, 1e-6}));
        }

        @Test
        void pointsAndCosts() {
            refuses("x", () -> Sinkhorn.between(new double[0][], normal(1, 2, 2)));
            refuses("y", () -> Sinkhorn.between(normal(1, 2, 2), new double[][] {{0, Double.NaN}}));
            assertThrows(IllegalArgumentException.class, () -> Sinkhorn.between(normal(1, 2, 2), normal(1, 2, 3)));
            refuses("costs", () -> Sinkhorn.costs(new double[][] {{0, Double.POSITIVE_INFINITY}}));
            refuses("costs", () -> Sinkhorn.costs(new double[][] {{0, 1}, {0}}));
        }

        @Test
        void limits() {
            refuses("tolerance", () -> problem.epsilon(1).tolerance(0));
            refuses("iterations", () -> problem.epsilon(1).iterations(0));
            var e = assertThrows(NotConverged.class,
                    () -> problem.epsilon(0.01).iterations(2).tolerance(1e-15).solve());
            assertEquals(3, e.partial().length);
        }

        @Test
        void sources() {
            var plan = problem.epsilon(1).solve();
            refuses("source", () -> plan.row(3));
            refuses("source", () -> plan.row(-1));
        }

        @Test
        void aTableHasNoMap() {
            assertThrows(IllegalStateException.class,
                    () -> Sinkhorn.costs(new double[][] {{1}}).epsilon(1).solve().map());
        }
    }
}
