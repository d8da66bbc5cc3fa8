package reprise.tensor.nn;

import java.util.List;
import reprise.tensor.Tensor;

/** Layers one after the other. */
record Chain(List<Layer> layers) implements Layer {
    @Override
    public List<Weight> weights() {
        return layers.stream().flatMap(layer -> layer.weights().stream()).toList();
    }

    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        Tensor h = x;
        int start = 0;
        for (Layer layer : layers) {
            int end = start + layer.weights().size();
            h = layer.apply(weights.subList(start, end), h, pass);
            start = end;
        }
        return h;
    }
}
