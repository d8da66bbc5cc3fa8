package reprise.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.random.Rng;

/** What tensors do beyond their operators, which {@link OperatorTableTest} goes through one by one. */
class TensorTest {
    /** In float64 a few units in the last place of values near 1. */
    private static final double EXACT = 1e-13;

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
        void softplusIsExactWhereItIsNearlyTheIdentity() {
            Tensor x = Tensors.of(21, 30, 39, 700, -50).requiresGrad();
            Tensor y = x.softplus().sub(x);
            double[] expected = {Math.exp(-21), Math.exp(-30), Math.exp(-39), 0, 50};
            // Half a unit in the last place of 39.
            assertArrayEquals(expected, y.toDoubles(), 4e-15);
            double[] slope = Grad.of(y.sum(), x).toDoubles();
            assertArrayEquals(new double[] {-7.58e-10, -9.4e-14, 0, 0, -1}, slope, 5e-13);
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
