package reprise.tensor.nn;

import java.util.List;
import reprise.tensor.Tensor;

/** x plus what a layer makes of it. */
record Residual(Layer inner) implements Layer {
    @Override
    public List<Weight> weights() {
        return inner.weights();
    }

    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        return x.add(inner.apply(weights, x, pass));
    }
}
