package reprise.prob;

/**
 * y^a exp(-y) / Gamma(a + 1): the Poisson probability of a, and twice the density of a chi-square. For large a the
 * powers would cancel, so it is taken apart into the error of Stirling's formula and the deviance (C. Loader, Fast and
 * accurate computation of binomial probabilities, 2000).
 */
final class GammaTerm {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);
    private static final double LARGE = 15;

    private GammaTerm() {}

    /** The logarithm, for a above -1 and y at least 0. */
    static double log(double a, double y) {
        if (y == 0) {
            return a == 0 ? 0 : a > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        if (a < LARGE) {
            return (a == 0 ? 0 : a * Math.log(y)) - y - SpecialFunctions.logGamma(a + 1);
        }
        return -stirlingError(a) - deviance(a, y) - (LOG_TWO_PI + Math.log(a)) / 2;
    }

    /** log a! - log of Stirling's formula for it, for a at least 1 or a = 0 by the caller's own means. */
    static double stirlingError(double a) {
        if (a < LARGE) {
            return SpecialFunctions.logGamma(a + 1) - (a + 0.5) * Math.log(a) + a - LOG_TWO_PI / 2;
        }
        double s = 1 / (a * a);
        // DLMF 5.11.1; the first term left out is below 3e-17 from 15 on.
        return (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s * (1.0 / 1188
                - s * (691.0 / 360360 - s / 156)))))) / a;
    }

    /** a log(a / y) + y - a, also where a and y are close. */
    static double deviance(double a, double y) {
        double v = (a - y) / (a + y);
        if (Math.abs(v) > 0.1) {
            return a * Math.log(a / y) + y - a;
        }
        // log(a / y) = 2 artanh v.
        double sum = (a - y) * v;
        double term = 2 * a * v;
        for (int k = 1;; k++) {
            term *= v * v;
            double next = sum + term / (2 * k + 1);
            if (next == sum) {
                return sum;
            }
            sum = next;
        }
    }
}
