package reprise.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.parallel.Interrupted;

class PaperTest {
    private static Paper paper(Scale scale) {
        return Paper.open("kde-large-dimensions", new Settings(scale, 7, "cpu"));
    }

    private final Paper paper = paper(Scale.QUICK);

    private Claim claim(String id) {
        return paper.claim(id, "Fig. 4", "the bandwidth is 0.9");
    }

    private Finding only() {
        assertEquals(1, paper.verdict().findings().size());
        return paper.verdict().findings().get(0);
    }

    private void assertFails(String why) {
        assertEquals(Outcome.FAILS, only().outcome());
        assertEquals(why, only().note());
        assertThrows(ClaimsFailed.class, paper::close);
    }

    @Nested
    class Verdicts {
        @Test
        void holdWhenTheMeasurementPassesAndTheControlDoesNot() {
            claim("a").measured(0.93).control(0.65).within(0.05).of(0.92);
            assertEquals(Outcome.HOLDS, only().outcome());
            assertEquals("1 of 1 checked claims hold; 0 not checked (scale quick).", paper.close().toString());
        }

        @Test
        void failWhenTheMeasurementMissesTheTest() {
            claim("a").measured(0.98).control(0.65).within(0.05).of(0.92);
            assertFails("the measurement does not pass the test");
        }

        @Test
        void failWhenTheControlPassesToo() {
            claim("a").measured(0.93).control(0.90).within(0.05).of(0.92);
            assertFails("toothless: the control passes the test too");
        }

        @Test
        void failWithoutControl() {
            claim("a").measured(0.93).within(0.05).of(0.92);
            assertFails("there is no control");
        }

        @Test
        void failOnNanHoweverWideTheTest() {
            claim("a").measured(Double.NaN).control(9).atMost(1e300);
            assertFails("the measurement is not finite");
        }

        @Test
        void failOnInfinityEvenWhereItWouldPassABound() {
            claim("a").measured(Double.POSITIVE_INFINITY).control(1).atLeast(20);
            assertFails("the measurement is not finite");
        }

        @Test
        void failWhenTheControlIsNanBecauseNanRefutesNothing() {
            claim("a").measured(0.93).control(Double.NaN).within(0.05).of(0.92);
            assertFails("the control is NaN");
        }

        @Test
        void failWhenTheTheoryIsNan() {
            claim("a").measured(0.93).control(0.1).within(0.05).of(Double.NaN);
            assertFails("the expected value is not a number");
        }

        @Test
        void failWhenDeclaredAndNeverMeasured() {
            claim("a");
            assertFails("never measured");
        }

        @Test
        void failWhenMeasuredAndNeverTested() {
            claim("a").measured(1).control(2);
            assertFails("never measured");
        }

        @Test
        void failWhenTestedWithoutAMeasurement() {
            claim("a").control(2).atMost(1);
            assertFails("never measured");
        }

        @Test
        void acceptAControlThatOverflows() {
            claim("a").measured(-230).control(Double.NEGATIVE_INFINITY).within(1).of(-230);
            assertEquals(Outcome.HOLDS, only().outcome());
        }
    }

    @Nested
    class Tests {
        private Outcome outcome(Claim claim) {
            return claim.finding().outcome();
        }

        @Test
        void boundsIncludeTheirEnds() {
            assertEquals(Outcome.HOLDS, outcome(claim("a").measured(1).control(1.1).atMost(1)));
            assertEquals(Outcome.HOLDS, outcome(claim("b").measured(1).control(0.9).atLeast(1)));
            assertEquals(Outcome.HOLDS, outcome(claim("c").measured(0.74, 0.82).control(0.83).between(0.74, 0.82)));
            assertEquals(Outcome.FAILS, outcome(claim("d").measured(0.73).control(0.83).between(0.74, 0.82)));
        }

