package reprise.tensor.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.random.Rng;
import reprise.tensor.Grad;
import reprise.tensor.Objective;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

/** Layers against plain Java, and their gradients against central differences. */
class LayersTest {
    /** Float64 sums of a few dozen terms of size 1. */
    private static final double EXACT = 1e-13;

    record Case(String name, Layer layer, Tensor x) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Tensor input(long... shape) {
        return Tensors.normal(Rng.of(7).split("input"), shape);
    }

    static Stream<Case> layers() {
        return Stream.of(
                new Case("linear", Linear.of(3, 2), input(4, 3)),
                new Case("convolution on a line", Convolution.line(2, 3, 2).padding(1), input(2, 2, 5)),
                new Case("convolution on a plane", Convolution.plane(2, 2, 2).stride(2), input(2, 2, 4, 4)),
                new Case("layer norm", Norm.layer(4), input(3, 4)),
                new Case("rms norm", Norm.rootMeanSquare(4), input(3, 4)),
                new Case("batch norm", BatchNorm.of(3), input(5, 3)),
                new Case("embedding", new Embedding(4, 2), Tensors.indices(3, 0, 3)),
                new Case("attention", Attention.of(4, 2), input(2, 3, 4)),
                new Case("causal attention", Attention.of(4, 1).asCausal(), input(2, 3, 4)),
                new Case("tanh cell", Recurrent.tanh(2, 3), input(2, 4, 2)),
                new Case("gru", Recurrent.gru(2, 3), input(2, 4, 2)),
                new Case("lstm", Recurrent.lstm(2, 3), input(2, 4, 2)),
                new Case("chain", Layer.chain(Linear.of(3, 3), Layer.residual(Layer.of(Tensor::tanh))), input(4, 3)));
    }

    private static UnaryOperator<Tensor> loss(Network net, Tensor x) {
        return theta -> {
            Tensor y = net.forward(theta, x).reshape(-1);
            return y.mul(y.mul(0.3).add(1)).mul(Tensors.arange((int) y.numel()).add(1)).sum();
        };
    }

