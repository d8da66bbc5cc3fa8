package reprise.prob;

import java.util.Arrays;
import reprise.array.Require;
import reprise.source.Source;

/**
 * The exponent of a heavy tail, P(X above t) ~ t^-exponent, from the largest values of a sample.
 *
 * @param exponent the estimate, above 0
 * @param standardError its standard error where the tail is an exact power: exponent over the root of the count
 * @param logThreshold the logarithm of the largest value that does not count as tail
 * @param count how many values count as tail
 */
public record Hill(double exponent, double standardError, double logThreshold, int count) {
    /**
     * Fits the tail of positive values.
     *
     * @param values above 0
     * @param fraction of the values that count as tail, inside (0, 1)
     * @return the exponent
     * @throws IllegalArgumentException if a value is not above 0, or the fraction is below two values
     * @cost O(n log n)
     */
    public static Hill fit(double[] values, double fraction) {
        double[] logs = new double[values.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(Require.positive("values[" + i + "]", values[i]));
        }
        return fitLogs(logs, fraction);
    }

    /**
     * Fits the tail of values given by their logarithms, which may be far outside the range of a double.
     *
     * @param logs natural logarithms, finite
     * @param fraction of the values that count as tail, inside (0, 1)
     * @return the exponent of the values themselves
     * @throws IllegalArgumentException if a logarithm is not finite, the fraction is below two values, or all values
     *     of the tail are equal
     * @cost O(n log n)
     */
    @Source(text = "Hill, A simple general approach to inference about the tail of a distribution, 1975")
    public static Hill fitLogs(double[] logs, double fraction) {
        Require.finite("logs", logs);
        Require.inside("fraction", fraction, 0, 1);
        double[] sorted = logs.clone();
        Arrays.sort(sorted);
        int count = Math.min((int) Math.round(fraction * sorted.length), sorted.length - 1);
        Require.atLeast("number of values in the tail", count, 2);
        double threshold = sorted[sorted.length - 1 - count];
        double excess = 0;
        for (int i = sorted.length - count; i < sorted.length; i++) {
            excess += sorted[i] - threshold;
        }
        double exponent = count / Require.positive("spread of the tail", excess);
        return new Hill(exponent, exponent / Math.sqrt(count), threshold, count);
    }
}
