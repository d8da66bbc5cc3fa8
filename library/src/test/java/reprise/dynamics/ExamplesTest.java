package reprise.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.array.Grid;
import reprise.linalg.ShiftedMatrix;
import reprise.random.Rng;

/** The examples of the package's Javadoc, compiled and run. */
class ExamplesTest {
    private final Dense starts = Systems.uniform(30, new double[] {-2, -2}, new double[] {2, 2}, Rng.of(1));

    @Test
    void residualDmd() {
        Snapshots data = Snapshots.of(StateMap.flow(Systems.duffing(0.3), 0.3, 30), starts, 5);
        Observables dictionary = Observables.hermite(2, 3);
        ResDmd model = ResDmd.fit(dictionary, data);
        Pseudospectrum h = model.pseudospectrum(Grid.linear(-1.5, 1.5, 61), Grid.linear(-1.5, 1.5, 61));
        CertifiedSpectrum found = h.measurePreserving().certified();
        assertTrue(found.certificate() < 1);
    }

    @Test
    void extendedDmd() {
        StateMap map = Systems.skewProduct(0.3);
        Edmd edmd = Edmd.fit(Observables.monomials(2, 3), Snapshots.of(map, starts, 1));
        double[] errors = edmd.residuals();
        assertEquals(10, errors.length);
    }

    @Test
    void dictionaries() {
        Dense values = Observables.hermite(2, 5).and(Observables.of(2, x -> Math.sin(x[0]))).at(starts);
        assertEquals(22, values.columns());
    }

    @Test
    void dmd() {
        Dense orbit = StateMap.flow(Systems.lorenz(), 0.01, 2).orbit(new double[] {1, 1, 20}, 50);
        DmdModel model = Dmd.of(orbit).rank(3).fit();
        Dense future = model.states(0, 500);
        assertEquals(500, future.rows());
    }

    @Test
    void periodicApproximation() {
        double[] signal = Rng.of(2).normal(100, 1).data();
        PeriodicApproximation atoms = PeriodicApproximation.ofOrbit(signal);
        double[] density = atoms.density(Grid.linear(0, 1, 51));
        assertEquals(50, density.length);
    }

    @Test
    void shiftedMatrices() {
        double[][] a = {{0, 1}, {0, 0}};
        double[][] distance = ShiftedMatrix.of(a).grid(Grid.linear(-1, 1, 80), Grid.linear(-1, 1, 80));
        assertEquals(80, distance.length);
    }
}
