package reprise.prob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NoncentralChiSquareTest {
    @Test
    void isTheFoldedNormalSquaredInOneDimension() {
        // |m + z|^2 <= x where -sqrt(x) <= m + z <= sqrt(x).
        for (double m : new double[] {0.1, 1, 5, 30}) {
            var d = Distribution.chiSquare(1, m * m);
            for (double root : new double[] {0.01, 0.5, m, m + 2, m + 6}) {
                double below = SpecialFunctions.normalCdf(root - m) - SpecialFunctions.normalCdf(-root - m);
                double density = (normalDensity(root - m) + normalDensity(root + m)) / (2 * root);
                assertEquals(below, d.cdf(root * root), 1e-13);
                assertEquals(1, d.density(root * root) / density, 1e-11);
            }
        }
    }

    @Test
    void isAChiSquareWhereTheMeanIsZero() {
        for (double x : new double[] {0.1, 3, 50}) {
            assertEquals(Distribution.chiSquare(3).cdf(x), Distribution.chiSquare(3, 0).cdf(x), 1e-14);
            assertEquals(Distribution.chiSquare(3).logDensity(x), Distribution.chiSquare(3, 0).logDensity(x), 1e-13);
        }
    }

    /** In three dimensions the density is exp(-(x + m^2) / 2) sinh(m sqrt x) / (sqrt(2 pi) m). */
    @Test
    void farTailsAreReachedInNoTime() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (double x : new double[] {1e3, 1e8, 1e11, 1e20, 1e300}) {
                double expected = -(Math.sqrt(x) - 5) * (Math.sqrt(x) - 5) / 2 - Math.log(10 * Math.sqrt(2 * Math.PI));
                assertEquals(1, Distribution.chiSquare(3, 25).logDensity(x) / expected, 1e-13, "x = " + x);
            }
            for (double p : new double[] {1e-200, 1e-6, 0.5, 1 - 1e-6}) {
                for (double noncentrality : new double[] {1e-3, 4, 1e7}) {
                    var d = Distribution.chiSquare(3, noncentrality);
                    assertEquals(1, d.cdf(d.quantile(p)) / p, 1e-8);
                }
            }
            assertEquals(0, Distribution.chiSquare(3, 4).cdf(0));
            assertEquals(1, Distribution.chiSquare(3, 4).cdf(1e300));
        });
    }

    private static double normalDensity(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }
}