        @Test
        void relativeToleranceScalesWithTheSizeOfTheTarget() {
            assertEquals(Outcome.HOLDS, outcome(claim("a").measured(-118).control(-125).withinRelative(0.2).of(-100)));
            assertEquals(Outcome.FAILS, outcome(claim("b").measured(-121).control(-125).withinRelative(0.2).of(-100)));
        }

        @Test
        void allComponentsMustPass() {
            assertEquals(Outcome.HOLDS,
                    outcome(claim("a").measured(0.1, 0.3).control(0.1, 9).withinRelative(0.2).of(0.1, 0.3)));
            assertEquals(Outcome.FAILS,
                    outcome(claim("b").measured(0.1, 0.5).control(0.1, 9).withinRelative(0.2).of(0.1, 0.3)));
        }

        @Test
        void aControlOfSeveralIsToothlessOnlyIfAllOfItPasses() {
            claim("a").measured(0.1, 0.3).control(0.11, 0.29).withinRelative(0.2).of(0.1, 0.3);
            assertFails("toothless: the control passes the test too");
        }

        @Test
        void oneControlStandsForAllComponents() {
            assertEquals(Outcome.HOLDS,
                    outcome(claim("a").measured(0.1, 0.3).control(0.1).withinRelative(0.2).of(0.1, 0.3)));
        }

        @Test
        void countsThatDoNotMatchFail() {
            claim("a").measured(1, 2, 3).control(9).within(1).of(1, 2);
            assertFails("3 measured for 2 expected");
        }

        @Test
        void controlCountsThatDoNotMatchFail() {
            claim("a").measured(1, 2, 3).control(9, 8).within(1).of(1, 2, 3);
            assertFails("2 controls for 3 measured");
        }
    }

    @Nested
    class Scales {
        @Test
        void aClaimOfALargerScaleIsNeverShownAsPassed() {
            claim("a").at(Scale.FULL).measured(0.92).control(0.1).within(0.05).of(0.92);
            claim("b").measured(0.5).control(0.92).at(Scale.FULL).within(0.05).of(0.92);
            assertEquals(2, paper.verdict().count(Outcome.NOT_CHECKED));
            assertEquals(0, paper.verdict().count(Outcome.HOLDS));
            assertFalse(paper.verdict().bundle().data().get("text/html").toString().contains("holds"));
            assertEquals("0 of 0 checked claims hold; 2 not checked (scale quick).", paper.close().toString());
        }

        @Test
        void workOfALargerScaleDoesNotRun() {
            var runs = new AtomicInteger();
            DoubleSupplier work = runs::incrementAndGet;
            claim("a").at(Scale.FULL).measured(work).control(work).atMost(1);
            assertEquals(0, runs.get());
            var full = paper(Scale.FULL);
            full.claim("a", "Fig. 4", "x").at(Scale.FULL).measured(work).control(work).atMost(1);
            assertEquals(2, runs.get());
            assertEquals(Outcome.HOLDS, full.verdict().findings().get(0).outcome());
        }

        @Test
        void aFullClaimThatWasNeverToldFailsAtQuickToo() {
            claim("a").at(Scale.FULL);
            assertFails("never measured");
        }

        @Test
        void pickOneOfTwoOfAnyType() {
            var full = paper(Scale.FULL);
            assertEquals(20, paper.scale(20, 60));
            assertEquals(60, full.scale(20, 60));
            assertEquals(5_000_000_000L, full.scale(1L, 5_000_000_000L));
            assertEquals(0.5, paper.scale(0.5, 2.0));
            assertEquals(List.of(2), full.scale(List.of(1), List.of(2)));
        }
    }

    @Nested
    class Randomness {
        @Test
        void dependsOnSeedAndNameOnly() {
            double data = paper.rng("data").uniform();
            assertEquals(data, paper.rng("data").uniform());
            assertTrue(data != paper.rng("noise").uniform());
            assertTrue(data != Paper.open("kde-large-dimensions", new Settings(Scale.QUICK, 8, "cpu")).rng("data")
                    .uniform());
        }
    }

