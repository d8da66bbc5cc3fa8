package reprise.paper;

/** Thrown when a paper is closed and one of its claims fails: it makes the notebook's last cell, and the run, fail. */
public final class ClaimsFailed extends RuntimeException {
    /**
     * Makes the exception.
     *
     * @param message which claims fail, and why
     */
    public ClaimsFailed(String message) {
        super(message);
    }
}
