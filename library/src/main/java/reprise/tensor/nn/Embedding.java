package reprise.tensor.nn;

import java.util.Arrays;
import java.util.List;
import reprise.array.Require;
import reprise.tensor.Tensor;

/**
 * A vector for each of a number of words. Weight: [count, width], at first standard normal.
 *
 * @param count how many words
 * @param width the length of a vector
 */
public record Embedding(int count, int width) implements Layer {
    /** Checks the sizes. */
    public Embedding {
        Require.atLeast("count", count, 1);
        Require.atLeast("width", width, 1);
    }

    @Override
    public List<Weight> weights() {
        return List.of(Weight.trained(Initialiser.normal(1), count, width));
    }

    /**
     * Looks vectors up.
     *
     * @param weights the table
     * @param x integers, any shape, see {@link reprise.tensor.Tensors#indices}
     * @param pass not looked at
     * @return shape of x, and [width] after it
     * @throws IllegalArgumentException if an index is outside
     */
    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        long[] shape = Arrays.copyOf(x.shape(), x.shape().length + 1);
        shape[shape.length - 1] = width;
        return weights.get(0).indexSelect(0, x.reshape(-1)).reshape(shape);
    }
}
