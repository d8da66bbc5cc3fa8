package reprise.prob;

import org.hipparchus.special.Beta;
import org.hipparchus.special.Erf;
import org.hipparchus.special.Gamma;
import reprise.array.Require;

/** Functions of analysis that densities are made of (NIST Digital Library of Mathematical Functions, dlmf.nist.gov). */
public final class SpecialFunctions {
    private static final double ROOT_TWO = Math.sqrt(2);
    private static final double LOG_ROOT_TWO_PI = Math.log(2 * Math.PI) / 2;

    private SpecialFunctions() {}

    /**
     * The error function, DLMF 7.2.1.
     *
     * @param x any number
     * @return from -1 to 1; NaN for NaN
     * @cost about 200 ns
     */
    public static double erf(double x) {
        return Double.isNaN(x) ? x : Erf.erf(x);
    }

    /**
     * The complementary error function 1 - erf x, accurate where it is small.
     *
     * @param x any number
     * @return from 0 to 2; NaN for NaN
     * @cost about 200 ns
     */
    public static double erfc(double x) {
        return Double.isNaN(x) ? x : Erf.erfc(x);
    }

    /**
     * The distribution function of the standard normal, accurate in the lower tail.
     *
     * @param x any number
     * @return from 0 to 1
     * @cost about 200 ns
     */
    public static double normalCdf(double x) {
        return erfc(-x / ROOT_TWO) / 2;
    }

    /**
     * The logarithm of the distribution function of the standard normal, also where that underflows.
     *
     * @param x any number
     * @return at most 0
     * @cost about 200 ns
     */
    public static double logNormalCdf(double x) {
        if (x > -8) {
            return x > 1 ? Math.log1p(-normalCdf(-x)) : Math.log(normalCdf(x));
        }
        // Laplace's continued fraction for Mills' ratio, DLMF 7.9.3; 40 levels are exact to rounding beyond 8.
        double tail = -x;
        for (int k = 40; k > 0; k--) {
            tail = -x + k / tail;
        }
        return -x * x / 2 - LOG_ROOT_TWO_PI - Math.log(tail);
    }

