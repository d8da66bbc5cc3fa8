package reprise.linalg;

/**
 * An iteration that ended before it was as accurate as it had promised. It carries what was reached, so that a caller
 * may still look at it.
 */
public final class NotConverged extends ArithmeticException {
    private static final long serialVersionUID = 1;

    /** How many iterations were done. */
    private final int iterations;

    /** The measure of error that was reached. */
    private final double residual;

    /** The unfinished answer. */
    private final double[] partial;

    /**
     * Says how far an iteration got.
     *
     * @param method the method's name, for the message
     * @param iterations how many iterations were done
     * @param residual the measure of error that was reached, in the units of {@code tolerance}
     * @param tolerance the measure that was promised
     * @param partial the unfinished answer, empty if there is none; kept, not copied
     */
    public NotConverged(String method, int iterations, double residual, double tolerance, double[] partial) {
        super(method + " did not converge: residual " + residual + " after " + iterations + " iterations, promised "
                + tolerance);
        this.iterations = iterations;
        this.residual = residual;
        this.partial = partial;
    }

    NotConverged(String routine, int unfinished) {
        super(routine + " did not converge: " + unfinished + " values were left");
        this.iterations = 0;
        this.residual = Double.NaN;
        this.partial = new double[0];
    }

    /**
     * How many iterations were done.
     *
     * @return at least 0; 0 where a LAPACK routine gave up and does not say
     */
    public int iterations() {
        return iterations;
    }

    /**
     * The measure of error that was reached.
     *
     * @return NaN where a LAPACK routine gave up and does not say
     */
    public double residual() {
        return residual;
    }

    /**
     * The unfinished answer.
     *
     * @return empty if there is none
     */
    public double[] partial() {
        return partial.clone();
    }
}
