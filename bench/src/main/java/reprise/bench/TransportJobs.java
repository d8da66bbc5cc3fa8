package reprise.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import reprise.array.Dense;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.transport.ExactTransport;

/** Optimal transport between a normal cloud and a shifted, wider one. */
final class TransportJobs {
    private static final int ITERATIONS = 100;

    private TransportJobs() {}

    /** Plain updates of both potentials from zero, in the log domain; the checksum is the sources' mean potential. */
    static DoubleSupplier sinkhorn(int n, double eps) {
        Dense x = cloud(1, n, 0, 1);
        Dense y = cloud(2, n, 1, 1.5);
        double[] equal = new double[n];
        Arrays.fill(equal, -Math.log(n));
        return () -> {
            var scaling = Backends.current().scaling(x, y, Cost.squaredDistance(), equal, equal);
            double[] f = new double[n];
            double[] g = new double[n];
            for (int k = 0; k < ITERATIONS; k++) {
                scaling.update(f, g, eps, 1);
            }
            return Arrays.stream(f).sum() / n;
        };
    }

    static DoubleSupplier exact(int n) {
        double[][] x = cloud(1, n, 0, 1).toRows();
        double[][] y = cloud(2, n, 1, 1.5).toRows();
        var costs = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double first = x[i][0] - y[j][0];
                double second = x[i][1] - y[j][1];
                costs[i][j] = first * first + second * second;
            }
        }
        var problem = ExactTransport.costs(costs);
        return () -> problem.solve().cost();
    }

    private static Dense cloud(int seed, int n, double shift, double width) {
        double[] values = Data.normal(seed, 2 * n);
        Arrays.setAll(values, i -> shift + width * values[i]);
        return Dense.of("cloud", values, n, 2);
    }
}
