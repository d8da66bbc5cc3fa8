package reprise.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import reprise.random.Rng;
import reprise.tensor.nn.Network;

class AdamTest {
    /** m / sqrt(v) is g / |g| after the bias corrections; epsilon 1e-8 against gradients of 2 and more. */
    @Test
    void firstStepIsTheRateTimesTheSign() {
        Tensor x = Tensors.of(1, -3).requiresGrad();
        Tensor y = Tensors.of(2).requiresGrad();
        Adam.of(List.of(x, y), 0.1).step(() -> x.square().sum().add(y.square().sum()));
        assertArrayEquals(new double[] {0.9, -2.9}, x.toDoubles(), 1e-9);
        assertArrayEquals(new double[] {1.9}, y.toDoubles(), 1e-9);
    }

    @Test
    void followsTheRecursionOfThePaperInPlainJava() {
        Tensor x = Tensors.of(1, -3).requiresGrad();
        var adam = Adam.of(List.of(x), 0.05).betas(0.8, 0.95).weightDecay(0.1);
        double[] p = {1, -3};
        double[] m = new double[2];
        double[] v = new double[2];
        for (int t = 1; t <= 20; t++) {
            adam.step(() -> x.pow(4).sum());
            for (int i = 0; i < 2; i++) {
                double g = 4 * Math.pow(p[i], 3);
                p[i] *= 1 - 0.05 * 0.1;
                m[i] = 0.8 * m[i] + 0.2 * g;
                v[i] = 0.95 * v[i] + 0.05 * g * g;
                p[i] -= 0.05 * m[i] / (1 - Math.pow(0.8, t)) / (Math.sqrt(v[i] / (1 - Math.pow(0.95, t))) + 1e-8);
            }
        }
        // Twenty steps of rounding.
        assertArrayEquals(p, x.toDoubles(), 1e-12);
    }

    @Test
    void networkIsAFunctionOfItsFlatParameters() {
        var net = Network.mlp(Rng.of(1), Tensor::tanh, 2, 5, 3);
        Tensor x = Tensors.normal(Rng.of(2), 4, 2);
        assertArrayEquals(net.forward(x).toDoubles(), net.forward(net.flat(), x).toDoubles(), 0);
        double[] one = Grad.of(net.forward(x).square().sum(), net.parameters().get(0)).toDoubles();
        Tensor flat = net.flat().requiresGrad();
        Tensor all = Grad.of(net.forward(flat, x).square().sum(), flat);
        assertArrayEquals(one, all.narrow(0, 0, 10).toDoubles(), 1e-13);
    }

    @Test
    void networkLearnsAProduct() {
        var net = Network.mlp(Rng.of(1), Tensor::tanh, 2, 32, 1);
        Tensor x = Tensors.normal(Rng.of(2), 128, 2);
        Tensor y = x.select(1, 0).mul(x.select(1, 1)).unsqueeze(1);
        var adam = Adam.of(net.parameters(), 1e-2);
        double first = adam.step(() -> net.forward(x).sub(y).square().mean());
        double last = first;
        for (int i = 0; i < 500; i++) {
            last = adam.step(() -> net.forward(x).sub(y).square().mean());
        }
        assertTrue(last < 0.02 * first, first + " to " + last);
    }

    @Test
    void refusesNoParametersAndABadRate() {
        assertThrows(IllegalArgumentException.class, () -> Adam.of(List.of(), 0.1));
        assertThrows(IllegalArgumentException.class, () -> Adam.of(List.of(Tensors.of(1)), 0));
    }
}
