package reprise.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.prob.GaussRule;

/** Against a Gauss rule of 300 nodes on the part that has mass: borders between the three formulas included. */
class TruncatedNormalTest {
    @ParameterizedTest
    @CsvSource({
        "-1e-4, 1e-4", "0, 1e-8", "-1, 1", "-1.5, 1.5", "-1.51, 1.5", "-0.5, 2.49", "-0.5, 2.51", "2.9, 6", "3.1, 6",
        "3.1, 6.2", "2.99, 100", "3.01, 100", "9.9, 12.8", "10.1, 13.1", "8, 9", "30, 30.5", "30, 31.5", "300, 301",
        "-5, 20", "-1, 0.5", "-12, -3", "-100, -50"
    })
    void meanAndMass(double a, double b) {
        double near = a > 0 ? a : b < 0 ? b : 0;
        double reach = Math.abs(near) > 3 ? 40 / Math.abs(near) : 12;
        double low = Math.max(a, near - reach);
        double high = Math.min(b, near + reach);
        var rule = GaussRule.legendre(300, low, high);
        double mass = rule.integrate(z -> Math.exp((near * near - z * z) / 2));
        double first = rule.integrate(z -> (z - a) * Math.exp((near * near - z * z) / 2));
        assertEquals(1, TruncatedNormal.meanAboveLow(a, b - a) / (first / mass), 2e-12);
        double log = Math.log(mass) - near * near / 2 - 0.5 * Math.log(2 * Math.PI);
        assertEquals(log, TruncatedNormal.logMass(a, b - a), 1e-12 * Math.max(1, Math.abs(log)));
    }

    /** The two ends exchanged, with opposite signs. */
    @Test
    void mirrored() {
        assertEquals(3.5 - TruncatedNormal.meanAboveLow(-1.5, 3.5), TruncatedNormal.meanAboveLow(-2, 3.5), 1e-15);
        assertEquals(TruncatedNormal.logMass(-1.5, 3.5), TruncatedNormal.logMass(-2, 3.5), 1e-15);
    }
}
