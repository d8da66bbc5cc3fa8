package reprise.tensor.nn;

import reprise.array.Require;
import reprise.source.Source;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

/** Losses: means over all examples, each a single number. */
public final class Losses {
    private Losses() {}

    /**
     * The mean of (prediction - target)^2.
     *
     * @param prediction any shape
     * @param target a shape that broadcasts with it
     * @return a single number
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    public static Tensor mse(Tensor prediction, Tensor target) {
        return prediction.sub(target).square().mean();
    }

    /**
     * The mean of r^2 / 2 where the residual r is at most delta, and of delta (|r| - delta / 2) elsewhere.
     *
     * @param prediction any shape
     * @param target a shape that broadcasts with it
     * @param delta where the square ends, above 0
     * @return a single number
     * @throws IllegalArgumentException if delta is not above 0, or the shapes do not broadcast
     */
    @Source(text = "P. Huber, Robust estimation of a location parameter, 1964", at = "Section 3")
    public static Tensor huber(Tensor prediction, Tensor target, double delta) {
        Require.positive("delta", delta);
        Tensor r = prediction.sub(target).abs();
        Tensor inside = r.clamp(0, delta);
        // Inside both are r: r^2 / 2. Outside: delta^2 / 2 + delta (|r| - delta).
        return inside.square().mul(0.5).add(r.sub(inside).mul(delta)).mean();
    }

    /**
     * The mean of -log softmax(logits)[label].
     *
     * @param logits shape [n, classes]
     * @param labels integers from 0, shape [n]
     * @return a single number, in nats
     * @throws IllegalArgumentException if a label is outside, or there are not n of them
     */
    public static Tensor crossEntropy(Tensor logits, Tensor labels) {
        if (labels.shape().length != 1 || labels.size(0) != logits.size(0)) {
            throw new IllegalArgumentException("labels must be of shape [" + logits.size(0) + "], was "
                    + java.util.Arrays.toString(labels.shape()));
        }
        return logits.logSoftmax(-1).gather(1, labels.unsqueeze(1)).mean().neg();
    }

    /**
     * The mean of -y log s(z) - (1 - y) log(1 - s(z)) for the logistic function s, without overflow:
     * max(z, 0) - y z + log(1 + exp(-|z|)).
     *
     * @param logits z, any shape
     * @param targets y between 0 and 1, a shape that broadcasts with it
     * @return a single number, in nats
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    public static Tensor binaryCrossEntropy(Tensor logits, Tensor targets) {
        // softplus(z) - y z, written so that the derivative at 0 is that of the logistic function.
        return logits.neg().softplus().add(logits).sub(logits.mul(targets)).mean();
    }

    /**
     * The divergence KL(p | q) = sum p (log p - log q) over the last dimension, and its mean over the others.
     *
     * @param logP logarithms of probabilities; minus infinity, for a share of 0, counts nothing
     * @param logQ logarithms of probabilities, of the same shape
     * @return a single number, in nats
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    public static Tensor kl(Tensor logP, Tensor logQ) {
        Tensor zero = Tensors.scalar(0);
        Tensor some = logP.gt(Tensors.scalar(Double.NEGATIVE_INFINITY));
        Tensor difference = some.where(logP, zero).sub(some.where(logQ, zero));
        return some.where(logP.exp(), zero).mul(difference).sum(-1).mean();
    }
}
