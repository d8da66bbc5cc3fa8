package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.linalg.NotPositiveDefinite;
import reprise.parallel.Tasks;
import reprise.prob.Mixture;
import reprise.prob.Moments;
import reprise.prob.Normal;
import reprise.random.Rng;

class LightBridgeTest {
    private static final double EPSILON = 0.6;

    private static Dense dense(double[]... rows) {
        return Dense.of("rows", rows);
    }

    /** Three components in the plane, with diagonal S or the same as full matrices. */
    private static LightBridge three(boolean full) {
        double[] logAlpha = {-0.5, 0.3, -2};
        Dense r = dense(new double[] {1, 0}, new double[] {-1, 0.5}, new double[] {0, -2});
        double[][] s = {{0.4, 1.5}, {0.9, 0.2}, {1.2, 0.7}};
        return full
                ? LightBridge.of(EPSILON, logAlpha, r, Arrays.stream(s)
                        .map(v -> dense(new double[] {v[0], 0}, new double[] {0, v[1]})).toList())
                : LightBridge.of(EPSILON, logAlpha, r, dense(s));
    }

    private static LightBridge turned() {
        return LightBridge.of(
                EPSILON, new double[] {-0.5, 0.3}, dense(new double[] {1, 0}, new double[] {-1, 0.5}),
                List.of(
                        dense(new double[] {0.8, 0.3}, new double[] {0.3, 0.5}),
                        dense(new double[] {1.4, -0.6}, new double[] {-0.6, 0.9})));
    }

    @Nested
    class ClosedForm {
        private final double[] x = {0.7, -1.1};

        @Test
        void thePotentialIsTheMixtureThatItSays() {
            var bridge = three(false);
            var parts = new java.util.ArrayList<Normal>();
            for (int k = 0; k < 3; k++) {
                double[] s = bridge.spread(k).data();
                parts.add(Normal.diagonal(
                        Arrays.copyOfRange(bridge.centres().data(), 2 * k, 2 * k + 2),
                        new double[] {EPSILON * s[0], EPSILON * s[3]}));
            }
            double[] alpha = Arrays.stream(bridge.logWeights()).map(Math::exp).toArray();
            double expected = new Mixture(alpha, parts).logDensity(dense(x))[0] + Math.log(Arrays.stream(alpha).sum());
            assertEquals(expected, bridge.logPotential(dense(x))[0], 1e-13);
        }

        @Test
        void theNormaliserIsTheIntegralOfTheTiltedPotential() {
            // Trapezoidal sums of smooth functions that vanish at the ends err by less than any power of the step.
            var bridge = turned();
            int n = 400;
            double h = 16.0 / n;
            double[][] grid = new double[n * n][];
            for (int i = 0; i < grid.length; i++) {
                grid[i] = new double[] {-8 + h * (i % n), -8 + h * (i / n)};
            }
            double[] log = bridge.logPotential(dense(grid));
            double sum = 0;
            for (int i = 0; i < log.length; i++) {
                sum += Math.exp(log[i] + (grid[i][0] * x[0] + grid[i][1] * x[1]) / EPSILON) * h * h;
            }
            assertEquals(Math.log(sum), bridge.logNormaliser(dense(x))[0], 1e-10);
        }

        @Test
        void thePlanIsTheTiltedPotentialOverTheNormaliser() {
            var bridge = turned();
            double[] y = {-0.4, 0.9};
            double expected = bridge.logPotential(dense(y))[0] - bridge.logNormaliser(dense(x))[0]
                    + (x[0] * y[0] + x[1] * y[1]) / EPSILON;
            assertEquals(expected, bridge.logPlan(dense(x), dense(y))[0], 1e-13);
            assertEquals(expected, bridge.plan(x).logDensity(dense(y))[0], 1e-12);
        }

        @Test
        void theDriftIsThatOfThePaper() {
            // The paper's formula, poles and all, by central differences: error h^2 and 1e-15 / h.
            var bridge = turned();
            double t = 0.37;
            double h = 1e-5;
            double[] drift = bridge.drift(dense(x), t).data();
            for (int c = 0; c < 2; c++) {
                double[] above = x.clone();
                double[] below = x.clone();
                above[c] += h;
                below[c] -= h;
                double slope = (paper(bridge, above, t) - paper(bridge, below, t)) / (2 * h);
                assertEquals(-x[c] / (1 - t) + EPSILON * slope, drift[c], 1e-8);
            }
        }

