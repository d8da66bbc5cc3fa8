package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.experiment.Trials;
import reprise.prob.SpecialFunctions;
import reprise.random.Rng;

class ThresholdoutTest {
    private static final int QUERIES = 4_000;

    private static Trials rates(Thresholdout method, double gap, int sessions) {
        return Trials.run(sessions, Rng.of(11), rng -> {
            var session = method.budget(QUERIES).open(rng);
            return IntStream.range(0, QUERIES).filter(i -> session.answer(0, gap).paid()).count() / (double) QUERIES;
        });
    }

    @Nested
    class ClosedForm {
        @Test
        void atAGapOfTheThresholdLaplaceSpendsAQuarterOverLogTwo() {
            // Renewal: a threshold noise g lasts 1 / P(e > -g) queries, whose mean is 4 log 2. sd of a session 0.009.
            var rates = rates(Thresholdout.of(0.04, 0.01), 0.04, 20);
            assertEquals(1 / (4 * Math.log(2)), rates.mean(), 5 * rates.standardError());
            assertTrue(rates.sd() < 0.02, "sd " + rates.sd());
        }

        @Test
        void refreshedEveryQueryItSpendsOneHalf() {
            var rates = rates(Thresholdout.of(0.04, 0.01).refresh(Thresholdout.Refresh.EVERY_QUERY), 0.04, 20);
            assertEquals(0.5, rates.mean(), 5 * 0.5 / Math.sqrt(20.0 * QUERIES));
        }

        @Test
        void neverRefreshedItSpendsOneHalfOnAverageButNotInAnySession() {
            // With u = |g| / 2 s exponential: E (1 - exp(-u / 2))^2 / 4 = (1 - 4 / 3 + 1 / 2) / 4 = 1 / 24.
            var rates = rates(Thresholdout.of(0.04, 0.01).refresh(Thresholdout.Refresh.NEVER), 0.04, 400);
            assertEquals(0.5, rates.mean(), 5 * 0.21 / Math.sqrt(400));
            assertEquals(Math.sqrt(1 / 24.0), rates.sd(), 0.03);
        }

        @Test
        void withOneNormalNoiseTheRateIsItsTail() {
            var method = Thresholdout.of(0.04, 0.01).noise(NoiseLaw.GAUSSIAN).scales(0, 1, 1);
            double exact = SpecialFunctions.normalCdf(-1.5);
            assertEquals(exact, rates(method, 0.025, 20).mean(), 5 * Math.sqrt(exact / (20.0 * QUERIES)));
        }

        @Test
        void farBelowTheThresholdTheTrainingSetAnswersExactly() {
            var answer = Thresholdout.of(0.04, 1e-6).open(Rng.of(1)).answer(0.31, 0.32);
            assertEquals(new Thresholdout.Answer(0.31, false), answer);
        }

        @Test
        void farAboveItTheHoldoutAnswersWithNoise() {
            var session = Thresholdout.of(0.04, 0.001).budget(QUERIES).open(Rng.of(1));
            double variance = IntStream.range(0, QUERIES)
                    .mapToDouble(i -> Math.pow(session.answer(0.5, 0.1).value() - 0.1, 2)).average().getAsDouble();
            assertEquals(QUERIES, session.spent());
            // Laplace noise of scale 0.001: variance 2e-6, whose relative standard error is sqrt(5 / 4000).
            assertEquals(1, variance / 2e-6, 5 * Math.sqrt(5.0 / QUERIES));
        }

        @Test
        void theSessionsPriceIsTwiceItsBudgetTimesSensitivityOverRate() {
            assertEquals(100, Thresholdout.of(0.04, 0.01).budget(2_500).epsilon(2.0 / 10_000), 1e-12);
        }
    }

    @Nested
    class Agreement {
        @Test
        void queriesAndTheirMeansGiveTheSameAnswers() {
            Dense train = Dense.of("train", new double[][] {{1}, {1}, {-1}, {1}});
            Dense holdout = Dense.of("holdout", new double[][] {{-1}, {1}});
            var method = Thresholdout.of(0.1, 0.05);
            assertEquals(
                    method.open(Rng.of(3)).answer(0.5, 0), method.open(Rng.of(3)).answer(p -> p[0], train, holdout));
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesToAnswerOnceTheBudgetIsSpent() {
            var session = Thresholdout.of(0.04, 0.001).budget(2).open(Rng.of(1));
            session.answer(0, 1);
            session.answer(0, 1);
            var refused = assertThrows(BudgetOverspent.class, () -> session.answer(0, 0));
            assertEquals("all 2 answers from the holdout are spent", refused.getMessage());
            assertEquals(2, session.spent());
        }

        @Test
        void refusesBudgetsOfZeroAndWrongScales() {
            var method = Thresholdout.of(0.04, 0.01);
            assertThrows(IllegalArgumentException.class, () -> method.budget(0));
            assertThrows(IllegalArgumentException.class, () -> method.scales(2, -4, 1));
            assertThrows(IllegalArgumentException.class, () -> method.epsilon(0));
            assertThrows(IllegalArgumentException.class, () -> Thresholdout.of(-0.1, 0.01));
            assertThrows(IllegalArgumentException.class, () -> Thresholdout.of(0.04, 0));
            assertThrows(IllegalArgumentException.class, () -> Thresholdout.of(Double.NaN, 0.01));
        }

        @Test
        void refusesMeansThatAreNotFinite() {
            var session = Thresholdout.of(0.04, 0.01).open(Rng.of(1));
            assertThrows(IllegalArgumentException.class, () -> session.answer(Double.NaN, 0));
            assertThrows(IllegalArgumentException.class, () -> session.answer(0, Double.POSITIVE_INFINITY));
        }
    }
}
