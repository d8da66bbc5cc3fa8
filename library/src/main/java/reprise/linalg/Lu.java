package reprise.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;

/**
 * A square matrix factored once, to be solved with many times: P A = L U with row exchanges.
 *
 * <p>Rows and columns are first scaled by powers of two, which is exact. So a matrix whose rows differ in units is not
 * mistaken for a singular one, and the factorisation neither overflows nor underflows.
 *
 * @see Solve for a single system
 */
public final class Lu {
    /** Order from which a second core helps: measured, 8 ms against 3.3 ms at order 500. */
    static final int ALL_CORES_FROM = 1_000;

    private final int n;
    private final double[] factors;
    private final int[] pivots;
    private final Scaling scaling;
    private final double reciprocalCondition;

    private Lu(int n, double[] factors, int[] pivots, Scaling scaling, double reciprocalCondition) {
        this.n = n;
        this.factors = factors;
        this.pivots = pivots;
        this.scaling = scaling;
        this.reciprocalCondition = reciprocalCondition;
    }

    /**
     * Factors a square matrix. A singular one is accepted here: its determinant is asked for too.
     *
     * @param a shape [n, n]
     * @return its factors
     * @throws IllegalArgumentException if it is not square
     * @cost 2/3 n^3 operations; dgetrf, dgecon
     */
    public static Lu of(Dense a) {
        Shapes.square("a", a);
        int n = a.rows();
        Scaling scaling = Scaling.of(a);
        Dense scaled = scaling.apply(a);
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer factors = memory.copy(scaled.data());
            IntPointer pivots = memory.ints(n);
            double rcond = factor(memory, factors, pivots, n, Norms.one(scaled));
            return new Lu(n, Native.read(factors, n * n), Native.read(pivots, n), scaling, rcond);
        });
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @return its factors
     * @throws IllegalArgumentException if it is not square
     */
    public static Lu of(INDArray a) {
        return of(Dense.of("a", a));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @return its factors
     * @throws IllegalArgumentException if it is not square
     */
    public static Lu of(double[][] a) {
        return of(Dense.of("a", a));
    }

    /**
     * Factors the transpose in place (LAPACK reads rows as columns); gives 1 / condition of the matrix, or minus the
     * one-based index of a zero pivot.
     */
    static double factor(Native memory, DoublePointer a, IntPointer pivots, int n, double norm) {
        int info = Native.legal("dgetrf", openblas.LAPACKE_dgetrf(Native.COLUMN_MAJOR, n, n, a, n, pivots));
        if (info > 0) {
            return -info;
        }
        DoublePointer rcond = memory.doubles(1);
        // The 1-norm of the matrix is the infinity norm of the transpose that was factored.
        Native.legal("dgecon", openblas.LAPACKE_dgecon(Native.COLUMN_MAJOR, (byte) 'I', n, a, n, norm, rcond));
        return rcond.get(0);
    }

    /** Refuses a matrix that is singular, or so close to it that no digit of a solution would be right. */
    static void refuseSingular(String name, double rcond) {
        if (rcond < 0) {
            throw new SingularMatrix(name, (int) -rcond - 1);
        }
        if (rcond < Math.ulp(1.0) / 2) {
            throw new SingularMatrix(name, rcond);
        }
    }

    /**
     * Solves A X = B.
     *
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if A is singular to working precision
     * @throws IllegalArgumentException if b has another number of rows, or X overflows
     * @cost 2 n^2 k operations; dgetrs
     */
    public Dense solve(Dense b) {
        return solve(b, false);
    }

    /**
     * As {@link #solve(Dense)}, for ND4J arrays.
     *
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if A is singular to working precision
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
     * @throws SingularMatrix if A is singular to working precision
     * @throws IllegalArgumentException if b has another number of rows, or X overflows
     */
    public double[][] solve(double[][] b) {
        return solve(Dense.of("b", b)).toRows();
    }

    /**
     * Solves A&#7488; X = B.
     *
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if A is singular to working precision
     * @throws IllegalArgumentException if b has another number of rows, or X overflows
     * @cost 2 n^2 k operations; dgetrs
     */
    public Dense solveTransposed(Dense b) {
        return solve(b, true);
    }

    /**
     * As {@link #solveTransposed(Dense)}, for ND4J arrays.
     *
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if A is singular to working precision
     * @throws IllegalArgumentException if b has another number of rows, or X overflows
     */
    public INDArray solveTransposed(INDArray b) {
        return Shapes.like(b, solveTransposed(Dense.of("b", b)));
    }

    /**
     * As {@link #solveTransposed(Dense)}, for arrays of rows.
     *
     * @param b right-hand sides, shape [n, k]
     * @return X, shape [n, k]
     * @throws SingularMatrix if A is singular to working precision
     * @throws IllegalArgumentException if b has another number of rows, or X overflows
     */
    public double[][] solveTransposed(double[][] b) {
        return solveTransposed(Dense.of("b", b)).toRows();
    }

    /**
     * Solves A x = b for one right-hand side.
     *
     * @param b length n, finite
     * @return x, length n
     * @throws SingularMatrix if A is singular to working precision
     * @throws IllegalArgumentException if b has another length, or x overflows
     * @cost 2 n^2 operations; dgetrs
     */
    public double[] solve(double[] b) {
        return solve(Shapes.column("b", b), false).data();
    }

    /**
     * The inverse. To apply it to something, {@link #solve(Dense)} is cheaper and more accurate.
     *
     * @return shape [n, n]
     * @throws SingularMatrix if A is singular to working precision
     * @cost 2 n^3 operations
     */
    public Dense inverse() {
        return solve(Shapes.identity(n), false);
    }

    /**
     * The determinant as a sign and a logarithm, which neither overflow nor underflow.
     *
     * @return sign 0 and log minus infinity for a singular matrix
     * @cost O(n)
     */
    public Determinant determinant() {
        int sign = 1;
        double log = scaling.logOfProducts();
        for (int i = 0; i < n; i++) {
            double pivot = factors[i * n + i];
            if (pivot == 0) {
                return Determinant.ZERO;
            }
            sign *= (pivots[i] == i + 1 ? 1 : -1) * (pivot < 0 ? -1 : 1);
            log += Math.log(Math.abs(pivot));
        }
        return new Determinant(sign, log);
    }

    /**
     * An estimate of 1 / condition number in the 1-norm, of the matrix after its rows and columns were scaled.
     *
     * @return from 0 (singular) to 1
     * @cost known already
     */
    public double reciprocalCondition() {
        return Math.max(0, reciprocalCondition);
    }

    private Dense solve(Dense b, boolean transposed) {
        Shapes.match(b.rows() == n, "b must have as many rows as a", "a", Dense.of("a", factors, n, n), "b", b);
        refuseSingular("a", reciprocalCondition);
        int k = b.columns();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            IntPointer p = memory.ints(n);
            p.put(pivots);
            DoublePointer x = memory.columns(scaling.before(b, transposed));
            substitute(memory.copy(factors), p, x, n, k, transposed);
            return scaling.after(Native.matrix(x, n, k), transposed);
        });
    }

    static void substitute(DoublePointer lu, IntPointer pivots, DoublePointer x, int n, int k, boolean transposed) {
        byte side = (byte) (transposed ? 'N' : 'T');
        Native.legal("dgetrs", openblas.LAPACKE_dgetrs(Native.COLUMN_MAJOR, side, n, k, lu, n, pivots, x, n));
    }
}
