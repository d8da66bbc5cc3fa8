package reprise.ode;

import java.util.Arrays;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.ODEStateAndDerivative;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;
import org.hipparchus.ode.sampling.ODEStateInterpolator;
import org.hipparchus.ode.sampling.ODEStepHandler;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.NotConverged;
import reprise.parallel.Interrupted;

/**
 * Initial value problems y' = f(t, y) with an error that is controlled: Dormand and Prince's method of order 8 with
 * dense output (Hairer, Norsett and Wanner, Solving Ordinary Differential Equations I, section II.5), by Hipparchus.
 *
 * <pre>{@code Ode.of((t, y) -> new double[] {y[1], -y[0]}).tolerance(1e-10).solve(start, 0, 10, 20)}</pre>
 *
 * <p>For problems that are not stiff. For many starts at once see {@link Rk4}. Values are immutable.
 */
public final class Ode {
    private static final double USUAL_TOLERANCE = 1e-9;
    private static final int USUAL_EVALUATIONS = 10_000_000;

    private final VectorField field;
    private final double tolerance;
    private final int evaluations;

    private Ode(VectorField field, double tolerance, int evaluations) {
        this.field = field;
        this.tolerance = tolerance;
        this.evaluations = evaluations;
    }

    /**
     * Takes an equation.
     *
     * @param field f, smooth
     * @return the method with tolerance 1e-9 and at most 10^7 evaluations
     */
    public static Ode of(VectorField field) {
        return new Ode(field, USUAL_TOLERANCE, USUAL_EVALUATIONS);
    }

    /**
     * Chooses the accuracy of each step.
     *
     * @param relativeAndAbsolute the error estimate accepted for each coordinate y is this times (1 + |y|), above 0
     * @return a copy with this tolerance
     * @throws IllegalArgumentException if it is not positive
     */
    public Ode tolerance(double relativeAndAbsolute) {
        return new Ode(field, Require.positive("tolerance", relativeAndAbsolute), evaluations);
    }

    /**
     * Limits the work.
     *
     * @param most the largest number of evaluations of f, at least 1
     * @return a copy with this limit
     * @throws IllegalArgumentException if it is below 1
     */
    public Ode evaluations(int most) {
        return new Ode(field, tolerance, Require.atLeast("evaluations", most, 1));
    }

    /**
     * Integrates, forwards or backwards.
     *
     * @param start y at the first time, length d, finite
     * @param times at least two, strictly monotone, finite; the first is that of the start
     * @return the states at these times
     * @throws NotConverged if the evaluations were used up, or the step became too small (blow-up, stiffness); carries
     *     the last state
     * @throws IllegalArgumentException if an argument is out of range, or f gives another length or NaN
     * @throws Interrupted if the thread was interrupted
     * @cost 13 evaluations a step
     */
    public Trajectory solve(double[] start, double... times) {
        Require.atLeast("length of start", start.length, 1);
        Require.finite("start", start);
        monotone(times);
        int d = start.length;
        double[] states = new double[Math.multiplyExact(times.length, d)];
        System.arraycopy(start, 0, states, 0, d);
        double span = Math.abs(times[times.length - 1] - times[0]);
        var integrator = new DormandPrince853Integrator(span * 1e-14, span, tolerance, tolerance);
        integrator.setMaxEvaluations(evaluations);
        double[] last = start.clone();
        integrator.addStepHandler(new Sampler(times, states, last));
        try {
            integrator.integrate(new Equation(d), new ODEState(times[0], start), times[times.length - 1]);
        } catch (MathRuntimeException e) {
            throw new NotConverged("Ode", integrator.getEvaluations(), Double.NaN, tolerance, last);
        }
        return new Trajectory(times.clone(), Dense.of("states", states, times.length, d), integrator.getEvaluations());
    }

    static void monotone(double[] times) {
        Require.atLeast("number of times", times.length, 2);
        Require.finite("times", times);
        for (int i = 1; i < times.length; i++) {
            if (times[i] == times[i - 1] || times[i] > times[i - 1] != times[1] > times[0]) {
                throw new IllegalArgumentException(
                        "times must be strictly monotone, was " + times[i - 1] + " and then " + times[i]);
            }
        }
    }

    private final class Equation implements OrdinaryDifferentialEquation {
        private final int d;

        private Equation(int d) {
            this.d = d;
        }

        @Override
        public int getDimension() {
            return d;
        }

        @Override
        public double[] computeDerivatives(double t, double[] y) {
            Interrupted.check();
            double[] slope = field.at(t, y);
            Require.shape("f(t, y)", new int[] {slope.length}, d);
            for (double v : slope) {
                if (Double.isNaN(v)) {
                    throw new IllegalArgumentException(
                            "f(t, y) must not be NaN, was " + Arrays.toString(slope) + " at t = " + t);
                }
            }
            return slope;
        }
    }

    /** Fills in the states at the times that each step passes. */
    private static final class Sampler implements ODEStepHandler {
        private final double[] times;
        private final double[] states;
        private final double[] last;
        private int next = 1;

        private Sampler(double[] times, double[] states, double[] last) {
            this.times = times;
            this.states = states;
            this.last = last;
        }

        @Override
        public void handleStep(ODEStateInterpolator step) {
            double reached = step.getCurrentState().getTime();
            double direction = Math.signum(times[1] - times[0]);
            while (next < times.length && direction * (times[next] - reached) <= 0) {
                copy(step.getInterpolatedState(times[next]).getPrimaryState(), states, next * last.length);
                next++;
            }
            copy(step.getCurrentState().getPrimaryState(), last, 0);
        }

        @Override
        public void finish(ODEStateAndDerivative end) {
            // The last time may differ from the end reached by a rounding error.
            while (next < times.length) {
                copy(end.getPrimaryState(), states, next++ * last.length);
            }
        }

        private static void copy(double[] from, double[] to, int at) {
            System.arraycopy(from, 0, to, at, from.length);
        }
    }
}
