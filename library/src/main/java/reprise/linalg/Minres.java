package reprise.linalg;

/**
 * MINRES (Paige and Saunders 1975): the Lanczos process, its tridiagonal matrix made triangular by rotations, and the
 * answer updated along the columns of V R^-1. With a preconditioner M the residual is least in the norm of M.
 */
final class Minres {
    private Minres() {}

    static void solve(KrylovRun run) {
        double[] r = run.b.clone();
        while (cycle(run, r)) {
            r = run.residual();
        }
    }

    /** Improves x by a correction for the residual r; true if it is worth another round. */
    private static boolean cycle(KrylovRun run, double[] r) {
        int n = r.length;
        double start = Norms.euclidean(r);
        double[] before = new double[n];
        double[] now = r;
        double[] y = run.preconditioned(now);
        double beta = root(KrylovRun.dot(now, y));
        double betaBefore = 0;
        double phi = beta;
        double factor = start / beta;
        double cos = -1;
        double sin = 0;
        double delta = 0;
        double epsilon = 0;
        double[] w = new double[n];
        double[] wBefore = new double[n];
        boolean more = beta > 0;
        while (more) {
            double[] v = y.clone();
            KrylovRun.scale(v, 1 / beta);
            double[] next = run.product(v);
            if (betaBefore > 0) {
                KrylovRun.add(next, -beta / betaBefore, before);
            }
            double alpha = KrylovRun.dot(v, next);
            KrylovRun.add(next, -alpha / beta, now);
            before = now;
            now = next;
            y = run.preconditioned(now);
            betaBefore = beta;
            beta = root(KrylovRun.dot(now, y));
            double epsilonBefore = epsilon;
            double deltaRotated = cos * delta + sin * alpha;
            double gammaBar = sin * delta - cos * alpha;
            epsilon = sin * beta;
            delta = -cos * beta;
            double gamma = Math.max(Math.hypot(gammaBar, beta), Double.MIN_NORMAL);
            cos = gammaBar / gamma;
            sin = beta / gamma;
            double step = cos * phi;
            phi *= sin;
            double[] wNext = v;
            KrylovRun.add(wNext, -epsilonBefore, wBefore);
            KrylovRun.add(wNext, -deltaRotated, w);
            KrylovRun.scale(wNext, 1 / gamma);
            wBefore = w;
            w = wNext;
            KrylovRun.add(run.x, step, w);
            more = run.tick(phi * factor) && beta > 0;
        }
        double reached = Norms.euclidean(run.residual());
        return run.more(reached) && reached < 0.5 * start;
    }

    private static double root(double square) {
        if (square < 0) {
            throw new NotPositiveDefinite("the preconditioner", square);
        }
        return Math.sqrt(square);
    }
}
