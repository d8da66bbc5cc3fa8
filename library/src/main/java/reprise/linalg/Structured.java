package reprise.linalg;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;

/** Matrices that are given by fewer numbers than they have entries. */
public final class Structured {
    private Structured() {}

    /**
     * The Kronecker product: every entry of A times all of B.
     *
     * @param a shape [m, n]
     * @param b shape [p, q]
     * @return shape [m p, n q]
     * @throws IllegalArgumentException if an entry overflows
     * @throws ArithmeticException if the result is too large for an array
     * @cost m n p q operations
     */
    public static Dense kronecker(Dense a, Dense b) {
        int rows = Math.multiplyExact(a.rows(), b.rows());
        int columns = Math.multiplyExact(a.columns(), b.columns());
        double[] c = new double[Math.multiplyExact(rows, columns)];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                c[i * columns + j] = a.data()[i / b.rows() * a.columns() + j / b.columns()]
                        * b.data()[i % b.rows() * b.columns() + j % b.columns()];
            }
        }
        return Dense.of("product", c, rows, columns);
    }

    /**
     * As {@link #kronecker(Dense, Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @param b shape [p, q]
     * @return shape [m p, n q]
     * @throws IllegalArgumentException if an entry overflows
     * @throws ArithmeticException if the result is too large for an array
     */
    public static INDArray kronecker(INDArray a, INDArray b) {
        return kronecker(Dense.of("a", a), Dense.of("b", b)).toArray();
    }

    /**
     * As {@link #kronecker(Dense, Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @param b shape [p, q]
     * @return shape [m p, n q]
     * @throws IllegalArgumentException if an entry overflows
     * @throws ArithmeticException if the result is too large for an array
     */
    public static double[][] kronecker(double[][] a, double[][] b) {
        return kronecker(Dense.of("a", a), Dense.of("b", b)).toRows();
    }

    /**
     * The Toeplitz matrix, constant along diagonals: entry (i, j) is column[i - j] or row[j - i].
     *
     * @param column the first column, length m, finite
     * @param row the first row, length n, finite; row[0] must be column[0]
     * @return shape [m, n]
     * @throws IllegalArgumentException if one is empty or not finite, or they disagree on the corner
     * @cost m n operations
     */
    public static Dense toeplitz(double[] column, double[] row) {
        ends("column", column, "row", row, 0);
        double[] t = new double[Math.multiplyExact(column.length, row.length)];
        for (int k = 0; k < t.length; k++) {
            int d = k / row.length - k % row.length;
            t[k] = d >= 0 ? column[d] : row[-d];
        }
        return Dense.of("toeplitz", t, column.length, row.length);
    }

    /**
     * The Hankel matrix, constant along antidiagonals: entry (i, j) is the (i + j)-th of the column continued by the
     * row.
     *
     * @param column the first column, length m, finite
     * @param row the last row, length n, finite; row[0] must be column[m - 1]
     * @return shape [m, n]
     * @throws IllegalArgumentException if one is empty or not finite, or they disagree on the corner
     * @cost m n operations
     */
    public static Dense hankel(double[] column, double[] row) {
        ends("column", column, "row", row, column.length - 1);
        int m = column.length;
        double[] h = new double[Math.multiplyExact(m, row.length)];
        for (int k = 0; k < h.length; k++) {
            int s = k / row.length + k % row.length;
            h[k] = s < m ? column[s] : row[s - m + 1];
        }
        return Dense.of("hankel", h, m, row.length);
    }

    /**
     * The circulant matrix: each column is the one before it, turned down by one.
     *
     * @param column the first column, length n, finite
     * @return shape [n, n]; entry (i, j) is column[(i - j) mod n]
     * @throws IllegalArgumentException if it is empty or not finite
     * @cost n^2 operations
     */
    public static Dense circulant(double[] column) {
        int n = column.length;
        Require.atLeast("length of column", n, 1);
        double[] c = new double[Math.multiplyExact(n, n)];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                c[i * n + j] = column[Math.floorMod(i - j, n)];
            }
        }
        return Dense.of("column", c, n, n);
    }

    private static void ends(String nameA, double[] a, String nameB, double[] b, int corner) {
        Require.atLeast("length of " + nameA, a.length, 1);
        Require.atLeast("length of " + nameB, b.length, 1);
        Require.finite(nameA, a);
        Require.finite(nameB, b);
        if (a[corner] != b[0]) {
            throw new IllegalArgumentException(
                    nameB + "[0] must be " + nameA + "[" + corner + "] = " + a[corner] + ", was " + b[0]);
        }
    }
}
