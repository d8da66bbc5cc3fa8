package reprise.privacy;

import java.util.random.RandomGenerator;
import reprise.array.Require;
import reprise.parallel.Tasks;
import reprise.prob.SpecialFunctions;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * An analyst who overfits a sample through its answers alone.
 *
 * <p>n people have m attributes x_i and a label y, all independent fair signs. The analyst asks the m queries
 * q_i = x_i y, each with truth 0, gets a_i = mean over the sample + noise, and then asks
 * g = sum_i sign(a_i) q_i / sqrt(m): truth 0 and variance 1 again, but its mean over the sample, the bias, is
 * sqrt(2 m / pi) (1 / n) / sqrt(1 / n + s^2) for normal noise of standard deviation s, up to O(1 / n).
 *
 * <pre>{@code
 * double bias = AdaptiveAttack.of(1_000, 500).noise(0.1).run(100, Rng.of(7)).meanBias();   // near 0.17
 * }</pre>
 */
@Source(arxiv = "1411.2664")
public final class AdaptiveAttack {
    private final int n;
    private final int m;
    private final NoiseLaw law;
    private final double scale;

    private AdaptiveAttack(int n, int m, NoiseLaw law, double scale) {
        this.n = n;
        this.m = m;
        this.law = law;
        this.scale = scale;
    }

    /**
     * What repeated attacks on new samples came to.
     *
     * @param bias the final query's mean over the sample, an entry a run; its truth is 0
     * @param worst the largest |a_i - truth| of the m answers, an entry a run
     */
    public record Outcome(double[] bias, double[] worst) {
        /**
         * The mean bias.
         *
         * @return the mean over the runs
         */
        public double meanBias() {
            return mean(bias);
        }

        /**
         * The mean of the largest errors among the answers.
         *
         * @return the mean over the runs
         */
        public double meanWorst() {
            return mean(worst);
        }

        private static double mean(double[] values) {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum / values.length;
        }
    }

    /**
     * Sets the sizes; the answers have no noise.
     *
     * @param n people, at least 1
     * @param m queries before the last, at least 1
     * @return the attack
     * @throws IllegalArgumentException if either is below 1
     */
    public static AdaptiveAttack of(int n, int m) {
        return new AdaptiveAttack(Require.atLeast("n", n, 1), Require.atLeast("m", m, 1), NoiseLaw.GAUSSIAN, 0);
    }

    /**
     * Adds normal noise to the answers.
     *
     * @param sd its standard deviation, at least 0
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public AdaptiveAttack noise(double sd) {
        return noise(NoiseLaw.GAUSSIAN, sd);
    }

    /**
     * Adds noise to the answers.
     *
     * @param shape its law
     * @param size its scale, at least 0
     * @return a copy
     * @throws IllegalArgumentException if the scale is negative
     */
    public AdaptiveAttack noise(NoiseLaw shape, double size) {
        return new AdaptiveAttack(n, m, shape, Require.nonNegative("size", size));
    }

    /**
     * Attacks new samples. The same stream gives the same samples whatever the noise.
     *
     * @param runs how many, at least 1
     * @param rng the randomness
     * @return an entry a run
     * @throws IllegalArgumentException if there are no runs
     * @cost n m / 64 random words and m noises a run, on all cores
     */
    public Outcome run(int runs, Rng rng) {
        var each = Tasks.mapRange(Require.atLeast("runs", runs, 1), r -> once(rng.split(r)));
        return new Outcome(
                each.stream().mapToDouble(v -> v[0]).toArray(),
                each.stream().mapToDouble(v -> v[1]).toArray());
    }

    private double[] once(Rng rng) {
        RandomGenerator stream = rng.split("data").generator();
        Rng noise = rng.split("noise");
        long[] bits = new long[(n + 63) / 64];
        double sum = 0;
        double worst = 0;
        for (int i = 0; i < m; i++) {
            SignMatrix.fill(bits, n, stream);
            double mean = SignMatrix.mean(bits, n);
            double answer = mean + law.draw(scale, noise);
            sum += answer < 0 ? -mean : mean;
            worst = Math.max(worst, Math.abs(answer));
        }
        return new double[] {sum / Math.sqrt(m), worst};
    }

