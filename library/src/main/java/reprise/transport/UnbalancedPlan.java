package reprise.transport;

import java.util.Arrays;
import reprise.array.Require;
import reprise.parallel.Tasks;

/** A plan of entropic transport that meets its marginals nearly: {@code P_ij = a_i b_j exp((f_i + g_j - c_ij) / eps)}. */
public final class UnbalancedPlan {
    private final PairCosts costs;
    private final double[] a;
    private final double[] b;
    private final double[] logA;
    private final double[] logB;
    private final double eps;
    private final double rho;
    private final double[] f;
    private final double[] g;

    UnbalancedPlan(PairCosts costs, double[] a, double[] b, double eps, double rho, double[] f, double[] g) {
        this.costs = costs;
        this.a = a;
        this.b = b;
        this.eps = eps;
        this.rho = rho;
        this.f = f;
        this.g = g;
        logA = Masses.logs(a);
        logB = Masses.logs(b);
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
     * @cost O(n m) memory
     */
    public double[][] toMatrix() {
        return Tasks.mapRange(costs.sources(), this::row).toArray(double[][]::new);
    }

    /**
     * What leaves the sources.
     *
     * @return the plan's row sums, {@code a_i exp(-f_i / rho)}, shape [n]
     */
    public double[] sources() {
        return marginal(a, f);
    }

    /**
     * What arrives at the targets.
     *
     * @return the plan's column sums, {@code b_j exp(-g_j / rho)}, shape [m]
     */
    public double[] targets() {
        return marginal(b, g);
    }

    private double[] marginal(double[] weights, double[] potential) {
        var out = new double[weights.length];
        Arrays.setAll(out, i -> weights[i] * Math.exp(-potential[i] / rho));
        return out;
    }

    /**
     * How much is moved.
     *
     * @return {@code sum_ij P_ij}
     */
    public double mass() {
        return Arrays.stream(targets()).sum();
    }
}
