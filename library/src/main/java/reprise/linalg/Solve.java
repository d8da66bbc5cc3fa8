package reprise.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;

/**
 * Systems of linear equations with as many equations as unknowns.
 *
 * <p>For positive definite matrices {@link Cholesky} is twice as fast; for many right-hand sides that come one after
 * the other keep an {@link Lu}; for more or fewer equations than unknowns see {@link LeastSquares}.
 */
public final class Solve {
    private Solve() {}

    /**
     * Solves A X = B by elimination with row exchanges.
     *
     * @param a shape [n, n]
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if a is singular to working precision
     * @throws IllegalArgumentException if a is not square, the numbers of rows differ, or X overflows
     * @cost 2/3 n^3 + 2 n^2 k operations; dgetrf, dgecon, dgetrs
     */
    public static Dense linear(Dense a, Dense b) {
        Shapes.square("a", a);
        Shapes.sameRows("a", a, "b", b);
        int n = a.rows();
        int k = b.columns();
        Scaling scaling = Scaling.of(a);
        Dense scaled = scaling.apply(a);
        return Native.run(n >= Lu.ALL_CORES_FROM, memory -> {
            DoublePointer lu = memory.copy(scaled.data());
            IntPointer pivots = memory.ints(n);
            Lu.refuseSingular("a", Lu.factor(memory, lu, pivots, n, Norms.one(scaled)));
            DoublePointer x = memory.columns(scaling.before(b, false));
            Lu.substitute(lu, pivots, x, n, k, false);
            return scaling.after(Native.matrix(x, n, k), false);
        });
    }

    /**
     * As {@link #linear(Dense, Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if a is singular to working precision
     * @throws IllegalArgumentException if a is not square, the numbers of rows differ, or X overflows
     */
    public static INDArray linear(INDArray a, INDArray b) {
        return Shapes.like(b, linear(Dense.of("a", a), Dense.of("b", b)));
    }

    /**
     * As {@link #linear(Dense, Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if a is singular to working precision
     * @throws IllegalArgumentException if a is not square, the numbers of rows differ, or X overflows
     */
    public static double[][] linear(double[][] a, double[][] b) {
        return linear(Dense.of("a", a), Dense.of("b", b)).toRows();
    }

    /**
     * Solves A x = b for one right-hand side.
     *
     * @param a shape [n, n]
     * @param b length n, finite
     * @return x, length n
     * @throws SingularMatrix if a is singular to working precision
     * @throws IllegalArgumentException if a is not square, b has another length, or x overflows
     * @cost 2/3 n^3 operations
     */
    public static double[] linear(Dense a, double[] b) {
        return linear(a, Shapes.column("b", b)).data();
    }

    /**
     * As {@link #linear(Dense, double[])}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @param b length n, finite
     * @return x, length n
     * @throws SingularMatrix if a is singular to working precision
     * @throws IllegalArgumentException if a is not square, b has another length, or x overflows
     */
    public static double[] linear(INDArray a, double[] b) {
        return linear(Dense.of("a", a), b);
    }

    /**
     * As {@link #linear(Dense, double[])}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @param b length n, finite
     * @return x, length n
     * @throws SingularMatrix if a is singular to working precision
     * @throws IllegalArgumentException if a is not square, b has another length, or x overflows
     */
    public static double[] linear(double[][] a, double[] b) {
        return linear(Dense.of("a", a), b);
    }

    /**
     * Solves L X = B with the lower triangle of a matrix; what lies above is not read.
     *
     * @param a shape [n, n]
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if the diagonal holds a zero
     * @throws IllegalArgumentException if a is not square, the numbers of rows differ, or X overflows
     * @cost n^2 k operations; dtrtrs
     */
    public static Dense lowerTriangular(Dense a, Dense b) {
        return triangular('U', 'T', a, b);
    }

    /**
     * As {@link #lowerTriangular(Dense, Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if the diagonal holds a zero
     * @throws IllegalArgumentException if a is not square, the numbers of rows differ, or X overflows
     */
    public static INDArray lowerTriangular(INDArray a, INDArray b) {
        return Shapes.like(b, lowerTriangular(Dense.of("a", a), Dense.of("b", b)));
    }

    /**
     * As {@link #lowerTriangular(Dense, Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if the diagonal holds a zero
     * @throws IllegalArgumentException if a is not square, the numbers of rows differ, or X overflows
     */
    public static double[][] lowerTriangular(double[][] a, double[][] b) {
        return lowerTriangular(Dense.of("a", a), Dense.of("b", b)).toRows();
    }

    /**
     * Solves U X = B with the upper triangle of a matrix; what lies below is not read.
     *
     * @param a shape [n, n]
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if the diagonal holds a zero
     * @throws IllegalArgumentException if a is not square, the numbers of rows differ, or X overflows
     * @cost n^2 k operations; dtrtrs
     */
    public static Dense upperTriangular(Dense a, Dense b) {
        return triangular('L', 'T', a, b);
    }

