package reprise.experiment;

import java.util.Arrays;
import reprise.array.Require;

/**
 * A straight line fitted by least squares: the rate in a log-log plot and how sure it is.
 *
 * <pre>{@code Slope.logLog(n, error).interval(0.95)}</pre>
 *
 * <p>The interval assumes independent errors of one size around a line; where the curve bends it is too narrow, so look
 * at the residuals.
 *
 * @param slope the rate, b in y = a + b x, or in y = e^a x^b for a log-log fit
 * @param intercept a
 * @param standardError of the slope; NaN for two points
 * @param residuals y minus the line, in logarithms for a log-log fit
 */
public record Slope(double slope, double intercept, double standardError, double[] residuals) {
    /**
     * Fits y = a + b x.
     *
     * @param x at least two different numbers, finite
     * @param y as many, finite
     * @return the line
     * @throws IllegalArgumentException if the lengths differ, or all x are the same
     * @cost O(n)
     */
    public static Slope linear(double[] x, double[] y) {
        Require.shape("y", new int[] {y.length}, x.length);
        Require.atLeast("number of points", x.length, 2);
        Require.finite("x", x);
        Require.finite("y", y);
        int n = x.length;
        double meanX = Arrays.stream(x).sum() / n;
        double meanY = Arrays.stream(y).sum() / n;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        if (Arrays.stream(x).distinct().count() < 2) {
            throw new IllegalArgumentException("x must hold two different values, all were " + x[0]);
        }
        double slope = xy / xx;
        double[] residuals = new double[n];
        double squares = 0;
        for (int i = 0; i < n; i++) {
            residuals[i] = y[i] - meanY - slope * (x[i] - meanX);
            squares += residuals[i] * residuals[i];
        }
        double error = n == 2 ? Double.NaN : Math.sqrt(squares / (n - 2) / xx);
        return new Slope(slope, meanY - slope * meanX, error, residuals);
    }

    /**
     * Fits y = e^a x^b through logarithms: the convergence rate.
     *
     * @param x at least two different numbers, above 0
     * @param y as many, above 0
     * @return the line in logarithms
     * @throws IllegalArgumentException if the lengths differ, a number is not positive, or all x are the same
     * @cost O(n)
     */
    public static Slope logLog(double[] x, double[] y) {
        return linear(logs("x", x), logs("y", y));
    }

    /**
     * Student's confidence interval for the slope.
     *
     * @param level such as 0.95, above 0 and below 1
     * @return its ends
     * @throws IllegalArgumentException if the level is outside, or the line has only two points
     */
    public Trials.Interval interval(double level) {
        Require.atLeast("number of points", residuals.length, 3);
        return Trials.Interval.around(slope, standardError, residuals.length - 2, level);
    }

    private static double[] logs(String name, double[] values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(Require.positive(name + "[" + i + "]", values[i]));
        }
        return logs;
    }
}
