package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.random.Rng;

/** Plans that leave mass behind, at a fixed price and at a soft one. */
class UnbalancedTransportTest {
    private static double[][] costs(int n, int m, long seed) {
        var rng = Rng.of(seed);
        var costs = new double[n][m];
        for (double[] row : costs) {
            Arrays.setAll(row, j -> rng.uniform(0, 4));
        }
        return costs;
    }

    @Nested
    class ClosedForm {
        /** One source of mass 2, one target of mass 3, cost 1: moving two saves 4 lambda and costs 2. */
        @ParameterizedTest
        @CsvSource({"0.4, 0, 2", "0.6, 2, 2.6", "5, 2, 7"})
        void movesOneMassIfThatIsCheaperThanLeavingIt(double lambda, double moved, double value) {
            var plan = PartialTransport.costs(new double[][] {{1}}).weights(new double[] {2}, new double[] {3})
                    .penalty(lambda);
            assertEquals(moved, plan.moved().mass(), 1e-15);
            assertEquals(value, plan.value(), 1e-14);
            assertArrayEquals(new double[] {2 - moved}, plan.unmovedSources(), 1e-15);
            assertArrayEquals(new double[] {3 - moved}, plan.unmovedTargets(), 1e-15);
        }

        /** The stationary point of one entry: (eps + 2 rho) log p = eps log ab + rho log ab - c. */
        @ParameterizedTest
        @CsvSource({"1, 1, 1, 1, 0", "2, 0.5, 0.1, 3, 1.5", "0.3, 4, 2, 0.2, 0.7"})
        void makesOneEntryStationary(double a, double b, double eps, double rho, double cost) {
            var plan = UnbalancedSinkhorn.costs(new double[][] {{cost}})
                    .weights(new double[] {a}, new double[] {b}).epsilon(eps).penalty(rho).solve();
            double log = ((eps + rho) * Math.log(a * b) - cost) / (eps + 2 * rho);
            assertEquals(log, Math.log(plan.row(0)[0]), 1e-11);
        }

        @Test
        void leavesTheFarPointWhenAMassIsAskedFor() {
            double[][] x = {{0}, {1}, {100}};
            var plan = PartialTransport.between(x, new double[][] {{0.1}, {1.1}, {2}}).mass(2.0 / 3);
            assertArrayEquals(new double[] {0, 0, 1.0 / 3}, plan.unmovedSources(), 1e-15);
            assertEquals(2 * 0.01 / 3, plan.value(), 1e-12);
        }
    }

    @Nested
    class Limits {
        @Test
        void ofAHighPriceIsTheBalancedPlan() {
            double[][] c = costs(12, 12, 1);
            assertEquals(ExactTransport.costs(c).solve().cost(), PartialTransport.costs(c).penalty(1e3).value(), 1e-10);
            assertEquals(ExactTransport.costs(c).solve().cost(), PartialTransport.costs(c).mass(1).value(), 1e-10);
            double[][] expected = Sinkhorn.costs(c).epsilon(0.5).tolerance(1e-12).solve().toMatrix();
            double[][] plan = UnbalancedSinkhorn.costs(c).epsilon(0.5).penalty(1e4).solve().toMatrix();
            for (int i = 0; i < 12; i++) {
                // The marginals are off by about f / rho.
                assertArrayEquals(expected[i], plan[i], 1e-5);
            }
        }

        @Test
        void ofNoPriceMovesNothing() {
            var plan = PartialTransport.costs(costs(5, 7, 2)).penalty(0);
            assertEquals(0, plan.moved().cost(), 1e-15);
            assertEquals(0, plan.value(), 1e-15);
        }
    }

    @Nested
    class Optimality {
        /** No other mass at its best plan is better than the price's own, and its value follows from it. */
        @ParameterizedTest
        @ValueSource(longs = {3, 4, 5})
        void ofAPriceAgainstEveryMass(long seed) {
            var rng = Rng.of(seed).split("weights");
            double[] a = new double[8];
            double[] b = new double[11];
            Arrays.setAll(a, i -> rng.uniform(0.1, 1));
            Arrays.setAll(b, i -> rng.uniform(0.1, 1));
            var problem = PartialTransport.costs(costs(8, 11, seed)).weights(a, b);
            double both = Arrays.stream(a).sum() + Arrays.stream(b).sum();
            double lambda = 0.4;
            var best = problem.penalty(lambda);
            assertEquals(best.value(), best.moved().cost() + lambda * (both - 2 * best.moved().mass()), 1e-12);
            assertEquals(best.moved().cost(), problem.mass(best.moved().mass()).value(), 1e-10);
            for (double share = 0.05; share < 1; share += 0.05) {
                double mass = share * Math.min(Arrays.stream(a).sum(), Arrays.stream(b).sum());
                double value = problem.mass(mass).value() + lambda * (both - 2 * mass);
                assertTrue(value >= best.value() - 1e-10, "mass " + mass);
            }
            for (int k = 0; k < best.moved().size(); k++) {
                var entry = best.moved().entry(k);
                assertTrue(entry.mass() >= 0);
            }
        }

        /** Row and column sums by their formulas and by adding up. */
        @Test
        void ofTheSoftPlansMarginals() {
            var plan = UnbalancedSinkhorn.costs(costs(9, 6, 6)).epsilon(0.05).penalty(0.7).solve();
            double[][] p = plan.toMatrix();
            for (int i = 0; i < 9; i++) {
                assertEquals(plan.sources()[i], Arrays.stream(p[i]).sum(), 1e-11);
            }
            for (int j = 0; j < 6; j++) {
                int column = j;
                assertEquals(plan.targets()[j], Arrays.stream(p).mapToDouble(r -> r[column]).sum(), 1e-11);
            }
            assertEquals(plan.mass(), Arrays.stream(plan.sources()).sum(), 1e-11);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefused() {
            var partial = PartialTransport.costs(new double[][] {{1, 2}});
            double[] one = {1};
            assertThrows(IllegalArgumentException.class, () -> partial.weights(one, one));
            assertThrows(IllegalArgumentException.class, () -> partial.weights(new double[] {0}, new double[] {1, 1}));
            assertThrows(IllegalArgumentException.class, () -> partial.weights(one, new double[] {-1, 1}));
            assertThrows(IllegalArgumentException.class, () -> partial.penalty(-1));
            assertThrows(IllegalArgumentException.class, () -> partial.penalty(Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> partial.mass(0));
            assertThrows(IllegalArgumentException.class, () -> partial.mass(1.1));
            var soft = UnbalancedSinkhorn.costs(new double[][] {{1, 2}});
            assertThrows(IllegalArgumentException.class, () -> soft.epsilon(0));
            assertThrows(IllegalArgumentException.class, () -> soft.epsilon(1).penalty(0));
            assertThrows(IllegalArgumentException.class, () -> soft.weights(new double[] {Double.NaN}, one));
            assertThrows(IllegalArgumentException.class, () -> UnbalancedSinkhorn.costs(new double[0][0]));
        }
    }
}
