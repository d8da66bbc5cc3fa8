package reprise.tensor.nn;

import java.util.Arrays;
import java.util.List;
import reprise.array.Require;
import reprise.source.Source;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

/**
 * Each channel brought to mean 0 and variance 1, then scaled and shifted by trained numbers. Channels are dimension 1,
 * as in [n, channels] or [n, channels, height, width].
 *
 * <p>Training takes mean and variance from the batch, and keeps running ones: running = (1 - momentum) running +
 * momentum batch, with the variance divided by count - 1. Use takes the running ones. Weights: gains and shifts
 * [channels], and the running mean and variance, which are not trained.
 *
 * @param channels the size of dimension 1
 * @param momentum how much of the batch goes into the running numbers
 * @param epsilon added to the variance under the root
 */
@Source(arxiv = "1502.03167", at = "Algorithms 1 and 2")
public record BatchNorm(int channels, double momentum, double epsilon) implements Layer {
    /** Checks the sizes. */
    public BatchNorm {
        Require.atLeast("channels", channels, 1);
        Require.inside("momentum", momentum, 0, 1);
        Require.positive("epsilon", epsilon);
    }

    /**
     * With momentum 0.1 and epsilon 1e-5.
     *
     * @param channels the size of dimension 1, at least 1
     * @return the layer
     * @throws IllegalArgumentException if channels is below 1
     */
    public static BatchNorm of(int channels) {
        return new BatchNorm(channels, 0.1, 1e-5);
    }

    @Override
    public List<Weight> weights() {
        return List.of(
                Weight.trained(Initialiser.constant(1), channels),
                Weight.trained(Initialiser.constant(0), channels),
                Weight.kept(Initialiser.constant(0), channels),
                Weight.kept(Initialiser.constant(1), channels));
    }

    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        long[] column = new long[x.shape().length - 1];
        Arrays.fill(column, 1);
        column[0] = channels;
        Tensor mean = weights.get(2);
        Tensor variance = weights.get(3);
        if (pass.rng().isPresent()) {
            Tensor lines = x.transpose(0, 1).reshape(channels, -1);
            long count = lines.size(1);
            if (count < 2) {
                throw new IllegalArgumentException(
                        "batch must hold two values a channel, had shape " + Arrays.toString(x.shape()));
            }
            mean = lines.mean(1);
            variance = lines.sub(mean.unsqueeze(1)).square().mean(1);
            remember(weights.get(2), mean);
            remember(weights.get(3), variance.mul(count / (count - 1.0)));
        }
        Tensor scaled = x.sub(mean.reshape(column)).div(variance.add(epsilon).sqrt().reshape(column));
        return scaled.mul(weights.get(0).reshape(column)).add(weights.get(1).reshape(column));
    }

    private void remember(Tensor running, Tensor batch) {
        Tensors.noGrad(() -> {
            running.assign(running.mul(1 - momentum).add(batch.mul(momentum)));
            return running;
        });
    }
}
