package reprise.linalg;

import java.util.Arrays;
import reprise.array.Require;
import reprise.parallel.Interrupted;

/** What the Krylov methods share while they run: the system, the answer so far, the count and the estimates. */
final class KrylovRun {
    final double[] b;
    final double[] x;
    private final Krylov system;
    private final double scale;
    private final double goal;
    private final int limit;
    private double[] history = new double[64];
    private int done;

    KrylovRun(Krylov system, double[] b, double scale, double goal, int limit) {
        this.system = system;
        this.b = b;
        this.x = new double[b.length];
        this.scale = scale;
        this.goal = goal;
        this.limit = limit;
    }

    double[] product(double[] v) {
        return Require.finite("product of the operator", system.matrix.apply(v));
    }

    double[] preconditioned(double[] r) {
        return Require.finite("product of the preconditioner", system.preconditioner.apply(r));
    }

    /** Counts an iteration that left a residual of this norm; true if the method should go on. */
    boolean tick(double residual) {
        Interrupted.check();
        if (done == history.length) {
            history = Arrays.copyOf(history, 2 * done);
        }
        history[done++] = residual / scale;
        return done < limit && residual > goal * scale;
    }

    boolean more(double residual) {
        return done < limit && residual > goal * scale;
    }

    double[] residual() {
        double[] r = product(x);
        for (int i = 0; i < r.length; i++) {
            r[i] = b[i] - r[i];
        }
        return r;
    }

    double trueResidual() {
        return Norms.euclidean(residual()) / scale;
    }

    int done() {
        return done;
    }

    double[] history() {
        return Arrays.copyOf(history, done);
    }

    static double dot(double[] a, double[] b) {
        return Blas.dot(a, 0, b);
    }

    /** y += factor v. */
    static void add(double[] y, double factor, double[] v) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * v[i];
        }
    }

    static void scale(double[] v, double factor) {
        for (int i = 0; i < v.length; i++) {
            v[i] *= factor;
        }
    }
}
