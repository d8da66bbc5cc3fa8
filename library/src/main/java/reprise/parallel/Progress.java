package reprise.parallel;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import reprise.array.Require;

/**
 * How far a long piece of work is, and the point at which it can be stopped.
 *
 * <pre>{@code
 * try (var progress = Progress.over("Sweep", 1_000)) {
 *     for (int i = 0; i < 1_000; i++) {
 *         progress.tick();
 *     }
 * }
 * }</pre>
 *
 * <p>Whoever draws it sets {@link #sink(Listener)} once; without a sink nothing is shown. Any number of threads may
 * tick the same progress.
 */
public final class Progress implements AutoCloseable {
    private static final long QUIET_NANOS = 50_000_000;
    private static final Listener NOBODY = progress -> {};
    private static volatile Listener sink = NOBODY;

    private final String name;
    private final long total;
    private final long started = System.nanoTime();
    private final Listener listener = sink;
    private final AtomicLong done = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong nextReport = new AtomicLong(started);
    private final ReentrantLock reporting = new ReentrantLock();

    private Progress(String name, long total) {
        this.name = name;
        this.total = total;
    }

    /** Whoever shows progress. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Hears that a progress began, moved or ended: at once for the first and the last, and at most every 50 ms in
         * between. Calls for one progress come one at a time, from whichever thread ticked.
         *
         * @param progress asked for its name, count and time
         */
        void changed(Progress progress);
    }

    /**
     * Sets who shows all progress that begins from now on, in the whole process.
     *
     * @param listener the new one, instead of the one before
     */
    public static void sink(Listener listener) {
        sink = Objects.requireNonNull(listener, "listener");
    }

    /** Shows no progress from now on, which is how a process begins. */
    public static void noSink() {
        sink = NOBODY;
    }

    /**
     * Begins.
     *
     * @param name what the work is, in a word or two
     * @param total how many ticks it will take, at least 0
     * @return a progress at zero
     * @throws IllegalArgumentException if the total is negative
     */
    public static Progress over(String name, long total) {
        Require.nonNegative("total", total);
        var progress = new Progress(Objects.requireNonNull(name, "name"), total);
        progress.report(true);
        return progress;
    }

    /**
     * Counts one step as done.
     *
     * @throws Interrupted if the current thread was interrupted
     * @cost about 30 ns
     */
    public void tick() {
        tick(1);
    }

    /**
     * Counts several steps as done.
     *
     * @param steps how many, at least 0
     * @throws Interrupted if the current thread was interrupted
     * @cost about 30 ns
     */
    public void tick(long steps) {
        Interrupted.check();
        if (done.addAndGet(steps) >= total) {
            close();
        } else {
            report(false);
        }
    }

    /** Ends, whether all was done or not. Ending twice is ending once. */
    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            report(true);
        }
    }

    /**
     * What the work is.
     *
     * @return as given at the beginning
     */
    public String name() {
        return name;
    }

    /**
     * How many steps there are.
     *
     * @return as given at the beginning
     */
    public long total() {
        return total;
    }

    /**
     * How many steps are done.
     *
     * @return at least 0
     */
    public long done() {
        return done.get();
    }

    /**
     * Whether no more will be done: all steps are, or the work stopped early.
     *
     * @return true after the last tick or {@link #close()}
     */
    public boolean ended() {
        return ended.get();
    }

    /**
     * The time since the beginning.
     *
     * @return seconds
     */
    public double seconds() {
        return (System.nanoTime() - started) * 1e-9;
    }

    /**
     * The time that the rest will take if it goes on like this.
     *
     * @return seconds; NaN before the first step
     */
    public double secondsLeft() {
        long steps = done();
        return steps == 0 ? Double.NaN : seconds() * Math.max(0, total - steps) / steps;
    }

    private void report(boolean always) {
        if (listener == NOBODY) {
            return;
        }
        long now = System.nanoTime();
        long due = nextReport.get();
        if (always) {
            reporting.lock();
        } else if (now - due < 0 || !nextReport.compareAndSet(due, now + QUIET_NANOS) || !reporting.tryLock()) {
            return;
        }
        try {
            listener.changed(this);
        } finally {
            reporting.unlock();
        }
    }
}
