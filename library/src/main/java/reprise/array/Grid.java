package reprise.array;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Evenly spaced values, and a function on them: what a sweep runs over and a curve is drawn on.
 *
 * <pre>{@code
 * double[] h = Grid.logarithmic(0.1, 10, 41);
 * double[] bias = Grid.map(h, v -> v * v);
 * }</pre>
 */
public final class Grid {
    private Grid() {}

    /**
     * Values with equal differences.
     *
     * @param low the first, finite
     * @param high the last, above {@code low}, finite
     * @param count how many, at least 2
     * @return ascending; both ends exact
     * @throws IllegalArgumentException if the ends are not ascending or the count is below 2
     */
    public static double[] linear(double low, double high, int count) {
        Require.atLeast("count", count, 2);
        Require.finite("low", low);
        Require.finite("high", high);
        Require.positive("high - low", high - low);
        var values = new double[count];
        Arrays.setAll(values, i -> low + (high - low) * i / (count - 1));
        values[count - 1] = high;
        return values;
    }

    /**
     * Values with equal ratios.
     *
     * @param low the first, above 0
     * @param high the last, above {@code low}, finite
     * @param count how many, at least 2
     * @return ascending; both ends exact
     * @throws IllegalArgumentException if an end is not positive, they are not ascending, or the count is below 2
     */
    public static double[] logarithmic(double low, double high, int count) {
        var values = linear(Math.log(Require.positive("low", low)), Math.log(Require.positive("high", high)), count);
        Arrays.setAll(values, i -> Math.exp(values[i]));
        values[0] = low;
        values[count - 1] = high;
        return values;
    }

    /**
     * A function at every value.
     *
     * @param values where
     * @param function of one value
     * @return {@code function(values[i])}, a new array of the same length
     */
    public static double[] map(double[] values, DoubleUnaryOperator function) {
        return Arrays.stream(values).map(function).toArray();
    }

    /**
     * Where a sampled function is least.
     *
     * @param values where it was sampled, at least one
     * @param function its values there, of the same length; a NaN is passed over
     * @return the first value at which no other sample is lower
     * @throws IllegalArgumentException if the lengths differ, there is no value, or all are NaN
     */
    public static double argmin(double[] values, double[] function) {
        Require.atLeast("length of values", values.length, 1);
        Require.shape("function", new int[] {function.length}, values.length);
        int least = -1;
        for (int i = 0; i < function.length; i++) {
            if (!Double.isNaN(function[i]) && (least < 0 || function[i] < function[least])) {
                least = i;
            }
        }
        if (least < 0) {
            throw new IllegalArgumentException("function must hold a number, held only NaN");
        }
        return values[least];
    }
}
