package reprise.parallel;

/**
 * Says that long work was stopped because its thread was interrupted, which is what stopping a notebook cell does.
 *
 * <p>As with {@link InterruptedException}, the thread's flag is clear again when this is thrown.
 */
public final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says "interrupted". */
    public Interrupted() {
        super("interrupted");
    }

    /**
     * Stops the work if the current thread was interrupted. Loops that run longer than about 10 ms and use neither
     * {@link Tasks} nor {@link Progress} call this.
     *
     * @throws Interrupted if the thread's flag was set; the flag is then clear
     * @cost a few nanoseconds
     */
    public static void check() {
        if (Thread.interrupted()) {
            throw new Interrupted();
        }
    }
}
