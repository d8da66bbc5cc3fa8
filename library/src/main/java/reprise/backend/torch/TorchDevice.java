package reprise.backend.torch;

import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch_cuda;
import reprise.linalg.NativeThread;
import reprise.parallel.Tasks;

/** Where libtorch computes: what is there, how large a tile is, and how blocks share the machine. */
enum TorchDevice {
    /** Tiles of a megabyte stay in the second cache. */
    CPU(64, 2048),
    /** Tiles of 64 MB keep thousands of cores busy. */
    CUDA(2048, 4096);

    final int queries;
    final int points;

    TorchDevice(int queries, int points) {
        this.queries = queries;
        this.points = points;
    }

    /** libtorch, looked for once. */
    private static final class Libtorch {
        private static final Optional<String> MISSING = find();

        private static Optional<String> find() {
            try {
                Loader.load(torch.class);
                torch.get_num_threads();
                return Optional.empty();
            } catch (LinkageError | RuntimeException e) {
                return Optional.of("libtorch cannot be loaded here (" + e.getMessage()
                        + "); to have it, add org.bytedeco:pytorch with its natives for this platform");
            }
        }
    }

    /** The part of libtorch for graphics processors, looked for once. */
    private static final class Cuda {
        private static final Optional<String> MISSING = find();

        private static Optional<String> find() {
            if (Libtorch.MISSING.isPresent()) {
                return Libtorch.MISSING;
            }
            boolean there;
            try {
                // Without this call the library with the kernels is never loaded, and libtorch sees no device.
                Loader.load(torch_cuda.class);
                there = torch.cuda_is_available();
            } catch (LinkageError | RuntimeException e) {
                there = false;
            }
            return there
                    ? Optional.empty()
                    : Optional.of("libtorch finds no CUDA device; to have it, build with -Pgpu, or add "
                            + "org.bytedeco:pytorch with the classifier linux-x86_64-gpu, on a machine with an "
                            + "NVIDIA driver");
        }
    }

    Optional<String> missing() {
        return this == CPU ? Libtorch.MISSING : Cuda.MISSING;
    }

    String describe(boolean single) {
        String type = single ? "float32" : "float64";
        if (missing().isPresent()) {
            return missing().get();
        }
        return this == CPU
                ? "libtorch, " + type + ", " + Tasks.threads() + " threads"
                : "libtorch, " + type + ", " + torch.getNumGPUs() + " CUDA device(s)";
    }

    /** Runs blocks 0 to count - 1: side by side on a processor's cores, one after the other on a device. */
    void forBlocks(int count, IntConsumer block) {
        if (this == CUDA) {
            for (int i = 0; i < count; i++) {
                block.accept(i);
            }
        } else {
            Tasks.forRange(count, i -> onOneThread(() -> {
                block.accept(i);
                return true;
            }));
        }
    }

    /** One thread a block, so that sums are taken in the same order on any number of threads. */
    private static <T> T onOneThread(Supplier<T> work) {
        int before = torch.get_num_threads();
        torch.set_num_threads(1);
        try {
            return NativeThread.onOneCore(work);
        } finally {
            torch.set_num_threads(before);
        }
    }

    /** A copy on this device. */
    Tensor put(double[] values, boolean single, long... shape) {
        try (var plain = torch.empty(shape, new TensorOptions(torch.ScalarType.Double), null);
                var data = new DoublePointer(plain.data_ptr())) {
            data.put(values);
            return onDevice(plain, single);
        }
    }

    private Tensor onDevice(Tensor plain, boolean single) {
        var type = single ? torch.ScalarType.Float : torch.ScalarType.Double;
        if (this == CPU) {
            // A tensor that needs no change comes back as itself, which is about to be closed.
            return single ? plain.to(type) : new Tensor(plain);
        }
        try (var device = new Device("cuda")) {
            return plain.to(device, type);
        }
    }

    /** The values, in float64 and on the Java side. */
    static double[] get(Tensor t) {
        double[] values = new double[Math.toIntExact(t.numel())];
        try (var home = t.cpu();
                var wide = home.to(torch.ScalarType.Double);
                var row = wide.contiguous();
                var data = new DoublePointer(row.data_ptr())) {
            data.get(values);
        }
        return values;
    }
}
