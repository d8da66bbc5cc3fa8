package reprise.transport;

import java.util.Arrays;
import java.util.stream.IntStream;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Tasks;
import reprise.prob.Normal;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * A transport problem whose entropic plan is known exactly: choose the plan, and let the target be what it makes of
 * the source.
 *
 * <p>With the potential phi(y) = sum_k w_k N(y | mu_k, Sigma_k), pi(y | x) is proportional to phi(y) exp(-|x - y|^2 /
 * 2 eps), and it is the entropic plan between the source and its own output. In the parameters of a
 * {@link LightBridge}: S_k = (I + eps Sigma_k^-1)^-1, r_k = (I - S_k) mu_k, and alpha_k proportional to
 * w_k N(mu_k | 0, Sigma_k + eps I), since v(y) = phi(y) exp(-|y|^2 / 2 eps). So an exact answer lies in the model
 * class.
 *
 * <pre>{@code
 * var problem = EntropicBenchmark.random(16, 5, 1, Rng.of(1));
 * LightBridge bridge = problem.fit().components(50).fit(Rng.of(2));
 * double percent = problem.error(bridge, 1_000, Rng.of(3));
 * }</pre>
 */
@Source(arxiv = "2306.10161", at = "Section 4")
@Source(arxiv = "2310.01174", at = "Section 5.2")
public final class EntropicBenchmark {
    /** Source points for the target's variance, times the dimension: its error is near 0.5 %. */
    private static final int FOR_VARIANCE = 40_000;

    private final Marginal source;
    private final LightBridge truth;
    private final double[] targetMean;
    private final Dense targetCovariance;

    private EntropicBenchmark(Marginal source, LightBridge truth, Rng rng) {
        this.source = source;
        this.truth = truth;
        var both = pushed(truth, source.sample(Math.max(2_000, FOR_VARIANCE / truth.dimension()), rng));
        targetMean = both.mean(0);
        targetCovariance = both.covariance(0);
    }

    /**
     * The problem of a given bridge.
     *
     * @param source p_0
     * @param truth the plan, of the same dimension
     * @param rng the randomness with which the target's mean and covariance are found, to about 0.5 %
     * @return the problem
     * @throws IllegalArgumentException if the dimensions differ
     * @cost 40 000 / d conditional moments
     */
    public static EntropicBenchmark of(Marginal source, LightBridge truth, Rng rng) {
        return new EntropicBenchmark(source, truth, rng);
    }

    /**
     * The problem of a potential with diagonal covariances, and a standard normal source.
     *
     * @param epsilon the strength of the entropy, above 0
     * @param weights w_k, above 0, length K
     * @param means mu_k, shape [K, d]
     * @param variances the diagonals of Sigma_k, above 0, shape [K, d]
     * @param rng as for {@link #of}
     * @return the problem
     * @throws IllegalArgumentException if a shape does not fit or a number is out of range
     * @cost as for {@link #of}
     */
    public static EntropicBenchmark ofPotential(
            double epsilon, double[] weights, Dense means, Dense variances, Rng rng) {
        Require.positive("epsilon", epsilon);
        int d = means.columns();
        Require.shape("weights", new int[] {weights.length}, means.rows());
        Require.shape("variances", new int[] {variances.rows(), variances.columns()}, means.rows(), d);
        double[] logAlpha = new double[weights.length];
        double[] r = new double[weights.length * d];
        double[] s = new double[r.length];
        for (int k = 0; k < weights.length; k++) {
            logAlpha[k] = Math.log(Require.positive("weights[" + k + "]", weights[k]));
            for (int c = 0; c < d; c++) {
                int at = k * d + c;
                double variance = Require.positive("variances[" + k + ", " + c + "]", variances.data()[at]);
                double mu = means.data()[at];
                s[at] = variance / (variance + epsilon);
                r[at] = epsilon / (variance + epsilon) * mu;
                logAlpha[k] -= (mu * mu / (variance + epsilon) + Math.log(variance + epsilon)) / 2;
            }
        }
        var truth = LightBridge.of(
                epsilon, logAlpha, Dense.of("r", r, weights.length, d), Dense.of("s", s, weights.length, d));
        return of(Marginal.standardNormal(d), truth, rng);
    }

    /**
     * A random problem: components of equal weight w, mu_k uniform on the sphere of radius 5, S_k uniform between 0.2
     * and 0.8 in each coordinate (so that Sigma = eps S / (1 - S)).
     *
     * @param d the number of coordinates, at least 1
     * @param components K, at least 1; the published benchmark has 5
     * @param epsilon the strength of the entropy, above 0
     * @param rng the randomness
     * @return the problem
     * @throws IllegalArgumentException if a number is out of range
     * @cost as for {@link #of}
     */
    public static EntropicBenchmark random(int d, int components, double epsilon, Rng rng) {
        Require.atLeast("d", d, 1);
        Require.atLeast("components", components, 1);
        Require.positive("epsilon", epsilon);
        double[] means = new double[components * d];
        double[] variances = new double[components * d];
        var places = rng.split("means");
        var spreads = rng.split("spreads");
        for (int k = 0; k < components; k++) {
            double[] direction = places.sphere(d);
            for (int c = 0; c < d; c++) {
                means[k * d + c] = 5 * direction[c];
                double s = spreads.uniform(0.2, 0.8);
                variances[k * d + c] = epsilon * s / (1 - s);
            }
        }
        double[] weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        return ofPotential(
                epsilon, weights, Dense.of("means", means, components, d),
                Dense.of("variances", variances, components, d), rng.split("variance"));
    }

