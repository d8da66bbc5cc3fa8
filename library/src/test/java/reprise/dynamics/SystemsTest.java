package reprise.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.ode.Ode;
import reprise.random.Rng;

class SystemsTest {
    @Nested
    class ClosedForm {
        @Test
        void mapsOfTheCircleAndTheTorus() {
            assertArrayEquals(new double[] {0.5}, Systems.doubling().at(new double[] {0.75}));
            assertArrayEquals(new double[] {0.125}, Systems.rotation(0.25).at(new double[] {0.875}));
            assertArrayEquals(new double[] {0.25, 0.25}, Systems.skewProduct(0.5).at(new double[] {0.75, 0.5}));
        }

        @Test
        void aTinyNegativeAngleStaysInTheCircle() {
            assertEquals(0, Systems.rotation(-1e-20).at(new double[] {0})[0]);
        }

        @Test
        void theDiscTurnsByTheAngleOfItsRadius() {
            double[] quarter = Systems.discRotation(r -> r / 4).at(new double[] {1, 0});
            assertArrayEquals(new double[] {0, 1}, quarter, 1e-15);
        }

        @Test
        void aBumpIsExactlyZeroOutside() {
            var bump = Systems.bump(0.5, 0.1, 2);
            assertEquals(2, bump.applyAsDouble(0.5));
            assertEquals(0, bump.applyAsDouble(0.6));
            assertEquals(0, bump.applyAsDouble(0.3999));
            assertTrue(bump.applyAsDouble(0.59) > 0);
        }

        @Test
        void duffingWithoutDampingKeepsItsEnergy() {
            Dense orbit = StateMap.flow(Systems.duffing(0), 0.3, 20).orbit(new double[] {1.5, -0.4}, 200);
            double[] s = orbit.data();
            double first = energy(s[0], s[1]);
            for (int k = 0; k < orbit.rows(); k++) {
                // Order 4 with steps of 0.015: 0.015^4 = 5e-8 of the energy, over 60 units of time.
                assertEquals(first, energy(s[2 * k], s[2 * k + 1]), 1e-6);
            }
        }

        private double energy(double x, double v) {
            return v * v / 2 - x * x / 2 + Math.pow(x, 4) / 4;
        }

        @Test
        void lorenzRestsAtItsThreeFixedPoints() {
            double a = Math.sqrt(8.0 / 3 * 27);
            assertArrayEquals(new double[3], Systems.lorenz().at(0, new double[3]), 0);
            assertArrayEquals(new double[3], Systems.lorenz().at(0, new double[] {a, a, 27}), 1e-13);
        }
    }

    @Nested
    class Agreement {
        @Test
        void aFlowWithTheAdaptiveMethod() {
            double[] fixed = StateMap.flow(Systems.lorenz(), 0.05, 50).at(new double[] {1, 2, 20});
            double[] exact = Ode.of(Systems.lorenz()).tolerance(1e-13).solve(new double[] {1, 2, 20}, 0, 0.05).last();
            // Steps of 0.001 at order 4 with rates of some tens.
            assertArrayEquals(exact, fixed, 1e-7);
        }

        @Test
        void manyStatesAtOnceWithOneByOne() {
            Dense starts = Rng.of(1).normal(300, 2);
            Dense together = Systems.skewProduct(0.3).each(starts);
            for (int i = 0; i < 300; i++) {
                double[] x = {starts.data()[2 * i], starts.data()[2 * i + 1]};
                double[] one = Systems.skewProduct(0.3).at(x);
                assertEquals(one[0], together.data()[2 * i]);
                assertEquals(one[1], together.data()[2 * i + 1]);
            }
        }
    }

    @Nested
    class SnapshotPairs {
        @Test
        void followEachOtherFromEveryStart() {
            StateMap plusOne = x -> new double[] {x[0] + 1};
            var data = Snapshots.of(plusOne, Dense.of("s", new double[] {0, 10}, 2, 1), 3);
            assertArrayEquals(new double[] {0, 10, 1, 11, 2, 12}, data.x().data());
            assertArrayEquals(new double[] {1, 11, 2, 12, 3, 13}, data.y().data());
            assertEquals(1.0 / 6, data.weights()[5]);
        }

        @Test
        void ofAnOrbitAreNeighbours() {
            var data = Snapshots.along(new double[][] {{1}, {2}, {4}});
            assertArrayEquals(new double[] {1, 2}, data.x().data());
            assertArrayEquals(new double[] {2, 4}, data.y().data());
        }

        @Test
        void historiesStandSideBySide() {
            Dense orbit = Dense.of("o", new double[] {0, 1, 2, 3, 4, 5, 6, 7}, 4, 2);
            assertArrayEquals(
                    new double[][] {{0, 1, 4, 5}, {2, 3, 6, 7}}, Snapshots.delays(orbit, 2, 2).toRows());
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatDoesNotFit() {
            StateMap wrong = x -> new double[2];
            assertThrows(IllegalArgumentException.class, () -> wrong.each(Dense.of("s", new double[1], 1, 1)));
            assertThrows(IllegalArgumentException.class, () -> wrong.orbit(new double[1], 1));
            assertThrows(IllegalArgumentException.class, () -> StateMap.flow(Systems.duffing(0), 0, 5));
            assertThrows(IllegalArgumentException.class, () -> Systems.bump(0, 0, 1));
            assertThrows(IllegalArgumentException.class, () -> Systems.rotation(Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> Snapshots.of(new double[2][1], new double[3][1]));
            assertThrows(IllegalArgumentException.class, () -> Snapshots.along(new double[1][1]));
            assertThrows(IllegalArgumentException.class, () -> Snapshots.delays(
                    Dense.of("o", new double[3], 3, 1), 4, 1));
            var data = Snapshots.of(new double[2][1], new double[2][1]);
            var negative = assertThrows(IllegalArgumentException.class, () -> data.weights(1, -1));
            assertEquals("weights[1] must be > 0 and finite, was -1.0", negative.getMessage());
            assertThrows(IllegalArgumentException.class, () -> Snapshots.of(
                    new double[][] {{Double.NaN}}, new double[1][1]));
        }
    }
}
