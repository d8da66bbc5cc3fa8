package reprise.backend.cpu;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Decides which inner loops of a kind run now. A reader's JVM is cold: the Vector API takes a second to compile and is
 * a hundred times slower until then, so plain loops begin, a daemon thread warms the vector ones, and they take over
 * when they are measured to be faster. If they never are, the reason is kept.
 *
 * @param <T> the inner loops, of which there are a plain and a vector implementation
 */
final class WarmSwitch<T> {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    /** A first call has the cores and the compiler to itself for so long: it is over by then, or it is a long one. */
    private static final long FIRST_CALL_MS = 700;

    private final T plain;
    private final Object vectorOrReason;
    private final CountDownLatch idle = new CountDownLatch(1);
    private volatile T current;
    private volatile String state;

    /** Trials are small pieces of work that give the time they took; they are made on the daemon thread. */
    WarmSwitch(Class<T> kind, T plain, String vectorClass, Supplier<List<ToLongFunction<T>>> trials) {
        this.plain = plain;
        this.current = plain;
        this.vectorOrReason = load(vectorClass);
        if (kind.isInstance(vectorOrReason)) {
            T vector = kind.cast(vectorOrReason);
            state = "plain Java until the Vector API is compiled";
            var thread = new Thread(() -> warmUp(vector, trials), "reprise-warm-up");
            thread.setDaemon(true);
            thread.start();
        } else {
            state = "plain Java (" + vectorOrReason + ")";
        }
    }

    /** Says that nobody waits for a call, so that there is no better time to warm up. */
    void hurry() {
        idle.countDown();
    }

    T current() {
        return current;
    }

    String describe() {
        return state;
    }

    T vector(Class<T> kind) {
        if (kind.isInstance(vectorOrReason)) {
            return kind.cast(vectorOrReason);
        }
        throw new IllegalStateException("the Vector API is not there: " + vectorOrReason);
    }

    /** The vector loops, or a text that says why not: whatever goes wrong here must not stop anybody's work. */
    private static Object load(String vectorClass) {
        if (!CpuBackend.hasVectorApi()) {
            return "start the JVM with --add-modules jdk.incubator.vector for speed";
        }
        try {
            var constructor = Class.forName(vectorClass).getDeclaredConstructor();
            return constructor.newInstance();
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return "the Vector API failed: " + cause;
        }
    }

    private void warmUp(T vector, Supplier<List<ToLongFunction<T>>> supplier) {
        try {
            idle.await(FIRST_CALL_MS, TimeUnit.MILLISECONDS);
            var trials = supplier.get();
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            for (int wins = 0; wins < 2 && System.nanoTime() < deadline; ) {
                boolean faster = true;
                for (var trial : trials) {
                    faster &= trial.applyAsLong(vector) < trial.applyAsLong(plain);
                }
                wins = faster ? wins + 1 : 0;
                if (wins == 2) {
                    current = vector;
                    state = vector.toString();
                    return;
                }
            }
            state = "plain Java (the Vector API was measured to be slower on this JVM)";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            state = "plain Java (the Vector API failed: " + e + ")";
        }
    }

    /** The quickest of five runs: another thread may hold the core. */
    static long quickest(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int repeat = 0; repeat < 5; repeat++) {
            long begun = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - begun);
        }
        return best;
    }
}
