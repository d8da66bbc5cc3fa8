package reprise.prob;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
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
    /**
     * Compares two samples.
     *
     * @param x shape [n, d], n at least 2
     * @param y shape [m, d], m at least 2
     * @param exchanges how many random exchanges, at least 1
     * @param rng the randomness
     * @return the distance and its level
     * @throws IllegalArgumentException if a sample is too small or the dimensions differ
     * @cost (n + m)^2 (d + exchanges) operations and (n + m)^2 numbers of memory
     */
    public static EnergyDistance between(Dense x, Dense y, int exchanges, Rng rng) {
        int n = Require.atLeast("rows of x", x.rows(), 2);
        int m = Require.atLeast("rows of y", y.rows(), 2);
        Require.atLeast("exchanges", exchanges, 1);
        Require.shape("y", new int[] {m, y.columns()}, m, x.columns());
        int d = x.columns();
        double[] all = Arrays.copyOf(x.data(), (n + m) * d);
        System.arraycopy(y.data(), 0, all, n * d, m * d);
        float[][] distances = new float[n + m][n + m];
        Tasks.forRange(n + m, i -> {
            for (int j = 0; j < n + m; j++) {
                double square = 0;
                for (int c = 0; c < d; c++) {
                    double step = all[i * d + c] - all[j * d + c];
                    square += step * step;
                }
                distances[i][j] = (float) Math.sqrt(square);
            }
        });
        double[] values = new double[exchanges + 1];
        Tasks.forRange(exchanges + 1, e -> {
            int[] order = new int[n + m];
            Arrays.setAll(order, i -> i);
            values[e] = value(distances, e == 0 ? order : rng.split(e).permutation(n + m), n);
        });
        int above = 0;
        for (double value : values) {
            above += value >= values[0] ? 1 : 0;
        }
        double spread = Moments.of(Arrays.copyOfRange(values, 1, values.length)).standardDeviation();
        return new EnergyDistance(values[0], above / (exchanges + 1.0), spread);
    }

    private static double value(float[][] distances, int[] order, int n) {
        int total = order.length;
        int m = total - n;
        boolean[] first = new boolean[total];
        for (int i = 0; i < n; i++) {
            first[order[i]] = true;
        }
        double within = 0;
        double other = 0;
        double across = 0;
        for (int i = 0; i < total; i++) {
            double same = 0;
            double different = 0;
            for (int j = 0; j < total; j++) {
                if (first[i] == first[j]) {
                    same += distances[i][j];
                } else {
                    different += distances[i][j];
                }
            }
            across += different;
            if (first[i]) {
                within += same;
            } else {
                other += same;
            }
        }
        return across / ((double) n * m) - within / ((double) n * (n - 1)) - other / ((double) m * (m - 1));
    }
}
