package reprise.transport;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.parallel.Tasks;
import reprise.source.Source;

/**
 * Sinkhorn's sweeps on a table of costs, one after the other: what {@link Sinkhorn} does without its annealing,
 * overrelaxation and Newton steps, for whoever wants to look at the bare method. The plan is
 * {@code P_ij = exp((f_i + g_j - c_ij) / eps)}, with the weights inside the potentials.
 *
 * <pre>{@code
 * MatrixScaling scaling = MatrixScaling.costs(c).epsilon(0.01).start();
 * double[] errors = scaling.sweep(300);
 * }</pre>
 *
 * <p>A sweep is two products of a matrix and a vector; when the factors have grown by e^50, they go into the potentials
 * and the matrix is made anew, so that nothing underflows that matters.
 */
@Source(text = "Schmitzer, Stabilized sparse scaling algorithms for entropy regularized transport, 2019")
public final class MatrixScaling {
    private static final double MOST = 50;

    private final Table table;
    private final double[] f;
    private final double[] g;
    private final double[] u;
    private final double[] v;
    private Dense kernel;

    /** Costs, weights and softness: what a plan of transport is to a table. */
    record Table(Dense costs, PairCosts pairs, double[] a, double[] b, double eps) {
        /** Entries may be infinite. */
        double[] entries(double[] f, double[] g) {
            int m = b.length;
            var values = new double[a.length * m];
            Tasks.forRange(a.length, i -> {
                for (int j = 0; j < m; j++) {
                    values[i * m + j] = Math.exp((f[i] + g[j] - costs.data()[i * m + j]) / eps);
                }
            });
            return values;
        }

        Dense kernel(double[] f, double[] g) {
            return Dense.of("plan", entries(f, g), a.length, b.length);
        }

        EntropicPlan plan(double[] f, double[] g, double error) {
            return new EntropicPlan(
                    pairs, a, b, eps, lessWeights(f, a), lessWeights(g, b), new double[] {error});
        }

        private double[] lessWeights(double[] potential, double[] weights) {
            var out = new double[potential.length];
            Arrays.setAll(out, i -> potential[i] - eps * Math.log(weights[i]));
            return out;
        }
    }

    MatrixScaling(Table table) {
        this.table = table;
        f = new double[table.a.length];
        g = new double[table.b.length];
        u = ones(f.length);
        v = ones(g.length);
    }

    /** Costs and weights that wait for a softness. */
    public static final class Problem {
        private final Dense costs;
        private final double[] a;
        private final double[] b;

        private Problem(Dense costs, double[] a, double[] b) {
            this.costs = costs;
            this.a = a;
            this.b = b;
        }

        /**
         * Weighs sources and targets.
         *
         * @param a shape [n], above 0, with sum 1
         * @param b shape [m], above 0, with sum 1
         * @return a copy with these weights
         * @throws IllegalArgumentException if a weight is not positive, a sum is not 1 to 1e-9, or their numbers are
         *     not n and m
         */
        public Problem weights(double[] a, double[] b) {
            return new Problem(costs, positive("a", a, costs.rows()), positive("b", b, costs.columns()));
        }

        /**
         * Sets the softness.
         *
         * @param eps above 0, in units of the cost
         * @return the problem, complete
         * @throws IllegalArgumentException if eps is not positive and finite
         */
        public Method epsilon(double eps) {
            return new Method(new Table(costs, new PairCosts.Table(costs), a, b, Require.positive("epsilon", eps)));
        }

        private static double[] positive(String name, double[] weights, int n) {
            double[] checked = Masses.probabilities(name, weights, n);
            for (int i = 0; i < n; i++) {
                Require.positive(name + "[" + i + "]", checked[i]);
            }
            return checked;
        }
    }

    /** A complete problem, to be swept or to be handed to Newton's method. */
    public static final class Method {
        private final Table table;

        private Method(Table table) {
            this.table = table;
        }

        /**
         * Begins with both potentials zero.
         *
         * @return sweeps, none of them done
         */
        public MatrixScaling start() {
            return new MatrixScaling(table);
        }

