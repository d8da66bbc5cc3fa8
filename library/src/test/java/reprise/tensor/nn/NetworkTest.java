package reprise.tensor.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.optim.Lbfgs;
import reprise.random.Rng;
import reprise.tensor.Adam;
import reprise.tensor.Grad;
import reprise.tensor.Objective;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

class NetworkTest {
    private static final double EXACT = 1e-13;

    private final Network net = Network.mlp(Rng.of(1), Tensor::tanh, 2, 5, 3);
    private final Tensor x = Tensors.normal(Rng.of(2), 4, 2);

    @Nested
    class ClosedForm {
        @Test
        void countsItsParameters() {
            assertEquals(5 * 3 + 3 * 6, net.size());
            assertEquals(4, net.parameters().size());
            assertArrayEquals(new long[] {3, 5}, net.parameters().get(2).shape());
            assertEquals(0, Network.of(Layer.of(Tensor::exp), Rng.of(1)).values().length);
        }

        @Test
        void equalsTheLoopsOfAPerceptron() {
            double[] t = net.values();
            double[][] y = net.forward(x).toRows();
            double[][] in = x.toRows();
            for (int n = 0; n < 4; n++) {
                for (int o = 0; o < 3; o++) {
                    double sum = t[30 + o];
                    for (int h = 0; h < 5; h++) {
                        double a = t[2 * h] * in[n][0] + t[2 * h + 1] * in[n][1] + t[10 + h];
                        sum += t[15 + 5 * o + h] * Math.tanh(a);
                    }
                    assertEquals(sum, y[n][o], EXACT);
                }
            }
        }

        @Test
        void isAFunctionOfItsFlatParameters() {
            assertArrayEquals(net.forward(x).toDoubles(), net.forward(net.flat(), x).toDoubles(), 0);
            double[] own = Grad.of(net.forward(x).square().sum(), net.parameters().get(0)).toDoubles();
            Tensor flat = net.flat().requiresGrad();
            Tensor all = Grad.of(net.forward(flat, x).square().sum(), flat);
            assertArrayEquals(own, all.narrow(0, 0, 10).toDoubles(), EXACT);
        }

        @Test
        void perExampleGradientsAreThoseOfTheExamplesAlone() {
            Tensor theta = net.flat().requiresGrad();
            double[][] all = Grad.perExample(net.forward(theta, x).square().sum(1), theta).toRows();
            for (int i = 0; i < 4; i++) {
                Tensor one = net.forward(theta, x.narrow(0, i, 1)).square().sum();
                assertArrayEquals(Grad.of(one, theta).toDoubles(), all[i], EXACT);
            }
        }

        @Test
        void productsWithTheJacobianAgreeWithIt() {
            Tensor theta = net.flat().detach();
            Tensor jacobian = Grad.jacobian(t -> net.forward(t, x).reshape(-1), theta);
            Tensor u = Tensors.normal(Rng.of(3), net.size());
            Tensor v = Tensors.normal(Rng.of(4), 12);
            assertArrayEquals(jacobian.matmul(u).toDoubles(),
                    Grad.jvp(t -> net.forward(t, x).reshape(-1), theta, u).toDoubles(), EXACT * 10);
            assertArrayEquals(v.matmul(jacobian).toDoubles(),
                    Grad.vjp(t -> net.forward(t, x).reshape(-1), theta, v).toDoubles(), EXACT * 10);
        }

        @Test
        void comesBackFromWhatItSaved() {
            Layer layer = Layer.chain(Linear.of(2, 3), BatchNorm.of(3), new Dropout(0.5), Linear.of(3, 1));
            var first = Network.of(layer, Rng.of(1));
            first.train(x, Rng.of(5));
            var second = Network.of(layer, Rng.of(2));
            second.load(first.save());
            assertArrayEquals(first.forward(x).toDoubles(), second.forward(x).toDoubles(), 0);
            assertEquals(first.size() + 6, first.save().length);
            second.assign(new double[second.size()]);
            assertArrayEquals(new double[4], second.forward(x).toDoubles(), 0);
        }

        @Test
        void assignChangesTheLeavesThatAnOptimiserHolds() {
            var leaves = net.parameters();
            net.assign(new double[net.size()]);
            assertEquals(0, leaves.get(0).norm().item());
            Adam.of(leaves, 0.1).step(() -> net.forward(x).sub(1).square().mean());
            // Only the last bias has a gradient there; it moves by the rate.
            double[] moved = net.values();
            assertArrayEquals(new double[] {0.1, 0.1, 0.1}, Arrays.copyOfRange(moved, 30, 33), 1e-6);
            assertEquals(0, Arrays.stream(moved, 0, 30).map(Math::abs).max().orElseThrow());
        }
    }

    @Nested
    class Agreement {
        @Test
        void theSameSeedGivesTheSameNetwork() {
            assertArrayEquals(net.values(), Network.mlp(Rng.of(1), Tensor::tanh, 2, 5, 3).values());
            assertTrue(!Arrays.equals(net.values(), Network.mlp(Rng.of(2), Tensor::tanh, 2, 5, 3).values()));
        }

