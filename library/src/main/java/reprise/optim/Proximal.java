package reprise.optim;

import java.util.Arrays;
import reprise.array.Require;
import reprise.source.Source;

/**
 * Proximal steps, prox(v) = argmin over x of g(x) + |x - v|^2 / 2, in closed form: what a gradient step on a smooth
 * part is followed by when the rest of the objective has kinks or walls. Each returns a new array.
 */
@Source(text = "N. Parikh and S. Boyd, Proximal Algorithms, 2014", at = "chapter 6")
public final class Proximal {
    private Proximal() {}

    /**
     * Soft thresholding, for g(x) = threshold |x|_1: every entry moves towards 0 and stops there.
     *
     * @param v finite, length d
     * @param threshold at least 0; the step length times the weight of the 1-norm
     * @return sign(v) max(|v| - threshold, 0), length d
     * @throws IllegalArgumentException if an argument is out of range
     * @cost O(d)
     */
    public static double[] softThreshold(double[] v, double threshold) {
        Require.nonNegative("threshold", threshold);
        return Arrays.stream(Require.finite("v", v))
                .map(x -> Math.abs(x) <= threshold ? 0 : x - Math.copySign(threshold, x))
                .toArray();
    }

    /**
     * Block soft thresholding, for g(x) = threshold |x|_2: the vector shrinks, and is 0 when it is short.
     *
     * @param v finite, length d
     * @param threshold at least 0
     * @return max(1 - threshold / |v|, 0) v, length d
     * @throws IllegalArgumentException if an argument is out of range
     * @cost O(d)
     */
    public static double[] shrink(double[] v, double threshold) {
        Require.nonNegative("threshold", threshold);
        double length = length(v);
        double factor = length <= threshold ? 0 : 1 - threshold / length;
        return Arrays.stream(v).map(x -> factor * x).toArray();
    }

    /**
     * The nearest point of a box.
     *
     * @param v finite, length d
     * @param low the lower end of every coordinate
     * @param high the upper end, not below low; either may be infinite
     * @return length d
     * @throws IllegalArgumentException if an argument is out of range
     * @cost O(d)
     */
    public static double[] box(double[] v, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("high must be >= low = " + low + ", was " + high);
        }
        return Arrays.stream(Require.finite("v", v)).map(x -> Math.max(low, Math.min(high, x))).toArray();
    }

    /**
     * The nearest point of the ball about 0.
     *
     * @param v finite, length d
     * @param radius at least 0
     * @return length d
     * @throws IllegalArgumentException if an argument is out of range
     * @cost O(d)
     */
    public static double[] ball(double[] v, double radius) {
        Require.nonNegative("radius", radius);
        double length = length(v);
        double factor = length <= radius ? 1 : radius / length;
        return Arrays.stream(v).map(x -> factor * x).toArray();
    }

    /**
     * The nearest point of a simplex: entries at least 0 with a given sum. It is max(v - t, 0) for the one t that gives
     * the sum, found by sorting.
     *
     * @param v finite, length d, at least 1
     * @param total the sum, above 0
     * @return length d
     * @throws IllegalArgumentException if an argument is out of range
     * @cost O(d log d)
     */
    @Source(text = "M. Held, P. Wolfe and H. Crowder, Validation of subgradient optimization, 1974")
    public static double[] simplex(double[] v, double total) {
        Require.atLeast("length of v", v.length, 1);
        Require.positive("total", total);
        double[] sorted = Require.finite("v", v).clone();
        Arrays.sort(sorted);
        // Sums of differences to the largest entry: a large common part of all entries costs no digits.
        double top = sorted[v.length - 1];
        double sum = 0;
        double level = -total;
        for (int kept = 1; kept <= v.length; kept++) {
            double entry = sorted[v.length - kept] - top;
            sum += entry;
            double next = (sum - total) / kept;
            if (entry <= next) {
                break;
            }
            level = next;
        }
        double least = level;
        return Arrays.stream(v).map(x -> Math.max(0, x - top - least)).toArray();
    }

    private static double length(double[] v) {
        double largest = 0;
        for (double x : Require.finite("v", v)) {
            largest = Math.max(largest, Math.abs(x));
        }
        if (largest == 0) {
            return 0;
        }
        double squares = 0;
        for (double x : v) {
            squares += (x / largest) * (x / largest);
        }
        return largest * Math.sqrt(squares);
    }
}
