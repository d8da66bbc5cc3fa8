package reprise.optim;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.exception.TooManyEvaluationsException;
import reprise.array.Require;

/** Roots of functions of one variable, by Brent's method: bisection that speeds up where the function is smooth. */
public final class Roots {
    private static final int EVALUATIONS = 1_000;

    private Roots() {}

    /**
     * Finds a zero between two points where the function has different signs.
     *
     * @param f continuous
     * @param low the lower end
     * @param high the upper end, above {@code low}
     * @return a zero, to 1e-13 of its size or 1e-15, whichever is more
     * @throws IllegalArgumentException if the signs at both ends are the same, or either value is NaN
     * @cost about 10 evaluations where f is smooth, at most 1000
     */
    public static double between(DoubleUnaryOperator f, double low, double high) {
        Require.finite("low", low);
        Require.finite("high", high);
        double atLow = f.applyAsDouble(low);
        double atHigh = f.applyAsDouble(high);
        if (!(low < high) || Double.isNaN(atLow) || Double.isNaN(atHigh) || atLow * atHigh > 0) {
            throw new IllegalArgumentException("f must have different signs at low < high, was " + atLow + " at " + low
                    + " and " + atHigh + " at " + high);
        }
        try {
            return new BrentSolver(1e-13, 1e-15, 0).solve(EVALUATIONS, f::applyAsDouble, low, high);
        } catch (TooManyEvaluationsException e) {
            throw new IllegalArgumentException("f must be continuous, jumps between " + low + " and " + high, e);
        }
    }

    /**
     * Finds the zero of an increasing function anywhere on the line, in steps that double on either side of a start.
     *
     * @param f increasing and continuous
     * @param start any point, the nearer the better
     * @return the zero, as exact as {@link #between}
     * @throws IllegalArgumentException if there is no sign change within 1000 of the start
     * @cost a few evaluations more than {@link #between}
     */
    public static double ofIncreasing(DoubleUnaryOperator f, double start) {
        double low = start;
        double high = start;
        for (double step = 1; f.applyAsDouble(low) > 0 && step <= 512; step *= 2) {
            low -= step;
        }
        for (double step = 1; f.applyAsDouble(high) < 0 && step <= 512; step *= 2) {
            high += step;
        }
        return low == high ? start : between(f, low, high);
    }
}
