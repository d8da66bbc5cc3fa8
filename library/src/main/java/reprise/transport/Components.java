package reprise.transport;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Cholesky;
import reprise.linalg.Eigen;
import reprise.prob.Normal;
import reprise.random.Rng;

/**
 * The parameters of a bridge: weights, r_k, and S_k by its eigenvalues and eigenvectors, since everything that is done
 * with S_k is a function of it.
 */
final class Components {
    final double epsilon;
    final int count;
    final int d;
    final double[] logAlpha;
    final double[] centres;
    /** Eigenvalues of S_k, [k][c]. */
    final double[] axes;
    /** r_k along the axes of S_k, [k][c]. */
    final double[] turnedCentres;
    /** Eigenvectors of S_k in columns; none at all if every S_k is diagonal. */
    final double[][] rotations;

    private Components(double epsilon, double[] logAlpha, Dense r, double[] axes, double[][] rotations) {
        this.epsilon = Require.positive("epsilon", epsilon);
        count = Require.atLeast("number of components", logAlpha.length, 1);
        Require.shape("r", new int[] {r.rows(), r.columns()}, logAlpha.length, r.columns());
        this.logAlpha = Require.finite("logAlpha", logAlpha).clone();
        d = r.columns();
        centres = r.data().clone();
        this.axes = axes;
        this.rotations = rotations;
        turnedCentres = centres.clone();
        double[] turned = new double[d];
        for (int k = 0; k < rotations.length; k++) {
            turn(k, centres, k * d, turned);
            System.arraycopy(turned, 0, turnedCentres, k * d, d);
        }
    }

    static Components diagonal(double epsilon, double[] logAlpha, Dense r, Dense s) {
        Require.shape("s", new int[] {s.rows(), s.columns()}, r.rows(), r.columns());
        for (int i = 0; i < s.data().length; i++) {
            Require.positive("s[" + i / s.columns() + ", " + i % s.columns() + "]", s.data()[i]);
        }
        return new Components(epsilon, logAlpha, r, s.data().clone(), new double[0][]);
    }

    static Components full(double epsilon, double[] logAlpha, Dense r, List<Dense> s) {
        Require.shape("s", new int[] {s.size()}, r.rows());
        int d = r.columns();
        double[] axes = new double[r.rows() * d];
        double[][] rotations = new double[r.rows()][];
        for (int k = 0; k < rotations.length; k++) {
            Require.shape("s[" + k + "]", new int[] {s.get(k).rows(), s.get(k).columns()}, d, d);
            Cholesky.of(s.get(k));
            Eigen own = Eigen.symmetric(s.get(k));
            for (int c = 0; c < d; c++) {
                axes[k * d + c] = Require.positive("eigenvalue " + c + " of s[" + k + "]", own.values()[c]);
            }
            rotations[k] = own.vectors().data();
        }
        return new Components(epsilon, logAlpha, r, axes, rotations);
    }

    boolean diagonal() {
        return rotations.length == 0;
    }

    /** A point along the axes of S_k. */
    void turn(int k, double[] x, int from, double[] turned) {
        double[] rotation = rotations[k];
        for (int c = 0; c < d; c++) {
            double sum = 0;
            for (int i = 0; i < d; i++) {
                sum += rotation[i * d + c] * x[from + i];
            }
            turned[c] = sum;
        }
    }

    /** Adds to y what the axes of S_k make of a vector along them. */
    void turnBack(int k, double factor, double[] turned, double[] y, int to) {
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int c = 0; c < d; c++) {
                sum += rotations[k][i * d + c] * turned[c];
            }
            y[to + i] += factor * sum;
        }
    }

    /** r_k + S_k x. */
    double[] image(int k, double[] x, int from) {
        double[] y = Arrays.copyOfRange(centres, k * d, (k + 1) * d);
        if (diagonal()) {
            for (int c = 0; c < d; c++) {
                y[c] += axes[k * d + c] * x[from + c];
            }
            return y;
        }
        double[] turned = new double[d];
        turn(k, x, from, turned);
        for (int c = 0; c < d; c++) {
            turned[c] *= axes[k * d + c];
        }
        turnBack(k, 1, turned, y, 0);
        return y;
    }

    /** Adds a draw of N(0, eps S_k). */
    void addNoise(int k, double[] y, Rng rng) {
        double[] z = new double[d];
        for (int c = 0; c < d; c++) {
            z[c] = Math.sqrt(epsilon * axes[k * d + c]) * rng.normal();
        }
        if (!diagonal()) {
            turnBack(k, 1, z, y, 0);
            return;
        }
        for (int c = 0; c < d; c++) {
            y[c] += z[c];
        }
    }

    /** N(mean, f(S_k)). */
    Normal normal(int k, double[] mean, DoubleUnaryOperator f) {
        if (!diagonal()) {
            return Normal.of(mean, Dense.of("covariance", function(k, f), d, d));
        }
        double[] variances = new double[d];
        Arrays.setAll(variances, c -> f.applyAsDouble(axes[k * d + c]));
        return Normal.diagonal(mean, variances);
    }

    /** f(S_k), row after row. */
    double[] function(int k, DoubleUnaryOperator f) {
        double[] a = new double[d * d];
        for (int c = 0; c < d; c++) {
            double value = f.applyAsDouble(axes[k * d + c]);
            if (diagonal()) {
                a[c * d + c] = value;
                continue;
            }
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    a[i * d + j] += value * rotations[k][i * d + c] * rotations[k][j * d + c];
                }
            }
        }
        return a;
    }
}
