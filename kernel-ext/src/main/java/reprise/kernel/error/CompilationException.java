package reprise.kernel.error;

/** What a cell that does not compile ends with; named as in JJava, but its message is the compiler's. */
public final class CompilationException extends RuntimeException {
    /**
     * Says what the compiler said.
     *
     * @param message the first of its messages
     */
    public CompilationException(String message) {
        super(message);
    }
}
