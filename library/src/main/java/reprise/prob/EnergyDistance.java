package reprise.prob;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.parallel.Tasks;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Whether two samples come from one distribution, for vectors: 2 E|x - y| - E|x - x'| - E|y - y'|, which is 0 only if
 * they do, with its chance under exchange of the points.
 *
 * <pre>{@code
 * EnergyDistance test = EnergyDistance.between(x, y, 200, Rng.of(1));
 * boolean alike = test.level() > 0.01;
 * }</pre>
 *
 * @param value the unbiased estimate; its mean is 0 between samples of one distribution, so it is often negative
 * @param level the share of exchanges whose value is at least this, with the sample itself counted: from
 *     1 / (exchanges + 1) to 1, and uniform if both come from one distribution
 * @param spread the standard deviation of the value under exchange
 */
@Source(text = "Szekely and Rizzo, Energy statistics: a class of statistics based on distances, 2013", at = "Section 5")
public record EnergyDistance(double value, double level, double spread) {
    /** Rows of distances that are there at a time. */
    private static final int BLOCK = 256;

    /**
     * Compares two samples.
     *
     * @param x shape [n, d], n at least 2
     * @param y shape [m, d], m at least 2
     * @param exchanges how many random exchanges, at least 1
     * @param rng the randomness
     * @return the distance and its level
     * @throws IllegalArgumentException if a sample is too small or the dimensions differ
     * @cost (n + m)^2 (3 d + 2 exchanges) operations, most of them dgemm; (n + m) (exchanges + 256) numbers of memory
     */
    public static EnergyDistance between(Dense x, Dense y, int exchanges, Rng rng) {
        int n = Require.atLeast("rows of x", x.rows(), 2);
        int m = Require.atLeast("rows of y", y.rows(), 2);
        Require.atLeast("exchanges", exchanges, 1);
        Require.shape("y", new int[] {m, y.columns()}, m, x.columns());
        int d = x.columns();
        double[] all = Arrays.copyOf(x.data(), (n + m) * d);
        System.arraycopy(y.data(), 0, all, n * d, m * d);
        double[] values = values(all, d, n, m, members(n, m, exchanges, rng));
        int above = 0;
        for (double value : values) {
            above += value >= values[0] ? 1 : 0;
        }
        double spread = Moments.of(Arrays.copyOfRange(values, 1, values.length)).standardDeviation();
        return new EnergyDistance(values[0], above / (exchanges + 1.0), spread);
    }

    /** 1 in row i and column e if point i belongs to the first sample in exchange e; column 0 is without exchange. */
    private static Dense members(int n, int m, int exchanges, Rng rng) {
        int columns = exchanges + 1;
        double[] members = new double[Math.multiplyExact(n + m, columns)];
        for (int e = 0; e < columns; e++) {
            int[] order = e == 0 ? new int[0] : rng.split(e).permutation(n + m);
            for (int i = 0; i < n; i++) {
                members[(e == 0 ? i : order[i]) * columns + e] = 1;
            }
        }
        return Dense.of("members", members, n + m, columns);
    }

    /**
     * With the distances D and the members a, a.Da is the sum within the first sample; that of D's rows there and the
     * sum of all of D give the others. So all exchanges are one product of matrices, a block of rows at a time.
     */
    private static double[] values(double[] all, int d, int n, int m, Dense members) {
        int total = n + m;
        int columns = members.columns();
        double[] within = new double[columns];
        double[] rows = new double[columns];
        double sum = 0;
        for (int from = 0; from < total; from += BLOCK) {
            int first = from;
            int count = Math.min(BLOCK, total - from);
            double[] distances = new double[Math.multiplyExact(count, total)];
            Tasks.forRange(count, i -> distances(all, d, first + i, distances, i * total));
            double[] sums = Blas.product(Dense.of("distances", distances, count, total), members).data();
            for (int i = 0; i < count; i++) {
                double row = 0;
                for (int j = 0; j < total; j++) {
                    row += distances[i * total + j];
                }
                sum += row;
                for (int e = 0; e < columns; e++) {
                    double member = members.data()[(from + i) * columns + e];
                    within[e] += member * sums[i * columns + e];
                    rows[e] += member * row;
                }
            }
        }
        double[] values = new double[columns];
        for (int e = 0; e < columns; e++) {
            values[e] = 2 * (rows[e] - within[e]) / ((double) n * m) - within[e] / ((double) n * (n - 1))
                    - (sum - 2 * rows[e] + within[e]) / ((double) m * (m - 1));
        }
        return values;
    }

    private static void distances(double[] all, int d, int i, double[] row, int at) {
        for (int j = 0; j < all.length / d; j++) {
            double square = 0;
            for (int c = 0; c < d; c++) {
                double step = all[i * d + c] - all[j * d + c];
                square += step * step;
            }
            row[at + j] = Math.sqrt(square);
        }
    }
}
