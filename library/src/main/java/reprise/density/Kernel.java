package reprise.density;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.parallel.Tasks;
import reprise.source.Source;

/**
 * A positive definite kernel k(x, y) of the difference x - y, 1 at x = y unless said otherwise: a measure of likeness
 * of two points, and through it of two samples ({@link MaximumMeanDiscrepancy}).
 *
 * <pre>{@code
 * Kernel k = Kernel.gaussian(2);
 * double likeness = k.value(new double[] {0, 0}, new double[] {1, 1});
 * Kernel rough = Kernel.laplace(2).power(0.7, 2);
 * Kernel both = k.plus(rough);
 * Kernel own = Kernel.radial("rational", r -> 1 / (1 + r * r));
 * }</pre>
 *
 * <p>The Gaussian kernel sees smooth differences only, Matern kernels the rougher the smaller nu, inverse multiquadrics
 * also those of far points. Immutable.
 */
public final class Kernel {
    private final KernelForm form;

    private Kernel(KernelForm form) {
        this.form = form;
    }

    /**
     * exp(-|x - y|^2 / (2 h^2)).
     *
     * @param bandwidth h, above 0, in the units of the points
     * @return the kernel
     * @throws IllegalArgumentException if the bandwidth is not positive
     */
    public static Kernel gaussian(double bandwidth) {
        return new Kernel(new KernelForm.Gaussian(Require.positive("bandwidth", bandwidth)));
    }

    /**
     * exp(-|x - y| / s): the Matern kernel with nu = 1/2.
     *
     * @param scale s, above 0, in the units of the points
     * @return the kernel
     * @throws IllegalArgumentException if the scale is not positive
     */
    public static Kernel laplace(double scale) {
        return matern(0.5, scale);
    }

    /**
     * 2^(1 - nu) / Gamma(nu) z^nu K_nu(z) with z = |x - y| / s. Other texts have sqrt(2 nu) |x - y| / s; with this
     * argument powers keep their scale.
     *
     * @param nu the smoothness, above 0 and at most 50
     * @param scale s, above 0, in the units of the points
     * @return the kernel
     * @throws IllegalArgumentException if a number is out of range
     * @cost 0.2 s of one core to begin unless nu is 0.5, 1.5 or 2.5; values are then exact to 1e-11
     */
    @Source(text = "Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006", at = "Eq. 4.14")
    public static Kernel matern(double nu, double scale) {
        if (!(nu > 0 && nu <= 50)) {
            throw new IllegalArgumentException("nu must be > 0 and <= 50, was " + nu);
        }
        return new Kernel(Matern.of(nu, Require.positive("scale", scale)));
    }

    /**
     * (1 + |x - y|^2 / s^2)^(-nu).
     *
     * @param nu how fast it decays, above 0
     * @param scale s, above 0, in the units of the points
     * @return the kernel
     * @throws IllegalArgumentException if a number is not positive
     */
    public static Kernel inverseMultiquadric(double nu, double scale) {
        return new Kernel(new KernelForm.Multiquadric(Require.positive("nu", nu), Require.positive("scale", scale)));
    }

    /**
     * The product over coordinates of B(r / s) / B(0), where B is a box of width 1 convolved with itself: zero where a
     * coordinate differs by more than order s / 2.
     *
     * @param order how many boxes, even, from 2 to 16
     * @param scale s, the width of a box, above 0, in the units of the points
     * @return the kernel
     * @throws IllegalArgumentException if the order is odd (the kernel would not be positive definite) or out of range
     */
    public static Kernel bSpline(int order, double scale) {
        if (order < 2 || order > 16 || order % 2 != 0) {
            throw new IllegalArgumentException("order must be even, >= 2 and <= 16, was " + order);
        }
        return new Kernel(KernelForm.Spline.of(order, Require.positive("scale", scale)));
    }

    /**
     * The product over coordinates of sin(r / s) / (r / s): it sees frequencies up to 1 / s, all alike.
     *
     * @param scale s, above 0, in the units of the points
     * @return the kernel
     * @throws IllegalArgumentException if the scale is not positive
     */
    public static Kernel sinc(double scale) {
        return new Kernel(new KernelForm.Sinc(Require.positive("scale", scale)));
    }

    /**
     * A kernel of your own: any function of the distance |x - y|. Nothing checks that it is positive definite; if it is
     * not, discrepancies may be 0 for different samples, and squares negative.
     *
     * @param name what it is called in messages
     * @param ofDistance its value at a distance r at least 0, finite, above 0 at r = 0; called from several threads
     * @return the kernel; without powers, and without exact means under normal distributions
     * @throws IllegalArgumentException if the value at 0 is not above 0
     */
    public static Kernel radial(String name, DoubleUnaryOperator ofDistance) {
        Require.positive(name + " at distance 0", ofDistance.applyAsDouble(0));
        return new Kernel(new KernelForm.Radial(name, ofDistance));
    }

    /**
     * The sum of two kernels: it sees what either sees.
     *
     * @param other another kernel
     * @return the sum; its value at x = y is the sum of theirs
     */
    public Kernel plus(Kernel other) {
        return new Kernel(new KernelForm.Sum(List.of(form, other.form)));
    }

