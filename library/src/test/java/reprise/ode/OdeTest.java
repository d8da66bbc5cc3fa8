package reprise.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.experiment.Slope;
import reprise.linalg.NotConverged;
import reprise.parallel.Interrupted;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class OdeTest {
    private static final VectorField CIRCLE = (t, y) -> new double[] {y[1], -y[0]};

    @Nested
    class ClosedForm {
        @Test
        void theOscillatorStaysOnItsCircleAtEveryTime() {
            double[] times = {0, 0.1, 1, 5, 20};
            var path = Ode.of(CIRCLE).tolerance(1e-12).solve(new double[] {0, 1}, times);
            for (int i = 0; i < times.length; i++) {
                // Errors of steps add up over about ten circles.
                assertEquals(Math.sin(times[i]), path.states().data()[2 * i], 1e-10);
                assertEquals(Math.cos(times[i]), path.states().data()[2 * i + 1], 1e-10);
            }
            assertArrayEquals(new double[] {Math.sin(20), Math.cos(20)}, path.last(), 1e-10);
        }

        @Test
        void backwardsUndoesForwards() {
            VectorField lotka = (t, y) -> new double[] {y[0] * (1 - y[1]), y[1] * (y[0] - 1)};
            double[] there = Ode.of(lotka).tolerance(1e-12).solve(new double[] {2, 1}, 0, 5).last();
            double[] back = Ode.of(lotka).tolerance(1e-12).solve(there, 5, 0).last();
            assertArrayEquals(new double[] {2, 1}, back, 1e-9);
        }

        @Test
        void aTighterToleranceIsKept() {
            for (double tolerance : new double[] {1e-4, 1e-7, 1e-10}) {
                double end = Ode.of((t, y) -> new double[] {-2 * t * y[0]}).tolerance(tolerance)
                        .solve(new double[] {1}, 0, 2).last()[0];
                assertEquals(Math.exp(-4), end, 10 * tolerance);
            }
        }
    }

    @Nested
    class Order {
        @Test
        void rungeAndKuttaHaveOrderFour() {
            double[] steps = {40, 80, 160, 320};
            double[] errors = new double[steps.length];
            for (int k = 0; k < steps.length; k++) {
                Dense end = Rk4.solve(
                        (t, y) -> new double[] {y[0] * Math.cos(t)}, Dense.of("y", new double[][] {{1}}), 0, 3,
                        (int) steps[k]);
                errors[k] = Math.abs(end.data()[0] - Math.exp(Math.sin(3)));
            }
            assertEquals(-4, Slope.logLog(steps, errors).slope(), 0.1);
        }

        @Test
        void eulerMaruyamaHasStrongOrderOneHalfAndHeunOne() {
            // dX = X dt / 2 + X dW in Ito's sense is dX = X dW in Stratonovich's: X = exp(W).
            VectorField zero = (t, x) -> new double[1];
            VectorField half = (t, x) -> new double[] {x[0] / 2};
            VectorField own = (t, x) -> x.clone();
            // 2 000 paths: slopes vary by about 0.03 from seed to seed.
            assertEquals(-0.5, strongOrder(Sde.ito(half, own)), 0.12);
            assertEquals(-1, strongOrder(Sde.stratonovich(zero, own)), 0.12);
        }

        private double strongOrder(Sde sde) {
            int finest = 512;
            double[] steps = {16, 32, 64, 128, 256};
            double[] errors = new double[steps.length];
            int paths = 2_000;
            for (int p = 0; p < paths; p++) {
                Rng rng = Rng.of(9).split(p);
                double[] w = new double[finest + 1];
                for (int k = 0; k < finest; k++) {
                    w[k + 1] = w[k] + rng.normal() / Math.sqrt(finest);
                }
                for (int s = 0; s < steps.length; s++) {
                    int stride = finest / (int) steps[s];
                    double[] x = {1};
                    for (int k = 0; k < finest; k += stride) {
                        x = sde.step(0, x, 1 / steps[s], new double[] {w[k + stride] - w[k]});
                    }
                    errors[s] += Math.abs(x[0] - Math.exp(w[finest])) / paths;
                }
            }
            return Slope.logLog(steps, errors).slope();
        }

        @Test
        void theOrnsteinUhlenbeckProcessHasItsMoments() {
            int n = 20_000;
            double[] starts = new double[n];
            Arrays.fill(starts, 3);
            Dense ends = Sde.ito((t, x) -> new double[] {-x[0]}, (t, x) -> new double[] {1})
                    .solve(Dense.of("x", starts, n, 1), 0, 1, 200, Rng.of(3));
            double mean = 0;
            double square = 0;
            for (double x : ends.data()) {
                mean += x / n;
                square += x * x / n;
            }
            double variance = (1 - Math.exp(-2)) / 2;
            // Four standard errors, and a bias of order 1 / 200.
            assertEquals(3 * Math.exp(-1), mean, 4 * Math.sqrt(variance / n) + 0.01);
            assertEquals(variance, square - mean * mean, 4 * variance * Math.sqrt(2.0 / n) + 0.005);
        }
    }

    @Nested
    class Agreement {
        @Test
        void batchesAgreeWithSinglePathsOnAnyNumberOfThreads() {
            Dense starts = Rng.of(1).normal(50, 2);
            Dense one = Tasks.withThreads(1, () -> Rk4.solve(CIRCLE, starts, 0, 2, 40));
            Dense four = Tasks.withThreads(4, () -> Rk4.solve(CIRCLE, starts, 0, 2, 40));
            assertArrayEquals(one.data(), four.data());
            double[] single = Rk4.path(CIRCLE, starts.toRows()[33], 0, 2, 40).last();
            assertArrayEquals(one.toRows()[33], single);
            Sde noisy = Sde.ito(CIRCLE, (t, x) -> new double[] {1, 0.5});
            assertArrayEquals(
                    Tasks.withThreads(1, () -> noisy.solve(starts, 0, 1, 9, Rng.of(4))).data(),
                    Tasks.withThreads(3, () -> noisy.solve(starts, 0, 1, 9, Rng.of(4))).data());
        }

        @Test
        void withoutNoiseHeunIsSecondOrder() {
            VectorField none = (t, x) -> new double[2];
            double[] steps = {20, 40, 80};
            double[] errors = new double[3];
            for (int k = 0; k < 3; k++) {
                double[] end = Sde.stratonovich(CIRCLE, none)
                        .path(new double[] {0, 1}, 0, 1, (int) steps[k], Rng.of(1)).last();
                errors[k] = Math.hypot(end[0] - Math.sin(1), end[1] - Math.cos(1));
            }
            assertEquals(-2, Slope.logLog(steps, errors).slope(), 0.1);
        }
    }

    @Nested
    class BadInput {
        @Test
        void blowUpCarriesTheLastState() {
            var e = assertThrows(
                    NotConverged.class,
                    () -> Ode.of((t, y) -> new double[] {y[0] * y[0]}).solve(new double[] {1}, 0, 2));
            assertTrue(e.partial()[0] > 1e6, "reached " + e.partial()[0]);
            assertThrows(NotConverged.class, () -> Ode.of(CIRCLE).evaluations(50).solve(new double[] {0, 1}, 0, 1e3));
        }

        @Test
        void timesShapesAndNanAreChecked() {
            double[] start = {0, 1};
            assertThrows(IllegalArgumentException.class, () -> Ode.of(CIRCLE).solve(start, 0));
            assertThrows(IllegalArgumentException.class, () -> Ode.of(CIRCLE).solve(start, 0, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> Ode.of(CIRCLE).solve(start, 0, 1, 0.5));
            assertThrows(IllegalArgumentException.class, () -> Ode.of(CIRCLE).solve(new double[0], 0, 1));
            assertThrows(IllegalArgumentException.class, () -> Ode.of((t, y) -> new double[1]).solve(start, 0, 1));
            VectorField nan = (t, y) -> new double[] {Double.NaN, 0};
            assertThrows(IllegalArgumentException.class, () -> Ode.of(nan).solve(start, 0, 1));
            assertThrows(IllegalArgumentException.class, () -> Rk4.path(nan, start, 0, 1, 3));
            assertThrows(IllegalArgumentException.class, () -> Rk4.path(CIRCLE, start, 0, 1, 0));
            assertThrows(
                    IllegalArgumentException.class, () -> Sde.ito(CIRCLE, CIRCLE).path(start, 1, 1, 3, Rng.of(1)));
        }

        @Test
        void anInterruptStopsIt() {
            Thread.currentThread().interrupt();
            assertThrows(Interrupted.class, () -> Ode.of(CIRCLE).solve(new double[] {0, 1}, 0, 1));
        }
    }
}
