package reprise.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reprise.prob.Normal;
import reprise.random.Rng;

/** The examples of the package's Javadoc, compiled and run. */
class ExamplesTest {
    private final double[][] points = Rng.of(1).normal(256, 2).toRows();

    @Test
    void kernels() {
        Kernel k = Kernel.gaussian(2);
        double likeness = k.value(new double[] {0, 0}, new double[] {1, 1});
        Kernel rough = Kernel.laplace(2).power(0.7, 2);
        Kernel both = k.plus(rough);
        Kernel own = Kernel.radial("rational", r -> 1 / (1 + r * r));
        assertEquals(0.5, own.value(new double[] {0}, new double[] {1}));
        assertEquals(Math.exp(-0.25), likeness, 1e-15);
        assertEquals(2, both.atZero());
    }

    @Test
    void discrepancy() {
        var mmd = MaximumMeanDiscrepancy.to(Normal.standard(2), Kernel.gaussian(2));
        double error = mmd.of(points);
        double chance = mmd.ofIndependent(points.length);
        assertTrue(error < 3 * chance);
    }

    @Test
    void thinning() {
        Kernel k = Kernel.gaussian(2);
        Coreset few = KernelThinning.target(k).thin(points, 4, Rng.of(2));
        double error = MaximumMeanDiscrepancy.to(Normal.standard(2), k).of(few.points());
        assertTrue(error < 0.07);
    }

    @Test
    void herding() {
        Coreset few = KernelHerding.by(Kernel.gaussian(2)).choose(points, 8);
        assertEquals(8, few.points().rows());
    }

    @Test
    void unnormalisedModels() {
        var shift = GaussianShift.of(3);
        double flat = shift.contrastiveCurvature();
        double[][] held = Rng.of(3).normal(10, 2).toRows();
        EnergyModel model = EnergyFit.of(points).steps(5).fit(Rng.of(1));
        double[] logs = model.logDensity(held);
        assertTrue(flat < 0.3);
        assertEquals(10, logs.length);
    }

    @Test
    void curves() {
        CurveModel model = CurveFit.of(points).floor(0.05).steps(5).fit(Rng.of(1));
        double[][] curve = model.nodes().toRows();
        assertEquals(200, curve.length);
    }
}
