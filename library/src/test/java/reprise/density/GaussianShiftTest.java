package reprise.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.optim.CompositionalSgd;
import reprise.prob.Moments;
import reprise.random.Rng;

class GaussianShiftTest {
    @Nested
    class ClosedForm {
        @ParameterizedTest
        @ValueSource(doubles = {0, 1, 3, -6})
        void theCompositionIsTheLikelihood(double r) {
            var shift = GaussianShift.of(r);
            for (double w : new double[] {-2, 0, 0.7, r, 8}) {
                // Quadrature exact to rounding.
                assertEquals(shift.likelihood(w), shift.composition(w), 1e-12);
                double second = (shift.composition(w + 0.5) - 2 * shift.composition(w) + shift.composition(w - 0.5)) / 0.25;
                assertEquals(1, second, 1e-10);
            }
        }

        /** Found by an independent program, digits of the card's audit. */
        @ParameterizedTest
        @CsvSource({"3, 0.26398, 0.0421", "6, 0.01907, 0.00039"})
        void curvatures(double r, double fixed, double learned) {
            assertEquals(fixed, GaussianShift.of(r).contrastiveCurvature(), 5e-6);
            assertEquals(learned, GaussianShift.of(r).profileCurvature(), r < 5 ? 5e-5 : 5e-6);
        }

        /** At R = 0, p = q: p q / (p + q) is half the normal density. */
        @Test
        void withoutShift() {
            assertEquals(0.5, GaussianShift.of(0).contrastiveCurvature(), 1e-14);
            assertEquals(0.5, GaussianShift.of(0).profileCurvature(), 1e-14);
            assertEquals(2 * Math.log(2), GaussianShift.of(0).contrastive(0, 0), 1e-14);
        }

        @Test
        void variancesOfTheAudit() {
            double[] v = GaussianShift.of(3).asymptoticVariances();
            assertEquals(3.16, v[0], 0.005);
            assertEquals(23.8, v[1], 0.06);
            assertEquals(81_032, v[2], 1);
        }

        @ParameterizedTest
        @CsvSource({"2, 8, 5", "4, 22, 6", "6, 153, 6"})
        void stepsOfExactDescent(double r, int contrastive, int likelihood) {
            assertEquals(contrastive, GaussianShift.of(r).contrastiveSteps(1));
            assertEquals(likelihood, GaussianShift.of(r).likelihoodSteps(0.5));
        }

        @Test
        void gradientsAreThoseOfTheLoss() {
            var shift = GaussianShift.of(2);
            for (double w : new double[] {-1, 0.3, 2, 3.5}) {
                double h = 1e-4;
                double slope = (shift.contrastive(w + h, 0) - shift.contrastive(w - h, 0)) / (2 * h);
                // The error of the central difference is of order h^2.
                assertEquals(slope, shift.contrastiveGradient(w), 1e-7);
            }
            double h = 1e-3;
            double second = (shift.contrastiveGradient(2 + h) - shift.contrastiveGradient(2 - h)) / (2 * h);
            assertEquals(second, shift.contrastiveCurvature(), 1e-6);
            assertEquals(0, shift.contrastiveGradient(2), 1e-14);
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @ValueSource(doubles = {1, 2.5, 5})
        void signOfTheShift(double r) {
            assertEquals(GaussianShift.of(r).contrastiveCurvature(), GaussianShift.of(-r).contrastiveCurvature(), 1e-15);
            assertEquals(GaussianShift.of(r).contrastive(1.5, 0.3), GaussianShift.of(-r).contrastive(-1.5, 0.3), 1e-12);
        }

        @Test
        void theTruthIsTheMinimum() {
            var shift = GaussianShift.of(1.5);
            double best = shift.contrastive(1.5, 0);
            for (double[] other : new double[][] {{1.4, 0}, {1.6, 0}, {1.5, 0.1}, {1.5, -0.1}, {1.4, 0.1}}) {
                assertTrue(shift.contrastive(other[0], other[1]) > best);
            }
        }
    }

