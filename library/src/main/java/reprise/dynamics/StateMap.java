package reprise.dynamics;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.ode.Rk4;
import reprise.ode.VectorField;
import reprise.parallel.Tasks;

/** A dynamical system in discrete time, x(n + 1) = F(x(n)). */
@FunctionalInterface
public interface StateMap {
    /**
     * The next state.
     *
     * @param x the state, length d; not to be changed
     * @return the next one, length d, a new array
     */
    double[] at(double[] x);

    /**
     * The next state of many, in parallel.
     *
     * @param states one a row, shape [m, d]
     * @return shape [m, d]
     * @throws IllegalArgumentException if F gives another length, or a number that is not finite
     * @cost m evaluations, divided by the cores
     */
    default Dense each(Dense states) {
        int d = states.columns();
        double[] next = new double[states.data().length];
        int chunk = 64;
        Tasks.forRange((states.rows() + chunk - 1) / chunk, c -> {
            double[] x = new double[d];
            for (int i = c * chunk; i < Math.min(states.rows(), (c + 1) * chunk); i++) {
                System.arraycopy(states.data(), i * d, x, 0, d);
                double[] y = at(x);
                Require.shape("F(x)", new int[] {y.length}, d);
                System.arraycopy(y, 0, next, i * d, d);
            }
        });
        return Dense.of("states", next, states.rows(), d);
    }

    /**
     * One orbit.
     *
     * @param start the first state, length d, finite
     * @param steps how many, at least 1
     * @return the start and what follows, shape [steps + 1, d]
     * @throws IllegalArgumentException if the start is not finite, or F gives another length or a number that is not
     * @cost steps evaluations
     */
    default Dense orbit(double[] start, int steps) {
        Require.finite("start", start);
        Require.atLeast("steps", steps, 1);
        int d = start.length;
        double[] states = new double[Math.multiplyExact(steps + 1, d)];
        double[] x = start.clone();
        for (int k = 0; k <= steps; k++) {
            System.arraycopy(x, 0, states, k * d, d);
            if (k < steps) {
                x = at(x);
                Require.shape("F(x)", new int[] {x.length}, d);
            }
        }
        return Dense.of("states", states, steps + 1, d);
    }

    /**
     * A differential equation seen at equal times.
     *
     * @param field f of x' = f(t, x); the time is taken to be 0 at each sample, so f must not depend on it
     * @param interval the time between two states, above 0
     * @param steps Runge-Kutta steps of order 4 in each interval, at least 1
     * @return the flow over one interval
     * @throws IllegalArgumentException if the interval is not positive or there is no step
     */
    static StateMap flow(VectorField field, double interval, int steps) {
        double h = Require.positive("interval", interval) / Require.atLeast("steps", steps, 1);
        return x -> {
            double[] y = x;
            for (int k = 0; k < steps; k++) {
                y = Rk4.step(field, k * h, y, h);
            }
            return y;
        };
    }
}
