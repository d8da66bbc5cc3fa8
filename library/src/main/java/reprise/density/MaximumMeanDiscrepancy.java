package reprise.density;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.prob.Mixture;
import reprise.prob.Normal;
import reprise.source.Source;

/**
 * How far a set of points is from a distribution P, as seen by a kernel: the largest error
 * {@code |mean of f over the points - E f(Z)|} of any function f in the unit ball of the kernel's space,
 * {@code MMD^2 = E k(Z, Z') - 2 mean_i E k(x_i, Z) + mean_ij k(x_i, x_j)}.
 *
 * <pre>{@code
 * var mmd = MaximumMeanDiscrepancy.to(Normal.standard(2), Kernel.gaussian(2));
 * double error = mmd.of(points);
 * double chance = mmd.ofIndependent(points.length);
 * }</pre>
 *
 * <p>For normal distributions and their mixtures the means are exact for Gaussian, Laplace, Matern and inverse
 * multiquadric kernels and their sums. A sample may stand for P; the distance to it says nothing about how far the
 * sample itself is from P. Two samples are compared by {@code MaximumMeanDiscrepancy.to(y, kernel).of(x)}.
 */
@Source(text = "Gretton et al., A kernel two-sample test, 2012", at = "Lemma 6")
public final class MaximumMeanDiscrepancy {
    private final Kernel kernel;
    private final int d;
    private final Function<Dense, double[]> embedding;
    private final double self;

    private MaximumMeanDiscrepancy(Kernel kernel, int d, Function<Dense, double[]> embedding, double self) {
        this.kernel = kernel;
        this.d = d;
        this.embedding = embedding;
        this.self = self;
    }

    /**
     * The exact distance to a normal distribution.
     *
     * @param target P
     * @param kernel any but B-splines, sinc and your own
     * @return the distance
     * @throws IllegalArgumentException if the kernel is not a mixture of Gaussian ones
     * @cost d^3 operations
     */
    public static MaximumMeanDiscrepancy to(Normal target, Kernel kernel) {
        return to(Mixture.equal(List.of(target)), kernel);
    }

    /**
     * The exact distance to a mixture of normal distributions.
     *
     * @param target P
     * @param kernel any but B-splines, sinc and your own
     * @return the distance
     * @throws IllegalArgumentException if the kernel is not a mixture of Gaussian ones
     * @cost d^3 operations for each pair of components
     */
    public static MaximumMeanDiscrepancy to(Mixture target, Kernel kernel) {
        int d = target.components().get(0).dimension();
        var means = new GaussianEmbedding(target, kernel.form().mixture(d));
        return new MaximumMeanDiscrepancy(kernel, d, means::at, means.self());
    }

    /**
     * The distance to a sample.
     *
     * @param sample shape [n, d]
     * @param kernel any
     * @return the distance
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n^2 d) time, O(n d) memory
     */
    public static MaximumMeanDiscrepancy to(Dense sample, Kernel kernel) {
        double[] equal = equal(sample.rows());
        double self = Arrays.stream(kernel.sums(sample, sample, equal)).sum() / sample.rows();
        return new MaximumMeanDiscrepancy(kernel, sample.columns(), x -> kernel.sums(x, sample, equal), self);
    }

    /**
     * As {@link #to(Dense, Kernel)}, for an array of rows.
     *
     * @param sample shape [n, d], finite
     * @param kernel any
     * @return the distance
     * @throws IllegalArgumentException if the sample is empty, or holds NaN or infinity
     */
    public static MaximumMeanDiscrepancy to(double[][] sample, Kernel kernel) {
        return to(Dense.of("sample", sample), kernel);
    }

    /**
     * As {@link #to(Dense, Kernel)}, for an ND4J array.
     *
     * @param sample shape [n, d], finite
     * @param kernel any
     * @return the distance
     * @throws IllegalArgumentException if the sample is empty, or holds NaN or infinity
     */
    public static MaximumMeanDiscrepancy to(INDArray sample, Kernel kernel) {
        return to(Dense.of("sample", sample), kernel);
    }

    /**
     * The distance of points, all of one weight.
     *
     * @param x shape [s, d]
     * @return at least 0; what is below 1e-8 is rounding
     * @throws IllegalArgumentException if x has another d
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(s^2 d) time and that of the embedding
     */
    public double of(Dense x) {
        return Math.sqrt(Math.max(0, squared(x)));
    }

    /**
     * As {@link #of(Dense)}, for an array of rows.
     *
     * @param x shape [s, d], finite
     * @return at least 0
     * @throws IllegalArgumentException if x is empty, has another d, or holds NaN or infinity
     */
    public double of(double[][] x) {
        return of(Dense.of("x", x));
    }

    /**
     * As {@link #of(Dense)}, for an ND4J array.
     *
     * @param x shape [s, d], finite
     * @return at least 0
     * @throws IllegalArgumentException if x is empty, has another d, or holds NaN or infinity
     */
    public double of(INDArray x) {
        return of(Dense.of("x", x));
    }

    /**
     * The squared distance, from the sum of all pairs: its mean over independent draws is
     * {@code (k(0) - E k(Z, Z')) / s}, not 0.
     *
     * @param x shape [s, d]
     * @return not below 0 but for rounding
     * @throws IllegalArgumentException if x has another d
     */
    public double squared(Dense x) {
        double[] equal = equal(x.rows());
        double cross = 0;
        for (double mean : embedding(x)) {
            cross += mean / x.rows();
        }
        return self - 2 * cross + Arrays.stream(kernel.sums(x, x, equal)).sum() / x.rows();
    }

    /**
     * The mean of the kernel between each point and P.
     *
     * @param x shape [m, d]
     * @return E k(x_i, Z), length m
     * @throws IllegalArgumentException if x has another d
     */
    public double[] embedding(Dense x) {
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), d);
        return embedding.apply(x);
    }

    /**
     * The root of the mean squared distance of independent draws from P: {@code sqrt((k(0) - E k(Z, Z')) / s)}, exact.
     *
     * @param s how many draws, at least 1
     * @return above 0
     * @throws IllegalArgumentException if s is below 1
     */
    public double ofIndependent(int s) {
        return Math.sqrt((kernel.atZero() - self) / Require.atLeast("s", s, 1));
    }

    private static double[] equal(int n) {
        double[] weights = new double[n];
        Arrays.fill(weights, 1.0 / n);
        return weights;
    }
}
