package reprise.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import reprise.linalg.NativeThread;

/** The way into libtorch: every call passes here, gets a readable error and gives its result to a scope. */
final class Native {
    /** libtorch's backward of a factorisation factorises again: from the first one on, gradients need a large stack. */
    private static volatile boolean factorised;

    private static volatile int threads = 1;

    /** OpenMP keeps its number of threads per calling thread. */
    private static final ThreadLocal<Boolean> READY = ThreadLocal.withInitial(() -> {
        torch.set_num_threads(threads);
        return true;
    });

    private Native() {}

    static void threads(int count) {
        threads = count;
        torch.set_num_threads(count);
    }

    static int threads() {
        return threads;
    }

    static Tensor call(String name, Supplier<org.bytedeco.pytorch.Tensor> work, Tensor... inputs) {
        return new Tensor(guarded(name, work, inputs));
    }

    static <T> T guarded(String name, Supplier<T> work, Tensor... inputs) {
        READY.get();
        for (Tensor input : inputs) {
            if (input.raw.isNull()) {
                throw new IllegalStateException(name
                        + ": a tensor's scope has ended; return it from the scope, or make it outside");
            }
        }
        try {
            return threads == 1 ? NativeThread.onOneCore(work) : work.get();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw refused(name, e, inputs);
        }
    }

    /** Runs a factorisation on a thread with a large stack, under the caller's gradient mode. */
    static <T> T onLargeStack(Supplier<T> work) {
        factorised = true;
        boolean tracked = GradMode.is_enabled();
        return NativeThread.call(() -> {
            READY.get();
            // The thread serves others after us, but each of them sets its own mode first.
            GradMode.set_enabled(tracked);
            return work.get();
        });
    }

    static <T> T backward(Supplier<T> work) {
        return factorised ? onLargeStack(work) : work.get();
    }

    private static IllegalArgumentException refused(String name, RuntimeException e, Tensor... inputs) {
        var text = new StringBuilder(name);
        for (int i = 0; i < inputs.length; i++) {
            text.append(i == 0 ? " of shape " : " and ").append(Arrays.toString(inputs[i].shape()));
        }
        // Only libtorch's sentence: what follows is its C++ stack.
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new IllegalArgumentException(text.append(": ").append(reason).toString(), e);
    }

    static TensorOptions options(boolean single) {
        return new TensorOptions(single ? torch.ScalarType.Float : torch.ScalarType.Double);
    }

    static Scalar scalar(double value) {
        return new Scalar(value);
    }

    static ScalarTypeOptional sameType() {
        return new ScalarTypeOptional();
    }

    static TensorVector vector(List<Tensor> tensors) {
        var raws = tensors.stream().map(t -> t.raw).toArray(org.bytedeco.pytorch.Tensor[]::new);
        return new TensorVector(raws);
    }
}
