package reprise.linalg;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;

/**
 * A matrix of mostly zeros, kept as compressed rows (CSR): for each row its columns in ascending order and their
 * values. Immutable.
 */
public final class Sparse implements LinearOperator {
    private final int columns;
    private final int[] start;
    private final int[] column;
    private final double[] value;

    private Sparse(int columns, int[] start, int[] column, double[] value) {
        this.columns = columns;
        this.start = start;
        this.column = column;
        this.value = value;
    }

    /**
     * A matrix from its entries in any order. Entries of one place add up.
     *
     * @param rows the number of rows, at least 1
     * @param columns the number of columns, at least 1
     * @param i the row of each entry, from 0
     * @param j the column of each entry, from 0
     * @param values the entries, finite
     * @return the matrix
     * @throws IllegalArgumentException if the lengths differ, an index is outside, or a value is not finite
     * @cost O(rows + columns + entries)
     */
    public static Sparse ofTriplets(int rows, int columns, int[] i, int[] j, double[] values) {
        Require.atLeast("rows", rows, 1);
        Require.atLeast("columns", columns, 1);
        Require.shape("i", new int[] {i.length}, values.length);
        Require.shape("j", new int[] {j.length}, values.length);
        Require.finite("values", values);
        inside("i", i, rows);
        inside("j", j, columns);
        // Two counting sorts, by column and then by row: stable, so each row ends up in the order of its columns.
        int[] byColumn = sorted(null, j, columns);
        int[] order = sorted(byColumn, i, rows);
        int[] start = new int[rows + 1];
        int[] column = new int[values.length];
        double[] value = new double[values.length];
        int kept = 0;
        int row = 0;
        for (int e : order) {
            while (row < i[e]) {
                start[++row] = kept;
            }
            if (kept > start[row] && column[kept - 1] == j[e]) {
                value[kept - 1] = Require.finite("sum of values at (" + row + ", " + j[e] + ")",
                        value[kept - 1] + values[e]);
            } else {
                column[kept] = j[e];
                value[kept++] = values[e];
            }
        }
        while (row < rows) {
            start[++row] = kept;
        }
        return new Sparse(columns, start, Arrays.copyOf(column, kept), Arrays.copyOf(value, kept));
    }

    /**
     * The entries of a dense matrix that are not zero.
     *
     * @param a shape [m, n]
     * @return the same matrix
     * @cost m n
     */
    public static Sparse of(Dense a) {
        int n = a.columns();
        int[] start = new int[a.rows() + 1];
        int kept = 0;
        for (double v : a.data()) {
            kept += v == 0 ? 0 : 1;
        }
        int[] column = new int[kept];
        double[] value = new double[kept];
        kept = 0;
        for (int k = 0; k < a.data().length; k++) {
            if (a.data()[k] != 0) {
                column[kept] = k % n;
                value[kept++] = a.data()[k];
            }
            start[k / n + 1] = kept;
        }
        return new Sparse(n, start, column, value);
    }

    /**
     * The identity.
     *
     * @param n its order, at least 1
     * @return shape [n, n]
     * @throws IllegalArgumentException if the order is below 1
     */
    public static Sparse identity(int n) {
        Require.atLeast("n", n, 1);
        double[] one = new double[n];
        Arrays.fill(one, 1);
        return diagonal(one);
    }

    /**
     * A diagonal matrix.
     *
     * @param values the diagonal, length n at least 1, finite
     * @return shape [n, n]
     * @throws IllegalArgumentException if it is empty or not finite
     */
    public static Sparse diagonal(double[] values) {
        int[] index = new int[values.length];
        Arrays.setAll(index, k -> k);
        return ofTriplets(values.length, values.length, index, index, values);
    }

    /**
     * The number of rows.
     *
     * @return at least 1
     */
    public int rows() {
        return start.length - 1;
    }

    /**
     * The number of columns.
     *
     * @return at least 1
     */
    public int columns() {
        return columns;
    }

    /**
     * The number of entries that are kept.
     *
     * @return from 0 to rows times columns
     */
    public int entries() {
        return value.length;
    }

    /**
     * The order of a square matrix.
     *
     * @return n
     * @throws IllegalArgumentException if the matrix is not square
     */
    @Override
    public int order() {
        if (rows() != columns) {
            throw new IllegalArgumentException("matrix must be square, had shape [" + rows() + ", " + columns + "]");
        }
        return columns;
    }

