package reprise.linalg;

import reprise.array.Dense;

/**
 * The principal square root of a real Schur form, block by block (Higham, Functions of Matrices, algorithm 6.7): from
 * the last row up, in each row from the diagonal to the right.
 */
final class QuasiTriangular {
    private final int n;
    private final double[] t;
    private final double[] r;

    private QuasiTriangular(Dense t) {
        this.n = t.rows();
        this.t = t.data();
        this.r = new double[n * n];
    }

    static Dense squareRoot(Dense t) {
        QuasiTriangular q = new QuasiTriangular(t);
        int end = q.n;
        while (end > 0) {
            int size = end > 1 && q.t[(end - 1) * q.n + end - 2] != 0 ? 2 : 1;
            q.rowOfBlocks(end - size, size);
            end -= size;
        }
        return Dense.of("square root", q.r, q.n, q.n);
    }

    private void rowOfBlocks(int i, int size) {
        diagonal(i, size);
        // What is left of T in this row once the products of the blocks found so far are taken off.
        double[] rest = new double[size * n];
        System.arraycopy(t, i * n, rest, 0, size * n);
        int j = i + size;
        while (j < n) {
            int width = j + 1 < n && t[(j + 1) * n + j] != 0 ? 2 : 1;
            block(i, size, j, width, rest);
            for (int p = 0; p < size; p++) {
                for (int k = j; k < j + width; k++) {
                    double factor = r[(i + p) * n + k];
                    for (int c = j + width; c < n; c++) {
                        rest[p * n + c] -= factor * r[k * n + c];
                    }
                }
            }
            j += width;
        }
    }

    private void diagonal(int i, int size) {
        int at = i * n + i;
        if (size == 1) {
            r[at] = Math.sqrt(t[at]);
            return;
        }
        // LAPACK leaves these blocks with equal diagonals: eigenvalues theta +- i mu, whose roots have real part alpha.
        double theta = t[at];
        double mu = Math.sqrt(Math.abs(t[at + 1])) * Math.sqrt(Math.abs(t[at + n]));
        double modulus = Math.hypot(theta, mu);
        double alpha = theta > 0
                ? Math.sqrt((modulus + theta) / 2)
                : mu / (2 * Math.sqrt((modulus - theta) / 2));
        r[at] = alpha;
        r[at + n + 1] = alpha;
        r[at + 1] = t[at + 1] / (2 * alpha);
        r[at + n] = t[at + n] / (2 * alpha);
    }

    /** Solves R_ii X + X R_jj = rest for one block of at most 2 x 2, as at most four equations. */
    private void block(int i, int size, int j, int width, double[] rest) {
        int m = size * width;
        double[][] system = new double[m][m + 1];
        for (int p = 0; p < size; p++) {
            for (int q = 0; q < width; q++) {
                double[] equation = system[p * width + q];
                for (int k = 0; k < size; k++) {
                    equation[k * width + q] += r[(i + p) * n + i + k];
                }
                for (int k = 0; k < width; k++) {
                    equation[p * width + k] += r[(j + k) * n + j + q];
                }
                equation[m] = rest[p * n + j + q];
            }
        }
        double[] x = eliminate(system);
        for (int p = 0; p < size; p++) {
            System.arraycopy(x, p * width, r, (i + p) * n + j, width);
        }
    }

    private static double[] eliminate(double[][] system) {
        int m = system.length;
        for (int k = 0; k < m; k++) {
            int best = k;
            for (int i = k + 1; i < m; i++) {
                best = Math.abs(system[i][k]) > Math.abs(system[best][k]) ? i : best;
            }
            double[] pivot = system[best];
            system[best] = system[k];
            system[k] = pivot;
            for (int i = k + 1; i < m; i++) {
                double factor = system[i][k] / pivot[k];
                for (int c = k; c <= m; c++) {
                    system[i][c] -= factor * pivot[c];
                }
            }
        }
        double[] x = new double[m];
        for (int k = m - 1; k >= 0; k--) {
            double sum = system[k][m];
            for (int c = k + 1; c < m; c++) {
                sum -= system[k][c] * x[c];
            }
            x[k] = sum / system[k][k];
        }
        return x;
    }
}
