package reprise.linalg;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Interrupted;
import reprise.random.Rng;

/**
 * The smallest eigenvalues of a large symmetric operator with the help of a preconditioner: the locally optimal block
 * conjugate gradient method (Knyazev, SIAM J. Sci. Comput. 2001), with an orthonormal basis of each trial space.
 *
 * <pre>{@code Lobpcg.of(laplacian).preconditioner(multigrid).tolerance(1e-8).smallest(5, rng)}</pre>
 *
 * <p>It works on a whole block, so it finds multiple eigenvalues, which {@link Lanczos} may see late. Values are
 * immutable.
 */
public final class Lobpcg {
    private static final double USUAL_TOLERANCE = 1e-8;
    private static final int USUAL_ITERATIONS = 2_000;

    /** Vectors that shrink by more when made orthogonal to the others hold nothing but rounding errors. */
    private static final double DEPENDENT = 1e-10;

    private final LinearOperator matrix;
    private final LinearOperator preconditioner;
    private final double tolerance;
    private final int iterations;

    private Lobpcg(LinearOperator matrix, LinearOperator preconditioner, double tolerance, int iterations) {
        this.matrix = matrix;
        this.preconditioner = preconditioner;
        this.tolerance = tolerance;
        this.iterations = iterations;
    }

    /**
     * Takes an operator.
     *
     * @param a symmetric
     * @return the method with tolerance 1e-8, at most 2 000 steps and no preconditioner
     */
    public static Lobpcg of(LinearOperator a) {
        return new Lobpcg(a, LinearOperator.of(a.order(), double[]::clone), USUAL_TOLERANCE, USUAL_ITERATIONS);
    }

    /**
     * Takes an approximate inverse to help.
     *
     * @param inverse maps r to about A^-1 r; symmetric positive definite
     * @return a copy with this preconditioner
     * @throws IllegalArgumentException if its order differs
     */
    public Lobpcg preconditioner(LinearOperator inverse) {
        Require.shape("order of the preconditioner", new int[] {inverse.order()}, matrix.order());
        return new Lobpcg(matrix, inverse, tolerance, iterations);
    }

    /**
     * Promises an accuracy.
     *
     * @param relative the largest ||A v - lambda v|| accepted, as a part of the largest |lambda| of the trial spaces
     * @return a copy with this tolerance
     * @throws IllegalArgumentException if it is not positive
     */
    public Lobpcg tolerance(double relative) {
        return new Lobpcg(matrix, preconditioner, Require.positive("tolerance", relative), iterations);
    }

    /**
     * Limits the work.
     *
     * @param most the largest number of steps, at least 1
     * @return a copy with this limit
     * @throws IllegalArgumentException if it is below 1
     */
    public Lobpcg iterations(int most) {
        return new Lobpcg(matrix, preconditioner, tolerance, Require.atLeast("iterations", most, 1));
    }

    /**
     * The smallest eigenvalues.
     *
     * @param count how many, from 1 to n
     * @param rng the randomness of the first block
     * @return ascending, with their eigenvectors
     * @throws NotConverged if the tolerance was not reached; carries the values so far
     * @throws Interrupted if the thread was interrupted
     * @throws IllegalArgumentException if there are fewer, or an operator gives NaN
     * @cost count products with the operator and the preconditioner and 18 n count^2 operations a step
     */
    public Eigen smallest(int count, Rng rng) {
        int n = matrix.order();
        Require.atLeast("count", count, 1);
        Require.atLeast("order of the operator", n, count);
        double[][] basis = new double[Math.min(n, 3 * count)][];
        int size = 0;
        while (size < count) {
            size = join(basis, size, rng.normal(n, 1).data());
        }
        double scale = 0;
        for (int step = 0;; step++) {
            Interrupted.check();
            double[][] images = new double[size][];
            double[] projected = new double[size * size];
            for (int i = 0; i < size; i++) {
                images[i] = Require.finite("product of the operator", matrix.apply(basis[i]));
                for (int j = 0; j <= i; j++) {
                    projected[i * size + j] = KrylovRun.dot(images[i], basis[j]);
                    projected[j * size + i] = projected[i * size + j];
                }
            }
            Eigen ritz = Eigen.symmetric(Dense.of("projection", projected, size, size));
            scale = Math.max(scale, Norms.max(ritz.values()));
            double[][] x = combined(ritz, basis, 0, size, count);
            double[][] moves = combined(ritz, basis, count, size, count);
            double[][] residuals = combined(ritz, images, 0, size, count);
            double worst = 0;
            for (int k = 0; k < count; k++) {
                KrylovRun.add(residuals[k], -ritz.values()[k], x[k]);
                worst = Math.max(worst, Norms.euclidean(residuals[k]));
            }
            if (worst <= tolerance * scale || size == n) {
                return answer(ritz, x, n);
            }
            if (step >= iterations) {
                throw new NotConverged(
                        "Lobpcg", step, worst / scale, tolerance, Arrays.copyOf(ritz.values(), count));
            }
            size = 0;
            for (double[] v : x) {
                size = join(basis, size, v);
            }
            for (double[] r : residuals) {
                size = join(basis, size, Require.finite("product of the preconditioner", preconditioner.apply(r)));
            }
            for (double[] p : moves) {
                size = join(basis, size, p);
            }
        }
    }

    /** Adds what is new in a vector to an orthonormal basis, if there is anything and room; gives the new size. */
    private static int join(double[][] basis, int size, double[] v) {
        double before = Norms.euclidean(v);
        if (before == 0 || size == basis.length) {
            return size;
        }
        double[] w = v.clone();
        KrylovRun.scale(w, 1 / before);
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < size; i++) {
                KrylovRun.add(w, -KrylovRun.dot(basis[i], w), basis[i]);
            }
            double norm = Norms.euclidean(w);
            if (norm < DEPENDENT) {
                return size;
            }
            KrylovRun.scale(w, 1 / norm);
        }
        basis[size] = w;
        return size + 1;
    }

    /** The Ritz combinations of the vectors from an index on: all of them give X, those after the first block P. */
    private static double[][] combined(Eigen ritz, double[][] vectors, int from, int size, int count) {
        double[][] sums = new double[count][vectors[0].length];
        for (int k = 0; k < count; k++) {
            for (int i = from; i < size; i++) {
                KrylovRun.add(sums[k], ritz.vectors().data()[i * size + k], vectors[i]);
            }
        }
        return sums;
    }

    private static Eigen answer(Eigen ritz, double[][] x, int n) {
        int count = x.length;
        double[] columns = new double[n * count];
        for (int j = 0; j < count; j++) {
            for (int i = 0; i < n; i++) {
                columns[i * count + j] = x[j][i];
            }
        }
        return new Eigen(Arrays.copyOf(ritz.values(), count), Dense.of("vectors", columns, n, count));
    }
}
