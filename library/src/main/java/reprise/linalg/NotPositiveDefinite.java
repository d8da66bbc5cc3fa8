package reprise.linalg;

/** A matrix that should be positive definite and is not. */
public final class NotPositiveDefinite extends ArithmeticException {
    private static final long serialVersionUID = 1;

    /** The order of the first leading minor that is not positive. */
    private final int minor;

    NotPositiveDefinite(String name, int minor) {
        super(name + " must be positive definite, but its leading minor of order " + minor + " is not");
        this.minor = minor;
    }

    NotPositiveDefinite(String name, double curvature) {
        super(name + " must not have negative eigenvalues, but a direction of curvature " + curvature + " was found");
        this.minor = 0;
    }

    /**
     * The order of the first leading minor that is not positive.
     *
     * @return from 1 to n; 0 where a negative direction was found by other means than elimination
     */
    public int minor() {
        return minor;
    }
}
