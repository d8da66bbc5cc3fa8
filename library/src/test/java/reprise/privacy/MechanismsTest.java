package reprise.privacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.array.Dense;
import reprise.prob.KolmogorovSmirnov;
import reprise.prob.Moments;
import reprise.prob.SpecialFunctions;
import reprise.random.Rng;

/** The Laplace and the Gaussian mechanism, and the queries that they answer. */
class MechanismsTest {
    private static final int N = 20_000;

    @Nested
    class ClosedForm {
        @Test
        void laplaceNoiseHasItsLaw() {
            var mechanism = LaplaceMechanism.of(3, 0.5);
            double[] noisy = mechanism.release("zeros", new double[N], PrivacyBudget.of(0.5), Rng.of(1));
            double b = 6;
            assertEquals(b, mechanism.scale());
            assertEquals(72, mechanism.variance());
            // p below 1e-4 for one seed would be a wrong law; the variance's standard error is sqrt(5 / N).
            double p = KolmogorovSmirnov.of(noisy, x -> x < 0 ? Math.exp(x / b) / 2 : 1 - Math.exp(-x / b) / 2)
                    .pValue();
            assertTrue(p > 1e-4, "p = " + p);
            assertEquals(1, Moments.of(noisy).variance() / 72, 5 * Math.sqrt(5.0 / N));
        }

        @Test
        void gaussianNoiseHasItsLaw() {
            var mechanism = GaussianMechanism.of(2, 1, 1e-5);
            double[] noisy = mechanism.release("zeros", new double[N], PrivacyBudget.of(1, 1e-5), Rng.of(2));
            double p = KolmogorovSmirnov.of(noisy, x -> SpecialFunctions.normalCdf(x / mechanism.sd())).pValue();
            assertTrue(p > 1e-4, "p = " + p);
        }

        @Test
        void theDistributionFunctionsBelongToTheDraws() {
            for (var law : NoiseLaw.values()) {
                var rng = Rng.of(3);
                double[] drawn = DoubleStream.generate(() -> law.draw(2, rng)).limit(N).toArray();
                assertTrue(KolmogorovSmirnov.of(drawn, x -> law.unitCdf(x / 2)).pValue() > 1e-4, law.name());
                assertEquals(0, law.draw(0, rng));
            }
        }

        /** Delta is the integral of max(0, p - e^epsilon q) over two normals; the rule's error is of order step^2. */
        @ParameterizedTest
        @CsvSource({"1, 1", "3.73, 1", "0.5, 3", "2, 0"})
        void theLossOfGaussianNoiseIsTheIntegralOfTheExcess(double noise, double epsilon) {
            double step = 1e-4;
            double integral = 0;
            for (double x = -12 * noise; x < 12 * noise + 1; x += step) {
                double p = density((x - 1) / noise) / noise;
                double q = density(x / noise) / noise;
                integral += Math.max(0, p - Math.exp(epsilon) * q) * step;
            }
            assertEquals(integral, GaussianMechanism.delta(noise, epsilon), 1e-8);
        }

        @ParameterizedTest
        @CsvSource({"0.1, 1e-5", "1, 1e-5", "1, 1e-9", "8, 1e-5", "30, 1e-6"})
        void theNoiseIsTheLeastThatSuffices(double epsilon, double delta) {
            double sd = GaussianMechanism.of(1, epsilon, delta).sd();
            assertEquals(delta, GaussianMechanism.delta(sd, epsilon), 1e-6 * delta);
            assertTrue(GaussianMechanism.delta(0.999 * sd, epsilon) > delta);
            assertEquals(7 * sd, GaussianMechanism.of(7, epsilon, delta).sd(), 1e-12 * sd);
            if (epsilon <= 1) {
                assertTrue(sd < Math.sqrt(2 * Math.log(1.25 / delta)) / epsilon, "the textbook's noise is larger");
            }
        }

