package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.random.Rng;

class SparseNewtonTest {
    private static double[][] uniform(int n, int m, long seed) {
        var rng = Rng.of(seed);
        var costs = new double[n][m];
        for (double[] row : costs) {
            Arrays.setAll(row, j -> rng.uniform());
        }
        return costs;
    }

    @Nested
    class ClosedForm {
        /** Two by two: the plan is softmax over staying and changing. */
        @ParameterizedTest
        @ValueSource(doubles = {2, 0.3, 0.02})
        void splitsTwoByTwoAsTheSoftmax(double eps) {
            double[][] costs = {{0, 1}, {1, 0}};
            double stay = 0.5 / (1 + Math.exp(-1 / eps));
            var swept = MatrixScaling.costs(costs).epsilon(eps).start();
            swept.sweep(2);
            var run = MatrixScaling.costs(costs).epsilon(eps).newton().sweeps(1).run(1e-14, 20);
            for (var plan : new EntropicPlan[] {swept.plan(), run.plan()}) {
                assertArrayEquals(new double[] {stay, 0.5 - stay}, plan.row(0), 1e-15);
                assertArrayEquals(new double[] {0.5 - stay, stay}, plan.row(1), 1e-15);
            }
        }

        /** A cost f_i + g_j changes no plan: it is the product of the weights, after one sweep. */
        @Test
        void makesTheProductForASeparableCost() {
            double[] a = {0.2, 0.3, 0.5};
            double[] b = {0.6, 0.4};
            double[][] costs = {{0, 3}, {1, 4}, {-7, -4}};
            var swept = MatrixScaling.costs(costs).weights(a, b).epsilon(0.05).start();
            assertEquals(0, swept.sweep(1)[0], 1e-14);
            assertArrayEquals(new double[] {0.12, 0.08}, swept.plan().row(0), 1e-14);
            var run = MatrixScaling.costs(costs).weights(a, b).epsilon(0.05).newton().run(1e-13, 5);
            assertEquals(0, run.steps());
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void withTheLogDomainSolver(long seed) {
            double[][] costs = uniform(30, 40, seed);
            double[] a = new double[30];
            double[] b = new double[40];
            Arrays.setAll(a, i -> (1 + i) / 465.0);
            Arrays.setAll(b, j -> (1 + j % 4) / 100.0);
            double eps = 0.02;
            double[][] expected =
                    Sinkhorn.costs(costs).weights(a, b).epsilon(eps).tolerance(1e-12).solve().toMatrix();
            var problem = MatrixScaling.costs(costs).weights(a, b).epsilon(eps);
            for (double s : new double[] {3, 6, Double.POSITIVE_INFINITY}) {
                var run = problem.newton().entriesPerRow(s).run(1e-12, 200);
                assertTrue(run.error() <= 1e-12, s + ": " + run.error());
                double[][] plan = run.plan().toMatrix();
                for (int i = 0; i < 30; i++) {
                    assertArrayEquals(expected[i], plan[i], 1e-11, "s = " + s);
                }
            }
            var swept = problem.start();
            double[] errors = swept.sweep(20_000);
            assertTrue(errors[errors.length - 1] < 1e-12);
            assertArrayEquals(expected[7], swept.plan().row(7), 1e-11);
        }

        /** Costs so large beside eps that a plain exponential is zero for every entry but the diagonal's. */
        @Test
        void survivesCostsThatUnderflow() {
            double[][] costs = uniform(20, 20, 4);
            for (double[] row : costs) {
                Arrays.setAll(row, j -> 5 + row[j]);
            }
            var errors = MatrixScaling.costs(costs).epsilon(1e-3).start().sweep(200);
            assertTrue(Arrays.stream(errors).allMatch(Double::isFinite));
            var run = MatrixScaling.costs(costs).epsilon(5e-3).newton().entriesPerRow(6).run(1e-11, 200);
            assertTrue(run.error() <= 1e-11);
        }

        /** Without sweeps nearly all entries underflow; the line search must not take an infinite step. */
        @Test
        void arrivesWithoutSweepsOrStaysFinite() {
            var run = MatrixScaling.costs(uniform(30, 30, 5)).epsilon(0.01).newton().sweeps(0).run(1e-9, 300);
            assertTrue(Double.isFinite(run.error()));
        }
    }

