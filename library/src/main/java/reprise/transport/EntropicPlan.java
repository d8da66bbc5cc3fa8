package reprise.transport;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Tasks;

/**
 * A plan of entropic transport, {@code P_ij = a_i b_j exp((f_i + g_j - c_ij) / eps)}. Its rows are computed when asked
 * for; the sum over sources of each column is exact, that of each row to {@link #marginalError()}.
 */
public final class EntropicPlan {
    private final PairCosts costs;
    private final double[] logA;
    private final double[] b;
    private final double[] logB;
    private final double[] a;
    private final double eps;
    private final double[] f;
    private final double[] g;
    private final double[] errors;

    EntropicPlan(PairCosts costs, double[] a, double[] b, double eps, double[] f, double[] g, double[] errors) {
        this.costs = costs;
        this.a = a;
        this.b = b;
        logA = Masses.logs(a);
        logB = Masses.logs(b);
        this.eps = eps;
        this.f = f;
        this.g = g;
        this.errors = errors;
    }

    /**
     * The sources' potential.
     *
     * @return f, shape [n], in units of the cost; f + t and g - t make the same plan
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
     * @cost O(m d)
     */
    public double[] row(int i) {
        Require.inside("source", i, -1, costs.sources());
        var row = new double[costs.targets()];
        for (int j = 0; j < row.length; j++) {
            row[j] = Math.exp(logA[i] + logB[j] + (f[i] + g[j] - costs.cost(i, j)) / eps);
        }
        return row;
    }

    /**
     * The whole plan.
     *
     * @return shape [n, m]
     * @throws OutOfMemoryError if it is too large for the heap
     * @cost O(n m) memory, which nothing else here needs
     */
    public double[][] toMatrix() {
        return Tasks.mapRange(costs.sources(), this::row).toArray(double[][]::new);
    }

    /**
     * What the transport costs, without the entropy.
     *
     * @return {@code sum_ij P_ij c_ij}
     * @cost O(n m d)
     */
    public double cost() {
        var sums = new double[costs.sources()];
        Tasks.forRange(sums.length, i -> {
            double[] row = row(i);
            for (int j = 0; j < row.length; j++) {
                sums[i] += row[j] == 0 ? 0 : row[j] * costs.cost(i, j);
            }
        });
        return Arrays.stream(sums).sum();
    }

    /**
     * The least value of {@code sum_ij P_ij c_ij + eps KL(P | a b')}, from the potentials.
     *
     * @return {@code sum_i a_i f_i + sum_j b_j g_j}, at least the true value less the marginal error times the largest
     *     |f|
     */
    public double value() {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] == 0 ? 0 : a[i] * f[i];
        }
        for (int j = 0; j < b.length; j++) {
            sum += b[j] == 0 ? 0 : b[j] * g[j];
        }
        return sum;
    }

    /**
     * Where each source goes on average: the barycentric map.
     *
     * @return shape [n, d]
     * @throws IllegalStateException if the problem was given as a table of costs, which has no coordinates
     * @cost O(n m d)
     */
    public Dense map() {
        return clouds().average(DualAscent.exponents(logB, g, eps), eps, clouds().y());
    }

    /**
     * How far the sums over the targets are from the sources' weights.
     *
     * @return {@code sum_i |sum_j P_ij - a_i|} before the last update, which made it smaller
     */
    public double marginalError() {
        return errors[errors.length - 1];
    }

    /**
     * The same before every iteration at the final softness.
     *
     * @return one number an iteration
     */
    public double[] marginalErrors() {
        return errors.clone();
    }

    /**
     * The softness.
     *
     * @return eps
     */
    public double epsilon() {
        return eps;
    }

    PairCosts.Clouds clouds() {
        if (costs instanceof PairCosts.Clouds clouds) {
            return clouds;
        }
        throw new IllegalStateException("the problem was given as a table of costs: its points have no coordinates");
    }
}
