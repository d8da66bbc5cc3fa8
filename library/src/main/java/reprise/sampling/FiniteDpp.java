package reprise.sampling;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Determinant;
import reprise.linalg.Eigen;
import reprise.parallel.Interrupted;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Determinantal point processes on n items: random subsets whose items repel each other.
 *
 * <pre>{@code
 * FiniteDpp process = FiniteDpp.likelihood(Gram.gaussian(items, items, 0.5));
 * int[] some = process.sample(rng);
 * int[] ten = process.sample(10, rng);
 * }</pre>
 *
 * <p>Either by the <em>likelihood</em> kernel L, P(Y = S) = det L(S) / det(I + L), or by the <em>marginal</em> kernel
 * K, P(S inside Y) = det K(S); the two are linked by K = L (I + L)^(-1). The number of items is a sum of independent
 * coins, one for each eigenvalue of K; given that it is k, the subset is a k-DPP, P(Y = S) = det L(S) / e(k) with the
 * elementary symmetric polynomial e(k) of L's eigenvalues. Both kernels must be symmetric. Immutable.
 */
@Source(arxiv = "1207.6083", at = "Algorithms 1 and 8")
public final class FiniteDpp {
    private static final double ROUNDING = 1e-10;

    private final Dense vectors;
    /** Eigenvalues of K, and one minus them, kept apart because small numbers of either kind matter. */
    private final double[] in;
    private final double[] out;

    private FiniteDpp(Dense vectors, double[] in, double[] out) {
        this.vectors = vectors;
        this.in = in;
        this.out = out;
    }

    /**
     * The process of a likelihood kernel: an L-ensemble.
     *
     * @param l shape [n, n], symmetric, no negative eigenvalue beyond rounding
     * @return the process
     * @throws IllegalArgumentException if l is not symmetric, or has a negative eigenvalue
     * @cost about 9 n^3 operations
     */
    public static FiniteDpp likelihood(Dense l) {
        Eigen eigen = Eigen.symmetric(l);
        double[] values = eigen.values();
        double most = Math.max(values[values.length - 1], -values[0]);
        double[] in = new double[values.length];
        double[] out = new double[values.length];
        for (int i = 0; i < in.length; i++) {
            if (values[i] < -ROUNDING * most) {
                throw new IllegalArgumentException("eigenvalues of l must be >= 0, the least was " + values[i]);
            }
            // What is below the rounding of the largest eigenvalue is no rank.
            double value = values[i] < values.length * Math.ulp(1.0) * most ? 0 : values[i];
            in[i] = value / (1 + value);
            out[i] = 1 / (1 + value);
        }
        return new FiniteDpp(eigen.vectors(), in, out);
    }

    /**
     * As {@link #likelihood(Dense)}, for ND4J arrays.
     *
     * @param l shape [n, n], symmetric, no negative eigenvalue beyond rounding
     * @return the process
     * @throws IllegalArgumentException if l is not symmetric, or has a negative eigenvalue
     */
    public static FiniteDpp likelihood(INDArray l) {
        return likelihood(Dense.of("l", l));
    }

    /**
     * As {@link #likelihood(Dense)}, for arrays of rows.
     *
     * @param l shape [n, n], symmetric, no negative eigenvalue beyond rounding
     * @return the process
     * @throws IllegalArgumentException if l is not symmetric, or has a negative eigenvalue
     */
    public static FiniteDpp likelihood(double[][] l) {
        return likelihood(Dense.of("l", l));
    }

    /**
     * The process of a marginal kernel.
     *
     * @param k shape [n, n], symmetric, eigenvalues from 0 to 1 up to rounding; a projection gives subsets of one size
     * @return the process
     * @throws IllegalArgumentException if k is not symmetric, or has an eigenvalue outside
     * @cost about 9 n^3 operations
     */
    public static FiniteDpp marginal(Dense k) {
        Eigen eigen = Eigen.symmetric(k);
        double[] in = eigen.values().clone();
        double[] out = new double[in.length];
        for (int i = 0; i < in.length; i++) {
            if (in[i] < -ROUNDING || in[i] > 1 + ROUNDING) {
                throw new IllegalArgumentException("eigenvalues of k must be from 0 to 1, one was " + in[i]);
            }
            double slack = in.length * Math.ulp(1.0);
            in[i] = in[i] < slack ? 0 : in[i] > 1 - slack ? 1 : in[i];
            out[i] = 1 - in[i];
        }
        return new FiniteDpp(eigen.vectors(), in, out);
    }

