package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import reprise.array.Dense;

/** LAPACK's test matrices (LAPACK Working Note 41, table 3 of the linear equation tests) and its residual ratios. */
final class Matrices {
    /** LAPACK's own limit for every ratio. */
    static final double THRESHOLD = 30;

    static final double EPS = Math.ulp(1.0);

    enum Kind { RANDOM, DIAGONAL, LOWER, COND_1E4, COND_1E8, COND_1E12, NEAR_UNDERFLOW, NEAR_OVERFLOW }

    private Matrices() {}

    static Stream<Arguments> kindsAndSizes() {
        return Stream.of(Kind.values())
                .flatMap(kind -> IntStream.of(1, 2, 3, 5, 10, 50).mapToObj(n -> Arguments.of(kind, n)));
    }

    static Dense of(Kind kind, int m, int n, long seed) {
        Random random = new Random(seed);
        return switch (kind) {
            case RANDOM -> random(m, n, random);
            case DIAGONAL -> masked(random(m, n, random), (i, j) -> i == j);
            case LOWER -> masked(random(m, n, random), (i, j) -> i >= j);
            case COND_1E4 -> spectrum(m, n, 1e4, random);
            case COND_1E8 -> spectrum(m, n, 1e8, random);
            case COND_1E12 -> spectrum(m, n, 1e12, random);
            case NEAR_UNDERFLOW -> times(random(m, n, random), 1e-290);
            case NEAR_OVERFLOW -> times(random(m, n, random), 1e290);
        };
    }

    static Dense symmetric(Kind kind, int n, long seed) {
        double[] a = of(kind, n, n, seed).data();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[j * n + i] = a[i * n + j];
            }
        }
        return Dense.of("a", a, n, n);
    }

    /** A positive definite matrix with a given condition number and largest eigenvalue 1. */
    static Dense definite(int n, double condition, long seed) {
        Random random = new Random(seed);
        Dense q = orthogonal(n, random);
        return Blas.productABt(Blas.product(q, falling(n, n, condition)), q);
    }

    static Dense random(int m, int n, Random random) {
        double[] a = new double[m * n];
        for (int i = 0; i < a.length; i++) {
            a[i] = 2 * random.nextDouble() - 1;
        }
        return Dense.of("a", a, m, n);
    }

    static Dense times(Dense a, double factor) {
        double[] b = a.data().clone();
        for (int i = 0; i < b.length; i++) {
            b[i] *= factor;
        }
        return Dense.of("a", b, a.rows(), a.columns());
    }

    static Dense minus(Dense a, Dense b) {
        return MatrixFunctions.sum(1, a, -1, b);
    }

    static Dense identity(int n) {
        return Shapes.identity(n);
    }

    /** ||A - B|| / (max(m, n) ||A|| eps). */
    static void assertClose(String what, Dense a, Dense b) {
        double norm = Norms.one(a);
        double ratio = Norms.one(minus(a, b)) / (Math.max(a.rows(), a.columns()) * (norm == 0 ? 1 : norm) * EPS);
        assertTrue(ratio < THRESHOLD, what + ": ratio " + ratio);
    }

    /** ||I - Q'Q|| / (m eps). */
    static void assertOrthonormalColumns(String what, Dense q) {
        double ratio = Norms.one(minus(identity(q.columns()), Blas.productAtB(q, q))) / (q.rows() * EPS);
        assertTrue(ratio < THRESHOLD, what + " orthonormal: ratio " + ratio);
    }

    private interface Keep {
        boolean at(int i, int j);
    }

    private static Dense masked(Dense a, Keep keep) {
        for (int k = 0; k < a.data().length; k++) {
            int i = k / a.columns();
            int j = k % a.columns();
            if (!keep.at(i, j)) {
                a.data()[k] = 0;
            } else if (i == j) {
                // Away from zero: LAPACK's diagonal and triangular types are invertible too.
                a.data()[k] += Math.copySign(1, a.data()[k]);
            }
        }
        return a;
    }

    private static Dense spectrum(int m, int n, double condition, Random random) {
        Dense left = orthogonal(m, random);
        Dense right = orthogonal(n, random);
        return Blas.productABt(Blas.product(left, falling(m, n, condition)), right);
    }

    private static Dense falling(int m, int n, double condition) {
        double[] d = new double[m * n];
        int k = Math.min(m, n);
        for (int i = 0; i < k; i++) {
            d[i * n + i] = k == 1 ? 1 : Math.pow(condition, -(double) i / (k - 1));
        }
        return Dense.of("d", d, m, n);
    }

    static Dense orthogonal(int n, Random random) {
        return Qr.of(random(n, n, random)).q();
    }
}
