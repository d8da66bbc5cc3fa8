package reprise.tensor.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.tensor.Grad;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

class LossesTest {
    private static final double EXACT = 1e-15;

    @Nested
    class ClosedForm {
        @Test
        void meanSquareIsTheMeanOfSquares() {
            assertEquals(5, Losses.mse(Tensors.of(1, 5), Tensors.of(2, 2)).item());
        }

        @Test
        void huberIsASquareInsideAndALineOutside() {
            Tensor r = Tensors.of(-0.5, 2, -3).requiresGrad();
            Tensor loss = Losses.huber(r, Tensors.scalar(0), 1.5);
            assertEquals((0.125 + 1.5 * 1.25 + 1.5 * 2.25) / 3, loss.item(), EXACT);
            assertArrayEquals(new double[] {-0.5 / 3, 0.5, -0.5}, Grad.of(loss, r).toDoubles(), EXACT);
        }

        @Test
        void crossEntropyIsMinusTheLogShareOfTheLabel() {
            Tensor logits = Tensors.of(new double[][] {{0, Math.log(3)}, {Math.log(4), 0}});
            Tensor loss = Losses.crossEntropy(logits, Tensors.indices(1, 1));
            assertEquals((Math.log(4 / 3.0) + Math.log(5)) / 2, loss.item(), EXACT);
        }

        @Test
        void binaryCrossEntropyIsItsFormulaAndDoesNotOverflow() {
            double z = 0.7;
            double share = 1 / (1 + Math.exp(-z));
            double expected = -0.3 * Math.log(share) - 0.7 * Math.log(1 - share);
            assertEquals(expected, Losses.binaryCrossEntropy(Tensors.of(z), Tensors.of(0.3)).item(), EXACT);
            Tensor far = Tensors.of(-800, 800, 0).requiresGrad();
            Tensor loss = Losses.binaryCrossEntropy(far, Tensors.of(1, 0, 1));
            assertEquals((800 + 800 + Math.log(2)) / 3, loss.item(), 1e-12);
            assertArrayEquals(new double[] {-1 / 3.0, 1 / 3.0, -1 / 6.0}, Grad.of(loss, far).toDoubles(), EXACT);
        }

        @Test
        void divergenceOfCoinsIsItsFormula() {
            Tensor p = Tensors.of(new double[][] {{0.2, 0.8}, {0.5, 0.5}}).log();
            Tensor q = Tensors.of(new double[][] {{0.5, 0.5}, {0.5, 0.5}}).log();
            double expected = (0.2 * Math.log(0.4) + 0.8 * Math.log(1.6)) / 2;
            assertEquals(expected, Losses.kl(p, q).item(), EXACT);
        }

        @Test
        void sharesOfZeroCountNothingInTheDivergence() {
            Tensor p = Tensors.of(0, 1).log();
            Tensor q = Tensors.of(Math.log(0.5), Math.log(0.5)).requiresGrad();
            Tensor loss = Losses.kl(p, q);
            assertEquals(Math.log(2), loss.item(), EXACT);
            assertArrayEquals(new double[] {0, -1}, Grad.of(loss, q).toDoubles(), EXACT);
        }
    }

    @Nested
    class Invariance {
        @Test
        void logitsMayAllBeMoved() {
            Tensor logits = Tensors.of(new double[][] {{1, 2, -1}});
            Tensor label = Tensors.indices(2);
            assertEquals(Losses.crossEntropy(logits, label).item(),
                    Losses.crossEntropy(logits.add(500), label).item(), 1e-13);
        }
    }

    @Nested
    class BadInput {
        private void refuses(String words, Runnable bad) {
            var e = assertThrows(IllegalArgumentException.class, bad::run);
            assertTrue(e.getMessage().contains(words), e.getMessage());
        }

        @Test
        void namesWhatIsWrong() {
            Tensor three = Tensors.zeros(3);
            refuses("[3] and [2]", () -> Losses.mse(three, Tensors.zeros(2)));
            refuses("delta must", () -> Losses.huber(three, three, 0));
            refuses("labels must be of shape [2], was [3]",
                    () -> Losses.crossEntropy(Tensors.zeros(2, 4), Tensors.indices(0, 1, 2)));
            refuses("gather", () -> Losses.crossEntropy(Tensors.zeros(1, 4), Tensors.indices(4)));
        }
    }
}