    /**
     * The alpha-power kernel: the one whose spectral density is the power of this one's, scaled to 1 at x = y. For
     * alpha below 1 it is rougher. It is not the power of the values.
     *
     * <p>Gaussian: bandwidth sqrt(alpha) h. Matern: smoothness alpha (nu + d / 2) - d / 2, same scale. B-spline: order
     * alpha p. Sinc: itself.
     *
     * @param alpha above 0; 0.5 gives the root kernel
     * @param d the dimension of the points, at least 1
     * @return the kernel
     * @throws IllegalArgumentException if alpha is not positive, there is no such kernel (Matern with alpha at most
     *     d / (2 nu + d), a B-spline of odd order), or it has no closed form (inverse multiquadrics, sums)
     */
    @Source(arxiv = "2110.01593", at = "Definition 2")
    public Kernel power(double alpha, int d) {
        return new Kernel(form.power(Require.positive("alpha", alpha), Require.atLeast("d", d, 1)));
    }

    /**
     * The value for two points.
     *
     * @param x length d, finite
     * @param y length d, finite
     * @return k(x, y)
     * @throws IllegalArgumentException if the lengths differ, or a number is NaN or infinite
     */
    public double value(double[] x, double[] y) {
        Require.shape("y", new int[] {y.length}, x.length);
        return gram(Dense.of("x", x.clone(), 1, x.length), Dense.of("y", y.clone(), 1, y.length)).data()[0];
    }

    /**
     * The values for all pairs of two sets.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @return k(x_i, y_j), shape [n, m]
     * @throws IllegalArgumentException if x and y have different d
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n m d) time, n m numbers; for sums take {@link #sums}, which stores nothing
     */
    public Dense gram(Dense x, Dense y) {
        alike(x, y);
        double[] out = new double[Math.multiplyExact(x.rows(), y.rows())];
        var tiles = PointTiles.of(y);
        Tasks.forRange(x.rows(), i ->
                tiles.row(form, x.data(), i * x.columns(), new double[PointTiles.TILE], out, i * y.rows()));
        return Dense.of("gram", out, x.rows(), y.rows());
    }

    /**
     * As {@link #gram(Dense, Dense)}, for ND4J arrays.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @return shape [n, m]
     * @throws IllegalArgumentException if x and y have different d, or a number is NaN or infinite
     */
    public INDArray gram(INDArray x, INDArray y) {
        return gram(Dense.of("x", x), Dense.of("y", y)).toArray();
    }

    /**
     * As {@link #gram(Dense, Dense)}, for arrays of rows.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @return shape [n, m]
     * @throws IllegalArgumentException if x and y have different d, or a number is NaN or infinite
     */
    public double[][] gram(double[][] x, double[][] y) {
        return gram(Dense.of("x", x), Dense.of("y", y)).toRows();
    }

    /**
     * For every query the weighted sum over points, sum_j w_j k(x_i, y_j). Gaussian kernels with weights of one sign
     * run in the current backend.
     *
     * @param x queries, shape [n, d]
     * @param y points, shape [m, d]
     * @param weights w, finite, length m
     * @return length n
     * @throws IllegalArgumentException if x and y have different d, or there are not m weights
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n m d) time, O((n + m) d) memory
     */
    public double[] sums(Dense x, Dense y, double... weights) {
        alike(x, y);
        Require.shape("weights", new int[] {weights.length}, y.rows());
        Require.finite("weights", weights);
        double[] sums = new double[x.rows()];
        if (form instanceof KernelForm.Gaussian gaussian && Arrays.stream(weights).allMatch(w -> w >= 0)
                && Arrays.stream(weights).anyMatch(w -> w > 0)) {
            double[] logs = Arrays.stream(weights).map(Math::log).toArray();
            double eps = 2 * gaussian.h() * gaussian.h();
            double[] logSums = Backends.current().softSum(x, y, Cost.squaredDistance()).logSum(logs, eps);
            Arrays.setAll(sums, i -> Math.exp(logSums[i]));
            return sums;
        }
        var tiles = PointTiles.of(y);
        tiles.weights(weights);
        Tasks.forRange(x.rows(), i ->
                sums[i] = tiles.sum(form, x.data(), i * x.columns(), new double[PointTiles.TILE]));
        return sums;
    }

    /**
     * As {@link #sums(Dense, Dense, double...)}, for arrays of rows.
     *
     * @param x queries, shape [n, d]
     * @param y points, shape [m, d]
     * @param weights w, finite, length m
     * @return length n
     * @throws IllegalArgumentException if the shapes do not fit, or a number is NaN or infinite
     */
    public double[] sums(double[][] x, double[][] y, double... weights) {
        return sums(Dense.of("x", x), Dense.of("y", y), weights);
    }

    /**
     * As {@link #sums(Dense, Dense, double...)}, for ND4J arrays.
     *
     * @param x queries, shape [n, d]
     * @param y points, shape [m, d]
     * @param weights w, finite, length m
     * @return length n
     * @throws IllegalArgumentException if the shapes do not fit, or a number is NaN or infinite
     */
    public INDArray sums(INDArray x, INDArray y, double... weights) {
        double[] sums = sums(Dense.of("x", x), Dense.of("y", y), weights);
        return Nd4j.create(sums, new long[] {sums.length}, 'c');
    }

    /**
     * The value at x = y.
     *
     * @return 1, for your own kernels the value at distance 0, for a sum the sum of theirs
     */
    public double atZero() {
        return form.atZero();
    }

    KernelForm form() {
        return form;
    }

    private static void alike(Dense x, Dense y) {
        Require.shape("y", new int[] {y.rows(), y.columns()}, y.rows(), x.columns());
    }

    /**
     * The name and the parameters.
     *
     * @return such as {@code gaussian(bandwidth = 2.0)}
     */
    @Override
    public String toString() {
        return form.toString();
    }
}
