package reprise.learning;

import java.util.Arrays;
import reprise.array.Dense;

/**
 * The loops over units and points. Every inner loop runs over contiguous numbers without a branch, so that the JIT
 * makes vector instructions of it: relu(p) is (p + |p|) / 2, and its derivative the smaller of 1 and a huge multiple of
 * that.
 *
 * <p>Weights lie coordinate after coordinate, [p][units], p filled up with zeros to a multiple of four; so do points.
 */
final class ReluUnits {
    /** Units that one piece of work takes; few enough that a piece stays in the first cache. */
    static final int UNITS = 512;

    private static final int POINTS = 512;
    private static final double HUGE = 1e300;

    private ReluUnits() {}

    /** Columns of a matrix as arrays, filled up with zero columns to a multiple of four. */
    static double[][] columns(Dense z) {
        double[][] columns = new double[(z.columns() + 3) / 4 * 4][z.rows()];
        for (int i = 0; i < z.rows(); i++) {
            for (int k = 0; k < z.columns(); k++) {
                columns[k][i] = z.data()[i * z.columns() + k];
            }
        }
        return columns;
    }

    /** Writes sum_r a_r relu(w_r . z_j) over units from, ..., to - 1 to out, shape [d][points]. */
    static void forward(double[][] w, double[][] a, double[][] z, int from, int to, double[][] out) {
        int n = z[0].length;
        for (int start = 0; start < n; start += POINTS) {
            int end = Math.min(n, start + POINTS);
            double[][] near = piece(z, start, end);
            double[][] sums = new double[out.length][end - start];
            double[] p = new double[end - start];
            for (int r = from; r < to; r++) {
                for (int k = 0; k < z.length; k += 4) {
                    product(p, near, k, w[k][r], w[k + 1][r], w[k + 2][r], w[k + 3][r]);
                }
                for (int i = 0; i < out.length; i++) {
                    addRelu(sums[i], p, a[i][r] / 2);
                }
            }
            for (int i = 0; i < out.length; i++) {
                System.arraycopy(sums[i], 0, out[i], start, end - start);
            }
        }
    }

    /**
     * Adds sum_j 1(w_r . z_j > 0) (e_j . a_r) z_j over all points to gw, shape [p][units], and, where ga is not empty,
     * sum_j e_ij relu(w_r . z_j) to ga, shape [d][units]; both for units from, ..., to - 1, counted from 0.
     */
    static void backward(
            double[][] w, double[][] a, double[][] z, double[][] e, int from, int to, double[][] gw, double[][] ga) {
        double[][] hidden = piece(w, from, to);
        double[][] outer = piece(a, from, to);
        double[] p = new double[to - from];
        double[] c = new double[to - from];
        for (int j = 0; j < z[0].length; j++) {
            for (int k = 0; k < z.length; k += 4) {
                product(p, hidden, k, z[k][j], z[k + 1][j], z[k + 2][j], z[k + 3][j]);
            }
            for (int i = 0; i < ga.length; i++) {
                addRelu(ga[i], p, e[i][j] / 2);
            }
            scaled(c, outer[0], e[0][j]);
            for (int i = 1; i < e.length; i++) {
                add(c, outer[i], e[i][j]);
            }
            mask(c, p);
            for (int k = 0; k < z.length; k += 4) {
                spread(gw, k, c, z[k][j], z[k + 1][j], z[k + 2][j], z[k + 3][j]);
            }
        }
    }

    /** A copy of some columns. Offsets inside the loops would keep the JIT from proving that it may use vectors. */
    private static double[][] piece(double[][] rows, int from, int to) {
        double[][] piece = new double[rows.length][];
        for (int k = 0; k < piece.length; k++) {
            piece[k] = Arrays.copyOfRange(rows[k], from, to);
        }
        return piece;
    }

    /** p = or += the sum of four rows times four numbers. */
    private static void product(double[] p, double[][] rows, int k, double s0, double s1, double s2, double s3) {
        double[] r0 = rows[k];
        double[] r1 = rows[k + 1];
        double[] r2 = rows[k + 2];
        double[] r3 = rows[k + 3];
        if (k == 0) {
            for (int j = 0; j < p.length; j++) {
                p[j] = s0 * r0[j] + s1 * r1[j] + (s2 * r2[j] + s3 * r3[j]);
            }
        } else {
            for (int j = 0; j < p.length; j++) {
                p[j] += s0 * r0[j] + s1 * r1[j] + (s2 * r2[j] + s3 * r3[j]);
            }
        }
    }

    private static void addRelu(double[] sum, double[] p, double half) {
        for (int j = 0; j < p.length; j++) {
            sum[j] += half * (p[j] + Math.abs(p[j]));
        }
    }

    private static void scaled(double[] c, double[] a, double factor) {
        for (int r = 0; r < c.length; r++) {
            c[r] = factor * a[r];
        }
    }

    private static void add(double[] c, double[] a, double factor) {
        for (int r = 0; r < c.length; r++) {
            c[r] += factor * a[r];
        }
    }

    private static void mask(double[] c, double[] p) {
        for (int r = 0; r < c.length; r++) {
            c[r] *= Math.min(1.0, (p[r] + Math.abs(p[r])) * HUGE);
        }
    }

    private static void spread(double[][] rows, int k, double[] c, double s0, double s1, double s2, double s3) {
        double[] r0 = rows[k];
        double[] r1 = rows[k + 1];
        double[] r2 = rows[k + 2];
        double[] r3 = rows[k + 3];
        for (int r = 0; r < c.length; r++) {
            r0[r] += s0 * c[r];
        }
        for (int r = 0; r < c.length; r++) {
            r1[r] += s1 * c[r];
        }
        for (int r = 0; r < c.length; r++) {
            r2[r] += s2 * c[r];
        }
        for (int r = 0; r < c.length; r++) {
            r3[r] += s3 * c[r];
        }
    }
}
