package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.parallel.Tasks;
import reprise.prob.Normal;
import reprise.random.Rng;
import reprise.tensor.Grad;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

class LightBridgeFitTest {
    private static final Marginal NOISE = Marginal.standardNormal(3);
    private static final Marginal OTHER = Marginal.of(Normal.of(
            new double[] {1, -1, 0}, Dense.of("c", new double[][] {{1, 0.4, 0}, {0.4, 0.5, 0.1}, {0, 0.1, 0.8}})));

    private static LightBridgeRun disturbed(boolean full) {
        var fit = LightBridge.between(NOISE, OTHER).epsilon(0.7).components(5).batch(19);
        var run = (full ? fit.fullSpread() : fit).start(Rng.of(3));
        var rng = Rng.of(11);
        for (double[] row : run.parameters()) {
            for (int k = 0; k < row.length; k++) {
                row[k] += 0.3 * rng.normal();
            }
        }
        return run;
    }

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void theGradientIsThatOfCentralDifferences(boolean full) {
            var run = disturbed(full);
            Dense x = NOISE.sample(19, Rng.of(1));
            Dense y = OTHER.sample(19, Rng.of(2));
            run.gradient(x, y);
            double[][] gradient = copy(run.lastGradient());
            double h = 1e-5;
            for (int p = 0; p < gradient.length; p++) {
                for (int k = 0; k < 5; k++) {
                    double before = run.parameters()[p][k];
                    run.parameters()[p][k] = before + h;
                    double above = run.gradient(x, y);
                    run.parameters()[p][k] = before - h;
                    double below = run.gradient(x, y);
                    run.parameters()[p][k] = before;
                    // Central differences: h^2 times a third derivative near 1, and 1e-15 / h of rounding.
                    assertEquals((above - below) / (2 * h), gradient[p][k] / 19, 1e-8, "parameter " + p + ", " + k);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void theLossIsThatOfTheModel(boolean full) {
            var run = disturbed(full);
            Dense x = NOISE.sample(19, Rng.of(1));
            Dense y = OTHER.sample(19, Rng.of(2));
            assertEquals(run.bridge().loss(x, y), run.gradient(x, y), 1e-11);
        }

        /** S = (root(s0^2 s1^2 + eps^2 / 4) - eps / 2) / s0^2 and r = m1 - S m0 (Janati et al., arXiv 2006.02572). */
        @Test
        void oneComponentFindsTheBridgeBetweenNormalDistributions() {
            double epsilon = 0.5;
            var bridge = LightBridge.between(
                            Marginal.of(Normal.isotropic(new double[] {0.5}, 1.3)),
                            Marginal.of(Normal.isotropic(new double[] {2}, 0.7)))
                    .epsilon(epsilon).components(1).steps(3_000).rate(0.01).averageLast(2_000).fit(Rng.of(5));
            double variance = 1.69;
            double s = (Math.sqrt(variance * 0.49 + epsilon * epsilon / 4) - epsilon / 2) / variance;
            // 256 000 draws of each end: the spread of s over 20 seeds was below 0.5 %.
            assertEquals(s, bridge.spread(0).data()[0], 0.02 * s);
            assertEquals(2 - s * 0.5, bridge.centres().data()[0], 0.02);
        }

        @Test
        void fullSpreadFindsCorrelationsThatADiagonalCannot() {
            double epsilon = 0.5;
            Dense c = Dense.of("c", new double[][] {{1, 0.8}, {0.8, 1}});
            var bridge = LightBridge.between(
                            Marginal.standardNormal(2), Marginal.of(Normal.of(new double[2], c)))
                    .epsilon(epsilon).components(1).steps(3_000).rate(0.01).averageLast(2_000).fullSpread()
                    .fit(Rng.of(5));
            // With a standard source S is a function of C: on (1, 1) and (1, -1) the variances are 1.8 and 0.2.
            double along = Math.sqrt(1.8 + epsilon * epsilon / 4) - epsilon / 2;
            double across = Math.sqrt(0.2 + epsilon * epsilon / 4) - epsilon / 2;
            double[] s = bridge.spread(0).data();
            assertEquals((along + across) / 2, s[0], 0.02);
            assertEquals((along - across) / 2, s[1], 0.02);
            assertEquals((along + across) / 2, s[3], 0.02);
        }
    }

    /** The same loss written with differentiable tensors, one component at a time and with S_k as a matrix. */
    @Nested
    class Agreement {
        @ParameterizedTest
        @ValueSource(booleans = {false, true})
        void theGradientIsThatOfLibtorch(boolean full) {
            var run = disturbed(full);
            Dense x = NOISE.sample(19, Rng.of(1));
            Dense y = OTHER.sample(19, Rng.of(2));
            Tensor parameters = Tensors.of(copy(run.parameters())).requiresGrad();
            Tensor loss = loss(parameters, full, Tensors.of(x), Tensors.of(y), 0.7);
            assertEquals(loss.item(), run.gradient(x, y), 1e-12, "sums of 19 terms near 10");
            double[][] expected = Grad.of(loss, parameters).toRows();
            double[][] found = run.lastGradient();
            for (int p = 0; p < expected.length; p++) {
                for (int k = 0; k < expected[p].length; k++) {
                    // Rounding of terms up to 100: the squares over the smallest spreads.
                    assertEquals(expected[p][k], found[p][k] / 19, 1e-10, "parameter " + p + ", " + k);
                }
            }
        }

        private static Tensor loss(Tensor parameters, boolean full, Tensor x, Tensor y, double epsilon) {
            int d = (int) x.size(1);
            var source = new ArrayList<Tensor>();
            var target = new ArrayList<Tensor>();
            for (int k = 0; k < parameters.size(1); k++) {
                Tensor own = parameters.select(1, k);
                Tensor logAlpha = own.select(0, 0).div(epsilon);
                Tensor r = own.narrow(0, 1, d);
                Tensor root = full ? triangle(own, d)
                        : Tensors.eye(d).mul(own.narrow(0, 1 + d, d).mul(0.5).exp());
                Tensor s = root.matmul(root.t());
                Tensor away = y.sub(r);
                source.add(x.mul(r).sum(1).div(epsilon).add(x.matmul(s).mul(x).sum(1).div(2 * epsilon))
                        .add(logAlpha));
                target.add(away.matmul(s.inv()).mul(away).sum(1).div(-2 * epsilon).add(logAlpha)
                        .sub(s.mul(2 * Math.PI * epsilon).logdet().mul(0.5)));
            }
            return Tensors.stack(source, 1).logsumexp(1).mean()
                    .sub(Tensors.stack(target, 1).logsumexp(1).mean());
        }

        private static Tensor triangle(Tensor own, int d) {
            var entries = new ArrayList<Tensor>();
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    Tensor entry = own.select(0, 1 + d + (b <= a ? a * (a + 1) / 2 + b : 0));
                    entries.add(a == b ? entry.exp() : b < a ? entry : entry.mul(0));
                }
            }
            return Tensors.stack(entries, 0).reshape(d, d);
        }
    }

