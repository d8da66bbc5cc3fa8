package reprise.kernel.run;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;

/**
 * Memory put aside for the moment when a cell's variables fill the heap, in two parts. The JVM itself lets the first go
 * before any thread meets an {@link OutOfMemoryError}: the cell is stopped then, while JeroMQ's threads, which do not
 * outlive such an error, still find room. The second is let go by whoever meets one nevertheless, as code without checks
 * can outrun the first; it is what the kernel needs to say so and to run the cell that clears the variables.
 */
public final class Reserve {
    private static final long MOST = 24L << 20;
    private static final int PART = 1 << 20;

    /** The JVM also lets go what nobody asked for in a while; to look again at once would be a race with it. */
    private static final long PAUSE_MS = 200;

    private static final ReferenceQueue<byte[][]> LET_GO = new ReferenceQueue<>();

    private static volatile byte[][] held;
    private static volatile SoftReference<byte[][]> warning;
    private static volatile boolean spent;

    private Reserve() {}

    /** Starts the thread that stops a cell which fills the heap. */
    public static void watch() {
        var thread = new Thread(Reserve::stopWhenFull, "reprise-memory");
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
    }

    /** Puts memory aside, if there is none yet and plenty is left. */
    public static void hold() {
        if (held != null && warning != null && warning.get() != null) {
            return;
        }
        if (spent) {
            // Only a collection tells whether the cell's variables are gone.
            System.gc();
        }
        if (left() < 6 * size()) {
            return;
        }
        if (held == null) {
            held = parts();
        }
        warning = new SoftReference<>(parts(), LET_GO);
        spent = false;
    }

    /** Lets the memory go; called by whoever meets an {@link OutOfMemoryError} first. */
    public static void free() {
        held = null;
        spent = true;
    }

    private static void stopWhenFull() {
        try {
            while (true) {
                LET_GO.remove();
                if (left() < 2 * size()) {
                    spent = true;
                    Stop.outOfMemory("Java heap space");
                } else {
                    Thread.sleep(PAUSE_MS);
                    hold();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long size() {
        return Math.min(MOST, Runtime.getRuntime().maxMemory() / 16);
    }

    private static long left() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
    }

    /** In parts, as a full heap seldom has one large hole. */
    private static byte[][] parts() {
        byte[][] parts = new byte[(int) (size() / PART)][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new byte[PART];
        }
        return parts;
    }
}
