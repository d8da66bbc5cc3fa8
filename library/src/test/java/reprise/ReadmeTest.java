package reprise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.backend.Cost;
import reprise.density.Bandwidth;
import reprise.density.KernelDensity;
import reprise.transport.EntropicPlan;
import reprise.transport.ExactTransport;
import reprise.transport.Sinkhorn;
import reprise.transport.SparsePlan;

/** The examples of README.md; a test of the commands compares the lines. */
class ReadmeTest {
    @Test
    void estimatesADensityAtOnePlace() {
        double[][] points = {{0.0, 0.1}, {1.0, 0.9}, {0.9, 1.1}};
        double[] logDensity = KernelDensity.gaussian(points).bandwidth(0.5).logDensity(new double[][] {{1, 1}});

        double near = Math.exp(-0.01 / 0.5) + Math.exp(-0.02 / 0.5);
        double expected = Math.log((near + Math.exp(-1.81 / 0.5)) / (3 * 2 * Math.PI * 0.25));
        assertEquals(expected, logDensity[0], 1e-14);
    }

    @Test
    void answersTheFirstQuestions() {
        double[][] x = {{0, 0}, {1, 0}, {0, 2}};
        double[][] y = {{0, 1}, {2, 0}};
        // How do I get the plan? Whole, or a row at a time where that is too much; the exact one by its moves.
        EntropicPlan plan = Sinkhorn.between(x, y).epsilon(0.1).solve();
        double[][] all = plan.toMatrix();
        double[] first = plan.row(0);
        SparsePlan.Entry move = ExactTransport.between(x, y).solve().entry(0);

        // What about unequal weights?
        double[] a = {0.5, 0.25, 0.25};
        double[] b = {0.9, 0.1};
        double cost = ExactTransport.between(x, y).weights(a, b).solve().cost();

        // Which bandwidth? Silverman's for a look at one hump; the likelihood of each point under the others for more.
        KernelDensity quick = KernelDensity.gaussian(x).bandwidth(Bandwidth.silverman());
        KernelDensity careful = KernelDensity.gaussian(x).bandwidth(Bandwidth.leaveOneOut());

        // How do I plug in my own cost? As a function of two points, or as a table.
        Cost blocks = Cost.of((p, q) -> Math.abs(p[0] - q[0]) + Math.abs(p[1] - q[1]));
        EntropicPlan walked = Sinkhorn.between(Dense.of("x", x), Dense.of("y", y), blocks).epsilon(0.1).solve();
        double listed = ExactTransport.costs(new double[][] {{0, 2}, {1, 1}, {2, 0}}).weights(a, b).solve().cost();

        assertArrayEquals(first, all[0], 1e-15);
        assertEquals(1.0 / 3, first[0] + first[1], 1e-9);
        // The first point gives a half of its third to each target.
        assertEquals(1.0 / 6, move.mass(), 1e-12);
        // 0.1 goes from (1, 0) to (2, 0) at 1, 0.15 from there to (0, 1) at 2, the others to (0, 1) at 1.
        assertEquals(0.1 + 0.15 * 2 + 0.75, cost, 1e-12);
        assertTrue(quick.bandwidth() > 0 && careful.bandwidth() > 0);
        // Best: a third at 1 from (1, 0) to (2, 0), a sixth at 2 from (0, 0) there, a sixth and a third at 1 to (0, 1).
        assertEquals(7.0 / 6, walked.cost(), 0.05);
        // 0.1 of the third at 0, its other 0.15 at 2, the second at 1, the first at 0.
        assertEquals(0.15 * 2 + 0.25, listed, 1e-12);
    }
}
