package reprise.linalg;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Interrupted;
import reprise.random.Rng;

/**
 * A few eigenvalues at one end of the spectrum of a large symmetric operator, by the Lanczos process with thick
 * restarts and full reorthogonalisation (Wu and Simon, SIAM J. Matrix Anal. Appl. 2000).
 *
 * <pre>{@code Lanczos.of(laplacian).tolerance(1e-8).smallest(5, rng)}</pre>
 *
 * <p>A multiple eigenvalue may be found once only: {@link Lobpcg} finds all. The largest converge fast. For the
 * smallest of an operator with a wide spectrum give its inverse (a solve) instead and take the largest. Values are
 * immutable.
 */
public final class Lanczos {
    private static final double USUAL_TOLERANCE = 1e-10;

    private final LinearOperator matrix;
    private final double tolerance;
    private final int iterations;

    private Lanczos(LinearOperator matrix, double tolerance, int iterations) {
        this.matrix = matrix;
        this.tolerance = tolerance;
        this.iterations = iterations;
    }

    /**
     * Takes an operator.
     *
     * @param a symmetric
     * @return the method with tolerance 1e-10 and at most 100 n + 1 000 products
     */
    public static Lanczos of(LinearOperator a) {
        return new Lanczos(a, USUAL_TOLERANCE, (int) Math.min(Integer.MAX_VALUE, 100L * a.order() + 1_000));
    }

    /**
     * Promises an accuracy.
     *
     * @param relative the largest ||A v - lambda v|| accepted, as a part of the largest |lambda| seen
     * @return a copy with this tolerance
     * @throws IllegalArgumentException if it is not positive
     */
    public Lanczos tolerance(double relative) {
        return new Lanczos(matrix, Require.positive("tolerance", relative), iterations);
    }

    /**
     * Limits the work.
     *
     * @param most the largest number of products with the operator, at least 1
     * @return a copy with this limit
     * @throws IllegalArgumentException if it is below 1
     */
    public Lanczos iterations(int most) {
        return new Lanczos(matrix, tolerance, Require.atLeast("iterations", most, 1));
    }

    /**
     * The largest eigenvalues.
     *
     * @param count how many, from 1 to n
     * @param rng the randomness of the first vector
     * @return ascending, with their eigenvectors
     * @throws NotConverged if the tolerance was not reached; carries the values so far
     * @throws Interrupted if the thread was interrupted
     * @throws IllegalArgumentException if there are fewer, or the operator gives NaN
     * @cost a product and O(n m) for each step, m = 2 count + 20 vectors of memory
     */
    public Eigen largest(int count, Rng rng) {
        return end(count, rng, true);
    }

    /**
     * The smallest eigenvalues.
     *
     * @param count how many, from 1 to n
     * @param rng the randomness of the first vector
     * @return ascending, with their eigenvectors
     * @throws NotConverged if the tolerance was not reached; carries the values so far
     * @throws Interrupted if the thread was interrupted
     * @throws IllegalArgumentException if there are fewer, or the operator gives NaN
     * @cost a product and O(n m) for each step, m = 2 count + 20 vectors of memory
     */
    public Eigen smallest(int count, Rng rng) {
        return end(count, rng, false);
    }

    private Eigen end(int count, Rng rng, boolean top) {
        int n = matrix.order();
        Require.atLeast("count", count, 1);
        Require.atLeast("order of the operator", n, count);
        int width = Math.min(n, 2 * count + 20);
        double[][] basis = new double[width + 1][];
        double[] h = new double[width * width];
        basis[0] = fresh(basis, 0, n, rng);
        int kept = 0;
        int products = 0;
        while (true) {
            double rest = 0;
            for (int k = kept; k < width; k++) {
                Interrupted.check();
                double[] w = Require.finite("product of the operator", matrix.apply(basis[k]));
                double before = Norms.euclidean(w);
                products++;
                for (int i = 0; i <= k; i++) {
                    h[k * width + i] = 0;
                }
                for (int pass = 0; pass < 2; pass++) {
                    for (int i = 0; i <= k; i++) {
                        double overlap = KrylovRun.dot(basis[i], w);
                        h[k * width + i] += overlap;
                        KrylovRun.add(w, -overlap, basis[i]);
                    }
                }
                for (int i = 0; i < k; i++) {
                    h[i * width + k] = h[k * width + i];
                }
                rest = Norms.euclidean(w);
                if (rest <= 1e-14 * before || before == 0) {
                    // The basis spans an invariant space: go on in a direction that it does not hold.
                    rest = 0;
                    w = k + 1 < n ? fresh(basis, k + 1, n, rng) : new double[n];
                } else {
                    KrylovRun.scale(w, 1 / rest);
                }
                basis[k + 1] = w;
            }
            Eigen ritz = Eigen.symmetric(Dense.of("projection", h.clone(), width, width));
            double scale = Norms.max(ritz.values());
            double worst = 0;
            for (int j = 0; j < count; j++) {
                double last = ritz.vectors().data()[(width - 1) * width + at(j, width, top)];
                worst = Math.max(worst, rest * Math.abs(last));
            }
            if (worst <= tolerance * scale || width == n) {
                return chosen(ritz, basis, count, n, top);
            }
            if (products >= iterations) {
                Eigen partial = chosen(ritz, basis, count, n, top);
                throw new NotConverged("Lanczos", products, worst / scale, tolerance, partial.values());
            }
            kept = Math.min(width - 1, count + (width - count) / 2);
            double[][] vectors = combined(ritz, basis, kept, n, top);
            basis[kept] = basis[width];
            Arrays.fill(h, 0);
            for (int j = 0; j < kept; j++) {
                basis[j] = vectors[j];
                h[j * width + j] = ritz.values()[at(j, width, top)];
            }
        }
    }

    /** The index of the j-th wanted value, the outermost first. */
    private static int at(int j, int width, boolean top) {
        return top ? width - 1 - j : j;
    }

    private static double[][] combined(Eigen ritz, double[][] basis, int count, int n, boolean top) {
        int width = ritz.values().length;
        double[][] vectors = new double[count][n];
        for (int j = 0; j < count; j++) {
            for (int i = 0; i < width; i++) {
                KrylovRun.add(vectors[j], ritz.vectors().data()[i * width + at(j, width, top)], basis[i]);
            }
        }
        return vectors;
    }

    private static Eigen chosen(Eigen ritz, double[][] basis, int count, int n, boolean top) {
        int width = ritz.values().length;
        double[][] vectors = combined(ritz, basis, count, n, top);
        double[] values = new double[count];
        double[] columns = new double[n * count];
        for (int j = 0; j < count; j++) {
            int place = top ? count - 1 - j : j;
            values[place] = ritz.values()[at(j, width, top)];
            for (int i = 0; i < n; i++) {
                columns[i * count + place] = vectors[j][i];
            }
        }
        return new Eigen(values, Dense.of("vectors", columns, n, count));
    }

    /** A random unit vector orthogonal to the first vectors of the basis. */
    private static double[] fresh(double[][] basis, int size, int n, Rng rng) {
        double[] v = new double[n];
        double norm = 0;
        while (norm < 1e-8) {
            for (int i = 0; i < n; i++) {
                v[i] = rng.normal();
            }
            KrylovRun.scale(v, 1 / Norms.euclidean(v));
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < size; i++) {
                    KrylovRun.add(v, -KrylovRun.dot(basis[i], v), basis[i]);
                }
            }
            norm = Norms.euclidean(v);
        }
        KrylovRun.scale(v, 1 / norm);
        return v;
    }
}
