package reprise.plot;

import java.util.Arrays;
import java.util.List;
import reprise.array.Require;

/** What a figure shows, as data; {@link Painter} knows how each kind looks. Arrays are owned, never changed. */
sealed interface Mark {
    /** What the legend says; marks of one name share colour and entry, an empty name has none. */
    String name();

    /** The values that the horizontal axis must cover. */
    double[] xs();

    /** The values that the vertical axis must cover. */
    double[] ys();

    /** Whether the vertical axis should begin at zero when it is linear. */
    default boolean standsOnZero() {
        return false;
    }

    record Curve(String name, double[] xs, double[] ys) implements Mark {}

    /** Single points; {@code error} is empty, or the half length of each error bar. */
    record Dots(String name, double[] xs, double[] y, double[] error) implements Mark {
        @Override
        public double[] ys() {
            double[] reach = Arrays.copyOf(y, y.length + 2 * error.length);
            for (int i = 0; i < error.length; i++) {
                reach[y.length + 2 * i] = y[i] + error[i];
                // A bar that reaches below zero ends at the border of a logarithmic axis.
                reach[y.length + 2 * i + 1] = y[i] > 0 && y[i] - error[i] <= 0 ? y[i] : y[i] - error[i];
            }
            return reach;
        }
    }

    record Band(String name, double[] xs, double[] low, double[] high) implements Mark {
        @Override
        public double[] ys() {
            return join(low, high);
        }
    }

    /** Adjoining bars from zero, edges[i] to edges[i + 1]. */
    record Histogram(String name, double[] xs, double[] ys) implements Mark {
        static Histogram of(String name, double[] values, int bins) {
            double low = Arrays.stream(values).min().orElseThrow();
            double high = Arrays.stream(values).max().orElseThrow();
            double spare = high > low ? 0 : Math.max(0.5, Math.abs(low) * 1e-3);
            double width = (high - low + 2 * spare) / bins;
            double[] edges = new double[bins + 1];
            double[] height = new double[bins];
            for (int i = 0; i <= bins; i++) {
                edges[i] = low - spare + i * width;
            }
            for (double v : values) {
                height[(int) Math.min(bins - 1, (v - edges[0]) / width)] += 1 / (values.length * width);
            }
            return new Histogram(name, edges, height);
        }

        @Override
        public boolean standsOnZero() {
            return true;
        }
    }

    /** One bar for each category, beside those of the other marks of this kind. */
    record Bars(String name, List<String> categories, double[] ys) implements Mark {
        @Override
        public double[] xs() {
            return new double[] {-0.5, ys.length - 0.5};
        }

        @Override
        public boolean standsOnZero() {
            return true;
        }
    }

    /** z[i][j] is the value at (xs[j], ys[i]); {@code label} names the colour bar. */
    record Heat(String label, double[] xs, double[] ys, double[][] z) implements Mark {
        static Heat of(String label, double[] x, double[] y, double[][] z) {
            Require.shape("rows of z", new int[] {z.length}, y.length);
            double[][] rows = new double[z.length][];
            for (int i = 0; i < z.length; i++) {
                Require.shape("z[" + i + "]", new int[] {z[i].length}, x.length);
                rows[i] = z[i].clone();
            }
            return new Heat(label, Checks.ascending("x", Checks.copy(label, "x", x)),
                    Checks.ascending("y", Checks.copy(label, "y", y)), rows);
        }

        @Override
        public String name() {
            return "";
        }

        double[] values() {
            return Arrays.stream(z).flatMapToDouble(Arrays::stream).toArray();
        }
    }

    /** A straight reference line across the whole plot. */
    record Rule(String name, double at, boolean vertical) implements Mark {
        @Override
        public double[] xs() {
            return vertical ? new double[] {at} : new double[0];
        }

        @Override
        public double[] ys() {
            return vertical ? new double[0] : new double[] {at};
        }
    }

    private static double[] join(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
