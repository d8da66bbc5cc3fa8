package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussRuleTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 40})
    void polynomialsUpToTwiceTheNodesAreExact(int n) {
        for (int degree = 0; degree < 2 * n; degree++) {
            int k = degree;
            double legendre = (Math.pow(2, k + 1) - Math.pow(-1, k + 1)) / (k + 1);
            // Eigenvalues of norm 2 have errors of a few eps, raised to the power.
            double error = 1e-14 * (k + 1) * Math.pow(2, k);
            assertEquals(legendre, GaussRule.legendre(n, -1, 2).integrate(x -> Math.pow(x, k)), error);
            double moment = k % 2 == 1 ? 0 : Math.exp(SpecialFunctions.logGamma((k + 1) / 2.0));
            double size = Math.exp(SpecialFunctions.logGamma((k + 1) / 2.0));
            assertEquals(moment, GaussRule.hermite(n).integrate(x -> Math.pow(x, k)), 1e-13 * (k + 1) * size);
            double gamma = Math.exp(SpecialFunctions.logGamma(k + 1.5));
            assertEquals(1, GaussRule.laguerre(n, 0.5).integrate(x -> Math.pow(x, k)) / gamma, 1e-13 * (k + 1));
            // Int (1 - x)^(a + k) (1 + x)^b.
            double jacobi = Math.exp((k + 1.25) * Math.log(2) + SpecialFunctions.logGamma(k + 0.5)
                    + SpecialFunctions.logGamma(1.75) - SpecialFunctions.logGamma(k + 2.25));
            double measured = GaussRule.jacobi(n, -0.5, 0.75).integrate(x -> Math.pow(1 - x, k));
            assertEquals(1, measured / jacobi, 1e-13 * (k + 1));
        }
    }

    @Test
    void aDegreeMoreIsNotExact() {
        double value = GaussRule.legendre(3, -1, 1).integrate(x -> Math.pow(x, 6));
        // The error of the three-point rule for x^6: 2/7 - 6/25.
        assertEquals(2.0 / 7 - (2.0 / 7 - 6.0 / 25), value, 1e-15);
    }

    @Test
    void knownNodesAndExpectations() {
        double r = Math.sqrt(0.6);
        assertArrayEquals(new double[] {-r, 0, r}, GaussRule.legendre(3, -1, 1).nodes(), 1e-15);
        assertArrayEquals(new double[] {5 / 9.0, 8 / 9.0, 5 / 9.0}, GaussRule.legendre(3, -1, 1).weights(), 1e-15);
        // Chebyshev's rule has equal weights.
        double[] equal = new double[7];
        Arrays.fill(equal, Math.PI / 7);
        assertArrayEquals(equal, GaussRule.jacobi(7, -0.5, -0.5).weights(), 1e-14);
        assertEquals(Math.exp(0.5), GaussRule.normal(30).integrate(Math::exp), 1e-13);
        assertEquals(1, Arrays.stream(GaussRule.normal(100).weights()).sum(), 1e-13);
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> GaussRule.hermite(0));
        assertThrows(IllegalArgumentException.class, () -> GaussRule.jacobi(3, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> GaussRule.laguerre(3, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> GaussRule.legendre(3, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> GaussRule.legendre(3, 0, 1).integrate(x -> Double.NaN));
    }
}
