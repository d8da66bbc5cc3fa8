package reprise.prob;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import reprise.array.Require;

/**
 * The largest distance between distribution functions.
 *
 * @param statistic the distance, from 0 to 1
 * @param effectiveCount how many values it rests on: n, or n m / (n + m) for two samples
 */
public record KolmogorovSmirnov(double statistic, double effectiveCount) {
    /**
     * Compares a sample with a distribution.
     *
     * @param sample finite, at least one value
     * @param cdf the distribution function, continuous, from 0 to 1
     * @return the distance of the empirical distribution function from it
     * @throws IllegalArgumentException if the sample is empty or holds NaN or infinity
     * @cost O(n log n)
     */
    public static KolmogorovSmirnov of(double[] sample, DoubleUnaryOperator cdf) {
        double[] sorted = sorted("sample", sample);
        double n = sorted.length;
        double largest = 0;
        for (int i = 0; i < sorted.length; i++) {
            double p = cdf.applyAsDouble(sorted[i]);
            largest = Math.max(largest, Math.max(p - i / n, (i + 1) / n - p));
        }
        return new KolmogorovSmirnov(largest, n);
    }

    /**
     * Compares two samples.
     *
     * @param one finite, at least one value
     * @param other finite, at least one value
     * @return the distance of their empirical distribution functions
     * @throws IllegalArgumentException if a sample is empty or holds NaN or infinity
     * @cost O(n log n)
     */
    public static KolmogorovSmirnov between(double[] one, double[] other) {
        double[] a = sorted("one", one);
        double[] b = sorted("other", other);
        double largest = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            double x = Math.min(a[i], b[j]);
            while (i < a.length && a[i] <= x) {
                i++;
            }
            while (j < b.length && b[j] <= x) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / a.length - (double) j / b.length));
        }
        return new KolmogorovSmirnov(largest, (double) a.length * b.length / (a.length + b.length));
    }

    /**
     * The probability of a distance as large when both distributions are the same: Kolmogorov's limit with Stephens'
     * correction (1970), good to about 1 % from 8 values on.
     *
     * @return from 0 to 1
     */
    public double pValue() {
        double root = Math.sqrt(effectiveCount);
        double x = (root + 0.12 + 0.11 / root) * statistic;
        if (x < 0.2) {
            return 1;
        }
        double sum = 0;
        for (int k = 1; k <= 100; k++) {
            sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
        }
        return Math.min(1, Math.max(0, sum));
    }

    private static double[] sorted(String name, double[] sample) {
        Require.atLeast("length of " + name, sample.length, 1);
        double[] sorted = Require.finite(name, sample).clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
