package reprise.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;

/**
 * Eigenvalues and right eigenvectors of general matrices, A v = lambda v, and of pairs, A v = lambda B v. The left
 * eigenvectors of A are the conjugated right ones of its transpose.
 *
 * @param values in LAPACK's order; conjugate pairs stand together
 * @param re real parts of the eigenvectors, one per column, shape [n, n]
 * @param im imaginary parts, shape [n, n]
 */
public record ComplexEigen(Spectrum values, Dense re, Dense im) {
    private static final int ALL_CORES_FROM = 700;

    /**
     * Eigenvalues and eigenvectors of a square matrix.
     *
     * @param a shape [n, n]
     * @return n pairs; the eigenvectors have Euclidean norm 1
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not square
     * @cost about 25 n^3 operations; dgeev
     */
    public static ComplexEigen of(Dense a) {
        Shapes.square("a", a);
        int n = a.rows();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer re = memory.doubles(n);
            DoublePointer im = memory.doubles(n);
            DoublePointer vectors = memory.doubles((long) n * n);
            int info = openblas.LAPACKE_dgeev(
                    Native.COLUMN_MAJOR, (byte) 'N', (byte) 'V', n, memory.columns(a), n, re, im,
                    memory.doubles(1), n, vectors, n);
            if (Native.legal("dgeev", info) > 0) {
                throw new NotConverged("ComplexEigen.of", info);
            }
            return unpacked(new Spectrum(Native.read(re, n), Native.read(im, n)), Native.read(vectors, n * n));
        });
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @return n pairs; the eigenvectors have Euclidean norm 1
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not square
     */
    public static ComplexEigen of(INDArray a) {
        return of(Dense.of("a", a));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @return n pairs; the eigenvectors have Euclidean norm 1
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not square
     */
    public static ComplexEigen of(double[][] a) {
        return of(Dense.of("a", a));
    }

    /**
     * The eigenvalues of a square matrix alone.
     *
     * @param a shape [n, n]
     * @return n values
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not square
     * @cost about 10 n^3 operations; dgeev
     */
    public static Spectrum values(Dense a) {
        Shapes.square("a", a);
        int n = a.rows();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer re = memory.doubles(n);
            DoublePointer im = memory.doubles(n);
            DoublePointer none = memory.doubles(1);
            // The transpose has the same eigenvalues; conjugate pairs keep their order.
            int info = openblas.LAPACKE_dgeev(
                    Native.COLUMN_MAJOR, (byte) 'N', (byte) 'N', n, memory.copy(a.data()), n, re, im, none, n, none, n);
            if (Native.legal("dgeev", info) > 0) {
                throw new NotConverged("ComplexEigen.values", info);
            }
            return new Spectrum(Native.read(re, n), Native.read(im, n));
        });
    }

    /**
     * As {@link #values(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @return n values
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not square
     */
    public static Spectrum values(INDArray a) {
        return values(Dense.of("a", a));
    }

    /**
     * As {@link #values(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @return n values
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not square
     */
    public static Spectrum values(double[][] a) {
        return values(Dense.of("a", a));
    }

    /**
     * Eigenvalues and eigenvectors of a pair of square matrices. Where B is singular the values are infinite; where A
     * and B share a null vector they are NaN.
     *
     * @param a shape [n, n]
     * @param b shape [n, n]
     * @return n pairs; in each eigenvector the largest |re| + |im| is 1
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if one is not square, or the shapes differ
     * @cost about 70 n^3 operations; dggev
     */
    public static ComplexEigen pair(Dense a, Dense b) {
        Shapes.square("a", a);
        Shapes.same("a", a, "b", b);
        int n = a.rows();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer alphaRe = memory.doubles(n);
            DoublePointer alphaIm = memory.doubles(n);
            DoublePointer beta = memory.doubles(n);
            DoublePointer vectors = memory.doubles((long) n * n);
            int info = openblas.LAPACKE_dggev(
                    Native.COLUMN_MAJOR, (byte) 'N', (byte) 'V', n, memory.columns(a), n, memory.columns(b), n,
                    alphaRe, alphaIm, beta, memory.doubles(1), n, vectors, n);
            if (Native.legal("dggev", info) > 0) {
                throw new NotConverged("ComplexEigen.pair", info);
            }
            double[] re = Native.read(alphaRe, n);
            double[] im = Native.read(alphaIm, n);
            for (int i = 0; i < n; i++) {
                re[i] /= beta.get(i);
                im[i] = im[i] == 0 ? 0 : im[i] / beta.get(i);
            }
            return unpacked(new Spectrum(re, im), Native.read(vectors, n * n));
        });
    }

    /**
     * As {@link #pair(Dense, Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @param b shape [n, n]
     * @return n pairs; in each eigenvector the largest |re| + |im| is 1
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if one is not square, or the shapes differ
     */
    public static ComplexEigen pair(INDArray a, INDArray b) {
        return pair(Dense.of("a", a), Dense.of("b", b));
    }

    /**
     * As {@link #pair(Dense, Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @param b shape [n, n]
     * @return n pairs; in each eigenvector the largest |re| + |im| is 1
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if one is not square, or the shapes differ
     */
    public static ComplexEigen pair(double[][] a, double[][] b) {
        return pair(Dense.of("a", a), Dense.of("b", b));
    }

    /**
     * How well the pairs fit a matrix: the largest entry sum of A V - V Lambda in a column over n eps times the 1-norm
     * of A. Sound answers stay below 30.
     *
     * @param a the matrix, shape [n, n]
     * @return at least 0
     * @throws IllegalArgumentException if it has another shape
     * @cost 4 n^3 operations
     */
    public double residual(Dense a) {
        double[] left = Blas.product(a, re).data();
        double[] leftIm = Blas.product(a, im).data();
        int n = a.rows();
        double most = 0;
        for (int j = 0; j < n; j++) {
            double x = values.re()[j];
            double y = values.im()[j];
            double sum = 0;
            for (int i = j; i < n * n; i += n) {
                sum += Math.hypot(
                        left[i] - (x * re.data()[i] - y * im.data()[i]),
                        leftIm[i] - (x * im.data()[i] + y * re.data()[i]));
            }
            most = Math.max(most, sum);
        }
        return most == 0 ? 0 : most / (n * Math.ulp(1.0) * Norms.one(a));
    }

    /** LAPACK keeps a conjugate pair of vectors as real part and imaginary part in two columns. */
    private static ComplexEigen unpacked(Spectrum values, double[] columns) {
        int n = values.re().length;
        double[] re = new double[n * n];
        double[] im = new double[n * n];
        for (int j = 0; j < n; j++) {
            boolean pair = values.im()[j] != 0 && j + 1 < n;
            for (int i = 0; i < n; i++) {
                re[i * n + j] = columns[j * n + i];
                if (pair) {
                    re[i * n + j + 1] = columns[j * n + i];
                    im[i * n + j] = columns[(j + 1) * n + i];
                    im[i * n + j + 1] = -columns[(j + 1) * n + i];
                }
            }
            j += pair ? 1 : 0;
        }
        return new ComplexEigen(values, Dense.of("vectors", re, n, n), Dense.of("vectors", im, n, n));
    }
}