        @Test
        void limitedMemoryBfgsFitsALine() {
            var line = Network.of(Linear.of(1, 1), Rng.of(1));
            Tensor at = Tensors.of(0, 1, 2, 3).reshape(4, 1);
            Tensor y = Tensors.of(1, 3, 5, 8).reshape(4, 1);
            var loss = Objective.of(theta -> Losses.mse(line.forward(theta, at), y));
            // Least squares: slope 11.5 / 5, intercept 4.25 - 1.5 slope.
            double[] best = Lbfgs.of(loss::value, loss::gradient).tolerance(1e-10).minimise(line.values()).x();
            assertArrayEquals(new double[] {2.3, 0.8}, best, 1e-9);
        }
    }

    @Nested
    class Initialisers {
        private double[] drawn(Initialiser rule, long... shape) {
            return rule.draw(Rng.of(9), shape).toDoubles();
        }

        private double variance(double[] values) {
            return Arrays.stream(values).map(v -> v * v).average().orElseThrow();
        }

        /** Fans of 3 kernel entries times 100 in and 50 out; 15 000 draws, so 5 % are four standard errors. */
        @Test
        void haveTheVarianceOfTheirPapers() {
            double both = 2 / 450.0;
            double in = 2 / 300.0;
            Map<Initialiser, Double> expected = Map.of(
                    Initialiser.xavier(1.5), 2.25 * both,
                    Initialiser.xavierUniform(1.5), 2.25 * both,
                    Initialiser.kaiming(), in,
                    Initialiser.kaimingUniform(), in,
                    Initialiser.fanIn(), 1 / 900.0,
                    Initialiser.normal(0.2), 0.04,
                    Initialiser.uniform(0.3), 0.03);
            expected.forEach((rule, variance) -> {
                double[] values = drawn(rule, 50, 100, 3);
                assertEquals(variance, variance(values), 0.05 * variance);
                assertEquals(0, Arrays.stream(values).average().orElseThrow(), 4 * Math.sqrt(variance / values.length));
            });
            assertArrayEquals(new double[] {0.5, 0.5}, drawn(Initialiser.constant(0.5), 2));
        }

        @Test
        void uniformOnesStayWithinTheirBounds() {
            double most = Arrays.stream(drawn(Initialiser.kaimingUniform(), 50, 6)).map(Math::abs).max().orElseThrow();
            assertTrue(most <= 1 && most > 0.97, "most " + most);
            double xavier = Arrays.stream(drawn(Initialiser.xavierUniform(1), 3, 3)).map(Math::abs).max().orElseThrow();
            assertTrue(xavier <= 1, "most " + xavier);
        }

        @Test
        void orthogonalHasOrthonormalRowsOrColumns() {
            for (long[] shape : new long[][] {{3, 5}, {5, 3}, {4, 4}, {3, 2, 2}}) {
                Tensor w = Initialiser.orthogonal(2).draw(Rng.of(1), shape).reshape(shape[0], -1);
                Tensor gram = w.size(0) <= w.size(1) ? w.matmul(w.t()) : w.t().matmul(w);
                Tensor four = Tensors.eye((int) gram.size(0)).mul(4);
                assertEquals(0, gram.sub(four).norm().item(), 1e-13);
            }
        }

        /** Of a uniform orthogonal matrix every entry is as often below zero; LAPACK's own signs are not so. */
        @Test
        void orthogonalIsUniform() {
            Rng rng = Rng.of(4);
            int positive = 0;
            for (int i = 0; i < 400; i++) {
                positive += Initialiser.orthogonal(1).draw(rng, 3, 3).select(0, 0).select(0, 0).item() > 0 ? 1 : 0;
            }
            // Four standard deviations of 400 coins.
            assertEquals(200, positive, 40);
        }
    }

    @Nested
    class BadInput {
        @Test
        void namesWhatIsWrong() {
            refuses("number of widths", () -> Network.mlp(Rng.of(1), Tensor::tanh, 3));
            refuses("in must", () -> Network.mlp(Rng.of(1), Tensor::tanh, 0, 3));
            refuses("flat must be of shape [33], was [4]", () -> net.forward(Tensors.zeros(4), x));
            refuses("values must be of shape [33], was [2]", () -> net.assign(1, 2));
            refuses("saved must be of shape [33], was [2]", () -> net.load(1, 2));
            refuses("sd must", () -> Initialiser.normal(0));
            refuses("bound must", () -> Initialiser.uniform(-1));
            refuses("value must", () -> Initialiser.constant(Double.NaN));
            refuses("gain must", () -> Initialiser.orthogonal(0));
            refuses("had shape [3]", () -> Initialiser.kaiming().draw(Rng.of(1), 3));
            refuses("values must be of shape [2], was [3]", () -> Tensors.zeros(2).assign(Tensors.zeros(3)));
        }

        private void refuses(String words, Runnable bad) {
            var e = assertThrows(IllegalArgumentException.class, bad::run);
            assertTrue(e.getMessage().contains(words), e.getMessage());
        }
    }

    @Test
    void aListOfLayersIsAValue() {
        assertEquals(List.of(Norm.layer(3), new Dropout(0.1)), List.of(Norm.layer(3), new Dropout(0.1)));
    }
}
