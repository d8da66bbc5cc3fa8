package reprise.linalg;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.random.Rng;

/**
 * The singular value decomposition A = U diag(s) V&#7488;.
 *
 * @param u left singular vectors, one per column, shape [m, k]
 * @param s singular values, descending, length min(m, n) or the rank that was asked for
 * @param v right singular vectors, one per column, shape [n, k]
 */
public record Svd(Dense u, double[] s, Dense v) {
    private static final int ALL_CORES_FROM = 700;

    /**
     * The thin decomposition, k = min(m, n).
     *
     * @param a shape [m, n]
     * @return U [m, k], s and V [n, k]
     * @throws NotConverged if LAPACK's iteration fails
     * @cost about 14 m n^2 + 8 n^3 operations for m above n; dgesdd (divide and conquer)
     */
    public static Svd of(Dense a) {
        return decompose(a, 'S');
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return U [m, k], s and V [n, k]
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static Svd of(INDArray a) {
        return of(Dense.of("a", a));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return U [m, k], s and V [n, k]
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static Svd of(double[][] a) {
        return of(Dense.of("a", a));
    }

    /**
     * The full decomposition: U and V are square; their last columns span the null spaces.
     *
     * @param a shape [m, n]
     * @return U [m, m], s and V [n, n]
     * @throws NotConverged if LAPACK's iteration fails
     * @cost as {@link #of(Dense)} and 4 m^2 n operations; dgesdd
     */
    public static Svd full(Dense a) {
        return decompose(a, 'A');
    }

    /**
     * As {@link #full(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return U [m, m], s and V [n, n]
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static Svd full(INDArray a) {
        return full(Dense.of("a", a));
    }

    /**
     * As {@link #full(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return U [m, m], s and V [n, n]
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static Svd full(double[][] a) {
        return full(Dense.of("a", a));
    }

    /**
     * The singular values alone.
     *
     * @param a shape [m, n]
     * @return descending, length min(m, n)
     * @throws NotConverged if LAPACK's iteration fails
     * @cost 4 m n^2 - 4/3 n^3 operations for m above n; dgesdd
     */
    public static double[] values(Dense a) {
        int m = a.columns();
        int n = a.rows();
        int k = Math.min(m, n);
        return Native.run(k >= ALL_CORES_FROM, memory -> {
            DoublePointer s = memory.doubles(k);
            DoublePointer none = memory.doubles(1);
            int info = openblas.LAPACKE_dgesdd(
                    Native.COLUMN_MAJOR, (byte) 'N', m, n, memory.copy(a.data()), m, s, none, m, none, n);
            if (Native.legal("dgesdd", info) > 0) {
                throw new NotConverged("Svd.values", info);
            }
            return Native.read(s, k);
        });
    }

    /**
     * As {@link #values(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return descending, length min(m, n)
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double[] values(INDArray a) {
        return values(Dense.of("a", a));
    }

    /**
     * As {@link #values(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return descending, length min(m, n)
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double[] values(double[][] a) {
        return values(Dense.of("a", a));
    }

    /**
     * The leading part of the decomposition from products with random vectors (Halko, Martinsson and Tropp, SIAM
     * Review 2011, algorithms 4.4 and 5.1). For matrices that are large, with singular values that fall fast.
     *
     * @param a shape [m, n]
     * @param rank how many singular values, at most min(m, n)
     * @param oversampling how many more random vectors, 10 as a rule
     * @param powers how many power iterations, each of which sharpens the fall of the singular values; 2 as a rule
     * @param rng the randomness
     * @return U [m, rank], s and V [n, rank]
     * @throws IllegalArgumentException if the rank is not in 1 ... min(m, n), or another count is negative
     * @cost 4 m n (rank + oversampling) (powers + 1) operations
     */
    public static Svd randomised(Dense a, int rank, int oversampling, int powers, Rng rng) {
        int small = Math.min(a.rows(), a.columns());
        Require.atLeast("rank", rank, 1);
        Require.atLeast("min(m, n) of a", small, rank);
        Require.atLeast("oversampling", oversampling, 0);
        Require.atLeast("powers", powers, 0);
        int width = (int) Math.min((long) rank + oversampling, small);
        Dense q = Qr.of(Blas.product(a, rng.normal(a.columns(), width))).q();
        for (int i = 0; i < powers; i++) {
            q = Qr.of(Blas.product(a, Qr.of(Blas.productAtB(a, q)).q())).q();
        }
        return of(Blas.productAtB(q, a)).leading(rank).after(q);
    }

    /**
     * As {@link #randomised(Dense, int, int, int, RandomGenerator)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @param rank how many singular values, at most min(m, n)
     * @param oversampling how many more random vectors, 10 as a rule
     * @param powers how many power iterations, each of which sharpens the fall of the singular values; 2 as a rule
     * @param rng the randomness
     * @return U [m, rank], s and V [n, rank]
     * @throws IllegalArgumentException if the rank is not in 1 ... min(m, n), or another count is negative
     */
    public static Svd randomised(INDArray a, int rank, int oversampling, int powers, Rng rng) {
        return randomised(Dense.of("a", a), rank, oversampling, powers, rng);
    }

    /**
     * As {@link #randomised(Dense, int, int, int, RandomGenerator)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @param rank how many singular values, at most min(m, n)
     * @param oversampling how many more random vectors, 10 as a rule
     * @param powers how many power iterations, each of which sharpens the fall of the singular values; 2 as a rule
     * @param rng the randomness
     * @return U [m, rank], s and V [n, rank]
     * @throws IllegalArgumentException if the rank is not in 1 ... min(m, n), or another count is negative
     */
    public static Svd randomised(double[][] a, int rank, int oversampling, int powers, Rng rng) {
        return randomised(Dense.of("a", a), rank, oversampling, powers, rng);
    }

    /**
     * The best approximation of lower rank, as a decomposition (Eckart and Young).
     *
     * @param rank how many singular values to keep, from 1
     * @return the leading part
     * @throws IllegalArgumentException if there are fewer
     * @cost O((m + n) rank)
     */
    public Svd leading(int rank) {
        Require.atLeast("rank", rank, 1);
        Require.atLeast("number of singular values", s.length, rank);
        return new Svd(columns(u, rank), Arrays.copyOf(s, rank), columns(v, rank));
    }

    /**
     * U diag(s) V&#7488; multiplied out.
     *
     * @return shape [m, n]
     * @cost 2 m n k operations
     */
    public Dense product() {
        Dense left = columns(u, s.length);
        double[] scaled = left.data().clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= s[i % s.length];
        }
        return Blas.productABt(Dense.of("u", scaled, u.rows(), s.length), columns(v, s.length));
    }

    /**
     * How many singular values are larger than rounding errors.
     *
     * @return from 0 to min(m, n)
     * @cost O(k)
     */
    public int rank() {
        double threshold = Math.max(u.rows(), v.rows()) * Math.ulp(1.0) * s[0];
        int rank = 0;
        while (rank < s.length && s[rank] > threshold) {
            rank++;
        }
        return rank;
    }

    private Svd after(Dense q) {
        return new Svd(Blas.product(q, u), s, v);
    }

    /** LAPACK reads rows as columns, so it decomposes the transpose, V diag(s) U&#7488;. */
    private static Svd decompose(Dense a, char job) {
        int m = a.columns();
        int n = a.rows();
        int k = Math.min(m, n);
        int widthOfV = job == 'A' ? m : k;
        int widthOfU = job == 'A' ? n : k;
        return Native.run(k >= ALL_CORES_FROM, memory -> {
            DoublePointer s = memory.doubles(k);
            DoublePointer v = memory.doubles((long) m * widthOfV);
            DoublePointer u = memory.doubles((long) widthOfU * n);
            int info = openblas.LAPACKE_dgesdd(
                    Native.COLUMN_MAJOR, (byte) job, m, n, memory.copy(a.data()), m, s, v, m, u, widthOfU);
            if (Native.legal("dgesdd", info) > 0) {
                throw new NotConverged("Svd", info);
            }
            Dense left = Dense.of("u", Native.read(u, n * widthOfU), n, widthOfU);
            return new Svd(left, Native.read(s, k), Native.matrix(v, m, widthOfV));
        });
    }

    private static Dense columns(Dense a, int count) {
        if (count == a.columns()) {
            return a;
        }
        double[] kept = new double[a.rows() * count];
        for (int i = 0; i < a.rows(); i++) {
            System.arraycopy(a.data(), i * a.columns(), kept, i * count, count);
        }
        return Dense.of("vectors", kept, a.rows(), count);
    }
}
