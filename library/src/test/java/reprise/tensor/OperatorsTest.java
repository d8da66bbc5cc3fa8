package reprise.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.random.Rng;

/** Every operator against a plain loop, and its first and second derivative against central differences. */
class OperatorsTest {
    /** In float64 a few units in the last place of values near 1. */
    private static final double EXACT = 1e-13;

    private static final double[] AWAY_FROM_KINKS = {0.3, 0.7, 1.4, 2.2, 0.9, 1.8};

    record Op(String name, UnaryOperator<Tensor> torch, DoubleUnaryOperator plain) {
        @Override
        public String toString() {
            return name;
        }
    }

    record Map(String name, UnaryOperator<Tensor> torch) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Op> pointwise() {
        return Stream.of(
                new Op("neg", Tensor::neg, v -> -v),
                new Op("exp", Tensor::exp, Math::exp),
                new Op("log", Tensor::log, Math::log),
                new Op("log1p", Tensor::log1p, Math::log1p),
                new Op("expm1", Tensor::expm1, Math::expm1),
                new Op("sqrt", Tensor::sqrt, Math::sqrt),
                new Op("square", Tensor::square, v -> v * v),
                new Op("abs", Tensor::abs, Math::abs),
                new Op("sin", Tensor::sin, Math::sin),
                new Op("cos", Tensor::cos, Math::cos),
                new Op("tanh", Tensor::tanh, Math::tanh),
                new Op("sigmoid", Tensor::sigmoid, v -> 1 / (1 + Math.exp(-v))),
                new Op("relu", Tensor::relu, v -> Math.max(v, 0)),
                new Op("softplus", Tensor::softplus, v -> Math.log1p(Math.exp(v))),
                new Op("silu", Tensor::silu, v -> v / (1 + Math.exp(-v))),
                new Op("reciprocal", Tensor::reciprocal, v -> 1 / v),
                new Op("pow", t -> t.pow(2.5), v -> Math.pow(v, 2.5)),
                new Op("clamp", t -> t.clamp(0.5, 1.5), v -> Math.min(1.5, Math.max(0.5, v))),
                new Op("add", t -> t.add(2), v -> v + 2),
                new Op("sub", t -> t.sub(2), v -> v - 2),
                new Op("mul", t -> t.mul(3), v -> v * 3),
                new Op("div", t -> t.div(3), v -> v / 3));
    }

    static Stream<Map> differentiable() {
        var fixed = new double[][] {{1, 0.5, -0.2}, {0.3, 2, 0.7}};
        return Stream.concat(
                pointwise().map(op -> new Map(op.name, op.torch)),
                Stream.of(
                        new Map("erf", Tensor::erf),
                        new Map("gelu", Tensor::gelu),
                        new Map("lgamma", Tensor::lgamma),
                        new Map("mul by itself transposed", t -> t.matmul(t.t())),
                        new Map("div by tensor", t -> Tensors.of(fixed).div(t)),
                        new Map("sum", t -> t.sum(0)),
                        new Map("mean", t -> t.mean(1, true).mul(t)),
                        new Map("var", t -> t.var(1)),
                        new Map("norm", Tensor::norm),
                        new Map("amax", t -> t.amax(1)),
                        new Map("logsumexp", t -> t.logsumexp(1)),
                        new Map("softmax", t -> t.softmax(1)),
                        new Map("logSoftmax", t -> t.logSoftmax(0)),
                        new Map("cumsum", t -> t.cumsum(1)),
                        new Map("sort", t -> t.sort(1, false).values()),
                        new Map("topk", t -> t.topk(2, 1).values()),
                        new Map("flip", t -> t.flip(1)),
                        new Map("indexSelect", t -> t.indexSelect(1, Tensors.indices(2, 0, 2))),
                        new Map("where", t -> t.gt(Tensors.scalar(1)).where(t.square(), t.exp())),
                        new Map("tril", Tensor::tril),
                        new Map("solve", t -> spd(t).solve(Tensors.of(1, 2))),
                        new Map("inv", t -> spd(t).inv()),
                        new Map("cholesky", t -> spd(t).cholesky()),
                        new Map("logdet", t -> spd(t).logdet())));
    }

    private static Tensor spd(Tensor t) {
        return t.matmul(t.t()).add(Tensors.eye(2));
    }

    private static Tensor at(double[] values) {
        return Tensors.of(values).reshape(2, 3);
    }