    /**
     * As {@link #marginal(Dense)}, for ND4J arrays.
     *
     * @param k shape [n, n], symmetric, eigenvalues from 0 to 1 up to rounding
     * @return the process
     * @throws IllegalArgumentException if k is not symmetric, or has an eigenvalue outside
     */
    public static FiniteDpp marginal(INDArray k) {
        return marginal(Dense.of("k", k));
    }

    /**
     * As {@link #marginal(Dense)}, for arrays of rows.
     *
     * @param k shape [n, n], symmetric, eigenvalues from 0 to 1 up to rounding
     * @return the process
     * @throws IllegalArgumentException if k is not symmetric, or has an eigenvalue outside
     */
    public static FiniteDpp marginal(double[][] k) {
        return marginal(Dense.of("k", k));
    }

    /**
     * The number of items.
     *
     * @return n
     */
    public int items() {
        return in.length;
    }

    /**
     * The marginal kernel: its diagonal holds the chance of each item, and the chance of two is
     * K(i, i) K(j, j) - K(i, j)^2.
     *
     * @return K, shape [n, n]
     * @cost O(n^3)
     */
    public Dense marginalKernel() {
        int n = in.length;
        double[] v = vectors.data();
        double[] k = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int c = 0; c < n; c++) {
                    sum += in[c] * v[i * n + c] * v[j * n + c];
                }
                k[i * n + j] = sum;
                k[j * n + i] = sum;
            }
        }
        return Dense.of("marginal kernel", k, n, n);
    }

    /**
     * The mean number of items drawn.
     *
     * @return the trace of K
     */
    public double expectedSize() {
        return Arrays.stream(in).sum();
    }

    /**
     * The law of the number of items drawn.
     *
     * @return the logarithms of the chances of 0, 1, ..., n items, length n + 1
     * @cost O(n^2)
     */
    public double[] logSizes() {
        return sizes(in.length)[in.length];
    }

    /**
     * The chance that all of some items are drawn, and perhaps others.
     *
     * @param items different, from 0 to n - 1
     * @return det K(S); 1 for no item
     * @throws IllegalArgumentException if an item is out of range or occurs twice
     * @cost O(n s^2 + s^3)
     */
    public double inclusion(int... items) {
        int n = in.length;
        int s = checked(items).length;
        if (s == 0) {
            return 1;
        }
        double[] part = new double[s * s];
        for (int a = 0; a < s; a++) {
            for (int b = 0; b < s; b++) {
                for (int c = 0; c < n; c++) {
                    part[a * s + b] +=
                            in[c] * vectors.data()[items[a] * n + c] * vectors.data()[items[b] * n + c];
                }
            }
        }
        return Math.max(0, Determinant.of(Dense.of("part of K", part, s, s)).value());
    }

    /**
     * Draws a subset.
     *
     * @param rng the randomness
     * @return the items in random order, perhaps none
     * @cost O(n s^2) for s items
     */
    public int[] sample(Rng rng) {
        boolean[] chosen = new boolean[in.length];
        int count = 0;
        for (int c = 0; c < chosen.length; c++) {
            chosen[c] = rng.bernoulli(Math.min(1, in[c]));
            count += chosen[c] ? 1 : 0;
        }
        return project(chosen, count, rng);
    }

    /**
     * Draws a subset of a given size: a k-DPP.
     *
     * @param k at least 0 and at most the rank of the kernel
     * @param rng the randomness
     * @return k different items in random order
     * @throws IllegalArgumentException if subsets of that size have probability 0
     * @cost O(n k^2)
     */
    public int[] sample(int k, Rng rng) {
        Require.atLeast("k", k, 0);
        int n = in.length;
        if (k > n) {
            throw new IllegalArgumentException("k must be at most the number of items = " + n + ", was " + k);
        }
        double[][] sizes = sizes(k);
        if (sizes[n][k] == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("k must be a size that the process can have: at least "
                    + Arrays.stream(out).filter(v -> v == 0).count() + " and at most the rank "
                    + Arrays.stream(in).filter(v -> v > 0).count() + ", was " + k);
        }
        boolean[] chosen = new boolean[n];
        int left = k;
        for (int c = n - 1; c >= 0 && left > 0; c--) {
            double take = Math.exp(Math.log(in[c]) + sizes[c][left - 1] - sizes[c + 1][left]);
            if (rng.uniform() < take) {
                chosen[c] = true;
                left--;
            }
        }
        return project(chosen, k, rng);
    }

    /**
     * The normaliser of the k-DPP of a likelihood kernel: the sum of det L(S) over all subsets of k items, that is the
     * elementary symmetric polynomial of L's eigenvalues.
     *
     * @param k from 0 to n
     * @return its logarithm; minus infinity above the rank
     * @throws IllegalArgumentException if k is out of range, or an eigenvalue of K is 1, so that there is no L
     * @cost O(n k)
     */
    public double logElementarySymmetric(int k) {
        Require.atLeast("k", k, 0);
        Require.atLeast("number of items", in.length, k);
        return sizes(k)[in.length][k] + logNormaliser();
    }

    /**
     * The normaliser of a likelihood kernel, det(I + L).
     *
     * @return its logarithm
     * @throws IllegalArgumentException if an eigenvalue of K is 1, so that there is no L
     * @cost O(n)
     */
    public double logNormaliser() {
        double sum = 0;
        for (double v : out) {
            sum -= Math.log(Require.positive("1 - eigenvalue of the marginal kernel", v));
        }
        return sum;
    }

    /** At [c][l]: log chance that l of the first c coins fall in; l up to most. */
    private double[][] sizes(int most) {
        int n = in.length;
        double[][] log = new double[n + 1][most + 1];
        for (double[] row : log) {
            Arrays.fill(row, Double.NEGATIVE_INFINITY);
        }
        log[0][0] = 0;
        for (int c = 0; c < n; c++) {
            double yes = Math.log(in[c]);
            double no = Math.log(out[c]);
            for (int l = 0; l <= most; l++) {
                double a = log[c][l] + no;
                double b = l == 0 ? Double.NEGATIVE_INFINITY : log[c][l - 1] + yes;
                double larger = Math.max(a, b);
                log[c + 1][l] = larger == Double.NEGATIVE_INFINITY
                        ? larger
                        : larger + Math.log1p(Math.exp(Math.min(a, b) - larger));
            }
        }
        return log;
    }

    /** The projection process of the chosen eigenvectors: exactly count items. */
    private int[] project(boolean[] chosen, int count, Rng rng) {
        int n = in.length;
        double[][] features = new double[n][count];
        double[] chances = new double[n];
        for (int i = 0; i < n; i++) {
            for (int c = 0, at = 0; c < n; c++) {
                if (chosen[c]) {
                    features[i][at++] = vectors.data()[i * n + c];
                }
            }
            chances[i] = dot(features[i], features[i]);
        }
        int[] items = new int[count];
        double[][] spanned = new double[count][];
        for (int s = 0; s < count; s++) {
            Interrupted.check();
            items[s] = rng.categorical(chances);
            double[] direction = features[items[s]].clone();
            for (int pass = 0; pass < 2; pass++) {
                for (int t = 0; t < s; t++) {
                    double part = dot(direction, spanned[t]);
                    for (int c = 0; c < count; c++) {
                        direction[c] -= part * spanned[t][c];
                    }
                }
            }
            double length = Math.sqrt(dot(direction, direction));
            for (int c = 0; c < count; c++) {
                direction[c] /= length;
            }
            spanned[s] = direction;
            for (int i = 0; i < n; i++) {
                double part = dot(features[i], direction);
                chances[i] = Math.max(0, chances[i] - part * part);
            }
            chances[items[s]] = 0;
        }
        return items;
    }

    private int[] checked(int[] items) {
        for (int i : items) {
            if (i < 0 || i >= in.length) {
                throw new IllegalArgumentException("items must be from 0 to " + (in.length - 1) + ", held " + i);
            }
        }
        if (Arrays.stream(items).distinct().count() < items.length) {
            throw new IllegalArgumentException("items must be different, were " + Arrays.toString(items));
        }
        return items;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