    @Nested
    class NotReproduced {
        @Test
        void isAnHonestVerdictThatDoesNotFailTheRun() {
            claim("a").measured(0.5).control(0.1).within(0.05).of(0.92).notReproduced("the border shifts at finite d");
            assertEquals(Outcome.NOT_REPRODUCED, only().outcome());
            assertEquals("0 of 1 checked claims hold; 1 not reproduced; 0 not checked (scale quick).",
                    paper.close().toString());
            assertEquals("the border shifts at finite d", only().json().get("diagnosis"));
        }

        @Test
        void holdsAndSaysSoIfTheTestPassesAfterAll() {
            claim("a").measured(0.92).control(0.1).within(0.05).of(0.92).notReproduced("the border shifts");
            assertEquals(Outcome.HOLDS, only().outcome());
            assertEquals("the test passes here: the diagnosis is out of date", only().note());
        }

        @Test
        void excusesNeitherNanNorAToothlessControl() {
            claim("a").measured(Double.NaN).control(0.1).within(0.05).of(0.92).notReproduced("x");
            claim("b").measured(0.5).control(0.92).within(0.05).of(0.92).notReproduced("x");
            assertEquals(2, paper.verdict().count(Outcome.FAILS));
        }

        @Test
        void doesNotTurnAnUncheckedClaimIntoACheckedOne() {
            claim("a").at(Scale.FULL).measured(0.5).control(0.1).within(0.05).of(0.92).notReproduced("x");
            assertEquals(Outcome.NOT_CHECKED, only().outcome());
        }
    }

    @Nested
    class Failures {
        @Test
        void anExceptionIsRecordedAndTheOtherClaimsStillRun() {
            claim("a").measured((DoubleSupplier) () -> {
                throw new IllegalStateException("not converged after 500 steps");
            }).control(1).atMost(0);
            claim("b").measured(0).control(1).atMost(0);
            var findings = paper.verdict().findings();
            assertEquals("IllegalStateException: not converged after 500 steps", findings.get(0).note());
            assertEquals(Outcome.FAILS, findings.get(0).outcome());
            assertEquals(Outcome.HOLDS, findings.get(1).outcome());
        }

        @Test
        void stoppingTheCellStopsItAndLeavesTheClaimUntold() {
            var claim = claim("a").measured((DoubleSupplier) () -> {
                throw new Interrupted();
            }).control(1);
            assertThrows(Interrupted.class, () -> claim.atMost(0));
            assertFails("never measured");
        }

        @Test
        void closeListsEveryFailureMessageFirst() {
            claim("a").measured(0.98).control(0.65).within(0.05).of(0.92);
            claim("b").measured(0).control(1).atMost(0);
            claim("c");
            assertEquals(3, paper.verdict().findings().size());
            var e = assertThrows(ClaimsFailed.class, paper::close);
            assertEquals(
                    "2 of 3 claims fail:\n"
                            + "  a (expected 0.92 ± 0.05, measured 0.98, control 0.65): "
                            + "the measurement does not pass the test\n"
                            + "  c (expected not stated, measured not measured, control none): never measured",
                    e.getMessage());
        }

        @Test
        void aPaperWithoutClaimsDoesNotClose() {
            assertThrows(ClaimsFailed.class, paper::close);
        }
    }

    @Nested
    class Ids {
        @Test
        void twoClaimsWithOneIdAreRefused() {
            claim("a").measured(0).control(1).atMost(0);
            var e = assertThrows(IllegalArgumentException.class, () -> paper.claim("a", "Fig. 5", "something else"));
            assertEquals("id of a claim must be unique in its paper, was 'a' for a second claim", e.getMessage());
            assertEquals(1, paper.verdict().findings().size());
        }