    /**
     * The quantile of the standard normal.
     *
     * @param p from 0 to 1
     * @return infinite at the ends
     * @throws IllegalArgumentException if p is outside
     * @cost about 300 ns
     */
    public static double normalQuantile(double p) {
        unit("p", p);
        if (p > 0.5) {
            return -normalQuantile(1 - p);
        }
        if (p == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        double square = -2 * Math.log(p);
        double x = p > 0.01 ? -ROOT_TWO * Erf.erfcInv(2 * p) : -Math.sqrt(square - Math.log(2 * Math.PI * square));
        // Newton's method for the logarithm, which is concave: it holds its digits in the tail.
        for (int i = 0; i < 4; i++) {
            double log = logNormalCdf(x);
            x -= (log - Math.log(p)) * Math.exp(log + x * x / 2 + LOG_ROOT_TWO_PI);
        }
        return x;
    }

    /**
     * The logarithm of the gamma function.
     *
     * @param x above 0
     * @return log Gamma(x)
     * @throws IllegalArgumentException if x is not positive
     * @cost about 50 ns
     */
    public static double logGamma(double x) {
        return Gamma.logGamma(Require.positive("x", x));
    }

    /**
     * The logarithmic derivative of the gamma function.
     *
     * @param x above 0
     * @return psi(x)
     * @throws IllegalArgumentException if x is not positive
     * @cost about 50 ns
     */
    public static double digamma(double x) {
        Require.positive("x", x);
        double shifted = x;
        double sum = 0;
        while (shifted < 12) {
            sum -= 1 / shifted;
            shifted++;
        }
        // DLMF 5.11.2; the first term left out is below 1e-17 from 12 on.
        double s = 1 / (shifted * shifted);
        double series = s * (1.0 / 12 - s * (1.0 / 120 - s * (1.0 / 252 - s * (1.0 / 240 - s * (1.0 / 132
                - s * (691.0 / 32760 - s / 12))))));
        return sum + Math.log(shifted) - 0.5 / shifted - series;
    }

    /**
     * The derivative of {@link #digamma}.
     *
     * @param x above 0
     * @return psi'(x), above 0
     * @throws IllegalArgumentException if x is not positive
     * @cost about 50 ns
     */
    public static double trigamma(double x) {
        Require.positive("x", x);
        double shifted = x;
        double sum = 0;
        while (shifted < 12) {
            sum += 1 / (shifted * shifted);
            shifted++;
        }
        double s = 1 / (shifted * shifted);
        double series = s * (1.0 / 6 - s * (1.0 / 30 - s * (1.0 / 42 - s * (1.0 / 30 - s * (5.0 / 66
                - s * (691.0 / 2730 - s * 7.0 / 6))))));
        return sum + 1 / shifted + s / 2 + series / shifted;
    }

    /**
     * The regularised lower incomplete gamma function P(a, x), DLMF 8.2.4.
     *
     * @param a above 0
     * @param x at least 0
     * @return from 0 to 1
     * @throws IllegalArgumentException if an argument is out of range
     * @cost about 1 microsecond, more for large a
     */
    public static double gammaP(double a, double x) {
        return Gamma.regularizedGammaP(Require.positive("a", a), Require.nonNegative("x", x));
    }

    /**
     * The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), accurate where it is small.
     *
     * @param a above 0
     * @param x at least 0
     * @return from 0 to 1
     * @throws IllegalArgumentException if an argument is out of range
     * @cost about 1 microsecond, more for large a
     */
    public static double gammaQ(double a, double x) {
        return Gamma.regularizedGammaQ(Require.positive("a", a), Require.nonNegative("x", x));
    }

    /**
     * The regularised incomplete beta function I_x(a, b), DLMF 8.17.2.
     *
     * @param x from 0 to 1
     * @param a above 0
     * @param b above 0
     * @return from 0 to 1
     * @throws IllegalArgumentException if an argument is out of range
     * @cost about 1 microsecond
     */
    public static double betaI(double x, double a, double b) {
        return Beta.regularizedBeta(unit("x", x), Require.positive("a", a), Require.positive("b", b));
    }

    /**
     * The modified Bessel function of the second kind K_nu(x), of any real order: Matern kernels. By the trapezoidal
     * rule on DLMF 10.32.9, which converges faster than any power.
     *
     * @param order nu; K is even in it
     * @param x above 0
     * @return above 0; underflows for x above about 705, overflows for small x and large order
     * @throws IllegalArgumentException if x is not positive or the order not finite
     * @cost about 3 microseconds
     */
    public static double besselK(double order, double x) {
        Require.positive("x", x);
        double nu = Math.abs(Require.finite("order", order));
        // exp(-x cosh t) cosh(nu t), with the largest exponent taken out, where sinh t = nu / x. About the peak it is a
        // Gauss function of width (x^2 + nu^2)^(-1/4): with this step the error is exp(-2 pi^2 / 0.65^2), 1e-20.
        double step = Math.min(0.1, 0.65 / Math.sqrt(Math.hypot(x, nu)));
        double peak = Math.log(nu / x + Math.hypot(nu / x, 1));
        double most = nu * peak - x * Math.cosh(peak);
        double sum = Math.exp(-x - most) / 2;
        for (int k = 1;; k++) {
            double t = k * step;
            double exponent = -x * Math.cosh(t) - most;
            double term = (Math.exp(exponent + nu * t) + Math.exp(exponent - nu * t)) / 2;
            sum += term;
            if (t > peak && term < 1e-18 * sum) {
                return step * Math.exp(most) * sum;
            }
        }
    }

    static double unit(String name, double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException(name + " must be >= 0 and <= 1, was " + p);
        }
        return p;
    }
}
