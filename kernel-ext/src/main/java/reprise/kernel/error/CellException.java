package reprise.kernel.error;

/** What a cell threw, where an exception of its own class cannot be thrown: checked ones, errors, private ones. */
public final class CellException extends RuntimeException {
    CellException(String headline) {
        super(headline);
    }
}
