package reprise.transport;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Cost;
import reprise.linalg.NotConverged;
import reprise.parallel.Interrupted;
import reprise.source.Source;

/**
 * Optimal transport with entropy whose marginals may be missed at a price, in the log domain: the plan P that minimises
 * {@code sum_ij P_ij c_ij + eps KL(P | a b') + rho KL(P 1 | a) + rho KL(P' 1 | b)}, where
 * {@code KL(p | q) = sum p log(p / q) - p + q}.
 *
 * <pre>{@code
 * UnbalancedPlan plan = UnbalancedSinkhorn.between(x, y).epsilon(0.05).penalty(1).solve();
 * }</pre>
 */
@Source(text = "Chizat, Peyre, Schmitzer and Vialard, Scaling algorithms for unbalanced optimal transport, 2018")
public final class UnbalancedSinkhorn {
    private static final double DEFAULT_TOLERANCE = 1e-12;
    private static final int ITERATIONS = 1_000_000;

    private final PairCosts costs;
    private final double[] a;
    private final double[] b;
    private final double eps;
    private final double rho;

    private UnbalancedSinkhorn(PairCosts costs, double[] a, double[] b, double eps, double rho) {
        this.costs = costs;
        this.a = a;
        this.b = b;
        this.eps = eps;
        this.rho = rho;
    }

    /** Sources, targets and costs that wait for a softness. */
    public static final class Problem {
        private final PairCosts costs;
        private final double[] a;
        private final double[] b;

        private Problem(PairCosts costs, double[] a, double[] b) {
            this.costs = costs;
            this.a = a;
            this.b = b;
        }

        /**
         * Weighs sources and targets; their total masses may differ.
         *
         * @param a shape [n], at least 0, not all 0
         * @param b shape [m], at least 0, not all 0
         * @return a copy with these weights
         * @throws IllegalArgumentException if a weight is negative or not finite, all are 0, or their numbers are not
         *     n and m
         */
        public Problem weights(double[] a, double[] b) {
            return new Problem(costs, Masses.any("a", a, costs.sources()), Masses.any("b", b, costs.targets()));
        }

        /**
         * Sets the softness.
         *
         * @param eps above 0, in units of the cost
         * @return the problem, which waits for its price
         * @throws IllegalArgumentException if eps is not positive and finite
         */
        public Soft epsilon(double eps) {
            return new Soft(this, Require.positive("epsilon", eps));
        }
    }

    /** A problem that waits for the price of a missed marginal. */
    public static final class Soft {
        private final Problem problem;
        private final double eps;

        private Soft(Problem problem, double eps) {
            this.problem = problem;
            this.eps = eps;
        }

        /**
         * Sets the price of missing a marginal.
         *
         * @param rho above 0, in units of the cost; large for nearly balanced plans
         * @return the problem, ready to be solved
         * @throws IllegalArgumentException if rho is not positive and finite
         */
        public UnbalancedSinkhorn penalty(double rho) {
            return new UnbalancedSinkhorn(problem.costs, problem.a, problem.b, eps, Require.positive("rho", rho));
        }
    }

    /**
     * Begins with two clouds, each of total mass 1, and the squared distance.
     *
     * @param x sources, shape [n, d], finite
     * @param y targets, shape [m, d], finite
     * @return a problem that waits for its softness
     * @throws IllegalArgumentException if one is empty, holds NaN or infinity, or d differs
     */
    public static Problem between(INDArray x, INDArray y) {
        return between(Dense.of("x", x), Dense.of("y", y), Cost.squaredDistance());
    }

    /**
     * Begins with two clouds, each of total mass 1, and the squared distance.
     *
     * @param x sources, n rows of d coordinates, finite
     * @param y targets, m rows of d coordinates, finite
     * @return a problem that waits for its softness
     * @throws IllegalArgumentException if one is empty, holds NaN or infinity, or d differs
     */
    public static Problem between(double[][] x, double[][] y) {
        return between(Dense.of("x", x), Dense.of("y", y), Cost.squaredDistance());
    }

    /**
     * Begins with two clouds, each of total mass 1.
     *
     * @param x sources, shape [n, d]
     * @param y targets, shape [m, d]
     * @param cost of a source and a target
     * @return a problem that waits for its softness
     * @throws IllegalArgumentException if d differs
     */
    public static Problem between(Dense x, Dense y, Cost cost) {
        return problem(new PairCosts.Clouds(x, y, cost));
    }

    /**
     * Begins with a table of costs and total masses 1.
     *
     * @param costs n rows of m costs, finite
     * @return a problem that waits for its softness
     * @throws IllegalArgumentException if the table is empty, ragged, or holds NaN or infinity
     */
    public static Problem costs(double[][] costs) {
        return problem(new PairCosts.Table(Dense.of("costs", costs)));
    }

    private static Problem problem(PairCosts costs) {
        return new Problem(costs, Masses.equal(costs.sources()), Masses.equal(costs.targets()));
    }

    /**
     * Solves the problem. Each update shrinks the error of the potentials by {@code rho / (rho + eps)} at least.
     *
     * @return the plan
     * @throws NotConverged if the potentials still moved by more than 1e-12 of eps and their size after a million
     *     updates
     * @throws Interrupted if the calling thread was interrupted
     * @cost O(n m d) an update
     */
    public UnbalancedPlan solve() {
        double share = rho / (rho + eps);
        double[] logA = Masses.logs(a);
        double[] logB = Masses.logs(b);
        double[] f = new double[a.length];
        double[] g = new double[b.length];
        double moved = 0;
        for (int k = 0; k < ITERATIONS; k++) {
            Interrupted.check();
            moved = move(f, costs.overTargets(DualAscent.exponents(logB, g, eps), eps), share);
            moved = Math.max(moved, move(g, costs.overSources(DualAscent.exponents(logA, f, eps), eps), share));
            if (moved <= DEFAULT_TOLERANCE * (1 - share) * (eps + Math.max(largest(f), largest(g)))) {
                return new UnbalancedPlan(costs, a, b, eps, rho, f, g);
            }
        }
        throw new NotConverged("unbalanced Sinkhorn", ITERATIONS, moved, DEFAULT_TOLERANCE, f);
    }

    private double move(double[] potential, double[] logSums, double share) {
        double most = 0;
        for (int i = 0; i < potential.length; i++) {
            double next = -share * eps * logSums[i];
            most = Math.max(most, Math.abs(next - potential[i]));
            potential[i] = next;
        }
        return most;
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElse(0);
    }
}