    /**
     * As {@link #upperTriangular(Dense, Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if the diagonal holds a zero
     * @throws IllegalArgumentException if a is not square, the numbers of rows differ, or X overflows
     */
    public static INDArray upperTriangular(INDArray a, INDArray b) {
        return Shapes.like(b, upperTriangular(Dense.of("a", a), Dense.of("b", b)));
    }

    /**
     * As {@link #upperTriangular(Dense, Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if the diagonal holds a zero
     * @throws IllegalArgumentException if a is not square, the numbers of rows differ, or X overflows
     */
    public static double[][] upperTriangular(double[][] a, double[][] b) {
        return upperTriangular(Dense.of("a", a), Dense.of("b", b)).toRows();
    }

    /**
     * Solves the Sylvester equation A X + X B = C, by the Schur forms of A and B (Bartels and Stewart).
     *
     * @param a shape [m, m]
     * @param b shape [n, n]
     * @param c shape [m, n]
     * @return X, shape [m, n]
     * @throws SingularMatrix if A and -B share an eigenvalue to working precision
     * @throws NotConverged if LAPACK's iteration for a Schur form fails
     * @throws IllegalArgumentException if the shapes do not fit
     * @cost 25 (m^3 + n^3) operations; dgees, dtrsyl
     */
    public static Dense sylvester(Dense a, Dense b, Dense c) {
        Shapes.square("a", a);
        Shapes.square("b", b);
        Shapes.sameRows("a", a, "c", c);
        Shapes.match(b.rows() == c.columns(), "c must have as many columns as b", "b", b, "c", c);
        int m = a.rows();
        int n = b.rows();
        Schur left = Schur.of(a);
        Schur right = Schur.of(b);
        Dense rotated = Blas.product(Blas.productAtB(left.z(), c), right.z());
        Dense y = Native.run(false, memory -> {
            DoublePointer x = memory.columns(rotated);
            DoublePointer scale = memory.doubles(1);
            int info = openblas.LAPACKE_dtrsyl(
                    Native.COLUMN_MAJOR, (byte) 'N', (byte) 'N', 1, m, n,
                    memory.columns(left.t()), m, memory.columns(right.t()), n, x, m, scale);
            if (Native.legal("dtrsyl", info) > 0) {
                throw new SingularMatrix("the Sylvester operator of a and b", 0.0);
            }
            Dense solution = Native.matrix(x, m, n);
            double[] values = solution.data();
            for (int i = 0; i < values.length; i++) {
                values[i] /= scale.get(0);
            }
            return Dense.of("x", values, m, n);
        });
        return Blas.productABt(Blas.product(left.z(), y), right.z());
    }

    /**
     * As {@link #sylvester(Dense, Dense, Dense)}, for ND4J arrays.
     *
     * @param a shape [m, m]
     * @param b shape [n, n]
     * @param c shape [m, n]
     * @return X, shape [m, n]
     * @throws SingularMatrix if A and -B share an eigenvalue to working precision
     * @throws NotConverged if LAPACK's iteration for a Schur form fails
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static INDArray sylvester(INDArray a, INDArray b, INDArray c) {
        return sylvester(Dense.of("a", a), Dense.of("b", b), Dense.of("c", c)).toArray();
    }

    /**
     * As {@link #sylvester(Dense, Dense, Dense)}, for arrays of rows.
     *
     * @param a shape [m, m]
     * @param b shape [n, n]
     * @param c shape [m, n]
     * @return X, shape [m, n]
     * @throws SingularMatrix if A and -B share an eigenvalue to working precision
     * @throws NotConverged if LAPACK's iteration for a Schur form fails
     * @throws IllegalArgumentException if the shapes do not fit
     */
    public static double[][] sylvester(double[][] a, double[][] b, double[][] c) {
        return sylvester(Dense.of("a", a), Dense.of("b", b), Dense.of("c", c)).toRows();
    }

    private static Dense triangular(char triangleOfTranspose, char side, Dense a, Dense b) {
        Shapes.square("a", a);
        Shapes.sameRows("a", a, "b", b);
        int n = a.rows();
        int k = b.columns();
        return Native.run((long) n * n * k > 10_000_000, memory -> {
            DoublePointer x = memory.columns(b);
            int info = openblas.LAPACKE_dtrtrs(
                    Native.COLUMN_MAJOR, (byte) triangleOfTranspose, (byte) side, (byte) 'N',
                    n, k, memory.copy(a.data()), n, x, n);
            if (Native.legal("dtrtrs", info) > 0) {
                throw new SingularMatrix("a", info - 1);
            }
            return Native.matrix(x, n, k);
        });
    }
}
