package reprise.linalg;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;

/** A symmetric positive definite matrix factored as A = L L&#7488; with L lower triangular. */
public final class Cholesky {
    private static final int ALL_CORES_FROM = 400;

    private final Dense lower;
    private final double norm;

    private Cholesky(Dense lower, double norm) {
        this.lower = lower;
        this.norm = norm;
    }

    /**
     * Factors a symmetric positive definite matrix. Of nearly symmetric ones the lower triangle counts.
     *
     * @param a shape [n, n]
     * @return its factor
     * @throws NotPositiveDefinite if a leading minor is not positive
     * @throws IllegalArgumentException if it is not symmetric
     * @cost 1/3 n^3 operations; dpotrf
     */
    public static Cholesky of(Dense a) {
        Shapes.symmetric("a", a);
        int n = a.rows();
        Dense lower = Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer p = memory.copy(a.data());
            int info = openblas.LAPACKE_dpotrf(Native.COLUMN_MAJOR, (byte) 'U', n, p, n);
            if (Native.legal("dpotrf", info) > 0) {
                throw new NotPositiveDefinite("a", info);
            }
            double[] l = Native.read(p, n * n);
            for (int i = 0; i < n; i++) {
                Arrays.fill(l, i * n + i + 1, (i + 1) * n, 0);
            }
            return Dense.of("lower", l, n, n);
        });
        return new Cholesky(lower, Norms.one(a));
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @return its factor
     * @throws NotPositiveDefinite if a leading minor is not positive
     * @throws IllegalArgumentException if it is not symmetric
     */
    public static Cholesky of(INDArray a) {
        return of(Dense.of("a", a));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @return its factor
     * @throws NotPositiveDefinite if a leading minor is not positive
     * @throws IllegalArgumentException if it is not symmetric
     */
    public static Cholesky of(double[][] a) {
        return of(Dense.of("a", a));
    }

    /**
     * The factor L.
     *
     * @return shape [n, n], zero above the diagonal; not a copy
     */
    public Dense lower() {
        return lower;
    }

    /**
     * Solves A X = B.
     *
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws IllegalArgumentException if b has another number of rows, or X overflows
     * @cost 2 n^2 k operations; dpotrs
     */
    public Dense solve(Dense b) {
        Shapes.sameRows("a", lower, "b", b);
        int n = lower.rows();
        int k = b.columns();
        return Native.run((long) n * n * k > 10_000_000, memory -> {
            DoublePointer x = memory.columns(b);
            Native.legal("dpotrs", openblas.LAPACKE_dpotrs(
                    Native.COLUMN_MAJOR, (byte) 'U', n, k, memory.copy(lower.data()), n, x, n));
            return Native.matrix(x, n, k);
        });
    }

    /**
     * As {@link #solve(Dense)}, for ND4J arrays.
     *
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws IllegalArgumentException if b has another number of rows, or X overflows
     */
    public INDArray solve(INDArray b) {
        return Shapes.like(b, solve(Dense.of("b", b)));
    }

    /**
     * As {@link #solve(Dense)}, for arrays of rows.
     *
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws IllegalArgumentException if b has another number of rows, or X overflows
     */
    public double[][] solve(double[][] b) {
        return solve(Dense.of("b", b)).toRows();
    }

    /**
     * Solves A x = b for one right-hand side.
     *
     * @param b length n, finite
     * @return x, length n
     * @throws IllegalArgumentException if b has another length, or x overflows
     * @cost 2 n^2 operations; dpotrs
     */
    public double[] solve(double[] b) {
        return solve(Shapes.column("b", b)).data();
    }

    /**
     * The inverse of A, exactly symmetric up to rounding. To apply it, {@link #solve(Dense)} is cheaper.
     *
     * @return shape [n, n]
     * @throws IllegalArgumentException if it overflows
     * @cost 2 n^3 operations
     */
    public Dense inverse() {
        return solve(Shapes.identity(lower.rows()));
    }

    /**
     * The logarithm of the determinant of A.
     *
     * @return finite
     * @cost O(n)
     */
    public double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < lower.rows(); i++) {
            sum += Math.log(lower.data()[i * lower.rows() + i]);
        }
        return 2 * sum;
    }

    /**
     * An estimate of 1 / condition number of A in the 1-norm.
     *
     * @return from 0 to 1
     * @cost O(n^2); dpocon
     */
    public double reciprocalCondition() {
        int n = lower.rows();
        return Native.run(false, memory -> {
            DoublePointer rcond = memory.doubles(1);
            Native.legal("dpocon", openblas.LAPACKE_dpocon(
                    Native.COLUMN_MAJOR, (byte) 'U', n, memory.copy(lower.data()), n, norm, rcond));
            return rcond.get(0);
        });
    }
}
