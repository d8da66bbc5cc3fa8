package reprise.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.optim.Lbfgs;
import reprise.parallel.Interrupted;

/** Each method against the recursion of its source, written out in plain Java on f(x) = x1^4 + 3 x2^4. */
class OptimiserTest {
    /** Twenty steps of rounding on numbers near 1. */
    private static final double ROUNDING = 1e-12;

    private static final double[] WEIGHTS = {1, 3};

    private static double slope(int i, double x) {
        return 4 * WEIGHTS[i] * x * x * x;
    }

    /** Runs twenty steps from (1, -0.8); two leaves, so that the flat buffer is cut. */
    private static double[] run(Function<List<Tensor>, Optimiser> method) {
        Tensor x = Tensors.of(1).requiresGrad();
        Tensor y = Tensors.of(-0.8).requiresGrad();
        Optimiser optimiser = method.apply(List.of(x, y));
        for (int t = 0; t < 20; t++) {
            optimiser.step(() -> x.pow(4).sum().add(y.pow(4).sum().mul(3)));
        }
        return new double[] {x.item(), y.item()};
    }

    private interface Rule {
        /** The next x from x and its slope; memory is the coordinate's own, at first zero. */
        double next(double x, double g, double[] memory, int t);
    }

    private static double[] plain(Rule rule) {
        double[] x = {1, -0.8};
        for (int i = 0; i < 2; i++) {
            double[] memory = new double[2];
            for (int t = 1; t <= 20; t++) {
                x[i] = rule.next(x[i], slope(i, x[i]), memory, t);
            }
        }
        return x;
    }

    @Nested
    class ClosedForm {
        @Test
        void gradientDescentOnAQuadraticShrinksByOneMinusTheRate() {
            Tensor x = Tensors.of(2, -4).requiresGrad();
            var sgd = Sgd.of(List.of(x), 0.1);
            Supplier<Tensor> half = () -> x.square().sum().mul(0.5);
            assertEquals(10, sgd.step(half), ROUNDING);
            for (int i = 0; i < 9; i++) {
                sgd.step(half);
            }
            double factor = Math.pow(0.9, 10);
            assertArrayEquals(new double[] {2 * factor, -4 * factor}, x.toDoubles(), ROUNDING);
        }

        @Test
        void momentumFollowsItsRecursion() {
            assertArrayEquals(
                    plain((x, g, m, t) -> x - 0.01 * (m[0] = 0.9 * m[0] + g)),
                    run(p -> Sgd.of(p, 0.01).momentum(0.9)), ROUNDING);
        }

        @Test
        void nesterovLooksAheadAndDecayPenalises() {
            assertArrayEquals(
                    plain((x, g, m, t) -> {
                        double d = g + 0.2 * x;
                        m[0] = 0.8 * m[0] + d;
                        return x - 0.01 * (d + 0.8 * m[0]);
                    }),
                    run(p -> Sgd.of(p, 0.01).nesterov(0.8).weightDecay(0.2)), ROUNDING);
        }

        @Test
        void rmsPropFollowsItsRecursion() {
            assertArrayEquals(
                    plain((x, g, m, t) -> {
                        m[0] = 0.9 * m[0] + 0.1 * g * g;
                        return x - 0.01 * g / (Math.sqrt(m[0]) + 1e-3);
                    }),
                    run(p -> RmsProp.of(p, 0.01).alpha(0.9).epsilon(1e-3)), ROUNDING);
        }

        /** The first step is rate g / (sqrt(0.01 g^2) + 1e-8): ten times the rate. */
        @Test
        void rmsPropDoesNotCorrectItsFirstStep() {
            Tensor x = Tensors.of(1).requiresGrad();
            RmsProp.of(List.of(x), 0.01).step(() -> x.square().sum());
            assertEquals(0.9, x.item(), 1e-8);
        }

        @Test
        void adamWithAFloorFollowsItsRecursion() {
            assertArrayEquals(
                    plain((x, g, m, t) -> {
                        m[0] = 0.9 * m[0] + 0.1 * g;
                        m[1] = 0.999 * m[1] + 0.001 * g * g;
                        double v = m[1] / (1 - Math.pow(0.999, t));
                        return x - 0.02 * m[0] / (1 - Math.pow(0.9, t)) / (Math.sqrt(v) + 0.1);
                    }),
                    run(p -> Adam.of(p, 0.02).epsilon(0.1)), ROUNDING);
        }

