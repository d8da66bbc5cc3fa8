package reprise.sampling;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.Cholesky;
import reprise.linalg.Qr;
import reprise.parallel.Interrupted;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Volume sampling: n of the N rows of a matrix X with m columns, with probability proportional to det(X(S)' X(S)).
 * Least squares through the chosen rows is unbiased, whatever the right-hand side, and
 *
 * <pre>{@code E (X(S)' X(S))^(-1) = (N - m + 1) / (n - m + 1) (X' X)^(-1).}</pre>
 *
 * <pre>{@code int[] rows = VolumeSampling.of(x).sample(20, rng);}</pre>
 *
 * <p>Drawn in reverse (Derezinski and Warmuth, 2017): rows are removed one by one, each with a chance proportional to
 * one minus its leverage among those left. For points of a continuous space see {@link PointDesign#VOLUME}. Immutable.
 */
@Source(arxiv = "1705.06908", at = "Algorithm 1")
public final class VolumeSampling {
    /** Fewer exact digits than that, and the chances are those of rounding errors. */
    private static final double LEAST_CONDITION = 1e-12;

    private final Dense orthonormal;

    private VolumeSampling(Dense orthonormal) {
        this.orthonormal = orthonormal;
    }

    /**
     * Takes a matrix.
     *
     * @param x shape [N, m], of rank m
     * @return its sampler
     * @throws IllegalArgumentException if there are fewer rows than columns, or the rank is below m
     * @cost O(N m^2)
     */
    public static VolumeSampling of(Dense x) {
        Require.atLeast("rows of x", x.rows(), x.columns());
        Qr qr = Qr.pivoted(x);
        if (qr.rank() < x.columns()) {
            throw new IllegalArgumentException(
                    "rank of x must be its number of columns = " + x.columns() + ", was " + qr.rank());
        }
        // The probabilities do not change with the basis of the columns: an orthonormal one has the best digits.
        return new VolumeSampling(qr.q());
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param x shape [N, m], of rank m
     * @return its sampler
     * @throws IllegalArgumentException if there are fewer rows than columns, or the rank is below m
     */
    public static VolumeSampling of(INDArray x) {
        return of(Dense.of("x", x));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param x shape [N, m], of rank m
     * @return its sampler
     * @throws IllegalArgumentException if there are fewer rows than columns, or the rank is below m
     */
    public static VolumeSampling of(double[][] x) {
        return of(Dense.of("x", x));
    }

    /**
     * The leverages of all rows: the diagonal of X (X' X)^(-1) X'.
     *
     * @return from 0 to 1, summing to m, length N
     */
    public double[] leverages() {
        int m = orthonormal.columns();
        double[] q = orthonormal.data();
        double[] leverages = new double[orthonormal.rows()];
        for (int i = 0; i < q.length; i++) {
            leverages[i / m] += q[i] * q[i];
        }
        return leverages;
    }

    /**
     * Draws rows.
     *
     * @param n how many, at least m and at most N
     * @param rng the randomness
     * @return n different rows, ascending
     * @throws IllegalArgumentException if n is out of range
     * @throws Interrupted if the thread was interrupted
     * @cost O((N - n) N m)
     */
    public int[] sample(int n, Rng rng) {
        int all = orthonormal.rows();
        int m = orthonormal.columns();
        Require.atLeast("n", n, m);
        if (n > all) {
            throw new IllegalArgumentException("n must be at most the number of rows = " + all + ", was " + n);
        }
        double[] q = orthonormal.data();
        double[] keep = leverages();
        for (int i = 0; i < all; i++) {
            keep[i] = Math.max(0, 1 - keep[i]);
        }
        double[] inverse = new double[m * m];
        for (int j = 0; j < m; j++) {
            inverse[j * m + j] = 1;
        }
        boolean[] gone = new boolean[all];
        for (int left = all; left > n; left--) {
            Interrupted.check();
            // Rounding errors of the updates grow with 1 / keep: begin anew now and then.
            if ((all - left) % (2 * m) == 2 * m - 1) {
                refresh(gone, left, inverse, keep);
            }
            int out = rng.categorical(keep);
            double[] v = new double[m];
            for (int a = 0; a < m; a++) {
                for (int b = 0; b < m; b++) {
                    v[a] += inverse[a * m + b] * q[out * m + b];
                }
            }
            double rest = keep[out];
            gone[out] = true;
            for (int a = 0; a < m; a++) {
                for (int b = 0; b < m; b++) {
                    inverse[a * m + b] += v[a] * v[b] / rest;
                }
            }
            for (int i = 0; i < all; i++) {
                double part = 0;
                for (int a = 0; a < m; a++) {
                    part += q[i * m + a] * v[a];
                }
                keep[i] = gone[i] ? 0 : Math.max(0, keep[i] - part * part / rest);
            }
        }
        return IntStream.range(0, all).filter(i -> !gone[i]).toArray();
    }

    private void refresh(boolean[] gone, int left, double[] inverse, double[] keep) {
        int m = orthonormal.columns();
        double[] q = orthonormal.data();
        double[] rows = new double[left * m];
        int at = 0;
        for (int i = 0; i < gone.length; i++) {
            if (!gone[i]) {
                System.arraycopy(q, i * m, rows, at++ * m, m);
            }
        }
        Cholesky gram = Cholesky.of(Blas.gramOfColumns(Dense.of("rows left", rows, left, m)));
        if (gram.reciprocalCondition() < LEAST_CONDITION) {
            return;
        }
        System.arraycopy(gram.inverse().data(), 0, inverse, 0, inverse.length);
        for (int i = 0; i < gone.length; i++) {
            double sum = 0;
            for (int a = 0; a < m && !gone[i]; a++) {
                for (int b = 0; b < m; b++) {
                    sum += q[i * m + a] * inverse[a * m + b] * q[i * m + b];
                }
            }
            keep[i] = gone[i] ? 0 : Math.max(0, 1 - sum);
        }
    }
}
