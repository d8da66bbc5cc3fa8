package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.random.Rng;

class KolmogorovSmirnovTest {
    @Nested
    class ClosedForm {
        @Test
        void ofTwoValuesAgainstTheUniformByHand() {
            assertEquals(0.4, KolmogorovSmirnov.of(new double[] {0.8, 0.4}, x -> x).statistic(), 1e-15);
        }

        @Test
        void ofTwoSamplesWithTiesByHand() {
            var ks = KolmogorovSmirnov.between(new double[] {1, 2, 2, 3}, new double[] {2, 4});
            assertEquals(0.5, ks.statistic());
            assertEquals(4 / 3.0, ks.effectiveCount());
            assertEquals(0, KolmogorovSmirnov.between(new double[] {1, 2}, new double[] {2, 1}).statistic());
        }

        @Test
        void theLimitHasItsTabulatedQuantiles() {
            // Kolmogorov's limit: P(K > 1.3581) = 0.05, P(K > 1.6276) = 0.01.
            assertEquals(0.05, new KolmogorovSmirnov(1.3581e-6, 1e12).pValue(), 1e-5);
            assertEquals(0.01, new KolmogorovSmirnov(1.6276e-6, 1e12).pValue(), 1e-5);
            assertEquals(1, new KolmogorovSmirnov(0, 10).pValue());
        }
    }

    @Nested
    class Agreement {
        @Test
        void pValuesOfTrueHypothesesAreUniform() {
            // 500 samples of 20: the share below 0.1 has standard deviation 0.0134; the bound is four of those.
            int below = 0;
            for (int i = 0; i < 500; i++) {
                double[] x = new double[20];
                Rng.of(7).split(i).fillUniform(x);
                below += KolmogorovSmirnov.of(x, u -> u).pValue() < 0.1 ? 1 : 0;
            }
            assertEquals(0.1, below / 500.0, 0.054);
        }

        @Test
        void tellsNormalFromAlmostNormal() {
            var normal = new NormalDistribution();
            double[] x = Rng.of(8).normal(1, 5_000).data();
            assertTrue(KolmogorovSmirnov.of(x, normal::cumulativeProbability).pValue() > 1e-3);
            double[] shifted = Arrays.stream(x).map(v -> v + 0.2).toArray();
            assertTrue(KolmogorovSmirnov.of(shifted, normal::cumulativeProbability).pValue() < 1e-6);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesEmptySamplesAndNan() {
            assertThrows(IllegalArgumentException.class, () -> KolmogorovSmirnov.of(new double[0], x -> x));
            assertThrows(IllegalArgumentException.class,
                    () -> KolmogorovSmirnov.between(new double[] {1}, new double[] {Double.NaN}));
        }
    }
}
