package reprise.linalg;

import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;

/**
 * Eigenvalues and eigenvectors of symmetric matrices, A v = lambda v, and of symmetric pairs, A v = lambda B v.
 *
 * <p>General matrices have complex ones: see {@link ComplexEigen}. Large sparse ones: {@link Lanczos}.
 *
 * @param values ascending, length k
 * @param vectors the eigenvector of values[j] in column j, shape [n, k]; orthonormal (for pairs: B-orthonormal)
 */
public record Eigen(double[] values, Dense vectors) {
    private static final int ALL_CORES_FROM = 250;

    /**
     * All eigenvalues and eigenvectors of a symmetric matrix. Of nearly symmetric ones the lower triangle counts.
     *
     * @param a shape [n, n]
     * @return n pairs
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not symmetric
     * @cost about 4 to 9 n^3 operations; dsyevd (divide and conquer)
     */
    public static Eigen symmetric(Dense a) {
        Shapes.symmetric("a", a);
        int n = a.rows();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer p = memory.copy(a.data());
            DoublePointer values = memory.doubles(n);
            check("Eigen.symmetric", openblas.LAPACKE_dsyevd(
                    Native.COLUMN_MAJOR, (byte) 'V', (byte) 'U', n, p, n, values));
            return new Eigen(Native.read(values, n), Native.matrix(p, n, n));
        });
    }

    /**
     * As {@link #symmetric(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @return n pairs
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not symmetric
     */
    public static Eigen symmetric(INDArray a) {
        return symmetric(Dense.of("a", a));
    }

    /**
     * As {@link #symmetric(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @return n pairs
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not symmetric
     */
    public static Eigen symmetric(double[][] a) {
        return symmetric(Dense.of("a", a));
    }

    /**
     * The eigenvalues of a symmetric matrix alone.
     *
     * @param a shape [n, n]
     * @return ascending, length n
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not symmetric
     * @cost 4/3 n^3 operations; dsyevd
     */
    public static double[] symmetricValues(Dense a) {
        Shapes.symmetric("a", a);
        int n = a.rows();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer values = memory.doubles(n);
            check("Eigen.symmetricValues", openblas.LAPACKE_dsyevd(
                    Native.COLUMN_MAJOR, (byte) 'N', (byte) 'U', n, memory.copy(a.data()), n, values));
            return Native.read(values, n);
        });
    }

    /**
     * As {@link #symmetricValues(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @return ascending, length n
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not symmetric
     */
    public static double[] symmetricValues(INDArray a) {
        return symmetricValues(Dense.of("a", a));
    }

    /**
     * As {@link #symmetricValues(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @return ascending, length n
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not symmetric
     */
    public static double[] symmetricValues(double[][] a) {
        return symmetricValues(Dense.of("a", a));
    }

    /**
     * Some eigenvalues of a symmetric matrix, counted from the smallest, and their eigenvectors.
     *
     * @param a shape [n, n]
     * @param from the index of the first, from 0
     * @param to the index after the last, at most n
     * @return to - from pairs
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if a is not symmetric, or the indices are not 0 to n in order
     * @cost 4/3 n^3 operations and O(n^2) for each pair; dsyevr
     */
    public static Eigen symmetricByIndex(Dense a, int from, int to) {
        Shapes.symmetric("a", a);
        Require.atLeast("from", from, 0);
        Require.atLeast("to", to, from + 1);
        Require.atLeast("order of a", a.rows(), to);
        return some(a, 'I', 0, 0, from + 1, to).orElseThrow();
    }

    /**
     * As {@link #symmetricByIndex(Dense, int, int)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @param from the index of the first, from 0
     * @param to the index after the last, at most n
     * @return to - from pairs
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if a is not symmetric, or the indices are not 0 to n in order
     */
    public static Eigen symmetricByIndex(INDArray a, int from, int to) {
        return symmetricByIndex(Dense.of("a", a), from, to);
    }

    /**
     * As {@link #symmetricByIndex(Dense, int, int)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @param from the index of the first, from 0
     * @param to the index after the last, at most n
     * @return to - from pairs
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if a is not symmetric, or the indices are not 0 to n in order
     */
    public static Eigen symmetricByIndex(double[][] a, int from, int to) {
        return symmetricByIndex(Dense.of("a", a), from, to);
    }

    /**
     * The eigenvalues of a symmetric matrix in an interval, and their eigenvectors.
     *
     * @param a shape [n, n]
     * @param low values must be above this
     * @param high values must not be above this
     * @return the pairs, nothing if the interval holds none
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if a is not symmetric, or the interval is empty or not finite
     * @cost 4/3 n^3 operations and O(n^2) for each pair; dsyevr
     */
    public static Optional<Eigen> symmetricBetween(Dense a, double low, double high) {
        Shapes.symmetric("a", a);
        Require.finite("low", low);
        Require.finite("high", high);
        if (!(low < high)) {
            throw new IllegalArgumentException("high must be > low = " + low + ", was " + high);
        }
        return some(a, 'V', low, high, 0, 0);
    }

    /**
     * As {@link #symmetricBetween(Dense, double, double)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @param low values must be above this
     * @param high values must not be above this
     * @return the pairs, nothing if the interval holds none
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if a is not symmetric, or the interval is empty or not finite
     */
    public static Optional<Eigen> symmetricBetween(INDArray a, double low, double high) {
        return symmetricBetween(Dense.of("a", a), low, high);
    }

    /**
     * As {@link #symmetricBetween(Dense, double, double)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @param low values must be above this
     * @param high values must not be above this
     * @return the pairs, nothing if the interval holds none
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if a is not symmetric, or the interval is empty or not finite
     */
    public static Optional<Eigen> symmetricBetween(double[][] a, double low, double high) {
        return symmetricBetween(Dense.of("a", a), low, high);
    }

    /**
     * All eigenvalues and eigenvectors of a symmetric pair, A v = lambda B v with B positive definite.
     *
     * @param a shape [n, n]
     * @param b shape [n, n]
     * @return n pairs; V&#7488; B V is the identity
     * @throws NotPositiveDefinite if b is not positive definite
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if one is not symmetric, or the shapes differ
     * @cost about 7 to 14 n^3 operations; dsygvd
     */
    public static Eigen symmetricPair(Dense a, Dense b) {
        Shapes.symmetric("a", a);
        Shapes.symmetric("b", b);
        Shapes.same("a", a, "b", b);
        int n = a.rows();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer p = memory.copy(a.data());
            DoublePointer values = memory.doubles(n);
            int info = openblas.LAPACKE_dsygvd(
                    Native.COLUMN_MAJOR, 1, (byte) 'V', (byte) 'U', n, p, n, memory.copy(b.data()), n, values);
            if (info > n) {
                throw new NotPositiveDefinite("b", info - n);
            }
            check("Eigen.symmetricPair", info);
            return new Eigen(Native.read(values, n), Native.matrix(p, n, n));
        });
    }

    /**
     * As {@link #symmetricPair(Dense, Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @param b shape [n, n]
     * @return n pairs; V&#7488; B V is the identity
     * @throws NotPositiveDefinite if b is not positive definite
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if one is not symmetric, or the shapes differ
     */
    public static Eigen symmetricPair(INDArray a, INDArray b) {
        return symmetricPair(Dense.of("a", a), Dense.of("b", b));
    }

    /**
     * As {@link #symmetricPair(Dense, Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @param b shape [n, n]
     * @return n pairs; V&#7488; B V is the identity
     * @throws NotPositiveDefinite if b is not positive definite
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if one is not symmetric, or the shapes differ
     */
    public static Eigen symmetricPair(double[][] a, double[][] b) {
        return symmetricPair(Dense.of("a", a), Dense.of("b", b));
    }

    /**
     * How well the pairs fit a matrix: the 1-norm of A V - V Lambda over n eps times that of A, LAPACK's measure. Sound
     * answers stay below 30.
     *
     * @param a the matrix, shape [n, n]
     * @return at least 0
     * @throws IllegalArgumentException if it has another shape
     * @cost 2 n^2 k operations
     */
    public double residual(Dense a) {
        double[] difference = Blas.product(a, vectors).data();
        int k = values.length;
        for (int i = 0; i < difference.length; i++) {
            difference[i] -= vectors.data()[i] * values[i % k];
        }
        double norm = Norms.one(Dense.of("difference", difference, a.rows(), k));
        return norm == 0 ? 0 : norm / (a.rows() * Math.ulp(1.0) * Norms.one(a));
    }

    private static Optional<Eigen> some(Dense a, char range, double low, double high, int first, int last) {
        int n = a.rows();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            IntPointer found = memory.ints(1);
            DoublePointer values = memory.doubles(n);
            int room = range == 'I' ? last - first + 1 : n;
            DoublePointer vectors = memory.doubles((long) n * room);
            check("Eigen.symmetric", openblas.LAPACKE_dsyevr(
                    Native.COLUMN_MAJOR, (byte) 'V', (byte) range, (byte) 'U', n, memory.copy(a.data()), n,
                    low, high, first, last, 0, found, values, vectors, n, memory.ints(2L * n)));
            int k = found.get(0);
            return k == 0
                    ? Optional.<Eigen>empty()
                    : Optional.of(new Eigen(Native.read(values, k), Native.matrix(vectors, n, k)));
        });
    }

    private static void check(String method, int info) {
        if (Native.legal(method, info) > 0) {
            throw new NotConverged(method, info);
        }
    }
}
