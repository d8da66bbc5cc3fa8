package reprise.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;

/**
 * The minimiser of ||A x - b||, the shortest one if there are several.
 *
 * @param x the solutions, shape [n, k]
 * @param rank the rank of A that was found
 * @param residuals the Euclidean norm of A x - b for each right-hand side, length k
 */
public record LeastSquares(Dense x, int rank, double[] residuals) {
    private static final int ALL_CORES_FROM = 800;

    /**
     * Least squares by QR, for matrices of full rank: the fastest.
     *
     * @param a shape [m, n], any of the two larger
     * @param b right-hand sides, shape [m, k]
     * @return the minimisers; for m smaller than n the shortest solution
     * @throws SingularMatrix if the rank of a is not full to working precision
     * @throws IllegalArgumentException if the numbers of rows differ, or x overflows
     * @cost 2 m n^2 operations for m above n; dgels, dtrcon
     */
    public static LeastSquares of(Dense a, Dense b) {
        int m = a.rows();
        int n = a.columns();
        int small = Math.min(m, n);
        return solve(a, b, (memory, p, x, ldb) -> {
            int info = openblas.LAPACKE_dgels(Native.COLUMN_MAJOR, (byte) 'N', m, n, b.columns(), p, m, x, ldb);
            if (Native.legal("dgels", info) > 0) {
                throw new SingularMatrix("a", info - 1, small);
            }
            DoublePointer rcond = memory.doubles(1);
            byte triangle = (byte) (m >= n ? 'U' : 'L');
            Native.legal("dtrcon", openblas.LAPACKE_dtrcon(
                    Native.COLUMN_MAJOR, (byte) '1', triangle, (byte) 'N', small, p, m, rcond));
            Lu.refuseSingular("a", rcond.get(0));
            return small;
        });
    }

    /**
     * As {@link #of(Dense, Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n], any of the two larger
     * @param b right-hand sides, shape [m, k]
     * @return the minimisers; for m smaller than n the shortest solution
     * @throws SingularMatrix if the rank of a is not full to working precision
     * @throws IllegalArgumentException if the numbers of rows differ, or x overflows
     */
    public static LeastSquares of(INDArray a, INDArray b) {
        return of(Dense.of("a", a), Dense.of("b", b));
    }

    /**
     * As {@link #of(Dense, Dense)}, for arrays of rows.
     *
     * @param a shape [m, n], any of the two larger
     * @param b right-hand sides, shape [m, k]
     * @return the minimisers; for m smaller than n the shortest solution
     * @throws SingularMatrix if the rank of a is not full to working precision
     * @throws IllegalArgumentException if the numbers of rows differ, or x overflows
     */
    public static LeastSquares of(double[][] a, double[][] b) {
        return of(Dense.of("a", a), Dense.of("b", b));
    }

    /**
     * Least squares by singular values, for matrices of any rank: the most trustworthy.
     *
     * @param a shape [m, n]
     * @param b right-hand sides, shape [m, k]
     * @param cutoff singular values below this part of the largest count as zero; 0 stands for max(m, n) times the
     *     precision of doubles, as in NumPy
     * @return the shortest minimisers
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if the numbers of rows differ, or the cut-off is negative
     * @cost about 4 m n^2 + 8 n^3 operations; dgelsd
     */
    public static LeastSquares minimumNorm(Dense a, Dense b, double cutoff) {
        double rcond = cutoff(a, cutoff);
        return solve(a, b, (memory, p, x, ldb) -> {
            IntPointer rank = memory.ints(1);
            int info = openblas.LAPACKE_dgelsd(
                    Native.COLUMN_MAJOR, a.rows(), a.columns(), b.columns(), p, a.rows(), x, ldb,
                    memory.doubles(Math.min(a.rows(), a.columns())), rcond, rank);
            if (Native.legal("dgelsd", info) > 0) {
                throw new NotConverged("LeastSquares.minimumNorm", info);
            }
            return rank.get(0);
        });
    }

    /**
     * As {@link #minimumNorm(Dense, Dense, double)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @param b right-hand sides, shape [m, k]
     * @param cutoff singular values below this part of the largest count as zero; 0 stands for max(m, n) times the
     *     precision of doubles, as in NumPy
     * @return the shortest minimisers
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if the numbers of rows differ, or the cut-off is negative
     */
    public static LeastSquares minimumNorm(INDArray a, INDArray b, double cutoff) {
        return minimumNorm(Dense.of("a", a), Dense.of("b", b), cutoff);
    }

