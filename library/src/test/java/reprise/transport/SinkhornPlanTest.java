package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.linalg.NotConverged;
import reprise.random.Rng;

class SinkhornPlanTest {
    @Nested
    class ClosedForm {
        @Test
        void twoPointsOnEachSideShareByTheirCosts() {
            // By symmetry both potentials are constant: p = 1 / (1 + exp(-c / eps)), c half the squared distance.
            Dense x = Dense.of("x", new double[][] {{0}, {1}});
            var plan = SinkhornPlan.between(x, x, 0.5, 1e-12, 1_000);
            double p = 1 / (1 + Math.exp(-0.5 / 0.5));
            assertArrayEquals(new double[] {1 - p, p}, plan.moments(x).means().data(), 1e-12);
            assertEquals(p * (1 - p), plan.moments(x).covariances()[0][0], 1e-12);
        }

        @Test
        void normalSamplesTendToTheNormalBridge() {
            // N(0, 1) to N(0, 4) at eps = 1: E[y | x] = x (root(4 + 1/4) - 1/2); 2 000 points give it to 5 %.
            Dense x = Rng.of(1).normal(2_000, 1);
            Dense y = Rng.of(2).normal(2_000, 1);
            for (int i = 0; i < 2_000; i++) {
                y.data()[i] *= 2;
            }
            var plan = SinkhornPlan.between(x, y, 1, 1e-6, 10_000);
            double slope = Math.sqrt(4.25) - 0.5;
            var moments = plan.moments(Dense.of("x", new double[][] {{1}, {-1}}));
            assertEquals(slope, (moments.means().data()[0] - moments.means().data()[1]) / 2, 0.08);
        }
    }

    @Nested
    class BadInput {
        private final Dense x = Rng.of(1).normal(20, 2);

        @Test
        void refusesArgumentsOutOfRange() {
            assertThrows(IllegalArgumentException.class, () -> SinkhornPlan.between(x, x, 0, 1e-6, 10));
            assertThrows(IllegalArgumentException.class, () -> SinkhornPlan.between(x, x, 1, 0, 10));
            assertThrows(IllegalArgumentException.class, () -> SinkhornPlan.between(
                    x, Rng.of(1).normal(3, 3), 1, 1, 9));
            assertThrows(IllegalArgumentException.class, () -> SinkhornPlan.between(x, x, 1, 1e-6, 100)
                    .moments(Rng.of(1).normal(3, 3)));
        }

        @Test
        void saysWhenItsBudgetEnds() {
            var failure = assertThrows(NotConverged.class, () -> SinkhornPlan.between(
                    x, Rng.of(2).normal(20, 2), 1e-3, 1e-12, 3));
            assertEquals(3, failure.iterations());
        }
    }
}