        /**
         * Sinkhorn's sweeps first, then Newton's method on a thinned Hessian.
         *
         * @return the method with 20 sweeps and three entries kept a row
         */
        public SparseNewton newton() {
            return new SparseNewton(table, 20, 3);
        }
    }

    /**
     * Begins with a table of costs and equal weights.
     *
     * @param costs n rows of m costs, finite
     * @return a problem that waits for its softness
     * @throws IllegalArgumentException if the table is empty, ragged, or holds NaN or infinity
     */
    public static Problem costs(double[][] costs) {
        Dense table = Dense.of("costs", costs);
        return new Problem(table, Masses.equal(table.rows()), Masses.equal(table.columns()));
    }

    /**
     * Makes the sources' marginal exact and then the targets', so often.
     *
     * @param times at least 1
     * @return after each sweep, how far the sources' marginal is off, {@code sum_i |sum_j P_ij - a_i|}; the targets' is
     *     exact then
     * @throws IllegalArgumentException if times is below 1
     * @cost 4 n m flops a sweep
     */
    public double[] sweep(int times) {
        var errors = new double[Require.atLeast("times", times, 1)];
        int done = 0;
        if (kernel == null) {
            errors[done++] = sweepFirst();
        }
        double[] rows = Blas.product(kernel, v);
        for (int k = done; k < times; k++) {
            double most = 0;
            for (int i = 0; i < u.length; i++) {
                u[i] = table.a[i] / rows[i];
                most = Math.max(most, Math.abs(Math.log(u[i])));
            }
            double[] columns = Blas.productAt(kernel, u);
            for (int j = 0; j < v.length; j++) {
                v[j] = table.b[j] / columns[j];
                most = Math.max(most, Math.abs(Math.log(v[j])));
            }
            if (most > MOST) {
                absorb();
            }
            rows = Blas.product(kernel, v);
            errors[k] = error(rows);
        }
        return errors;
    }

    /** In the log domain, as the plan of potentials zero may be nothing but zeros. */
    private double sweepFirst() {
        double[] rows = table.pairs().overTargets(g, table.eps);
        for (int i = 0; i < f.length; i++) {
            f[i] = table.eps * (Math.log(table.a[i]) - rows[i]);
        }
        double[] exponents = new double[f.length];
        Arrays.setAll(exponents, i -> f[i] / table.eps);
        double[] columns = table.pairs().overSources(exponents, table.eps);
        for (int j = 0; j < g.length; j++) {
            g[j] = table.eps * (Math.log(table.b[j]) - columns[j]);
        }
        kernel = table.kernel(f, g);
        return error(Blas.product(kernel, v));
    }

    private double error(double[] rows) {
        double error = 0;
        for (int i = 0; i < rows.length; i++) {
            error += Math.abs(u[i] * rows[i] - table.a[i]);
        }
        return error;
    }

    private void absorb() {
        for (int i = 0; i < f.length; i++) {
            f[i] += table.eps * Math.log(u[i]);
        }
        for (int j = 0; j < g.length; j++) {
            g[j] += table.eps * Math.log(v[j]);
        }
        Arrays.fill(u, 1);
        Arrays.fill(v, 1);
        kernel = table.kernel(f, g);
    }

    /**
     * The plan after the sweeps that were done, at least one.
     *
     * @return the plan
     * @throws IllegalStateException if there was none
     */
    public EntropicPlan plan() {
        if (kernel == null) {
            throw new IllegalStateException("a plan needs a sweep, there was none");
        }
        return table.plan(f(), g(), error(Blas.product(kernel, v)));
    }

    double[] f() {
        return moved(f, u);
    }

    double[] g() {
        return moved(g, v);
    }

    private double[] moved(double[] potential, double[] factor) {
        var out = new double[potential.length];
        Arrays.setAll(out, i -> potential[i] + table.eps * Math.log(factor[i]));
        return out;
    }

    private static double[] ones(int n) {
        var ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
