package reprise.linalg;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;

/**
 * A = Q R with orthonormal columns in Q and an upper triangular R; with column exchanges A[:, order] = Q R.
 *
 * @param q shape [m, k]; k = min(m, n), or m if full
 * @param r shape [k, n], zero below the diagonal
 * @param order which column of A stands where, length n; 0, 1, ... n - 1 without exchanges
 */
public record Qr(Dense q, Dense r, int[] order) {
    private static final int ALL_CORES_FROM = 800;

    /**
     * The thin factorisation: as many columns in Q as A has, or rows if those are fewer.
     *
     * @param a shape [m, n]
     * @return Q [m, min(m, n)] and R [min(m, n), n]
     * @cost 2 m n^2 operations and as many again for Q; dgeqrf, dorgqr
     */
    public static Qr of(Dense a) {
        return factor(a, Math.min(a.rows(), a.columns()), false);
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return Q [m, min(m, n)] and R [min(m, n), n]
     */
    public static Qr of(INDArray a) {
        return of(Dense.of("a", a));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return Q [m, min(m, n)] and R [min(m, n), n]
     */
    public static Qr of(double[][] a) {
        return of(Dense.of("a", a));
    }

    /**
     * The full factorisation: Q is square, and its last columns span what the columns of A do not reach.
     *
     * @param a shape [m, n]
     * @return Q [m, m] and R [m, n]
     * @cost 2 m n^2 operations, and O(m^3) for Q; dgeqrf, dorgqr
     */
    public static Qr full(Dense a) {
        return factor(a, a.rows(), false);
    }

    /**
     * As {@link #full(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return Q [m, m] and R [m, n]
     */
    public static Qr full(INDArray a) {
        return full(Dense.of("a", a));
    }

    /**
     * As {@link #full(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return Q [m, m] and R [m, n]
     */
    public static Qr full(double[][] a) {
        return full(Dense.of("a", a));
    }

    /**
     * The thin factorisation with column exchanges: the diagonal of R falls in absolute value, which reveals the rank
     * except in contrived cases.
     *
     * @param a shape [m, n]
     * @return Q [m, min(m, n)], R [min(m, n), n] and the order of the columns
     * @cost 4 m n^2 operations; dgeqp3, dorgqr
     */
    public static Qr pivoted(Dense a) {
        return factor(a, Math.min(a.rows(), a.columns()), true);
    }

    /**
     * As {@link #pivoted(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return Q [m, min(m, n)], R [min(m, n), n] and the order of the columns
     */
    public static Qr pivoted(INDArray a) {
        return pivoted(Dense.of("a", a));
    }

    /**
     * As {@link #pivoted(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return Q [m, min(m, n)], R [min(m, n), n] and the order of the columns
     */
    public static Qr pivoted(double[][] a) {
        return pivoted(Dense.of("a", a));
    }

    /**
     * How many diagonal entries of R are larger than rounding errors: the numerical rank, if columns were exchanged.
     *
     * @return from 0 to min(m, n)
     * @cost O(n)
     */
    public int rank() {
        int n = r.columns();
        int most = Math.min(q.rows(), n);
        double threshold = Math.max(q.rows(), n) * Math.ulp(1.0) * Math.abs(r.data()[0]);
        int rank = 0;
        while (rank < most && Math.abs(r.data()[rank * n + rank]) > threshold) {
            rank++;
        }
        return rank;
    }

    private static Qr factor(Dense a, int width, boolean pivot) {
        int m = a.rows();
        int n = a.columns();
        int k = Math.min(m, n);
        return Native.run(k >= ALL_CORES_FROM, memory -> {
            // Room for m columns: dorgqr turns the reflections into Q where they lie.
            DoublePointer p = memory.doubles((long) m * Math.max(n, width));
            DoublePointer tau = memory.doubles(k);
            IntPointer exchanged = memory.ints(n);
            p.put(Native.transposed(a.data(), m, n));
            if (pivot) {
                Native.legal("dgeqp3", openblas.LAPACKE_dgeqp3(Native.COLUMN_MAJOR, m, n, p, m, exchanged, tau));
            } else {
                Native.legal("dgeqrf", openblas.LAPACKE_dgeqrf(Native.COLUMN_MAJOR, m, n, p, m, tau));
            }
            double[] r = new double[width * n];
            double[] packed = Native.read(p, m * n);
            for (int j = 0; j < n; j++) {
                for (int i = 0; i <= Math.min(j, k - 1); i++) {
                    r[i * n + j] = packed[j * m + i];
                }
            }
            Native.legal("dorgqr", openblas.LAPACKE_dorgqr(Native.COLUMN_MAJOR, m, width, k, p, m, tau));
            int[] order = Native.read(exchanged, n);
            Arrays.setAll(order, j -> pivot ? order[j] - 1 : j);
            return new Qr(Native.matrix(p, m, width), Dense.of("r", r, width, n), order);
        });
    }
}
