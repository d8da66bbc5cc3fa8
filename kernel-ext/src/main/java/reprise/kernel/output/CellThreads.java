package reprise.kernel.output;

import org.dflib.jjava.jupyter.messages.MessageContext;

/**
 * Which cell a thread works for: the one that started it, or that started the thread which started it. Threads of
 * shared pools belong to nobody and print into the cell that runs.
 */
public final class CellThreads {
    private static final InheritableThreadLocal<MessageContext> OWNER = new InheritableThreadLocal<>();
    private static volatile MessageContext current;

    private CellThreads() {}

    /** Called by the code of every cell as it begins. */
    public static void enter() {
        OWNER.set(current);
    }

    /**
     * Says which request runs from now on.
     *
     * @param request the request for it
     */
    public static void begin(MessageContext request) {
        current = request;
    }

    /** The request whose output this thread's is; null before the first one. */
    static MessageContext owner(boolean onlyCurrent) {
        if (onlyCurrent || Thread.currentThread() instanceof java.util.concurrent.ForkJoinWorkerThread) {
            return current;
        }
        MessageContext owner = OWNER.get();
        return owner == null ? current : owner;
    }
}
