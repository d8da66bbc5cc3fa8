package reprise.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class SweepTest {
    @Nested
    class Grid {
        @Test
        void coversEveryPointWithTheLastParameterFastest() {
            var result = Sweep.over("a", 1, 2).and("b", 10, 20, 30).runGrid((p, rng) -> p[0] * p[1]);
            assertArrayEquals(new double[] {1, 1, 1, 2, 2, 2}, result.parameter("a"));
            assertArrayEquals(new double[] {10, 20, 30, 20, 40, 60}, result.mean());
            assertEquals(List.of("a", "b"), result.names());
        }

        @Test
        void numbersDoNotDependOnThreadsOrOnOtherValues() {
            var small = Sweep.over("a", 0.5, 2).seeds(7, Rng.of(3));
            var one = Tasks.withThreads(1, () -> small.run((a, rng) -> rng.normal()));
            var many = Tasks.withThreads(5, () -> small.run((a, rng) -> rng.normal()));
            assertArrayEquals(one.trials().get(1).values(), many.trials().get(1).values());
            var larger = Sweep.over("a", 0.1, 0.5, 2).seeds(7, Rng.of(3)).run((a, rng) -> rng.normal());
            assertArrayEquals(one.trials().get(0).values(), larger.trials().get(1).values());
            assertNotEquals(one.mean()[0], one.mean()[1]);
        }

        @Test
        void tablesHoldEveryPointAndEverySeed() {
            var result = Sweep.over("n", 1, 2, 4).seeds(5, Rng.of(1)).run((n, rng) -> n + rng.uniform());
            var table = result.toTable();
            assertEquals(3, table.rowCount());
            assertEquals(
                    List.of("n", "seeds", "mean", "sd", "standard error", "5 %", "median", "95 %"),
                    table.columnNames());
            assertEquals(result.mean()[2], table.doubleColumn("mean").get(2));
            var all = result.toLongTable();
            assertEquals(15, all.rowCount());
            assertEquals(4, all.doubleColumn("n").get(13));
            assertEquals(3, all.intColumn("seed").get(13));
            assertEquals(result.trials().get(2).values()[3], all.doubleColumn("value").get(13));
        }
    }

    @Nested
    class ClosedForm {
        @Test
        void aPowerLawHasItsExponentAsSlope() {
            var result = Sweep.over("n", 10, 100, 1000, 10_000).run((n, rng) -> 3 / Math.sqrt(n));
            assertEquals(-0.5, result.slope().slope(), 1e-13);
            assertEquals(Math.log(3), result.slope().intercept(), 1e-13);
            assertEquals(0, result.slope().standardError(), 1e-13);
            assertEquals(-0.5, result.slopes().mean(), 1e-13);
        }

        @Test
        void aLineThroughFourPointsByHand() {
            // Anscombe-like: x = 0..3, y = 1, 3, 2, 5: slope 1.1, residual sum of squares 2.7.
            Slope line = Slope.linear(new double[] {0, 1, 2, 3}, new double[] {1, 3, 2, 5});
            assertEquals(1.1, line.slope(), 1e-14);
            assertEquals(1.1, line.intercept(), 1e-14);
            assertEquals(Math.sqrt(2.7 / 2 / 5), line.standardError(), 1e-14);
            // Student's t with two degrees of freedom at 97.5 %: 4.302652729911275 (closed form).
            double t = 0.95 * Math.sqrt(2 / (1 - 0.95 * 0.95));
            assertEquals(1.1 + t * line.standardError(), line.interval(0.95).high(), 1e-9);
        }

        @Test
        void statisticsOfFiveNumbers() {
            Trials trials = new Trials(new double[] {4, 1, 3, 2, 10});
            assertEquals(4, trials.mean());
            assertEquals(Math.sqrt(12.5), trials.sd(), 1e-15);
            assertEquals(Math.sqrt(2.5), trials.standardError(), 1e-15);
            assertEquals(3, trials.median());
            assertEquals(1, trials.quantile(0));
            assertEquals(10, trials.quantile(1));
            assertEquals(7.6, trials.quantile(0.9), 1e-14);
            assertEquals(0, new Trials(new double[] {5}).sd());
        }
    }

    @Nested
    class Coverage {
        @Test
        void ninetyPercentIntervalsHoldTheTruthNineTimesOutOfTen() {
            // 2 000 experiments: the count of hits has standard deviation 13; four of them are 54.
            int hits = 0;
            int slopeHits = 0;
            Rng rng = Rng.of(11);
            double[] x = {0, 1, 2, 3, 4, 5};
            for (int i = 0; i < 2_000; i++) {
                Rng stream = rng.split(i);
                double[] y = new double[6];
                for (int k = 0; k < 6; k++) {
                    y[k] = 2 * x[k] + stream.normal();
                }
                slopeHits += Slope.linear(x, y).interval(0.9).contains(2) ? 1 : 0;
                for (int k = 0; k < 6; k++) {
                    y[k] = 7 + stream.normal();
                }
                hits += new Trials(y).interval(0.9).contains(7) ? 1 : 0;
            }
            assertTrue(Math.abs(hits - 1_800) < 54, "hits " + hits);
            assertTrue(Math.abs(slopeHits - 1_800) < 54, "hits " + slopeHits);
        }

        @Test
        void trialsAreTheSameOnAnyNumberOfThreads() {
            var one = Tasks.withThreads(1, () -> Trials.run(30, Rng.of(5), Rng::normal));
            var four = Tasks.withThreads(4, () -> Trials.run(30, Rng.of(5), Rng::normal));
            assertArrayEquals(one.values(), four.values());
        }
    }

    @Nested
    class BadInput {
        @Test
        void aMeasurementThatIsNotFiniteNamesItsPoint() {
            var sweep = Sweep.over("a", 1, 2).seeds(3, Rng.of(1));
            var e = assertThrows(
                    IllegalArgumentException.class, () -> sweep.run((a, rng) -> a == 2 ? Double.NaN : 0));
            assertEquals("value at [a] = [2.0], seed 0 must be finite, was NaN", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> Trials.run(2, Rng.of(1), rng -> 1 / 0.0));
        }

        @Test
        void repeatedMissingAndConflictingParametersAreRefused() {
            assertThrows(IllegalArgumentException.class, () -> Sweep.over("a"));
            assertThrows(IllegalArgumentException.class, () -> Sweep.over("a", 1, 1));
            assertThrows(IllegalArgumentException.class, () -> Sweep.over("a", Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> Sweep.over("a", 1).and("a", 2));
            assertThrows(IllegalArgumentException.class, () -> Sweep.over("a", 1).seeds(0, Rng.of(1)));
            var two = Sweep.over("a", 1).and("b", 2);
            assertThrows(IllegalArgumentException.class, () -> two.run((a, rng) -> a));
            var result = two.runGrid((p, rng) -> 1);
            assertThrows(IllegalArgumentException.class, result::slope);
            assertThrows(IllegalArgumentException.class, () -> result.parameter("c"));
        }

        @Test
        void fitsNeedPositiveAndDifferentNumbers() {
            double[] x = {1, 2, 3};
            assertThrows(IllegalArgumentException.class, () -> Slope.logLog(x, new double[] {1, 0, 2}));
            assertThrows(IllegalArgumentException.class, () -> Slope.linear(new double[] {2, 2}, new double[] {1, 2}));
            assertThrows(IllegalArgumentException.class, () -> Slope.linear(x, new double[] {1, 2}));
            var two = Slope.linear(new double[] {1, 2}, new double[] {1, 2});
            assertThrows(IllegalArgumentException.class, () -> two.interval(0.9));
            assertThrows(IllegalArgumentException.class, () -> new Trials(new double[] {1}).interval(0.9));
            assertThrows(IllegalArgumentException.class, () -> new Trials(x).interval(1));
            assertThrows(IllegalArgumentException.class, () -> new Trials(x).quantile(1.1));
            assertThrows(IllegalArgumentException.class, () -> new Trials(new double[0]));
        }
    }
}
