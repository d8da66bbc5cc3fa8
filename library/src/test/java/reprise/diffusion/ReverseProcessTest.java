package reprise.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.diffusion.ReverseProcess.Flow;
import reprise.diffusion.ReverseProcess.Walk;
import reprise.experiment.Slope;
import reprise.ode.Sde;
import reprise.parallel.Interrupted;
import reprise.parallel.Tasks;
import reprise.prob.EnergyDistance;
import reprise.prob.Mixture;
import reprise.prob.Moments;
import reprise.prob.Normal;
import reprise.random.Rng;

class ReverseProcessTest {
    private static final NoiseSchedule OU = NoiseSchedule.ornsteinUhlenbeck(1);
    private static final double[] STEPS = {16, 32, 64, 128};

    private static ExactDiffusion normal(NoiseSchedule schedule) {
        return ExactDiffusion.of(schedule, Mixture.equal(List.of(Normal.isotropic(new double[] {0.7}, 0.5))));
    }

    private static Dense one(double x) {
        return Dense.of("x", new double[] {x}, 1, 1);
    }

    /** Along the flow of N(m, v) a state stays as many standard deviations from the mean as it was. */
    private static double carried(NoiseSchedule s, double t, double end, double x) {
        double sd = Math.sqrt(s.alpha(t) * s.alpha(t) * 0.25 + s.variance(t));
        double last = Math.sqrt(s.alpha(end) * s.alpha(end) * 0.25 + s.variance(end));
        return s.alpha(end) * 0.7 + last / sd * (x - s.alpha(t) * 0.7);
    }

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @CsvSource({"EULER, 1", "HEUN, 2", "EXPONENTIAL, 1", "MULTISTEP, 2"})
        void flowsConvergeAtTheirOrder(Flow method, double order) {
            for (NoiseSchedule schedule : List.of(OU, NoiseSchedule.linear(0.1, 8), NoiseSchedule.cosine())) {
                double from = 0.9;
                double expected = carried(schedule, from, 0.05, 1.8);
                double[] errors = new double[STEPS.length];
                for (int k = 0; k < errors.length; k++) {
                    var back = ReverseProcess.of(schedule, normal(schedule)).between(from, 0.05).steps((int) STEPS[k]);
                    var spaced = method == Flow.MULTISTEP ? back.evenInSnr() : back;
                    errors[k] = Math.abs(spaced.flow(one(1.8), method).data()[0] - expected);
                }
                assertEquals(-order, Slope.logLog(STEPS, errors).slope(), 0.25, schedule.toString());
            }
        }

        /**
         * With the same noise two walks of a linear equation differ by their starts times a number, which is that of
         * E[X_s | X_t]. The posterior has it exactly at any step, Euler and Maruyama to first order.
         */
        @ParameterizedTest
        @EnumSource(Walk.class)
        void walksForgetTheirStartAtTheRightRate(Walk walk) {
            double covariance = OU.transition(0.05, 1.5).scale() * varianceAt(0.05);
            double expected = covariance / varianceAt(1.5);
            double[] errors = new double[STEPS.length];
            for (int k = 0; k < errors.length; k++) {
                var back = ReverseProcess.of(OU, normal(OU)).between(1.5, 0.05).steps((int) STEPS[k]);
                double up = back.sample(one(1), walk, Rng.of(1)).data()[0];
                double down = back.sample(one(-1), walk, Rng.of(1)).data()[0];
                errors[k] = Math.abs((up - down) / 2 - expected);
            }
            if (walk == Walk.EXPONENTIAL) {
                assertArrayEquals(new double[STEPS.length], errors, 1e-14);
            } else {
                assertEquals(-1, Slope.logLog(STEPS, errors).slope(), 0.2);
            }
        }

        /** The variance at the end is right to first order; 200 000 draws show errors down to 0.003 of it. */
        @ParameterizedTest
        @EnumSource(Walk.class)
        void walksHaveWeakOrderOne(Walk walk) {
            double[] steps = {8, 16, 32};
            double[] errors = new double[3];
            double[] start = Rng.of(3).normal(200_000, 1).data();
            for (int i = 0; i < start.length; i++) {
                start[i] = OU.alpha(1.5) * 0.7 + Math.sqrt(varianceAt(1.5)) * start[i];
            }
            for (int k = 0; k < 3; k++) {
                var back = ReverseProcess.of(OU, normal(OU)).between(1.5, 0.05).steps((int) steps[k]);
                Dense ends = back.sample(Dense.of("x", start.clone(), start.length, 1), walk, Rng.of(4));
                errors[k] = Math.abs(Moments.of(ends.data()).variance() / varianceAt(0.05) - 1);
            }
            assertEquals(-1, Slope.logLog(steps, errors).slope(), 0.4);
        }

