package reprise.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.linalg.NotConverged;
import reprise.linalg.Solve;
import reprise.random.Rng;

class MinimiserTest {
    private static double rosenbrock(double[] x) {
        double sum = 0;
        for (int i = 0; i + 1 < x.length; i++) {
            sum += 100 * Math.pow(x[i + 1] - x[i] * x[i], 2) + Math.pow(1 - x[i], 2);
        }
        return sum;
    }

    private static double[] rosenbrockGradient(double[] x) {
        double[] g = new double[x.length];
        for (int i = 0; i + 1 < x.length; i++) {
            double bend = x[i + 1] - x[i] * x[i];
            g[i] += -400 * x[i] * bend - 2 * (1 - x[i]);
            g[i + 1] += 200 * bend;
        }
        return g;
    }

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @ValueSource(ints = {2, 10, 200})
        void lbfgsClimbsDownRosenbrocksValley(int d) {
            double[] ones = new double[d];
            Arrays.fill(ones, 1);
            double[] start = new double[d];
            for (int i = 0; i < d; i++) {
                start[i] = i % 2 == 0 ? 0.8 : 0.6;
            }
            var found = Lbfgs.of(MinimiserTest::rosenbrock, MinimiserTest::rosenbrockGradient)
                    .tolerance(1e-9).minimise(start);
            // The smallest eigenvalue of the Hessian at the minimum is about 0.4.
            assertArrayEquals(ones, found.x(), 1e-9 / 0.4 * d);
            assertEquals(Minimum.Stop.CONVERGED, found.stop());
            assertTrue(found.gradientNorm() <= 1e-9);
        }

        @Test
        void lbfgsSolvesALeastSquaresProblem() {
            Dense x = Rng.of(3).normal(60, 15);
            double[] b = Rng.of(4).normal(15, 1).data();
            Dense gram = Blas.gramOfColumns(x);
            var found = Lbfgs.of(
                    v -> {
                        double[] av = Blas.product(gram, v);
                        double sum = 0;
                        for (int i = 0; i < v.length; i++) {
                            sum += v[i] * (av[i] / 2 - b[i]);
                        }
                        return sum;
                    },
                    v -> {
                        double[] g = Blas.product(gram, v);
                        for (int i = 0; i < v.length; i++) {
                            g[i] -= b[i];
                        }
                        return g;
                    }).tolerance(1e-10).minimise(new double[15]);
            // The smallest eigenvalue of a 60 x 15 Gram matrix is about (sqrt 60 - sqrt 15)^2 = 15.
            assertArrayEquals(Solve.linear(gram, b), found.x(), 1e-10);
        }

        @Test
        void simplexAndGoldenSectionFindKnownMinima() {
            var valley = NelderMead.minimise(MinimiserTest::rosenbrock, new double[] {-1.2, 1}, 1, 1e-14);
            // Values within 1e-14 mean points within 1e-7 over the root of the curvature.
            assertArrayEquals(new double[] {1, 1}, valley.x(), 1e-6);
            var section = GoldenSection.minimise(x -> (x - 2) * (x - 2), -10, 30, 1e-7);
            assertEquals(2, section.x()[0], 1e-7);
            var edge = GoldenSection.minimise(x -> x, 1, 2, 1e-9);
            assertEquals(1, edge.x()[0], 1e-9);
        }

        @Test
        void aBarrierOfInfinityIsRespected() {
            // x - log x with a wall at zero; the first step from 0.01 would leap across.
            var found = Lbfgs.of(
                    x -> x[0] > 0 ? x[0] - Math.log(x[0]) : Double.POSITIVE_INFINITY,
                    x -> new double[] {1 - 1 / x[0]}).minimise(new double[] {0.01});
            assertEquals(1, found.x()[0], 1e-8);
        }
    }

    @Nested
    class BadInput {
        @Test
        void promisesAndBudgetsAreKept() {
            var method = Lbfgs.of(MinimiserTest::rosenbrock, MinimiserTest::rosenbrockGradient);
            double[] start = {-1.2, 1};
            var e = assertThrows(NotConverged.class, () -> method.tolerance(1e-9).iterations(3).minimise(start));
            assertEquals(3, e.iterations());
            assertTrue(rosenbrock(e.partial()) < rosenbrock(start));
            assertEquals(Minimum.Stop.BUDGET, method.iterations(3).minimise(start).stop());
            assertThrows(
                    NotConverged.class, () -> NelderMead.minimise(x -> -x[0], new double[] {0}, 1, 1e-300));
            assertArrayEquals(new double[] {-1.2, 1}, start);
        }

        @Test
        void nanAndWrongShapesAreRefused() {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Lbfgs.of(x -> Double.NaN, x -> x).minimise(new double[] {1}));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Lbfgs.of(x -> 1, x -> new double[3]).minimise(new double[] {1}));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> NelderMead.minimise(x -> Double.NaN, new double[] {1}, 1, 1e-3));
            assertThrows(
                    IllegalArgumentException.class, () -> GoldenSection.minimise(x -> Double.NaN, 0, 1, 1e-3));
            assertThrows(IllegalArgumentException.class, () -> GoldenSection.minimise(x -> x, 1, 0, 1e-3));
        }
    }
}
