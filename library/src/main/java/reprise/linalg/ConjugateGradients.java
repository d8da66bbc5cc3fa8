package reprise.linalg;

/** Preconditioned conjugate gradients (Golub and Van Loan, algorithm 11.5.1). */
final class ConjugateGradients {
    private ConjugateGradients() {}

    static void solve(KrylovRun run) {
        double[] r = run.b.clone();
        double[] z = run.preconditioned(r);
        double[] p = z.clone();
        double rz = KrylovRun.dot(r, z);
        boolean more = true;
        while (more) {
            double[] ap = run.product(p);
            double curvature = KrylovRun.dot(p, ap);
            if (!(curvature > 0)) {
                if (KrylovRun.dot(p, p) == 0) {
                    return;
                }
                throw new NotPositiveDefinite("the operator", curvature);
            }
            double step = rz / curvature;
            KrylovRun.add(run.x, step, p);
            KrylovRun.add(r, -step, ap);
            more = run.tick(Norms.euclidean(r));
            if (!more) {
                // The recursion for r drifts away from b - A x; start again if it fooled us.
                double[] truth = run.residual();
                double norm = Norms.euclidean(truth);
                if (!run.more(norm) || norm < 2 * Norms.euclidean(r)) {
                    return;
                }
                r = truth;
                z = run.preconditioned(r);
                p = z.clone();
                rz = KrylovRun.dot(r, z);
                more = true;
                continue;
            }
            z = run.preconditioned(r);
            double next = KrylovRun.dot(r, z);
            KrylovRun.scale(p, next / rz);
            KrylovRun.add(p, 1, z);
            rz = next;
        }
    }
}
