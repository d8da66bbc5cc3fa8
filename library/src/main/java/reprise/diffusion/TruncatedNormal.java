package reprise.diffusion;

import reprise.prob.GaussRule;
import reprise.prob.SpecialFunctions;

/**
 * The standard normal between two numbers, by three formulas: where one loses digits another does not.
 *
 * <p>In a narrow interval the density is smooth and a Gauss rule is exact to rounding. Far in a tail both distribution
 * functions underflow, so their ratio to the density, a continued fraction, is used. Elsewhere erfc does.
 */
final class TruncatedNormal {
    private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    private static final GaussRule UNIT = GaussRule.legendre(40, 0, 1);

    private TruncatedNormal() {}

    /** The mean of Z given a < Z < a + width, minus a: exact also where the mean lies next to a. */
    static double meanAboveLow(double a, double width) {
        double b = a + width;
        if (a + b < 0) {
            return width - meanAboveLow(-b, width);
        }
        if (narrow(a, width)) {
            return integral(a, width, true) / integral(a, width, false);
        }
        if (a > 3) {
            double lost = lost(a, b);
            return (excess(a) - lost * (excess(b) + width)) / (1 - lost);
        }
        double mass = upper(a) - upper(b);
        return (density(a) - density(b)) / mass - a;
    }

    /** log P(a < Z < a + width). */
    static double logMass(double a, double width) {
        double b = a + width;
        if (a + b < 0) {
            return logMass(-b, width);
        }
        if (narrow(a, width)) {
            return -a * a / 2 - LOG_ROOT_TWO_PI + Math.log(integral(a, width, false));
        }
        return a > 3 ? SpecialFunctions.logNormalCdf(-a) + Math.log1p(-lost(a, b)) : Math.log(upper(a) - upper(b));
    }

    /** Whether the density on [a, a + width] is smooth enough for 40 nodes. */
    private static boolean narrow(double a, double width) {
        return width <= 3 && a * width <= 30;
    }

    /** The integral over u from 0 to width of exp(-a u - u^2 / 2), or of u times that. */
    private static double integral(double a, double width, boolean first) {
        double sum = 0;
        for (int k = 0; k < UNIT.nodes().length; k++) {
            double u = width * UNIT.nodes()[k];
            double value = UNIT.weights()[k] * Math.exp(-u * (a + u / 2));
            sum += first ? u * value : value;
        }
        return width * sum;
    }

    /** P(Z > b) / P(Z > a). */
    private static double lost(double a, double b) {
        return Math.exp(SpecialFunctions.logNormalCdf(-b) - SpecialFunctions.logNormalCdf(-a));
    }

    /** The mean of Z given Z > a, minus a, for a > 3: Laplace's continued fraction, DLMF 7.9.3. */
    private static double excess(double a) {
        double tail = a;
        for (int k = a > 8 ? 40 : 150; k > 1; k--) {
            tail = a + k / tail;
        }
        return 1 / tail;
    }

    private static double upper(double z) {
        return SpecialFunctions.normalCdf(-z);
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2 - LOG_ROOT_TWO_PI);
    }
}
