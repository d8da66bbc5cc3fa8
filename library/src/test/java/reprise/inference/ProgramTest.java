package reprise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.random.Rng;

class ProgramTest {
    private static BigFraction f(int a, int b) {
        return new BigFraction(a, b);
    }

    static List<Program<?>> all() {
        return List.of(FinitePrograms.twoCoins(), FinitePrograms.twoCoinsObserved(), FinitePrograms.burglary(),
                FinitePrograms.geometric(), FinitePrograms.mixture(), FinitePrograms.branching(), weather().program());
    }

    /** Two states, three observations, by hand below. */
    static HiddenMarkov weather() {
        return new HiddenMarkov(Measure.proportional(1, 1), List.of(Measure.proportional(3, 1), Measure.proportional(2, 3)),
                List.of(List.of(f(1, 2), f(1, 3)), List.of(f(1, 5), f(4, 5)), List.of(f(1, 1), f(1, 7))));
    }

    @Nested
    class ClosedForm {
        @Test
        void coinsByHand() {
            assertEquals(Measure.of(Map.of(0, f(1, 40), 1, f(1, 4), 2, f(9, 40))), FinitePrograms.twoCoins().meaning());
            assertEquals(Measure.of(Map.of(1, f(1, 2), 2, f(1, 4))), FinitePrograms.twoCoinsObserved().meaning());
        }

        @Test
        void burglaryByHand() {
            // P(alarm | burglar) = 95/100 with or without a quake; otherwise 9/10 * 1/100 + 1/10 * 29/100 = 38/1000.
            var call = f(18 * 70, 2000);
            var silence = f(1, 2000);
            var with = f(1, 20).multiply(f(95, 100).multiply(call).add(f(5, 100).multiply(silence)));
            var without = f(19, 20).multiply(f(38, 1000).multiply(call).add(f(962, 1000).multiply(silence)));
            assertEquals(Measure.of(Map.of(true, with, false, without)), FinitePrograms.burglary().meaning());
        }

        @Test
        void geometricByHand() {
            var meaning = FinitePrograms.geometric().meaning();
            for (int k = 1; k <= 6; k++) {
                assertEquals(f(3, 8).pow(k - 1).multiply(k == 6 ? BigFraction.ONE : f(1, 2)), meaning.weight(k));
            }
        }

        @Test
        void branchingByHand() {
            assertEquals(Measure.of(Map.of(0, f(1, 6), 1, f(4, 135), 2, f(2, 45), 3, f(1, 6))),
                    FinitePrograms.branching().meaning());
        }

        @Test
        void mixtureByEnumeratingAssignments() {
            int[] places = {0, 1, 2, 5};
            var expected = Measure.<Integer>zero();
            for (int q = 1; q <= 3; q++) {
                for (int z = 0; z < 16; z++) {
                    BigFraction w = f(1, 3);
                    for (int i = 0; i < 4; i++) {
                        int far = z >> i & 1;
                        int r = far == 1 ? 5 - places[i] : places[i];
                        w = w.multiply(f(far == 1 ? q : 4 - q, 4)).divide(1 + r * r);
                    }
                    expected = expected.plus(Measure.dirac(Integer.bitCount(z)).scale(w));
                }
            }
            assertEquals(expected, FinitePrograms.mixture().meaning());
        }

        @Test
        void hiddenMarkovByTheForwardRecursion() {
            var model = weather();
            BigFraction[] alpha = {f(1, 4), f(1, 6)};
            for (int t = 1; t < 3; t++) {
                BigFraction[] next = {BigFraction.ZERO, BigFraction.ZERO};
                for (int s = 0; s < 2; s++) {
                    for (int r = 0; r < 2; r++) {
                        next[r] = next[r].add(alpha[s].multiply(model.transition().get(s).weight(r))
                                .multiply(model.likelihood().get(t).get(r)));
                    }
                }
                alpha = next;
            }
            assertEquals(Measure.of(Map.of(0, alpha[0], 1, alpha[1])), model.program().meaning());
        }

        @Test
        void squaredScoresGiveTheSecondMomentOfTheWeight() {
            assertEquals(f(1, 400).add(f(1, 8)).add(f(81, 400)),
                    FinitePrograms.twoCoins().withScores(w -> w.multiply(w)).meaning().mass());
        }
    }

    @Nested
    class Invariance {
        @Test
        void namesChangeNothingButTheCost() {
            var long40 = chain(40, 0);
            // 2^40 ways, 41 names at each depth at most: the binomial law.
            assertEquals(BigFraction.ONE, long40.meaning().mass());
            assertEquals(new BigFraction(1L, 1L << 40), long40.meaning().weight(40));
            assertEquals(FinitePrograms.geometric().meaning(), unnamed(1).meaning());
        }

