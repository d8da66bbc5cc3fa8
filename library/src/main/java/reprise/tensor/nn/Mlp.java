package reprise.tensor.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import reprise.array.Require;
import reprise.random.Rng;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

/**
 * A multilayer perceptron: affine maps with an activation between them.
 *
 * <p>It can be used with its own parameters, or as a function of one flat parameter vector.
 */
public final class Mlp {
    private final int[] widths;
    private final UnaryOperator<Tensor> activation;
    private final List<Tensor> parameters;

    private Mlp(int[] widths, UnaryOperator<Tensor> activation, List<Tensor> parameters) {
        this.widths = widths;
        this.activation = activation;
        this.parameters = parameters;
    }

    /**
     * A network with weights and biases uniform within 1 / sqrt(inputs of the layer), as PyTorch's Linear has them.
     *
     * @param rng where the weights come from
     * @param activation applied between the layers, not after the last
     * @param widths inputs, hidden widths, outputs; each at least 1
     * @return a network in float64
     * @throws IllegalArgumentException if there are fewer than two widths, or one is below 1
     */
    public static Mlp of(Rng rng, UnaryOperator<Tensor> activation, int... widths) {
        Require.atLeast("number of widths", widths.length, 2);
        for (int width : widths) {
            Require.atLeast("width", width, 1);
        }
        var parameters = new ArrayList<Tensor>();
        for (int l = 1; l < widths.length; l++) {
            double bound = 1 / Math.sqrt(widths[l - 1]);
            parameters.add(drawn(rng, bound, widths[l], widths[l - 1]));
            parameters.add(drawn(rng, bound, widths[l]));
        }
        return new Mlp(widths.clone(), activation, List.copyOf(parameters));
    }

    private static Tensor drawn(Rng rng, double bound, long... shape) {
        return Tensors.uniform(rng, shape).mul(2 * bound).sub(bound).requiresGrad();
    }

    /**
     * The same network in float32.
     *
     * @return a copy with parameters of its own
     */
    public Mlp toFloat() {
        return new Mlp(widths, activation, parameters.stream().map(p -> p.toFloat().requiresGrad()).toList());
    }

    /**
     * The leaves: weight [out, in] and bias [out] of each layer in turn.
     *
     * @return what an optimiser changes
     */
    public List<Tensor> parameters() {
        return parameters;
    }

    /**
     * The number of parameters.
     *
     * @return the length of a flat parameter vector
     */
    public int size() {
        int size = 0;
        for (int l = 1; l < widths.length; l++) {
            size += widths[l] * (widths[l - 1] + 1);
        }
        return size;
    }

    /**
     * The parameters as one vector, in the order of {@link #parameters}.
     *
     * @return shape [size()], a copy that gradients flow through
     */
    public Tensor flat() {
        return Tensors.cat(parameters.stream().map(p -> p.reshape(-1)).toList(), 0);
    }

    /**
     * The outputs.
     *
     * @param x shape [n, inputs], of the parameters' type
     * @return shape [n, outputs]
     * @throws IllegalArgumentException if x has another number of columns; both shapes are named
     * @cost O(n size())
     */
    public Tensor forward(Tensor x) {
        return forward(parameters, x);
    }

    /**
     * The outputs for other parameters: the network as a function of one vector.
     *
     * @param flat shape [size()]
     * @param x shape [n, inputs], of the type of flat
     * @return shape [n, outputs]; differentiable in both
     * @throws IllegalArgumentException if flat has another length, or x another number of columns
     * @cost O(n size())
     */
    public Tensor forward(Tensor flat, Tensor x) {
        if (!Arrays.equals(flat.shape(), new long[] {size()})) {
            throw new IllegalArgumentException(
                    "flat must be of shape [" + size() + "], was " + Arrays.toString(flat.shape()));
        }
        var parts = new ArrayList<Tensor>();
        long start = 0;
        for (int l = 1; l < widths.length; l++) {
            long in = widths[l - 1];
            long out = widths[l];
            parts.add(flat.narrow(0, start, in * out).reshape(out, in));
            parts.add(flat.narrow(0, start + in * out, out));
            start += out * (in + 1);
        }
        return forward(parts, x);
    }

    private Tensor forward(List<Tensor> weights, Tensor x) {
        Tensor h = x;
        for (int l = 0; l < weights.size(); l += 2) {
            h = h.linear(weights.get(l), weights.get(l + 1));
            if (l + 2 < weights.size()) {
                h = activation.apply(h);
            }
        }
        return h;
    }
}
