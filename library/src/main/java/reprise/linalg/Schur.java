package reprise.linalg;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;

/**
 * The real Schur form A = Z T Z&#7488;.
 *
 * @param t upper triangular but for 2 x 2 blocks, one for each conjugate pair of eigenvalues, shape [n, n]
 * @param z orthogonal, shape [n, n]
 * @param values the eigenvalues in the order of the diagonal of T
 */
public record Schur(Dense t, Dense z, Spectrum values) {
    private static final int ALL_CORES_FROM = 700;

    /**
     * The Schur form of a square matrix.
     *
     * @param a shape [n, n]
     * @return T, Z and the eigenvalues
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not square
     * @cost about 25 n^3 operations; dgees
     */
    public static Schur of(Dense a) {
        Shapes.square("a", a);
        int n = a.rows();
        return Native.run(n >= ALL_CORES_FROM, memory -> {
            DoublePointer t = memory.columns(a);
            DoublePointer z = memory.doubles((long) n * n);
            DoublePointer re = memory.doubles(n);
            DoublePointer im = memory.doubles(n);
            int info = openblas.LAPACKE_dgees(
                    Native.COLUMN_MAJOR, (byte) 'V', (byte) 'N', null, n, t, n, memory.ints(1), re, im, z, n);
            if (Native.legal("dgees", info) > 0) {
                throw new NotConverged("Schur.of", info);
            }
            return new Schur(
                    Native.matrix(t, n, n),
                    Native.matrix(z, n, n),
                    new Spectrum(Native.read(re, n), Native.read(im, n)));
        });
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @return T, Z and the eigenvalues
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not square
     */
    public static Schur of(INDArray a) {
        return of(Dense.of("a", a));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @return T, Z and the eigenvalues
     * @throws NotConverged if LAPACK's iteration fails
     * @throws IllegalArgumentException if it is not square
     */
    public static Schur of(double[][] a) {
        return of(Dense.of("a", a));
    }
}
