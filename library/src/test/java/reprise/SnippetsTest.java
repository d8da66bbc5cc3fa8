package reprise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.backend.SoftSum;
import reprise.density.KernelDensity;
import reprise.optim.Lbfgs;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.random.Rng;
import reprise.tensor.Adam;
import reprise.tensor.Clip;
import reprise.tensor.Grad;
import reprise.tensor.Objective;
import reprise.tensor.Schedule;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;
import reprise.tensor.nn.Layer;
import reprise.tensor.nn.Linear;
import reprise.tensor.nn.Losses;
import reprise.tensor.nn.Network;

/** The examples of the Javadoc, compiled and run. */
class SnippetsTest {
    @AfterEach
    void useDefault() {
        Backends.useDefault();
    }

    @Test
    void rng() {
        Rng rng = Rng.of(7);
        Dense data = rng.split("data").normal(1_000, 20);
        double noise = rng.split("noise").split(3).normal();
        assertEquals(1_000, data.rows());
        assertTrue(Double.isFinite(noise));
    }

    @Test
    void tasks() {
        double[] squares = new double[1_000];
        Tasks.forRange(1_000, i -> squares[i] = i * i);
        assertEquals(81, squares[9]);
    }

    @Test
    void progress() {
        try (var progress = Progress.over("Sweep", 1_000)) {
            for (int i = 0; i < 1_000; i++) {
                progress.tick();
            }
            assertTrue(progress.ended());
        }
    }

    @Test
    void backends() {
        Backends.use("nd4j");
        String name = Backends.current().name();
        assertEquals("nd4j", name);
    }

    @Test
    void softSum() {
        Dense x = Rng.of(1).normal(5, 2);
        Dense y = Rng.of(2).normal(7, 2);
        double[] logWeights = new double[7];
        double h = 0.5;
        SoftSum sums = Backends.current().softSum(x, y, Cost.squaredDistance());
        double[] logSum = sums.logSum(logWeights, 2 * h * h);
        assertEquals(5, logSum.length);
    }

    @Test
    void kernelDensity() {
        double[][] y = {{0, 1}, {2, 3}};
        double[][] x = {{1, 1}};
        var kde = KernelDensity.gaussian(y).bandwidth(0.7);
        double[] logp = kde.logDensity(x);
        assertTrue(logp[0] < 0);
    }

    @Test
    void tensor() {
        Tensor x = Tensors.of(new double[] {1, 2, 3}).requiresGrad();
        Tensor loss = x.square().sum();
        double[] gradient = Grad.of(loss, x).toDoubles();
        assertArrayEquals(new double[] {2, 4, 6}, gradient);
    }

    @Test
    void network() {
        Rng rng = Rng.of(1);
        Tensor x = Tensors.normal(Rng.of(2), 5, 2);
        Network net = Network.mlp(rng, Tensor::tanh, 2, 6, 1);
        Tensor y = net.forward(x);
        double[][] jacobian = Grad.jacobian(theta -> net.forward(theta, x).reshape(-1), net.flat()).toRows();
        assertEquals(5, y.numel());
        assertEquals(net.size(), jacobian[4].length);
        Layer layer = Layer.chain(Linear.of(2, 64), Layer.of(Tensor::tanh), Linear.of(64, 1));
        assertEquals(2 * 64 + 64 + 64 + 1, Network.of(layer, rng).size());
    }

    @Test
    void training() {
        Network net = Network.mlp(Rng.of(1), Tensor::tanh, 1, 8, 1);
        Tensor x = Tensors.of(-1, 0, 1).reshape(3, 1);
        Tensor y = x.square();
        double before = Losses.mse(net.forward(x), y).item();
        var adam = Adam.of(net.parameters(), 1e-2).clip(Clip.norm(1)).schedule(Schedule.cosine(1e-2, 0, 100).warmUp(5));
        double loss = before;
        for (int i = 0; i < 100; i++) {
            loss = adam.step(() -> Losses.mse(net.forward(x), y));
        }
        assertTrue(loss < before, before + " to " + loss);
        var objective = Objective.of(theta -> Losses.mse(net.forward(theta, x), y));
        double[] best = Lbfgs.of(objective::value, objective::gradient).iterations(500).minimise(net.values()).x();
        assertTrue(objective.value(best) < loss);
    }
}
