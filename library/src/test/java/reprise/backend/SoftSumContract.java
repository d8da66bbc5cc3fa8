package reprise.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.parallel.Interrupted;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/**
 * What every provider owes, against a double loop.
 *
 * <p>Tolerance: a term's exponent t has a relative error of about (d + 4) roundings of the parts it is made of, so that
 * a log sum may be off by 1e-12 + 4e-15 |t|; averages of values of size 1 likewise.
 */
public interface SoftSumContract {
    Backend backend();

    /**
     * How far a log sum may be off, and a quarter of how far an average of values up to 1.
     *
     * @param exponent the size of the largest exponent that matters
     */
    default double tolerance(double exponent) {
        return 1e-12 + 4e-15 * exponent;
    }

    /** The costs, with queries and points of about unit size. */
    enum Kind {
        SQUARED(Cost.squaredDistance()),
        INNER(Cost.innerProduct()),
        DISTANCE(Cost.distance()),
        GENERAL(Cost.of((x, y) -> {
            double sum = 0;
            for (int k = 0; k < x.length; k++) {
                sum += Math.abs(x[k] - y[k]);
            }
            return sum;
        }));

        final Cost cost;

        Kind(Cost cost) {
            this.cost = cost;
        }

        double between(double[] x, double[] y) {
            if (this == GENERAL) {
                return ((Cost.General) cost).pair().between(x, y);
            }
            double sum = 0;
            for (int k = 0; k < x.length; k++) {
                sum += this == INNER ? -x[k] * y[k] : (x[k] - y[k]) * (x[k] - y[k]);
            }
            return this == DISTANCE ? Math.sqrt(sum) : sum;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 127, 128, 129, 300})
    default void agreesWithADoubleLoopAtSizesAroundLanesAndTiles(int size) {
        for (var kind : Kind.values()) {
            check(kind, points(size, 3, "x"), points(130, 3, "y"), 0.7, 1);
            check(kind, points(17, 3, "x"), points(size, 3, "y"), 0.7, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 50, 1000})
    default void agreesWithADoubleLoopInAnyDimension(int d) {
        for (var kind : Kind.values()) {
            check(kind, points(19, d, "x"), points(140, d, "y"), d, Math.min(d, 9));
        }
    }

    /** Bandwidths down to 1e-6 give exponents of 1e13; log densities near -1e5 lie between. */
    @ParameterizedTest
    @ValueSource(doubles = {1e6, 1, 1e-2, 1e-4, 1e-5, 1e-8, 2e-12, 1e-14, 1e-18, 1e-40})
    default void staysExactForExtremeExponents(double eps) {
        check(Kind.SQUARED, points(20, 3, "x"), points(300, 3, "y"), eps, 2);
        check(Kind.INNER, points(20, 3, "x"), points(300, 3, "y"), eps, 2);
    }

    @Test
    default void keepsSmallDistancesFarFromTheOrigin() {
        var near = points(40, 2, "near");
        double[] x = near.data().clone();
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = 1000 + x[i] * 1e-5;
            y[i] = x[i] + 1e-6 * Math.cos(i);
        }
        check(Kind.SQUARED, Dense.of("x", x, 40, 2), Dense.of("y", y, 40, 2), 2e-12, 2);
    }

    /** The largest term comes last, 2^100 000 times the first, so that every sum has to be scaled down. */
    @Test
    default void growsItsMaximumAsPointsStreamPast() {
        double[] y = new double[5000];
        Arrays.setAll(y, j -> 300 - 0.0598 * j);
        check(Kind.SQUARED, Dense.of("x", new double[] {0, 1, 250}, 3, 1), Dense.of("y", y, 5000, 1), 1, 1);
        check(Kind.SQUARED, Dense.of("x", new double[] {0, 1, 250}, 3, 1), Dense.of("y", y, 5000, 1), 100, 1);
        check(Kind.SQUARED, Dense.of("x", new double[] {0, 1, 250}, 3, 1), Dense.of("y", y, 5000, 1), 10_000, 1);
    }

    @Test
    default void countsDuplicatedPointsOnceEach() {
        var one = Dense.of("y", new double[] {0.3, -1}, 1, 2);
        double[] copies = new double[400];
        Arrays.setAll(copies, i -> one.data()[i % 2]);
        var x = points(5, 2, "x");
        double[] single = sums(x, one, Kind.SQUARED).logSum(new double[1], 1);
        double[] many = sums(x, Dense.of("y", copies, 200, 2), Kind.SQUARED).logSum(new double[200], 1);
        for (int i = 0; i < 5; i++) {
            assertEquals(single[i] + Math.log(200), many[i], tolerance(0) / 10);
        }
    }

    @Test
    default void leavesOutPointsOfWeightMinusInfinity() {
        var x = points(9, 2, "x");
        var y = points(300, 2, "y");
        double[] w = new double[300];
        Arrays.fill(w, 0, 299, Double.NEGATIVE_INFINITY);
        double[] last = Arrays.copyOfRange(y.data(), 598, 600);
        double[] alone = sums(x, Dense.of("y", last, 1, 2), Kind.SQUARED).logSum(new double[1], 0.1);
        assertArrayEquals(alone, sums(x, y, Kind.SQUARED).logSum(w, 0.1), tolerance(0));
        var mean = sums(x, y, Kind.SQUARED).average(w, 0.1, y);
        for (int i = 0; i < 9; i++) {
            assertEquals(last[0], mean.data()[2 * i], tolerance(0) / 1000);
        }
    }

