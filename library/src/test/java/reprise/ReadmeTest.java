package reprise;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import reprise.density.KernelDensity;

/** The example of README.md; a test of the commands compares the lines. */
class ReadmeTest {
    @Test
    void estimatesADensityAtOnePlace() {
        double[][] points = {{0.0, 0.1}, {1.0, 0.9}, {0.9, 1.1}};
        double[] logDensity = KernelDensity.gaussian(points).bandwidth(0.5).logDensity(new double[][] {{1, 1}});

        double near = Math.exp(-0.01 / 0.5) + Math.exp(-0.02 / 0.5);
        double expected = Math.log((near + Math.exp(-1.81 / 0.5)) / (3 * 2 * Math.PI * 0.25));
        assertEquals(expected, logDensity[0], 1e-14);
    }
}
