package reprise.ode;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Interrupted;
import reprise.parallel.Tasks;

/** The classical method of Runge and Kutta of order 4 with fixed steps, for many starts at once. */
public final class Rk4 {
    /** Starts that one piece of parallel work takes. */
    private static final int CHUNK = 16;

    private Rk4() {}

    /**
     * Integrates y' = f(t, y) from many starts, in parallel.
     *
     * @param field f; called from several threads
     * @param starts one a row, shape [n, d]
     * @param from the time of the starts, finite
     * @param to the last time, finite; may lie before
     * @param steps how many, at least 1
     * @return the states at the last time, shape [n, d]
     * @throws IllegalArgumentException if an argument is out of range, f gives another length, or a state overflows
     * @throws Interrupted if the thread was interrupted
     * @cost 4 n steps evaluations, divided by the number of cores
     */
    public static Dense solve(VectorField field, Dense starts, double from, double to, int steps) {
        Require.finite("from", from);
        Require.finite("to", to);
        Require.atLeast("steps", steps, 1);
        int d = starts.columns();
        double[] ends = starts.data().clone();
        double h = (to - from) / steps;
        Tasks.forRange((starts.rows() + CHUNK - 1) / CHUNK, chunk -> {
            for (int i = chunk * CHUNK; i < Math.min(starts.rows(), (chunk + 1) * CHUNK); i++) {
                double[] y = new double[d];
                System.arraycopy(ends, i * d, y, 0, d);
                for (int k = 0; k < steps; k++) {
                    Interrupted.check();
                    y = step(field, from + k * h, y, h);
                }
                System.arraycopy(y, 0, ends, i * d, d);
            }
        });
        return Dense.of("states", ends, starts.rows(), d);
    }

    /**
     * Integrates from one start and keeps every step.
     *
     * @param field f
     * @param start length d, finite
     * @param from the time of the start, finite
     * @param to the last time, finite; may lie before
     * @param steps how many, at least 1
     * @return the start and the states after each step
     * @throws IllegalArgumentException if an argument is out of range, f gives another length, or a state overflows
     * @throws Interrupted if the thread was interrupted
     * @cost 4 steps evaluations
     */
    public static Trajectory path(VectorField field, double[] start, double from, double to, int steps) {
        Require.atLeast("length of start", start.length, 1);
        Require.finite("start", start);
        Require.finite("from", from);
        Require.finite("to", to);
        Require.atLeast("steps", steps, 1);
        int d = start.length;
        double[] states = new double[Math.multiplyExact(steps + 1, d)];
        double[] times = new double[steps + 1];
        double h = (to - from) / steps;
        double[] y = start;
        for (int k = 0; k <= steps; k++) {
            Interrupted.check();
            times[k] = k == steps ? to : from + k * h;
            System.arraycopy(y, 0, states, k * d, d);
            y = k == steps ? y : step(field, times[k], y, h);
        }
        return new Trajectory(times, Dense.of("states", states, steps + 1, d), 4 * steps);
    }

    /**
     * One step.
     *
     * @param field f
     * @param t the time
     * @param y the state, length d; left as it is
     * @param h the step, may be negative
     * @return the state at t + h, up to an error of order h^5
     * @throws IllegalArgumentException if f gives another length
     * @cost 4 evaluations
     */
    public static double[] step(VectorField field, double t, double[] y, double h) {
        double[] k1 = slope(field, t, y);
        double[] k2 = slope(field, t + h / 2, moved(y, h / 2, k1));
        double[] k3 = slope(field, t + h / 2, moved(y, h / 2, k2));
        double[] k4 = slope(field, t + h, moved(y, h, k3));
        double[] next = y.clone();
        for (int i = 0; i < y.length; i++) {
            next[i] += h / 6 * (k1[i] + 2 * (k2[i] + k3[i]) + k4[i]);
        }
        return next;
    }

    private static double[] slope(VectorField field, double t, double[] y) {
        double[] slope = field.at(t, y);
        Require.shape("f(t, y)", new int[] {slope.length}, y.length);
        return slope;
    }

    private static double[] moved(double[] y, double h, double[] slope) {
        double[] next = y.clone();
        for (int i = 0; i < y.length; i++) {
            next[i] += h * slope[i];
        }
        return next;
    }
}
