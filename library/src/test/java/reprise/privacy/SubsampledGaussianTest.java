package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubsampledGaussianTest {
    @Nested
    class ClosedForm {
        @Test
        void withEverybodyItIsTheGaussians() {
            assertEquals(7 * 5 / (2 * 2.25), SubsampledGaussian.of(1, 1.5, 7).renyi(5), 1e-12);
        }

        @ParameterizedTest
        @CsvSource({"0.1, 1, 2", "0.01, 0.8, 8", "0.5, 3, 30"})
        void theDivergenceIsItsIntegral(double rate, double noise, int order) {
            double width = 1e-3 * noise;
            double integral = 0;
            for (double x = -20 * noise; x < 20 * noise + order; x += width) {
                double ratio = 1 - rate + rate * Math.exp((2 * x - 1) / (2 * noise * noise));
                integral += width * Math.exp(-x * x / (2 * noise * noise)) / (noise * Math.sqrt(2 * Math.PI))
                        * Math.pow(ratio, order);
            }
            // The rule converges faster than any power for so smooth a function.
            assertEquals(
                    Math.log(integral) / (order - 1), SubsampledGaussian.of(rate, noise, 1).renyi(order), 1e-8);
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @CsvSource({"1, 1", "4, 10", "20, 100"})
        void withEverybodyTheAccountIsAboveTheExactPriceAndNear(double noise, int steps) {
            double exact = GaussianMechanism.epsilon(noise / Math.sqrt(steps), 1e-5);
            double account = SubsampledGaussian.of(1, noise, steps).epsilon(1e-5);
            assertTrue(account >= exact && account <= 1.15 * exact, exact + " and " + account);
        }

        @Test
        void theNoiseIsTheLeastThatSuffices() {
            double noise = SubsampledGaussian.noiseFor(0.17, 60, 1, 1e-5);
            assertEquals(1, SubsampledGaussian.of(0.17, noise, 60).epsilon(1e-5), 1e-8);
            assertTrue(SubsampledGaussian.of(0.17, 0.99 * noise, 60).epsilon(1e-5) > 1);
        }

        @Test
        void lookingAtFewerPeopleCostsLess() {
            double few = SubsampledGaussian.of(0.01, 1, 100).epsilon(1e-5);
            double more = SubsampledGaussian.of(0.1, 1, 100).epsilon(1e-5);
            assertTrue(few < more / 3, few + " and " + more);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsNoAccount() {
            assertThrows(IllegalArgumentException.class, () -> SubsampledGaussian.of(0, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> SubsampledGaussian.of(1.1, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> SubsampledGaussian.of(0.1, 0, 1));
            assertThrows(IllegalArgumentException.class, () -> SubsampledGaussian.of(0.1, 1, 0));
            var account = SubsampledGaussian.of(0.1, 1, 1);
            assertThrows(IllegalArgumentException.class, () -> account.renyi(1));
            assertThrows(IllegalArgumentException.class, () -> account.renyi(257));
            assertThrows(IllegalArgumentException.class, () -> account.epsilon(0));
            assertThrows(IllegalArgumentException.class, () -> SubsampledGaussian.noiseFor(0.1, 1, 0, 1e-5));
        }
    }
}
