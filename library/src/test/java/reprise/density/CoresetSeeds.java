package reprise.density;

import java.util.Arrays;
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
        double least = problem.cost(problem.solve(WeightedCoreset.all(problem.points()), rng));
        double whole = (System.nanoTime() - start) / 1e9;
        var auto = AutoCoreset.of(problem);
        double[] sums = new double[8];
        double rounds = 0;
        for (int t = 0; t < trials; t++) {
            Rng r = rng.split(name).split(t);
            double best = Double.POSITIVE_INFINITY;
            int at = 0;
            for (CoresetRule rule : new CoresetRule[] {
                CoresetRule.CARATHEODORY, CoresetRule.BEST_OF_UNIFORM, CoresetRule.IMPORTANCE, CoresetRule.UNIFORM}) {
                var found = auto.by(rule).choose(size, r);
                sums[at++] += found.excess(least) / trials;
                if (rule == CoresetRule.CARATHEODORY) {
                    rounds += (double) found.rounds() / trials;
                    sums[6] += auto.bestUniform(size, found.rounds(), r).excess(least) / trials;
                }
                if (rule != CoresetRule.UNIFORM) {
                    best = Math.min(best, found.excess(least));
                }
            }
            sums[4] += auto.solved(auto.uniform(size, r), r).excess(least) / trials;
            sums[5] += auto.solved(auto.balanced(size, r), r).excess(least) / trials;
            sums[7] += best / trials;
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        out.printf(" | %s cara %.4f bou %.4f imp %.4f uloop %.4f unif %.4f bal %.4f bestR %.4f best %.4f rounds %.1f"
                + " whole %.2fs all %.2fs", name, sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7],
                rounds, whole, seconds);
        Arrays.fill(sums, 0);
    }
}
