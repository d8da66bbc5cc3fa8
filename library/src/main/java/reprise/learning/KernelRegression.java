package reprise.learning;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.Eigen;
import reprise.source.Source;

/**
 * Regression with a kernel by way of its spectrum: one eigendecomposition, then every number of steps of gradient
 * descent, and every ridge penalty, in closed form.
 *
 * <p>With the Gram matrix H, H / n = V diag(lambda) V', and targets y, gradient descent from 0, which goes from u to
 * u - rate / n H (u - y), leaves the residual V diag((1 - rate lambda)^steps) V' y. A prediction at x is k(x) . alpha
 * with alpha = V diag(gain(lambda)) V' y / n. Several outputs are regressed each by itself.
 *
 * <pre>{@code
 * KernelRegression path = KernelRegression.of(TangentKernel.firstLayer(), inputs, targets);
 * double[] loss = path.trainingLosses(SpectralFilter.descents(0.5, 200, 20_000));
 * Dense predicted = path.fit(SpectralFilter.descent(0.5, 200)).at(queries);
 * }</pre>
 *
 * <p>Immutable.
 */
@Source(text = "Yao, Rosasco and Caponnetto, On early stopping in gradient descent learning, 2007")
@Source(arxiv = "2401.15604")
public final class KernelRegression {
    private final Kernel kernel;
    private final Dense z;
    private final Dense y;
    private final Dense gram;
    private final Dense vectors;
    private final double[] eigenvalues;
    private final Dense along;

    private KernelRegression(Kernel kernel, Dense z, Dense y, Dense gram, Eigen eigen) {
        this.kernel = kernel;
        this.z = z;
        this.y = y;
        this.gram = gram;
        int n = z.rows();
        vectors = eigen.vectors();
        eigenvalues = eigen.values().clone();
        double largest = eigenvalues[n - 1];
        for (int k = 0; k < n; k++) {
            if (eigenvalues[k] < -1e-8 * Math.abs(largest)) {
                throw new IllegalArgumentException("kernel must be positive semidefinite, its Gram matrix has the "
                        + "eigenvalues " + eigenvalues[k] + " and " + largest);
            }
            eigenvalues[k] = Math.max(0, eigenvalues[k]) / n;
        }
        along = Blas.productAtB(vectors, y);
    }

    /**
     * Decomposes the Gram matrix.
     *
     * @param kernel symmetric and positive semidefinite
     * @param z inputs, shape [n, p]
     * @param y targets, shape [n, d]
     * @return the regression, to be filtered
     * @throws IllegalArgumentException if the numbers of rows differ, the kernel gives another shape, or it is not
     *     symmetric or has eigenvalues below 0 by more than rounding
     * @throws reprise.linalg.NotConverged if LAPACK's iteration fails
     * @cost the kernel, about 9 n^3 operations and 3 n^2 numbers
     */
    public static KernelRegression of(Kernel kernel, Dense z, Dense y) {
        Require.shape("targets", new int[] {y.rows(), y.columns()}, z.rows(), y.columns());
        Dense gram = kernel.gram(z);
        Require.shape("Gram matrix", new int[] {gram.rows(), gram.columns()}, z.rows(), z.rows());
        return new KernelRegression(kernel, z, y, gram, Eigen.symmetric(gram));
    }

    /**
     * As {@link #of(Kernel, Dense, Dense)}, for arrays of rows.
     *
     * @param kernel symmetric and positive semidefinite
     * @param z inputs, shape [n, p], finite
     * @param y targets, shape [n, d], finite
     * @return the regression, to be filtered
     * @throws IllegalArgumentException as there
     */
    public static KernelRegression of(Kernel kernel, double[][] z, double[][] y) {
        return of(kernel, Dense.of("inputs", z), Dense.of("targets", y));
    }

    /**
     * As {@link #of(Kernel, Dense, Dense)}, for ND4J arrays.
     *
     * @param kernel symmetric and positive semidefinite
     * @param z inputs, shape [n, p], finite
     * @param y targets, shape [n, d], finite
     * @return the regression, to be filtered
     * @throws IllegalArgumentException as there
     */
    public static KernelRegression of(Kernel kernel, INDArray z, INDArray y) {
        return of(kernel, Dense.of("inputs", z), Dense.of("targets", y));
    }

    /**
     * The spectrum of the Gram matrix over n.
     *
     * @return at least 0, falling, length n
     */
    public double[] eigenvalues() {
        double[] falling = new double[eigenvalues.length];
        for (int k = 0; k < falling.length; k++) {
            falling[k] = eigenvalues[falling.length - 1 - k];
        }
        return falling;
    }

