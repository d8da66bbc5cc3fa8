package reprise.backend;

import java.util.Arrays;
import reprise.array.Require;

/** Matrix scaling by two soft sums an update: any cost, any exponents. */
final class AlternatingSums implements Scaling {
    private final LogSums overTargets;
    private final LogSums overSources;
    private final double[] logA;
    private final double[] logB;

    AlternatingSums(LogSums overTargets, LogSums overSources, double[] logA, double[] logB) {
        this.overTargets = overTargets;
        this.overSources = overSources;
        this.logA = logA.clone();
        this.logB = logB.clone();
    }

    @Override
    public double update(double[] f, double[] g, double eps, double factor) {
        Require.shape("f", new int[] {f.length}, logA.length);
        Require.shape("g", new int[] {g.length}, logB.length);
        double[] rows = overTargets.of(exponents(logB, g, eps), eps);
        double error = 0;
        for (int i = 0; i < f.length; i++) {
            double target = -eps * rows[i];
            error += Math.abs(Math.exp(logA[i]) * Math.expm1((f[i] - target) / eps));
            f[i] += factor * (target - f[i]);
        }
        double[] columns = overSources.of(exponents(logA, f, eps), eps);
        for (int j = 0; j < g.length; j++) {
            g[j] += factor * (-eps * columns[j] - g[j]);
        }
        return error;
    }

    private static double[] exponents(double[] logWeights, double[] potential, double eps) {
        var out = new double[potential.length];
        Arrays.setAll(out, i -> logWeights[i] + potential[i] / eps);
        return out;
    }
}
