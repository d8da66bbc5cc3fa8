package reprise.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.array.Require;
import reprise.linalg.Krylov;
import reprise.linalg.LinearOperator;
import reprise.linalg.NotConverged;
import reprise.linalg.NotPositiveDefinite;
import reprise.linalg.Sparse;
import reprise.parallel.Interrupted;
import reprise.source.Source;

/**
 * Entropic transport by a few sweeps of Sinkhorn and then Newton's method with a sparse Hessian. The dual objective
 * {@code a.f + b.g - eps sum_ij P_ij} has the gradient {@code (a - P 1, b - P' 1)} and the Hessian
 * {@code -M / eps, M = [diag(P 1), P; P', diag(P' 1)]}. At a small softness nearly all of the plan's mass lies in a few
 * entries a row after the sweeps: the largest are kept, the diagonal is kept whole, and each step is a solution by
 * conjugate gradients.
 *
 * <pre>{@code
 * SparseNewton.Run run = MatrixScaling.costs(c).epsilon(0.001).newton().entriesPerRow(6).run(1e-10, 50);
 * }</pre>
 *
 * <p>Steps are shortened until the objective rises enough (Armijo). What the thinning leaves out sets the rate: with all
 * mass kept the error is squared, else it shrinks by a factor.
 */
@Source(arxiv = "2401.12253", at = "Algorithm 1")
public final class SparseNewton {
    private static final double SLOPE = 1e-4;
    private static final double SHORTEST = 1e-10;
    private static final double INNER_TOLERANCE = 1e-12;

    /** Lifts the null direction (1, -1) of an unthinned Hessian over the rounding of a curvature. */
    private static final double LIFT = 1e-14;

    private final MatrixScaling.Table table;
    private final int sweeps;
    private final double perRow;

    SparseNewton(MatrixScaling.Table table, int sweeps, double perRow) {
        this.table = table;
        this.sweeps = sweeps;
        this.perRow = perRow;
    }

    /**
     * A run and its history.
     *
     * @param plan what was reached
     * @param sweepErrors {@code sum_i |sum_j P_ij - a_i|} after each sweep
     * @param errors that of both marginals together, before each Newton step and after the last
     * @param kept the share of the plan's mass in the entries that were kept, one a step
     * @param lengths how much of each step was taken, at most 1
     * @param products with the sparse matrix, one number a step
     */
    public record Run(EntropicPlan plan, double[] sweepErrors, double[] errors, double[] kept, double[] lengths,
            int[] products) {
        /**
         * How many Newton steps were taken.
         *
         * @return at least 0
         */
        public int steps() {
            return kept.length;
        }

        /**
         * How far both marginals are off in the end.
         *
         * @return {@code sum_i |sum_j P_ij - a_i| + sum_j |sum_i P_ij - b_j|}
         */
        public double error() {
            return errors[errors.length - 1];
        }
    }

    /**
     * Sets how many sweeps go before.
     *
     * @param sweeps at least 0
     * @return a copy with this number; 20 unless set
     * @throws IllegalArgumentException if it is negative
     */
    public SparseNewton sweeps(int sweeps) {
        return new SparseNewton(table, Require.atLeast("sweeps", sweeps, 0), perRow);
    }

    /**
     * Sets how many entries of the plan are kept, the largest of all.
     *
     * @param perRow s: s times the larger of n and m are kept; infinite for all, which is Newton's own method
     * @return a copy with this number; 3 unless set
     * @throws IllegalArgumentException if it is not above 0
     */
    public SparseNewton entriesPerRow(double perRow) {
        if (perRow != Double.POSITIVE_INFINITY) {
            Require.positive("entries per row", perRow);
        }
        return new SparseNewton(table, sweeps, perRow);
    }

    /** Potentials, their plan and what follows from it. */
    private final class Point {
        final double[] f;
        final double[] g;
        final double[] plan;
        final double[] rows;
        final double[] columns;
        final double value;

        Point(double[] f, double[] g) {
            this.f = f;
            this.g = g;
            plan = table.entries(f, g);
            int m = g.length;
            rows = new double[f.length];
            columns = new double[m];
            for (int i = 0; i < f.length; i++) {
                for (int j = 0; j < m; j++) {
                    double p = plan[i * m + j];
                    rows[i] += p;
                    columns[j] += p;
                }
            }
            value = dot(table.a(), f) + dot(table.b(), g) - table.eps() * Arrays.stream(rows).sum();
        }

        /** What the value's sums may lose. */
        double rounding() {
            double sum = table.eps();
            for (int i = 0; i < f.length; i++) {
                sum += table.a()[i] * Math.abs(f[i]);
            }
            for (int j = 0; j < g.length; j++) {
                sum += table.b()[j] * Math.abs(g[j]);
            }
            return 1e-15 * sum;
        }

        double error() {
            return Arrays.stream(gradient()).map(Math::abs).sum();
        }

        double[] gradient() {
            var out = new double[rows.length + columns.length];
            for (int i = 0; i < rows.length; i++) {
                out[i] = table.a()[i] - rows[i];
            }
            for (int j = 0; j < columns.length; j++) {
                out[rows.length + j] = table.b()[j] - columns[j];
            }
            return out;
        }

        Point moved(double[] direction, double length) {
            double[] there = f.clone();
            double[] beyond = g.clone();
            for (int i = 0; i < there.length; i++) {
                there[i] += length * direction[i];
            }
            for (int j = 0; j < beyond.length; j++) {
                beyond[j] += length * direction[there.length + j];
            }
            return new Point(there, beyond);
        }
    }

