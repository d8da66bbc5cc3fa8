package reprise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.random.Rng;

class CompositionalSgdTest {
    /** F = 0, g(w) = 1 + w^2 up to noise of variance 1 / 3 in the value and the slope: log g is least at 0. */
    private static final CompositionalSgd.Sampler NOISY = (w, rng) -> {
        double z = rng.uniform(-1, 1);
        double g = 1.5 + z + w[0] * w[0];
        return new CompositionalSgd.Sample(new double[1], Math.log(g), new double[] {(2 * w[0] + z) / g});
    };

    private static CompositionalSgd.Sample sample(double outer, double logInner, double score) {
        return new CompositionalSgd.Sample(new double[] {outer}, logInner, new double[] {score});
    }

    @Nested
    class ClosedForm {
        @Test
        void twoStepsByHand() {
            var method = CompositionalSgd.rate(0.1).inner(0.25).momentum(0.6);
            var one = method.step(method.start(1), sample(2, Math.log(4), 0.5));
            // u = 4, v = 2 + 0.5, w = 1 - 0.25.
            assertEquals(Math.log(4), one.logInner().get(), 1e-15);
            assertEquals(0.75, one.w()[0], 1e-15);
            var two = method.step(one, sample(-1, Math.log(8), 3));
            // u = 3 + 2 = 5, g' = 24, v = 0.6 * 2.5 + 0.4 * (-1 + 24 / 5).
            assertEquals(Math.log(5), two.logInner().get(), 1e-15);
            assertEquals(1.5 + 0.4 * 3.8, two.direction()[0], 1e-14);
            assertEquals(0.75 - 0.1 * 3.02, two.w()[0], 1e-14);
        }

        @Test
        void withExactInnerValuesItIsGradientDescentOnTheSum() {
            // F = (w - 3)^2 / 2, g = e^w: the minimum is at 2.
            CompositionalSgd.Sampler exact = (w, rng) -> sample(w[0] - 3, w[0], 1);
            double[] w = CompositionalSgd.rate(0.3).run(exact, new double[] {0}, 200, Rng.of(1)).w();
            assertEquals(2, w[0], 1e-12);
        }

        @Test
        void mixesInLogarithms() {
            assertEquals(Math.log(0.75 * 2 + 0.25 * 10), CompositionalSgd.mixed(Math.log(2), Math.log(10), 0.25), 1e-15);
            assertEquals(5_000, CompositionalSgd.mixed(-3, 5_000, 1), 0);
            assertEquals(5_000 + Math.log(0.5), CompositionalSgd.mixed(-3, 5_000, 0.5), 1e-12);
        }
    }

    @Nested
    class Invariance {
        /** g and c g have one minimum and one path. */
        @Test
        void aFactorOfTheInnerFunctionDoesNotMatterEvenWhereItOverflows() {
            var method = CompositionalSgd.rate(0.05).inner(0.1).momentum(0.5);
            CompositionalSgd.Sampler scaled = (w, rng) -> {
                var s = NOISY.at(w, rng);
                return new CompositionalSgd.Sample(s.outer(), s.logInner() + 4_000, s.innerScore());
            };
            double plain = method.run(NOISY, new double[] {1}, 50, Rng.of(2)).w()[0];
            assertEquals(plain, method.run(scaled, new double[] {1}, 50, Rng.of(2)).w()[0], 1e-9);
        }

        /**
         * At gamma = 1 the stationary point solves E[(2 w + z) / (a + z)] = 0 with a = 1.5 + w^2, that is
         * 1 = (a - 2 w) log((a + 1) / (a - 1)) / 2: w = 0.127. The average leaves an error of order gamma.
         */
        @Test
        void theInnerAverageTakesTheBiasAway() {
            assertEquals(0.127, mean(CompositionalSgd.rate(0.01)), 0.025);
            assertEquals(0, mean(CompositionalSgd.rate(0.01).inner(0.02)), 0.025);
        }

        private double mean(CompositionalSgd method) {
            var rng = Rng.of(7);
            var state = method.run(NOISY, new double[] {0}, 2_000, rng);
            double sum = 0;
            for (int k = 0; k < 40_000; k++) {
                state = method.step(state, NOISY.at(state.w(), rng));
                sum += state.w()[0] / 40_000;
            }
            return sum;
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedWithItsName() {
            assertEquals("eta must be > 0 and finite, was 0.0", assertThrows(IllegalArgumentException.class,
                    () -> CompositionalSgd.rate(0)).getMessage());
            assertThrows(IllegalArgumentException.class, () -> CompositionalSgd.rate(1).inner(0));
            assertThrows(IllegalArgumentException.class, () -> CompositionalSgd.rate(1).inner(1.5));
            assertThrows(IllegalArgumentException.class, () -> CompositionalSgd.rate(1).momentum(1));
            assertThrows(IllegalArgumentException.class, () -> CompositionalSgd.rate(1).start(Double.NaN));
            var method = CompositionalSgd.rate(1);
            assertEquals("outer must be of shape [2], was [1]", assertThrows(IllegalArgumentException.class,
                    () -> method.step(method.start(0, 0), sample(1, 0, 0))).getMessage());
            assertEquals("logInner must be finite, was Infinity", assertThrows(IllegalArgumentException.class,
                    () -> method.step(method.start(0), sample(1, Double.POSITIVE_INFINITY, 0))).getMessage());
            assertThrows(IllegalArgumentException.class, () -> method.run(NOISY, new double[1], -1, Rng.of(1)));
        }
    }

    @Test
    void exampleOfTheJavadoc() {
        CompositionalSgd.Sampler sampler = NOISY;
        var rng = Rng.of(1);
        var method = CompositionalSgd.rate(0.01).inner(0.05).momentum(0.9);
        double[] w = method.run(sampler, new double[] {0}, 2_000, rng).w();
        assertTrue(Math.abs(w[0]) < 0.5);
    }
}