        @Test
        void aScheduleGivesEachStepItsRate() {
            assertArrayEquals(
                    plain((x, g, m, t) -> x - 0.01 * Math.pow(0.5, (t - 1) / 4) * g),
                    run(p -> Sgd.of(p, 1).schedule(Schedule.stairs(0.01, 0.5, 4))), ROUNDING);
            assertArrayEquals(
                    run(p -> Adam.of(p, 0.01)), run(p -> Adam.of(p, 1).schedule(Schedule.constant(0.01))), 0);
            assertArrayEquals(
                    run(p -> RmsProp.of(p, 0.01)), run(p -> RmsProp.of(p, 1).schedule(Schedule.constant(0.01))), 0);
        }

        @Test
        void clippingByNormTakesAllParametersTogether() {
            Tensor x = Tensors.of(3).requiresGrad();
            Tensor y = Tensors.of(4).requiresGrad();
            Supplier<Tensor> half = () -> x.square().sum().add(y.square().sum()).mul(0.5);
            Sgd.of(List.of(x, y), 1).clip(Clip.norm(2.5)).step(half);
            assertEquals(1.5, x.item(), ROUNDING);
            assertEquals(2, y.item(), ROUNDING);
            Sgd.of(List.of(x, y), 1).clip(Clip.norm(2.6)).step(half);
            assertEquals(0, x.item(), ROUNDING);
        }

        @Test
        void clippingByValueTakesEachEntry() {
            Tensor x = Tensors.of(3, -0.1, -7).requiresGrad();
            Sgd.of(List.of(x), 1).clip(Clip.value(0.5)).step(() -> x.square().sum().mul(0.5));
            assertArrayEquals(new double[] {2.5, 0, -6.5}, x.toDoubles(), ROUNDING);
            assertArrayEquals(new double[] {9}, Clip.none().of(Tensors.of(9)).toDoubles());
            Tensor y = Tensors.of(30).requiresGrad();
            RmsProp.of(List.of(y), 1).epsilon(1).alpha(0.5).clip(Clip.value(2)).step(() -> y.square().sum());
            assertEquals(30 - 2 / (Math.sqrt(2) + 1), y.item(), ROUNDING);
        }

        @Test
        void schedulesAreTheirFormulas() {
            var cosine = Schedule.cosine(1, 0.2, 10);
            assertEquals(1, cosine.at(0));
            assertEquals(0.6, cosine.at(5), 1e-15);
            assertEquals(0.2, cosine.at(10), 1e-15);
            assertEquals(0.2, cosine.at(11), 1e-15);
            assertEquals(0.2 + 0.4 * (1 + Math.cos(0.3 * Math.PI)), cosine.at(3), 1e-15);
            assertEquals(0.729, Schedule.exponential(1, 0.9).at(3), 1e-15);
            var warm = Schedule.stairs(0.4, 0.5, 2).warmUp(4);
            double[] expected = {0.1, 0.2, 0.3, 0.4, 0.4, 0.4, 0.2, 0.2, 0.1};
            for (int t = 0; t < expected.length; t++) {
                assertEquals(expected[t], warm.at(t), 1e-15);
            }
        }
    }

    @Nested
    class Agreement {
        /** Condition number 3: momentum 0.9 shrinks by about sqrt(0.9) a step. */
        @Test
        void allFindTheMinimumOfAQuadratic() {
            Tensor target = Tensors.of(1, -2, 0.5);
            Tensor scale = Tensors.of(1, 2, 3);
            List<Function<List<Tensor>, Optimiser>> methods = List.of(
                    p -> Sgd.of(p, 0.3),
                    p -> Sgd.of(p, 0.1).momentum(0.9),
                    p -> Sgd.of(p, 0.1).nesterov(0.9),
                    p -> Adam.of(p, 0.1).schedule(Schedule.cosine(0.1, 0, 600)),
                    p -> RmsProp.of(p, 0.1).schedule(Schedule.cosine(0.1, 0, 600)));
            for (var method : methods) {
                Tensor x = Tensors.zeros(3).requiresGrad();
                Optimiser optimiser = method.apply(List.of(x));
                for (int i = 0; i < 600; i++) {
                    optimiser.step(() -> x.sub(target).square().mul(scale).sum());
                }
                assertArrayEquals(target.toDoubles(), x.toDoubles(), 1e-4, optimiser.getClass().getSimpleName());
            }
        }

