package reprise.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;

/**
 * Eigenvalues and eigenvectors of complex Hermitian matrices.
 *
 * @param values real, ascending, length n
 * @param re real parts of the eigenvectors, one per column, shape [n, n]
 * @param im imaginary parts, shape [n, n]
 */
public record HermitianEigen(double[] values, Dense re, Dense im) {
    private static final int ALL_CORES_FROM = 250;

    /**
     * All eigenvalues and eigenvectors of re + i im.
     *
     * @param re the real part, symmetric, shape [n, n]
     * @param im the imaginary part, antisymmetric, shape [n, n]
     * @return n pairs; the eigenvectors are orthonormal
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if re + i im is not Hermitian, or the shapes differ
     * @cost about 16 to 36 n^3 operations; zheevd
     */
    public static HermitianEigen of(Dense re, Dense im) {
        double[] both = interleaved(re, im);
        int n = re.rows();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer p = memory.copy(both);
            DoublePointer values = memory.doubles(n);
            solve('V', n, p, values);
            double[] columns = Native.read(p, both.length);
            double[] x = new double[n * n];
            double[] y = new double[n * n];
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    x[i * n + j] = columns[2 * (j * n + i)];
                    y[i * n + j] = columns[2 * (j * n + i) + 1];
                }
            }
            return new HermitianEigen(
                    Native.read(values, n), Dense.of("vectors", x, n, n), Dense.of("vectors", y, n, n));
        });
    }

    /**
     * As {@link #of(Dense, Dense)}, for ND4J arrays.
     *
     * @param re the real part, symmetric, shape [n, n]
     * @param im the imaginary part, antisymmetric, shape [n, n]
     * @return n pairs; the eigenvectors are orthonormal
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if re + i im is not Hermitian, or the shapes differ
     */
    public static HermitianEigen of(INDArray re, INDArray im) {
        return of(Dense.of("re", re), Dense.of("im", im));
    }

    /**
     * As {@link #of(Dense, Dense)}, for arrays of rows.
     *
     * @param re the real part, symmetric, shape [n, n]
     * @param im the imaginary part, antisymmetric, shape [n, n]
     * @return n pairs; the eigenvectors are orthonormal
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if re + i im is not Hermitian, or the shapes differ
     */
    public static HermitianEigen of(double[][] re, double[][] im) {
        return of(Dense.of("re", re), Dense.of("im", im));
    }

    /**
     * The eigenvalues of re + i im alone.
     *
     * @param re the real part, symmetric, shape [n, n]
     * @param im the imaginary part, antisymmetric, shape [n, n]
     * @return ascending, length n
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if re + i im is not Hermitian, or the shapes differ
     * @cost about 16/3 n^3 operations; zheevd
     */
    public static double[] values(Dense re, Dense im) {
        double[] both = interleaved(re, im);
        int n = re.rows();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer values = memory.doubles(n);
            solve('N', n, memory.copy(both), values);
            return Native.read(values, n);
        });
    }

    /**
     * As {@link #values(Dense, Dense)}, for ND4J arrays.
     *
     * @param re the real part, symmetric, shape [n, n]
     * @param im the imaginary part, antisymmetric, shape [n, n]
     * @return ascending, length n
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if re + i im is not Hermitian, or the shapes differ
     */
    public static double[] values(INDArray re, INDArray im) {
        return values(Dense.of("re", re), Dense.of("im", im));
    }

    /**
     * As {@link #values(Dense, Dense)}, for arrays of rows.
     *
     * @param re the real part, symmetric, shape [n, n]
     * @param im the imaginary part, antisymmetric, shape [n, n]
     * @return ascending, length n
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if re + i im is not Hermitian, or the shapes differ
     */
    public static double[] values(double[][] re, double[][] im) {
        return values(Dense.of("re", re), Dense.of("im", im));
    }

    private static void solve(char job, int n, DoublePointer a, DoublePointer values) {
        int info = openblas.LAPACKE_zheevd(Native.COLUMN_MAJOR, (byte) job, (byte) 'L', n, a, n, values);
        if (Native.legal("zheevd", info) > 0) {
            throw new NotConverged("HermitianEigen", info);
        }
    }

    private static double[] interleaved(Dense re, Dense im) {
        Shapes.symmetric("re", re);
        Shapes.same("re", re, "im", im);
        int n = re.rows();
        double slack = 1e-8 * Math.max(Norms.max(re), Norms.max(im));
        double[] both = new double[2 * n * n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                double y = im.data()[i * n + j];
                if (Math.abs(y + im.data()[j * n + i]) > slack) {
                    throw new IllegalArgumentException("im must be antisymmetric, but its entry (" + i + ", " + j
                            + ") was " + y + " and (" + j + ", " + i + ") was " + im.data()[j * n + i]);
                }
                both[2 * (j * n + i)] = re.data()[i * n + j];
                both[2 * (j * n + i) + 1] = y;
            }
        }
        return both;
    }
}
