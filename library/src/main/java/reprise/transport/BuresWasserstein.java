package reprise.transport;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.Cholesky;
import reprise.linalg.Eigen;
import reprise.linalg.MatrixFunctions;
import reprise.linalg.NotPositiveDefinite;
import reprise.prob.Normal;
import reprise.source.Source;

/**
 * Optimal transport between normal distributions, for the cost |x - y|^2:
 *
 * <pre>W^2 = |m - n|^2 + tr(A + B - 2 (A^(1/2) B A^(1/2))^(1/2)).</pre>
 *
 * <p>It is also a distance between any two distributions' means and covariances, and then a lower bound of their
 * Wasserstein distance (Gelbrich, On a formula for the L2 Wasserstein metric, 1990).
 *
 * <pre>{@code
 * double w = BuresWasserstein.distance(Normal.standard(2), Normal.isotropic(new double[] {3, 4}, 1));
 * }</pre>
 */
@Source(text = "Bhatia, Jain and Lim, On the Bures-Wasserstein distance between positive definite matrices, 2019")
public final class BuresWasserstein {
    private BuresWasserstein() {}

    /**
     * The squared distance of two normal distributions.
     *
     * @param meanA length d, finite
     * @param a covariance, shape [d, d], symmetric without negative eigenvalues; may be singular
     * @param meanB length d, finite
     * @param b covariance, as {@code a}
     * @return W^2, at least 0
     * @throws NotPositiveDefinite if a covariance has a negative eigenvalue beyond rounding
     * @throws IllegalArgumentException if the shapes do not fit
     * @cost two eigendecompositions and two products, about 20 d^3 operations; error about 1e-8 tr(A + B) where the
     *     covariances are singular and equal, 1e-15 tr(A + B) where they are far from it
     */
    public static double squared(double[] meanA, Dense a, double[] meanB, Dense b) {
        int d = Require.atLeast("length of meanA", meanA.length, 1);
        Require.shape("meanB", new int[] {meanB.length}, d);
        Require.shape("a", new int[] {a.rows(), a.columns()}, d, d);
        Require.shape("b", new int[] {b.rows(), b.columns()}, d, d);
        Require.finite("meanA", meanA);
        Require.finite("meanB", meanB);
        double sum = 0;
        for (int i = 0; i < d; i++) {
            sum += (meanA[i] - meanB[i]) * (meanA[i] - meanB[i]) + a.data()[i * d + i] + b.data()[i * d + i];
        }
        return Math.max(0, sum - 2 * rootTrace(a, b));
    }

    /** tr (A^(1/2) B A^(1/2))^(1/2). */
    private static double rootTrace(Dense a, Dense b) {
        int d = a.rows();
        if (d == 1 && a.data()[0] >= 0 && b.data()[0] >= 0) {
            return Math.sqrt(a.data()[0] * b.data()[0]);
        }
        if (d == 2 && definite(a) && definite(b)) {
            // For M = A B of order 2 with eigenvalues p and q: (root p + root q)^2 = tr M + 2 root det M.
            double[] m = a.data();
            double[] n = b.data();
            double trace = m[0] * n[0] + m[1] * n[2] + m[2] * n[1] + m[3] * n[3];
            double determinants = (m[0] * m[3] - m[1] * m[2]) * (n[0] * n[3] - n[1] * n[2]);
            return Math.sqrt(Math.max(0, trace + 2 * Math.sqrt(Math.max(0, determinants))));
        }
        MatrixFunctions.rootOfSemidefinite(b);
        Dense root = MatrixFunctions.rootOfSemidefinite(a);
        Dense inner = Blas.product(Blas.product(root, b), root);
        return Arrays.stream(Eigen.symmetricValues(even(inner))).map(v -> Math.sqrt(Math.max(0, v))).sum();
    }

    /** Regular, of order 2, and symmetric. */
    private static boolean definite(Dense a) {
        double[] m = a.data();
        return m[0] > 0 && m[0] * m[3] - m[1] * m[2] > 0 && m[1] == m[2];
    }

    /**
     * The distance of two normal distributions.
     *
     * @param a one
     * @param b another of the same dimension
     * @return W, at least 0
     * @throws IllegalArgumentException if the dimensions differ
     * @cost as {@link #squared}
     */
    public static double distance(Normal a, Normal b) {
        return Math.sqrt(squared(a.mean(), a.covariance(), b.mean(), b.covariance()));
    }

    /**
     * The matrix T of the optimal map x -> meanB + T (x - meanA).
     *
     * @param a covariance of the source, shape [d, d], positive definite
     * @param b covariance of the target, shape [d, d], symmetric without negative eigenvalues
     * @return symmetric, T A T = B, shape [d, d]
     * @throws NotPositiveDefinite if {@code a} is singular, or {@code b} has a negative eigenvalue
     * @throws IllegalArgumentException if the shapes do not fit
     * @cost three eigendecompositions
     */
    public static Dense map(Dense a, Dense b) {
        Require.shape("b", new int[] {b.rows(), b.columns()}, a.rows(), a.rows());
        Cholesky.of(a);
        Dense root = MatrixFunctions.ofSymmetric(a, Math::sqrt);
        Dense inverse = MatrixFunctions.ofSymmetric(a, v -> 1 / Math.sqrt(v));
        Dense middle = MatrixFunctions.rootOfSemidefinite(even(Blas.product(Blas.product(root, b), root)));
        return even(Blas.product(Blas.product(inverse, middle), inverse));
    }

    /**
     * The point between two normal distributions on their shortest path.
     *
     * @param a where the path begins; its covariance must be regular
     * @param b where it ends
     * @param t from 0 to 1
     * @return the distribution at distance t W from {@code a} and (1 - t) W from {@code b}
     * @throws IllegalArgumentException if t is outside or the dimensions differ
     * @cost as {@link #map}
     */
    public static Normal between(Normal a, Normal b, double t) {
        if (!(t >= 0 && t <= 1)) {
            throw new IllegalArgumentException("t must be from 0 to 1, was " + t);
        }
        Dense step = map(a.covariance(), b.covariance());
        int d = a.dimension();
        double[] mean = a.mean();
        double[] end = b.mean();
        double[] mixed = step.data().clone();
        for (int i = 0; i < d; i++) {
            mean[i] += t * (end[i] - mean[i]);
            for (int j = 0; j < d; j++) {
                mixed[i * d + j] = t * mixed[i * d + j] + (i == j ? 1 - t : 0);
            }
        }
        Dense m = Dense.of("map", mixed, d, d);
        return Normal.of(mean, even(Blas.product(Blas.product(m, a.covariance()), m)));
    }

    private static Dense even(Dense a) {
        int d = a.rows();
        double[] even = new double[d * d];
        for (int i = 0; i < even.length; i++) {
            even[i] = (a.data()[i] + a.data()[i % d * d + i / d]) / 2;
        }
        return Dense.of("matrix", even, d, d);
    }
}
