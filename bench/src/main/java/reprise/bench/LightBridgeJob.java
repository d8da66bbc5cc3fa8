package reprise.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import reprise.array.Dense;
import reprise.random.Rng;
import reprise.transport.LightBridge;
import reprise.transport.Marginal;

/** Trains a bridge on the batches of bench/peers/light_peers.py, from the same start; the result is its final loss. */
final class LightBridgeJob {
    static final int COMPONENTS = 500;
    static final int BATCH = 128;
    static final int STEPS = 200;
    static final int HELD_OUT = 2_000;

    private LightBridgeJob() {}

    static DoubleSupplier prepare() {
        double[] x = Data.normal(1, 2 * BATCH * STEPS);
        double[] y = target(2, BATCH * STEPS);
        Dense centres = Dense.of("centres", target(3, COMPONENTS), COMPONENTS, 2);
        Dense heldX = Dense.of("x", Data.normal(4, 2 * HELD_OUT), HELD_OUT, 2);
        Dense heldY = Dense.of("y", target(5, HELD_OUT), HELD_OUT, 2);
        return () -> {
            var run = LightBridge.between(batches(x, heldX), batches(y, centres)).epsilon(0.1)
                    .components(COMPONENTS).batch(BATCH).rate(1e-3).initialSpread(0.1).start(Rng.of(1));
            run.advance(STEPS);
            return run.bridge().loss(heldX, heldY);
        };
    }

    /** Two clouds. */
    private static double[] target(long seed, int n) {
        double[] y = Data.normal(seed, 2 * n);
        Arrays.setAll(y, i -> 0.5 * y[i] + (i / 2 % 2 == 0 ? 1.5 : -1.5));
        return y;
    }

    /** The next batch each time; what is drawn before the first one, centres and a probe, comes from elsewhere. */
    private static Marginal batches(double[] values, Dense others) {
        int[] next = new int[1];
        return (n, rng) -> {
            if (n != BATCH) {
                return Dense.of("points", Arrays.copyOf(others.data(), 2 * n), n, 2);
            }
            int from = 2 * BATCH * next[0]++;
            return Dense.of("batch", Arrays.copyOfRange(values, from, from + 2 * BATCH), BATCH, 2);
        };
    }
}
