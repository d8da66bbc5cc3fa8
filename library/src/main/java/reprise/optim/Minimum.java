package reprise.optim;

/**
 * The least point that a minimiser found, and how.
 *
 * @param x the point, shape [d]
 * @param value the function there
 * @param gradientNorm the largest absolute entry of the gradient there; NaN for methods without gradients
 * @param iterations how many steps were done
 * @param evaluations how often the function was called
 * @param stop why it ended
 */
public record Minimum(double[] x, double value, double gradientNorm, int iterations, int evaluations, Stop stop) {
    /** Why a minimiser ended. */
    public enum Stop {
        /** The tolerance was reached. */
        CONVERGED,
        /** No step makes the function smaller: rounding errors are as large as the gain. */
        PRECISION,
        /** The iterations that were asked for are done. */
        BUDGET
    }
}
