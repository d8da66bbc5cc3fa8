package reprise.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.parallel.Tasks;
import reprise.prob.Moments;
import reprise.random.Rng;

class SequentialMonteCarloTest {
    private static final List<Resampling> RIGHT =
            List.of(Resampling.MULTINOMIAL, Resampling.SYSTEMATIC, Resampling.NONE);

    private static BigFraction f(int a, int b) {
        return new BigFraction(a, b);
    }

    @Nested
    class ClosedForm {
        @Test
        void theMeanIsTheMeaningWhateverTheProgramAndTheNumberOfParticles() {
            for (Program<?> program : ProgramTest.all()) {
                for (Resampling rule : RIGHT) {
                    // Without resampling all products of weights stay apart: two particles are enough.
                    for (int n = 1; n <= (rule == Resampling.NONE ? 2 : 3); n++) {
                        means(program, SequentialMonteCarlo.particles(n).resampling(rule));
                    }
                    means(program, SequentialMonteCarlo.particles(2).resampling(rule).resamplingLast());
                }
            }
        }

        private <X> void means(Program<X> program, SequentialMonteCarlo method) {
            assertEquals(program.meaning(), method.mean(program));
        }

        /** Bias of the self-normalised answer, found by an independent program and written in the card's audit. */
        @Test
        void biasOnTwoCoins() {
            int[][] expected = {{1, 5}, {4, 35}, {1849, 24035}, {2053, 35840}};
            var truth = FinitePrograms.twoCoins().meaning().normalised();
            for (int n = 1; n <= 4; n++) {
                var mean = SequentialMonteCarlo.particles(n).normalisedMean(FinitePrograms.twoCoins());
                assertEquals(f(expected[n - 1][0], expected[n - 1][1]), mean.distance(truth));
            }
        }

        @Test
        void hardConditioningHasNoBiasAndDiesOutGeometrically() {
            var program = FinitePrograms.twoCoinsObserved();
            for (int n = 1; n <= 5; n++) {
                var method = SequentialMonteCarlo.particles(n);
                assertEquals(program.meaning().normalised(), method.normalisedMean(program));
                assertEquals(f(1, 4).pow(n), method.extinction(program));
            }
        }

        @Test
        void oneScoreIsImportanceSampling() {
            var program = FinitePrograms.twoCoins();
            // E w^2 - (E w)^2 = 33/100 - 1/4.
            for (Resampling rule : RIGHT) {
                assertEquals(f(8, 300), SequentialMonteCarlo.particles(3).resampling(rule).evidenceVariance(program));
            }
        }

        /** One particle: resampling does nothing, the evidence is the product of all scores. */
        @Test
        void oneParticleIsAWeightedSampler() {
            var program = FinitePrograms.mixture();
            var method = SequentialMonteCarlo.particles(1);
            assertEquals(program.withScores(w -> w.multiply(w)).meaning().mass(), method.moment(program, 2).mass());
        }

        /** Weights 3/2, 1/2: offsets below 1/2 pick the first twice, others pick both. */
        @Test
        void systematicResamplingByHand() {
            Program<String> a = Program.draw(Measure.coin(1, 2)).map(c -> c ? "a" : "A");
            Program<String> b = Program.draw(Measure.coin(1, 2)).map(c -> c ? "b" : "B");
            var population = new Population<>(BigFraction.ONE,
                    ordered(new Weighted<>(f(3, 2), a), new Weighted<>(f(1, 2), b)));
            var law = SequentialMonteCarlo.particles(2).resampling(Resampling.SYSTEMATIC).resample(population).meaning();
            var one = BigFraction.ONE;
            assertEquals(2, law.support().size());
            assertEquals(f(1, 2), law.weight(new Population<>(one, Map.of(new Weighted<>(one, a), 2))));
            assertEquals(f(1, 2), law.weight(new Population<>(one,
                    ordered(new Weighted<>(one, a), new Weighted<>(one, b)))));
        }

        private <X> Map<Weighted<X>, Integer> ordered(Weighted<X> first, Weighted<X> second) {
            var map = new LinkedHashMap<Weighted<X>, Integer>();
            map.put(first, 1);
            map.put(second, 1);
            return map;
        }
    }

    @Nested
    class Invariance {
        /** Both halves of a round, on every population that can be reached. */
        @ParameterizedTest
        @EnumSource(value = Resampling.class, names = {"MULTINOMIAL", "SYSTEMATIC"})
        void eachBlockKeepsWhatAPopulationStandsFor(Resampling rule) {
            var method = SequentialMonteCarlo.particles(2).resampling(rule);
            for (Program<?> program : List.of(FinitePrograms.burglary(), FinitePrograms.branching(),
                    FinitePrograms.geometric())) {
                assertTrue(method.certificate(program).holds());
                var last = method.resamplingLast().certificate(program);
                assertTrue(last.holds() && last.populations() > 10, last.toString());
            }
        }

