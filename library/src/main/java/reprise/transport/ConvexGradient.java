package reprise.transport;

import java.util.List;
import reprise.array.Require;
import reprise.source.Source;
import reprise.tensor.Tensor;
import reprise.tensor.nn.Initialiser;
import reprise.tensor.nn.Layer;
import reprise.tensor.nn.Pass;
import reprise.tensor.nn.Weight;

/**
 * The gradient of a convex network with one hidden layer, {@code s |x|^2 / 2 + sum_k v_k softplus(a_k . x + b_k)} with
 * weights s and v above 0: {@code s x + sum_k v_k sigmoid(a_k . x + b_k) a_k}. An optimal map for the squared distance
 * whatever the parameters are.
 *
 * @param d coordinates
 * @param units hidden units
 */
@Source(arxiv = "1609.07152", at = "fully input convex networks")
record ConvexGradient(int d, int units) implements Layer {
    ConvexGradient {
        Require.atLeast("d", d, 1);
        Require.atLeast("units", units, 1);
    }

    @Override
    public List<Weight> weights() {
        return List.of(Weight.trained(Initialiser.normal(1), units, d), Weight.trained(Initialiser.normal(1), units),
                Weight.trained(Initialiser.constant(-2), units), Weight.trained(Initialiser.constant(0), 1));
    }

    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        Tensor a = weights.get(0);
        Tensor hidden = x.linear(a, weights.get(1)).sigmoid().mul(weights.get(2).softplus());
        return hidden.matmul(a).add(x.mul(weights.get(3).softplus()));
    }
}
