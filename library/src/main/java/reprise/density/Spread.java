package reprise.density;

import reprise.array.Dense;
import reprise.array.Require;

/** How far points are spread, and the borders that follow from it. */
final class Spread {
    private Spread() {}

    /** The root of the mean variance of the coordinates. */
    static double deviation(Dense y) {
        if (y.rows() < 2) {
            throw new IllegalArgumentException("points must be >= 2 for a bandwidth rule, was " + y.rows());
        }
        double sum = 0;
        for (double variance : variances(y)) {
            sum += variance;
        }
        return Require.positive("spread of the points", Math.sqrt(sum / y.columns()));
    }

    private static double[] variances(Dense y) {
        double[] mean = mean(y);
        double[] variance = new double[y.columns()];
        for (int i = 0; i < y.data().length; i++) {
            double difference = y.data()[i] - mean[i % mean.length];
            variance[i % mean.length] += difference * difference / (y.rows() - 1);
        }
        return variance;
    }

    private static double[] mean(Dense y) {
        double[] mean = new double[y.columns()];
        for (int i = 0; i < y.data().length; i++) {
            mean[i % mean.length] += y.data()[i] / y.rows();
        }
        return mean;
    }

    /** Eigenvalues of the covariance, by Jacobi's rotations: exact to rounding, no native code for a small matrix. */
    static double[] principalVariances(Dense y) {
        int d = y.columns();
        double[][] a = covariance(y);
        for (int sweep = 0; sweep < 50; sweep++) {
            double off = 0;
            double trace = 0;
            for (int p = 0; p < d; p++) {
                trace += a[p][p];
                for (int q = p + 1; q < d; q++) {
                    off += a[p][q] * a[p][q];
                }
            }
            if (off <= 1e-28 * trace * trace) {
                break;
            }
            for (int p = 0; p < d; p++) {
                reprise.parallel.Interrupted.check();
                for (int q = p + 1; q < d; q++) {
                    rotate(a, p, q);
                }
            }
        }
        double[] variances = new double[d];
        for (int k = 0; k < d; k++) {
            variances[k] = Math.max(0, a[k][k]);
        }
        return variances;
    }

    private static double[][] covariance(Dense y) {
        int d = y.columns();
        double[] mean = mean(y);
        double[][] a = new double[d][d];
        for (int i = 0; i < y.rows(); i++) {
            for (int p = 0; p < d; p++) {
                double left = (y.data()[i * d + p] - mean[p]) / (y.rows() - 1);
                for (int q = 0; q < d; q++) {
                    a[p][q] += left * (y.data()[i * d + q] - mean[q]);
                }
            }
        }
        return a;
    }

    private static void rotate(double[][] a, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
        double c = 1 / Math.hypot(1, t);
        double s = t * c;
        for (int k = 0; k < a.length; k++) {
            double left = a[k][p];
            double right = a[k][q];
            a[k][p] = c * left - s * right;
            a[k][q] = s * left + c * right;
        }
        for (int k = 0; k < a.length; k++) {
            double left = a[p][k];
            double right = a[q][k];
            a[p][k] = c * left - s * right;
            a[q][k] = s * left + c * right;
        }
    }

    /** Bisection in log h: the left side falls from infinity to 0 as h grows. */
    static double condensation(double alpha, double[] variances) {
        Require.positive("alpha", alpha);
        double largest = 0;
        for (double variance : variances) {
            largest = Math.max(largest, Require.nonNegative("variance", variance));
        }
        Require.positive("largest variance", largest);
        double low = Math.log(largest) / 2 - 400;
        double high = Math.log(largest) / 2 + 100;
        while (true) {
            double middle = (low + high) / 2;
            if (middle <= low || middle >= high) {
                return Math.exp(middle);
            }
            double sum = 0;
            for (double variance : variances) {
                double s = variance * Math.exp(-2 * middle);
                sum += Math.log1p(s) - s / ((1 + s) * (1 + s));
            }
            if (sum / variances.length > 2 * alpha) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }
}
