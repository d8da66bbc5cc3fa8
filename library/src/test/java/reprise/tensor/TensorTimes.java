package reprise.tensor;

import java.util.List;
import java.util.function.Supplier;
import reprise.random.Rng;
import reprise.tensor.nn.Network;

/** Times of the steps that {@code ./reprise bench} compares; run by hand. */
public final class TensorTimes {
    private TensorTimes() {}

    public static void main(String[] args) {
        Network net = Network.mlp(Rng.of(1), Tensor::tanh, 2, 64, 64, 1).toFloat();
        Tensor x = Tensors.normal(Rng.of(2), 128, 2).toFloat();
        Tensor y = Tensors.normal(Rng.of(3), 128, 1).toFloat();
        report("mlp-step", net, () -> net.forward(x).sub(y).square().mean());
        Network pinn = Network.mlp(Rng.of(1), Tensor::tanh, 2, 64, 64, 1).toFloat();
        Tensor points = Tensors.uniform(Rng.of(4), 1024, 2).toFloat();
        report("pinn-step", pinn, () -> {
            Tensor leaf = points.requiresGrad();
            Tensor first = Grad.of(pinn.forward(leaf).sum(), List.of(leaf), true).get(0).select(1, 0);
            Tensor second = Grad.of(first.sum(), List.of(leaf), true).get(0).select(1, 0);
            return second.add(1).square().mean();
        });
    }

    private static void report(String name, Network net, Supplier<Tensor> loss) {
        var adam = Adam.of(net.parameters(), 1e-3);
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                adam.step(loss);
            }
            best = Math.min(best, (System.nanoTime() - start) / 200e6);
        }
        System.out.println(name + " " + best + " ms");
    }
}
