package reprise.backend.cpu;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.backend.Cost;

/**
 * Row by row with {@code Math.exp}: for any cost, and for exponents beyond 2^49, where the tiles would lose the
 * exponent in the mantissa.
 */
final class ExactRows {
    private final double[][] x;
    private final double[][] y;
    private final Cost.Pair cost;

    ExactRows(Dense x, Dense y, Cost cost) {
        this.x = rows(x);
        this.y = rows(y);
        this.cost = pair(cost);
    }

    private static Cost.Pair pair(Cost cost) {
        if (cost instanceof Cost.SquaredDistance) {
            return ExactRows::squaredDistance;
        } else if (cost instanceof Cost.InnerProduct) {
            return (a, b) -> -product(a, b);
        }
        return ((Cost.General) cost).pair();
    }

    double logSum(int i, double[] w, double eps) {
        double[] t = exponents(i, w, eps);
        double top = max(t);
        return top == Double.NEGATIVE_INFINITY ? top : top + Math.log(exponentiate(t, top));
    }

    void average(int i, double[] w, double eps, Dense values, double[] out) {
        double[] t = exponents(i, w, eps);
        double top = max(t);
        if (top == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "x[" + i + "] must be within reach of a point, was so far from all that no weight can be told");
        }
        double sum = exponentiate(t, top);
        int k = values.columns();
        for (int j = 0; j < t.length; j++) {
            if (t[j] != 0) {
                for (int c = 0; c < k; c++) {
                    out[i * k + c] += t[j] / sum * values.data()[j * k + c];
                }
            }
        }
    }

    private double[] exponents(int i, double[] w, double eps) {
        double[] t = new double[w.length];
        for (int j = 0; j < t.length; j++) {
            t[j] = w[j] == Double.NEGATIVE_INFINITY ? w[j] : w[j] - between(i, j) / eps;
        }
        return t;
    }

    private double between(int i, int j) {
        double c = cost.between(x[i], y[j]);
        if (Double.isNaN(c) || c == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("cost of x[" + i + "] and y[" + j + "] must be finite, was " + c);
        }
        return c;
    }

    private static double max(double[] t) {
        return Arrays.stream(t).max().orElseThrow();
    }

    private static double exponentiate(double[] t, double top) {
        double sum = 0;
        for (int j = 0; j < t.length; j++) {
            t[j] = Math.exp(t[j] - top);
            sum += t[j];
        }
        return sum;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return sum;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double[][] rows(Dense x) {
        double[][] rows = new double[x.rows()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(x.data(), i * x.columns(), (i + 1) * x.columns());
        }
        return rows;
    }
}
