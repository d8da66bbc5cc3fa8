package reprise.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.array.Dense;
import reprise.linalg.NotConverged;
import reprise.random.Rng;

class LinearModelTest {
    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Two clouds that overlap, 1 for the first third. */
    private static Dense clouds(int n, double[] y) {
        double[] x = Rng.of(1).normal(n, 3).data();
        for (int i = 0; i < n; i++) {
            y[i] = i % 3 == 0 ? 1 : -1;
            x[3 * i] += y[i];
        }
        return Dense.of("x", x, n, 3);
    }

    private static double objective(LinearLoss loss, Dense x, double[] y, double[] w, double ridge, double[] b) {
        var model = new LinearModel(loss, Arrays.copyOf(b, b.length - 1), b[b.length - 1], 0, 0);
        double[] losses = model.losses(x, y);
        double sum = ridge / 2 * model.squaredNorm();
        for (int i = 0; i < w.length; i++) {
            sum += w[i] * losses[i];
        }
        return sum;
    }

    @Nested
    class ClosedForm {
        @Test
        void aLineThroughThreePointsIsTheTextbooks() {
            var line = LinearModel.fit(
                    LinearLoss.SQUARED, new double[][] {{0}, {1}, {2}}, new double[] {1, 2, 6}, ones(3), 0);
            assertEquals(2.5, line.coefficients()[0], 1e-13);
            assertEquals(0.5, line.intercept(), 1e-13);
            assertEquals(0.25 + 1 + 0.25, line.objective(), 1e-13);
        }

        @Test
        void ridgeShrinksTheSlopeOnly() {
            // Centred points: slope sum(xy) / (sum(x^2) + ridge / 2), intercept the mean.
            var model = LinearModel.fit(
                    LinearLoss.SQUARED, new double[][] {{-1}, {0}, {1}}, new double[] {1, 2, 6}, ones(3), 6);
            assertEquals(1, model.coefficients()[0], 1e-13);
            assertEquals(3, model.intercept(), 1e-13);
        }

        @Test
        void logisticRegressionOnTwoPlacesFindsTheLogOdds() {
            // 3 to 1 at x = 0 and 1 to 4 at x = 1, no ridge.
            var model = LinearModel.fit(
                    LinearLoss.LOGISTIC, new double[][] {{0}, {0}, {1}, {1}}, new double[] {1, -1, 1, -1},
                    new double[] {3, 1, 1, 4}, 0);
            assertEquals(Math.log(3), model.intercept(), 1e-9);
            assertEquals(-Math.log(4) - Math.log(3), model.coefficients()[0], 1e-9);
        }

        @Test
        void theWidestStreetLiesBetweenTheNearestPoints() {
            // Hard margins by large weights: the street from -1 to 3, so s = (x - 1) / 2.
            var model = LinearModel.fit(
                    LinearLoss.HINGE, new double[][] {{-5}, {-1}, {3}, {9}}, new double[] {-1, -1, 1, 1},
                    new double[] {1e3, 1e3, 1e3, 1e3}, 1);
            assertEquals(0.5, model.coefficients()[0], 1e-6);
            assertEquals(-0.5, model.intercept(), 1e-6);
            assertEquals(0.125, model.objective(), 1e-6);
        }

        @Test
        void lossesAreStableFarFromZero() {
            assertEquals(800, LinearLoss.LOGISTIC.of(-800, 1), 1e-12);
            assertEquals(0, LinearLoss.LOGISTIC.of(800, 1), 1e-300);
            assertEquals(Math.log(2), LinearLoss.LOGISTIC.of(0, -1), 1e-16);
            assertEquals(3, LinearLoss.HINGE.of(-2, 1));
            assertEquals(9, LinearLoss.SQUARED.of(1, 4));
        }
    }

    @Nested
    class Optimality {
        @ParameterizedTest
        @EnumSource
        void noNeighbourIsBetter(LinearLoss loss) {
            double[] y = new double[300];
            Dense x = clouds(300, y);
            double[] w = Rng.of(2).normal(300, 1).data();
            for (int i = 0; i < 300; i++) {
                w[i] = Math.abs(w[i]);
            }
            var model = LinearModel.fit(loss, x, y, w, 1);
            double[] b = Arrays.copyOf(model.coefficients(), 4);
            b[3] = model.intercept();
            double here = objective(loss, x, y, w, 1, b);
            assertEquals(here, model.objective(), 1e-10 * here);
            Rng rng = Rng.of(3);
            for (int k = 0; k < 200; k++) {
                double[] near = b.clone();
                double[] direction = rng.sphere(4);
                double size = Math.pow(10, -4 + 3.5 * rng.uniform());
                for (int c = 0; c < 4; c++) {
                    near[c] += size * direction[c];
                }
                // The minimum of a convex function, up to the gap at which the solver stops.
                assertTrue(objective(loss, x, y, w, 1, near) >= here * (1 - 1e-10));
            }
        }
    }

