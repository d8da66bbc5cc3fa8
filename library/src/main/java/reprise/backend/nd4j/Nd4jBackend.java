package reprise.backend.nd4j;

import reprise.array.Dense;
import reprise.backend.Backend;
import reprise.backend.Cost;
import reprise.backend.SoftSum;

/**
 * ND4J's operations, whichever ND4J is on the class path: slow on a CPU, the same everywhere, and so the reference
 * that other backends are compared with.
 */
public final class Nd4jBackend implements Backend {
    /** Touches nothing of ND4J yet. */
    public Nd4jBackend() {}

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public String describe() {
        return "ND4J, portable reference";
    }

    @Override
    public SoftSum softSum(Dense x, Dense y, Cost cost) {
        return new Nd4jSoftSum(x, y, cost);
    }
}
