package reprise.bench;

import java.util.Arrays;
import java.util.Locale;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.parallel.Tasks;

/** The machine's rates, measured now: the limits of the jobs are computed from them. */
final class Rates {
    private Rates() {}

    static String measured() {
        return String.format(
                Locale.ROOT,
                "{\"threads\": %d, \"fmaSeconds\": %s, \"expSeconds\": %s, \"gemmFlops\": %s, \"writeBytes\": %s}",
                Tasks.threads(),
                VectorRates.fma(),
                VectorRates.exp(),
                gemm(),
                write());
    }

    /** Floating-point operations a second of a large matrix product, all cores. */
    private static double gemm() {
        int n = 1500;
        var a = Dense.of("a", Data.normal(1, n * n), n, n);
        var b = Dense.of("b", Data.normal(2, n * n), n, n);
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 8; round++) {
            long started = System.nanoTime();
            Blas.product(a, b);
            best = Math.min(best, (System.nanoTime() - started) * 1e-9);
        }
        return 2.0 * n * n * n / best;
    }

    /** Bytes a second that all cores write to memory. */
    private static double write() {
        int block = 1 << 20;
        var memory = new double[64][block];
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < 8; round++) {
            double value = round;
            long started = System.nanoTime();
            Tasks.forRange(memory.length, i -> Arrays.fill(memory[i], value));
            best = Math.min(best, (System.nanoTime() - started) * 1e-9);
        }
        return memory.length * 8.0 * block / best;
    }
}
