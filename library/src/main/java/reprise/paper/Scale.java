package reprise.paper;

/** How much work a notebook does: the same cells, smaller or larger numbers. */
public enum Scale {
    /** Seconds: small enough to be run on opening the notebook. */
    QUICK("quick"),
    /** Minutes: as close to the paper's own parameters as fits; the stored outputs are of this scale. */
    FULL("full");

    private final String word;

    Scale(String word) {
        this.word = word;
    }

    /**
     * Whether a claim that needs at least the other scale can be checked at this one.
     *
     * @param least the scale that the claim needs
     * @return true if this scale is as large
     */
    public boolean reaches(Scale least) {
        return compareTo(least) >= 0;
    }

    /**
     * The word that names the scale on the command line and in the ledger.
     *
     * @return {@code quick} or {@code full}
     */
    @Override
    public String toString() {
        return word;
    }
}