        @Test
        void limitedMemoryBfgsFindsTheMinimumOfRosenbrocksValley() {
            int[] passes = {0};
            var valley = Objective.of(x -> {
                passes[0]++;
                Tensor a = x.narrow(0, 0, 1);
                return x.narrow(0, 1, 1).sub(a.square()).square().mul(100).add(a.neg().add(1).square()).sum();
            });
            var best = Lbfgs.of(valley::value, valley::gradient).tolerance(1e-9).minimise(new double[] {-1.2, 1});
            // The smallest curvature at the minimum is 0.4: 1e-9 / 0.4.
            assertArrayEquals(new double[] {1, 1}, best.x(), 3e-9);
            assertTrue(passes[0] <= best.evaluations() + 1, passes[0] + " passes, " + best.evaluations());
        }

        @Test
        void anObjectiveIsItsLossAndKeepsNothingOfItsCaller() {
            var loss = Objective.of(x -> x.pow(3).sum());
            double[] at = {1, 2};
            assertEquals(9, loss.value(at));
            double[] gradient = loss.gradient(at);
            gradient[0] = 7;
            at[0] = 3;
            assertArrayEquals(new double[] {27, 12}, loss.gradient(at), 1e-13);
            assertEquals(35, loss.value(at), 1e-13);
            at[0] = 1;
            assertArrayEquals(new double[] {3, 12}, loss.gradient(at), 1e-13);
        }
    }

    @Nested
    class BadInput {
        private final List<Tensor> one = List.of(Tensors.of(1).requiresGrad());

        private void refuses(String name, Runnable bad) {
            var e = assertThrows(IllegalArgumentException.class, bad::run);
            assertTrue(e.getMessage().startsWith(name), e.getMessage());
        }

        @Test
        void namesWhatIsWrong() {
            refuses("parameters", () -> Sgd.of(List.of(), 1));
            refuses("rate", () -> Sgd.of(one, 0));
            refuses("rate", () -> RmsProp.of(one, Double.NaN));
            refuses("rate", () -> Sgd.of(one, 1).rate(-1));
            refuses("momentum", () -> Sgd.of(one, 1).momentum(1));
            refuses("momentum", () -> Sgd.of(one, 1).momentum(-0.1));
            refuses("momentum", () -> Sgd.of(one, 1).nesterov(0));
            refuses("decay", () -> Sgd.of(one, 1).weightDecay(-1));
            refuses("alpha", () -> RmsProp.of(one, 1).alpha(1));
            refuses("epsilon", () -> RmsProp.of(one, 1).epsilon(0));
            refuses("epsilon", () -> Adam.of(one, 1).epsilon(-1));
            refuses("beta1", () -> Adam.of(one, 1).betas(1, 0.5));
            refuses("beta2", () -> Adam.of(one, 1).betas(0.5, 0));
            refuses("most", () -> Clip.norm(0));
            refuses("most", () -> Clip.value(-1));
            refuses("steps", () -> Schedule.cosine(1, 0, 0));
            refuses("to", () -> Schedule.cosine(1, -1, 5));
            refuses("factor", () -> Schedule.exponential(1, 0));
            refuses("every", () -> Schedule.stairs(1, 1, 0));
            refuses("steps", () -> Schedule.constant(1).warmUp(0));
            refuses("rate of step 0", () -> Sgd.of(one, 1).schedule(t -> -1).step(() -> one.get(0).sum()));
            refuses("loss", () -> Sgd.of(one, 1).step(() -> Tensors.cat(List.of(one.get(0), one.get(0)), 0)));
        }

        @Test
        void anInterruptStopsTrainingBeforeTheStep() {
            Tensor x = Tensors.of(1).requiresGrad();
            var sgd = Sgd.of(List.of(x), 0.5);
            Thread.currentThread().interrupt();
            assertThrows(Interrupted.class, () -> sgd.step(() -> x.square().sum()));
            Thread.interrupted();
            assertEquals(1, x.item());
        }
    }
}
