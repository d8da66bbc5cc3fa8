package reprise.transport;

import java.util.Arrays;
import reprise.backend.Scaling;

/** The two potentials of an entropic problem and the updates that make one of its marginals exact. */
final class DualAscent {
    /** Enough to follow the potentials while the softness is halved. */
    private static final int STEPS_PER_SOFTNESS = 3;

    private final PairCosts costs;
    private final Scaling scaling;
    private final double[] f;
    private final double[] g;

    DualAscent(PairCosts costs, double[] logA, double[] logB) {
        this.costs = costs;
        scaling = costs.scaling(logA, logB);
        f = new double[logA.length];
        g = new double[logB.length];
    }

    double[] f() {
        return f.clone();
    }

    double[] g() {
        return g.clone();
    }

    void g(double[] values) {
        System.arraycopy(values, 0, g, 0, g.length);
    }

    /** Halves the softness from the size of the costs down to eps, so that no potential has a long way to go. */
    void anneal(double eps) {
        for (double soft = costs.spread() / 2; soft > eps; soft /= 2) {
            for (int k = 0; k < STEPS_PER_SOFTNESS; k++) {
                step(soft, 1);
            }
        }
    }

    /**
     * Moves both potentials by a factor times the way to where their marginal is exact, and returns how far the
     * sources' marginal was from exact before. With a factor of 1 the targets' is exact before and after.
     */
    double step(double eps, double factor) {
        return scaling.update(f, g, eps, factor);
    }

    static double[] exponents(double[] logWeights, double[] potential, double eps) {
        var out = new double[potential.length];
        Arrays.setAll(out, i -> logWeights[i] + potential[i] / eps);
        return out;
    }
}
