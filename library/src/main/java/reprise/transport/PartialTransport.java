package reprise.transport;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Cost;
import reprise.source.Source;

/**
 * Optimal transport that may leave mass behind on both sides, exactly, by the network simplex method with one dummy
 * source and target that take what is left.
 *
 * <pre>{@code
 * PartialPlan plan = PartialTransport.between(x, y).penalty(0.5);
 * double left = plan.unmovedSources()[0];
 * }</pre>
 */
@Source(arxiv = "2212.08049", at = "Section 2")
public final class PartialTransport {
    private final ExactTransport.Costs costs;
    private final double[] a;
    private final double[] b;

    private PartialTransport(ExactTransport.Costs costs, double[] a, double[] b) {
        this.costs = costs;
        this.a = a;
        this.b = b;
    }

    /**
     * Begins with two clouds, each of total mass 1, and the squared distance.
     *
     * @param x sources, shape [n, d], finite
     * @param y targets, shape [m, d], finite
     * @return the problem
     * @throws IllegalArgumentException if one is empty, holds NaN or infinity, or d differs
     */
    public static PartialTransport between(INDArray x, INDArray y) {
        return between(Dense.of("x", x), Dense.of("y", y), Cost.squaredDistance());
    }

    /**
     * Begins with two clouds, each of total mass 1, and the squared distance.
     *
     * @param x sources, n rows of d coordinates, finite
     * @param y targets, m rows of d coordinates, finite
     * @return the problem
     * @throws IllegalArgumentException if one is empty, holds NaN or infinity, or d differs
     */
    public static PartialTransport between(double[][] x, double[][] y) {
        return between(Dense.of("x", x), Dense.of("y", y), Cost.squaredDistance());
    }

    /**
     * Begins with two clouds, each of total mass 1.
     *
     * @param x sources, shape [n, d]
     * @param y targets, shape [m, d]
     * @param cost of a source and a target
     * @return the problem
     * @throws IllegalArgumentException if d differs
     * @cost O(n m d) time, O(n m) memory
     */
    public static PartialTransport between(Dense x, Dense y, Cost cost) {
        return equal(ExactTransport.between(x, y, cost).costs());
    }

    /**
     * Begins with a table of costs and total masses 1.
     *
     * @param costs n rows of m costs, finite
     * @return the problem
     * @throws IllegalArgumentException if the table is empty, ragged, or holds NaN or infinity
     */
    public static PartialTransport costs(double[][] costs) {
        return equal(ExactTransport.costs(costs).costs());
    }

    private static PartialTransport equal(ExactTransport.Costs costs) {
        return new PartialTransport(costs, Masses.equal(costs.rows()), Masses.equal(costs.columns()));
    }

    /**
     * Weighs sources and targets; their total masses may differ.
     *
     * @param a shape [n], at least 0, not all 0
     * @param b shape [m], at least 0, not all 0
     * @return a copy with these weights
     * @throws IllegalArgumentException if a weight is negative or not finite, all are 0, or their numbers are not n
     *     and m
     */
    public PartialTransport weights(double[] a, double[] b) {
        return new PartialTransport(costs, Masses.any("a", a, costs.rows()), Masses.any("b", b, costs.columns()));
    }

    /**
     * Moves mass where that costs less than a price for leaving it:
     * {@code sum_ij P_ij c_ij + lambda (|a| + |b| - 2 |P|)} is least.
     *
     * @param lambda the price of a unit that is left, on each side, at least 0
     * @return the best plan; nothing moves at a cost above 2 lambda
     * @throws IllegalArgumentException if the price is negative or not finite
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost as of {@link ExactTransport#solve}
     */
    public PartialPlan penalty(double lambda) {
        Require.nonNegative("lambda", lambda);
        double[] values = Arrays.stream(costs.values()).map(c -> c - 2 * lambda).toArray();
        SparsePlan moved = solve(values, 0, total(b), total(a));
        return plan(moved, moved.cost() + lambda * (total(a) + total(b) - 2 * moved.mass()));
    }

    /**
     * Moves a given mass as cheaply as can be.
     *
     * @param mass above 0, at most the smaller of both totals
     * @return the best plan; its value is the cost of what moved
     * @throws IllegalArgumentException if the mass is out of range
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost as of {@link ExactTransport#solve}
     */
    public PartialPlan mass(double mass) {
        double most = Math.min(total(a), total(b));
        Require.positive("mass", mass);
        Require.inside("mass", mass, 0, most * (1 + 1e-9));
        double moving = Math.min(mass, most);
        double least = Arrays.stream(costs.values()).min().orElseThrow();
        double largest = Arrays.stream(costs.values()).max().orElseThrow();
        // From dummy to dummy nothing must go: that would move more than was asked for.
        double forbidden = Math.abs(least) + 2 * (largest - least) + 1;
        SparsePlan moved = solve(costs.values(), forbidden, total(b) - moving, total(a) - moving);
        return plan(moved, moved.cost());
    }

    /** The plan between real sources and targets, at its real costs. */
    private SparsePlan solve(double[] values, double betweenDummies, double dummySource, double dummyTarget) {
        int n = a.length;
        int m = b.length;
        var extended = new double[(n + 1) * (m + 1)];
        for (int i = 0; i < n; i++) {
            System.arraycopy(values, i * m, extended, i * (m + 1), m);
        }
        extended[extended.length - 1] = betweenDummies;
        double[] sources = Arrays.copyOf(a, n + 1);
        double[] targets = Arrays.copyOf(b, m + 1);
        sources[n] = dummySource;
        targets[m] = dummyTarget;
        SparsePlan whole = ExactTransport.solve(
                new ExactTransport.Costs(extended, n + 1, m + 1), sources, targets);
        return whole.within(n, m, costs.values());
    }

    private PartialPlan plan(SparsePlan moved, double value) {
        double[] left = a.clone();
        double[] open = b.clone();
        for (int k = 0; k < moved.size(); k++) {
            var entry = moved.entry(k);
            left[entry.source()] = Math.max(0, left[entry.source()] - entry.mass());
            open[entry.target()] = Math.max(0, open[entry.target()] - entry.mass());
        }
        return new PartialPlan(moved, left, open, value);
    }

    private static double total(double[] masses) {
        return Arrays.stream(masses).sum();
    }
}
