package reprise.transport;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Cost;
import reprise.linalg.NotConverged;
import reprise.parallel.Tasks;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * The entropic plan between two samples of equal weights, for the cost |x - y|^2 / 2, in the log domain. It is a
 * {@link ConditionalPlan} of any x, not only of those in the sample: pi(y_j | x) is proportional to
 * exp((g_j - |x - y_j|^2 / 2) / eps) with the potential g. It sends points to the sample's y only, so its conditional
 * covariance is too small where few of them are near.
 *
 * <pre>{@code SinkhornPlan plan = SinkhornPlan.between(x, y, 0.1, 1e-6, 10_000);}</pre>
 */
@Source(text = "Peyre and Cuturi, Computational Optimal Transport, 2019", at = "Section 4.4")
@Source(arxiv = "2109.12004", at = "Eq. 6")
public final class SinkhornPlan implements ConditionalPlan {
    /** Points with less of the mass than this change no moment by more than rounding does. */
    private static final double NEGLIGIBLE = 1e-18;

    private final Dense y;
    private final double epsilon;
    private final double[] potential;
    private final int iterations;

    private SinkhornPlan(Dense y, double epsilon, double[] potential, int iterations) {
        this.y = y;
        this.epsilon = epsilon;
        this.potential = potential;
        this.iterations = iterations;
    }

    /**
     * Solves the discrete problem.
     *
     * @param x source points, shape [n, d]
     * @param y target points, shape [m, d]
     * @param epsilon the strength of the entropy, above 0
     * @param tolerance how far the plan's first marginal may be from the even one, in total variation, above 0
     * @param iterations at most how many, at least 1
     * @return the plan
     * @throws NotConverged if the tolerance is not reached
     * @throws IllegalArgumentException if a number is out of range or the dimensions differ
     * @cost two soft sums of n by m terms an iteration
     */
    public static SinkhornPlan between(Dense x, Dense y, double epsilon, double tolerance, int iterations) {
        EntropicPlan plan = Sinkhorn.between(x, y, Cost.squaredDistance()).epsilon(2 * epsilon).tolerance(2 * tolerance)
                .iterations(iterations).solve();
        double[] potential = Arrays.stream(plan.g()).map(g -> g / (2 * epsilon)).toArray();
        return new SinkhornPlan(y, epsilon, potential, plan.marginalErrors().length);
    }

    /**
     * How many iterations it took.
     *
     * @return at least 1
     */
    public int iterations() {
        return iterations;
    }

    @Override
    public Dense sample(Dense x, Rng rng) {
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), y.columns());
        int d = x.columns();
        double[] drawn = new double[x.data().length];
        double[] p = new double[y.rows()];
        for (int i = 0; i < x.rows(); i++) {
            probabilities(x, i, p);
            System.arraycopy(y.data(), rng.categorical(p) * d, drawn, i * d, d);
        }
        return Dense.of("sample", drawn, x.rows(), d);
    }

    @Override
    public ConditionalMoments moments(Dense x) {
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), y.columns());
        int d = x.columns();
        double[] means = new double[x.data().length];
        double[][] covariances = new double[x.rows()][d * d];
        Tasks.forRange(x.rows(), i -> {
            double[] p = new double[y.rows()];
            double[] step = new double[d];
            probabilities(x, i, p);
            for (int j = 0; j < p.length; j++) {
                for (int c = 0; c < d; c++) {
                    means[i * d + c] += p[j] * y.data()[j * d + c];
                }
            }
            for (int j = 0; j < p.length; j++) {
                if (p[j] > NEGLIGIBLE) {
                    for (int c = 0; c < d; c++) {
                        step[c] = y.data()[j * d + c] - means[i * d + c];
                    }
                    addOuter(p[j], step, covariances[i]);
                }
            }
        });
        return new ConditionalMoments(Dense.of("means", means, x.rows(), d), covariances);
    }

    private static void addOuter(double p, double[] step, double[] covariance) {
        int d = step.length;
        for (int a = 0; a < d; a++) {
            double own = p * step[a];
            for (int b = 0; b < d; b++) {
                covariance[a * d + b] += own * step[b];
            }
        }
    }

    private void probabilities(Dense x, int i, double[] p) {
        int d = x.columns();
        double most = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < p.length; j++) {
            double square = 0;
            for (int c = 0; c < d; c++) {
                double step = x.data()[i * d + c] - y.data()[j * d + c];
                square += step * step;
            }
            p[j] = potential[j] - square / (2 * epsilon);
            most = Math.max(most, p[j]);
        }
        double sum = 0;
        for (int j = 0; j < p.length; j++) {
            p[j] = Math.exp(p[j] - most);
            sum += p[j];
        }
        for (int j = 0; j < p.length; j++) {
            p[j] /= sum;
        }
    }
}
