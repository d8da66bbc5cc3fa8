package reprise.prob;

import reprise.array.Require;

/**
 * Mean, variance, skewness and kurtosis of a sample, in one pass and without cancellation.
 *
 * <p>Moments of parts of a sample merge into those of the whole, so that long streams and parallel pieces need no
 * memory.
 *
 * @param count how many values
 * @param mean their mean; 0 if there are none
 * @param m2 the sum of the squared deviations from the mean
 * @param m3 the sum of the cubed deviations
 * @param m4 the sum of their fourth powers
 */
public record Moments(long count, double mean, double m2, double m3, double m4) {
    /** Of no values. */
    public static final Moments NONE = new Moments(0, 0, 0, 0, 0);

    /**
     * The moments of a sample.
     *
     * @param values finite
     * @return their moments
     * @throws IllegalArgumentException if a value is NaN or infinite
     * @cost O(length) time, two passes; relative error near 1e-15 for the mean and variance
     */
    public static Moments of(double... values) {
        Require.finite("values", values);
        if (values.length == 0) {
            return NONE;
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double drift = 0;
        for (double value : values) {
            drift += value - mean;
        }
        mean += drift / values.length;
        double m2 = 0;
        double m3 = 0;
        double m4 = 0;
        for (double value : values) {
            double x = value - mean;
            m2 += x * x;
            m3 += x * x * x;
            m4 += x * x * x * x;
        }
        return new Moments(values.length, mean, m2, m3, m4);
    }

    /**
     * The moments with one more value.
     *
     * @param value finite
     * @return those of the longer sample
     * @throws IllegalArgumentException if the value is NaN or infinite
     */
    public Moments plus(double value) {
        return plus(new Moments(1, Require.finite("value", value), 0, 0, 0));
    }

    /**
     * The moments of two samples together (Pébay, Formulas for robust, one-pass parallel computation, 2008).
     *
     * @param other those of the other sample
     * @return those of both
     */
    public Moments plus(Moments other) {
        if (count == 0) {
            return other;
        }
        if (other.count == 0) {
            return this;
        }
        double a = count;
        double b = other.count;
        double n = a + b;
        double gap = other.mean - mean;
        double g = gap / n;
        return new Moments(
                count + other.count,
                mean + b * g,
                m2 + other.m2 + a * b * gap * g,
                m3 + other.m3 + a * b * (a - b) * gap * g * g + 3 * g * (a * other.m2 - b * m2),
                m4 + other.m4 + a * b * (a * a - a * b + b * b) * gap * g * g * g
                        + 6 * g * g * (a * a * other.m2 + b * b * m2) + 4 * g * (a * other.m3 - b * m3));
    }

    /**
     * The unbiased variance.
     *
     * @return divided by count - 1; NaN for fewer than two values
     */
    public double variance() {
        return count < 2 ? Double.NaN : m2 / (count - 1);
    }

    /**
     * The standard deviation.
     *
     * @return the root of the unbiased variance
     */
    public double standardDeviation() {
        return Math.sqrt(variance());
    }

    /**
     * The standard error of the mean.
     *
     * @return the standard deviation over the root of the count
     */
    public double standardError() {
        return Math.sqrt(variance() / count);
    }

    /**
     * The third standardised moment.
     *
     * @return 0 for a symmetric sample; NaN if all values are equal
     */
    public double skewness() {
        return Math.sqrt(count) * m3 / Math.pow(m2, 1.5);
    }

    /**
     * The fourth standardised moment (not the excess).
     *
     * @return 3 for a large normal sample, at most the count; NaN if all values are equal
     */
    public double kurtosis() {
        return count * m4 / (m2 * m2);
    }
}
