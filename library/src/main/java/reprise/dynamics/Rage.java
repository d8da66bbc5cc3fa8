package reprise.dynamics;

import java.util.List;
import java.util.function.ToDoubleFunction;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.Qr;
import reprise.parallel.Interrupted;
import reprise.source.Source;

/**
 * How much of a function is made of eigenfunctions, by the theorem of Ruelle, Amrein, Georgescu and Enss: with P(n) the
 * projection on the first functions of a dictionary, || P_pp g ||^2 is the limit over n of the limit over L of the mean
 * of || P(n) K^l g ||^2 for l below L. What is not made of eigenfunctions leaves every finite space in the mean. The
 * limits do not commute.
 */
@Source(arxiv = "2407.06312", at = "RAGE theorem")
public final class Rage {
    private Rage() {}

    /**
     * The parts || P(n) K^l g ||^2 that a dictionary still sees after l steps.
     *
     * @param dictionary n functions, linearly independent at the nodes
     * @param nodes of a quadrature on the state space, shape [m, d], m at least n
     * @param weights of the nodes, above 0, length m
     * @param map the system
     * @param parts the function g, or its real and imaginary part
     * @param steps L, at least 1
     * @return one number for each l from 0 to L - 1
     * @throws IllegalArgumentException if the shapes differ, a number is out of range, or the functions are dependent
     * @throws Interrupted if the thread was interrupted
     * @cost 4 m n^2 operations once, and m evaluations of the map and 2 m n operations a step
     */
    public static double[] energies(
            Observables dictionary, Dense nodes, double[] weights, StateMap map, List<ToDoubleFunction<double[]>> parts,
            int steps) {
        int m = nodes.rows();
        Require.shape("weights", new int[] {weights.length}, m);
        Require.atLeast("steps", steps, 1);
        Require.atLeast("number of nodes", m, dictionary.size());
        double[] roots = new double[m];
        for (int i = 0; i < m; i++) {
            roots[i] = Math.sqrt(Require.positive("weights[" + i + "]", weights[i]));
        }
        Qr qr = Qr.of(scaled(dictionary.at(nodes), roots));
        if (qr.rank() < dictionary.size()) {
            throw new IllegalArgumentException("dictionary functions must be linearly independent at the nodes, had "
                    + "rank " + qr.rank() + " of " + dictionary.size());
        }
        Observables observable = Observables.of(dictionary.dimension(), parts);
        double[] energies = new double[steps];
        Dense states = nodes;
        for (int l = 0; l < steps; l++) {
            Interrupted.check();
            for (double v : Blas.productAtB(qr.q(), scaled(observable.at(states), roots)).data()) {
                energies[l] += v * v;
            }
            states = l + 1 < steps ? map.each(states) : states;
        }
        return energies;
    }

    /**
     * The means of the first L numbers, for each L.
     *
     * @param energies from {@link #energies}
     * @return the mean over l below L in [L - 1]
     * @cost O(L)
     */
    public static double[] means(double[] energies) {
        double[] means = new double[energies.length];
        double sum = 0;
        for (int l = 0; l < means.length; l++) {
            sum += energies[l];
            means[l] = sum / (l + 1);
        }
        return means;
    }

    private static Dense scaled(Dense values, double[] roots) {
        double[] rows = values.data().clone();
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= roots[i / values.columns()];
        }
        return Dense.of("weighted values", rows, values.rows(), values.columns());
    }
}
