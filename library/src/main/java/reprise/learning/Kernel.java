package reprise.learning;

import reprise.array.Dense;

/**
 * A positive semidefinite kernel: k(x, z) for all pairs of two sets of points.
 *
 * <pre>{@code
 * Kernel linear = (x, z) -> Blas.productABt(x, z);
 * Dense gram = linear.gram(points);
 * }</pre>
 */
@FunctionalInterface
public interface Kernel {
    /**
     * All values between two sets.
     *
     * @param x shape [n, p]
     * @param z shape [m, p]
     * @return k(x_i, z_j), shape [n, m]
     */
    Dense between(Dense x, Dense z);

    /**
     * All values within one set.
     *
     * @param z shape [n, p]
     * @return k(z_i, z_j), symmetric, shape [n, n]
     */
    default Dense gram(Dense z) {
        return between(z, z);
    }
}