    /**
     * The strength of the entropy.
     *
     * @return above 0
     */
    public double epsilon() {
        return truth.epsilon();
    }

    /**
     * The exact plan.
     *
     * @return it
     */
    public LightBridge truth() {
        return truth;
    }

    /**
     * The source p_0.
     *
     * @return its draws
     */
    public Marginal source() {
        return source;
    }

    /**
     * The target p_1, independent of the draws of the source.
     *
     * @return its draws: those of the plan for hidden draws of the source
     */
    public Marginal target() {
        return (n, rng) -> truth.sample(source.sample(n, rng), rng);
    }

    /**
     * A method to solve this problem with, which sees both ends but not the plan.
     *
     * @return with the problem's epsilon and otherwise the paper's settings
     */
    public LightBridgeFit fit() {
        return LightBridge.between(source, target()).epsilon(epsilon());
    }

    /**
     * The coupling that knows nothing of x: a normal distribution with the target's mean and covariance for every x.
     * Its output has the right moments; its plan has none of the problem's.
     *
     * @return a plan to compare with
     */
    public ConditionalPlan independent() {
        return new Independent(targetMean, targetCovariance);
    }

    private record Independent(double[] mean, Dense covariance) implements ConditionalPlan {
        @Override
        public Dense sample(Dense x, Rng rng) {
            return Normal.of(mean, covariance).sample(x.rows(), rng);
        }

        @Override
        public ConditionalMoments moments(Dense x) {
            double[] means = new double[Math.multiplyExact(x.rows(), mean.length)];
            Arrays.setAll(means, i -> mean[i % mean.length]);
            double[][] covariances = new double[x.rows()][];
            Arrays.setAll(covariances, i -> covariance.data().clone());
            return new ConditionalMoments(Dense.of("means", means, x.rows(), mean.length), covariances);
        }
    }

    /**
     * The mean of the target.
     *
     * @return E y, length d, a copy
     */
    public double[] targetMean() {
        return targetMean.clone();
    }

    /**
     * The covariance of the target.
     *
     * @return shape [d, d]
     */
    public Dense targetCovariance() {
        return targetCovariance;
    }

    /**
     * How far another plan is from the exact one, cBW-UVP: the mean over x of half the squared Bures-Wasserstein
     * distance between both conditional distributions, in percent of half the target's variance. Sending every x to
     * the target's mean scores 100.
     *
     * @param plan any plan from this source
     * @param n how many x, at least 1; 1 000 give it to a few percent of itself
     * @param rng the randomness: the x
     * @return in percent, at least 0; from exact conditional moments, without noise of samples of y
     * @throws IllegalArgumentException if n is below 1 or the plan has another dimension
     * @cost n conditional moments of both plans and n distances
     */
    public double error(ConditionalPlan plan, int n, Rng rng) {
        Dense x = source.sample(n, rng);
        var exact = truth.moments(x);
        var other = plan.moments(x);
        Require.shape(
                "means of the plan", new int[] {other.means().rows(), other.means().columns()}, n, truth.dimension());
        double[] squares = new double[n];
        Tasks.forRange(n, i -> squares[i] = BuresWasserstein.squared(
                exact.mean(i), exact.covariance(i), other.mean(i), other.covariance(i)));
        return 100 * Arrays.stream(squares).average().orElseThrow() / trace();
    }

    /**
     * How far another plan's output is from the target, BW-UVP: as {@link #error}, but for the marginals alone. A
     * plan may score 0 here and couple the wrong points.
     *
     * @param plan any plan from this source
     * @param n how many x, at least 2
     * @param rng the randomness: the x
     * @return in percent, at least 0
     * @throws IllegalArgumentException if n is below 2 or the plan has another dimension
     * @cost n conditional moments of both plans and one distance
     */
    public double marginalError(ConditionalPlan plan, int n, Rng rng) {
        Dense x = source.sample(Require.atLeast("n", n, 2), rng);
        var exact = pushed(truth, x);
        var other = pushed(plan, x);
        return 100 * BuresWasserstein.squared(exact.mean(0), exact.covariance(0), other.mean(0), other.covariance(0))
                / trace();
    }

    private double trace() {
        int d = truth.dimension();
        return IntStream.range(0, d).mapToDouble(c -> targetCovariance.data()[c * d + c]).sum();
    }

    /** The mean and covariance of y, by the law of total variance. */
    private static ConditionalMoments pushed(ConditionalPlan plan, Dense x) {
        int n = x.rows();
        int d = x.columns();
        double[] mean = new double[d];
        double[] covariance = new double[d * d];
        // In pieces: the covariances of all x would fill the memory for large d.
        int piece = Math.max(1, 2_000_000 / (d * d));
        double[][] means = new double[n][];
        for (int from = 0; from < n; from += piece) {
            int to = Math.min(n, from + piece);
            var some = plan.moments(Dense.of(
                    "x", Arrays.copyOfRange(x.data(), from * d, to * d), to - from, d));
            for (int i = from; i < to; i++) {
                means[i] = some.mean(i - from);
                for (int c = 0; c < d; c++) {
                    mean[c] += means[i][c] / n;
                }
                for (int c = 0; c < d * d; c++) {
                    covariance[c] += some.covariances()[i - from][c] / n;
                }
            }
        }
        for (double[] own : means) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    covariance[a * d + b] += (own[a] - mean[a]) * (own[b] - mean[b]) / n;
                }
            }
        }
        return new ConditionalMoments(Dense.of("mean", mean, 1, d), new double[][] {covariance});
    }
}
