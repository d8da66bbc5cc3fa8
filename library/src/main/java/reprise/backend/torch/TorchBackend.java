package reprise.backend.torch;

import java.util.Optional;
import reprise.array.Dense;
import reprise.backend.Backend;
import reprise.backend.Cost;
import reprise.backend.SoftSum;

/** libtorch on the processor, in float64; blocks of queries share the cores. */
public final class TorchBackend implements Backend {
    /** Touches nothing of libtorch yet. */
    public TorchBackend() {}

    @Override
    public String name() {
        return "torch";
    }

    @Override
    public String describe() {
        return TorchDevice.CPU.describe(false);
    }

    @Override
    public Optional<String> missing() {
        return TorchDevice.CPU.missing();
    }

    @Override
    public SoftSum softSum(Dense x, Dense y, Cost cost) {
        return new TorchSoftSum(x, y, cost, TorchDevice.CPU, false);
    }

    /**
     * The same in float32 where log sums stay within 1e-4 of the exact ones, and in float64 elsewhere: for small eps,
     * and for costs of one's own.
     */
    public static final class Single implements Backend {
        /** Touches nothing of libtorch yet. */
        public Single() {}

        @Override
        public String name() {
            return "torch-float32";
        }

        @Override
        public String describe() {
            return TorchDevice.CPU.describe(true);
        }

        @Override
        public Optional<String> missing() {
            return TorchDevice.CPU.missing();
        }

        @Override
        public SoftSum softSum(Dense x, Dense y, Cost cost) {
            return new TorchSoftSum(x, y, cost, TorchDevice.CPU, true);
        }
    }
}
