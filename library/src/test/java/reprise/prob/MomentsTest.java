package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.random.Rng;

class MomentsTest {
    private static final double[] SAMPLE = Rng.of(1).split("sample").normal(1, 1_000).data();

    private static void assertSame(Moments expected, Moments actual, double relative) {
        assertEquals(expected.count(), actual.count());
        assertEquals(expected.mean(), actual.mean(), relative);
        assertEquals(expected.variance(), actual.variance(), relative * expected.variance());
        assertEquals(expected.skewness(), actual.skewness(), 10 * relative);
        assertEquals(expected.kurtosis(), actual.kurtosis(), 10 * relative);
    }

    @Nested
    class ClosedForm {
        @Test
        void ofFourNumbersByHand() {
            // Mean 3; deviations -2, -1, -1, 4: squares sum to 22, cubes to 54, fourth powers to 274.
            var m = Moments.of(1, 2, 2, 7);
            assertEquals(3, m.mean());
            assertEquals(22 / 3.0, m.variance());
            assertEquals(2 * 54 / Math.pow(22, 1.5), m.skewness(), 1e-15);
            assertEquals(4 * 274 / 484.0, m.kurtosis());
            assertEquals(Math.sqrt(22 / 12.0), m.standardError(), 1e-15);
        }

        @Test
        void ofANormalSampleAreNormal() {
            // Standard errors for 1e5 values: 0.0032, 0.0045, 0.0077, 0.0155; the bounds are five of them.
            var m = Moments.of(Rng.of(2).normal(1, 100_000).data());
            assertEquals(0, m.mean(), 0.016);
            assertEquals(1, m.variance(), 0.023);
            assertEquals(0, m.skewness(), 0.039);
            assertEquals(3, m.kurtosis(), 0.078);
        }

        @Test
        void ofAnExponentialSampleAreSkewed() {
            // Skewness 2, kurtosis 9; standard errors over 20 seeds of 1e6 values: 0.012 and 0.16.
            var rng = Rng.of(3);
            double[] x = new double[1_000_000];
            Arrays.setAll(x, i -> rng.exponential());
            assertEquals(2, Moments.of(x).skewness(), 0.06);
            assertEquals(9, Moments.of(x).kurtosis(), 0.8);
        }
    }

    @Nested
    class Invariance {
        @Test
        void streamedOneByOneOrMergedInPiecesIsTheSame() {
            var whole = Moments.of(SAMPLE);
            var streamed = Moments.NONE;
            for (double x : SAMPLE) {
                streamed = streamed.plus(x);
            }
            var merged = Moments.of(Arrays.copyOfRange(SAMPLE, 0, 137))
                    .plus(Moments.of(Arrays.copyOfRange(SAMPLE, 137, 1_000)));
            assertSame(whole, streamed, 1e-13);
            assertSame(whole, merged, 1e-13);
        }

        @Test
        void aLargeOffsetCancelsNothing() {
            // The offset itself rounds each value by 1e-8, so the variance is exact to about 1e-8 / sqrt(n).
            double[] far = Arrays.stream(SAMPLE).map(x -> x + 1e8).toArray();
            assertEquals(Moments.of(SAMPLE).variance(), Moments.of(far).variance(), 1e-8);
            assertEquals(Moments.of(SAMPLE).kurtosis(), Moments.of(far).kurtosis(), 1e-7);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesNanAndKnowsNothingOfNothing() {
            assertThrows(IllegalArgumentException.class, () -> Moments.of(1, Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> Moments.NONE.plus(Double.POSITIVE_INFINITY));
            assertEquals(Moments.NONE, Moments.of());
            assertTrue(Double.isNaN(Moments.of(1).variance()));
        }
    }
}
