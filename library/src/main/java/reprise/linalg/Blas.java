package reprise.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;

/**
 * Products of matrices and vectors (BLAS levels 2 and 3).
 *
 * <p>Large products run on all cores in OpenBLAS. Small ones, and products with a vector, are plain loops: carrying
 * the matrix over to native memory would cost more than the product.
 */
public final class Blas {
    /** Multiplications below which a plain loop beats the way into native memory. */
    private static final long SMALL = 20_000;

    /** Multiplications from which a second core helps. */
    private static final long LARGE = 4_000_000;

    private static final int ROW_MAJOR = 101;
    private static final int LOWER = 122;

    private Blas() {}

    /**
     * The product of two matrices, A B.
     *
     * @param a the left factor, shape [m, k]
     * @param b the right factor, shape [k, n]
     * @return shape [m, n]
     * @throws IllegalArgumentException if the inner sizes differ, or an entry overflows
     * @cost 2 m n k operations; dgemm
     */
    public static Dense product(Dense a, Dense b) {
        Shapes.match(a.columns() == b.rows(), "a must have as many columns as b has rows", "a", a, "b", b);
        return gemm(a, false, b, false);
    }

    /**
     * As {@link #product(Dense, Dense)}, for ND4J arrays.
     *
     * @param a the left factor, shape [m, k]
     * @param b the right factor, shape [k, n]
     * @return shape [m, n]
     * @throws IllegalArgumentException if the inner sizes differ, or an entry overflows
     */
    public static INDArray product(INDArray a, INDArray b) {
        return Shapes.like(b, product(Dense.of("a", a), Dense.of("b", b)));
    }

    /**
     * As {@link #product(Dense, Dense)}, for arrays of rows.
     *
     * @param a the left factor, shape [m, k]
     * @param b the right factor, shape [k, n]
     * @return shape [m, n]
     * @throws IllegalArgumentException if the inner sizes differ, or an entry overflows
     */
    public static double[][] product(double[][] a, double[][] b) {
        return product(Dense.of("a", a), Dense.of("b", b)).toRows();
    }

    /**
     * The product with the left factor transposed, A&#7488; B.
     *
     * @param a the left factor, shape [k, m]
     * @param b the right factor, shape [k, n]
     * @return shape [m, n]
     * @throws IllegalArgumentException if the numbers of rows differ, or an entry overflows
     * @cost 2 m n k operations; dgemm
     */
    public static Dense productAtB(Dense a, Dense b) {
        Shapes.sameRows("a", a, "b", b);
        return gemm(a, true, b, false);
    }

    /**
     * As {@link #productAtB(Dense, Dense)}, for ND4J arrays.
     *
     * @param a the left factor, shape [k, m]
     * @param b the right factor, shape [k, n]
     * @return shape [m, n]
     * @throws IllegalArgumentException if the numbers of rows differ, or an entry overflows
     */
    public static INDArray productAtB(INDArray a, INDArray b) {
        return Shapes.like(b, productAtB(Dense.of("a", a), Dense.of("b", b)));
    }

    /**
     * As {@link #productAtB(Dense, Dense)}, for arrays of rows.
     *
     * @param a the left factor, shape [k, m]
     * @param b the right factor, shape [k, n]
     * @return shape [m, n]
     * @throws IllegalArgumentException if the numbers of rows differ, or an entry overflows
     */
    public static double[][] productAtB(double[][] a, double[][] b) {
        return productAtB(Dense.of("a", a), Dense.of("b", b)).toRows();
    }

    /**
     * The product with the right factor transposed, A B&#7488;.
     *
     * @param a the left factor, shape [m, k]
     * @param b the right factor, shape [n, k]
     * @return shape [m, n]
     * @throws IllegalArgumentException if the numbers of columns differ, or an entry overflows
     * @cost 2 m n k operations; dgemm
     */
    public static Dense productABt(Dense a, Dense b) {
        Shapes.match(a.columns() == b.columns(), "a and b must have as many columns", "a", a, "b", b);
        return gemm(a, false, b, true);
    }