        @Test
        void twoClaimsWithOneIdAndTheSameWordsNeverPassAsOne() {
            claim("a").measured(5).control(1).atMost(0);
            claim("a").measured(0).control(1).atMost(0);
            assertThrows(ClaimsFailed.class, paper::close);
        }

        @Test
        void aCellThatFailedCanRunAgain() {
            claim("a");
            claim("a").measured(0).control(1).atMost(0);
            assertEquals(Outcome.HOLDS, only().outcome());
        }

        @Test
        void aCellThatRunsAgainReplacesItsClaimButThePaperAsksForARunFromTheTop() {
            claim("a").measured(2).control(1).atMost(0);
            claim("a").measured(0).control(1).atMost(0);
            assertEquals(Outcome.HOLDS, only().outcome());
            assertEquals("Declared more than once: a. Run all cells from the top to close the paper.",
                    assertThrows(ClaimsFailed.class, paper::close).getMessage());
        }

        @Test
        void aSecondTestOfOneClaimIsRefused() {
            var claim = claim("a").measured(0).control(1).atMost(0);
            assertThrows(IllegalStateException.class, () -> claim.atLeast(0));
        }

        @Test
        void toleranceMustBePositive() {
            assertThrows(IllegalArgumentException.class, () -> claim("a").measured(1).control(2).within(0));
            assertThrows(IllegalArgumentException.class, () -> paper.claim(" ", "Fig. 1", "x"));
        }
    }

    @Nested
    class Ledger {
        private String json(long seed) {
            var p = Paper.open("kde-large-dimensions", new Settings(Scale.QUICK, seed, "cpu"));
            double measured = 0.9 + p.rng("data").uniform() / 100;
            p.claim("a", "Fig. 4", "x < y").because("theory").measured(measured, 1 / 3.0).control(0).within(0.1)
                    .of(0.92, 0.3);
            p.claim("b", "Fig. 5", "y").at(Scale.FULL).measured(1).control(2).atMost(1);
            p.claim("c", "Fig. 6", "z").measured(Double.NaN).control(2).withinRelative(0.2).of(1);
            return new Gson().toJson(p.verdict().bundle().data().get(Verdict.MIME));
        }

        @Test
        void isTheSameForTheSameSeed() {
            assertEquals(json(7), json(7));
            assertFalse(json(7).equals(json(8)));
        }

        @Test
        void holdsEveryFieldWithSixDigits() {
            claim("a").because("theory").measured(2 / 3.0, 1e-300 / 3).control(0.1).within(0.05).of(0.7, 0);
            assertEquals(
                    "{\"id\":\"a\",\"source\":\"Fig. 4\",\"claim\":\"the bandwidth is 0.9\",\"expected\":[0.7,0.0],"
                            + "\"tolerance\":0.05,\"measured\":[0.666667,3.33333E-301],\"control\":0.1,"
                            + "\"verdict\":\"holds\",\"because\":\"theory\"}",
                    new Gson().toJson(only().json()));
        }

        @Test
        void namesTheRun() {
            var json = new Gson().fromJson(json(8), Map.class);
            assertEquals("kde-large-dimensions", json.get("paper"));
            assertEquals("quick", json.get("scale"));
            assertEquals("cpu", json.get("backend"));
            assertEquals(8.0, json.get("seed"));
            assertTrue(((Map<?, ?>) json.get("versions")).containsKey("reprise"));
            assertEquals(3, ((List<?>) json.get("claims")).size());
        }

        @Test
        void saysInWordsWhatIsNoNumber() {
            assertTrue(json(7).contains("\"measured\":\"NaN\""));
            assertTrue(json(7).contains("\"measured\":\"not measured\",\"control\":\"none\",\"verdict\":\"not checked\""));
            assertTrue(json(7).contains("\"expected\":\"at most 1\",\"tolerance\":0,"));
            assertTrue(json(7).contains("\"tolerance\":\"20 %\""));
        }
    }
}
