package reprise.dynamics;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;

/**
 * Pairs of states, y = F(x), with the weights of a quadrature: sum over m of w(m) g(x(m)) stands for the integral of g.
 *
 * <pre>{@code
 * Snapshots data = Snapshots.of(StateMap.flow(Systems.duffing(0.3), 0.3, 30), starts, 5);
 * }</pre>
 *
 * @param x states, shape [M, d]
 * @param y the states one step later, shape [M, d]
 * @param weights above 0, length M
 */
public record Snapshots(Dense x, Dense y, double[] weights) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the shapes differ or a weight is not positive
     */
    public Snapshots {
        Require.shape("y", new int[] {y.rows(), y.columns()}, x.rows(), x.columns());
        Require.shape("weights", new int[] {weights.length}, x.rows());
        weights = weights.clone();
        for (int m = 0; m < weights.length; m++) {
            Require.positive("weights[" + m + "]", weights[m]);
        }
    }

    /**
     * Pairs of equal weight 1 / M.
     *
     * @param x states, shape [M, d]
     * @param y the states one step later, shape [M, d]
     * @return the pairs
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Snapshots of(Dense x, Dense y) {
        double[] weights = new double[x.rows()];
        Arrays.fill(weights, 1.0 / x.rows());
        return new Snapshots(x, y, weights);
    }

    /**
     * As {@link #of(Dense, Dense)}, for ND4J arrays.
     *
     * @param x states, shape [M, d]
     * @param y the states one step later, shape [M, d]
     * @return the pairs
     * @throws IllegalArgumentException if the shapes differ, or a number is not finite
     */
    public static Snapshots of(INDArray x, INDArray y) {
        return of(Dense.of("x", x), Dense.of("y", y));
    }

    /**
     * As {@link #of(Dense, Dense)}, for arrays of rows.
     *
     * @param x states, shape [M, d]
     * @param y the states one step later, shape [M, d]
     * @return the pairs
     * @throws IllegalArgumentException if the shapes differ, or a number is not finite
     */
    public static Snapshots of(double[][] x, double[][] y) {
        return of(Dense.of("x", x), Dense.of("y", y));
    }

    /**
     * Pairs along orbits from many starts.
     *
     * @param map the system
     * @param starts one a row, shape [m, d]
     * @param steps pairs from each start, at least 1
     * @return M = m steps pairs of equal weight: all first ones, then all second ones
     * @throws IllegalArgumentException if there is no step, or the map gives another length or a number that is not
     *     finite
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost M evaluations of the map, divided by the cores
     */
    public static Snapshots of(StateMap map, Dense starts, int steps) {
        Require.atLeast("steps", steps, 1);
        int size = starts.data().length;
        double[] states = new double[Math.multiplyExact(size, steps + 1)];
        Dense now = starts;
        for (int k = 0; k <= steps; k++) {
            System.arraycopy(now.data(), 0, states, k * size, size);
            if (k < steps) {
                now = map.each(now);
            }
        }
        int rows = starts.rows() * steps;
        return of(
                Dense.of("x", Arrays.copyOf(states, size * steps), rows, starts.columns()),
                Dense.of("y", Arrays.copyOfRange(states, size, states.length), rows, starts.columns()));
    }

    /**
     * Pairs of neighbours in one orbit.
     *
     * @param orbit states in the order of time, at least 2, shape [M + 1, d]
     * @return M pairs of equal weight
     * @throws IllegalArgumentException if there is only one state
     */
    public static Snapshots along(Dense orbit) {
        Require.atLeast("number of states", orbit.rows(), 2);
        int d = orbit.columns();
        int m = orbit.rows() - 1;
        return of(
                Dense.of("x", Arrays.copyOf(orbit.data(), m * d), m, d),
                Dense.of("y", Arrays.copyOfRange(orbit.data(), d, (m + 1) * d), m, d));
    }

    /**
     * As {@link #along(Dense)}, for ND4J arrays.
     *
     * @param orbit states in the order of time, at least 2, shape [M + 1, d]
     * @return M pairs of equal weight
     * @throws IllegalArgumentException if there is only one state, or a number is not finite
     */
    public static Snapshots along(INDArray orbit) {
        return along(Dense.of("orbit", orbit));
    }

    /**
     * As {@link #along(Dense)}, for arrays of rows.
     *
     * @param orbit states in the order of time, at least 2, shape [M + 1, d]
     * @return M pairs of equal weight
     * @throws IllegalArgumentException if there is only one state, or a number is not finite
     */
    public static Snapshots along(double[][] orbit) {
        return along(Dense.of("orbit", orbit));
    }

    /**
     * States with their history: row t holds the states at t, t + gap, ... t + (count - 1) gap side by side. The
     * coordinates of such a row are a dictionary that needs no formula ("delay embedding", Takens 1981).
     *
     * @param orbit states in the order of time, shape [m, d]
     * @param count how many in a row, at least 1
     * @param gap how many steps apart, at least 1
     * @return shape [m - (count - 1) gap, count d]
     * @throws IllegalArgumentException if a number is below 1, or the orbit is too short for one row
     * @cost O(m count d)
     */
    public static Dense delays(Dense orbit, int count, int gap) {
        Require.atLeast("count", count, 1);
        Require.atLeast("gap", gap, 1);
        int d = orbit.columns();
        int lost = Math.multiplyExact(count - 1, gap);
        Require.atLeast("number of states", orbit.rows(), lost + 1);
        int rows = orbit.rows() - lost;
        double[] history = new double[Math.multiplyExact(rows, count * d)];
        for (int t = 0; t < rows; t++) {
            for (int j = 0; j < count; j++) {
                System.arraycopy(orbit.data(), (t + j * gap) * d, history, (t * count + j) * d, d);
            }
        }
        return Dense.of("delays", history, rows, count * d);
    }

    /**
     * Replaces the weights.
     *
     * @param weights above 0, length M
     * @return a copy with them
     * @throws IllegalArgumentException if there are not M, or one is not positive
     */
    public Snapshots weights(double... weights) {
        return new Snapshots(x, y, weights);
    }

    /**
     * All states, the first ones of the pairs above the second ones: what centres of radial functions are chosen from.
     *
     * @return shape [2M, d]
     */
    public Dense states() {
        double[] all = Arrays.copyOf(x.data(), 2 * x.data().length);
        System.arraycopy(y.data(), 0, all, x.data().length, x.data().length);
        return Dense.of("states", all, 2 * x.rows(), x.columns());
    }

    /**
     * The mean distance of the first states from their mean: a length scale for radial functions.
     *
     * @return at least 0; without the weights
     * @cost O(M d)
     */
    public double spread() {
        int d = x.columns();
        double[] mean = new double[d];
        for (int i = 0; i < x.data().length; i++) {
            mean[i % d] += x.data()[i] / x.rows();
        }
        double sum = 0;
        for (int m = 0; m < x.rows(); m++) {
            double squares = 0;
            for (int j = 0; j < d; j++) {
                squares += Math.pow(x.data()[m * d + j] - mean[j], 2);
            }
            sum += Math.sqrt(squares);
        }
        return sum / x.rows();
    }

    /**
     * How many pairs there are.
     *
     * @return M
     */
    public int count() {
        return x.rows();
    }
}