    /**
     * As {@link #minimumNorm(Dense, Dense, double)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @param b right-hand sides, shape [m, k]
     * @param cutoff singular values below this part of the largest count as zero; 0 stands for max(m, n) times the
     *     precision of doubles, as in NumPy
     * @return the shortest minimisers
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if the numbers of rows differ, or the cut-off is negative
     */
    public static LeastSquares minimumNorm(double[][] a, double[][] b, double cutoff) {
        return minimumNorm(Dense.of("a", a), Dense.of("b", b), cutoff);
    }

    /**
     * Least squares by QR with column exchanges, for matrices of any rank: between the other two in price and trust.
     *
     * @param a shape [m, n]
     * @param b right-hand sides, shape [m, k]
     * @param cutoff columns that raise the condition number above 1 / cutoff are left out; 0 stands for max(m, n)
     *     times the precision of doubles
     * @return the shortest minimisers
     * @throws IllegalArgumentException if the numbers of rows differ, or the cut-off is negative
     * @cost about 4 m n^2 operations; dgelsy
     */
    public static LeastSquares pivoted(Dense a, Dense b, double cutoff) {
        double rcond = cutoff(a, cutoff);
        return solve(a, b, (memory, p, x, ldb) -> {
            IntPointer rank = memory.ints(1);
            Native.legal("dgelsy", openblas.LAPACKE_dgelsy(
                    Native.COLUMN_MAJOR, a.rows(), a.columns(), b.columns(), p, a.rows(), x, ldb,
                    memory.ints(a.columns()), rcond, rank));
            return rank.get(0);
        });
    }

    /**
     * As {@link #pivoted(Dense, Dense, double)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @param b right-hand sides, shape [m, k]
     * @param cutoff columns that raise the condition number above 1 / cutoff are left out; 0 stands for max(m, n) times
     *     the precision of doubles
     * @return the shortest minimisers
     * @throws IllegalArgumentException if the numbers of rows differ, or the cut-off is negative
     */
    public static LeastSquares pivoted(INDArray a, INDArray b, double cutoff) {
        return pivoted(Dense.of("a", a), Dense.of("b", b), cutoff);
    }

    /**
     * As {@link #pivoted(Dense, Dense, double)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @param b right-hand sides, shape [m, k]
     * @param cutoff columns that raise the condition number above 1 / cutoff are left out; 0 stands for max(m, n) times
     *     the precision of doubles
     * @return the shortest minimisers
     * @throws IllegalArgumentException if the numbers of rows differ, or the cut-off is negative
     */
    public static LeastSquares pivoted(double[][] a, double[][] b, double cutoff) {
        return pivoted(Dense.of("a", a), Dense.of("b", b), cutoff);
    }

    /** A LAPACK driver; leaves the solutions in the first n rows of x and gives the rank. */
    private interface Driver {
        int solve(Native memory, DoublePointer a, DoublePointer x, int leading);
    }

    private static LeastSquares solve(Dense a, Dense b, Driver driver) {
        Shapes.sameRows("a", a, "b", b);
        int m = a.rows();
        int n = a.columns();
        int k = b.columns();
        int leading = Math.max(m, n);
        double[] padded = new double[leading * k];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < k; j++) {
                padded[j * leading + i] = b.data()[i * k + j];
            }
        }
        int[] rank = new int[1];
        double[] values = Native.run(Math.min(m, n) >= ALL_CORES_FROM, memory -> {
            DoublePointer x = memory.copy(padded);
            rank[0] = driver.solve(memory, memory.columns(a), x, leading);
            return Native.read(x, padded.length);
        });
        double[] x = new double[n * k];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < k; j++) {
                x[i * k + j] = values[j * leading + i];
            }
        }
        Dense solutions = Dense.of("x", x, n, k);
        return new LeastSquares(solutions, rank[0], residuals(a, b, solutions));
    }

    private static double[] residuals(Dense a, Dense b, Dense x) {
        double[] fitted = Blas.product(a, x).data();
        int k = b.columns();
        double[] norms = new double[k];
        double[] difference = new double[b.rows()];
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < difference.length; i++) {
                difference[i] = fitted[i * k + j] - b.data()[i * k + j];
            }
            norms[j] = Norms.euclidean(difference);
        }
        return norms;
    }

    private static double cutoff(Dense a, double cutoff) {
        Require.nonNegative("cutoff", cutoff);
        return cutoff == 0 ? Math.max(a.rows(), a.columns()) * Math.ulp(1.0) : cutoff;
    }
}
