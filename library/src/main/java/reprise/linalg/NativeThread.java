package reprise.linalg;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Where native factorisations run: daemon threads with a large stack.
 *
 * <p>OpenBLAS's parallel LU keeps its table of jobs, about half a megabyte, on the stack of the thread that calls it.
 * Java's default stack of 1 MB overflows, and the JVM dies without a message. Here every caller borrows a thread of
 * {@value #STACK_BYTES} bytes (reserved, not committed), so nobody has to know a flag.
 */
public final class NativeThread extends Thread {
    static final long STACK_BYTES = 64L << 20;

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final ExecutorService CREW = Executors.newCachedThreadPool(NativeThread::new);

    private NativeThread(Runnable work) {
        super(null, work, "reprise-native-" + COUNT.incrementAndGet(), STACK_BYTES);
        setDaemon(true);
    }

    /**
     * Runs work on a thread with a large stack and waits for it. An interrupt does not stop the work; it is kept and
     * stands when this returns.
     *
     * @param work what to run
     * @param <T> the type of the answer
     * @return what the work gave back; what it threw is thrown here
     */
    public static <T> T call(Callable<T> work) {
        Future<T> answer = CREW.submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return answer.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Runs native work of another package with OpenBLAS on one thread: small products lose more by waking threads than
     * they win.
     *
     * @param work what to run; must not call this package
     * @param <T> the type of the answer
     * @return what the work gave back
     * @cost below a microsecond beside the work; waits for a large call of this package that has all cores
     */
    public static <T> T onOneCore(Supplier<T> work) {
        Native.enter(false);
        try {
            return work.get();
        } finally {
            Native.leave(false);
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException failure) {
            // Thrown where the caller stands: a trace that ends in the crew says nothing to its reader.
            failure.setStackTrace(Thread.currentThread().getStackTrace());
            return failure;
        }
        return new IllegalStateException(cause);
    }
}
