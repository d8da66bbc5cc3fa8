package reprise.linalg;

import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;

/** Exponential, logarithm, square root and pseudoinverse of matrices (Higham, Functions of Matrices, 2008). */
public final class MatrixFunctions {
    /** Largest 1-norms for which the Pade approximants of degree 7 to the logarithm are exact to rounding. */
    private static final double LOG_RADIUS = 0.264;

    private MatrixFunctions() {}

    /**
     * The matrix exponential, by scaling and squaring of Pade approximants (Higham, SIAM J. Matrix Anal. Appl. 2005).
     *
     * @param a shape [n, n]
     * @return exp(A), shape [n, n]
     * @throws IllegalArgumentException if it is not square, or the exponential overflows
     * @cost about 2 (8 + log2 of the norm) n^3 operations
     */
    public static Dense exponential(Dense a) {
        Shapes.square("a", a);
        return Exponential.of(a);
    }

    /**
     * As {@link #exponential(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @return exp(A), shape [n, n]
     * @throws IllegalArgumentException if it is not square, or the exponential overflows
     */
    public static INDArray exponential(INDArray a) {
        return exponential(Dense.of("a", a)).toArray();
    }

    /**
     * As {@link #exponential(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @return exp(A), shape [n, n]
     * @throws IllegalArgumentException if it is not square, or the exponential overflows
     */
    public static double[][] exponential(double[][] a) {
        return exponential(Dense.of("a", a)).toRows();
    }

    /**
     * The principal square root X of a matrix, X X = A with eigenvalues in the right half plane (Bjorck and Hammarling
     * on the real Schur form; Higham, algorithm 6.7). For covariances see {@link #rootOfSemidefinite(Dense)}.
     *
     * @param a shape [n, n], without eigenvalues on the closed negative real axis
     * @return shape [n, n]
     * @throws IllegalArgumentException if it is not square, or has an eigenvalue at or below zero
     * @throws NotConverged if LAPACK's iteration for the Schur form fails
     * @cost about 28 n^3 operations
     */
    public static Dense squareRoot(Dense a) {
        Schur schur = Schur.of(a);
        refuseNegative("square root", schur.values());
        return turned(schur.z(), QuasiTriangular.squareRoot(schur.t()));
    }

    /**
     * As {@link #squareRoot(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n], without eigenvalues on the closed negative real axis
     * @return shape [n, n]
     * @throws IllegalArgumentException if it is not square, or has an eigenvalue at or below zero
     * @throws NotConverged if LAPACK's iteration for the Schur form fails
     */
    public static INDArray squareRoot(INDArray a) {
        return squareRoot(Dense.of("a", a)).toArray();
    }

    /**
     * As {@link #squareRoot(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n], without eigenvalues on the closed negative real axis
     * @return shape [n, n]
     * @throws IllegalArgumentException if it is not square, or has an eigenvalue at or below zero
     * @throws NotConverged if LAPACK's iteration for the Schur form fails
     */
    public static double[][] squareRoot(double[][] a) {
        return squareRoot(Dense.of("a", a)).toRows();
    }

    /**
     * The principal logarithm of a matrix, eigenvalues with imaginary parts in (-pi, pi), by inverse scaling and
     * squaring on the real Schur form (Higham, algorithm 11.10).
     *
     * @param a shape [n, n], without eigenvalues on the closed negative real axis
     * @return log(A), shape [n, n]
     * @throws IllegalArgumentException if it is not square, or has an eigenvalue at or below zero
     * @throws NotConverged if LAPACK's iteration for the Schur form fails
     * @cost about 50 n^3 operations, and n^3 / 3 for each root that is needed
     */
    public static Dense logarithm(Dense a) {
        Schur schur = Schur.of(a);
        refuseNegative("logarithm", schur.values());
        int n = a.rows();
        Dense identity = Shapes.identity(n);
        Dense t = schur.t();
        int roots = 0;
        while (Norms.one(sum(1, t, -1, identity)) > LOG_RADIUS) {
            t = QuasiTriangular.squareRoot(t);
            roots++;
        }
        Dense x = sum(1, t, -1, identity);
        // log(I + X) is the integral over s in (0, 1) of X (I + s X)^-1; the Gauss rule gives the Pade approximant.
        Eigen rule = legendre(7);
        Dense log = sum(0, x, 0, x);
        for (int j = 0; j < rule.values().length; j++) {
            double node = (1 + rule.values()[j]) / 2;
            double first = rule.vectors().data()[j];
            log = sum(1, log, first * first, Solve.linear(sum(1, identity, node, x), x));
        }
        return turned(schur.z(), sum(Math.scalb(1.0, roots), log, 0, log));
    }

