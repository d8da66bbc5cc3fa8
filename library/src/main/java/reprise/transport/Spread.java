package reprise.transport;

import reprise.array.Dense;
import reprise.backend.cpu.SoftAssignment;

/**
 * How S_k is written in free numbers, and what follows: the features whose products with weights are the logits of
 * both halves of the objective, and the gradient from the moments of these features.
 *
 * <p>Parameters are rows of K numbers: first a with log alpha = a / scale, then r, one row a coordinate, then those of
 * S. Loops run over components, so that the compiler turns them into vector code.
 */
sealed interface Spread permits DiagonalSpread, FullSpread {
    /** The number of parameters of S for one component. */
    int parameters();

    /** The number of features; the first is the constant 1. */
    int features();

    /** Sets the features of a batch. */
    void features(Dense batch, SoftAssignment half);

    /** Sets S_k = value I. */
    void start(double[][] parameters, double value);

    /** Sets the weights of both halves from the parameters. */
    void weights(double[][] parameters, SoftAssignment source, SoftAssignment target);

    /** Writes the gradient of sum log c - sum log v, from the moments of both halves. */
    void gradient(double[][] parameters, SoftAssignment source, SoftAssignment target, double[][] gradient);

    /** The bridge with these parameters. */
    LightBridge bridge(double[][] parameters);

    /** r, shape [K, d], from its rows. */
    static Dense centres(double[][] parameters, int d) {
        int count = parameters[0].length;
        double[] r = new double[count * d];
        for (int k = 0; k < count; k++) {
            for (int c = 0; c < d; c++) {
                r[k * d + c] = parameters[1 + c][k];
            }
        }
        return Dense.of("r", r, count, d);
    }

    /** log alpha from its row. */
    static double[] logAlpha(double[][] parameters, double scale) {
        double[] log = parameters[0].clone();
        for (int k = 0; k < log.length; k++) {
            log[k] /= scale;
        }
        return log;
    }
}
