package reprise.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.linalg.Gram;
import reprise.prob.OrthonormalPolynomials;
import reprise.prob.PolynomialBasis;
import reprise.random.Rng;

/** The examples of the package's Javadoc, compiled and run. */
class ExamplesTest {
    private final PolynomialBasis basis = PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 10);
    private final Rng rng = Rng.of(1);

    @Test
    void christoffel() {
        Dense points = ChristoffelSampler.of(basis).sample(200, rng);
        assertEquals(200, points.rows());
    }

    @Test
    void projection() {
        Dense points = ProjectionDpp.of(PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 10)).sample(rng);
        assertEquals(10, points.rows());
    }

    @Test
    void finite() {
        Dense items = rng.normal(30, 2);
        FiniteDpp process = FiniteDpp.likelihood(Gram.gaussian(items, items, 0.5));
        int[] some = process.sample(rng);
        int[] ten = process.sample(10, rng);
        assertTrue(some.length <= 30);
        assertEquals(10, ten.length);
    }

    @Test
    void volume() {
        Dense x = rng.normal(50, 4);
        int[] rows = VolumeSampling.of(x).sample(20, rng);
        assertEquals(20, rows.length);
    }

    @Test
    void fits() {
        WeightedPoints design = PointDesign.DPP.draw(basis, 2 * basis.size(), rng);
        PolynomialFit fit = design.fit(basis, x -> 1 / (1 + 5 * x[0] * x[0]));
        assertEquals(1 / 1.45, fit.at(0.3), 0.3);
        WeightedPoints points = PointDesign.VOLUME.draw(basis, 40, rng);
        assertEquals(40, points.size());
    }

    @Test
    void studies() {
        var study = DesignStudy.of(PointDesign.DPP, basis, 40).approximating(BestApproximation.of(basis, Math::abs));
        double median = study.run(50, rng).least().median();
        assertTrue(median > 0.2 && median < 0.8);
    }
}
