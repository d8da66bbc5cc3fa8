package reprise.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Derivatives of tensors, of any order.
 *
 * <p>Where a result does not depend on a tensor, its derivative is zero.
 */
public final class Grad {
    private Grad() {}

    /**
     * The gradient of a number.
     *
     * @param loss one entry
     * @param x a leaf, see {@link Tensor#requiresGrad}, or anything computed from one
     * @return the shape of x
     * @throws IllegalArgumentException if loss has more entries than one, or no history
     * @cost two to three times that of computing the loss
     */
    public static Tensor of(Tensor loss, Tensor x) {
        return of(loss, List.of(x), false).get(0);
    }

    /**
     * The gradients of a number.
     *
     * @param loss one entry
     * @param xs what to differentiate with respect to
     * @param createGraph whether the gradients shall be differentiated again
     * @return one for each of xs, of its shape
     * @throws IllegalArgumentException if loss has more entries than one, or no history
     * @cost two to three times that of computing the loss
     */
    public static List<Tensor> of(Tensor loss, List<Tensor> xs, boolean createGraph) {
        if (loss.numel() != 1) {
            throw new IllegalArgumentException(
                    "loss must have one entry, had shape " + Arrays.toString(loss.shape()));
        }
        return pull(loss, xs, List.of(), createGraph);
    }

    private static List<Tensor> pull(Tensor y, List<Tensor> xs, List<Tensor> weights, boolean createGraph) {
        var inputs = new ArrayList<Tensor>(List.of(y));
        inputs.addAll(xs);
        inputs.addAll(weights);
        return Native.guarded("gradient", () -> Native.backward(() -> {
            try (var outputs = Native.vector(List.of(y));
                    var variables = Native.vector(xs);
                    var seeds = Native.vector(weights);
                    var keepGraph = new BoolOptional(true);
                    TensorVector gradients =
                            torch.grad(outputs, variables, seeds, keepGraph, createGraph, true)) {
                var raws = new ArrayList<org.bytedeco.pytorch.Tensor>();
                for (int i = 0; i < xs.size(); i++) {
                    var part = gradients.get(i);
                    // libtorch's symbolic zeros have no memory to read.
                    boolean real = part.defined() && !part._is_zerotensor();
                    raws.add(real ? new org.bytedeco.pytorch.Tensor(part) : torch.zeros_like(xs.get(i).raw));
                }
                return raws;
            }
        }), inputs.toArray(Tensor[]::new)).stream().map(Tensor::new).toList();
    }

    /**
     * The product of a vector with the Jacobian: the gradient of sum(v f(x)).
     *
     * @param f the function
     * @param x where; need not be a leaf
     * @param v the shape of f(x)
     * @return the shape of x
     * @throws IllegalArgumentException if the shapes of v and f(x) differ
     */
    public static Tensor vjp(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
        return Tensors.scope(() -> {
            Tensor leaf = x.requiresGrad();
            return pull(f.apply(leaf), List.of(leaf), List.of(v), false).get(0);
        });
    }

    /**
     * The product of the Jacobian with a vector: the derivative of f at x in the direction u, by differentiating the
     * reverse product, which is linear in its weights.
     *
     * @param f the function, twice differentiable by its operators
     * @param x where; need not be a leaf
     * @param u the shape of x
     * @return the shape of f(x)
     * @throws IllegalArgumentException if the shapes of u and x differ
     */
    public static Tensor jvp(UnaryOperator<Tensor> f, Tensor x, Tensor u) {
        return Tensors.scope(() -> {
            Tensor leaf = x.requiresGrad();
            Tensor y = f.apply(leaf);
            Tensor weight = y.detach().mul(0).requiresGrad();
            Tensor g = pull(y, List.of(leaf), List.of(weight), true).get(0);
            return pull(g, List.of(weight), List.of(u), false).get(0);
        });
    }

    /**
     * The product of the Hessian with a vector (B. Pearlmutter, Neural Computation 6, 1994).
     *
     * @param f a function with one value
     * @param x where; need not be a leaf
     * @param v the shape of x
     * @return the shape of x
     * @throws IllegalArgumentException if f(x) has more entries than one, or the shapes of v and x differ
     * @cost about five times that of f
     */
    public static Tensor hvp(UnaryOperator<Tensor> f, Tensor x, Tensor v) {
        return Tensors.scope(() -> {
            Tensor leaf = x.requiresGrad();
            Tensor g = of(f.apply(leaf), List.of(leaf), true).get(0);
            // A linear f has a gradient without history: its Hessian is zero.
            return g.hasHistory() ? pull(g, List.of(leaf), List.of(v), false).get(0) : leaf.detach().mul(0);
        });
    }

    /**
     * The Jacobian of a function from vectors to vectors.
     *
     * @param f the function, from shape [n] to shape [m]
     * @param x where, shape [n]; need not be a leaf
     * @return shape [m, n]
     * @cost m backward passes
     */
    public static Tensor jacobian(UnaryOperator<Tensor> f, Tensor x) {
        return Tensors.scope(() -> {
            Tensor leaf = x.requiresGrad();
            return perExample(f.apply(leaf), leaf);
        });
    }

    /**
     * The gradient of each example's loss.
     *
     * @param losses shape [n]
     * @param x what to differentiate with respect to
     * @return shape [n, shape of x]
     * @throws IllegalArgumentException if losses has not one dimension, or no entries
     * @cost n backward passes
     */
    public static Tensor perExample(Tensor losses, Tensor x) {
        if (losses.shape().length != 1 || losses.numel() == 0) {
            throw new IllegalArgumentException(
                    "losses must have one dimension and an entry, had shape " + Arrays.toString(losses.shape()));
        }
        return Tensors.scope(() -> {
            var rows = new ArrayList<Tensor>();
            for (int i = 0; i < losses.numel(); i++) {
                rows.add(of(losses.select(0, i), x));
            }
            return Tensors.stack(rows, 0);
        });
    }
}
