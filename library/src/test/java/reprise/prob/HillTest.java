package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;
import reprise.random.Rng;

class HillTest {
    private static double[] paretoLogs(double exponent, int n, Rng rng) {
        double[] logs = new double[n];
        Arrays.setAll(logs, i -> rng.exponential() / exponent);
        return logs;
    }

    @Nested
    class ClosedForm {
        @Test
        void ofThreeValuesByHand() {
            // Above e^1 lie e^2 and e^4: mean excess (1 + 3) / 2.
            var hill = Hill.fitLogs(new double[] {4, 1, 2}, 0.67);
            assertEquals(0.5, hill.exponent());
            assertEquals(0.5 / Math.sqrt(2), hill.standardError());
            assertEquals(1, hill.logThreshold());
            assertEquals(2, hill.count());
        }

        @ParameterizedTest
        @ValueSource(doubles = {0.1, 0.7, 2.5})
        void findsTheExponentOfParetoSamples(double exponent) {
            var hill = Hill.fitLogs(paretoLogs(exponent, 50_000, Rng.of(4)), 0.1);
            assertEquals(exponent, hill.exponent(), 4 * hill.standardError());
        }

        @Test
        void itsStandardErrorIsTheSpreadOverSamples() {
            // 400 samples tell a standard deviation to 3.5 %; the bound is four of those.
            double[] exponents = new double[400];
            Arrays.setAll(exponents, i -> Hill.fitLogs(paretoLogs(0.5, 2_000, Rng.of(5).split(i)), 0.05).exponent());
            double stated = 0.5 / Math.sqrt(100);
            assertEquals(1, Moments.of(exponents).standardDeviation() / stated, 0.14);
        }
    }

    @Nested
    class Invariance {
        @Test
        void scaleDoesNotMatterAndPowersDivideTheExponent() {
            double[] logs = paretoLogs(1, 1_000, Rng.of(6));
            double exponent = Hill.fitLogs(logs, 0.05).exponent();
            double[] far = Arrays.stream(logs).map(x -> 3 * x - 5_000).toArray();
            assertEquals(exponent / 3, Hill.fitLogs(far, 0.05).exponent(), 1e-10);
            assertEquals(exponent, Hill.fit(Arrays.stream(logs).map(Math::exp).toArray(), 0.05).exponent(), 1e-12);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesTailsThatAreNone() {
            assertThrows(IllegalArgumentException.class, () -> Hill.fitLogs(new double[] {1, 2, 3}, 0.1));
            assertThrows(IllegalArgumentException.class, () -> Hill.fitLogs(new double[] {1, 1, 1}, 0.9));
            assertThrows(IllegalArgumentException.class, () -> Hill.fitLogs(new double[] {1, Double.NaN, 1}, 0.9));
            assertThrows(IllegalArgumentException.class, () -> Hill.fit(new double[] {1, 0, 2}, 0.9));
            assertThrows(IllegalArgumentException.class, () -> Hill.fit(new double[] {1, 3, 2}, 1));
        }
    }
}
