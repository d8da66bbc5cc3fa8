package reprise.tensor.nn;

import java.util.List;
import java.util.Optional;
import reprise.array.Require;
import reprise.source.Source;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

/**
 * Multi-head attention of a sequence to itself, [n, length, width], or to another. Weights: for queries, keys and
 * values together [3 width, width] and [3 width], and for the output [width, width] and [width].
 *
 * @param width of a token; a multiple of heads
 * @param heads how many parts a token is cut into
 * @param causal whether a token sees only itself and those before it
 */
@Source(arxiv = "1706.03762", at = "Section 3.2")
public record Attention(int width, int heads, boolean causal) implements Layer {
    /** Checks the sizes. */
    public Attention {
        Require.atLeast("heads", heads, 1);
        Require.atLeast("width", width, 1);
        if (width % heads != 0) {
            throw new IllegalArgumentException("width must be a multiple of heads, was " + width + " and " + heads);
        }
    }

    /**
     * Every token sees every other.
     *
     * @param width of a token, a multiple of heads
     * @param heads at least 1
     * @return the layer
     * @throws IllegalArgumentException if width is no multiple of heads
     */
    public static Attention of(int width, int heads) {
        return new Attention(width, heads, false);
    }

    /**
     * With tokens that see only themselves and those before them.
     *
     * @return a copy
     */
    public Attention asCausal() {
        return new Attention(width, heads, true);
    }

    /**
     * softmax(q k' / sqrt(d)) v over the last two dimensions; dimensions before them broadcast.
     *
     * @param queries shape [..., n, d]
     * @param keys shape [..., m, d]
     * @param values shape [..., m, k]
     * @param mask booleans that broadcast to [..., n, m], true where a query sees a key; empty for everywhere. A query
     *     that sees nothing gives NaN
     * @return shape [..., n, k]
     * @throws IllegalArgumentException if the shapes do not fit; they are named
     * @cost O(n m (d + k)) time, O(n m) memory
     */
    @Source(arxiv = "1706.03762", at = "Eq. 1")
    public static Tensor scaledDotProduct(Tensor queries, Tensor keys, Tensor values, Optional<Tensor> mask) {
        Tensor scores = queries.matmul(keys.t()).div(Math.sqrt(queries.size(-1)));
        Tensor seen = mask.isEmpty()
                ? scores
                : mask.get().where(scores, Tensors.scalar(Double.NEGATIVE_INFINITY));
        return seen.softmax(-1).matmul(values);
    }

    @Override
    public List<Weight> weights() {
        Initialiser zero = Initialiser.constant(0);
        return List.of(
                Weight.trained(Initialiser.xavierUniform(1), 3 * width, width),
                Weight.trained(zero, 3 * width),
                Weight.trained(Initialiser.fanIn(), width, width),
                Weight.trained(zero, width));
    }

    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        return attend(weights, x, x, Optional.empty());
    }

    /**
     * Lets one sequence look at another.
     *
     * @param weights as {@link #weights} describes them
     * @param x who looks, shape [n, length, width]
     * @param memory what is looked at, shape [n, m, width]
     * @param mask booleans that broadcast to [n, heads, length, m], true where something is seen; empty for everywhere
     * @return shape [n, length, width]
     * @throws IllegalArgumentException if the shapes do not fit; they are named
     * @cost O(n length m width + n (length + m) width^2)
     */
    public Tensor attend(List<Tensor> weights, Tensor x, Tensor memory, Optional<Tensor> mask) {
        Tensor q = projected(weights, x, 0);
        Tensor k = projected(weights, memory, 1);
        Tensor v = projected(weights, memory, 2);
        Optional<Tensor> seen = mask;
        if (causal) {
            Tensor before = Tensors.ones(x.size(1), memory.size(1)).tril().gt(Tensors.scalar(0));
            seen = Optional.of(mask.isEmpty() ? before : before.where(mask.get(), before));
        }
        Tensor mixed = scaledDotProduct(q, k, v, seen).transpose(1, 2).reshape(x.size(0), x.size(1), width);
        return mixed.linear(weights.get(2), weights.get(3));
    }

    /** Queries, keys or values, shape [n, heads, length, width / heads]. */
    private Tensor projected(List<Tensor> weights, Tensor x, int part) {
        Tensor w = weights.get(0).narrow(0, (long) part * width, width);
        Tensor b = weights.get(1).narrow(0, (long) part * width, width);
        return x.linear(w, b).reshape(x.size(0), x.size(1), heads, width / heads).transpose(1, 2);
    }
}