    @Nested
    class Agreement {
        /** The mean over batches of one of F' and of g' = g (log g)': w - R, and the derivative of the normaliser, 0. */
        @Test
        void batchesHaveTheRightMeans() {
            var shift = GaussianShift.of(1);
            var sampler = shift.compositional(1);
            var contrastive = shift.contrastive(4);
            var rng = Rng.of(3);
            int n = 40_000;
            double[] outer = new double[n];
            double[] inner = new double[n];
            double[] slope = new double[n];
            double[] logistic = new double[n];
            double[] w = {0.4};
            for (int i = 0; i < n; i++) {
                var s = sampler.at(w, rng);
                outer[i] = s.outer()[0];
                inner[i] = Math.exp(s.logInner());
                slope[i] = inner[i] * s.innerScore()[0];
                logistic[i] = contrastive.at(w, rng).outer()[0];
            }
            near(-0.6, outer);
            near(Math.sqrt(2 * Math.PI), inner);
            near(0, slope);
            near(shift.contrastiveGradient(0.4), logistic);
        }

        private void near(double expected, double[] values) {
            var m = Moments.of(values);
            assertEquals(expected, m.mean(), 4 * m.standardError());
        }

        /** n times the variance of 400 estimates, whose own relative sd is 7 %, or more for the heavy weights. */
        @Test
        void estimatesSpreadAsTheAsymptoticVariancesSay() {
            var shift = GaussianShift.of(1);
            double[] expected = shift.asymptoticVariances();
            double[] meco = new double[400];
            double[] nce = new double[400];
            for (int i = 0; i < 400; i++) {
                meco[i] = shift.compositionalEstimate(2_000, Rng.of(1).split(i));
                nce[i] = shift.contrastiveEstimate(2_000, Rng.of(2).split(i));
            }
            assertEquals(1, 2_000 * Moments.of(meco).variance() / expected[2], 0.3);
            assertEquals(1, 2_000 * Moments.of(nce).variance() / expected[0], 0.25);
            assertEquals(1, Moments.of(nce).mean(), 0.01);
        }

        /** In each batch, by finite differences of the batch's own objective. */
        @Test
        void aBatchsScoreIsTheDerivativeOfItsLogarithm() {
            var sampler = GaussianShift.of(2).compositional(8);
            double h = 1e-5;
            var up = sampler.at(new double[] {1 + h}, Rng.of(5));
            var down = sampler.at(new double[] {1 - h}, Rng.of(5));
            var at = sampler.at(new double[] {1}, Rng.of(5));
            assertEquals((up.logInner() - down.logInner()) / (2 * h), at.innerScore()[0], 1e-8);
        }

        @Test
        void averagingTheInnerValueTakesMostOfTheBiasAway() {
            var shift = GaussianShift.of(1);
            var plain = shift.run(CompositionalSgd.rate(0.01).momentum(0.9), shift.compositional(16), 40_000, Rng.of(1));
            var meco = shift.run(
                    CompositionalSgd.rate(0.01).inner(0.01).momentum(0.9), shift.compositional(16), 40_000, Rng.of(1));
            assertTrue(Math.abs(plain.bias()) > 3 * Math.abs(meco.bias()), plain + " " + meco);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedWithItsName() {
            assertThrows(IllegalArgumentException.class, () -> GaussianShift.of(Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> GaussianShift.of(21));
            var shift = GaussianShift.of(1);
            assertEquals("batch must be >= 1, was 0", assertThrows(IllegalArgumentException.class,
                    () -> shift.compositional(0)).getMessage());
            assertThrows(IllegalArgumentException.class, () -> shift.contrastive(0));
            assertThrows(IllegalArgumentException.class, () -> shift.compositionalEstimate(1, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> shift.contrastiveEstimate(1, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> shift.likelihoodSteps(2));
            assertThrows(IllegalArgumentException.class, () -> shift.contrastiveSteps(0));
            assertThrows(IllegalArgumentException.class,
                    () -> shift.run(CompositionalSgd.rate(1), shift.contrastive(1), 1, Rng.of(1)));
        }
    }
}
