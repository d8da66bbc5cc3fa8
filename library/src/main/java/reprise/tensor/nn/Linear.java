package reprise.tensor.nn;

import java.util.List;
import reprise.array.Require;
import reprise.tensor.Tensor;

/**
 * x W' + b over the last dimension. Weights: W [out, in] and b [out].
 *
 * @param in inputs
 * @param out outputs
 * @param initial how W begins
 * @param bias how b begins
 */
public record Linear(int in, int out, Initialiser initial, Initialiser bias) implements Layer {
    /** Checks the sizes. */
    public Linear {
        Require.atLeast("in", in, 1);
        Require.atLeast("out", out, 1);
    }

    /**
     * With weights and biases uniform within 1 / sqrt(in), as PyTorch's begin.
     *
     * @param in inputs, at least 1
     * @param out outputs, at least 1
     * @return the layer
     * @throws IllegalArgumentException if a size is below 1
     */
    public static Linear of(int in, int out) {
        double bound = 1 / Math.sqrt(Require.atLeast("in", in, 1));
        return new Linear(in, out, Initialiser.uniform(bound), Initialiser.uniform(bound));
    }

    /**
     * With weights that begin otherwise, and biases at zero.
     *
     * @param weights how W begins
     * @return a copy
     */
    public Linear initial(Initialiser weights) {
        return new Linear(in, out, weights, Initialiser.constant(0));
    }

    @Override
    public List<Weight> weights() {
        return List.of(Weight.trained(initial, out, in), Weight.trained(bias, out));
    }

    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        return x.linear(weights.get(0), weights.get(1));
    }
}