    /** Steps of 1e-5: truncation and rounding of 1e-10 relative to values up to 1000. */
    @ParameterizedTest
    @MethodSource("layers")
    void gradientInAllParametersEqualsCentralDifferences(Case c) {
        var net = Network.of(c.layer, Rng.of(3));
        var objective = Objective.of(loss(net, c.x));
        double[] theta = net.values();
        double[] gradient = objective.gradient(theta);
        double size = 1 + Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < theta.length; i++) {
            double[] up = theta.clone();
            double[] down = theta.clone();
            up[i] += 1e-5;
            down[i] -= 1e-5;
            double slope = (objective.value(up) - objective.value(down)) / 2e-5;
            assertEquals(slope, gradient[i], 2e-8 * size, "parameter " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void secondGradientEqualsCentralDifferencesOfTheFirst(Case c) {
        var net = Network.of(c.layer, Rng.of(3));
        var objective = Objective.of(loss(net, c.x));
        double[] theta = net.values();
        double[] v = new double[theta.length];
        Arrays.setAll(v, i -> Math.cos(2 * i + 1));
        double[] hv = Grad.hvp(loss(net, c.x), Tensors.of(theta), Tensors.of(v)).toDoubles();
        double[] up = theta.clone();
        double[] down = theta.clone();
        for (int i = 0; i < v.length; i++) {
            up[i] += 1e-5 * v[i];
            down[i] -= 1e-5 * v[i];
        }
        double[] above = objective.gradient(up);
        double[] below = objective.gradient(down);
        double size = 1 + Arrays.stream(hv).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < v.length; i++) {
            assertEquals((above[i] - below[i]) / 2e-5, hv[i], 2e-8 * size, "parameter " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void worksInFloat32(Case c) {
        var net = Network.of(c.layer, Rng.of(3));
        Tensor single = c.layer instanceof Embedding ? c.x : c.x.toFloat();
        Tensor y = net.toFloat().forward(single);
        assertTrue(y.isFloat());
        // Roundings of 6e-8 through some dozens of operations.
        assertArrayEquals(net.forward(c.x).toDoubles(), y.toDoubles(), 2e-5);
    }

    @Nested
    class ClosedForm {
        private final Pass use = Pass.use();

        @Test
        void linearIsAMatrixAndAShift() {
            var y = Linear.of(2, 1).apply(List.of(Tensors.of(2, 3).reshape(1, 2), Tensors.of(5)),
                    Tensors.of(1, 10).reshape(1, 2), use);
            assertEquals(37, y.item());
        }

        @Test
        void convolutionsHavePaddingAndStride() {
            Tensor line = Convolution.line(1, 1, 3).padding(1).stride(2).apply(
                    List.of(Tensors.of(1, 10, 100).reshape(1, 1, 3), Tensors.of(0.5)),
                    Tensors.of(1, 2, 3, 4).reshape(1, 1, 4), use);
            assertArrayEquals(new double[] {210.5, 432.5}, line.toDoubles(), EXACT * 1000);
            Tensor plane = Convolution.plane(1, 1, 2).apply(
                    List.of(Tensors.of(1, 10, 100, 1000).reshape(1, 1, 2, 2), Tensors.of(0)),
                    Tensors.of(1, 2, 3, 4).reshape(1, 1, 2, 2), use);
            assertEquals(4321, plane.item(), EXACT * 10_000);
        }

        @Test
        void layerNormTakesMeanAndVarianceOfEachRow() {
            Tensor y = Norm.layer(2).apply(
                    List.of(Tensors.of(2, 3), Tensors.of(10, 20)), Tensors.of(1, 5).reshape(1, 2), use);
            double z = 2 / Math.sqrt(4 + 1e-5);
            assertArrayEquals(new double[] {10 - 2 * z, 20 + 3 * z}, y.toDoubles(), EXACT * 10);
        }

        @Test
        void rmsNormTakesNoMean() {
            Tensor y = Norm.rootMeanSquare(2).apply(List.of(Tensors.of(1, 2)), Tensors.of(1, 7).reshape(1, 2), use);
            assertArrayEquals(new double[] {1 / Math.sqrt(25 + 1e-5), 14 / Math.sqrt(25 + 1e-5)}, y.toDoubles(), EXACT);
        }

        @Test
        void batchNormTrainsOnTheBatchAndIsUsedWithWhatItRemembers() {
            var net = Network.of(new BatchNorm(1, 0.25, 1e-5), Rng.of(1));
            Tensor x = Tensors.of(1, 3, 5, 7).reshape(2, 1, 2);
            double z = 1 / Math.sqrt(5 + 1e-5);
            assertArrayEquals(new double[] {-3 * z, -z, z, 3 * z}, net.train(x, Rng.of(1)).toDoubles(), EXACT);
            // Mean 4 and variance 20 / 3 of four values, a quarter of them on top of 0 and 1.
            assertArrayEquals(new double[] {1, 0, 1, 0.75 + 5 / 3.0}, net.save(), EXACT);
            double[] used = net.forward(x).toDoubles();
            double s = 1 / Math.sqrt(0.75 + 5 / 3.0 + 1e-5);
            assertArrayEquals(new double[] {0, 2 * s, 4 * s, 6 * s}, used, EXACT);
            assertEquals(2, net.size());
        }

        @Test
        void dropoutKeepsTheMeanAndIsOffInUse() {
            var net = Network.of(new Dropout(0.25), Rng.of(1));
            Tensor x = Tensors.ones(100_000);
            double[] y = net.train(x, Rng.of(2)).toDoubles();
            double kept = Arrays.stream(y).filter(v -> v != 0).count() / 1e5;
            // Four standard deviations of a share: 4 sqrt(0.25 * 0.75 / 1e5).
            assertEquals(0.75, kept, 0.0055);
            assertTrue(Arrays.stream(y).allMatch(v -> v == 0 || Math.abs(v - 4 / 3.0) < EXACT));
            assertArrayEquals(y, net.train(x, Rng.of(2)).toDoubles());
            assertArrayEquals(x.toDoubles(), net.forward(x).toDoubles());
        }

        @Test
        void embeddingLooksRowsUp() {
            Tensor y = new Embedding(3, 2).apply(List.of(Tensors.of(1, 2, 3, 4, 5, 6).reshape(3, 2)),
                    Tensors.indices(2, 0, 0, 1).reshape(2, 2), use);
            assertArrayEquals(new long[] {2, 2, 2}, y.shape());
            assertArrayEquals(new double[] {5, 6, 1, 2, 1, 2, 3, 4}, y.toDoubles());
        }

        @Test
        void attentionIsASoftmaxWeightedMean() {
            Tensor q = Tensors.of(2, 0).reshape(1, 2);
            Tensor k = Tensors.of(1, 5, 3, -1).reshape(2, 2);
            Tensor v = Tensors.of(10, 20).reshape(2, 1);
            double p = 1 / (1 + Math.exp(4 / Math.sqrt(2)));
            double mean = 10 * p + 20 * (1 - p);
            assertEquals(mean, Attention.scaledDotProduct(q, k, v, Optional.empty()).item(), EXACT * 100);
            Tensor first = Tensors.of(1, 0).gt(Tensors.scalar(0)).reshape(1, 2);
            assertEquals(10, Attention.scaledDotProduct(q, k, v, Optional.of(first)).item());
        }

        /** Heads of width 1, all projections the identity: each head attends by itself. */
        @Test
        void headsAttendByThemselves() {
            Tensor one = Tensors.eye(2);
            var weights = List.of(Tensors.cat(List.of(one, one, one), 0), Tensors.zeros(6), one, Tensors.of(0, 100));
            double[][] x = {{1, -1}, {2, 0.5}};
            double[] y = Attention.of(2, 2).apply(weights, Tensors.of(x).reshape(1, 2, 2), use).toDoubles();
            for (int i = 0; i < 2; i++) {
                for (int h = 0; h < 2; h++) {
                    double a = Math.exp(x[i][h] * x[0][h]);
                    double b = Math.exp(x[i][h] * x[1][h]);
                    double mean = (a * x[0][h] + b * x[1][h]) / (a + b) + 100 * h;
                    assertEquals(mean, y[2 * i + h], EXACT * 100);
                }
            }
        }

        @Test
        void causalAttentionDoesNotSeeWhatComesLater() {
            var net = Network.of(Attention.of(4, 2).asCausal(), Rng.of(1));
            Tensor x = input(1, 5, 4);
            Tensor changed = Tensors.cat(List.of(x.narrow(1, 0, 3), x.narrow(1, 3, 2).add(1)), 1);
            double[] before = net.forward(x).narrow(1, 0, 3).toDoubles();
            assertArrayEquals(before, net.forward(changed).narrow(1, 0, 3).toDoubles());
            assertTrue(net.forward(x).select(1, 4).sub(net.forward(changed).select(1, 4)).norm().item() > 1e-3);
        }

        @Test
        void aMaskAndCausalityBothHide() {
            var layer = Attention.of(2, 1).asCausal();
            Tensor one = Tensors.eye(2);
            var weights = List.of(Tensors.cat(List.of(one, one, one), 0), Tensors.zeros(6), one, Tensors.zeros(2));
            Tensor x = input(1, 3, 2);
            Tensor notTheFirst = Tensors.of(1, 1, 1, 0, 1, 1, 0, 1, 1).reshape(3, 3).gt(Tensors.scalar(0));
            Tensor y = layer.attend(weights, x, x, Optional.of(notTheFirst));
            assertArrayEquals(x.narrow(1, 0, 2).toDoubles(), y.narrow(1, 0, 2).toDoubles(), EXACT);
        }

        private double s(double v) {
            return 1 / (1 + Math.exp(-v));
        }

        /** Cells of one number, so that every formula fits on a line. */
        @Test
        void cellsFollowTheirFormulas() {
            double[] x = {0.7, -0.4};
            double[] w = {0.5, -1.2, 0.8, 0.3};
            double[] u = {1.1, 0.6, -0.7, 0.9};
            double[] b = {0.1, 0.2, -0.3, 0.4};
            double[] c = {-0.2, 0.15, 0.25, -0.35};
            double plain = 0;
            double gru = 0;
            double h = 0;
            double cell = 0;
            for (double v : x) {
                plain = Math.tanh(w[0] * v + b[0] + u[0] * plain + c[0]);
                double r = s(w[0] * v + b[0] + u[0] * gru + c[0]);
                double z = s(w[1] * v + b[1] + u[1] * gru + c[1]);
                double n = Math.tanh(w[2] * v + b[2] + r * (u[2] * gru + c[2]));
                gru = (1 - z) * n + z * gru;
                double[] gates = new double[4];
                for (int k = 0; k < 4; k++) {
                    gates[k] = w[k] * v + b[k] + u[k] * h + c[k];
                }
                cell = s(gates[1]) * cell + s(gates[0]) * Math.tanh(gates[2]);
                h = s(gates[3]) * Math.tanh(cell);
            }
            double[] expected = {plain, gru, h};
            Recurrent[] cells = {Recurrent.tanh(1, 1), Recurrent.gru(1, 1), Recurrent.lstm(1, 1)};
            int[] gates = {1, 3, 4};
            for (int i = 0; i < 3; i++) {
                int g = gates[i];
                var weights = List.of(first(w, g).reshape(g, 1), first(u, g).reshape(g, 1), first(b, g), first(c, g));
                double[] y = cells[i].apply(weights, Tensors.of(x).reshape(1, 2, 1), use).toDoubles();
                assertEquals(expected[i], y[1], EXACT, cells[i].kind().toString());
            }
        }

        private Tensor first(double[] values, int count) {
            return Tensors.of(Arrays.copyOf(values, count));
        }
    }

    @Nested
    class BadInput {
        private void refuses(String name, Runnable bad) {
            var e = assertThrows(IllegalArgumentException.class, bad::run);
            assertTrue(e.getMessage().contains(name), e.getMessage());
        }

        @Test
        void namesWhatIsWrong() {
            refuses("in must", () -> Linear.of(0, 1));
            refuses("out must", () -> Linear.of(1, 0));
            refuses("kernel must", () -> Convolution.line(1, 1, 0));
            refuses("stride must", () -> Convolution.plane(1, 1, 1).stride(0));
            refuses("padding must", () -> Convolution.plane(1, 1, 1).padding(-1));
            refuses("dims must", () -> new Convolution(3, 1, 1, 1, 1, 0, Initialiser.fanIn()));
            refuses("width must", () -> Norm.layer(0));
            refuses("epsilon must", () -> new Norm(Norm.Kind.LAYER, 1, 0));
            refuses("channels must", () -> BatchNorm.of(0));
            refuses("momentum must", () -> new BatchNorm(1, 1, 1e-5));
            refuses("share must", () -> new Dropout(1));
            refuses("count must", () -> new Embedding(0, 1));
            refuses("multiple of heads, was 4 and 3", () -> Attention.of(4, 3));
            refuses("hidden must", () -> Recurrent.lstm(1, 0));
        }

        @Test
        void namesTheShapesThatDoNotFit() {
            refuses("[2, 4]", () -> Network.of(Linear.of(3, 2), Rng.of(1)).forward(input(2, 4)));
            refuses("[1, 3, 5]", () -> Network.of(Convolution.line(2, 1, 2), Rng.of(1)).forward(input(1, 3, 5)));
            refuses("[1, 1]", () -> Network.of(BatchNorm.of(1), Rng.of(1)).train(input(1, 1), Rng.of(1)));
            refuses("index", () -> Network.of(new Embedding(2, 2), Rng.of(1)).forward(Tensors.indices(2)));
        }
    }
}