    @ParameterizedTest
    @MethodSource("pointwise")
    void equalsAPlainLoop(Op op) {
        double[] expected = Arrays.stream(AWAY_FROM_KINKS).map(op.plain).toArray();
        assertArrayEquals(expected, op.torch.apply(at(AWAY_FROM_KINKS)).toDoubles(), 20 * EXACT);
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void gradientEqualsCentralDifferences(Map op) {
        UnaryOperator<Tensor> loss = x -> weighted(op.torch.apply(x));
        Tensor x = at(AWAY_FROM_KINKS).requiresGrad();
        double[] gradient = Grad.of(loss.apply(x), x).toDoubles();
        assertArrayEquals(differences(loss), gradient, tolerance(gradient));
    }

    @ParameterizedTest
    @MethodSource("differentiable")
    void secondGradientEqualsCentralDifferencesOfTheFirst(Map op) {
        UnaryOperator<Tensor> loss = x -> weighted(op.torch.apply(x));
        Tensor direction = Tensors.of(1, -2, 0.5, 0.3, 1, -1).reshape(2, 3);
        double[] hv = Grad.hvp(loss, at(AWAY_FROM_KINKS), direction).toDoubles();
        UnaryOperator<Tensor> slope = x -> {
            Tensor leaf = x.requiresGrad();
            return Grad.of(loss.apply(leaf), leaf).mul(direction).sum();
        };
        assertArrayEquals(differences(slope), hv, tolerance(hv));
    }

    /** Steps of 1e-5: truncation 1e-10 and rounding 1e-11, both times derivatives of size up to 100. */
    private static double tolerance(double[] scale) {
        return 2e-8 * (1 + Arrays.stream(scale).map(Math::abs).max().orElse(0));
    }

    private static Tensor weighted(Tensor y) {
        return y.reshape(-1).mul(Tensors.arange((int) y.numel()).add(1)).sum();
    }

    private static double[] differences(UnaryOperator<Tensor> f) {
        double h = 1e-5;
        double[] slopes = new double[AWAY_FROM_KINKS.length];
        for (int i = 0; i < slopes.length; i++) {
            double[] up = AWAY_FROM_KINKS.clone();
            double[] down = AWAY_FROM_KINKS.clone();
            up[i] += h;
            down[i] -= h;
            slopes[i] = (f.apply(at(up)).item() - f.apply(at(down)).item()) / (2 * h);
        }
        return slopes;
    }

    @Nested
    class ClosedForm {
        @Test
        void broadcastsARowOverAColumn() {
            double[][] sum = Tensors.of(1, 2).reshape(2, 1).add(Tensors.of(10, 20, 30)).toRows();
            assertArrayEquals(new double[] {11, 21, 31}, sum[0]);
            assertArrayEquals(new double[] {12, 22, 32}, sum[1]);
        }

        @Test
        void hessianOfAQuadraticTimesAVectorIsTheMatrixTimesIt() {
            Tensor a = Tensors.of(new double[][] {{2, 1}, {1, 5}});
            UnaryOperator<Tensor> f = x -> x.matmul(a.matmul(x)).mul(0.5);
            assertArrayEquals(
                    new double[] {5, 16}, Grad.hvp(f, Tensors.of(7, -4), Tensors.of(1, 3)).toDoubles(), EXACT * 10);
        }

        @Test
        void jacobianProductsFromBothSidesAgreeWithTheJacobian() {
            UnaryOperator<Tensor> f = x -> Tensors.of(new double[][] {{1, 2, 3}, {4, 5, 6}}).matmul(x.square());
            Tensor x = Tensors.of(1, 2, 3);
            double[][] jacobian = Grad.jacobian(f, x).toRows();
            assertArrayEquals(new double[] {2, 8, 18}, jacobian[0], EXACT * 10);
            assertArrayEquals(new double[] {8, 20, 36}, jacobian[1], EXACT * 10);
            assertArrayEquals(new double[] {2, 8}, Grad.jvp(f, x, Tensors.of(1, 0, 0)).toDoubles(), EXACT * 10);
            assertArrayEquals(new double[] {8, 20, 36}, Grad.vjp(f, x, Tensors.of(0, 1)).toDoubles(), EXACT * 10);
        }

        @Test
        void hessianOfALinearFunctionIsZero() {
            assertArrayEquals(new double[2], Grad.hvp(Tensor::sum, Tensors.of(1, 2), Tensors.of(1, 1)).toDoubles());
        }

        @Test
        void normalsComeFromTheStreamAlone() {
            double[] expected = new double[6];
            Rng.of(3).fillNormal(expected);
            assertArrayEquals(expected, Tensors.normal(Rng.of(3), 2, 3).toDoubles());
        }

        @Test
        void float32KeepsSevenDigits() {
            Tensor third = Tensors.of(1.0 / 3).toFloat();
            assertTrue(third.isFloat());
            assertEquals(1.0 / 3, third.item(), 2e-8);
            assertTrue(third.item() != 1.0 / 3);
        }

        @Test
        void noGradLeavesNoHistory() {
            Tensor x = Tensors.of(1, 2).requiresGrad();
            Tensor y = Tensors.noGrad(() -> x.square().sum());
            assertThrows(IllegalArgumentException.class, () -> Grad.of(y, x));
        }

        @Test
        void stridedViewsComeBackInOrder() {
            Tensor t = Tensors.arange(6).reshape(2, 3).t();
            assertArrayEquals(new double[] {0, 3, 1, 4, 2, 5}, t.toDoubles());
            assertArrayEquals(new double[] {1, 4}, t.select(0, 1).toDoubles());
        }
    }

    @Nested
    class BadInput {
        @Test
        void namesBothShapes() {
            Tensor a = Tensors.zeros(2, 3);
            Tensor b = Tensors.zeros(4, 5);
            for (Runnable bad : new Runnable[] {() -> a.add(b), () -> a.matmul(b)}) {
                var e = assertThrows(IllegalArgumentException.class, bad::run);
                assertTrue(e.getMessage().contains("[2, 3] and [4, 5]"), e.getMessage());
                assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
            }
        }

        @Test
        void refusesASingularMatrix() {
            assertThrows(IllegalArgumentException.class, () -> Tensors.zeros(2, 2).solve(Tensors.of(1, 2)));
        }

        @Test
        void refusesTheLargestOfNothing() {
            assertThrows(IllegalArgumentException.class, () -> Tensors.zeros(0).max());
            assertEquals(0, Tensors.zeros(0).sum().item());
        }

        @Test
        void keepsNaNVisible() {
            assertTrue(Double.isNaN(Tensors.of(-1, 1).log().sum().item()));
        }

        @Test
        void refusesTheGradientOfAVector() {
            Tensor x = Tensors.of(1, 2).requiresGrad();
            var e = assertThrows(IllegalArgumentException.class, () -> Grad.of(x.exp(), x));
            assertTrue(e.getMessage().contains("[2]"));
        }
    }
}
