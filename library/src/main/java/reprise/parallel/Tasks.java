package reprise.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import reprise.array.Require;

/**
 * Runs independent pieces of work on all cores.
 *
 * <pre>{@code
 * double[] squares = new double[1_000];
 * Tasks.forRange(1_000, i -> squares[i] = i * i);
 * }</pre>
 *
 * <p>Pieces are handed out in order, one at a time; the calling thread works too. Pieces that start tasks of their own
 * share the cores that the outer tasks leave, so nesting is safe and never starts more threads than cores. If pieces
 * fail, no new ones start, those under way end, and the failure of the smallest index is thrown: the same one on any
 * number of threads.
 *
 * <p>Interrupting the calling thread stops the work between pieces, and within a piece wherever it calls
 * {@link Interrupted#check()} or {@link Progress#tick()} on whichever thread; {@link Interrupted} is thrown once all
 * threads have let go.
 */
public final class Tasks {
    private static final ThreadLocal<Integer> BUDGET = new ThreadLocal<>();
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final ThreadPoolExecutor POOL = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Tasks::helper);

    private Tasks() {}

    /**
     * Runs {@code body} for 0, 1, ..., n - 1.
     *
     * @param n how many pieces, at least 0
     * @param body the work; called from several threads
     * @throws Interrupted if the calling thread was interrupted, or a piece threw it
     * @throws IllegalArgumentException if n is negative
     * @cost about 20 microseconds to begin, and 50 ns a piece
     */
    public static void forRange(int n, IntConsumer body) {
        Require.atLeast("n", n, 0);
        Interrupted.check();
        int budget = threads();
        int workers = Math.min(budget, n);
        if (workers <= 1) {
            for (int i = 0; i < n; i++) {
                body.accept(i);
                Interrupted.check();
            }
            return;
        }
        var job = new Job(n, body, Math.max(1, budget / workers));
        for (int w = 1; w < workers; w++) {
            POOL.execute(job);
        }
        job.lead();
    }

    /**
     * Computes {@code body} for 0, 1, ..., n - 1.
     *
     * @param <R> what a piece gives
     * @param n how many pieces, at least 0
     * @param body the work; called from several threads
     * @return the results in order, unmodifiable
     * @throws Interrupted if the calling thread was interrupted, or a piece threw it
     * @cost about 20 microseconds to begin, and 50 ns a piece
     */
    public static <R> List<R> mapRange(int n, IntFunction<? extends R> body) {
        Object[] results = new Object[Require.atLeast("n", n, 0)];
        forRange(n, i -> results[i] = body.apply(i));
        var list = new ArrayList<R>(n);
        for (Object result : results) {
            @SuppressWarnings("unchecked")
            R typed = (R) result;
            list.add(typed);
        }
        return List.copyOf(list);
    }

    /**
     * Computes {@code body} for every item.
     *
     * @param <T> what a piece takes
     * @param <R> what a piece gives
     * @param items one piece of work each
     * @param body the work; called from several threads
     * @return the results in the order of the items, unmodifiable
     * @throws Interrupted if the calling thread was interrupted, or a piece threw it
     * @cost about 20 microseconds to begin, and 50 ns a piece
     */
    public static <T, R> List<R> map(List<T> items, Function<? super T, ? extends R> body) {
        List<T> fixed = List.copyOf(items);
        return mapRange(fixed.size(), i -> body.apply(fixed.get(i)));
    }

    /**
     * How many threads tasks started here would use.
     *
     * @return the number of processors, or less inside other tasks and inside {@link #withThreads}
     */
    public static int threads() {
        Integer budget = BUDGET.get();
        return budget == null ? Runtime.getRuntime().availableProcessors() : budget;
    }

    /**
     * Runs work whose tasks use a given number of threads.
     *
     * @param <R> what the work gives
     * @param threads at least 1; may be more than there are processors
     * @param work runs on the calling thread
     * @return what the work gave
     * @throws IllegalArgumentException if there is no thread
     */
    public static <R> R withThreads(int threads, Supplier<R> work) {
        Require.atLeast("threads", threads, 1);
        Integer before = BUDGET.get();
        BUDGET.set(threads);
        try {
            return work.get();
        } finally {
            restore(before);
        }
    }

    private static void restore(Integer budget) {
        if (budget == null) {
            BUDGET.remove();
        } else {
            BUDGET.set(budget);
        }
    }

    private static Thread helper(Runnable work) {
        var thread = new Thread(work, "reprise-" + NAMES.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** One call of forRange: its caller leads, helpers of the pool join while there is work. */
    private static final class Job implements Runnable {
        private final int n;
        private final IntConsumer body;
        private final int innerBudget;
        private final AtomicInteger next = new AtomicInteger();
        private final List<Thread> helpers = new ArrayList<>();
        private volatile boolean stopped;
        private boolean closed;
        private boolean interrupted;
        private int failedAt = Integer.MAX_VALUE;
        private Throwable failure;

        private Job(int n, IntConsumer body, int innerBudget) {
            this.n = n;
            this.body = body;
            this.innerBudget = innerBudget;
        }

        private void lead() {
            work();
            boolean wasInterrupted = Thread.interrupted();
            synchronized (this) {
                // A helper that has not begun by now finds the door shut: nobody waits for it.
                closed = true;
                if (wasInterrupted) {
                    interruptAll();
                }
                while (!helpers.isEmpty()) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        interruptAll();
                    }
                }
                if (interrupted) {
                    throw new Interrupted();
                }
                if (failure != null) {
                    Tasks.<RuntimeException>sneak(failure);
                }
            }
        }

        @Override
        public void run() {
            var self = Thread.currentThread();
            synchronized (this) {
                if (closed || stopped) {
                    return;
                }
                helpers.add(self);
            }
            try {
                work();
            } finally {
                synchronized (this) {
                    helpers.remove(self);
                    // Whatever interrupt was meant for this job must not reach the thread's next one.
                    Thread.interrupted();
                    notifyAll();
                }
            }
        }

        private void work() {
            Integer before = BUDGET.get();
            BUDGET.set(innerBudget);
            try {
                // A piece once taken is run, or the failure of the smallest index could be missed.
                while (!stopped && !Thread.currentThread().isInterrupted()) {
                    int i = next.getAndIncrement();
                    if (i >= n) {
                        return;
                    }
                    try {
                        body.accept(i);
                    } catch (Interrupted e) {
                        interruptAll();
                    } catch (Throwable e) {
                        fail(i, e);
                    }
                }
            } finally {
                restore(before);
            }
        }

        private synchronized void interruptAll() {
            interrupted = true;
            stopped = true;
            helpers.forEach(Thread::interrupt);
        }

        private synchronized void fail(int i, Throwable e) {
            stopped = true;
            if (i < failedAt) {
                failedAt = i;
                failure = e;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable failure) throws E {
        throw (E) failure;
    }
}
