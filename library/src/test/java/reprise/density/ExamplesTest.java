package reprise.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.optim.LinearLoss;
import reprise.optim.LinearModel;
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
    void coresets() {
        Dense x = Dense.of("x", points);
        double[] y = new double[256];
        for (int i = 0; i < 256; i++) {
            y[i] = points[i][0] > 0.5 ? 1 : -1;
        }
        double[] weights = new double[256];
        Arrays.fill(weights, 1);
        WeightedCoreset few = Caratheodory.reduce(x, weights);
        assertTrue(few.size() <= 3);
        assertEquals(50, CoresetRule.UNIFORM.choose(x, 50, Rng.of(3)).size(), 12);
        var problem = CoresetProblem.linear(LinearLoss.LOGISTIC, x, y, 1);
        var found = AutoCoreset.of(problem).by(CoresetRule.CARATHEODORY).choose(60, Rng.of(4));
        assertTrue(found.rounds() >= 5);
        var result = CoresetStudy.of(problem).sizes(50, 100).run(2, Rng.of(5));
        double[] uniform = result.mean(CoresetStudy.Way.UNIFORM);
        assertTrue(uniform[0] > 0 && uniform[1] > 0);
        LinearModel model = LinearModel.fit(LinearLoss.LOGISTIC, x, y, weights, 1);
        assertTrue(model.coefficients()[0] > 1);
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
