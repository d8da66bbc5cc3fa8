package reprise.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/** What every provider's matrix scaling must do: the same as two soft sums. */
public interface ScalingContract {
    Backend backend();

    /** Relative to the potentials in units of eps, whose rounding the exponents inherit. */
    double TOLERANCE = 1e-13;

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 0.5", "2, 3, 1, 0.01", "8, 64, 2, 0.05", "9, 65, 2, 0.05", "7, 63, 3, 0.1", "130, 70, 2, 0.001",
        "70, 130, 2, 0.0003", "200, 300, 5, 0.05", "100, 90, 50, 1", "150, 150, 1, 0.0001", "300, 40, 2, 3"})
    default void movesPotentialsAsTwoSoftSumsDo(int n, int m, int d, double eps) {
        var x = Rng.of(1).split(n).normal(n, d);
        var y = shifted(Rng.of(2).split(m).normal(m, d), 0.5);
        for (double factor : new double[] {1, 1.5}) {
            agree(x, y, weights(n, 0.3), weights(m, 0.6), eps, factor, 60);
        }
    }

    /** Far clusters: rows and columns whose sums are tiny until mass has been moved across. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 0.05, 0.002})
    default void followsMassAcrossAGap(double eps) {
        var x = Rng.of(3).normal(90, 2);
        var y = Rng.of(4).normal(150, 2);
        double[] moved = y.data().clone();
        for (int i = 0; i < 100; i++) {
            moved[i] += 8;
        }
        agree(x, Dense.of("y", moved, 150, 2), weights(90, 0), weights(150, 0), eps, 1, 80);
    }

    @Test
    default void takesAwayACommonOffset() {
        var x = Rng.of(5).normal(40, 2);
        var y = Rng.of(6).normal(70, 2);
        double[][] here = run(backend(), x, y, 0.05);
        double[][] there = run(backend(), shifted(x, 1024), shifted(y, 1024), 0.05);
        assertArrayEquals(here[0], there[0], 1e-10);
        assertArrayEquals(here[1], there[1], 1e-10);
    }

    /** A target without weight has a potential; a source of tiny weight too. */
    @Test
    default void countsWeightsOfNothingAndNextToNothing() {
        var x = Rng.of(7).normal(50, 2);
        var y = Rng.of(8).normal(80, 2);
        double[] a = weights(50, 0.2);
        double[] b = weights(80, 0.2);
        b[3] = Double.NEGATIVE_INFINITY;
        a[7] = -300;
        agree(x, y, a, b, 0.1, 1, 50);
        a[7] = Double.NEGATIVE_INFINITY;
        agree(x, y, a, b, 0.1, 1, 50);
    }

    @Test
    default void copiesOfOnePointShareTheMass() {
        double[] same = new double[2 * 100];
        Arrays.fill(same, 0.3);
        agree(Dense.of("x", same, 100, 2), Rng.of(9).normal(33, 2), weights(100, 0), weights(33, 0), 0.02, 1, 30);
    }

    @Test
    default void movesByTheSameBitsOnAnyNumberOfThreads() {
        var x = Rng.of(10).normal(400, 2);
        var y = Rng.of(11).normal(500, 2);
        double[][] one = Tasks.withThreads(1, () -> run(backend(), x, y, 0.01));
        double[][] five = Tasks.withThreads(5, () -> run(backend(), x, y, 0.01));
        assertArrayEquals(one[0], five[0]);
        assertArrayEquals(one[1], five[1]);
    }

    /** Softness and potentials may change between updates, as annealing and Newton's method do. */
    @Test
    default void startsAgainFromOtherPotentials() {
        var x = Rng.of(12).normal(60, 2);
        var y = Rng.of(13).normal(60, 2);
        double[] equal = weights(60, 0);
        var scaling = backend().scaling(x, y, Cost.squaredDistance(), equal, equal);
        var reference = reference(x, y, equal, equal);
        double[][] ours = {new double[60], new double[60]};
        double[][] theirs = {new double[60], new double[60]};
        for (double eps : new double[] {4, 1, 0.1, 1e-2, 1e-3, 1}) {
            for (int k = 0; k < 5; k++) {
                scaling.update(ours[0], ours[1], eps, 1);
                reference.update(theirs[0], theirs[1], eps, 1);
            }
            double[] other = Rng.of(14).split(1).normal(60, 1).data();
            for (int i = 0; i < 60; i++) {
                assertEquals(theirs[0][i], ours[0][i], 1e-11);
                ours[1][i] += 3 * other[i];
                theirs[1][i] = ours[1][i];
                ours[0][i] = theirs[0][i];
            }
        }
    }

    @Test
    default void refusesWhatItCannotUse() {
        var x = Rng.of(15).normal(4, 2);
        double[] equal = weights(4, 0);
        var scaling = backend().scaling(x, x, Cost.squaredDistance(), equal, equal);
        assertThrows(IllegalArgumentException.class, () -> scaling.update(new double[3], new double[4], 1, 1));
        assertThrows(IllegalArgumentException.class, () -> scaling.update(new double[4], new double[5], 1, 1));
        assertThrows(IllegalArgumentException.class, () -> scaling.update(new double[4], new double[4], 0, 1));
        assertThrows(IllegalArgumentException.class,
                () -> backend().scaling(x, Rng.of(1).normal(4, 3), Cost.squaredDistance(), equal, equal));
    }

    private void agree(Dense x, Dense y, double[] logA, double[] logB, double eps, double factor, int updates) {
        var scaling = backend().scaling(x, y, Cost.squaredDistance(), logA, logB);
        var reference = reference(x, y, logA, logB);
        double[][] ours = {new double[x.rows()], new double[y.rows()]};
        double[][] theirs = {new double[x.rows()], new double[y.rows()]};
        for (int k = 0; k < updates; k++) {
            double error = scaling.update(ours[0], ours[1], eps, factor);
            double expected = reference.update(theirs[0], theirs[1], eps, factor);
            for (int side = 0; side < 2; side++) {
                double bits = Arrays.stream(theirs[side]).map(Math::abs).max().orElse(0) / eps;
                assertArrayEquals(theirs[side], ours[side], TOLERANCE * eps * (100 + bits) * (k + 1), "update " + k);
            }
            assertEquals(expected, error, 1e-8 * (1 + expected), "update " + k);
        }
    }

    private static double[][] run(Backend backend, Dense x, Dense y, double eps) {
        double[][] potentials = {new double[x.rows()], new double[y.rows()]};
        var scaling = backend.scaling(x, y, Cost.squaredDistance(), weights(x.rows(), 0), weights(y.rows(), 0));
        for (int k = 0; k < 30; k++) {
            scaling.update(potentials[0], potentials[1], eps, 1);
        }
        return potentials;
    }

    /** Row by row with {@code Math.exp}, from the general cost's path. */
    private static Scaling reference(Dense x, Dense y, double[] logA, double[] logB) {
        var cost = Cost.of((from, to) -> {
            double sum = 0;
            for (int k = 0; k < from.length; k++) {
                sum += (from[k] - to[k]) * (from[k] - to[k]);
            }
            return sum;
        });
        return new reprise.backend.cpu.CpuBackend().scaling(x, y, cost, logA, logB);
    }

    /** Logarithms of weights that differ by a factor of about e^(2 spread). */
    private static double[] weights(int n, double spread) {
        double[] w = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            w[i] = Math.exp(spread * Math.sin(i));
            sum += w[i];
        }
        for (int i = 0; i < n; i++) {
            w[i] = Math.log(w[i] / sum);
        }
        return w;
    }

    private static Dense shifted(Dense points, double by) {
        return Dense.of("shifted", Arrays.stream(points.data()).map(v -> v + by).toArray(), points.rows(),
                points.columns());
    }
}
