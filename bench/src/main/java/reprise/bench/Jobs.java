package reprise.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import reprise.array.Dense;
import reprise.array.Grid;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.density.KernelDensity;
import reprise.dynamics.Dmd;
import reprise.linalg.Blas;
import reprise.linalg.ComplexEigen;
import reprise.linalg.Eigen;
import reprise.linalg.ShiftedMatrix;
import reprise.linalg.Solve;
import reprise.linalg.Svd;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/** Our side of each job: everything that is not timed is done before, and the result is a checksum of the peers' too. */
final class Jobs {
    private static final int POINTS = 20_000;
    private static final double BANDWIDTH = 0.7;

    private Jobs() {}

    /** A name may end in {@code @points/threads}, for the scaling of a job. */
    static DoubleSupplier prepare(String name) {
        if (name.contains("@")) {
            int points = Integer.parseInt(name.substring(name.indexOf('@') + 1, name.indexOf('/')));
            int threads = Integer.parseInt(name.substring(name.indexOf('/') + 1));
            var job = density(Integer.parseInt(name.substring("kde-d".length(), name.indexOf('@'))), points);
            return () -> Tasks.withThreads(threads, job::getAsDouble);
        }
        return switch (name) {
            case "kde-d2" -> density(2, POINTS);
            case "kde-d10" -> density(10, POINTS);
            case "kde-d50" -> density(50, POINTS);
            case "soft-average-d10" -> average(10);
            case "light-bridge" -> LightBridgeJob.prepare();
            case "relu-gd" -> ReluJob.prepare();
            case "normal-fill" -> normals();
            case "lapack-gemm" -> product();
            case "lapack-solve" -> solve();
            case "lapack-eigh" -> symmetric();
            case "lapack-eig" -> general();
            case "lapack-svd" -> singular();
            case "sinkhorn" -> TransportJobs.sinkhorn(4_000, 0.05);
            case "sinkhorn-small-epsilon" -> TransportJobs.sinkhorn(4_000, 0.001);
            case "exact-ot" -> TransportJobs.exact(1_000);
            case "mlp-step" -> TensorJobs.regression();
            case "pinn-step" -> TensorJobs.physicsInformed();
            case "dmd" -> dmd();
            case "resdmd-grid" -> resdmd();
            default -> throw new IllegalArgumentException("there is no job " + name);
        };
    }

    private static DoubleSupplier density(int d, int points) {
        var x = Data.normal(1, points, d);
        var fitted = KernelDensity.gaussian(Data.normal(2, points, d)).bandwidth(BANDWIDTH);
        return () -> Arrays.stream(fitted.logDensity(x)).sum();
    }

    private static DoubleSupplier average(int d) {
        var x = Dense.of("x", Data.normal(1, POINTS * d), POINTS, d);
        var y = Dense.of("y", Data.normal(2, POINTS * d), POINTS, d);
        var weights = new double[POINTS];
        return () -> Arrays.stream(Backends.current()
                        .softSum(x, y, Cost.squaredDistance())
                        .average(weights, 2 * BANDWIDTH * BANDWIDTH, y)
                        .data())
                .map(Math::abs)
                .sum();
    }

    private static DoubleSupplier normals() {
        var values = new double[10_000_000];
        return () -> {
            Rng.of(1).fillNormal(values);
            return 0 * values[values.length - 1];
        };
    }

    private static DoubleSupplier product() {
        var a = square(1, 1500);
        var b = square(2, 1500);
        return () -> Blas.product(a, b).data()[0];
    }

    private static DoubleSupplier solve() {
        var a = square(1, 500);
        var b = new double[500];
        Arrays.setAll(b, i -> square(2, 500).data()[i * 500]);
        return () -> Solve.linear(a, b)[0];
    }

    private static DoubleSupplier symmetric() {
        var a = square(1, 500).data();
        var s = new double[a.length];
        Arrays.setAll(s, i -> (a[i] + a[i % 500 * 500 + i / 500]) / 2);
        var matrix = Dense.of("a", s, 500, 500);
        return () -> Arrays.stream(Eigen.symmetric(matrix).values()).sum();
    }

    private static DoubleSupplier general() {
        var a = square(1, 500);
        return () -> Arrays.stream(ComplexEigen.of(a).values().re()).sum();
    }

    private static DoubleSupplier singular() {
        var a = square(1, 500);
        return () -> Arrays.stream(Svd.of(a).s()).sum();
    }

    /** 400 snapshots of 2 000 coordinates: ten oscillations and noise. */
    private static DoubleSupplier dmd() {
        int d = 2000;
        int m = 400;
        var shapes = Data.normal(1, 20, d);
        var states = Data.normal(2, m * d);
        for (int t = 0; t < m; t++) {
            for (int i = 0; i < d; i++) {
                double sum = 0;
                for (int k = 0; k < 10; k++) {
                    double angle = (0.1 + 0.25 * k) * t;
                    sum += Math.cos(angle) * shapes[2 * k][i] + Math.sin(angle) * shapes[2 * k + 1][i];
                }
                states[t * d + i] = sum + 1e-3 * states[t * d + i];
            }
        }
        var orbit = Dense.of("orbit", states, m, d);
        return () -> Arrays.stream(Dmd.of(orbit).rank(20).fit().eigenvalues().moduli()).sum();
    }

    /** The smallest singular value of [A - z I; B] at 80 x 80 places, n = 300. */
    private static DoubleSupplier resdmd() {
        int n = 300;
        var a = Data.normal(1, n * n);
        var b = Data.normal(2, n * n);
        for (int i = 0; i < a.length; i++) {
            a[i] *= 0.7 / Math.sqrt(n);
            b[i] *= 0.3 / Math.sqrt(n);
        }
        var top = Dense.of("a", a, n, n);
        var bottom = Dense.of("b", b, n, n);
        var side = Grid.linear(-1.5, 1.5, 80);
        return () -> Arrays.stream(ShiftedMatrix.of(top, bottom).grid(side, side)).flatMapToDouble(Arrays::stream).sum();
    }

    private static Dense square(long seed, int n) {
        return Dense.of("a", Data.normal(seed, n * n), n, n);
    }
}
