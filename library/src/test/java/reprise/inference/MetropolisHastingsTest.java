package reprise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import org.hipparchus.fraction.BigFraction;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.random.Rng;

class MetropolisHastingsTest {
    private static final BigFraction ONE = BigFraction.ONE;

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @EnumSource
        void theTargetIsStationaryAndInDetailedBalance(Proposal proposal) {
            for (Program<?> program : ProgramTest.all()) {
                balanced(MetropolisHastings.on(program).proposal(proposal));
            }
        }

        private <X> void balanced(MetropolisHastings<X> chain) {
            var target = chain.target();
            assertEquals(target, chain.after(target));
            var rows = new HashMap<Trace<X>, Measure<Trace<X>>>();
            target.support().forEach(s -> rows.put(s, chain.step(s)));
            for (Trace<X> s : target.support()) {
                for (Trace<X> t : target.support()) {
                    assertEquals(target.weight(s).multiply(rows.get(s).weight(t)),
                            target.weight(t).multiply(rows.get(t).weight(s)));
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void theRatioIsGreensByDefinition(Proposal proposal) {
            for (Program<?> program : ProgramTest.all()) {
                defined(MetropolisHastings.on(program).proposal(proposal));
            }
        }

        private <X> void defined(MetropolisHastings<X> chain) {
            for (Trace<X> s : chain.target().support()) {
                for (Trace<X> t : chain.propose(s).support()) {
                    assertEquals(chain.greenRatio(s, t), chain.ratio(s, t));
                }
            }
        }

        /** Without the lengths each trace gets as many times its due as it is long. */
        @ParameterizedTest
        @EnumSource(value = Proposal.class, names = {"REGROW", "SITE"})
        void withoutLengthsTheStationaryLawIsTheTargetTimesTheLength(Proposal proposal) {
            var chain = MetropolisHastings.on(FinitePrograms.branching()).proposal(proposal)
                    .acceptance(Acceptance.WITHOUT_LENGTHS);
            var sum = new Measure.Sum<Trace<Integer>>();
            chain.target().weights().forEach((t, w) -> sum.add(t, w.multiply(t.length())));
            var wrong = sum.measure().normalised();
            assertEquals(wrong, chain.after(wrong));
            assertNotEquals(chain.target(), chain.after(chain.target()));
        }

        /** The trace has two choices, and either is picked with chance 1/2. */
        @Test
        void rowOfTheBranchingProgram() {
            var chain = MetropolisHastings.on(FinitePrograms.branching());
            var traces = chain.traces();
            assertEquals(5, traces.size());
            var last = traces.get(4);
            assertEquals(2, last.length());
            // From (false, 2): site 0 regrows all, 1/2; site 1 redraws the branch, 1/2.
            var row = chain.propose(last);
            assertEquals(new BigFraction(1, 6), row.weight(traces.get(0)));
            assertEquals(new BigFraction(1, 9).add(new BigFraction(1, 6)), row.weight(last));
            assertEquals(ONE, row.mass());
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @EnumSource
        void proposalsAreProbabilities(Proposal proposal) {
            for (Program<?> program : ProgramTest.all()) {
                rows(MetropolisHastings.on(program).proposal(proposal));
            }
        }

        private <X> void rows(MetropolisHastings<X> chain) {
            for (Trace<X> s : chain.traces()) {
                assertEquals(ONE, chain.propose(s).mass());
                assertEquals(ONE, chain.step(s).mass());
            }
        }

        @Test
        void theTargetProjectsToThePosterior() {
            var program = FinitePrograms.mixture();
            assertEquals(program.meaning().normalised(), MetropolisHastings.on(program).target().map(Trace::value));
        }

        @Test
        void traceOfScoreZeroIsLeftAtOnce() {
            var chain = MetropolisHastings.on(FinitePrograms.branching());
            var dead = chain.traces().stream().filter(t -> t.score().signum() == 0).findFirst().orElseThrow();
            assertEquals(chain.propose(dead), chain.step(dead));
            assertEquals(BigFraction.ZERO, chain.after(chain.target()).weight(dead));
        }

        @Test
        void distancesFallToZeroAndAgreeWithTheExactLaw() {
            var chain = MetropolisHastings.on(FinitePrograms.geometric());
            var start = chain.traces().get(0);
            double[] distances = chain.distances(start, 60);
            var law = Measure.dirac(start);
            for (int k = 0; k < 4; k++) {
                // Rounding of the kernel to double.
                assertEquals(law.distance(chain.target()).doubleValue(), distances[k], 1e-14);
                law = chain.after(law);
            }
            assertTrue(distances[60] < 1e-6);
        }

        @Test
        void drawnStepsFollowTheRow() {
            var chain = MetropolisHastings.on(FinitePrograms.branching());
            var from = chain.traces().get(0);
            var rng = Rng.of(2);
            int stayed = 0;
            for (int i = 0; i < 5_000; i++) {
                stayed += chain.step(from, rng).equals(from) ? 1 : 0;
            }
            // Binomial: sd of the share 0.007.
            assertEquals(chain.step(from).weight(from).doubleValue(), stayed / 5_000.0, 0.03);
        }
    }

    @Nested
    class Agreement {
        @Test
        void asIfSymmetricIsWrongForEveryProposal() {
            for (Proposal proposal : Proposal.values()) {
                var chain = MetropolisHastings.on(FinitePrograms.burglary()).proposal(proposal)
                        .acceptance(Acceptance.AS_IF_SYMMETRIC);
                assertNotEquals(chain.target(), chain.after(chain.target()));
            }
        }

        @Test
        void withoutLengthsIsRightWhereAllTracesAreAsLong() {
            var chain = MetropolisHastings.on(FinitePrograms.burglary()).acceptance(Acceptance.WITHOUT_LENGTHS);
            assertEquals(chain.target(), chain.after(chain.target()));
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedWithItsName() {
            assertEquals("number of choices of a trace must be >= 1, was 0", assertThrows(
                    IllegalArgumentException.class, () -> MetropolisHastings.on(Program.done(1))).getMessage());
            assertEquals("score of some trace must be > 0, all were 0", assertThrows(IllegalArgumentException.class,
                    () -> MetropolisHastings.on(Program.draw(Measure.coin(1, 2))
                            .then(c -> Program.score(0, 1, () -> Program.done(c))))).getMessage());
            var chain = MetropolisHastings.on(FinitePrograms.branching());
            var foreign = MetropolisHastings.on(FinitePrograms.twoCoins()).traces().get(0);
            assertTrue(assertThrows(IllegalArgumentException.class, () -> chain.step(foreign)).getMessage()
                    .startsWith("trace must be one of this program, was [true, true]"));
            var dead = chain.traces().stream().filter(t -> t.score().signum() == 0).findFirst().orElseThrow();
            assertThrows(IllegalArgumentException.class, () -> chain.ratio(dead, dead));
            assertThrows(IllegalArgumentException.class, () -> chain.greenRatio(dead, dead));
            assertThrows(IllegalArgumentException.class, () -> chain.distances(dead, -1));
        }
    }
}
