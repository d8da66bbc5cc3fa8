package reprise.transport;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.linalg.Cholesky;
import reprise.linalg.NotPositiveDefinite;
import reprise.parallel.Tasks;

/**
 * Newton's method for the targets' potential, the sources' following from it. Where a small softness leaves blocks of
 * points that hardly exchange mass, alternating updates need millions of steps and this some ten; but it needs the
 * plan in memory.
 */
final class SemiDualNewton {
    /** A plan of 32 MB. */
    static final long LARGEST = 4_000_000;

    private static final int STEPS = 60;
    private static final double SLOPE = 1e-4;
    private static final double SHORTEST = 1e-6;

    private final PairCosts costs;
    private final double[] a;
    private final double[] b;
    private final double[] logB;
    private final double eps;

    SemiDualNewton(PairCosts costs, double[] a, double[] b, double eps) {
        this.costs = costs;
        this.a = a;
        this.b = b;
        this.eps = eps;
        logB = Masses.logs(b);
    }

    /** Potentials for which the sources' marginal is exact, and their value. */
    private record Point(double[] g, double[] f, double value) {}

    /** The best g that was found; it need not be a solution. */
    double[] solve(double[] start, double tolerance) {
        Point now = at(start);
        for (int step = 0; step < STEPS; step++) {
            Dense plan = plan(now);
            double[] gradient = b.clone();
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < b.length; j++) {
                    gradient[j] -= plan.data()[i * b.length + j];
                }
            }
            if (Arrays.stream(gradient).map(Math::abs).sum() <= tolerance / 2) {
                return now.g;
            }
            double[] direction = direction(plan, gradient);
            double slope = 0;
            for (int j = 0; j < b.length; j++) {
                slope += direction[j] * gradient[j];
            }
            Point next = search(now, direction, slope);
            if (next == now) {
                return now.g;
            }
            now = next;
        }
        return now.g;
    }

    private Point search(Point from, double[] direction, double slope) {
        for (double length = 1; length > SHORTEST; length /= 2) {
            double[] g = from.g.clone();
            for (int j = 0; j < g.length; j++) {
                g[j] += length * direction[j];
            }
            Point there = at(g);
            // Near the solution the gain is below the value's last bits.
            if (there.value >= from.value + SLOPE * length * slope - 1e-15 * Math.abs(from.value)) {
                return there;
            }
        }
        return from;
    }

    private Point at(double[] g) {
        double[] rows = costs.overTargets(DualAscent.exponents(logB, g, eps), eps);
        double value = 0;
        var f = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            f[i] = -eps * rows[i];
            value += a[i] * f[i];
        }
        for (int j = 0; j < b.length; j++) {
            value += b[j] * g[j];
        }
        return new Point(g, f, value);
    }

    private Dense plan(Point point) {
        int m = b.length;
        var plan = new double[a.length * m];
        Tasks.forRange(a.length, i -> {
            for (int j = 0; j < m; j++) {
                plan[i * m + j] = a[i] * Math.exp(logB[j] + (point.f[i] + point.g[j] - costs.cost(i, j)) / eps);
            }
        });
        return Dense.of("plan", plan, a.length, m);
    }

    /** Solves with the curvature, D(c) - P' D(1/a) P; it vanishes along shifts of g, which change nothing. */
    private double[] direction(Dense plan, double[] gradient) {
        int m = b.length;
        var scaled = plan.data().clone();
        for (int i = 0; i < a.length; i++) {
            double scale = a[i] == 0 ? 0 : 1 / Math.sqrt(a[i]);
            for (int j = 0; j < m; j++) {
                scaled[i * m + j] *= scale;
            }
        }
        double[] curvature = Blas.gramOfColumns(Dense.of("scaled plan", scaled, a.length, m)).data().clone();
        double size = 1.0 / m;
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                curvature[j * m + k] = size * size - curvature[j * m + k];
            }
            curvature[j * m + j] += b[j] - gradient[j];
        }
        for (double ridge = 1e-14 * size; ; ridge *= 100) {
            for (int j = 0; j < m; j++) {
                curvature[j * m + j] += ridge;
            }
            try {
                double[] solved = Cholesky.of(Dense.of("curvature", curvature, m, m)).solve(gradient);
                return Arrays.stream(solved).map(v -> eps * v).toArray();
            } catch (NotPositiveDefinite e) {
                if (ridge > size) {
                    throw e;
                }
            }
        }
    }
}
