package reprise.tensor.nn;

import java.util.List;
import reprise.array.Require;
import reprise.source.Source;
import reprise.tensor.Tensor;

/**
 * Entries brought to a common size over the last dimension, then scaled by trained gains.
 *
 * @param kind which
 * @param width the size of the last dimension
 * @param epsilon added to the mean square under the root
 */
public record Norm(Kind kind, int width, double epsilon) implements Layer {
    /** Whether the mean is taken away first. */
    public enum Kind {
        /** (x - mean) / sqrt(variance + epsilon), with gains and shifts [width]. */
        LAYER,
        /** x / sqrt(mean square + epsilon), with gains [width]. */
        ROOT_MEAN_SQUARE
    }

    /** Checks the sizes. */
    public Norm {
        Require.atLeast("width", width, 1);
        Require.positive("epsilon", epsilon);
    }

    /**
     * Layer normalisation.
     *
     * @param width the size of the last dimension, at least 1
     * @return the layer, with epsilon 1e-5
     * @throws IllegalArgumentException if the width is below 1
     */
    @Source(arxiv = "1607.06450", at = "Eq. 4")
    public static Norm layer(int width) {
        return new Norm(Kind.LAYER, width, 1e-5);
    }

    /**
     * Normalisation by the root mean square.
     *
     * @param width the size of the last dimension, at least 1
     * @return the layer, with epsilon 1e-5
     * @throws IllegalArgumentException if the width is below 1
     */
    @Source(arxiv = "1910.07467", at = "Eq. 4")
    public static Norm rootMeanSquare(int width) {
        return new Norm(Kind.ROOT_MEAN_SQUARE, width, 1e-5);
    }

    @Override
    public List<Weight> weights() {
        Weight gain = Weight.trained(Initialiser.constant(1), width);
        return kind == Kind.LAYER ? List.of(gain, Weight.trained(Initialiser.constant(0), width)) : List.of(gain);
    }

    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        Tensor centred = kind == Kind.LAYER ? x.sub(x.mean(-1, true)) : x;
        Tensor scaled = centred.div(centred.square().mean(-1, true).add(epsilon).sqrt()).mul(weights.get(0));
        return kind == Kind.LAYER ? scaled.add(weights.get(1)) : scaled;
    }
}
