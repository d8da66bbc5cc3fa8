package reprise.optim;

import java.util.function.DoubleUnaryOperator;
import reprise.array.Require;

/** Golden section search: the minimum of a function of one variable that falls and then rises. */
public final class GoldenSection {
    private static final double RATIO = (Math.sqrt(5) - 1) / 2;

    private GoldenSection() {}

    /**
     * Minimises between two points.
     *
     * @param f falls and then rises; otherwise a local minimum is found
     * @param low the lower end, finite
     * @param high the upper end, finite
     * @param tolerance the width of the last interval, above 0; below about 1e-8 of x rounding of f decides
     * @return the best point, x of length 1
     * @throws IllegalArgumentException if high is not above low, the tolerance is not positive, or f gives NaN
     * @cost 4.8 evaluations for each decimal digit
     */
    public static Minimum minimise(DoubleUnaryOperator f, double low, double high, double tolerance) {
        Require.finite("low", low);
        Require.finite("high", high);
        Require.positive("tolerance", tolerance);
        if (!(low < high)) {
            throw new IllegalArgumentException("high must be > low = " + low + ", was " + high);
        }
        double a = low;
        double b = high;
        double x = b - RATIO * (b - a);
        double y = a + RATIO * (b - a);
        double fx = value(f, x);
        double fy = value(f, y);
        int evaluations = 2;
        while (b - a > tolerance && x < y) {
            if (fx <= fy) {
                b = y;
                y = x;
                fy = fx;
                x = b - RATIO * (b - a);
                fx = value(f, x);
            } else {
                a = x;
                x = y;
                fx = fy;
                y = a + RATIO * (b - a);
                fy = value(f, y);
            }
            evaluations++;
        }
        boolean left = fx <= fy;
        return new Minimum(
                new double[] {left ? x : y}, left ? fx : fy, Double.NaN, evaluations - 2, evaluations,
                Minimum.Stop.CONVERGED);
    }

    private static double value(DoubleUnaryOperator f, double x) {
        double value = f.applyAsDouble(x);
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("f(" + x + ") must be a number, was NaN");
        }
        return value;
    }
}
