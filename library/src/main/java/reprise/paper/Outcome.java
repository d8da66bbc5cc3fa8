package reprise.paper;

/** What came of a claim: a word for the ledger, and a symbol that is read without colour. */
public enum Outcome {
    /** The measurement passes the test and the control, a wrong answer, does not. */
    HOLDS("holds", "✓"),
    /** The measurement does not pass, or the test could not have told it from a wrong answer, or it never took place. */
    FAILS("fails", "✗"),
    /** The claim needs a larger scale than this run's. */
    NOT_CHECKED("not checked", "○"),
    /** The claim was run in earnest and could not be confirmed, and the notebook says why. */
    NOT_REPRODUCED("not reproduced", "≠");

    private final String word;
    private final String symbol;

    Outcome(String word, String symbol) {
        this.word = word;
        this.symbol = symbol;
    }

    /**
     * A sign of one character.
     *
     * @return a check mark, a cross, a circle or an unequal sign
     */
    public String symbol() {
        return symbol;
    }

    /**
     * The word of the ledger.
     *
     * @return {@code holds}, {@code fails}, {@code not checked} or {@code not reproduced}
     */
    @Override
    public String toString() {
        return word;
    }
}
