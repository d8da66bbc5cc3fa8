package reprise.linalg;

import reprise.array.Require;
import reprise.parallel.Interrupted;

/**
 * Systems of linear equations that are solved by products with the matrix alone.
 *
 * <pre>{@code
 * Krylov.conjugateGradients(laplacian).preconditioner(inverseDiagonal).tolerance(1e-10).solve(b)
 * }</pre>
 *
 * <p>Conjugate gradients are for symmetric positive definite matrices, MINRES for symmetric ones, GMRES for all others.
 * A tolerance is a promise: if it is not kept within the iterations, {@link NotConverged} carries what was reached.
 * {@link #iterations(int)} without a tolerance is a budget and never throws. Values are immutable.
 */
public final class Krylov {
    private static final double USUAL_TOLERANCE = 1e-8;
    private static final int USUAL_RESTART = 50;

    private enum Method { CONJUGATE_GRADIENTS, MINRES, GMRES }

    private final Method method;
    final LinearOperator matrix;
    final LinearOperator preconditioner;
    private final double tolerance;
    private final int iterations;
    private final int restart;

    private Krylov(
            Method method, LinearOperator matrix, LinearOperator preconditioner, double tolerance, int iterations,
            int restart) {
        this.method = method;
        this.matrix = matrix;
        this.preconditioner = preconditioner;
        this.tolerance = tolerance;
        this.iterations = iterations;
        this.restart = restart;
    }

    /**
     * An answer and how it was reached.
     *
     * @param x the solution, length n
     * @param iterations products with the matrix
     * @param residual ||b - A x|| / ||b||, computed from x itself; 0 for b = 0
     * @param history the method's own estimate of the residual after each iteration
     */
    public record Solution(double[] x, int iterations, double residual, double[] history) {}

    /**
     * Conjugate gradients (Hestenes and Stiefel 1952).
     *
     * @param a symmetric positive definite
     * @return the method with tolerance 1e-8
     */
    public static Krylov conjugateGradients(LinearOperator a) {
        return usual(Method.CONJUGATE_GRADIENTS, a);
    }

    /**
     * MINRES (Paige and Saunders, SIAM J. Numer. Anal. 1975): the least residual in each Krylov space.
     *
     * @param a symmetric, of any sign
     * @return the method with tolerance 1e-8
     */
    public static Krylov minres(LinearOperator a) {
        return usual(Method.MINRES, a);
    }

    /**
     * Restarted GMRES, preconditioned from the right (Saad and Schultz, SIAM J. Sci. Stat. Comput. 1986).
     *
     * @param a any invertible matrix
     * @return the method with tolerance 1e-8, restarted every 50 iterations
     */
    public static Krylov gmres(LinearOperator a) {
        return usual(Method.GMRES, a);
    }

    private static Krylov usual(Method method, LinearOperator a) {
        return new Krylov(method, a, LinearOperator.of(a.order(), double[]::clone), Double.NaN, 0, USUAL_RESTART);
    }

    /**
     * Takes an approximate inverse to help.
     *
     * @param inverse maps r to about A^-1 r; symmetric positive definite except for GMRES
     * @return a copy with this preconditioner
     * @throws IllegalArgumentException if its order differs
     */
    public Krylov preconditioner(LinearOperator inverse) {
        Require.shape("order of the preconditioner", new int[] {inverse.order()}, matrix.order());
        return new Krylov(method, matrix, inverse, tolerance, iterations, restart);
    }

    /**
     * Promises an accuracy.
     *
     * @param relative the largest ||b - A x|| / ||b|| accepted, above 0
     * @return a copy with this tolerance
     * @throws IllegalArgumentException if it is not positive
     */
    public Krylov tolerance(double relative) {
        Require.positive("tolerance", relative);
        return new Krylov(method, matrix, preconditioner, relative, iterations, restart);
    }

    /**
     * Limits the work. Without a tolerance beside it, it is a budget: whatever is reached is the answer.
     *
     * @param most the largest number of products with the matrix, at least 1; by default 10 n and at least 100
     * @return a copy with this limit
     * @throws IllegalArgumentException if it is below 1
     */
    public Krylov iterations(int most) {
        Require.atLeast("iterations", most, 1);
        return new Krylov(method, matrix, preconditioner, tolerance, most, restart);
    }

    /**
     * Limits GMRES's memory; the other methods have no use for it.
     *
     * @param every how many vectors to keep before starting again, at least 1
     * @return a copy with this limit
     * @throws IllegalArgumentException if it is below 1
     */
    public Krylov restart(int every) {
        Require.atLeast("restart", every, 1);
        return new Krylov(method, matrix, preconditioner, tolerance, iterations, every);
    }

    /**
     * Solves A x = b from x = 0.
     *
     * @param b length n, finite
     * @return the solution and how it was reached
     * @throws NotConverged if the tolerance was not reached; carries x
     * @throws NotPositiveDefinite if conjugate gradients meet a direction of negative curvature
     * @throws Interrupted if the thread was interrupted
     * @throws IllegalArgumentException if b has another length, or the operator gives NaN
     * @cost one product with the matrix and one with the preconditioner an iteration, and O(n); GMRES O(n restart)
     */
    public Solution solve(double[] b) {
        Require.shape("b", new int[] {b.length}, matrix.order());
        Require.finite("b", b);
        boolean budget = Double.isNaN(tolerance) && iterations > 0;
        double goal = Double.isNaN(tolerance) ? (budget ? 0 : USUAL_TOLERANCE) : tolerance;
        int limit = iterations > 0 ? iterations : (int) Math.max(100, Math.min(Integer.MAX_VALUE, 10L * b.length));
        double scale = Norms.euclidean(b);
        if (scale == 0) {
            return new Solution(new double[b.length], 0, 0, new double[0]);
        }
        KrylovRun run = new KrylovRun(this, b, scale, goal, limit);
        switch (method) {
            case CONJUGATE_GRADIENTS -> ConjugateGradients.solve(run);
            case MINRES -> Minres.solve(run);
            case GMRES -> Gmres.solve(run, restart);
        }
        double residual = run.trueResidual();
        if (!budget && residual > goal) {
            throw new NotConverged("Krylov " + method, run.done(), residual, goal, run.x);
        }
        return new Solution(run.x, run.done(), residual, run.history());
    }
}