    /**
     * As {@link #productABt(Dense, Dense)}, for ND4J arrays.
     *
     * @param a the left factor, shape [m, k]
     * @param b the right factor, shape [n, k]
     * @return shape [m, n]
     * @throws IllegalArgumentException if the numbers of columns differ, or an entry overflows
     */
    public static INDArray productABt(INDArray a, INDArray b) {
        return productABt(Dense.of("a", a), Dense.of("b", b)).toArray();
    }

    /**
     * As {@link #productABt(Dense, Dense)}, for arrays of rows.
     *
     * @param a the left factor, shape [m, k]
     * @param b the right factor, shape [n, k]
     * @return shape [m, n]
     * @throws IllegalArgumentException if the numbers of columns differ, or an entry overflows
     */
    public static double[][] productABt(double[][] a, double[][] b) {
        return productABt(Dense.of("a", a), Dense.of("b", b)).toRows();
    }

    /**
     * The Gram matrix of the columns, A&#7488; A. It is exactly symmetric.
     *
     * @param a shape [m, n]
     * @return shape [n, n]
     * @throws IllegalArgumentException if an entry overflows
     * @cost m n^2 operations; dsyrk
     */
    public static Dense gramOfColumns(Dense a) {
        return syrk(a, true);
    }

    /**
     * As {@link #gramOfColumns(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return shape [n, n]
     * @throws IllegalArgumentException if an entry overflows
     */
    public static INDArray gramOfColumns(INDArray a) {
        return gramOfColumns(Dense.of("a", a)).toArray();
    }

    /**
     * As {@link #gramOfColumns(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return shape [n, n]
     * @throws IllegalArgumentException if an entry overflows
     */
    public static double[][] gramOfColumns(double[][] a) {
        return gramOfColumns(Dense.of("a", a)).toRows();
    }

    /**
     * The Gram matrix of the rows, A A&#7488;. It is exactly symmetric.
     *
     * @param a shape [m, n]
     * @return shape [m, m]
     * @throws IllegalArgumentException if an entry overflows
     * @cost m^2 n operations; dsyrk
     */
    public static Dense gramOfRows(Dense a) {
        return syrk(a, false);
    }

    /**
     * As {@link #gramOfRows(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return shape [m, m]
     * @throws IllegalArgumentException if an entry overflows
     */
    public static INDArray gramOfRows(INDArray a) {
        return gramOfRows(Dense.of("a", a)).toArray();
    }

    /**
     * As {@link #gramOfRows(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return shape [m, m]
     * @throws IllegalArgumentException if an entry overflows
     */
    public static double[][] gramOfRows(double[][] a) {
        return gramOfRows(Dense.of("a", a)).toRows();
    }

    /**
     * The product of a matrix and a vector, A x.
     *
     * @param a shape [m, n]
     * @param x length n, finite
     * @return length m
     * @throws IllegalArgumentException if the length of x is not n
     * @cost 2 m n operations
     */
    public static double[] product(Dense a, double[] x) {
        Require.shape("x", new int[] {x.length}, a.columns());
        Require.finite("x", x);
        double[] y = new double[a.rows()];
        for (int i = 0; i < y.length; i++) {
            y[i] = dot(a.data(), i * x.length, x);
        }
        return y;
    }

    /**
     * As {@link #product(Dense, double[])}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @param x length n, finite
     * @return length m
     * @throws IllegalArgumentException if the length of x is not n
     */
    public static double[] product(INDArray a, double[] x) {
        return product(Dense.of("a", a), x);
    }

    /**
     * As {@link #product(Dense, double[])}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @param x length n, finite
     * @return length m
     * @throws IllegalArgumentException if the length of x is not n
     */
    public static double[] product(double[][] a, double[] x) {
        return product(Dense.of("a", a), x);
    }

    /**
     * The product of a transposed matrix and a vector, A&#7488; x.
     *
     * @param a shape [m, n]
     * @param x length m, finite
     * @return length n
     * @throws IllegalArgumentException if the length of x is not m
     * @cost 2 m n operations
     */
    public static double[] productAt(Dense a, double[] x) {
        Require.shape("x", new int[] {x.length}, a.rows());
        Require.finite("x", x);
        int n = a.columns();
        double[] y = new double[n];
        for (int i = 0; i < x.length; i++) {
            axpy(x[i], a.data(), i * n, y, 0, n);
        }
        return y;
    }

