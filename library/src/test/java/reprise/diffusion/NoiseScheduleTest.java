package reprise.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.ode.Sde;
import reprise.prob.Moments;
import reprise.random.Rng;

class NoiseScheduleTest {
    static Stream<NoiseSchedule> all() {
        return Stream.of(NoiseSchedule.ornsteinUhlenbeck(1), NoiseSchedule.ornsteinUhlenbeck(3),
                NoiseSchedule.linear(0.1, 20), NoiseSchedule.linear(2, 2), NoiseSchedule.cosine(),
                NoiseSchedule.straight());
    }

    @Nested
    class ClosedForm {
        @Test
        void byHand() {
            var ou = NoiseSchedule.ornsteinUhlenbeck(2);
            assertEquals(Math.exp(-0.5), ou.alpha(0.5), 1e-16);
            assertEquals(1 - Math.exp(-1), ou.variance(0.5), 1e-16);
            var linear = NoiseSchedule.linear(0.1, 20);
            assertEquals(Math.exp(-(0.1 * 0.5 + 19.9 * 0.125) / 2), linear.alpha(0.5), 1e-16);
            assertEquals(10.05, linear.diffusion(0.5), 1e-14);
            assertEquals(Math.sqrt(0.5), NoiseSchedule.cosine().alpha(0.5), 2e-16);
            assertEquals(0.75, NoiseSchedule.straight().alpha(0.25));
            assertEquals(0.0625, NoiseSchedule.straight().variance(0.25));
            assertEquals(0, NoiseSchedule.cosine().alpha(1));
            assertEquals(0, NoiseSchedule.straight().alpha(1));
        }

        /** Where little noise is, its variance is rate t, with all digits. */
        @Test
        void varianceKeepsItsDigitsAtTheStart() {
            assertEquals(1, NoiseSchedule.ornsteinUhlenbeck(1).variance(1e-14) / 1e-14, 1e-13);
            assertEquals(1, NoiseSchedule.linear(0.1, 20).variance(1e-14) / 1e-15, 1e-12);
        }
    }

    @Nested
    class Agreement {
        /** f = (log alpha)' and h' = g^2 + 2 f h: central differences with step 1e-5 err by 1e-9 or so. */
        @ParameterizedTest
        @MethodSource("reprise.diffusion.NoiseScheduleTest#all")
        void driftAndDiffusionAreThoseOfTheLaw(NoiseSchedule s) {
            for (double t : new double[] {0.01, 0.3, 0.9}) {
                double f = (Math.log(s.alpha(t + 1e-5)) - Math.log(s.alpha(t - 1e-5))) / 2e-5;
                double h = (s.variance(t + 1e-5) - s.variance(t - 1e-5)) / 2e-5;
                assertEquals(f, s.drift(t), 1e-6 * Math.abs(f));
                assertEquals(h, s.diffusion(t) + 2 * s.drift(t) * s.variance(t), 1e-6 * Math.max(1, Math.abs(h)));
            }
        }

        @ParameterizedTest
        @MethodSource("reprise.diffusion.NoiseScheduleTest#all")
        void timesOfSignalToNoiseRatiosAreTheInverse(NoiseSchedule s) {
            for (double t : new double[] {1e-6, 0.01, 0.3, 0.99}) {
                assertEquals(t, s.timeAt(s.logSnr(t)), 1e-11 * Math.max(t, 0.01));
            }
            assertEquals(0, s.logSnr(s.timeAt(0)), 1e-14);
        }

        /** From r to s to t is from r to t. */
        @ParameterizedTest
        @MethodSource("reprise.diffusion.NoiseScheduleTest#all")
        void transitionsCompose(NoiseSchedule schedule) {
            var first = schedule.transition(0.1, 0.4);
            var second = schedule.transition(0.4, 0.8);
            var both = schedule.transition(0.1, 0.8);
            assertEquals(both.scale(), first.scale() * second.scale(), 1e-15);
            double noise = second.scale() * second.scale() * first.variance() + second.variance();
            assertEquals(both.variance(), noise, 1e-14);
            assertEquals(schedule.variance(0.8), schedule.transition(0, 0.8).variance(), 1e-15);
        }

        /** The linear equation itself, in 400 steps: weak error about 1 / 400, five standard errors of 4 000 draws. */
        @Test
        void simulatedEquationHasTheLaw() {
            var s = NoiseSchedule.linear(0.5, 4);
            var forward = Sde.ito((t, x) -> new double[] {s.drift(t) * x[0]},
                    (t, x) -> new double[] {Math.sqrt(s.diffusion(t))});
            double[] start = new double[4_000];
            Arrays.fill(start, 1.5);
            var ends = Moments.of(forward.solve(Dense.of("x", start, 4_000, 1), 0, 0.8, 400, Rng.of(1)).data());
            assertEquals(1.5 * s.alpha(0.8), ends.mean(), 0.01 + 5 * ends.standardError());
            assertEquals(s.variance(0.8), ends.variance(), 0.01 + 5 * Math.sqrt(2 / 4_000.0));
        }

        @Test
        void drawnNoiseHasTheLaw() {
            var s = NoiseSchedule.straight();
            double[] ones = new double[20_000];
            Arrays.fill(ones, 2);
            var drawn = Moments.of(s.diffuse(Dense.of("x", ones, 10_000, 2), 0.3, Rng.of(2)).data());
            assertEquals(1.4, drawn.mean(), 5 * 0.3 / Math.sqrt(20_000));
            assertEquals(0.09, drawn.variance(), 5 * 0.09 * Math.sqrt(2 / 20_000.0));
        }
    }

    @Nested
    class BadInput {
        @ParameterizedTest
        @ValueSource(doubles = {-0.1, Double.NaN})
        void rejectsTimesOutside(double t) {
            all().forEach(s -> {
                assertThrows(IllegalArgumentException.class, () -> s.alpha(t));
                assertThrows(IllegalArgumentException.class, () -> s.variance(t));
                assertThrows(IllegalArgumentException.class, () -> s.drift(t));
                assertThrows(IllegalArgumentException.class, () -> s.diffusion(t));
                assertThrows(IllegalArgumentException.class, () -> s.transition(t, 0.5));
                assertThrows(IllegalArgumentException.class, () -> s.timeAt(Double.NaN));
            });
            var e = assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.cosine().alpha(1.5));
            assertEquals("t must be >= 0 and <= 1, was 1.5", e.getMessage());
        }

        @Test
        void rejectsRatesOutOfRangeAndTransitionsBackwards() {
            assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.ornsteinUhlenbeck(0));
            assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.linear(0, 1));
            assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.linear(2, 1));
            assertThrows(
                    IllegalArgumentException.class, () -> NoiseSchedule.straight().transition(0.5, 0.4));
            assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.straight().transition(1, 1));
        }
    }
}
