package reprise.transport;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Cost;
import reprise.parallel.Tasks;
import reprise.source.Source;

/**
 * Optimal transport without entropy: the plan P with marginals a and b that minimises {@code sum_ij P_ij c_ij}, exactly,
 * by the network simplex method.
 *
 * <pre>{@code
 * SparsePlan plan = ExactTransport.between(x, y).solve();
 * double cost = plan.cost();
 * }</pre>
 */
@Source(text = "Cunningham, A network simplex method, 1976", at = "strongly feasible trees")
public final class ExactTransport {
    private final Costs costs;
    private final double[] a;
    private final double[] b;

    private ExactTransport(Costs costs, double[] a, double[] b) {
        this.costs = costs;
        this.a = a;
        this.b = b;
    }

    /** All costs, by rows in one array. */
    record Costs(double[] values, int rows, int columns) {}

    /**
     * Begins with two clouds of equal weights and the squared distance.
     *
     * @param x sources, shape [n, d], finite
     * @param y targets, shape [m, d], finite
     * @return the problem
     * @throws IllegalArgumentException if one is empty, holds NaN or infinity, or d differs
     */
    public static ExactTransport between(INDArray x, INDArray y) {
        return between(Dense.of("x", x), Dense.of("y", y), Cost.squaredDistance());
    }

    /**
     * Begins with two clouds of equal weights and the squared distance.
     *
     * @param x sources, n rows of d coordinates, finite
     * @param y targets, m rows of d coordinates, finite
     * @return the problem
     * @throws IllegalArgumentException if one is empty, holds NaN or infinity, or d differs
     */
    public static ExactTransport between(double[][] x, double[][] y) {
        return between(Dense.of("x", x), Dense.of("y", y), Cost.squaredDistance());
    }

    /**
     * Begins with two clouds of equal weights.
     *
     * @param x sources, shape [n, d]
     * @param y targets, shape [m, d]
     * @param cost of a source and a target
     * @return the problem
     * @throws IllegalArgumentException if d differs
     * @cost O(n m d) time, O(n m) memory
     */
    public static ExactTransport between(Dense x, Dense y, Cost cost) {
        var pairs = new PairCosts.Clouds(x, y, cost);
        int m = y.rows();
        var values = new double[Math.multiplyExact(x.rows(), m)];
        Tasks.forRange(x.rows(), i -> {
            for (int j = 0; j < m; j++) {
                values[i * m + j] = pairs.cost(i, j);
            }
        });
        return equal(new Costs(values, x.rows(), m));
    }

    /**
     * Begins with a table of costs and equal weights.
     *
     * @param costs n rows of m costs, finite
     * @return the problem
     * @throws IllegalArgumentException if the table is empty, ragged, or holds NaN or infinity
     */
    public static ExactTransport costs(double[][] costs) {
        Dense table = Dense.of("costs", costs);
        return equal(new Costs(table.data(), table.rows(), table.columns()));
    }

    private static ExactTransport equal(Costs costs) {
        return new ExactTransport(costs, Masses.equal(costs.rows), Masses.equal(costs.columns));
    }

    /**
     * Weighs sources and targets.
     *
     * @param a shape [n], at least 0, with sum 1
     * @param b shape [m], at least 0, with sum 1
     * @return a copy with these weights
     * @throws IllegalArgumentException if a weight is negative or not finite, a sum is not 1 to 1e-9, or their numbers
     *     are not n and m
     */
    public ExactTransport weights(double[] a, double[] b) {
        return new ExactTransport(costs, Masses.probabilities("a", a, costs.rows),
                Masses.probabilities("b", b, costs.columns));
    }

    /**
     * Solves the problem.
     *
     * @return the best plan, with at most n + m - 1 entries
     * @throws IllegalArgumentException if the costs differ by more than a double can hold
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n m) memory; time grows with about the power 2.5 to 3 of n
     */
    public SparsePlan solve() {
        return solve(costs, a, b);
    }

    Costs costs() {
        return costs;
    }

    /** For masses of any equal sum. */
    static SparsePlan solve(Costs costs, double[] a, double[] b) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double cost : costs.values) {
            least = Math.min(least, cost);
            most = Math.max(most, cost);
        }
        Require.finite("largest less smallest cost", 4 * (most - least));
        return new NetworkSimplex(costs, a, b, least, most).solve();
    }
}