    /**
     * As {@link #productAt(Dense, double[])}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @param x length m, finite
     * @return length n
     * @throws IllegalArgumentException if the length of x is not m
     */
    public static double[] productAt(INDArray a, double[] x) {
        return productAt(Dense.of("a", a), x);
    }

    /**
     * As {@link #productAt(Dense, double[])}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @param x length m, finite
     * @return length n
     * @throws IllegalArgumentException if the length of x is not m
     */
    public static double[] productAt(double[][] a, double[] x) {
        return productAt(Dense.of("a", a), x);
    }

    /** The inner product of a row that begins at an offset with a vector: eight sums, so that none waits. */
    static double dot(double[] a, int from, double[] x) {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        int k = 0;
        for (; k <= x.length - 8; k += 8) {
            int i = from + k;
            s0 += a[i] * x[k];
            s1 += a[i + 1] * x[k + 1];
            s2 += a[i + 2] * x[k + 2];
            s3 += a[i + 3] * x[k + 3];
            s4 += a[i + 4] * x[k + 4];
            s5 += a[i + 5] * x[k + 5];
            s6 += a[i + 6] * x[k + 6];
            s7 += a[i + 7] * x[k + 7];
        }
        for (; k < x.length; k++) {
            s0 += a[from + k] * x[k];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    private static void axpy(double factor, double[] a, int from, double[] y, int to, int n) {
        for (int j = 0; j < n; j++) {
            y[to + j] += factor * a[from + j];
        }
    }

    private static Dense gemm(Dense a, boolean ta, Dense b, boolean tb) {
        int m = ta ? a.columns() : a.rows();
        int k = ta ? a.rows() : a.columns();
        int n = tb ? b.rows() : b.columns();
        long work = (long) m * n * k;
        if (work <= SMALL) {
            return plain(ta ? transpose(a) : a, tb ? transpose(b) : b);
        }
        return Native.blas(work >= LARGE, memory -> {
            DoublePointer c = memory.doubles((long) m * n);
            openblas.cblas_dgemm(
                    ROW_MAJOR, ta ? Native.TRANSPOSE : Native.NO_TRANSPOSE, tb ? Native.TRANSPOSE : Native.NO_TRANSPOSE,
                    m, n, k, 1, memory.copy(a.data()), a.columns(), memory.copy(b.data()), b.columns(), 0, c, n);
            return Dense.of("product", Native.read(c, Math.multiplyExact(m, n)), m, n);
        });
    }

    private static Dense plain(Dense a, Dense b) {
        int n = b.columns();
        double[] c = new double[a.rows() * n];
        for (int i = 0; i < a.rows(); i++) {
            for (int k = 0; k < a.columns(); k++) {
                axpy(a.data()[i * a.columns() + k], b.data(), k * n, c, i * n, n);
            }
        }
        return Dense.of("product", c, a.rows(), n);
    }

    private static Dense syrk(Dense a, boolean ofColumns) {
        int n = ofColumns ? a.columns() : a.rows();
        int k = ofColumns ? a.rows() : a.columns();
        double[] c = Native.blas((long) n * n * k >= LARGE, memory -> {
            DoublePointer p = memory.doubles((long) n * n);
            openblas.cblas_dsyrk(
                    ROW_MAJOR, LOWER, ofColumns ? Native.TRANSPOSE : Native.NO_TRANSPOSE,
                    n, k, 1, memory.copy(a.data()), a.columns(), 0, p, n);
            return Native.read(p, Math.multiplyExact(n, n));
        });
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                c[j * n + i] = c[i * n + j];
            }
        }
        return Dense.of("product", c, n, n);
    }

    static Dense transpose(Dense a) {
        return Dense.of("a", Native.transposed(a.data(), a.rows(), a.columns()), a.columns(), a.rows());
    }
}