        private double paper(LightBridge bridge, double[] x, double t) {
            double total = 0;
            for (int k = 0; k < 2; k++) {
                double[] s = bridge.spread(k).data();
                double[] r = Arrays.copyOfRange(bridge.centres().data(), 2 * k, 2 * k + 2);
                double det = s[0] * s[3] - s[1] * s[2];
                double[] inverse = {s[3] / det, -s[1] / det, -s[2] / det, s[0] / det};
                double w = t / (EPSILON * (1 - t));
                double[] a = {w + inverse[0] / EPSILON, inverse[1] / EPSILON, inverse[2] / EPSILON,
                    w + inverse[3] / EPSILON};
                double[] p = {inverse[0] * r[0] + inverse[1] * r[1], inverse[2] * r[0] + inverse[3] * r[1]};
                double[] c = {(x[0] / (1 - t) + p[0]) / EPSILON, (x[1] / (1 - t) + p[1]) / EPSILON};
                double detA = a[0] * a[3] - a[1] * a[2];
                double square = (c[0] * (a[3] * c[0] - a[1] * c[1]) + c[1] * (a[0] * c[1] - a[2] * c[0])) / detA;
                total += Math.exp(bridge.logWeights()[k] - Math.log(det) / 2 - Math.log(detA) / 2
                        - (r[0] * p[0] + r[1] * p[1]) / (2 * EPSILON) + square / 2);
            }
            return Math.log(total);
        }

        @Test
        void theFirstPushIsTheMeanOfThePlan() {
            var bridge = turned();
            double[] mean = bridge.moments(dense(x)).mean(0);
            double[] drift = bridge.drift(dense(x), 0).data();
            assertArrayEquals(new double[] {mean[0] - x[0], mean[1] - x[1]}, drift, 1e-13);
        }

        @Test
        void momentsAreThoseOfThePlan() {
            var bridge = turned();
            var moments = bridge.moments(dense(x));
            var plan = bridge.plan(x);
            assertArrayEquals(plan.mean(), moments.mean(0), 1e-13);
            assertArrayEquals(plan.covariance().data(), moments.covariance(0).data(), 1e-13);
        }

        @Test
        void aSmallEpsilonIsTheMongeMapOfNormalDistributions() {
            // One component between N(0, I) and N(0, diag(s)): S tends to the map diag(root s) as epsilon does to 0.
            double epsilon = 1e-6;
            double s = Math.sqrt(4 + epsilon * epsilon / 4) - epsilon / 2;
            var bridge = LightBridge.of(epsilon, new double[1], dense(new double[] {0}), dense(new double[] {s}));
            double y = bridge.sample(dense(new double[] {1.5}), Rng.of(1)).data()[0];
            assertEquals(3, y, 6 * Math.sqrt(epsilon * s));
        }

        @Test
        void aLargeEpsilonForgetsTheStart() {
            // S tends to s1^2 / eps: what is left of x is x s1^2 / eps.
            double epsilon = 1e6;
            double s = 1 / (1 / 2.0 + Math.sqrt(1 / 4.0 + 4 / (epsilon * epsilon))) * 4 / epsilon;
            var bridge = LightBridge.of(epsilon, new double[1], dense(new double[] {0.3}), dense(new double[] {s}));
            var far = bridge.moments(dense(new double[] {100}));
            assertEquals(0.3, far.mean(0)[0], 1e-3);
            assertEquals(4, far.covariance(0).data()[0], 1e-3);
        }

        @Test
        void simulationEndsWhereTheMarginalsSay() {
            // 20 000 paths of 100 steps: 0.007 of sampling error in a mean, and a bias near 1 / 100 of it.
            var bridge = turned();
            int n = 20_000;
            double[] starts = new double[2 * n];
            for (int i = 0; i < n; i++) {
                System.arraycopy(x, 0, starts, 2 * i, 2);
            }
            var paths = bridge.paths(Dense.of("x", starts, n, 2), 100, Rng.of(4));
            assertEquals(101, paths.size());
            for (int j : new int[] {30, 100}) {
                var exact = bridge.at(j / 100.0, x);
                var direct = bridge.sampleAt(Dense.of("x", starts, n, 2), j / 100.0, Rng.of(5));
                for (int c = 0; c < 2; c++) {
                    double variance = exact.covariance().data()[3 * c];
                    var simulated = Moments.of(column(paths.get(j), c));
                    assertEquals(exact.mean()[c], simulated.mean(), 0.03);
                    assertEquals(variance, simulated.variance(), 0.05 * variance);
                    var drawn = Moments.of(column(direct, c));
                    assertEquals(exact.mean()[c], drawn.mean(), 0.03);
                    assertEquals(variance, drawn.variance(), 0.05 * variance);
                }
            }
        }

        private double[] column(Dense a, int c) {
            double[] column = new double[a.rows()];
            Arrays.setAll(column, i -> a.data()[i * a.columns() + c]);
            return column;
        }
    }

    @Nested
    class Invariance {
        private final Dense points = Rng.of(7).normal(50, 2);

        @Test
        void theOrderOfComponentsDoesNotMatter() {
            var bridge = LightBridge.of(
                    EPSILON, new double[] {-2, -0.5, 0.3},
                    dense(new double[] {0, -2}, new double[] {1, 0}, new double[] {-1, 0.5}),
                    dense(new double[] {1.2, 0.7}, new double[] {0.4, 1.5}, new double[] {0.9, 0.2}));
            assertArrayEquals(three(false).logPotential(points), bridge.logPotential(points), 1e-13);
            assertArrayEquals(three(false).drift(points, 0.4).data(), bridge.drift(points, 0.4).data(), 1e-13);
        }