    @Nested
    class Invariance {
        @Test
        void ofThePlanUnderAConstantInTheCosts() {
            double[][] costs = uniform(15, 15, 6);
            double[][] lifted = Arrays.stream(costs).map(r -> Arrays.stream(r).map(c -> c + 3).toArray())
                    .toArray(double[][]::new);
            var here = MatrixScaling.costs(costs).epsilon(0.02).newton().run(1e-12, 100);
            var there = MatrixScaling.costs(lifted).epsilon(0.02).newton().run(1e-12, 100);
            assertArrayEquals(here.plan().row(3), there.plan().row(3), 1e-12);
            assertEquals(here.plan().cost() + 3, there.plan().cost(), 1e-11);
        }

        /** The sources' error never grows from sweep to sweep. */
        @Test
        void ofTheOrderOfErrors() {
            double[] errors = MatrixScaling.costs(uniform(40, 40, 7)).epsilon(0.005).start().sweep(500);
            for (int k = 1; k < errors.length; k++) {
                assertTrue(errors[k] <= errors[k - 1] + 1e-15, "sweep " + k);
            }
        }

        @Test
        void ofSweepsUnderTheirGrouping() {
            var together = MatrixScaling.costs(uniform(12, 9, 8)).epsilon(0.01).start();
            var apart = MatrixScaling.costs(uniform(12, 9, 8)).epsilon(0.01).start();
            double[] errors = together.sweep(30);
            apart.sweep(1);
            apart.sweep(19);
            double[] last = apart.sweep(10);
            assertArrayEquals(Arrays.copyOfRange(errors, 20, 30), last, 1e-14);
        }
    }

    /** What the paper is about, on its random assignment problem; bounds from the card's audit of 40 seeds. */
    @Nested
    class Rate {
        @Test
        void isSetByTheMassThatIsKept() {
            var problem = MatrixScaling.costs(uniform(100, 100, 9)).epsilon(1.0 / 300);
            var wide = problem.newton().entriesPerRow(6).run(1e-10, 100);
            var narrow = problem.newton().entriesPerRow(2).run(1e-10, 100);
            assertTrue(wide.error() <= 1e-10 && narrow.error() <= 1e-10);
            assertTrue(wide.steps() <= 20 && narrow.steps() > wide.steps() + 10,
                    wide.steps() + " and " + narrow.steps());
            assertTrue(wide.kept()[wide.steps() - 1] > 0.998);
            assertTrue(narrow.kept()[narrow.steps() - 1] < 0.97);
        }

        @Test
        void squaresTheErrorWithTheWholeHessian() {
            var run = MatrixScaling.costs(uniform(60, 60, 10)).epsilon(0.01).newton()
                    .entriesPerRow(Double.POSITIVE_INFINITY).run(1e-11, 100);
            int last = run.steps();
            assertTrue(Math.log(run.errors()[last]) / Math.log(run.errors()[last - 1]) > 1.3);
            assertEquals(1, run.kept()[0], 1e-12);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefused() {
            double[][] costs = {{0, 1}, {1, 0}};
            assertThrows(IllegalArgumentException.class, () -> MatrixScaling.costs(new double[0][0]));
            assertThrows(IllegalArgumentException.class, () -> MatrixScaling.costs(new double[][] {{Double.NaN}}));
            var problem = MatrixScaling.costs(costs);
            assertThrows(IllegalArgumentException.class, () -> problem.epsilon(0));
            assertThrows(IllegalArgumentException.class, () -> problem.weights(new double[] {0, 1}, new double[] {1, 0}));
            assertThrows(IllegalArgumentException.class,
                    () -> problem.weights(new double[] {0.5, 0.6}, new double[] {0.5, 0.5}));
            var method = problem.epsilon(1);
            assertThrows(IllegalArgumentException.class, () -> method.start().sweep(0));
            assertThrows(IllegalStateException.class, () -> method.start().plan());
            assertThrows(IllegalArgumentException.class, () -> method.newton().sweeps(-1));
            assertThrows(IllegalArgumentException.class, () -> method.newton().entriesPerRow(0));
            assertThrows(IllegalArgumentException.class, () -> method.newton().run(0, 1));
            assertThrows(IllegalArgumentException.class, () -> method.newton().run(1e-9, -1));
        }
    }
}
