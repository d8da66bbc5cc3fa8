package reprise.ode;

import reprise.array.Dense;

/**
 * A solution at chosen times.
 *
 * @param times in the order of integration, length m
 * @param states the state at each time, shape [m, d]
 * @param evaluations how often the right-hand side was called
 */
public record Trajectory(double[] times, Dense states, int evaluations) {
    /**
     * The state at the last time.
     *
     * @return length d, a copy
     */
    public double[] last() {
        int d = states.columns();
        double[] y = new double[d];
        System.arraycopy(states.data(), (times.length - 1) * d, y, 0, d);
        return y;
    }
}