        @Test
        void aFactorOfAllWeightsChangesNoPlan() {
            var other = LightBridge.of(
                    EPSILON, new double[] {9.5, 10.3, 8}, three(false).centres(),
                    dense(new double[] {0.4, 1.5}, new double[] {0.9, 0.2}, new double[] {1.2, 0.7}));
            assertArrayEquals(
                    three(false).logPlan(points, points), other.logPlan(points, points), 1e-12);
            assertEquals(three(false).loss(points, points), other.loss(points, points), 1e-12);
        }

        @Test
        void diagonalMatricesAreFullOnes() {
            assertArrayEquals(three(false).logPotential(points), three(true).logPotential(points), 1e-12);
            assertArrayEquals(three(false).logNormaliser(points), three(true).logNormaliser(points), 1e-12);
            assertArrayEquals(three(false).drift(points, 0.6).data(), three(true).drift(points, 0.6).data(), 1e-12);
            assertArrayEquals(
                    three(false).moments(points).covariances()[3], three(true).moments(points).covariances()[3],
                    1e-12);
        }

        @Test
        void drawsDoNotDependOnThreads() {
            var one = Tasks.withThreads(1, () -> three(true).sample(points, Rng.of(1)));
            var four = Tasks.withThreads(4, () -> three(true).sample(points, Rng.of(1)));
            assertArrayEquals(one.data(), four.data());
            var path = Tasks.withThreads(1, () -> three(false).paths(points, 7, Rng.of(1)));
            var again = Tasks.withThreads(4, () -> three(false).paths(points, 7, Rng.of(1)));
            assertArrayEquals(path.get(7).data(), again.get(7).data());
        }

        @Test
        void atTimeZeroNothingHasMoved() {
            assertArrayEquals(points.data(), three(false).sampleAt(points, 0, Rng.of(1)).data());
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesParametersOutOfRange() {
            Dense r = dense(new double[] {0, 0});
            Dense s = dense(new double[] {1, 1});
            assertMessage("epsilon must be > 0 and finite, was -1.0", () -> LightBridge.of(-1, new double[1], r, s));
            assertMessage("number of components must be >= 1, was 0", () -> LightBridge.of(1, new double[0], r, s));
            assertMessage("r must be of shape [2, 2], was [1, 2]", () -> LightBridge.of(1, new double[2], r, s));
            assertMessage("s must be of shape [1, 2], was [1, 1]", () -> LightBridge.of(
                    1, new double[1], r, dense(new double[] {1})));
            assertMessage("s[0, 1] must be > 0 and finite, was 0.0", () -> LightBridge.of(
                    1, new double[1], r, dense(new double[] {1, 0})));
            assertMessage("logAlpha[0] must be finite, was NaN", () -> LightBridge.of(
                    1, new double[] {Double.NaN}, r, s));
        }

        @Test
        void refusesASingularMatrix() {
            assertThrows(NotPositiveDefinite.class, () -> LightBridge.of(
                    1, new double[1], dense(new double[] {0, 0}),
                    List.of(dense(new double[] {1, 1}, new double[] {1, 1}))));
        }

        @Test
        void refusesPointsOfAnotherDimensionAndTimesOutside() {
            Dense x = dense(new double[] {1, 2, 3});
            Dense good = dense(new double[] {1, 2});
            assertMessage("x must be of shape [1, 2], was [1, 3]", () -> three(false).sample(x, Rng.of(1)));
            assertMessage("y must be of shape [1, 2], was [1, 3]", () -> three(false).logPotential(x));
            assertMessage("x must be of shape [2], was [3]", () -> three(false).plan(1, 2, 3));
            assertMessage("t must be from 0 to 1, was 1.5", () -> three(false).drift(good, 1.5));
            assertMessage("t must be from 0 to 1, was NaN", () -> three(false).sampleAt(good, Double.NaN, Rng.of(1)));
            assertMessage("t must be > 0 and finite, was 0.0", () -> three(false).at(0, 1, 2));
            assertMessage("steps must be >= 1, was 0", () -> three(false).paths(good, 0, Rng.of(1)));
        }

        private void assertMessage(String message, org.junit.jupiter.api.function.Executable call) {
            assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
        }
    }

    @Nested
    class Agreement {
        @Test
        void thePlanIntegratesToOne() {
            var plan = three(false).plan(0.2, 0.4);
            Dense y = plan.sample(4_000, Rng.of(3));
            double[] own = plan.logDensity(y);
            double[] copies = new double[y.data().length];
            Arrays.setAll(copies, i -> i % 2 == 0 ? 0.2 : 0.4);
            assertArrayEquals(own, three(false).logPlan(Dense.of("x", copies, 4_000, 2), y), 1e-11);
            assertTrue(Arrays.stream(own).average().orElseThrow() < 0);
        }
    }
}