        private double varianceAt(double t) {
            return OU.alpha(t) * OU.alpha(t) * 0.25 + OU.variance(t);
        }

        /** A single point: the guess never changes, so one exponential step is exact. */
        @Test
        void oneExponentialStepIsExactForAPoint() {
            Denoiser point = (t, x) -> Dense.of("point", new double[] {0.3, -2}, 1, 2);
            for (NoiseSchedule s : List.of(OU, NoiseSchedule.cosine(), NoiseSchedule.straight())) {
                var back = ReverseProcess.of(s, point).between(1, 0.2).steps(1);
                double[] x = back.flow(Dense.of("x", new double[] {0.5, 0.1}, 1, 2), Flow.EXPONENTIAL).data();
                double noise = Math.sqrt(s.variance(0.2) / s.variance(1));
                assertEquals(s.alpha(0.2) * 0.3 + noise * (0.5 - s.alpha(1) * 0.3), x[0], 1e-15);
                assertEquals(s.alpha(0.2) * -2 + noise * (0.1 - s.alpha(1) * -2), x[1], 1e-15);
            }
        }

        /** From the law at time 1 one step of the posterior of a point leads to the law at time 0.2: 5 errors. */
        @Test
        void onePosteriorStepOfAPointHasTheExactLaw() {
            Denoiser point = (t, x) -> Dense.of("point", new double[x.rows()], x.rows(), 1);
            var back = ReverseProcess.of(OU, point).between(1, 0.2).steps(1);
            double[] start = Rng.of(1).normal(40_000, 1).data();
            for (int i = 0; i < start.length; i++) {
                start[i] *= Math.sqrt(OU.variance(1));
            }
            var ends = Moments.of(back.sample(Dense.of("x", start, 40_000, 1), Walk.EXPONENTIAL, Rng.of(2)).data());
            assertEquals(0, ends.mean(), 5 * ends.standardError());
            assertEquals(OU.variance(0.2), ends.variance(), 5 * OU.variance(0.2) * Math.sqrt(2 / 40_000.0));
        }