    /**
     * The mean bias as the normal limit has it, for normal noise.
     *
     * @return sqrt(2 m / pi) (1 / n) / sqrt(1 / n + s^2)
     * @throws IllegalStateException if the noise is not normal
     */
    public double limitBias() {
        normalOnly();
        return Math.sqrt(2 * m / Math.PI) / n / Math.sqrt(1.0 / n + scale * scale);
    }

    /**
     * The mean bias exactly: sqrt(m) times the mean of v (2 F(v) - 1) over the binomial law of a sample mean v, with
     * the noise's distribution function F.
     *
     * @return the mean over all samples and noises
     * @cost O(n)
     */
    public double exactBias() {
        double sum = 0;
        for (int k = 0; k <= n; k++) {
            double mean = (2.0 * k - n) / n;
            double logP = SpecialFunctions.logGamma(n + 1) - SpecialFunctions.logGamma(k + 1)
                    - SpecialFunctions.logGamma(n - k + 1) - n * Math.log(2);
            double leaning = scale == 0 ? Math.signum(mean) : 2 * law.unitCdf(mean / scale) - 1;
            sum += Math.exp(logP) * mean * leaning;
        }
        return Math.sqrt(m) * sum;
    }

    /**
     * What no analyst can exceed who sees the m noisy answers, whatever they do with them: the bias of a query of
     * variance proxy 1 is at most sqrt(2 I / n), where the answers tell at most I = (m / 2) log(1 + 1 / (n s^2)) nats
     * about the sample, the capacity of m Gaussian channels with signals of variance 1 / n.
     *
     * @return sqrt((m / n) log(1 + 1 / (n s^2))); infinite without noise
     * @throws IllegalStateException if the noise is not normal
     */
    @Source(arxiv = "1511.05219")
    public double informationBound() {
        normalOnly();
        return Math.sqrt(m / (double) n * Math.log1p(1 / (n * scale * scale)));
    }

    /**
     * The standard error of the mean bias, exactly: the terms are independent with second moment 1 / n.
     *
     * @param runs how many are averaged, at least 1
     * @return sqrt((1 / n - bias^2 / m) / runs)
     * @throws IllegalArgumentException if there are no runs
     * @cost O(n)
     */
    public double standardError(int runs) {
        double bias = exactBias();
        return Math.sqrt((1.0 / n - bias * bias / m) / Require.atLeast("runs", runs, 1));
    }

    /**
     * The mean of the largest error of the m answers in the normal limit: sqrt(1 / n + s^2) times the mean of the
     * largest of m absolute normals.
     *
     * @return above 0
     * @throws IllegalStateException if the noise is not normal
     * @cost 4000 values of the normal distribution function
     */
    public double limitWorst() {
        normalOnly();
        return Math.sqrt(1.0 / n + scale * scale) * meanLargest(m);
    }

    /**
     * The normal noise at which the worst error is least, counting the answers and the final query: where both are
     * equal in the normal limit.
     *
     * @return its standard deviation, sqrt(sqrt(2 m / pi) / (n M) - 1 / n) with the mean M of the largest of m absolute
     *     normals; 0 for m up to 2, where both are equal without noise
     * @cost 4000 values of the normal distribution function
     */
    public double bestNoise() {
        double variance = Math.sqrt(2 * m / Math.PI) / (n * meanLargest(m)) - 1.0 / n;
        return Math.sqrt(Math.max(0, variance));
    }

    /** The mean of the largest of m absolute normals: the integral of P(largest above x), by Simpson's rule. */
    private static double meanLargest(int m) {
        int steps = 4_000;
        double width = 10.0 / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            // log P(|N| <= x) = log(1 - 2 Phi(-x)), so that m may be large.
            double tail = 2 * SpecialFunctions.normalCdf(-i * width);
            double above = -Math.expm1(m * Math.log1p(-tail));
            sum += above * (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return sum * width / 3;
    }

    private void normalOnly() {
        if (law != NoiseLaw.GAUSSIAN) {
            throw new IllegalStateException("noise must be GAUSSIAN for this formula, was " + law);
        }
    }
}