    @Test
    default void givesTheSameBitsOnAnyNumberOfThreads() {
        var x = points(333, 5, "x");
        var y = points(257, 5, "y");
        double[] w = weights(257);
        for (var kind : Kind.values()) {
            var sums = sums(x, y, kind);
            double[] one = Tasks.withThreads(1, () -> sums.logSum(w, 0.5));
            double[] oneMean = Tasks.withThreads(1, () -> sums.average(w, 0.5, y)).data();
            for (int threads : new int[] {2, 5}) {
                assertArrayEquals(one, Tasks.withThreads(threads, () -> sums.logSum(w, 0.5)));
                assertArrayEquals(oneMean, Tasks.withThreads(threads, () -> sums.average(w, 0.5, y)).data());
            }
        }
    }

    @Test
    default void stopsWithin50MillisWhenInterrupted() throws Exception {
        var sums = sums(points(60_000, 8, "x"), points(20_000, 8, "y"), Kind.SQUARED);
        long best = Long.MAX_VALUE;
        for (int repeat = 0; repeat < 5 && best > 50; repeat++) {
            var outcome = new AtomicReference<Throwable>();
            var thread = new Thread(() -> {
                try {
                    sums.logSum(new double[20_000], 1);
                } catch (Throwable e) {
                    outcome.set(e);
                }
            });
            thread.start();
            Thread.sleep(100);
            long asked = System.nanoTime();
            thread.interrupt();
            thread.join(20_000);
            best = Math.min(best, (System.nanoTime() - asked) / 1_000_000);
            assertTrue(outcome.get() instanceof Interrupted, "threw " + outcome.get());
        }
        assertTrue(best <= 50, "took " + best + " ms to stop");
    }

    @Test
    default void refusesBadInputByName() {
        var x = points(3, 2, "x");
        var sums = sums(x, x, Kind.SQUARED);
        double[] w = new double[3];
        double inf = Double.POSITIVE_INFINITY;
        for (double eps : new double[] {0, -1, Double.NaN, inf}) {
            assertThrows(IllegalArgumentException.class, () -> sums.logSum(w, eps));
            assertThrows(IllegalArgumentException.class, () -> sums.average(w, eps, x));
        }
        for (double[] bad : new double[][] {{}, {0, 0}, {0, Double.NaN, 0}, {0, inf, 0}, {-inf, -inf, -inf}}) {
            assertThrows(IllegalArgumentException.class, () -> sums.logSum(bad, 1));
        }
        assertThrows(IllegalArgumentException.class, () -> sums.average(w, 1, points(4, 2, "v")));
        var e = assertThrows(IllegalArgumentException.class, () -> sums(points(3, 5, "x"), x, Kind.SQUARED));
        assertEquals("x must be of shape [3, 2], was [3, 5]", e.getMessage());
    }

    private SoftSum sums(Dense x, Dense y, Kind kind) {
        return backend().softSum(x, y, kind.cost);
    }

    private void check(Kind kind, Dense x, Dense y, double eps, int columns) {
        int m = y.rows();
        double[] w = weights(m);
        double[] v = new double[m * columns];
        Arrays.setAll(v, i -> Math.cos(i));
        var values = Dense.of("v", v, m, columns);
        double[] logSum = sums(x, y, kind).logSum(w, eps);
        double[] mean = sums(x, y, kind).average(w, eps, values).data();
        double[] t = new double[m];
        for (int i = 0; i < x.rows(); i++) {
            double size = 0;
            for (int j = 0; j < m; j++) {
                t[j] = w[j] - kind.between(row(x, i), row(y, j)) / eps;
            }
            double top = Arrays.stream(t).max().orElseThrow();
            double sum = Arrays.stream(t).map(s -> Math.exp(s - top)).sum();
            for (int j = 0; j < m; j++) {
                // Only exponents near the largest matter; their size sets the rounding.
                size = Math.max(size, t[j] >= top - 50 ? Math.abs(t[j]) : 0);
            }
            if (kind == Kind.INNER) {
                size = Math.max(size, norm(x) * norm(y) / eps);
            }
            double tolerance = tolerance(size);
            assertEquals(top + Math.log(sum), logSum[i], tolerance, kind + " log sum of row " + i);
            for (int c = 0; c < columns && tolerance < 2e-3; c++) {
                double expected = 0;
                for (int j = 0; j < m; j++) {
                    expected += Math.exp(t[j] - top) / sum * v[j * columns + c];
                }
                assertEquals(expected, mean[i * columns + c], 4 * tolerance, kind + " mean of row " + i);
            }
        }
    }

    private static double norm(Dense x) {
        double most = 0;
        for (int i = 0; i < x.rows(); i++) {
            most = Math.max(most, Math.sqrt(Arrays.stream(row(x, i)).map(a -> a * a).sum()));
        }
        return most;
    }

    private static double[] row(Dense x, int i) {
        return Arrays.copyOfRange(x.data(), i * x.columns(), (i + 1) * x.columns());
    }

    private static double[] weights(int m) {
        double[] w = new double[m];
        Arrays.setAll(w, j -> Math.sin(3 * j));
        return w;
    }

    private static Dense points(int n, int d, String name) {
        return Rng.of(1).split(name).normal(n, d);
    }
}
