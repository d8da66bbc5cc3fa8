package reprise.optim;

import java.util.function.DoubleUnaryOperator;
import reprise.array.Require;
import reprise.source.Source;

/**
 * The zero of a function of one variable between two points where its signs differ, by Brent's method (R. Brent,
 * Algorithms for Minimization without Derivatives, 1973, chapter 4): bisection that cannot fail, sped up by secants and
 * inverse quadratic interpolation.
 *
 * <pre>{@code RootFinder.between(x -> x * x - 2, 0, 2).tolerance(1e-14).find().x()}</pre>
 */
@Source(text = "R. Brent, Algorithms for Minimization without Derivatives, 1973", at = "chapter 4")
public final class RootFinder {
    private static final int WIDENINGS = 100;

    private final DoubleUnaryOperator f;
    private final double low;
    private final double high;
    private final double tolerance;

    private RootFinder(DoubleUnaryOperator f, double low, double high, double tolerance) {
        this.f = f;
        this.low = low;
        this.high = high;
        this.tolerance = tolerance;
    }

    /**
     * A zero and how it was reached.
     *
     * @param x the zero, within the tolerance
     * @param value the function there
     * @param evaluations how often the function was called
     */
    public record Root(double x, double value, int evaluations) {}

    /**
     * Takes an interval.
     *
     * @param f continuous
     * @param low its lower end, finite
     * @param high its upper end, finite
     * @return the search, to the last bit that doubles allow
     * @throws IllegalArgumentException if high is not above low
     */
    public static RootFinder between(DoubleUnaryOperator f, double low, double high) {
        Require.finite("low", low);
        Require.finite("high", high);
        if (!(low < high)) {
            throw new IllegalArgumentException("high must be > low = " + low + ", was " + high);
        }
        return new RootFinder(f, low, high, 0);
    }

    /**
     * Looks for an interval: doubles its width about a guess until the signs at the ends differ.
     *
     * @param f continuous
     * @param guess where to begin, finite
     * @param step the first half width, above 0
     * @return the search in that interval
     * @throws IllegalArgumentException if no interval is found before the numbers overflow, or f gives NaN
     * @cost two evaluations for each doubling
     */
    public static RootFinder around(DoubleUnaryOperator f, double guess, double step) {
        Require.finite("guess", guess);
        double width = Require.positive("step", step);
        for (int i = 0; i < WIDENINGS; i++) {
            double below = value(f, guess - width);
            double above = value(f, guess + width);
            if (below * Math.signum(above) <= 0) {
                return between(f, guess - width, guess + width);
            }
            width *= 2;
        }
        throw new IllegalArgumentException(
                "f must change sign within " + width + " of " + guess + ", but did not at any width tried");
    }

    /**
     * Asks for less than full accuracy.
     *
     * @param absolute the largest error of x accepted, at least 0
     * @return a copy with this tolerance
     * @throws IllegalArgumentException if it is negative
     */
    public RootFinder tolerance(double absolute) {
        return new RootFinder(f, low, high, Require.nonNegative("tolerance", absolute));
    }

    /**
     * Finds a zero.
     *
     * @return the zero; one of them if there are several
     * @throws IllegalArgumentException if the signs at the ends are the same, printing both values, or f gives NaN
     * @cost about 10 evaluations for smooth functions, at most some thousands for hostile ones
     */
    public Root find() {
        double a = low;
        double b = high;
        double fa = value(f, a);
        double fb = value(f, b);
        int evaluations = 2;
        if (fa == 0) {
            return new Root(a, fa, evaluations);
        }
        if (fb != 0 && fa > 0 == fb > 0) {
            throw new IllegalArgumentException("f must have different signs at the ends, was f(" + a + ") = " + fa
                    + " and f(" + b + ") = " + fb);
        }
        // b is the best point, c the last one on the other side, a the one before b; d and e the last two steps.
        double c = a;
        double fc = fa;
        double d = b - a;
        double e = d;
        while (true) {
            if (Math.abs(fc) < Math.abs(fb)) {
                a = b;
                b = c;
                c = a;
                fa = fb;
                fb = fc;
                fc = fa;
            }
            double slack = 2 * Math.ulp(b) + tolerance / 2;
            double half = (c - b) / 2;
            if (Math.abs(half) <= slack || fb == 0) {
                return new Root(b, fb, evaluations);
            }
            if (Math.abs(e) < slack || Math.abs(fa) <= Math.abs(fb)) {
                d = half;
                e = half;
            } else {
                double p;
                double q;
                double s = fb / fa;
                if (a == c) {
                    p = 2 * half * s;
                    q = 1 - s;
                } else {
                    double r = fb / fc;
                    q = fa / fc;
                    p = s * (2 * half * q * (q - r) - (b - a) * (r - 1));
                    q = (q - 1) * (r - 1) * (s - 1);
                }
                q = p > 0 ? -q : q;
                p = Math.abs(p);
                if (2 * p < 3 * half * q - Math.abs(slack * q) && p < Math.abs(e * q / 2)) {
                    e = d;
                    d = p / q;
                } else {
                    d = half;
                    e = half;
                }
            }
            a = b;
            fa = fb;
            b += Math.abs(d) > slack ? d : Math.copySign(slack, half);
            fb = value(f, b);
            evaluations++;
            if (fb > 0 == fc > 0) {
                c = a;
                fc = fa;
                d = b - a;
                e = d;
            }
        }
    }

    private static double value(DoubleUnaryOperator f, double x) {
        Require.finite("argument of f", x);
        double value = f.applyAsDouble(x);
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("f(" + x + ") must be a number, was NaN");
        }
        return value;
    }
}
