package reprise.ode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.experiment.Slope;
import reprise.linalg.NotConverged;

class StiffTest {
    @Test
    void aFastDecayOntoASlowCurveTakesFewSteps() {
        // Prothero and Robinson: y = cos t, however large the rate.
        VectorField f = (t, y) -> new double[] {-1e6 * (y[0] - Math.cos(t)) - Math.sin(t)};
        double[] times = {0, 0.3, 1, 2.5, 10};
        var path = Stiff.of(f).solve(new double[] {1}, times);
        for (int i = 0; i < times.length; i++) {
            assertEquals(Math.cos(times[i]), path.states().data()[i], 1e-4);
        }
        // An explicit method of whatever order is stable for steps up to about 6 / rate only: 1.7 million of them.
        assertTrue(path.evaluations() < 20_000, "evaluations " + path.evaluations());
    }

    @Test
    void robertsonsReactionReachesItsPublishedState() {
        // Hairer and Wanner, Solving ODEs II, and the LSODE report: the state at t = 40.
        VectorField f = (t, y) -> {
            double a = -0.04 * y[0] + 1e4 * y[1] * y[2];
            double c = 3e7 * y[1] * y[1];
            return new double[] {a, -a - c, c};
        };
        double[] end = Stiff.of(f).tolerance(1e-8).solve(new double[] {1, 0, 0}, 0, 40).last();
        assertArrayEquals(new double[] {0.7158271, 9.185534e-6, 0.2841637}, end, 1e-6);
    }

    @Test
    void errorsFollowTheToleranceToThePowerTwoThirds() {
        // Order 2 with steps as tolerance^(1/3): the error at the end goes like tolerance^(2/3).
        double[] tolerances = {1e-4, 1e-5, 1e-6, 1e-7, 1e-8};
        double[] errors = new double[tolerances.length];
        for (int k = 0; k < errors.length; k++) {
            double[] end = Stiff.of((t, y) -> new double[] {y[1], -y[0]}).tolerance(tolerances[k])
                    .solve(new double[] {0, 1}, 0, 5).last();
            errors[k] = Math.hypot(end[0] - Math.sin(5), end[1] - Math.cos(5));
        }
        assertEquals(2.0 / 3, Slope.logLog(tolerances, errors).slope(), 0.07);
    }

    @Test
    void aGivenJacobianGivesTheSame() {
        VectorField f = (t, y) -> new double[] {-1e3 * y[0] + t, y[0] - 2 * y[1]};
        Dense j = Dense.of("j", new double[][] {{-1e3, 0}, {1, -2}});
        double[] times = {0, 1, 2};
        double[] start = {1, 1};
        var own = Stiff.of(f).solve(start, times);
        var given = Stiff.of(f).jacobian((t, y) -> j).solve(start, times);
        assertArrayEquals(own.states().data(), given.states().data(), 1e-8);
        assertArrayEquals(
                Ode.of(f).tolerance(1e-11).solve(start, times).states().data(), own.states().data(), 1e-4);
    }

    @Test
    void badInputAndBlowUpAreReported() {
        VectorField f = (t, y) -> new double[] {y[0] * y[0]};
        var e = assertThrows(NotConverged.class, () -> Stiff.of(f).solve(new double[] {1}, 0, 2));
        assertTrue(e.partial()[0] > 1e3, "reached " + e.partial()[0]);
        assertThrows(NotConverged.class, () -> Stiff.of(f).steps(2).solve(new double[] {1}, 0, 0.9));
        assertThrows(IllegalArgumentException.class, () -> Stiff.of(f).solve(new double[] {1}, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Stiff.of(f).solve(new double[0], 0, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Stiff.of((t, y) -> new double[] {Double.NaN}).solve(new double[] {1}, 0, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Stiff.of(f).jacobian((t, y) -> Dense.of("j", new double[2][2])).solve(new double[] {1}, 0, 1));
    }
}
