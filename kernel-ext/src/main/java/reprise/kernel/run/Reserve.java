package reprise.kernel.run;

/**
 * Memory put aside for the moment when a cell's variables have filled the heap: let go, it is what the kernel needs to
 * say so and to run the cell that clears them.
 */
public final class Reserve {
    private static final long MOST = 24L << 20;
    private static final int PART = 1 << 20;

    private static volatile byte[][] held;
    private static volatile boolean spent;

    private Reserve() {}

    /** Puts memory aside, if there is none yet and plenty is left. */
    public static void hold() {
        if (held != null) {
            return;
        }
        if (spent) {
            // Only a collection tells whether the cell's variables are gone.
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        long size = Math.min(MOST, runtime.maxMemory() / 16);
        long left = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        if (left < 4 * size) {
            return;
        }
        // In parts, as a full heap seldom has one large hole.
        byte[][] parts = new byte[(int) (size / PART)][];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new byte[PART];
        }
        held = parts;
        spent = false;
    }

    /** Lets the memory go; called by whoever meets an {@link OutOfMemoryError} first. */
    public static void free() {
        held = null;
        spent = true;
    }
}
