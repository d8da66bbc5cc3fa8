package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static reprise.prob.SpecialFunctions.besselK;
import static reprise.prob.SpecialFunctions.betaI;
import static reprise.prob.SpecialFunctions.digamma;
import static reprise.prob.SpecialFunctions.erf;
import static reprise.prob.SpecialFunctions.erfc;
import static reprise.prob.SpecialFunctions.gammaP;
import static reprise.prob.SpecialFunctions.gammaQ;
import static reprise.prob.SpecialFunctions.logGamma;
import static reprise.prob.SpecialFunctions.logNormalCdf;
import static reprise.prob.SpecialFunctions.normalCdf;
import static reprise.prob.SpecialFunctions.normalQuantile;
import static reprise.prob.SpecialFunctions.trigamma;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecialFunctionsTest {
    private static final double EULER = 0.57721566490153286;

    private static void assertRelative(double expected, double actual, double error) {
        assertEquals(1, actual / expected, error, "expected " + expected + ", was " + actual);
    }

    @Nested
    class ClosedForm {
        @Test
        void errorFunctionsHaveTheirTabulatedValues() {
            // DLMF and Abramowitz and Stegun, tables 7.1 and 7.3.
            assertRelative(0.5204998778130465, erf(0.5), 1e-15);
            assertRelative(0.8427007929497149, erf(1), 1e-15);
            assertRelative(1.5374597944280349e-12, erfc(5), 1e-13);
            assertRelative(2.088487583762545e-45, erfc(10), 1e-12);
            assertTrue(Double.isNaN(erf(Double.NaN)) && Double.isNaN(erfc(Double.NaN)));
        }

        @Test
        void gammaFunctionsHaveTheirSpecialValues() {
            assertRelative(Math.log(Math.PI) / 2, logGamma(0.5), 1e-14);
            assertEquals(0, logGamma(1), 1e-16);
            assertRelative(Math.log(362_880), logGamma(10), 1e-15);
            assertRelative(-EULER, digamma(1), 1e-15);
            assertRelative(-EULER - 2 * Math.log(2), digamma(0.5), 1e-15);
            assertRelative(Math.PI * Math.PI / 6, trigamma(1), 1e-15);
            assertRelative(Math.PI * Math.PI / 2, trigamma(0.5), 1e-15);
        }

        @ParameterizedTest
        @ValueSource(doubles = {1e-6, 0.01, 0.5, 1, 5, 50, 600})
        void besselFunctionsOfHalfOrderAreElementary(double x) {
            double half = Math.sqrt(Math.PI / (2 * x)) * Math.exp(-x);
            // The exponent, up to 600, is rounded: 600 eps.
            assertRelative(half, besselK(0.5, x), 3e-13);
            assertRelative(half * (1 + 1 / x), besselK(1.5, x), 3e-13);
            assertRelative(half * (1 + 3 / x + 3 / (x * x)), besselK(-2.5, x), 3e-13);
        }

        @Test
        void besselFunctionsOfOtherOrders() {
            // Abramowitz and Stegun, table 9.8.
            assertRelative(0.42102443824070834, besselK(0, 1), 1e-14);
            assertRelative(0.6019072301972346, besselK(1, 1), 1e-14);
            for (double nu : new double[] {0.3, 1, 7.7, 30}) {
                double x = 2.5;
                assertRelative(besselK(nu + 1, x), besselK(nu - 1, x) + 2 * nu / x * besselK(nu, x), 1e-13);
            }
        }

        @Test
        void incompleteIntegralsOfIntegerShapeAreSums() {
            assertRelative(1 - Math.exp(-2) * (1 + 2 + 2), gammaP(3, 2), 1e-14);
            assertRelative(Math.exp(-50) * (1 + 50), gammaQ(2, 50), 1e-12);
            assertRelative(Math.pow(0.3, 4), betaI(0.3, 4, 1), 1e-14);
            assertRelative(1 - Math.pow(0.7, 3), betaI(0.3, 1, 3), 1e-14);
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @ValueSource(doubles = {1e-300, 1e-100, 1e-20, 1e-5, 0.01, 0.3, 0.5, 0.8, 0.999})
        void quantilesInvertTheDistributionFunction(double p) {
            // At 1e-300 the quantile is -37, and a relative error of eps there moves p by 37^2 eps.
            assertRelative(p, normalCdf(normalQuantile(p)), 2e-12);
        }

        @ParameterizedTest
        @ValueSource(doubles = {-37, -20, -8.0001, -7.9999, -3, 0, 0.9, 1.1, 5, 9})
        void logarithmsAgreeWhereBothExist(double x) {
            // The distribution function's own error is 1e-12 in the far tail.
            assertEquals(Math.log(normalCdf(x)), logNormalCdf(x), 1e-12);
        }

        @Test
        void theLogarithmGoesOnWhereTheFunctionUnderflows() {
            // Mills: log Phi(-x) = -x^2/2 - log(x sqrt(2 pi)) - 1/x^2 + O(x^-4).
            double x = 1000;
            double expected = -x * x / 2 - Math.log(x * Math.sqrt(2 * Math.PI)) - 1 / (x * x);
            assertRelative(expected, logNormalCdf(-x), 1e-15);
        }

        @ParameterizedTest
        @ValueSource(doubles = {1e-3, 0.2, 1, 3.7, 11.9, 12.1, 500})
        void digammaAndTrigammaObeyTheirRecurrences(double x) {
            assertEquals(digamma(x) + 1 / x, digamma(x + 1), 1e-15 * (1 / x + 10));
            assertEquals(trigamma(x) - 1 / (x * x), trigamma(x + 1), 2e-15 * (1 / (x * x) + 2));
        }
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> logGamma(0));
        assertThrows(IllegalArgumentException.class, () -> digamma(-1));
        assertThrows(IllegalArgumentException.class, () -> besselK(1, 0));
        assertThrows(IllegalArgumentException.class, () -> besselK(Double.NaN, 1));
        assertThrows(IllegalArgumentException.class, () -> gammaP(0, 1));
        assertThrows(IllegalArgumentException.class, () -> betaI(1.5, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> normalQuantile(-0.1));
        assertEquals(Double.POSITIVE_INFINITY, normalQuantile(1));
    }
}
