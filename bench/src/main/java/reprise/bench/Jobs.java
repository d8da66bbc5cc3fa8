package reprise.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import reprise.array.Dense;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.density.KernelDensity;
import reprise.linalg.Blas;
import reprise.linalg.ComplexEigen;
import reprise.linalg.Eigen;
import reprise.linalg.Solve;
import reprise.linalg.Svd;
import reprise.random.Rng;

/** Our side of each job: everything that is not timed is done before, and the result is a checksum of the peers' too. */
final class Jobs {
    private static final int POINTS = 20_000;
    private static final double BANDWIDTH = 0.7;

    private Jobs() {}

    static DoubleSupplier prepare(String name) {
        return switch (name) {
            case "kde-d2" -> density(2);
            case "kde-d10" -> density(10);
            case "kde-d50" -> density(50);
            case "soft-average-d10" -> average(10);
            case "light-bridge" -> LightBridgeJob.prepare();
            case "normal-fill" -> normals();
            case "lapack-gemm" -> product();
            case "lapack-solve" -> solve();
            case "lapack-eigh" -> symmetric();
            case "lapack-eig" -> general();
            case "lapack-svd" -> singular();
            default -> throw new IllegalArgumentException("there is no job " + name);
        };
    }

    private static DoubleSupplier density(int d) {
        var x = Data.normal(1, POINTS, d);
        var fitted = KernelDensity.gaussian(Data.normal(2, POINTS, d)).bandwidth(BANDWIDTH);
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

    private static Dense square(long seed, int n) {
        return Dense.of("a", Data.normal(seed, n * n), n, n);
    }
}
