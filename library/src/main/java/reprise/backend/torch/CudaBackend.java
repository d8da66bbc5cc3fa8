package reprise.backend.torch;

import java.util.Optional;
import reprise.array.Dense;
import reprise.backend.Backend;
import reprise.backend.Cost;
import reprise.backend.SoftSum;

/** libtorch on an NVIDIA graphics processor, in float64; queries and points stay there between calls. */
public final class CudaBackend implements Backend {
    /** Touches nothing of libtorch yet. */
    public CudaBackend() {}

    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public String describe() {
        return TorchDevice.CUDA.describe(false);
    }

    @Override
    public Optional<String> missing() {
        return TorchDevice.CUDA.missing();
    }

    @Override
    public SoftSum softSum(Dense x, Dense y, Cost cost) {
        return new TorchSoftSum(x, y, cost, TorchDevice.CUDA, false);
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
            return "cuda-float32";
        }

        @Override
        public String describe() {
            return TorchDevice.CUDA.describe(true);
        }

        @Override
        public Optional<String> missing() {
            return TorchDevice.CUDA.missing();
        }

        @Override
        public SoftSum softSum(Dense x, Dense y, Cost cost) {
            return new TorchSoftSum(x, y, cost, TorchDevice.CUDA, true);
        }
    }
}
