package reprise.bench;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import reprise.random.Rng;
import reprise.tensor.Adam;
import reprise.tensor.Grad;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;
import reprise.tensor.nn.Network;

/** Training steps of a network 2-64-64-1 in single precision. One call makes {@link #STEPS} steps, without checksum. */
final class TensorJobs {
    static final int STEPS = 200;

    private TensorJobs() {}

    static DoubleSupplier regression() {
        Network net = network();
        Tensor x = Tensors.normal(Rng.of(2), 128, 2).toFloat();
        Tensor y = Tensors.normal(Rng.of(3), 128, 1).toFloat();
        return steps(net, () -> net.forward(x).sub(y).square().mean());
    }

    /** The loss holds the second derivative in the second coordinate. */
    static DoubleSupplier physicsInformed() {
        Network net = network();
        Tensor points = Tensors.uniform(Rng.of(4), 1024, 2).toFloat();
        return steps(net, () -> {
            Tensor leaf = points.requiresGrad();
            Tensor first = Grad.of(net.forward(leaf).sum(), List.of(leaf), true).get(0).select(1, 0);
            Tensor second = Grad.of(first.sum(), List.of(leaf), true).get(0).select(1, 0);
            return second.add(1).square().mean();
        });
    }

    private static Network network() {
        return Network.mlp(Rng.of(1), Tensor::tanh, 2, 64, 64, 1).toFloat();
    }

    private static DoubleSupplier steps(Network net, Supplier<Tensor> loss) {
        var adam = Adam.of(net.parameters(), 1e-3);
        return () -> {
            for (int i = 0; i < STEPS; i++) {
                adam.step(loss);
            }
            return 0;
        };
    }
}
