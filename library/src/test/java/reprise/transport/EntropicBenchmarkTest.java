package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.prob.Mixture;
import reprise.prob.Normal;
import reprise.random.Rng;

class EntropicBenchmarkTest {
    private static final double EPSILON = 0.8;
    private static final Dense MEANS = Dense.of("m", new double[][] {{2, 0}, {-1, 1.5}});
    private static final Dense VARIANCES = Dense.of("v", new double[][] {{0.5, 1}, {0.3, 2}});

    private static EntropicBenchmark two() {
        return EntropicBenchmark.ofPotential(EPSILON, new double[] {1, 3}, MEANS, VARIANCES, Rng.of(1));
    }

    /** Sends every x to one normal distribution. */
    private record Constant(double[] mean, Dense covariance) implements ConditionalPlan {
        @Override
        public Dense sample(Dense x, Rng rng) {
            return Normal.of(mean, covariance).sample(x.rows(), rng);
        }

        @Override
        public ConditionalMoments moments(Dense x) {
            double[] means = new double[x.data().length];
            Arrays.setAll(means, i -> mean[i % mean.length]);
            double[][] all = new double[x.rows()][];
            Arrays.setAll(all, i -> covariance.data());
            return new ConditionalMoments(Dense.of("means", means, x.rows(), mean.length), all);
        }
    }

    @Nested
    class ClosedForm {
        @Test
        void thePlanIsThePotentialSeenThroughTheNoise() {
            // pi(y | x) is proportional to phi(y) exp(-|x - y|^2 / 2 eps); differences of logs lose the constant.
            var potential = new Mixture(new double[] {1, 3}, java.util.List.of(
                    Normal.diagonal(new double[] {2, 0}, new double[] {0.5, 1}),
                    Normal.diagonal(new double[] {-1, 1.5}, new double[] {0.3, 2})));
            Dense x = Dense.of("x", new double[][] {{0.3, -0.7}, {0.3, -0.7}});
            Dense y = Dense.of("y", new double[][] {{1, 1}, {-2, 0.5}});
            double[] log = potential.logDensity(y);
            double expected = log[0] - log[1]
                    - ((0.7 * 0.7 + 1.7 * 1.7) - (2.3 * 2.3 + 1.2 * 1.2)) / (2 * EPSILON);
            double[] plan = two().truth().logPlan(x, y);
            assertEquals(expected, plan[0] - plan[1], 1e-12);
        }

        @Test
        void theTargetIsWhatThePlanMakesOfTheSource() {
            Dense y = two().target().sample(40_000, Rng.of(2));
            double mean = 0;
            for (int i = 0; i < 40_000; i++) {
                mean += y.data()[2 * i] / 40_000;
            }
            // 40 000 draws of variance below 4, and 20 000 conditional means: 0.02 is three standard errors of both.
            assertEquals(two().targetMean()[0], mean, 0.05);
        }

        @Test
        void theExactPlanScoresNothingAndAConstantOneAHundred() {
            var problem = two();
            assertEquals(0, problem.error(problem.truth(), 200, Rng.of(3)), 1e-6);
            var constant = new Constant(problem.targetMean(), Dense.of("zero", new double[2][2]));
            // The mean over 4 000 x of |m - m(x)|^2 + tr C(x), relative to the same over 20 000.
            assertEquals(100, problem.error(constant, 4_000, Rng.of(3)), 3);
        }

        @Test
        void theIndependentCouplingHasTheRightMarginalAndTheWrongPlan() {
            var problem = two();
            var independent = problem.independent();
            assertTrue(problem.marginalError(independent, 4_000, Rng.of(3)) < 0.1);
            assertTrue(problem.error(independent, 1_000, Rng.of(3)) > 5);
        }

        @Test
        void forgettingTheSquareBetweenBothPotentialsGivesAnotherPlan() {
            double[] s = new double[4];
            Arrays.setAll(s, i -> VARIANCES.data()[i] / EPSILON);
            var wrong = LightBridge.of(
                    EPSILON, new double[] {0, Math.log(3)}, MEANS, Dense.of("s", s, 2, 2));
            assertTrue(two().error(wrong, 500, Rng.of(3)) > 50);
        }
    }

    @Nested
    class Agreement {
        @Test
        void trainingComesNearTheTruth() {
            var problem = two();
            var bridge = problem.fit().components(10).steps(1_500).rate(5e-3).averageLast(500).fit(Rng.of(5));
            assertTrue(problem.error(bridge, 500, Rng.of(6)) < 0.5);
        }
    }

    @Nested
    class Invariance {
        @Test
        void aProblemIsItsSeed() {
            var one = EntropicBenchmark.random(3, 4, 1, Rng.of(9)).truth();
            var two = EntropicBenchmark.random(3, 4, 1, Rng.of(9)).truth();
            assertArrayEquals(one.centres().data(), two.centres().data());
            assertArrayEquals(one.logWeights(), two.logWeights());
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesNumbersOutOfRange() {
            assertMessage("epsilon must be > 0 and finite, was 0.0",
                    () -> EntropicBenchmark.random(2, 5, 0, Rng.of(1)));
            assertMessage("d must be >= 1, was 0", () -> EntropicBenchmark.random(0, 5, 1, Rng.of(1)));
            assertMessage("components must be >= 1, was 0", () -> EntropicBenchmark.random(2, 0, 1, Rng.of(1)));
            assertMessage("weights[1] must be > 0 and finite, was 0.0", () -> EntropicBenchmark.ofPotential(
                    1, new double[] {1, 0}, MEANS, VARIANCES, Rng.of(1)));
            assertMessage("variances must be of shape [2, 2], was [1, 2]", () -> EntropicBenchmark.ofPotential(
                    1, new double[] {1, 1}, MEANS, Dense.of("v", new double[][] {{1, 1}}), Rng.of(1)));
            assertMessage("x must be of shape [5, 1], was [5, 2]", () -> two().error(
                    LightBridge.of(1, new double[1], Dense.of("r", new double[1][1]),
                            Dense.of("s", new double[][] {{1}})), 5, Rng.of(1)));
        }

        private void assertMessage(String message, org.junit.jupiter.api.function.Executable call) {
            assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
        }
    }
}
