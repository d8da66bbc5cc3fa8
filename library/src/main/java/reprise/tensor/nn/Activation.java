package reprise.tensor.nn;

import java.util.List;
import java.util.function.UnaryOperator;
import reprise.tensor.Tensor;

/** A function without weights. */
record Activation(UnaryOperator<Tensor> function) implements Layer {
    @Override
    public List<Weight> weights() {
        return List.of();
    }

    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        return function.apply(x);
    }
}
