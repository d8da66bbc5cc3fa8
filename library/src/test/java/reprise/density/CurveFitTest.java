package reprise.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.prob.Normal;
import reprise.random.Rng;
import reprise.tensor.Grad;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

class CurveFitTest {
    private static Dense circle(int n, double noise, Rng rng) {
        double[] y = new double[2 * n];
        for (int i = 0; i < n; i++) {
            double angle = rng.uniform(0, 2 * Math.PI);
            y[2 * i] = Math.cos(angle) + noise * rng.normal();
            y[2 * i + 1] = Math.sin(angle) + noise * rng.normal();
        }
        return Dense.of("y", y, n, 2);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().getAsDouble();
    }

    @Nested
    class ClosedForm {
        /** On the circle the density tends to 1 / (2 pi) times that of the normal law across: slope -1 in log sigma. */
        @ParameterizedTest
        @ValueSource(doubles = {0.03, 0.01, 0.003})
        void enoughNodesGiveTheSingularDensity(double sigma) {
            double truth = -Math.log(2 * Math.PI) - Math.log(sigma * Math.sqrt(2 * Math.PI));
            var model = CurveModel.circle((int) Math.ceil(12 / sigma), sigma);
            // The curvature of the circle adds sigma^2 / 8.
            assertEquals(truth + sigma * sigma / 8, model.meanLogDensity(circle(200, 0, Rng.of(1))), 1e-5);
        }

        /** The card's audit: 200 nodes see 1.36 where the truth is 2.76, and about -34 where it is 4.15. */
        @ParameterizedTest
        @CsvSource({"0.0067, 2.03, 0.02", "0.004, 1.36, 0.05", "0.001, -34.4, 1"})
        void twoHundredNodesAreAFloor(double sigma, double expected, double tolerance) {
            double[][] y = new double[9_973][];
            Arrays.setAll(y, i -> new double[] {
                Math.cos(2 * Math.PI * i / 9_973), Math.sin(2 * Math.PI * i / 9_973)});
            assertEquals(expected, mean(CurveModel.circle(200, sigma).logDensity(y)), tolerance);
        }

        @Test
        void oneWideNodeIsANormalLaw() {
            Dense nodes = Dense.of("nodes", new double[] {1, -2, 3}, 1, 3);
            Dense y = Rng.of(1).normal(5, 3);
            assertArrayEquals(Normal.isotropic(new double[] {1, -2, 3}, 0.7).logDensity(y),
                    new CurveModel(nodes, 0.7).logDensity(y), 1e-12);
        }

        @Test
        void noiseAroundACircleIsFound() {
            Dense y = circle(300, 0.1, Rng.of(2));
            var model = CurveFit.of(y).width(32).steps(800).rate(0.01).fit(Rng.of(3));
            double truth = CurveModel.circle(400, 0.1).meanLogDensity(y);
            // Six such fits: sigma 0.093 to 0.099, the likelihood above the truth's by up to 0.1, as a maximum has to be.
            assertEquals(0.1, model.sigma(), 0.02);
            assertEquals(truth, model.meanLogDensity(y), 0.15);
            assertTrue(Arrays.stream(model.nodes().toRows()).mapToDouble(p -> Math.hypot(p[0], p[1]))
                    .allMatch(r -> Math.abs(r - 1) < 0.5));
        }
    }

    @Nested
    class Agreement {
        @Test
        void theLossIsMinusTheMeanLogDensity() {
            Dense y = Rng.of(1).normal(7, 3);
            Dense nodes = Rng.of(2).normal(11, 3);
            double loss = CurveFit.loss(Tensors.of(y), Tensors.of(nodes), Tensors.scalar(0.4)).item();
            assertEquals(-new CurveModel(nodes, 0.4).meanLogDensity(y), loss, 1e-12);
        }

        @Test
        void itsGradientIsThatOfFiniteDifferences() {
            Dense y = Rng.of(1).normal(7, 2);
            Dense nodes = Rng.of(2).normal(4, 2);
            Tensor at = Tensors.of(nodes).requiresGrad();
            double[] gradient = Grad.of(CurveFit.loss(Tensors.of(y), at, Tensors.scalar(0.6)), at).toDoubles();
            double h = 1e-5;
            for (int i = 0; i < 8; i++) {
                double[] up = nodes.data().clone();
                double[] down = nodes.data().clone();
                up[i] += h;
                down[i] -= h;
                double slope = (value(y, down) - value(y, up)) / (2 * h);
                assertEquals(slope, gradient[i], 1e-8);
            }
        }

        private double value(Dense y, double[] nodes) {
            return new CurveModel(Dense.of("nodes", nodes, 4, 2), 0.6).meanLogDensity(y);
        }
    }

    @Nested
    class Invariance {
        @Test
        void withoutNoiseSigmaFallsTowardsItsFloor() {
            Dense y = circle(60, 0, Rng.of(1));
            var fit = CurveFit.of(y).width(32).steps(800).rate(0.01);
            double high = fit.floor(0.3).fit(Rng.of(2)).sigma();
            double low = fit.floor(0.1).fit(Rng.of(2)).sigma();
            assertEquals(0.3, high, 1e-12);
            assertEquals(0.1, low, 1e-12);
            assertTrue(fit.floor(0.02).perturbation(0.2).fit(Rng.of(2)).sigma() > 0.1);
        }

        @Test
        void sameSeedSameCurve() {
            var fit = CurveFit.of(circle(20, 0.1, Rng.of(1))).width(8).steps(10).perturbation(0.1);
            assertArrayEquals(fit.fit(Rng.of(4)).nodes().data(), fit.fit(Rng.of(4)).nodes().data());
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefusedWithItsName() {
            var fit = CurveFit.of(new double[][] {{0, 1}});
            assertEquals("floor must be > 0.0 and < 0.5, was 0.5",
                    assertThrows(IllegalArgumentException.class, () -> fit.floor(0.5)).getMessage());
            assertThrows(IllegalArgumentException.class, () -> fit.perturbation(-1));
            assertThrows(IllegalArgumentException.class, () -> fit.nodes(1));
            assertThrows(IllegalArgumentException.class, () -> fit.width(0));
            assertThrows(IllegalArgumentException.class, () -> fit.steps(0));
            assertThrows(IllegalArgumentException.class, () -> fit.rate(0));
            assertThrows(IllegalArgumentException.class, () -> CurveFit.of(new double[][] {{Double.NaN}}));
            assertThrows(IllegalArgumentException.class, () -> CurveModel.circle(1, 0.1));
            var circle = CurveModel.circle(10, 0.1);
            assertEquals("y must be of shape [1, 2], was [1, 3]", assertThrows(IllegalArgumentException.class,
                    () -> circle.logDensity(new double[][] {{0, 0, 0}})).getMessage());
            assertThrows(IllegalArgumentException.class, () -> CurveModel.circle(10, 0));
        }
    }
}
