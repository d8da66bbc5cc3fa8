package reprise.transport;

import java.util.Arrays;
import java.util.stream.IntStream;
import reprise.array.Dense;
import reprise.array.Require;

/** A plan of exact transport: few entries, and the potentials that prove that there is no better one. */
public final class SparsePlan {
    private final int[] sources;
    private final int[] targets;
    private final double[] masses;
    private final double cost;
    private final double[] f;
    private final double[] g;

    SparsePlan(int[] sources, int[] targets, double[] masses, double cost, double[] f, double[] g) {
        this.sources = sources;
        this.targets = targets;
        this.masses = masses;
        this.cost = cost;
        this.f = f;
        this.g = g;
    }

    /**
     * One entry of a plan.
     *
     * @param source i
     * @param target j
     * @param mass P_ij, above 0
     */
    public record Entry(int source, int target, double mass) {}

    /**
     * How many entries are not zero.
     *
     * @return at most n + m - 1
     */
    public int size() {
        return masses.length;
    }

    /**
     * An entry that is not zero.
     *
     * @param k from 0 to size - 1, in no order
     * @return source, target and mass
     * @throws IllegalArgumentException if there is no such entry
     */
    public Entry entry(int k) {
        Require.inside("entry", k, -1, masses.length);
        return new Entry(sources[k], targets[k], masses[k]);
    }

    /**
     * What the transport costs.
     *
     * @return {@code sum_ij P_ij c_ij}
     */
    public double cost() {
        return cost;
    }

    /**
     * How much is moved.
     *
     * @return {@code sum_ij P_ij}
     */
    public double mass() {
        return Arrays.stream(masses).sum();
    }

    /** The part between the first n sources and m targets, at other costs. */
    SparsePlan within(int n, int m, double[] costs) {
        int[] real = IntStream.range(0, masses.length).filter(k -> sources[k] < n && targets[k] < m).toArray();
        double total = Arrays.stream(real).mapToDouble(k -> masses[k] * costs[sources[k] * m + targets[k]]).sum();
        return new SparsePlan(
                Arrays.stream(real).map(k -> sources[k]).toArray(), Arrays.stream(real).map(k -> targets[k]).toArray(),
                Arrays.stream(real).mapToDouble(k -> masses[k]).toArray(), total, Arrays.copyOf(f, n),
                Arrays.copyOf(g, m));
    }

    /**
     * The sources' potential: {@code f_i + g_j <= c_ij}, with equality where the plan has mass.
     *
     * @return f, shape [n], in units of the cost
     */
    public double[] f() {
        return f.clone();
    }

    /**
     * The targets' potential.
     *
     * @return g, shape [m], in units of the cost
     */
    public double[] g() {
        return g.clone();
    }

    /**
     * Where a source's mass goes.
     *
     * @param i the source, from 0
     * @return the plan's row, shape [m]
     * @throws IllegalArgumentException if there is no such source
     */
    public double[] row(int i) {
        Require.inside("source", i, -1, f.length);
        var row = new double[g.length];
        for (int k = 0; k < masses.length; k++) {
            if (sources[k] == i) {
                row[targets[k]] += masses[k];
            }
        }
        return row;
    }

    /**
     * Where each source goes on average: the barycentric map.
     *
     * @param targets the targets' places, shape [m, d]
     * @return shape [n, d]
     * @throws IllegalArgumentException if the number of places is not m
     * @throws IllegalStateException if a source sends nothing
     * @cost O((n + m) d)
     */
    public Dense map(Dense targets) {
        int d = targets.columns();
        Require.shape("targets", new int[] {targets.rows(), d}, g.length, d);
        var sums = new double[f.length * d];
        var sent = new double[f.length];
        for (int k = 0; k < masses.length; k++) {
            sent[sources[k]] += masses[k];
            for (int c = 0; c < d; c++) {
                sums[sources[k] * d + c] += masses[k] * targets.data()[this.targets[k] * d + c];
            }
        }
        for (int i = 0; i < sums.length; i++) {
            if (sent[i / d] == 0) {
                throw new IllegalStateException("source " + i / d + " sends nothing, so it has no mean target");
            }
            sums[i] /= sent[i / d];
        }
        return Dense.of("map", sums, f.length, d);
    }

    /**
     * The whole plan.
     *
     * @return shape [n, m]
     * @cost O(n m) memory
     */
    public double[][] toMatrix() {
        var plan = new double[f.length][g.length];
        for (int k = 0; k < masses.length; k++) {
            plan[sources[k]][targets[k]] += masses[k];
        }
        return plan;
    }
}