        @Test
        void aMistakeIsCaughtInTheBlockWhereItIs() {
            for (Resampling rule : List.of(Resampling.FORGETFUL, Resampling.GREEDY)) {
                var found = SequentialMonteCarlo.particles(2).resampling(rule)
                        .certificate(FinitePrograms.branching());
                assertEquals(0, found.advanceFails());
                assertTrue(found.resampleFails() > 0 && !found.holds(), found.toString());
            }
        }

        /** One coin with scores 1 and 0 for two particles: the start, then three populations that have ended. */
        @Test
        void theWalkMeetsWhatCanBeReached() {
            Program<Boolean> coin = Program.draw(Measure.coin(1, 2)).then(c ->
                    Program.score(c ? 1 : 0, 1, () -> Program.done(c)));
            assertEquals(4, SequentialMonteCarlo.particles(2).certificate(coin).populations());
        }

        @Test
        void evidenceCarriedAndEvidenceScoredAgree() {
            for (Program<?> program : List.of(FinitePrograms.burglary(), FinitePrograms.geometric(),
                    FinitePrograms.branching())) {
                carried(program);
            }
        }

        private <X> void carried(Program<X> program) {
            var method = SequentialMonteCarlo.particles(2);
            var law = method.program(program).meaning();
            assertEquals(BigFraction.ONE, law.mass());
            assertEquals(law.then(Population::measure), method.mean(program));
            for (int degree = 0; degree <= 2; degree++) {
                int d = degree;
                assertEquals(law.integral(p -> d == 0 ? BigFraction.ONE : p.evidence().pow(d)),
                        method.moment(program, d).mass());
            }
            assertEquals(law.integral(p -> p.isEmpty() ? BigFraction.ONE : BigFraction.ZERO),
                    method.extinction(program));
        }

        @Test
        void resamplingLastAddsNoise() {
            var program = FinitePrograms.twoCoins();
            var plain = SequentialMonteCarlo.particles(3);
            assertEquals(plain.moment(program, 2).mass(), plain.resamplingLast().moment(program, 2).mass());
            assertTrue(plain.resamplingLast().moment(program, 0).support().stream()
                    .flatMap(p -> p.particles().keySet().stream()).allMatch(w -> w.weight().equals(BigFraction.ONE)));
        }
    }

    @Nested
    class Agreement {
        @Test
        void theSamplerHasTheExactMeanAndVariance() {
            var program = HiddenMarkov.random(3, 4, 0.2, 0.8, Rng.of(4)).program();
            var method = SequentialMonteCarlo.particles(3);
            var moments = Moments.of(method.evidences(program, 4_000, Rng.of(9)));
            double sd = Math.sqrt(method.evidenceVariance(program).doubleValue());
            // Four standard errors of 4 000 runs; for the sd, whose relative error is about 2 %, 10 %.
            assertEquals(program.meaning().mass().doubleValue(), moments.mean(), 4 * sd / Math.sqrt(4_000));
            assertEquals(1, moments.standardDeviation() / sd, 0.1);
        }

        @Test
        void sameSeedSameNumbersOnAnyNumberOfThreads() {
            var program = FinitePrograms.branching();
            var method = SequentialMonteCarlo.particles(2);
            double[] one = Tasks.withThreads(1, () -> method.evidences(program, 600, Rng.of(1)));
            double[] four = Tasks.withThreads(4, () -> method.evidences(program, 600, Rng.of(1)));
            assertArrayEquals(one, four);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedWithItsName() {
            assertEquals("n must be >= 1, was 0", assertThrows(IllegalArgumentException.class,
                    () -> SequentialMonteCarlo.particles(0)).getMessage());
            var method = SequentialMonteCarlo.particles(2);
            assertEquals("degree must be >= 0, was -1", assertThrows(IllegalArgumentException.class,
                    () -> method.moment(FinitePrograms.twoCoins(), -1)).getMessage());
            assertEquals("runs must be >= 1, was 0", assertThrows(IllegalArgumentException.class,
                    () -> method.evidences(FinitePrograms.twoCoins(), 0, Rng.of(1))).getMessage());
            Program<Integer> impossible = Program.score(0, 1, () -> Program.done(1));
            assertEquals("mass must be > 0 to normalise, was 0", assertThrows(IllegalArgumentException.class,
                    () -> method.normalisedMean(impossible)).getMessage());
        }
    }
}