    @Nested
    class Invariance {
        @Test
        void theSameSeedGivesTheSameBridgeOnAnyNumberOfThreads() {
            var fit = LightBridge.between(NOISE, OTHER).components(7).steps(50);
            var one = Tasks.withThreads(1, () -> fit.fit(Rng.of(1)));
            var four = Tasks.withThreads(4, () -> fit.fit(Rng.of(1)));
            assertArrayEquals(one.centres().data(), four.centres().data());
            assertArrayEquals(one.logWeights(), four.logWeights());
        }

        @Test
        void advancingInPartsIsAdvancingAtOnce() {
            var fit = LightBridge.between(NOISE, OTHER).components(4).steps(30);
            var parts = fit.start(Rng.of(1));
            parts.advance(10);
            parts.advance(20);
            assertEquals(30, parts.done());
            assertArrayEquals(fit.fit(Rng.of(1)).centres().data(), parts.bridge().centres().data());
        }
    }

    @Nested
    class Averages {
        @Test
        void oneRunGivesTheLastBridgeAndTheAveragedOne() {
            var fit = LightBridge.between(NOISE, OTHER).components(4).steps(30);
            var run = fit.averageLast(10).start(Rng.of(1));
            run.advance(20);
            assertArrayEquals(run.bridge().centres().data(), run.averaged().centres().data());
            double[] sum = new double[12];
            for (int i = 0; i < 10; i++) {
                run.advance(1);
                double[] centres = run.bridge().centres().data();
                java.util.Arrays.setAll(sum, j -> sum[j] + centres[j] / 10);
            }
            assertArrayEquals(sum, run.averaged().centres().data(), 1e-14);
            assertArrayEquals(fit.fit(Rng.of(1)).centres().data(), run.bridge().centres().data());
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesSettingsOutOfRange() {
            var fit = LightBridge.between(NOISE, OTHER);
            assertMessage("epsilon must be > 0 and finite, was 0.0", () -> fit.epsilon(0));
            assertMessage("epsilon must be > 0 and finite, was NaN", () -> fit.epsilon(Double.NaN));
            assertMessage("components must be >= 1, was 0", () -> fit.components(0));
            assertMessage("batch must be >= 1, was 0", () -> fit.batch(0));
            assertMessage("steps must be >= 1, was 0", () -> fit.steps(0));
            assertMessage("rate must be > 0 and finite, was -1.0", () -> fit.rate(-1));
            assertMessage("spread must be > 0 and finite, was 0.0", () -> fit.initialSpread(0));
        }

        @Test
        void refusesEndsOfDifferentDimension() {
            var fit = LightBridge.between(NOISE, Marginal.standardNormal(2));
            assertMessage("a draw of the source must be of shape [1, 2], was [1, 3]", () -> fit.fit(Rng.of(1)));
            assertMessage("target must be of shape [2, 2], was [2, 1]", () -> LightBridge.between(
                    new double[][] {{1, 2}}, new double[][] {{1}, {2}}));
        }

        @Test
        void refusesNotANumber() {
            assertMessage("source[0, 1] must be finite, was NaN", () -> LightBridge.between(
                    new double[][] {{1, Double.NaN}}, new double[][] {{1, 2}}));
        }

        @Test
        void saysWhenTrainingDiverges() {
            var fit = LightBridge.between(NOISE, OTHER).rate(1e6).steps(200);
            var failure = assertThrows(IllegalStateException.class, () -> fit.fit(Rng.of(1)));
            assertTrue(failure.getMessage().startsWith("training diverged at step "), failure.getMessage());
        }

        private static void assertMessage(String message, org.junit.jupiter.api.function.Executable call) {
            assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
        }
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = rows.clone();
        java.util.Arrays.setAll(copy, i -> rows[i].clone());
        return copy;
    }
}
