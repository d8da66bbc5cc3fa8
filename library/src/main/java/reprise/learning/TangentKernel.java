package reprise.learning;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.parallel.Tasks;
import reprise.source.Source;

/**
 * The neural tangent kernel of ReLU networks: the inner product of the gradients of f(x) and f(z) with respect to the
 * trained weights, in the limit of infinite width. Training such a network by gradient descent is then gradient
 * descent with this kernel.
 *
 * <p>The network: h_0 = z, h_l = relu(sqrt(w / m) W_l h_(l-1) + sqrt(b) b_l), without the factor 1 / m in the first
 * layer, f = sqrt(w / m) a . h_L + sqrt(b) c, all of W_l, a, b_l, c standard normal (or a of random signs), w and b the
 * variances. Inputs are taken as they are; divide them by the root of their number to have the convention of
 * neural-tangents. With S_0 = w x.z + b and the angle t between x and z under S_(l-1),
 *
 * <pre>{@code
 * S_l = w |x| |z| (sin t + (pi - t) cos t) / 2 pi + b       K_l = S_l + w K_(l-1) (pi - t) / 2 pi       K_0 = S_0
 * }</pre>
 *
 * <p>{@link #firstLayer()} trains the first of two layers only, the kernel x.z (pi - t) / 2 pi of the theory of score
 * estimation. Angles do not come from cosines where these lose digits, so values are exact to rounding also for
 * points that almost coincide.
 *
 * <pre>{@code
 * TangentKernel kernel = TangentKernel.firstLayer();
 * Dense gram = kernel.gram(inputs);
 * double deep = TangentKernel.relu(3).variances(2, 0.1).between(new double[] {1, 0}, new double[] {0, 1});
 * }</pre>
 *
 * <p>Immutable.
 */
@Source(text = "Jacot, Gabriel and Hongler, Neural tangent kernel, 2018")
@Source(text = "Cho and Saul, Kernel methods for deep learning, 2009")
@Source(arxiv = "2401.15604")
public final class TangentKernel implements Kernel {
    private final int hidden;
    private final boolean all;
    private final double weights;
    private final double biases;

    private TangentKernel(int hidden, boolean all, double weights, double biases) {
        this.hidden = hidden;
        this.all = all;
        this.weights = weights;
        this.biases = biases;
    }

    /**
     * The kernel of a network with one hidden layer whose first layer is trained and whose second keeps its signs.
     *
     * @return x.z (pi - angle) / 2 pi
     */
    public static TangentKernel firstLayer() {
        return new TangentKernel(1, false, 1, 0);
    }

    /**
     * The kernel of a network all of whose layers are trained.
     *
     * @param hiddenLayers how many, at least 1
     * @return the kernel for weights of variance 1 and no biases
     * @throws IllegalArgumentException if there is no hidden layer
     */
    public static TangentKernel relu(int hiddenLayers) {
        return new TangentKernel(Require.atLeast("hiddenLayers", hiddenLayers, 1), true, 1, 0);
    }

    /**
     * Sets the variances at the start.
     *
     * @param weights above 0; 2 keeps the size of the states from layer to layer
     * @param biases at least 0
     * @return a changed copy
     * @throws IllegalArgumentException if a number is out of range
     */
    public TangentKernel variances(double weights, double biases) {
        return new TangentKernel(
                hidden, all, Require.positive("weights", weights), Require.nonNegative("biases", biases));
    }

    /**
     * The kernel of two points.
     *
     * @param x length p, finite
     * @param z length p, finite
     * @return the value
     * @throws IllegalArgumentException if the lengths differ or a number is not finite
     * @cost about 50 ns a layer
     */
    public double between(double[] x, double[] z) {
        return between(new double[][] {x}, new double[][] {z})[0][0];
    }

    /**
     * As {@link #between(Dense, Dense)}, for arrays of rows.
     *
     * @param x shape [n, p], finite
     * @param z shape [m, p], finite
     * @return shape [n, m]
     * @throws IllegalArgumentException if the numbers of columns differ or a number is not finite
     */
    public double[][] between(double[][] x, double[][] z) {
        return between(Dense.of("x", x), Dense.of("z", z)).toRows();
    }

    /**
     * As {@link #between(Dense, Dense)}, for ND4J arrays.
     *
     * @param x shape [n, p], finite
     * @param z shape [m, p], finite
     * @return shape [n, m]
     * @throws IllegalArgumentException if the numbers of columns differ or a number is not finite
     */
    public INDArray between(INDArray x, INDArray z) {
        return between(Dense.of("x", x), Dense.of("z", z)).toArray();
    }

    /**
     * All values between two sets.
     *
     * @param x shape [n, p]
     * @param z shape [m, p]
     * @return shape [n, m]
     * @throws IllegalArgumentException if the numbers of columns differ
     * @cost 2 n m p operations and about 50 ns a pair and layer, on all cores
     */
    @Override
    public Dense between(Dense x, Dense z) {
        double[] values = Blas.productABt(x, z).data();
        double[] own = lengths(x);
        double[] other = lengths(z);
        int m = z.rows();
        Tasks.forRange(x.rows(), i -> {
            for (int j = 0; j < m; j++) {
                values[i * m + j] = value(x, i, own[i], z, j, other[j], values[i * m + j]);
            }
        });
        return Dense.of("kernel", values, x.rows(), m);
    }