    /**
     * Runs until both marginals are met or the steps are used up.
     *
     * @param tolerance bound on the sum of both marginals' errors, above 0; rounding leaves about 1e-13
     * @param mostSteps of Newton's method, at least 0
     * @return the run; whether it arrived is told by {@link Run#error()}
     * @throws IllegalArgumentException if an argument is out of range
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n m) a sweep and a step; a step's conjugate gradients O(s (n + m)) an iteration
     */
    public Run run(double tolerance, int mostSteps) {
        Require.positive("tolerance", tolerance);
        Require.atLeast("steps", mostSteps, 0);
        var scaling = new MatrixScaling(table);
        double[] sweepErrors = sweeps == 0 ? new double[0] : scaling.sweep(sweeps);
        Point now = new Point(scaling.f(), scaling.g());
        List<Double> errors = new ArrayList<>();
        List<Double> kept = new ArrayList<>();
        List<Double> lengths = new ArrayList<>();
        List<Integer> products = new ArrayList<>();
        while (true) {
            Interrupted.check();
            double[] gradient = now.gradient();
            double error = now.error();
            errors.add(error);
            if (error <= tolerance || kept.size() == mostSteps) {
                break;
            }
            Sparse thinned = thinned(now.plan);
            var step = direction(now, thinned, gradient);
            Move move = rise(now, step.x(), gradient);
            if (move.length == 0) {
                break;
            }
            kept.add(Arrays.stream(thinned.apply(ones(thinned.columns()))).sum() / Arrays.stream(now.rows).sum());
            lengths.add(move.length);
            products.add(step.iterations());
            now = move.to;
        }
        return new Run(table.plan(now.f, now.g, rowError(now)), sweepErrors, numbers(errors), numbers(kept),
                numbers(lengths), products.stream().mapToInt(Integer::intValue).toArray());
    }

    private double rowError(Point at) {
        double error = 0;
        for (int i = 0; i < at.rows.length; i++) {
            error += Math.abs(at.rows[i] - table.a()[i]);
        }
        return error;
    }

    /** The largest entries of the plan. */
    private Sparse thinned(double[] p) {
        int n = table.a().length;
        int m = table.b().length;
        int count = (int) Math.min(p.length, Math.ceil(perRow * Math.max(n, m)));
        double least = count == p.length ? -1 : largest(p, count);
        var rows = new int[count];
        var columns = new int[count];
        var values = new double[count];
        int at = 0;
        for (int e = 0; e < p.length && at < count; e++) {
            if (p[e] >= least) {
                rows[at] = e / m;
                columns[at] = e % m;
                values[at++] = p[e];
            }
        }
        return Sparse.ofTriplets(n, m, rows, columns, values);
    }

    /** The count-th largest value. */
    private static double largest(double[] values, int count) {
        double[] sorted = values.clone();
        Arrays.parallelSort(sorted);
        return sorted[sorted.length - count];
    }

    private Krylov.Solution direction(Point at, Sparse kept, double[] gradient) {
        int n = at.rows.length;
        var diagonal = new double[gradient.length];
        System.arraycopy(at.rows, 0, diagonal, 0, n);
        System.arraycopy(at.columns, 0, diagonal, n, at.columns.length);
        double[] rhs = Arrays.stream(gradient).map(v -> v * table.eps()).toArray();
        var method = Krylov.conjugateGradients(LinearOperator.of(rhs.length, x -> product(diagonal, kept, x)))
                .preconditioner(LinearOperator.of(rhs.length, x -> quotient(x, diagonal)))
                .tolerance(INNER_TOLERANCE).iterations(20 * rhs.length);
        try {
            return method.solve(rhs);
        } catch (NotConverged e) {
            return new Krylov.Solution(e.partial(), e.iterations(), e.residual(), new double[0]);
        } catch (NotPositiveDefinite e) {
            // Entries that underflowed leave rows of nothing: go uphill by each coordinate's own curvature.
            return new Krylov.Solution(quotient(rhs, diagonal), 0, 1, new double[0]);
        }
    }

    private static double[] product(double[] diagonal, Sparse kept, double[] x) {
        int n = kept.rows();
        double[] top = kept.apply(Arrays.copyOfRange(x, n, x.length));
        double[] bottom = kept.applyTransposed(Arrays.copyOf(x, n));
        var out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = (1 + LIFT) * diagonal[i] * x[i] + (i < n ? top[i] : bottom[i - n]);
        }
        return out;
    }

    private static double[] quotient(double[] x, double[] diagonal) {
        var out = new double[x.length];
        Arrays.setAll(out, i -> x[i] / Math.max(diagonal[i], Double.MIN_NORMAL));
        return out;
    }

    private record Move(Point to, double length) {}

    /** The longest halving of the step that raises the objective enough; of length 0 if there is none. */
    private static Move rise(Point from, double[] direction, double[] gradient) {
        double slope = dot(direction, gradient);
        for (double length = 1; length > SHORTEST; length /= 2) {
            Point there = from.moved(direction, length);
            // Near the solution the gain is below the value's last bits.
            if (there.value >= from.value + SLOPE * length * slope - from.rounding()) {
                return new Move(there, length);
            }
        }
        return new Move(from, 0);
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double[] ones(int n) {
        var ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
