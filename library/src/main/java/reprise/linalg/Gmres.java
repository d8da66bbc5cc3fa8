package reprise.linalg;

/** GMRES with restarts, preconditioned from the right so that it sees true residuals (Saad 2003, algorithm 9.5). */
final class Gmres {
    private Gmres() {}

    static void solve(KrylovRun run, int restart) {
        double[] r = run.b.clone();
        double norm = Norms.euclidean(r);
        int stalls = 0;
        while (run.more(norm) && stalls < 2) {
            cycle(run, restart, r, norm);
            r = run.residual();
            double reached = Norms.euclidean(r);
            stalls = reached < norm * (1 - 1e-12) ? 0 : stalls + 1;
            norm = reached;
        }
    }

    private static void cycle(KrylovRun run, int restart, double[] r, double norm) {
        double[][] v = new double[restart + 1][];
        double[][] h = new double[restart][];
        double[] cos = new double[restart];
        double[] sin = new double[restart];
        double[] g = new double[restart + 1];
        g[0] = norm;
        v[0] = r;
        KrylovRun.scale(v[0], 1 / norm);
        int k = 0;
        boolean more = true;
        while (more && k < restart) {
            double[] w = run.product(run.preconditioned(v[k]));
            double before = Norms.euclidean(w);
            h[k] = new double[k + 2];
            // Twice is enough (Parlett): one pass of Gram-Schmidt loses orthogonality where w is nearly dependent.
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i <= k; i++) {
                    double overlap = KrylovRun.dot(v[i], w);
                    h[k][i] += overlap;
                    KrylovRun.add(w, -overlap, v[i]);
                }
            }
            double rest = Norms.euclidean(w);
            h[k][k + 1] = rest;
            for (int i = 0; i < k; i++) {
                double upper = h[k][i];
                h[k][i] = cos[i] * upper + sin[i] * h[k][i + 1];
                h[k][i + 1] = cos[i] * h[k][i + 1] - sin[i] * upper;
            }
            double hypotenuse = Math.hypot(h[k][k], rest);
            if (hypotenuse == 0) {
                run.tick(Math.abs(g[k]));
                break;
            }
            cos[k] = h[k][k] / hypotenuse;
            sin[k] = rest / hypotenuse;
            h[k][k] = hypotenuse;
            g[k + 1] = -sin[k] * g[k];
            g[k] *= cos[k];
            more = run.tick(Math.abs(g[k + 1])) && rest > 1e-15 * before;
            v[++k] = w;
            if (rest > 0) {
                KrylovRun.scale(w, 1 / rest);
            }
        }
        double[] correction = new double[r.length];
        for (int i = k - 1; i >= 0; i--) {
            for (int j = i + 1; j < k; j++) {
                g[i] -= h[j][i] * g[j];
            }
            g[i] /= h[i][i];
            KrylovRun.add(correction, g[i], v[i]);
        }
        KrylovRun.add(run.x, 1, run.preconditioned(correction));
    }
}
