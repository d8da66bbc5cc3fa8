package reprise.learning;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Interrupted;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.source.Source;

/**
 * Full-batch gradient descent on the loss sum_j |f(z_j) - y_j|^2 / 2 n of a {@link ReluNetwork}. The hidden layer is
 * trained, unless {@link #bothLayers} asks for the outer one too.
 *
 * <pre>{@code
 * ReluDescent descent = ReluDescent.on(inputs, targets).rate(0.5);
 * ReluNetwork trained = descent.run(ReluNetwork.antisymmetric(4, 2, 16_384, Rng.of(1)), 200);
 * double loss = descent.loss(trained);
 * }</pre>
 *
 * <p>Immutable; a network that is trained further is a new network.
 */
@Source(arxiv = "2401.15604")
public final class ReluDescent {
    private final Dense z;
    private final Dense y;
    private final double[][] points;
    private final double[][] targets;
    private final double rate;
    private final boolean both;

    private ReluDescent(Dense z, Dense y, double[][] points, double[][] targets, double rate, boolean both) {
        this.z = z;
        this.y = y;
        this.points = points;
        this.targets = targets;
        this.rate = rate;
        this.both = both;
    }

    /**
     * Takes the data.
     *
     * @param z inputs, shape [n, p]
     * @param y targets, shape [n, d]
     * @return descent at rate 0.1 on the hidden layer, until changed
     * @throws IllegalArgumentException if the numbers of rows differ
     */
    public static ReluDescent on(Dense z, Dense y) {
        Require.shape("targets", new int[] {y.rows(), y.columns()}, z.rows(), y.columns());
        double[][] targets = new double[y.columns()][];
        System.arraycopy(ReluUnits.columns(y), 0, targets, 0, targets.length);
        return new ReluDescent(z, y, ReluUnits.columns(z), targets, 0.1, false);
    }

    /**
     * As {@link #on(Dense, Dense)}, for arrays of rows.
     *
     * @param z inputs, shape [n, p], finite
     * @param y targets, shape [n, d], finite
     * @return descent at rate 0.1 on the hidden layer, until changed
     * @throws IllegalArgumentException if the numbers of rows differ, or a number is not finite
     */
    public static ReluDescent on(double[][] z, double[][] y) {
        return on(Dense.of("inputs", z), Dense.of("targets", y));
    }

    /**
     * Sets the rate.
     *
     * @param rate the step as a multiple of the gradient, above 0; it converges below 2 over the largest eigenvalue of
     *     the tangent kernel's Gram matrix over n
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public ReluDescent rate(double rate) {
        return new ReluDescent(z, y, points, targets, Require.positive("rate", rate), both);
    }

    /**
     * Trains the outer layer too: another network, with another tangent kernel.
     *
     * @return a changed copy
     */
    public ReluDescent bothLayers() {
        return new ReluDescent(z, y, points, targets, rate, true);
    }

    /**
     * The loss.
     *
     * @param network with p inputs and d outputs
     * @return sum_j |f(z_j) - y_j|^2 / 2 n
     * @throws IllegalArgumentException if the network has other numbers of inputs or outputs
     * @cost one evaluation of the network
     */
    public double loss(ReluNetwork network) {
        check(network);
        double sum = 0;
        for (double[] output : errors(network)) {
            for (double e : output) {
                sum += e * e;
            }
        }
        return sum / (2 * z.rows());
    }

    /**
     * One step, for loops that watch the training; shows no progress.
     *
     * @param network with p inputs and d outputs
     * @return the network after the step
     * @throws IllegalArgumentException if the network has other numbers of inputs or outputs, or the weights overflow
     * @throws Interrupted if the thread was interrupted
     * @cost as {@link #run} with one step
     */
    public ReluNetwork step(ReluNetwork network) {
        Interrupted.check();
        return train(network, 1, () -> {});
    }

    /**
     * Trains.
     *
     * @param network with p inputs and d outputs
     * @param steps how many, at least 0
     * @return the trained network; the same on any number of threads
     * @throws IllegalArgumentException if the network has other numbers of inputs or outputs, the steps are negative,
     *     or the weights overflow, which a large rate does
     * @throws Interrupted if the thread was interrupted
     * @cost 2 n m (3 p + 2 d) operations a step, vectorised and on all cores; n d numbers for each 512 units
     */
    public ReluNetwork run(ReluNetwork network, int steps) {
        Require.atLeast("steps", steps, 0);
        try (var progress = Progress.over("ReLU network", steps)) {
            return train(network, steps, progress::tick);
        }
    }

    private ReluNetwork train(ReluNetwork network, int steps, Runnable afterStep) {
        check(network);
        double[][] w = copy(network.w());
        double[][] a = copy(network.a());
        var current = new ReluNetwork(network.inputs(), w, a);
        for (int k = 0; k < steps; k++) {
            advance(current);
            afterStep.run();
        }
        for (double[][] layer : new double[][][] {w, a}) {
            for (double[] row : layer) {
                Require.finite("weights after training at rate " + rate, row);
            }
        }
        return current;
    }

    /** Changes the weights of a network that nobody else has seen. */
    private void advance(ReluNetwork network) {
        double[][] w = network.w();
        double[][] a = network.a();
        double[][] errors = errors(network);
        int m = network.width();
        double scale = rate / (z.rows() * Math.sqrt(m));
        Tasks.forRange((m + ReluUnits.UNITS - 1) / ReluUnits.UNITS, piece -> {
            int from = piece * ReluUnits.UNITS;
            int to = Math.min(m, from + ReluUnits.UNITS);
            double[][] gw = new double[w.length][to - from];
            double[][] ga = new double[both ? a.length : 0][to - from];
            ReluUnits.backward(w, a, points, errors, from, to, gw, ga);
            subtract(w, from, gw, network.inputs(), scale);
            subtract(a, from, ga, ga.length, scale);
        });
    }

    private static void subtract(double[][] weights, int from, double[][] gradient, int rows, double scale) {
        for (int k = 0; k < rows; k++) {
            for (int r = 0; r < gradient[k].length; r++) {
                weights[k][from + r] -= scale * gradient[k][r];
            }
        }
    }

    private double[][] errors(ReluNetwork network) {
        double[][] errors = network.values(points);
        for (int i = 0; i < errors.length; i++) {
            for (int j = 0; j < errors[i].length; j++) {
                errors[i][j] -= targets[i][j];
            }
        }
        return errors;
    }

    private void check(ReluNetwork network) {
        network.check(z);
        Require.shape("outputs of the network", new int[] {network.outputs()}, y.columns());
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int k = 0; k < copy.length; k++) {
            copy[k] = rows[k].clone();
        }
        return copy;
    }
}
