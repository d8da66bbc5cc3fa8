package reprise.backend.torch;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reprise.backend.Backend;
import reprise.backend.Cost;
import reprise.backend.SoftSumContract;
import reprise.random.Rng;

class TorchSingleSoftSumTest implements SoftSumContract {
    @Override
    public Backend backend() {
        return new TorchBackend.Single();
    }

    /** What the backend promises, beside what float64 may miss. */
    @Override
    public double tolerance(double exponent) {
        return 1e-4 + SoftSumContract.super.tolerance(exponent);
    }

    @Test
    void reallyUsesFloat32() {
        var x = Rng.of(1).normal(50, 3);
        double[] w = new double[50];
        double[] exact = new TorchBackend().softSum(x, x, Cost.squaredDistance()).logSum(w, 1);
        double[] near = backend().softSum(x, x, Cost.squaredDistance()).logSum(w, 1);
        double most = 0;
        for (int i = 0; i < 50; i++) {
            most = Math.max(most, Math.abs(exact[i] - near[i]));
        }
        assertTrue(most > 1e-9, "off by " + most);
    }
}
