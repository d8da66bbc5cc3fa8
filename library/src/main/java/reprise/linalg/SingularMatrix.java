package reprise.linalg;

/** A matrix that has no inverse, or none that doubles can hold. */
public final class SingularMatrix extends ArithmeticException {
    private static final long serialVersionUID = 1;

    /** Where the elimination stopped. */
    private final int pivot;

    SingularMatrix(String name, int pivot) {
        super(name + " must be invertible, but its pivot " + pivot + " is zero");
        this.pivot = pivot;
    }

    SingularMatrix(String name, double reciprocalCondition) {
        super(name + " must be invertible, but is singular to working precision: 1 / condition number = "
                + reciprocalCondition + "; LeastSquares.minimumNorm solves such problems");
        this.pivot = -1;
    }

    /**
     * For methods that find the rank themselves.
     *
     * @param name the matrix, as its caller wrote it
     * @param rank the rank found
     * @param columns the rank it should have
     */
    public SingularMatrix(String name, int rank, int columns) {
        super(name + " must have full column rank " + columns + ", had rank " + rank
                + "; LeastSquares.minimumNorm solves such problems");
        this.pivot = rank;
    }

    /**
     * Where the elimination stopped.
     *
     * @return the index, from 0, of the first column that depends on those before it; -1 if the matrix is
     *     singular only to working precision
     */
    public int pivot() {
        return pivot;
    }
}