    /**
     * As {@link #logarithm(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n], without eigenvalues on the closed negative real axis
     * @return log(A), shape [n, n]
     * @throws IllegalArgumentException if it is not square, or has an eigenvalue at or below zero
     * @throws NotConverged if LAPACK's iteration for the Schur form fails
     */
    public static INDArray logarithm(INDArray a) {
        return logarithm(Dense.of("a", a)).toArray();
    }

    /**
     * As {@link #logarithm(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n], without eigenvalues on the closed negative real axis
     * @return log(A), shape [n, n]
     * @throws IllegalArgumentException if it is not square, or has an eigenvalue at or below zero
     * @throws NotConverged if LAPACK's iteration for the Schur form fails
     */
    public static double[][] logarithm(double[][] a) {
        return logarithm(Dense.of("a", a)).toRows();
    }

    /**
     * A scalar function of a symmetric matrix, V f(Lambda) V&#7488;.
     *
     * @param a shape [n, n], symmetric
     * @param f applied to each eigenvalue
     * @return shape [n, n], exactly symmetric up to rounding
     * @throws IllegalArgumentException if a is not symmetric, or f gives NaN or infinity at an eigenvalue
     * @throws NotConverged if LAPACK's iteration fails
     * @cost about 11 n^3 operations
     */
    public static Dense ofSymmetric(Dense a, DoubleUnaryOperator f) {
        Eigen eigen = Eigen.symmetric(a);
        int n = a.rows();
        double[] values = eigen.values().clone();
        for (int j = 0; j < n; j++) {
            values[j] = Require.finite("f(" + values[j] + ")", f.applyAsDouble(values[j]));
        }
        double[] scaled = eigen.vectors().data().clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= values[i % n];
        }
        return Blas.productABt(Dense.of("vectors", scaled, n, n), eigen.vectors());
    }

    /**
     * As {@link #ofSymmetric(Dense, DoubleUnaryOperator)}, for ND4J arrays.
     *
     * @param a shape [n, n], symmetric
     * @param f applied to each eigenvalue
     * @return shape [n, n], exactly symmetric up to rounding
     * @throws IllegalArgumentException if a is not symmetric, or f gives NaN or infinity at an eigenvalue
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static INDArray ofSymmetric(INDArray a, DoubleUnaryOperator f) {
        return ofSymmetric(Dense.of("a", a), f).toArray();
    }

    /**
     * As {@link #ofSymmetric(Dense, DoubleUnaryOperator)}, for arrays of rows.
     *
     * @param a shape [n, n], symmetric
     * @param f applied to each eigenvalue
     * @return shape [n, n], exactly symmetric up to rounding
     * @throws IllegalArgumentException if a is not symmetric, or f gives NaN or infinity at an eigenvalue
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double[][] ofSymmetric(double[][] a, DoubleUnaryOperator f) {
        return ofSymmetric(Dense.of("a", a), f).toRows();
    }

    /**
     * The symmetric square root of a positive semidefinite matrix, such as a covariance. Eigenvalues below zero by no
     * more than rounding count as zero.
     *
     * @param a shape [n, n], symmetric
     * @return shape [n, n]
     * @throws NotPositiveDefinite if an eigenvalue is negative beyond rounding
     * @throws IllegalArgumentException if a is not symmetric
     * @throws NotConverged if LAPACK's iteration fails
     * @cost about 11 n^3 operations
     */
    public static Dense rootOfSemidefinite(Dense a) {
        double slack = 10 * a.rows() * Math.ulp(1.0) * Norms.one(a);
        return ofSymmetric(a, value -> {
            if (value < -slack) {
                throw new NotPositiveDefinite("a", value);
            }
            return Math.sqrt(Math.max(0, value));
        });
    }

    /**
     * As {@link #rootOfSemidefinite(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n], symmetric
     * @return shape [n, n]
     * @throws NotPositiveDefinite if an eigenvalue is negative beyond rounding
     * @throws IllegalArgumentException if a is not symmetric
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static INDArray rootOfSemidefinite(INDArray a) {
        return rootOfSemidefinite(Dense.of("a", a)).toArray();
    }

    /**
     * As {@link #rootOfSemidefinite(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n], symmetric
     * @return shape [n, n]
     * @throws NotPositiveDefinite if an eigenvalue is negative beyond rounding
     * @throws IllegalArgumentException if a is not symmetric
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double[][] rootOfSemidefinite(double[][] a) {
        return rootOfSemidefinite(Dense.of("a", a)).toRows();
    }

    /**
     * The Moore-Penrose pseudoinverse, from the singular values.
     *
     * @param a shape [m, n]
     * @param cutoff singular values below this part of the largest count as zero; 0 stands for max(m, n) times the
     *     precision of doubles
     * @return shape [n, m]
     * @throws IllegalArgumentException if the cut-off is negative, or the result overflows
     * @throws NotConverged if LAPACK's iteration fails
     * @cost about 14 m n^2 + 8 n^3 operations for m above n
     */
    public static Dense pseudoinverse(Dense a, double cutoff) {
        Require.nonNegative("cutoff", cutoff);
        Svd svd = Svd.of(a);
        int k = svd.s().length;
        double least = svd.s()[0] * (cutoff == 0 ? Math.max(a.rows(), a.columns()) * Math.ulp(1.0) : cutoff);
        double[] scaled = svd.v().data().clone();
        for (int i = 0; i < scaled.length; i++) {
            double s = svd.s()[i % k];
            scaled[i] = s > least ? scaled[i] / s : 0;
        }
        return Blas.productABt(Dense.of("pseudoinverse", scaled, a.columns(), k), svd.u());
    }

    /**
     * As {@link #pseudoinverse(Dense, double)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @param cutoff singular values below this part of the largest count as zero; 0 stands for max(m, n) times the
     *     precision of doubles
     * @return shape [n, m]
     * @throws IllegalArgumentException if the cut-off is negative, or the result overflows
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static INDArray pseudoinverse(INDArray a, double cutoff) {
        return pseudoinverse(Dense.of("a", a), cutoff).toArray();
    }

    /**
     * As {@link #pseudoinverse(Dense, double)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @param cutoff singular values below this part of the largest count as zero; 0 stands for max(m, n) times the
     *     precision of doubles
     * @return shape [n, m]
     * @throws IllegalArgumentException if the cut-off is negative, or the result overflows
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double[][] pseudoinverse(double[][] a, double cutoff) {
        return pseudoinverse(Dense.of("a", a), cutoff).toRows();
    }

    /** p A + q B. */
    static Dense sum(double p, Dense a, double q, Dense b) {
        double[] c = new double[a.data().length];
        for (int i = 0; i < c.length; i++) {
            c[i] = p * a.data()[i] + q * b.data()[i];
        }
        return Dense.of("sum", c, a.rows(), a.columns());
    }

    private static Dense turned(Dense z, Dense t) {
        return Blas.productABt(Blas.product(z, t), z);
    }

    private static void refuseNegative(String what, Spectrum values) {
        for (int i = 0; i < values.re().length; i++) {
            if (values.im()[i] == 0 && values.re()[i] <= 0) {
                throw new IllegalArgumentException("a must have no eigenvalue at or below zero for a real " + what
                        + ", had " + values.re()[i]);
            }
        }
    }

    /** The Gauss-Legendre rule as eigenpairs of its Jacobi matrix (Golub and Welsch 1969); weights sum to 1. */
    private static Eigen legendre(int n) {
        double[] jacobi = new double[n * n];
        for (int k = 1; k < n; k++) {
            double b = k / Math.sqrt(4.0 * k * k - 1);
            jacobi[k * n + k - 1] = b;
            jacobi[(k - 1) * n + k] = b;
        }
        return Eigen.symmetric(Dense.of("jacobi", jacobi, n, n));
    }
}
