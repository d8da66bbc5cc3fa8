package reprise.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reprise.array.Dense;
import reprise.data.Synthetic;
import reprise.density.EnergyFit.Estimator;
import reprise.prob.Normal;
import reprise.random.Rng;

class EnergyFitTest {
    private static final Normal SKEW = Normal.of(
            new double[] {3, -1}, Dense.of("covariance", new double[][] {{1, 0.8}, {0.8, 1}}));

    @Nested
    class ClosedForm {
        /** Correlated normal data under uncorrelated noise: f has to be the missing product term. */
        @ParameterizedTest
        @EnumSource
        void everyEstimatorFindsTheCorrelation(Estimator estimator) {
            Dense x = SKEW.sample(4_000, Rng.of(1));
            var model = EnergyFit.of(x).estimator(estimator).width(16).steps(400).batch(200).rate(0.01).fit(Rng.of(2));
            Dense held = SKEW.sample(4_000, Rng.of(3));
            double entropy = -Arrays.stream(SKEW.logDensity(held)).average().getAsDouble();
            double alone = -Arrays.stream(model.noise().logDensity(held)).average().getAsDouble();
            // The noise alone loses -log(1 - 0.64) / 2 = 0.51 nats; what a short fit leaves was 0.01 to 0.04.
            assertEquals(entropy + 0.51, alone, 0.05);
            assertEquals(entropy, model.meanLoss(held), 0.1, estimator.toString());
        }

        @Test
        void theDensityIntegratesToOne() {
            var model = EnergyFit.of(Synthetic.checkerboard(500, 0.05, Rng.of(1)).x()).width(16).steps(100).fit(Rng.of(2));
            int n = 200;
            double[][] at = new double[n * n][];
            for (int i = 0; i < n * n; i++) {
                at[i] = new double[] {-8 + 16.0 * (i / n) / n, -8 + 16.0 * (i % n) / n};
            }
            double sum = Arrays.stream(model.logDensity(at)).map(Math::exp).sum() * 256 / (n * n);
            assertEquals(1, sum, 1e-6);
        }
    }

    @Nested
    class Invariance {
        @Test
        void aContrastiveFitIsNearlyNormalised() {
            Dense x = SKEW.sample(4_000, Rng.of(1));
            var model = EnergyFit.of(x).estimator(Estimator.CONTRASTIVE).width(16).steps(400).rate(0.01).fit(Rng.of(2));
            assertEquals(0, model.logNormaliser(), 0.15);
        }

        @Test
        void sameSeedSameModel() {
            var fit = EnergyFit.of(SKEW.sample(100, Rng.of(1))).width(8).steps(20).batch(16);
            double[][] at = {{0, 0}, {1, 2}};
            assertArrayEquals(fit.fit(Rng.of(5)).logDensity(at), fit.fit(Rng.of(5)).logDensity(at));
        }

        @Test
        void theAverageMattersOnlyBelowOne() {
            var fit = EnergyFit.of(SKEW.sample(100, Rng.of(1))).width(8).steps(20).batch(4);
            double[][] at = {{0, 0}};
            assertTrue(fit.inner(1).fit(Rng.of(5)).logDensity(at)[0] != fit.inner(0.1).fit(Rng.of(5)).logDensity(at)[0]);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedWithItsName() {
            double[][] one = {{0, 1}};
            double[][] wide = {{0, 1, 2}, {1, 2, 3}};
            double[][] flat = {{0, 1}, {1, 1}};
            assertEquals("rows of x must be >= 2, was 1",
                    assertThrows(IllegalArgumentException.class, () -> EnergyFit.of(one)).getMessage());
            assertEquals("x must be of shape [2, 2], was [2, 3]",
                    assertThrows(IllegalArgumentException.class, () -> EnergyFit.of(wide)).getMessage());
            assertEquals("sd of column 1 of x must be > 0 and finite, was 0.0",
                    assertThrows(IllegalArgumentException.class, () -> EnergyFit.of(flat)).getMessage());
            var fit = EnergyFit.of(new double[][] {{0, 1}, {2, 3}});
            assertThrows(IllegalArgumentException.class, () -> fit.inner(0));
            assertThrows(IllegalArgumentException.class, () -> fit.noiseScale(0));
            assertThrows(IllegalArgumentException.class, () -> fit.width(0));
            assertThrows(IllegalArgumentException.class, () -> fit.steps(0));
            assertThrows(IllegalArgumentException.class, () -> fit.batch(0));
            assertThrows(IllegalArgumentException.class, () -> fit.rate(-1));
            var model = fit.width(2).steps(1).batch(2).fit(Rng.of(1));
            assertThrows(IllegalArgumentException.class, () -> model.logDensity(wide));
        }
    }
}
