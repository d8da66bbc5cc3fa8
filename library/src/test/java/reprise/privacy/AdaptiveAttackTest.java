package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class AdaptiveAttackTest {
    @Nested
    class ClosedForm {
        @Test
        void threePeopleByHand() {
            // |S_3| / 3 is 1 in 2 of 8 cases and 1/3 in 6: mean 1/2.
            assertEquals(0.5 * Math.sqrt(16), AdaptiveAttack.of(3, 16).exactBias(), 1e-12);
        }

        @Test
        void theLimitIsTheAuditsNumbers() {
            double[] sd = {0, 0.05, 0.1, 0.2};
            double[] bias = {0.564, 0.302, 0.170, 0.088};
            for (int i = 0; i < sd.length; i++) {
                assertEquals(bias[i], AdaptiveAttack.of(1_000, 500).noise(sd[i]).limitBias(), 5e-4);
            }
        }

        @ParameterizedTest
        @CsvSource({"9, 0.028", "1000, -0.00025"})
        void theLimitIsOffAsTheSampleIsSmall(int n, double relative) {
            var attack = AdaptiveAttack.of(n, 100);
            assertEquals(relative, attack.exactBias() / attack.limitBias() - 1, 0.03 * Math.abs(relative));
        }

        @Test
        void noiseMakesTheLimitNormalSooner() {
            var attack = AdaptiveAttack.of(1_000, 500).noise(0.1);
            assertEquals(attack.limitBias(), attack.exactBias(), 1e-4 * attack.limitBias());
        }

        @ParameterizedTest
        @CsvSource({"GAUSSIAN, 0", "GAUSSIAN, 0.1", "LAPLACE, 0.3"})
        void runsHaveTheExactMeanAndVariance(NoiseLaw law, double scale) {
            var attack = AdaptiveAttack.of(25, 200).noise(law, scale);
            int runs = 4_000;
            double[] bias = attack.run(runs, Rng.of(1)).bias();
            assertEquals(attack.exactBias(), mean(bias), 5 * attack.standardError(runs));
            double squares = 0;
            for (double b : bias) {
                squares += Math.pow(b - attack.exactBias(), 2);
            }
            // The bias is nearly normal: the variance's relative standard error is sqrt(2 / runs).
            assertEquals(1, squares / runs / Math.pow(attack.standardError(1), 2), 5 * Math.sqrt(2.0 / runs));
        }

        @Test
        void theMeanOfTheLargestOfOneAbsoluteNormalIsRootTwoOverPi() {
            assertEquals(Math.sqrt(2 / Math.PI) / 10, AdaptiveAttack.of(100, 1).limitWorst(), 1e-9);
            // Two: 2 / sqrt(pi).
            assertEquals(2 / Math.sqrt(Math.PI) / 10, AdaptiveAttack.of(100, 2).limitWorst(), 1e-9);
        }

        @Test
        void theWorstAnswerHasItsMean() {
            var attack = AdaptiveAttack.of(1_000, 100).noise(0.1);
            double[] worst = attack.run(1_000, Rng.of(2)).worst();
            // sd of the largest of 100 absolute normals is 0.4 of theirs: five standard errors, and 0.1 % of limit.
            assertEquals(attack.limitWorst(), mean(worst), 5 * 0.045 / Math.sqrt(1_000));
        }

        @Test
        void withMuchNoiseTheAttackReachesItsInformationBoundButForRootTwoOverPi() {
            var attack = AdaptiveAttack.of(1_000, 500).noise(10);
            assertEquals(Math.sqrt(2 / Math.PI), attack.limitBias() / attack.informationBound(), 1e-4);
            assertEquals(Double.POSITIVE_INFINITY, AdaptiveAttack.of(1_000, 500).informationBound());
            // n s^2 = 1: log 2 nats a query, halved.
            assertEquals(Math.sqrt(0.5 * Math.log(2)),
                    AdaptiveAttack.of(100, 50).noise(0.1).informationBound(), 1e-12);
        }

        @Test
        void theBestNoiseMakesBothErrorsEqual() {
            double sd = AdaptiveAttack.of(1_000, 500).bestNoise();
            var attack = AdaptiveAttack.of(1_000, 500).noise(sd);
            assertEquals(attack.limitWorst(), attack.limitBias(), 1e-12);
            // sqrt(2 m / pi) is the mean of the largest of m absolute normals for m = 1 and 2.
            assertEquals(0, AdaptiveAttack.of(1_000, 2).bestNoise(), 1e-6);
            assertTrue(AdaptiveAttack.of(1_000, 3).bestNoise() > 0.006);
        }
    }

    @Nested
    class Invariance {
        @Test
        void theSameNumbersOnOneThreadAndOnMany() {
            var attack = AdaptiveAttack.of(100, 20).noise(0.1);
            double[] many = attack.run(30, Rng.of(3)).bias();
            assertArrayEquals(many, Tasks.withThreads(1, () -> attack.run(30, Rng.of(3)).bias()));
        }

        @Test
        void theDataDoNotDependOnTheNoise() {
            double[] tiny = AdaptiveAttack.of(100, 20).noise(1e-12).run(5, Rng.of(4)).worst();
            double[] none = AdaptiveAttack.of(100, 20).run(5, Rng.of(4)).worst();
            assertArrayEquals(none, tiny, 1e-10);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsNoAttack() {
            assertThrows(IllegalArgumentException.class, () -> AdaptiveAttack.of(0, 5));
            assertThrows(IllegalArgumentException.class, () -> AdaptiveAttack.of(5, 0));
            assertThrows(IllegalArgumentException.class, () -> AdaptiveAttack.of(5, 5).noise(-0.1));
            assertThrows(IllegalArgumentException.class, () -> AdaptiveAttack.of(5, 5).noise(Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> AdaptiveAttack.of(5, 5).run(0, Rng.of(1)));
            var laplace = AdaptiveAttack.of(5, 5).noise(NoiseLaw.LAPLACE, 1);
            assertThrows(IllegalStateException.class, laplace::limitBias);
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().getAsDouble();
    }
}
