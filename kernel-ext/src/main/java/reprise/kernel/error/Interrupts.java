package reprise.kernel.error;

import java.util.Map;
import java.util.WeakHashMap;

/** Work outside the evaluating thread that an interrupt must stop as well, such as a slider's redrawing. */
public final class Interrupts {
    private static final Map<Thread, Boolean> THREADS = new WeakHashMap<>();

    private Interrupts() {}

    /**
     * Lets interrupts of the kernel reach a thread.
     *
     * @param thread interrupted from now on whenever the kernel is
     */
    public static synchronized void reach(Thread thread) {
        THREADS.put(thread, true);
    }

    static synchronized void fire() {
        THREADS.keySet().forEach(Thread::interrupt);
    }
}