    /**
     * The model that a method ends with.
     *
     * @param filter the method
     * @return a function of the inputs
     * @throws IllegalArgumentException if it is descent at a rate of 2 over the largest eigenvalue or more: it diverges
     * @cost 2 n^2 d operations
     */
    public KernelFit fit(SpectralFilter filter) {
        check(filter);
        int n = z.rows();
        int d = y.columns();
        double[] scaled = new double[n * d];
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] = along.data()[k] * filter.gain(eigenvalues[k / d]) / n;
        }
        return new KernelFit(kernel, z, Blas.product(vectors, Dense.of("coefficients", scaled, n, d)));
    }

    /**
     * What a method says of its own inputs.
     *
     * @param filter the method
     * @return shape [n, d]
     * @throws IllegalArgumentException as {@link #fit}
     * @cost 2 n^2 d operations
     */
    public Dense fitted(SpectralFilter filter) {
        check(filter);
        int d = y.columns();
        double[] left = along.data().clone();
        for (int k = 0; k < left.length; k++) {
            left[k] *= filter.residual(eigenvalues[k / d]);
        }
        double[] fitted = Blas.product(vectors, Dense.of("residual", left, y.rows(), d)).data();
        for (int k = 0; k < fitted.length; k++) {
            fitted[k] = y.data()[k] - fitted[k];
        }
        return Dense.of("fitted", fitted, y.rows(), d);
    }

    /**
     * Half the mean squared error on the inputs, summed over the outputs, for many methods.
     *
     * @param filters the methods
     * @return one number for each
     * @throws IllegalArgumentException as {@link #fit}
     * @cost n d operations for each
     */
    public double[] trainingLosses(List<? extends SpectralFilter> filters) {
        int d = y.columns();
        return filters.stream().mapToDouble(filter -> {
            check(filter);
            double sum = 0;
            for (int k = 0; k < along.data().length; k++) {
                double left = along.data()[k] * filter.residual(eigenvalues[k / d]);
                sum += left * left;
            }
            return sum / (2 * y.rows());
        }).toArray();
    }

    /**
     * The mean squared distance between the predictions of many methods and a truth, summed over the outputs: a whole
     * curve of risks at once.
     *
     * @param filters the methods
     * @param queries shape [q, p]
     * @param truth shape [q, d]
     * @return one number for each method
     * @throws IllegalArgumentException as {@link #fit}, or if a shape does not fit
     * @cost the kernel at q n pairs, 2 q n^2 operations, and 2 q n d for each method; dgemm
     */
    public double[] risks(List<? extends SpectralFilter> filters, Dense queries, Dense truth) {
        int n = z.rows();
        int d = y.columns();
        int count = Require.atLeast("number of filters", filters.size(), 1);
        Require.shape("truth", new int[] {truth.rows(), truth.columns()}, queries.rows(), d);
        filters.forEach(this::check);
        Dense axes = Blas.product(kernel.between(queries, z), vectors);
        double[] risks = new double[count];
        for (int c = 0; c < d; c++) {
            double[] weights = new double[n * count];
            for (int k = 0; k < n; k++) {
                for (int f = 0; f < count; f++) {
                    weights[k * count + f] =
                            along.data()[k * d + c] * filters.get(f).gain(eigenvalues[k]) / n;
                }
            }
            double[] values = Blas.product(axes, Dense.of("weights", weights, n, count)).data();
            for (int i = 0; i < values.length; i++) {
                double error = values[i] - truth.data()[i / count * d + c];
                risks[i % count] += error * error / queries.rows();
            }
        }
        return risks;
    }

    /**
     * One step of gradient descent, as it is written: u - rate / n H (u - y). For the closed form see {@link #fitted}.
     *
     * @param rate above 0
     * @param u what is fitted now, shape [n, d]
     * @return what is fitted after the step, shape [n, d]
     * @throws IllegalArgumentException if the rate is not positive, u has another shape, or a number overflows
     * @cost 2 n^2 d operations
     */
    public Dense step(double rate, Dense u) {
        Require.positive("rate", rate);
        Require.shape("u", new int[] {u.rows(), u.columns()}, y.rows(), y.columns());
        double[] left = u.data().clone();
        for (int k = 0; k < left.length; k++) {
            left[k] -= y.data()[k];
        }
        double[] pulled = Blas.product(gram, Dense.of("residual", left, y.rows(), y.columns())).data();
        for (int k = 0; k < pulled.length; k++) {
            pulled[k] = u.data()[k] - rate / y.rows() * pulled[k];
        }
        return Dense.of("u", pulled, y.rows(), y.columns());
    }

    /**
     * The mean squared error of ridge regression when each row is predicted from all others, summed over the outputs:
     * exact, without refitting.
     *
     * @param penalty above 0
     * @return the leave-one-out error
     * @throws IllegalArgumentException if the penalty is not positive
     * @cost 2 n^2 (d + 1) operations
     */
    public double leaveOneOut(double penalty) {
        SpectralFilter filter = SpectralFilter.ridge(penalty);
        int n = z.rows();
        int d = y.columns();
        Dense fitted = fitted(filter);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double free = 0;
            for (int k = 0; k < n; k++) {
                double v = vectors.data()[i * n + k];
                free += v * v * filter.residual(eigenvalues[k]);
            }
            for (int c = 0; c < d; c++) {
                double error = (y.data()[i * d + c] - fitted.data()[i * d + c]) / free;
                sum += error * error / n;
            }
        }
        return sum;
    }

    private void check(SpectralFilter filter) {
        double largest = eigenvalues[eigenvalues.length - 1];
        if (filter instanceof SpectralFilter.Descent descent && descent.rate() * largest >= 2) {
            throw new IllegalArgumentException("rate must be < 2 / largest eigenvalue = " + 2 / largest + ", was "
                    + descent.rate() + ": gradient descent would diverge");
        }
    }
}
