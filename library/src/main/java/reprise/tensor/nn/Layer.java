package reprise.tensor.nn;

import java.util.List;
import java.util.function.UnaryOperator;
import reprise.tensor.Tensor;

/**
 * A function of weights and an input, which owns neither: a {@link Network} holds the weights.
 *
 * <pre>{@code
 * Layer layer = Layer.chain(Linear.of(2, 64), Layer.of(Tensor::tanh), Linear.of(64, 1));
 * Network net = Network.of(layer, rng);
 * }</pre>
 *
 * <p>A layer of one's own implements the two methods, as a record of its sizes.
 */
public interface Layer {
    /**
     * The tensors that it needs.
     *
     * @return one description each, in the order in which {@link #apply} takes them
     */
    List<Weight> weights();

    /**
     * Computes the output.
     *
     * @param weights tensors as {@link #weights} describes them
     * @param x the input
     * @param pass training or use
     * @return the output, differentiable in weights and input
     * @throws IllegalArgumentException if the input does not fit; the shapes are named
     */
    Tensor apply(List<Tensor> weights, Tensor x, Pass pass);

    /**
     * A function without weights, such as an activation.
     *
     * @param f from input to output
     * @return the layer
     */
    static Layer of(UnaryOperator<Tensor> f) {
        return new Activation(f);
    }

    /**
     * Layers one after the other.
     *
     * @param layers from the first to the last; none is the identity
     * @return the layer
     */
    static Layer chain(Layer... layers) {
        return new Chain(List.of(layers));
    }

    /**
     * x plus what a layer makes of it.
     *
     * @param layer its output has its input's shape
     * @return the layer
     */
    static Layer residual(Layer layer) {
        return new Residual(layer);
    }
}