        private Program<Integer> chain(int left, int heads) {
            return Program.named(List.of(left, heads), () -> left == 0
                    ? Program.done(heads)
                    : Program.draw(Measure.coin(1, 2)).then(h -> chain(left - 1, h ? heads + 1 : heads)));
        }

        private Program<Integer> unnamed(int toss) {
            return toss == 6 ? Program.done(6) : Program.draw(Measure.coin(1, 2)).then(head ->
                    head ? Program.done(toss) : Program.score(3, 4, () -> unnamed(toss + 1)));
        }

        @Test
        void oneNameWithTwoContinuationsIsTwoPrograms() {
            Program<Integer> coin = Program.named("coin", () -> Program.draw(Measure.coin(1, 2)).map(c -> c ? 1 : 0));
            Program<Integer> either = Program.draw(Measure.coin(1, 3)).then(left ->
                    left ? coin.then(k -> Program.done(k)) : coin.then(k -> Program.done(k + 10)));
            assertEquals(Measure.of(Map.of(0, f(1, 6), 1, f(1, 6), 10, f(1, 3), 11, f(1, 3))), either.meaning());
            assertEquals(f(1, 12), either.withScores(w -> w).then(k -> Program.score(k % 10, 2, () -> Program.done(k)))
                    .meaning().weight(1));
        }

        @Test
        void stoppingAtTheFirstScoreLosesNothing() {
            for (Program<?> program : all()) {
                stops(program);
            }
        }

        private <X> void stops(Program<X> program) {
            assertEquals(program.meaning(),
                    program.advance().then(step -> step.value().meaning().scale(step.weight())));
        }

        @Test
        void tracesAddUpToTheMeaning() {
            for (Program<?> program : all()) {
                tracesOf(program);
            }
        }

        private <X> void tracesOf(Program<X> program) {
            var sum = Measure.<X>zero();
            var prior = BigFraction.ZERO;
            for (Trace<X> trace : program.traces()) {
                sum = sum.plus(Measure.dirac(trace.value()).scale(trace.prior().multiply(trace.score())));
                prior = prior.add(trace.prior());
            }
            assertEquals(program.meaning(), sum);
            assertEquals(BigFraction.ONE, prior);
        }

        @Test
        void compositionIsAssociative() {
            var p = FinitePrograms.geometric();
            Function<Integer, Program<Integer>> g =
                    k -> Program.score(k, 6, () -> Program.draw(Measure.coin(1, k)).map(c -> c ? k : -k));
            Function<Integer, Program<String>> h = k -> Program.score(1, 2, () -> Program.done("v" + k));
            assertEquals(p.then(g).then(h).meaning(), p.then(k -> g.apply(k).then(h)).meaning());
        }

        @Test
        void runsHaveTheMeaningAsTheirMean() {
            var program = FinitePrograms.branching();
            var rng = Rng.of(3);
            var sums = new double[4];
            int runs = 20_000;
            for (int i = 0; i < runs; i++) {
                var one = program.run(rng);
                sums[one.value()] += one.weight().doubleValue() / runs;
            }
            for (int v = 0; v < 4; v++) {
                // The weight of one value has sd at most 0.34: 4 standard errors.
                assertEquals(program.meaning().weight(v).doubleValue(), sums[v], 0.01);
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedWithItsName() {
            assertEquals("mass of the law must be 1 to draw from it, was 1/2", assertThrows(
                    IllegalArgumentException.class, () -> Program.draw(Measure.dirac(1).scale(f(1, 2)))).getMessage());
            assertEquals("weight must be >= 0, was -1/3", assertThrows(IllegalArgumentException.class,
                    () -> Program.score(-1, 3, () -> Program.done(1))).getMessage());
            assertThrows(IllegalArgumentException.class, () -> Program.score(1, 0, () -> Program.done(1)));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> new HiddenMarkov(Measure.proportional(1, 1),
                    List.of(Measure.dirac(0), Measure.dirac(1)), List.of(List.of(f(1, 2)))))
                    .getMessage().startsWith("likelihood[0] must be of shape [2], was [1]"));
            assertThrows(IllegalArgumentException.class, () -> HiddenMarkov.random(4, 5, 1, 0.5, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> HiddenMarkov.random(4, 5, 0, 1, Rng.of(1)));
        }
    }

    @Test
    void exampleOfTheJavadoc() {
        Program<Boolean> biased = Program.draw(Measure.coin(1, 2)).then(heads ->
                Program.score(heads ? 2 : 1, 3, () -> Program.done(heads)));
        Measure<Boolean> posterior = biased.meaning().normalised();
        assertEquals(f(2, 3), posterior.weight(true));
        assertEquals(2, posterior.support().size());
    }
}
