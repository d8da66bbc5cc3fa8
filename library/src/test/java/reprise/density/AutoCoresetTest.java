package reprise.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.array.Dense;
import reprise.optim.LinearLoss;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class AutoCoresetTest {
    private static final int N = 800;
    private static final double[] Y = new double[N];
    private static final Dense X = clouds();

    private static Dense clouds() {
        double[] x = Rng.of(1).normal(N, 4).data();
        for (int i = 0; i < N; i++) {
            Y[i] = i % 8 == 0 ? 1 : -1;
            x[4 * i] += Y[i];
        }
        return Dense.of("x", x, N, 4);
    }

    @Nested
    class ClosedForm {
        @Test
        void leastSquaresBecomesExactOnceItsLossesAreSpanned() {
            // Losses are quadratic in 4 coordinates, 1 and y, y^2 = 1: they span 20 dimensions. Enough rounds, no
            // error.
            var problem = CoresetProblem.linear(LinearLoss.SQUARED, X, Y, 0);
            double least = problem.cost(problem.solve(WeightedCoreset.all(N), Rng.of(0)));
            var found = AutoCoreset.of(problem).starts(20).choose(60, Rng.of(3));
            assertEquals(0, found.excess(least), 1e-9);
            assertTrue(found.points().size() <= 60);
            assertTrue(AutoCoreset.of(problem).bestUniform(60, 20, Rng.of(3)).excess(least) > 1e-3);
        }

        @Test
        void allPointsAsACoresetCostNothingMore() {
            var problem = CoresetProblem.linear(LinearLoss.LOGISTIC, X, Y, 1);
            var all = WeightedCoreset.all(N);
            var model = problem.solve(all, Rng.of(1));
            assertEquals(model.objective(), problem.cost(model), 1e-9 * model.objective());
            assertEquals(problem.cost(model), problem.costSeen(all, model), 1e-9 * model.objective());
        }

        @Test
        void groupsShareTheSize() {
            var problem = CoresetProblem.linear(LinearLoss.LOGISTIC, X, Y, 1);
            // Shares 7/8 and 1/8, logs 0.134 and 2.079, exponentials 0.417 and 0.882.
            double small = (0.125 + 2.0794 / 2.2130 + 0.8825 / 1.2994) / 3;
            assertArrayEquals(
                    new int[] {(int) Math.round(100 * (1 - small)), (int) Math.round(100 * small)},
                    AutoCoreset.of(problem).sizes(100));
            var balanced = AutoCoreset.of(problem).balanced(40, Rng.of(2));
            double positives = 0;
            for (int s = 0; s < balanced.size(); s++) {
                positives += Y[balanced.indices()[s]] > 0 ? balanced.weights()[s] : 0;
            }
            assertEquals(100, positives, 1e-9);
            assertEquals(N, balanced.total(), 1e-9);
        }
    }

    @Nested
    class Rules {
        @ParameterizedTest
        @EnumSource
        void takeFewRowsOfTheWeightOfAll(CoresetRule rule) {
            Dense rows = Rng.of(4).normal(500, 3);
            double[] mean = new double[3];
            double total = 0;
            int runs = 400;
            for (int k = 0; k < runs; k++) {
                var few = rule.choose(rows, 25, Rng.of(k));
                assertTrue(few.size() <= 25);
                total += few.total() / runs;
                double[] sum = few.sum(rows);
                for (int c = 0; c < 3; c++) {
                    mean[c] += sum[c] / runs;
                }
            }
            double[] truth = WeightedCoreset.all(500).sum(rows);
            // 500 times a mean of 25 draws of deviation about 1, over 400 runs: 5, four of them.
            assertArrayEquals(truth, mean, 20);
            assertEquals(500, total, rule == CoresetRule.IMPORTANCE ? 20 : 1e-9);
        }

        @Test
        void caratheodorysSumIsExactAndTheBestOfUniformIsNearer() {
            Dense rows = Rng.of(5).normal(500, 3);
            double[] truth = WeightedCoreset.all(500).sum(rows);
            assertArrayEquals(truth, CoresetRule.CARATHEODORY.choose(rows, 25, Rng.of(1)).sum(rows), 1e-9);
            double one = 0;
            double best = 0;
            for (int k = 0; k < 20; k++) {
                one += Math.abs(CoresetRule.UNIFORM.choose(rows, 25, Rng.of(k)).sum(rows)[0] - truth[0]);
                best += Math.abs(CoresetRule.BEST_OF_UNIFORM.choose(rows, 25, Rng.of(k)).sum(rows)[0] - truth[0]);
            }
            assertTrue(best < 0.6 * one, best + " against " + one);
        }

        @Test
        void kernelThinningIsACoresetToo() {
            Coreset thin = KernelThinning.target(Kernel.gaussian(2)).thin(Rng.of(6).normal(256, 2), 4, Rng.of(7));
            var weighted = WeightedCoreset.of(thin, 256);
            assertEquals(256, weighted.total(), 1e-9);
            assertTrue(weighted.size() <= 16);
        }
    }

    @Nested
    class Loop {
        @Test
        void beatsTheBestOfAsManyUniformSamples() {
            double auto = 0;
            double uniform = 0;
            var problem = CoresetProblem.linear(LinearLoss.LOGISTIC, X, Y, 1);
            double least = problem.cost(problem.solve(WeightedCoreset.all(N), Rng.of(0)));
            for (int k = 0; k < 3; k++) {
                var found = AutoCoreset.of(problem).choose(60, Rng.of(k));
                auto += found.excess(least);
                uniform += AutoCoreset.of(problem).bestUniform(60, found.rounds(), Rng.of(k)).excess(least);
                assertEquals(found.cost(), problem.cost(found.solution()), 1e-9 * found.cost());
            }
            assertTrue(auto < 0.75 * uniform, auto + " against " + uniform);
        }

        @Test
        void givesTheSameOnAnyNumberOfThreads() {
            var problem = CoresetProblem.kMeans(X, 2);
            var one = Tasks.withThreads(1, () -> AutoCoreset.of(problem).choose(40, Rng.of(9)));
            var many = Tasks.withThreads(3, () -> AutoCoreset.of(problem).choose(40, Rng.of(9)));
            assertEquals(one.cost(), many.cost());
            assertArrayEquals(one.points().indices(), many.points().indices());
        }

        @Test
        void takesLossesOfOnesOwn() {
            // The mean of the first coordinate, by a solver and losses that the library does not know.
            var problem = new CoresetProblem<Double>(
                    new int[N],
                    (points, rng) -> points.sum(X)[0] / points.total(),
                    q -> Arrays.stream(X.toRows()).mapToDouble(r -> (r[0] - q) * (r[0] - q)).toArray());
            double mean = Arrays.stream(X.toRows()).mapToDouble(r -> r[0]).average().orElse(0);
            var found = AutoCoreset.of(problem).by(CoresetRule.BEST_OF_UNIFORM).choose(30, Rng.of(2));
            assertEquals(mean, found.solution(), 0.15);
        }
    }

    @Nested
    class Study {
        @Test
        void givesTheNumbersOfSingleRuns() {
            var problem = CoresetProblem.linear(LinearLoss.LOGISTIC, X, Y, 1);
            var result = CoresetStudy.of(problem).sizes(40, 60).run(2, Rng.of(5));
            double least = problem.cost(problem.solve(WeightedCoreset.all(N), Rng.of(0)));
            assertEquals(least, result.least(), 1e-9 * least);
            var single = AutoCoreset.of(problem)
                    .choose(60, Rng.of(5).split("size 60").split(1).split("loop CARATHEODORY"));
            assertEquals(single.excess(least), result.at(CoresetStudy.Way.CARATHEODORY, 60).values()[1], 1e-9);
            assertEquals(single.rounds(), result.rounds().get(1).values()[1]);
            for (int t = 0; t < 2; t++) {
                double best = result.at(CoresetStudy.Way.BEST_LOOP, 40).values()[t];
                assertTrue(best <= result.at(CoresetStudy.Way.IMPORTANCE, 40).values()[t]);
                assertTrue(best <= result.at(CoresetStudy.Way.CARATHEODORY, 40).values()[t]);
                assertTrue(best >= -1e-9);
            }
            assertTrue(result.mean(CoresetStudy.Way.MATCHED)[0] <= result.mean(CoresetStudy.Way.UNIFORM)[0]);
            var few = CoresetStudy.of(problem).ways(CoresetStudy.Way.UNIFORM).run(1, Rng.of(5));
            assertThrows(IllegalArgumentException.class, () -> few.at(CoresetStudy.Way.MINIMAL, 100));
            assertThrows(IllegalArgumentException.class, () -> CoresetStudy.of(problem).sizes(0));
        }

        @Test
        void sensitivitySamplesAreUnbiased() {
            var auto = AutoCoreset.of(CoresetProblem.kMeans(X, 2));
            double mean = 0;
            for (int k = 0; k < 300; k++) {
                mean += auto.sensitivity(50, Rng.of(k)).total() / 300;
            }
            // A weight deviates by at most itself, 2 n / 50; 15 000 of them: 13, three of them.
            assertEquals(N, mean, 20);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedByName() {
            Dense rows = Rng.of(4).normal(20, 3);
            for (CoresetRule rule : CoresetRule.values()) {
                var e = assertThrows(IllegalArgumentException.class, () -> rule.choose(rows, 21, Rng.of(1)));
                assertTrue(e.getMessage().contains("at most the number of rows = 20"), e.getMessage());
                assertThrows(IllegalArgumentException.class, () -> rule.choose(rows, 0, Rng.of(1)));
            }
            assertThrows(IllegalArgumentException.class, () -> CoresetRule.CARATHEODORY.choose(rows, 3, Rng.of(1)));
            assertThrows(IllegalArgumentException.class,
                    () -> new WeightedCoreset(new int[] {1, 1}, new double[] {1, 1}));
            assertThrows(IllegalArgumentException.class,
                    () -> new WeightedCoreset(new int[] {1, 2}, new double[] {1, -1}));
            assertThrows(IllegalArgumentException.class,
                    () -> new WeightedCoreset(new int[] {1, 2}, new double[] {1, Double.NaN}));
            assertThrows(IllegalArgumentException.class, () -> new WeightedCoreset(new int[0], new double[0]));
            assertThrows(IllegalArgumentException.class, () -> WeightedCoreset.all(21).rows(rows));
            var problem = CoresetProblem.linear(LinearLoss.LOGISTIC, X, Y, 1);
            assertThrows(IllegalArgumentException.class, () -> AutoCoreset.of(problem).choose(N + 1, Rng.of(1)));
            var e = assertThrows(
                    IllegalArgumentException.class, () -> AutoCoreset.of(problem).choose(6, Rng.of(1)));
            assertTrue(e.getMessage().contains("the smallest got"), e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> CoresetProblem.kMeans(rows, 21));
            assertThrows(IllegalArgumentException.class, () -> CoresetProblem.linear(
                    LinearLoss.LOGISTIC, rows, new double[19], 1));
            var broken = new CoresetProblem<Double>(new int[N], (p, r) -> 0.0, q -> new double[] {Double.NaN});
            assertThrows(IllegalArgumentException.class, () -> AutoCoreset.of(broken).choose(30, Rng.of(1)));
        }
    }
}
