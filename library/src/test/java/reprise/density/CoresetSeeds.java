package reprise.density;

import reprise.array.Dense;
import reprise.optim.LinearLoss;
import reprise.random.Rng;

/** Spreads over seeds of what the notebook autocoreset claims; a program, not a test. */
final class CoresetSeeds {
    private CoresetSeeds() {}

    public static void main(String[] args) {
        int seeds = Integer.parseInt(args[0]);
        int n = Integer.parseInt(args[1]);
        int size = Integer.parseInt(args[2]);
        int trials = Integer.parseInt(args[3]);
        double separation = Double.parseDouble(args[4]);
        var out = System.out;
        for (int s = 0; s < seeds; s++) {
            Rng rng = Rng.of(100 + s);
            double[] y = new double[n];
            double[] x = new double[n * 8];
            for (int i = 0; i < n; i++) {
                y[i] = rng.uniform() < 0.09 ? 1 : -1;
                double before = 0;
                for (int c = 0; c < 8; c++) {
                    before = 0.6 * before + 0.8 * rng.normal();
                    x[i * 8 + c] = before + (y[i] > 0 ? separation / Math.sqrt(8) : 0);
                }
            }
            Dense points = Dense.of("x", x, n, 8);
            out.printf("%d", s);
            run(out, "kmeans", CoresetProblem.kMeans(points, 2), size, trials, rng);
            run(out, "logistic", CoresetProblem.linear(LinearLoss.LOGISTIC, points, y, 1), size, trials, rng);
            run(out, "linear", CoresetProblem.linear(LinearLoss.SQUARED, points, y, 0), size, trials, rng);
            run(out, "svm", CoresetProblem.linear(LinearLoss.HINGE, points, y, 1), size, trials, rng);
            out.println();
        }
    }

    private static <Q> void run(
            java.io.PrintStream out, String name, CoresetProblem<Q> problem, int size, int trials, Rng rng) {
        long start = System.nanoTime();
        var result = CoresetStudy.of(problem).sizes(size).run(trials, rng.split(name));
        out.printf(" | %s", name);
        for (var way : result.ways()) {
            out.printf(" %s %.4f", way, result.mean(way)[0]);
        }
        out.printf(" rounds %.1f %.1fs", result.rounds().get(0).mean(), (System.nanoTime() - start) / 1e9);
    }
}
