package reprise.linalg;

import java.util.Locale;
import java.util.Random;
import reprise.array.Dense;

/** Prints the best times of the jobs that the bench compares with SciPy. Run by hand; no test. */
final class LinalgTimings {
    private LinalgTimings() {}

    public static void main(String[] args) {
        Random random = new Random(1);
        Dense g = Matrices.random(500, 500, random);
        Dense s = Matrices.symmetric(Matrices.Kind.RANDOM, 500, 1);
        Dense spd = Matrices.definite(500, 100, 1);
        Dense large = Matrices.random(1500, 1500, random);
        Dense other = Matrices.random(1500, 1500, random);
        Dense tall = Matrices.random(2000, 400, random);
        double[] b = Matrices.random(500, 1, random).data();
        time("gemm 1500", () -> Blas.product(large, other));
        time("gemm 500", () -> Blas.product(g, g));
        time("syrk 2000x400", () -> Blas.gramOfColumns(tall));
        time("solve 500", () -> Solve.linear(g, b));
        time("cholesky 500", () -> Cholesky.of(spd));
        time("eigh 500", () -> Eigen.symmetric(s));
        time("eigh values 500", () -> Eigen.symmetricValues(s));
        time("eig 500", () -> ComplexEigen.of(g));
        time("svd 500", () -> Svd.of(g));
        time("svd 2000x400", () -> Svd.of(tall));
        time("qr 500", () -> Qr.of(g));
        time("lstsq 2000x400", () -> LeastSquares.of(tall, Blas.product(tall, Dense.of("x", new double[400], 400, 1))));
        time("schur 500", () -> Schur.of(g));
        time("expm 500", () -> MatrixFunctions.exponential(g));
        for (int n : new int[] {2, 10, 30, 100, 200, 300, 800, 1000, 1200}) {
            Dense a = Matrices.random(n, n, random);
            Dense sym = Matrices.symmetric(Matrices.Kind.RANDOM, n, 1);
            double[] x = new double[n];
            time("solve " + n, () -> Solve.linear(a, x));
            time("eigh " + n, () -> Eigen.symmetric(sym));
            time("product " + n, () -> Blas.product(a, a));
            time("product with vector " + n, () -> Blas.product(a, x));
        }
    }

    private static void time(String job, Runnable work) {
        double best = Double.MAX_VALUE;
        long end = System.nanoTime() + 400_000_000L;
        int rounds = 0;
        while (rounds++ < 4 || System.nanoTime() < end) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        System.out.printf(Locale.ROOT, "%-26s %10.4f ms%n", job, best);
    }
}
