package reprise.transport;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Cost;
import reprise.linalg.NotConverged;
import reprise.parallel.Progress;
import reprise.source.Source;

/**
 * Optimal transport with entropy, in the log domain: the plan P with marginals a and b that minimises
 * {@code sum_ij P_ij c_ij + eps KL(P | a b')}. It has the form {@code P_ij = a_i b_j exp((f_i + g_j - c_ij) / eps)} with
 * potentials f and g in units of the cost.
 *
 * <pre>{@code
 * EntropicPlan plan = Sinkhorn.between(x, y).epsilon(0.1).tolerance(1e-9).solve();
 * double cost = plan.cost();
 * double[] first = plan.row(0);
 * }</pre>
 *
 * <p>The softness falls in steps from the size of the costs to eps; the last stretch is overrelaxed, with a factor
 * from the observed rate, which takes about the square root of the plain method's iterations. Where that is still slow
 * and the plan has at most four million entries, Newton's method goes the last part; otherwise nothing of size n times m
 * is stored for clouds. Nothing underflows.
 */
@Source(text = "Peyre and Cuturi, Computational Optimal Transport, 2019", at = "Section 4.4")
@Source(arxiv = "1711.01851", at = "overrelaxation")
public final class Sinkhorn {
    private static final double DEFAULT_TOLERANCE = 1e-9;
    private static final int DEFAULT_ITERATIONS = 100_000;

    /** After so many iterations a plan that fits into memory is finished by Newton's method. */
    private static final int PATIENCE = 300;

    private final PairCosts costs;
    private final double[] a;
    private final double[] b;
    private final double eps;
    private final double tolerance;
    private final int iterations;

    private Sinkhorn(PairCosts costs, double[] a, double[] b, double eps, double tolerance, int iterations) {
        this.costs = costs;
        this.a = a;
        this.b = b;
        this.eps = eps;
        this.tolerance = tolerance;
        this.iterations = iterations;
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
         * Weighs sources and targets.
         *
         * @param a shape [n], at least 0, with sum 1
         * @param b shape [m], at least 0, with sum 1
         * @return a copy with these weights
         * @throws IllegalArgumentException if a weight is negative or not finite, a sum is not 1 to 1e-9, or their
         *     numbers are not n and m
         */
        public Problem weights(double[] a, double[] b) {
            return new Problem(costs, Masses.probabilities("a", a, costs.sources()),
                    Masses.probabilities("b", b, costs.targets()));
        }

        /**
         * Sets the softness.
         *
         * @param eps above 0, in units of the cost
         * @return the problem, ready to be solved
         * @throws IllegalArgumentException if eps is not positive and finite
         */
        public Sinkhorn epsilon(double eps) {
            return new Sinkhorn(costs, a, b, Require.positive("epsilon", eps), DEFAULT_TOLERANCE, DEFAULT_ITERATIONS);
        }
    }

    /**
     * Begins with two clouds of equal weights and the squared distance.
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
     * Begins with two clouds of equal weights and the squared distance.
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
     * Begins with two clouds of equal weights.
     *
     * @param x sources, shape [n, d]
     * @param y targets, shape [m, d]
     * @param cost of a source and a target, such as {@link Cost#distance()} or one of your own
     * @return a problem that waits for its softness
     * @throws IllegalArgumentException if d differs
     */
    public static Problem between(Dense x, Dense y, Cost cost) {
        return of(new PairCosts.Clouds(x, y, cost));
    }

    /**
     * Begins with a table of costs and equal weights.
     *
     * @param costs n rows of m costs, finite
     * @return a problem that waits for its softness
     * @throws IllegalArgumentException if the table is empty, ragged, or holds NaN or infinity
     */
    public static Problem costs(double[][] costs) {
        return of(new PairCosts.Table(Dense.of("costs", costs)));
    }

    static Problem of(PairCosts costs) {
        return new Problem(costs, Masses.equal(costs.sources()), Masses.equal(costs.targets()));
    }

    /**
     * Sets how well the marginals must be met.
     *
     * @param tolerance bound on {@code sum_i |sum_j P_ij - a_i|}, above 0; rounding leaves about 1e-13 times the
     *     largest |f| / eps
     * @return a copy with this tolerance; 1e-9 unless set
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Sinkhorn tolerance(double tolerance) {
        return new Sinkhorn(costs, a, b, eps, Require.positive("tolerance", tolerance), iterations);
    }

    /**
     * Sets when to give up.
     *
     * @param iterations at most so many updates of both potentials, at least 1
     * @return a copy with this bound; 100 000 unless set
     * @throws IllegalArgumentException if it is below 1
     */
    public Sinkhorn iterations(int iterations) {
        return new Sinkhorn(costs, a, b, eps, tolerance, Require.atLeast("iterations", iterations, 1));
    }

    /**
     * Solves the problem.
     *
     * @return the plan
     * @throws NotConverged if the tolerance was not reached; it holds the best f
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n m d) an iteration; their number grows like the square root of 1 / eps or faster
     */
    public EntropicPlan solve() {
        var ascent = new DualAscent(costs, Masses.logs(a), Masses.logs(b));
        List<Double> errors = new ArrayList<>();
        try (var progress = Progress.over("Sinkhorn", iterations)) {
            ascent.anneal(eps);
            var relaxation = new Relaxation();
            boolean targetsExact = false;
            while (errors.size() < iterations) {
                double error = ascent.step(eps, relaxation.factor());
                errors.add(error);
                if (targetsExact && relaxation.plain() && error <= tolerance) {
                    return new EntropicPlan(costs, a, b, eps, ascent.f(), ascent.g(),
                            errors.stream().mapToDouble(e -> e).toArray());
                }
                targetsExact = relaxation.plain();
                if (errors.size() == PATIENCE && (long) a.length * b.length <= SemiDualNewton.LARGEST) {
                    ascent.g(new SemiDualNewton(costs, a, b, eps).solve(ascent.g(), tolerance));
                    relaxation = new Relaxation();
                    targetsExact = false;
                    continue;
                }
                relaxation.observe(error, tolerance);
                progress.tick();
            }
        }
        throw new NotConverged("Sinkhorn", iterations, errors.get(errors.size() - 1), tolerance, ascent.f());
    }

    /**
     * Solves the problem and those of each cloud with itself.
     *
     * @return the Sinkhorn divergence
     * @throws NotConverged if one of the three did not reach the tolerance
     * @throws IllegalStateException if the problem was given as a table of costs
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost that of three solutions
     */
    public SinkhornDivergence divergence() {
        EntropicPlan between = solve();
        PairCosts.Clouds clouds = between.clouds();
        return new SinkhornDivergence(between, own(clouds.x(), a), own(clouds.y(), b), a);
    }

    private EntropicPlan own(Dense points, double[] weights) {
        var self = new PairCosts.Clouds(points, points, ((PairCosts.Clouds) costs).function());
        return new Sinkhorn(self, weights, weights, eps, tolerance, iterations).solve();
    }
}
