package reprise.linalg;

import reprise.array.Dense;

/**
 * Powers of two for the rows and columns of a square matrix, so that the largest entry of each lies in [1, 2). Scaling
 * by them is exact (LAPACK's dgeequb).
 */
record Scaling(double[] row, double[] column) {
    /** Beyond 2^1000 a factor's inverse is no longer a normal double; such entries stay a little too small or large. */
    private static final int MOST = 1_000;

    static Scaling of(Dense a) {
        int n = a.rows();
        double[] row = new double[n];
        double[] column = new double[n];
        for (int i = 0; i < n; i++) {
            double largest = 0;
            for (int j = 0; j < n; j++) {
                largest = Math.max(largest, Math.abs(a.data()[i * n + j]));
            }
            row[i] = inverse(largest);
            for (int j = 0; j < n; j++) {
                column[j] = Math.max(column[j], Math.abs(a.data()[i * n + j]) * row[i]);
            }
        }
        for (int j = 0; j < n; j++) {
            column[j] = inverse(column[j]);
        }
        return new Scaling(row, column);
    }

    Dense apply(Dense a) {
        int n = row.length;
        double[] scaled = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                scaled[i * n + j] = a.data()[i * n + j] * row[i] * column[j];
            }
        }
        return Dense.of("a", scaled, n, n);
    }

    /** Right-hand sides of the scaled system. */
    Dense before(Dense b, boolean transposed) {
        return rows(b, transposed ? column : row);
    }

    /** Solutions of the system as it was. */
    Dense after(Dense x, boolean transposed) {
        return rows(x, transposed ? row : column);
    }

    double logOfProducts() {
        long sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += Math.getExponent(row[i]) + Math.getExponent(column[i]);
        }
        return -sum * Math.log(2);
    }

    private static double inverse(double largest) {
        int exponent = Math.max(-MOST, Math.min(MOST, Math.getExponent(largest)));
        return largest == 0 ? 1 : Math.scalb(1.0, -exponent);
    }

    private static Dense rows(Dense b, double[] factor) {
        double[] scaled = new double[b.data().length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = b.data()[i] * factor[i / b.columns()];
        }
        return Dense.of("x", scaled, b.rows(), b.columns());
    }
}