        @Test
        void laplaceKeepsItsPromiseAtEveryOutcome() {
            // The log-ratio of densities of one release from 0 and from the sensitivity is (|x - 3| - |x|) / b.
            double b = LaplaceMechanism.of(3, 0.5).scale();
            for (double x = -20; x <= 20; x += 0.25) {
                assertTrue(Math.abs(Math.abs(x - 3) - Math.abs(x)) / b <= 0.5 + 1e-12);
            }
        }

        @Test
        void aQueryIsItsMean() {
            Dense sample = Dense.of("sample", new double[][] {{1, 1}, {-1, 1}, {1, -1}, {1, 1}});
            StatisticalQuery agree = person -> person[0] * person[1];
            assertEquals(0, agree.mean(sample));
            assertEquals(0.5, ((StatisticalQuery) person -> person[0]).mean(sample));
        }

        private double density(double x) {
            return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
        }
    }

    @Nested
    class Agreement {
        @Test
        void epsilonAndDeltaAreEachOthersInverse() {
            for (double noise : new double[] {0.3, 1, 4, 20}) {
                double epsilon = GaussianMechanism.epsilon(noise, 1e-5);
                assertEquals(1e-5, GaussianMechanism.delta(noise, epsilon), 1e-10);
                assertEquals(noise, GaussianMechanism.of(1, epsilon, 1e-5).sd(), 1e-6 * noise);
            }
            assertEquals(0, GaussianMechanism.epsilon(1e6, 1e-5), "so much noise has delta below 1e-5 at epsilon = 0");
        }
    }

    @Nested
    class Invariance {
        @Test
        void theSameStreamGivesTheSameRelease() {
            var laplace = LaplaceMechanism.of(1, 1);
            double[] once = laplace.release("x", new double[] {1, 2}, PrivacyBudget.of(1), Rng.of(4));
            assertArrayEquals(once, laplace.release("x", new double[] {1, 2}, PrivacyBudget.of(1), Rng.of(4)));
        }

        @Test
        void theValuesAreNotOverwritten() {
            double[] values = {1, 2};
            GaussianMechanism.of(1, 1, 1e-5).release("x", values, PrivacyBudget.of(1, 1e-5), Rng.of(5));
            assertArrayEquals(new double[] {1, 2}, values);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsNoSensitivityOrBudget() {
            for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThrows(IllegalArgumentException.class, () -> LaplaceMechanism.of(bad, 1));
                assertThrows(IllegalArgumentException.class, () -> LaplaceMechanism.of(1, bad));
                assertThrows(IllegalArgumentException.class, () -> GaussianMechanism.of(bad, 1, 1e-5));
                assertThrows(IllegalArgumentException.class, () -> GaussianMechanism.of(1, bad, 1e-5));
                assertThrows(IllegalArgumentException.class, () -> GaussianMechanism.of(1, 1, bad));
            }
        }

        @Test
        void refusesEmptyAndBrokenDataWithoutCharging() {
            var budget = PrivacyBudget.of(1);
            var laplace = LaplaceMechanism.of(1, 1);
            assertThrows(IllegalArgumentException.class, () -> laplace.release("x", new double[0], budget, Rng.of(1)));
            var refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> laplace.release("x", new double[] {1, Double.NaN}, budget, Rng.of(1)));
            assertEquals("values[1] must be finite, was NaN", refused.getMessage());
            assertEquals(1, budget.epsilonLeft());
        }

        @Test
        void refusesQueriesOutsideTheirRange() {
            Dense sample = Dense.of("sample", new double[][] {{1}, {1.5}});
            var refused = assertThrows(
                    IllegalArgumentException.class, () -> ((StatisticalQuery) person -> person[0]).mean(sample));
            assertEquals("query at row 1 must be from -1 to 1, was 1.5", refused.getMessage());
            assertThrows(
                    IllegalArgumentException.class, () -> ((StatisticalQuery) person -> Double.NaN).mean(sample));
        }
    }
}