    @Nested
    class Robustness {
        @Test
        void weightsMayDifferByManyOrders() {
            for (int seed = 0; seed < 60; seed++) {
                Rng rng = Rng.of(seed);
                int n = 6 + rng.integer(60);
                double[] y = new double[n];
                double[] w = new double[n];
                double[] x = rng.normal(n, 8).data();
                for (int i = 0; i < n; i++) {
                    y[i] = i % 4 == 0 ? 1 : -1;
                    w[i] = Math.pow(10, rng.uniform(seed % 2 == 0 ? -3 : -12, 4));
                    x[8 * i] += 3 * y[i];
                }
                Dense points = Dense.of("x", x, n, 8);
                var model = LinearModel.fit(LinearLoss.HINGE, points, y, w, 1);
                assertTrue(model.iterations() < 200, model.iterations() + " steps for seed " + seed);
                double[] b = Arrays.copyOf(model.coefficients(), 9);
                b[8] = model.intercept();
                for (int k = 0; k < 50; k++) {
                    double[] near = b.clone();
                    double[] direction = rng.sphere(9);
                    double size = Math.pow(10, rng.uniform(-5, 0));
                    for (int c = 0; c < 9; c++) {
                        near[c] += size * direction[c];
                    }
                    double there = objective(LinearLoss.HINGE, points, y, w, 1, near);
                    assertTrue(there >= model.objective() - 1e-9 * (1 + Arrays.stream(w).sum()), "seed " + seed);
                }
            }
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @EnumSource
        void aWeightOfTwoIsThePointTwiceAndOfZeroNoPoint(LinearLoss loss) {
            double[] y = new double[60];
            Dense x = clouds(60, y);
            double[] w = ones(60);
            w[0] = 2;
            w[1] = 0;
            var weighted = LinearModel.fit(loss, x, y, w, 1);
            double[][] rows = x.toRows();
            rows[1] = rows[0];
            double[] answers = y.clone();
            answers[1] = answers[0];
            var doubled = LinearModel.fit(loss, rows, answers, ones(60), 1);
            assertEquals(doubled.objective(), weighted.objective(), 1e-9 * doubled.objective());
            assertArrayEquals(doubled.coefficients(), weighted.coefficients(), 1e-5);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedByName() {
            double[][] x = {{0}, {1}, {2}};
            double[] y = {1, -1, 1};
            assertThrows(IllegalArgumentException.class,
                    () -> LinearModel.fit(LinearLoss.SQUARED, x, y, new double[] {1, 1}, 0));
            assertThrows(IllegalArgumentException.class,
                    () -> LinearModel.fit(LinearLoss.SQUARED, x, y, new double[] {1, 1, -1}, 0));
            assertThrows(IllegalArgumentException.class,
                    () -> LinearModel.fit(LinearLoss.SQUARED, x, y, new double[3], 0));
            assertThrows(IllegalArgumentException.class,
                    () -> LinearModel.fit(LinearLoss.SQUARED, x, new double[] {1, Double.NaN, 1}, ones(3), 0));
            assertThrows(IllegalArgumentException.class,
                    () -> LinearModel.fit(LinearLoss.SQUARED, x, y, ones(3), -1));
            assertThrows(IllegalArgumentException.class, () -> LinearModel.fit(LinearLoss.HINGE, x, y, ones(3), 0));
            assertThrows(IllegalArgumentException.class,
                    () -> LinearModel.fit(LinearLoss.LOGISTIC, x, new double[] {1, 0, 1}, ones(3), 1));
            var e = assertThrows(IllegalArgumentException.class,
                    () -> LinearModel.fit(LinearLoss.LOGISTIC, x, y, new double[] {1, 0, 1}, 1));
            assertTrue(e.getMessage().contains("both classes"), e.getMessage());
        }

        @Test
        void separableClassesWithoutRidgeHaveNoMinimum() {
            assertThrows(NotConverged.class, () -> LinearModel.fit(
                    LinearLoss.LOGISTIC, new double[][] {{-1}, {1}}, new double[] {-1, 1}, ones(2), 0));
        }
    }
}
