package reprise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.backend.SoftSum;
import reprise.density.KernelDensity;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.random.Rng;

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
}