        @Test
        void timesFallFromEndToEndAndAreEvenInWhatWasAsked() {
            var back = ReverseProcess.of(OU, normal(OU)).between(2, 0.1).steps(4);
            assertArrayEquals(new double[] {2, 1.525, 1.05, 0.575, 0.1}, back.times(), 1e-15);
            double[] even = back.evenInSnr().times();
            for (int k = 1; k < 4; k++) {
                assertEquals((OU.logSnr(0.1) - OU.logSnr(2)) / 4, OU.logSnr(even[k]) - OU.logSnr(even[k - 1]), 1e-13);
            }
        }
    }

    @Nested
    class Invariance {
        private final ExactDiffusion square = ExactDiffusion.ofBox(OU, new double[] {-1, -1}, new double[] {1, 1});
        private final ReverseProcess back = ReverseProcess.of(OU, square).between(2, 0.05).steps(20);

        @Test
        void threadsDoNotChangeABit() {
            Dense start = Rng.of(1).normal(600, 2);
            double[] one = Tasks.withThreads(1, () -> back.sample(start, Walk.EULER_MARUYAMA, Rng.of(2))).data();
            double[] many = Tasks.withThreads(4, () -> back.sample(start, Walk.EULER_MARUYAMA, Rng.of(2))).data();
            assertArrayEquals(one, many);
        }

        @Test
        void pathsBeginAndEndWhereTheyShould() {
            Dense start = Rng.of(1).normal(5, 2);
            var walk = back.samplePath(start, Walk.EXPONENTIAL, Rng.of(3));
            assertEquals(21, walk.size());
            assertArrayEquals(start.data(), walk.get(0).data());
            assertArrayEquals(back.sample(start, Walk.EXPONENTIAL, Rng.of(3)).data(), walk.get(20).data());
            var flow = back.flowPath(start, Flow.HEUN);
            assertArrayEquals(back.flow(start, Flow.HEUN).data(), flow.get(20).data());
        }
    }

    @Nested
    class Agreement {
        /** The same reverse equation for one path, by the general solver, with the same noise. */
        @Test
        void eulerMaruyamaIsThatOfTheGeneralSolver() {
            var law = normal(OU);
            var sde = Sde.ito((s, x) -> {
                double t = 1.5 - s;
                return new double[] {x[0] / 2 + law.score(t, one(x[0])).data()[0]};
            }, (s, x) -> new double[] {1});
            var path = ReverseProcess.of(OU, law).between(1.5, 0.1).steps(7).samplePath(
                    one(0.4), Walk.EULER_MARUYAMA, Rng.of(5));
            Rng same = Rng.of(5);
            double[] x = {0.4};
            for (int k = 0; k < 7; k++) {
                double h = 0.2;
                x = sde.step(h * k, x, h, new double[] {Math.sqrt(h) * same.normal(1, 1).data()[0]});
                assertEquals(x[0], path.get(k + 1).data()[0], 1e-13);
            }
        }

        /** Flow and both walks, from noise to a square: no method is told from fresh data at the level of 1 in 200. */
        @Test
        void allMethodsBringNoiseBackToTheData() {
            var square = ExactDiffusion.ofBox(OU, new double[] {-1, -1}, new double[] {1, 1});
            Dense target = OU.diffuse(square.sample(600, Rng.of(6)), 0.02, Rng.of(7));
            Dense start = OU.diffuse(square.sample(600, Rng.of(8)), 5, Rng.of(9));
            var back = ReverseProcess.of(OU, square).between(5, 0.02).steps(120).evenInSnr();
            var ends = List.of(back.sample(start, Walk.EULER_MARUYAMA, Rng.of(10)),
                    back.sample(start, Walk.EXPONENTIAL, Rng.of(11)), back.flow(start, Flow.HEUN),
                    back.flow(start, Flow.EXPONENTIAL), back.flow(start, Flow.MULTISTEP));
            for (Dense end : ends) {
                assertTrue(EnergyDistance.between(end, target, 199, Rng.of(12)).level() > 0.005);
            }
            assertTrue(EnergyDistance.between(start, target, 199, Rng.of(12)).level() < 0.01);
        }

        @Test
        void memorisedDataComeBackAsTheyWere() {
            double[][] points = {{-1, 0}, {2, 1}, {0, 3}};
            var back = ReverseProcess.of(OU, ExactDiffusion.ofPoints(OU, points)).between(6, 1e-4).steps(200)
                    .evenInSnr();
            for (double[] x : back.flow(Rng.of(13).normal(50, 2), Flow.EXPONENTIAL).toRows()) {
                double nearest = Double.POSITIVE_INFINITY;
                for (double[] p : points) {
                    nearest = Math.min(nearest, Math.hypot(x[0] - p[0], x[1] - p[1]));
                }
                // What is left of the noise: sqrt(h) = 0.01 times a few.
                assertTrue(nearest < 0.1, "distance " + nearest);
            }
        }
    }

    @Nested
    class BadInput {
        private final ReverseProcess back = ReverseProcess.of(OU, normal(OU));

        @ParameterizedTest
        @ValueSource(ints = {0, -3})
        void rejectsNoSteps(int steps) {
            var e = assertThrows(IllegalArgumentException.class, () -> back.steps(steps));
            assertEquals("steps must be >= 1, was " + steps, e.getMessage());
        }

        @Test
        void rejectsTimesOutOfOrderOrWithoutNoise() {
            assertThrows(IllegalArgumentException.class, () -> back.between(1, 0));
            assertThrows(IllegalArgumentException.class, () -> back.between(0.5, 1));
            assertThrows(IllegalArgumentException.class, () -> back.between(Double.NaN, 0.1));
        }

        @Test
        void rejectsAScheduleThatIsInfiniteAtItsStart() {
            var cosine = ReverseProcess.of(NoiseSchedule.cosine(), normal(NoiseSchedule.cosine())).between(1, 0.1);
            var e = assertThrows(IllegalArgumentException.class, () -> cosine.flow(one(1), Flow.EULER));
            assertTrue(e.getMessage().contains("t = 1.0"), e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> cosine.evenInSnr().times());
        }

        @Test
        void rejectsADenoiserThatChangesTheShapeOrBlowsUp() {
            Denoiser wrong = (t, x) -> Dense.of("x", new double[2], 2, 1);
            Denoiser huge = (t, x) -> Dense.of("x", new double[] {1e308}, 1, 1);
            assertThrows(IllegalArgumentException.class,
                    () -> ReverseProcess.of(OU, wrong).flow(one(1), Flow.EULER));
            assertThrows(IllegalArgumentException.class,
                    () -> ReverseProcess.of(OU, huge).flow(one(1), Flow.HEUN));
        }

        @Test
        void canBeStopped() {
            Thread.currentThread().interrupt();
            assertThrows(Interrupted.class, () -> back.flow(one(1), Flow.EULER));
        }
    }
}
