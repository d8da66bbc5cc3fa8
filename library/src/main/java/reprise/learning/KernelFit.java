package reprise.learning;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;

/**
 * A function made of kernels: f(x) = sum_j k(x, z_j) alpha_j.
 *
 * <pre>{@code
 * KernelFit model = KernelRegression.of(kernel, inputs, targets).fit(SpectralFilter.ridge(0.01));
 * Dense predicted = model.at(queries);
 * }</pre>
 *
 * @param kernel k
 * @param z the centres, shape [n, p]
 * @param coefficients alpha, shape [n, d]
 */
public record KernelFit(Kernel kernel, Dense z, Dense coefficients) {
    /**
     * Checks the shapes.
     *
     * @param kernel k
     * @param z shape [n, p]
     * @param coefficients shape [n, d]
     * @throws IllegalArgumentException if the numbers of rows differ
     */
    public KernelFit {
        Require.shape("coefficients", new int[] {coefficients.rows(), coefficients.columns()}, z.rows(),
                coefficients.columns());
    }

    /**
     * The values.
     *
     * @param x shape [q, p]
     * @return shape [q, d]
     * @throws IllegalArgumentException if x has another number of columns
     * @cost the kernel at q n pairs and 2 q n d operations
     */
    public Dense at(Dense x) {
        return Blas.product(kernel.between(x, z), coefficients);
    }

    /**
     * As {@link #at(Dense)}, for arrays of rows.
     *
     * @param x shape [q, p], finite
     * @return shape [q, d]
     * @throws IllegalArgumentException if x has another number of columns, or a number is not finite
     */
    public double[][] at(double[][] x) {
        return at(Dense.of("x", x)).toRows();
    }

    /**
     * As {@link #at(Dense)}, for ND4J arrays.
     *
     * @param x shape [q, p], finite
     * @return shape [q, d]
     * @throws IllegalArgumentException if x has another number of columns, or a number is not finite
     */
    public INDArray at(INDArray x) {
        return at(Dense.of("x", x)).toArray();
    }
}