    /**
     * The product A x.
     *
     * @param x length n
     * @return length m
     * @throws IllegalArgumentException if the length differs
     * @cost 2 operations for each entry
     */
    @Override
    public double[] apply(double[] x) {
        Require.shape("x", new int[] {x.length}, columns);
        double[] y = new double[rows()];
        for (int i = 0; i < y.length; i++) {
            double sum = 0;
            for (int e = start[i]; e < start[i + 1]; e++) {
                sum += value[e] * x[column[e]];
            }
            y[i] = sum;
        }
        return y;
    }

    /**
     * The product A&#7488; x.
     *
     * @param x length m
     * @return length n
     * @throws IllegalArgumentException if the length differs
     * @cost 2 operations for each entry
     */
    public double[] applyTransposed(double[] x) {
        Require.shape("x", new int[] {x.length}, rows());
        double[] y = new double[columns];
        for (int i = 0; i < x.length; i++) {
            for (int e = start[i]; e < start[i + 1]; e++) {
                y[column[e]] += value[e] * x[i];
            }
        }
        return y;
    }

    /**
     * The transpose.
     *
     * @return shape [n, m]
     * @cost O(rows + columns + entries)
     */
    public Sparse transpose() {
        return ofTriplets(columns, rows(), column, rowOfEntries(), value);
    }

    /**
     * A linear combination of two matrices, p A + q B.
     *
     * @param p the factor of this matrix, finite
     * @param q the factor of the other, finite
     * @param b the other, of the same shape
     * @return the sum
     * @throws IllegalArgumentException if the shapes differ
     * @cost O(rows + columns + entries)
     */
    public Sparse combine(double p, double q, Sparse b) {
        Require.shape("b", new int[] {b.rows(), b.columns}, rows(), columns);
        int own = value.length;
        int[] i = Arrays.copyOf(rowOfEntries(), own + b.value.length);
        int[] j = Arrays.copyOf(column, i.length);
        double[] v = Arrays.copyOf(value, i.length);
        System.arraycopy(b.rowOfEntries(), 0, i, own, b.value.length);
        System.arraycopy(b.column, 0, j, own, b.value.length);
        System.arraycopy(b.value, 0, v, own, b.value.length);
        for (int e = 0; e < v.length; e++) {
            v[e] *= e < own ? p : q;
        }
        return ofTriplets(rows(), columns, i, j, v);
    }

    /**
     * The diagonal.
     *
     * @return length min(m, n)
     * @cost O(rows log columns)
     */
    public double[] diagonal() {
        double[] d = new double[Math.min(rows(), columns)];
        for (int i = 0; i < d.length; i++) {
            int e = Arrays.binarySearch(column, start[i], start[i + 1], i);
            d[i] = e < 0 ? 0 : value[e];
        }
        return d;
    }

    /**
     * The matrix with its zeros.
     *
     * @return shape [m, n]
     * @throws ArithmeticException if it is too large for an array
     * @cost m n
     */
    public Dense toDense() {
        double[] a = new double[Math.multiplyExact(rows(), columns)];
        int[] row = rowOfEntries();
        for (int e = 0; e < value.length; e++) {
            a[row[e] * columns + column[e]] = value[e];
        }
        return Dense.of("a", a, rows(), columns);
    }

    private int[] rowOfEntries() {
        int[] row = new int[value.length];
        for (int i = 0; i < rows(); i++) {
            Arrays.fill(row, start[i], start[i + 1], i);
        }
        return row;
    }

    private static int[] sorted(int[] order, int[] key, int bound) {
        int[] next = new int[bound + 1];
        for (int k : key) {
            next[k + 1]++;
        }
        for (int k = 0; k < bound; k++) {
            next[k + 1] += next[k];
        }
        int[] result = new int[key.length];
        for (int e = 0; e < key.length; e++) {
            int entry = order == null ? e : order[e];
            result[next[key[entry]]++] = entry;
        }
        return result;
    }

    private static void inside(String name, int[] index, int bound) {
        for (int k = 0; k < index.length; k++) {
            if (index[k] < 0 || index[k] >= bound) {
                throw new IllegalArgumentException(
                        name + "[" + k + "] must be >= 0 and < " + bound + ", was " + index[k]);
            }
        }
    }
}