    /**
     * All values within one set, exactly symmetric.
     *
     * @param z shape [n, p]
     * @return shape [n, n]
     * @cost half of {@link #between(Dense, Dense)}
     */
    @Override
    public Dense gram(Dense z) {
        double[] values = Blas.gramOfRows(z).data();
        double[] lengths = lengths(z);
        int n = z.rows();
        Tasks.forRange(n, i -> {
            for (int j = 0; j <= i; j++) {
                values[i * n + j] = value(z, i, lengths[i], z, j, lengths[j], values[i * n + j]);
            }
        });
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                values[j * n + i] = values[i * n + j];
            }
        }
        return Dense.of("gram", values, n, n);
    }

    /**
     * The kernel of networks with several outputs: signs of different outputs are independent, so the limit is k times
     * the identity. Regression with it is a regression for each output.
     *
     * @param kernel values for one output, shape [n, m]
     * @param outputs how many, at least 1
     * @return shape [n outputs, m outputs]; output a of point i in row i outputs + a
     * @throws IllegalArgumentException if there is no output
     * @cost n m outputs^2 numbers
     */
    public static Dense perOutput(Dense kernel, int outputs) {
        Require.atLeast("outputs", outputs, 1);
        int n = Math.multiplyExact(kernel.rows(), outputs);
        int m = Math.multiplyExact(kernel.columns(), outputs);
        double[] values = new double[Math.multiplyExact(n, m)];
        for (int i = 0; i < kernel.rows(); i++) {
            for (int j = 0; j < kernel.columns(); j++) {
                for (int a = 0; a < outputs; a++) {
                    values[(i * outputs + a) * m + j * outputs + a] = kernel.data()[i * kernel.columns() + j];
                }
            }
        }
        return Dense.of("kernel", values, n, m);
    }

    private static double[] lengths(Dense z) {
        double[] squares = new double[z.rows()];
        for (int k = 0; k < z.data().length; k++) {
            squares[k / z.columns()] += z.data()[k] * z.data()[k];
        }
        for (int i = 0; i < squares.length; i++) {
            squares[i] = Math.sqrt(squares[i]);
        }
        return squares;
    }

    private double value(Dense x, int i, double own, Dense z, int j, double other, double product) {
        double a = Math.sqrt(weights * own * own + biases);
        double b = Math.sqrt(weights * other * other + biases);
        double slope = halfAngle(x, i, a, z, j, b, product);
        double tangent = weights * product + biases;
        for (int layer = 1;; layer++) {
            double turn = weights * Math.atan(1 / slope) / Math.PI;
            if (!all) {
                return turn * tangent;
            }
            // 1 - cosine of the angle under S_l, without a difference of numbers that are almost equal.
            double angle = 2 * Math.atan(slope);
            double half = Math.sin(angle / 2);
            double gap = 2 * half * half - (Math.sin(angle) - angle * Math.cos(angle)) / Math.PI;
            double covariance = weights * a * b / 2 * (1 - gap) + biases;
            tangent = covariance + turn * tangent;
            if (layer == hidden) {
                return tangent;
            }
            double nextA = Math.sqrt(weights * a * a / 2 + biases);
            double nextB = Math.sqrt(weights * b * b / 2 + biases);
            if (biases > 0) {
                double square = weights / 2 * ((a - b) * (a - b) + 2 * a * b * gap);
                gap = (square - (nextA - nextB) * (nextA - nextB)) / (2 * nextA * nextB);
            }
            gap = Math.min(2, Math.max(0, gap));
            slope = Math.sqrt(gap / (2 - gap));
            a = nextA;
            b = nextB;
        }
    }

    /**
     * The tangent of half the angle of (sqrt(w) x, sqrt(b)) and (sqrt(w) z, sqrt(b)), from 0 to infinity: Kahan's
     * formula where the cosine is near 1 or -1. It gives the angle and what it lacks to pi with all digits.
     */
    private double halfAngle(Dense x, int i, double a, Dense z, int j, double b, double product) {
        if (a == 0 || b == 0) {
            return 1;
        }
        double cosine = (weights * product + biases) / (a * b);
        if (Math.abs(cosine) < 0.99) {
            return Math.sqrt((1 - cosine) / (1 + cosine));
        }
        double root = Math.sqrt(biases);
        double difference = (root / a - root / b) * (root / a - root / b);
        double sum = (root / a + root / b) * (root / a + root / b);
        double scale = Math.sqrt(weights);
        for (int k = 0; k < x.columns(); k++) {
            double u = scale * x.data()[i * x.columns() + k] / a;
            double v = scale * z.data()[j * z.columns() + k] / b;
            difference += (u - v) * (u - v);
            sum += (u + v) * (u + v);
        }
        return Math.sqrt(difference / sum);
    }
}
