package reprise.optim;

import java.util.function.ToDoubleFunction;
import org.hipparchus.exception.MathIllegalStateException;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.MaxEval;
import org.hipparchus.optim.PointValuePair;
import org.hipparchus.optim.SimpleValueChecker;
import org.hipparchus.optim.nonlinear.scalar.GoalType;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.hipparchus.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import reprise.array.Require;
import reprise.linalg.NotConverged;
import reprise.parallel.Interrupted;

/**
 * The simplex method of Nelder and Mead (Computer Journal 1965), for few variables and no gradient. It may stop at a
 * point that is no minimum; where there is a gradient use {@link Lbfgs}.
 */
public final class NelderMead {
    private static final int EVALUATIONS_PER_DIMENSION = 2_000;

    private NelderMead() {}

    /**
     * Minimises.
     *
     * @param f may give infinity, but not NaN
     * @param start where to begin, finite, shape [d]
     * @param size the edges of the first simplex, above 0
     * @param tolerance ends when the values at all corners differ by less, above 0
     * @return the best corner
     * @throws NotConverged if 2 000 d evaluations are not enough
     * @throws IllegalArgumentException if an argument is out of range, or f gives NaN
     * @throws Interrupted if the thread was interrupted
     * @cost one or two evaluations a step; about 100 d evaluations in all for d up to 10
     */
    public static Minimum minimise(ToDoubleFunction<double[]> f, double[] start, double size, double tolerance) {
        Require.atLeast("length of start", start.length, 1);
        Require.finite("start", start);
        Require.positive("size", size);
        Require.positive("tolerance", tolerance);
        int most = EVALUATIONS_PER_DIMENSION * start.length;
        double[] best = start.clone();
        double[] least = {Double.POSITIVE_INFINITY};
        var optimizer = new SimplexOptimizer(new SimpleValueChecker(-1, tolerance));
        try {
            PointValuePair found = optimizer.optimize(
                    new MaxEval(most),
                    new ObjectiveFunction(x -> {
                        Interrupted.check();
                        double value = f.applyAsDouble(x.clone());
                        if (Double.isNaN(value)) {
                            throw new IllegalArgumentException("value of f must be a number, was NaN");
                        }
                        if (value < least[0]) {
                            least[0] = value;
                            System.arraycopy(x, 0, best, 0, x.length);
                        }
                        return value;
                    }),
                    GoalType.MINIMIZE,
                    new InitialGuess(start),
                    new NelderMeadSimplex(start.length, size));
            return new Minimum(
                    found.getPoint(), found.getValue(), Double.NaN, optimizer.getIterations(),
                    optimizer.getEvaluations(), Minimum.Stop.CONVERGED);
        } catch (MathIllegalStateException e) {
            throw new NotConverged("NelderMead", optimizer.getIterations(), Double.NaN, tolerance, best);
        }
    }
}
