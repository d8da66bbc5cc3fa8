package reprise.privacy;

import reprise.array.Require;
import reprise.data.Labelled;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Softmax regression by private stochastic gradient descent: every person's gradient is clipped to length C, the
 * clipped ones are summed, and only then noise is added.
 *
 * <p>Each step takes every person with probability q; with g_i cut to length at most C and standard normal vectors N,
 * the weights move by -rate (sum g_i + z C N) / (q n). The noise z is the least for which all steps together are
 * (epsilon, delta)-private by {@link SubsampledGaussian}. The number n of people counts as known.
 *
 * <pre>{@code
 * Labelled iris = Classic.iris().points();
 * var fit = PrivateSoftmax.steps(60, 0.2).fit(iris, 3, 1e-5, PrivacyBudget.of(3, 1e-5), Rng.of(7));
 * double accuracy = fit.accuracy(iris);
 * }</pre>
 */
@Source(arxiv = "1607.00133", at = "Algorithm 1")
public final class PrivateSoftmax {
    private final int steps;
    private final double sampled;
    private final double rate;
    private final double clip;

    private PrivateSoftmax(int steps, double sampled, double rate, double clip) {
        this.steps = steps;
        this.sampled = sampled;
        this.rate = rate;
        this.clip = clip;
    }

    /**
     * Sets the steps, with learning rate 6 and gradients clipped to length 1.
     *
     * @param steps T, at least 1
     * @param sampled q, the probability with which a step takes a person, above 0 and at most 1
     * @return the method
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static PrivateSoftmax steps(int steps, double sampled) {
        if (!(sampled > 0 && sampled <= 1)) {
            throw new IllegalArgumentException("sampled must be > 0 and <= 1, was " + sampled);
        }
        return new PrivateSoftmax(Require.atLeast("steps", steps, 1), sampled, 6, 1);
    }

    /**
     * Sets the learning rate.
     *
     * @param value above 0
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public PrivateSoftmax rate(double value) {
        return new PrivateSoftmax(steps, sampled, Require.positive("value", value), clip);
    }

    /**
     * Sets the length to which gradients are clipped.
     *
     * @param length C, above 0
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public PrivateSoftmax clip(double length) {
        return new PrivateSoftmax(steps, sampled, rate, Require.positive("length", length));
    }

    /**
     * Fits privately.
     *
     * @param people shape [n, d], and their classes
     * @param epsilon what the fit may give away, above 0
     * @param delta the probability with which it may give away more, above 0 and below 1
     * @param budget pays epsilon and delta
     * @param rng the samples and the noise
     * @return the classifier
     * @throws IllegalArgumentException if epsilon or delta is out of its range
     * @throws BudgetOverspent if the budget has less left; then nothing is fitted
     * @cost T q n d times the number of classes, and about 50 accounts
     */
    public Fit fit(Labelled people, double epsilon, double delta, PrivacyBudget budget, Rng rng) {
        double noise = SubsampledGaussian.noiseFor(sampled, steps, epsilon, delta);
        budget.spend("softmax regression", epsilon, delta);
        return descend(people, noise, rng);
    }

    /**
     * Fits with the same clipping and no noise, which keeps nothing private: to see what the noise costs.
     *
     * @param people shape [n, d], and their classes
     * @param rng the samples
     * @return the classifier
     */
    public Fit exact(Labelled people, Rng rng) {
        return descend(people, 0, rng);
    }

    private Fit descend(Labelled people, double noise, Rng rng) {
        int n = people.labels().length;
        int d = people.x().columns() + 1;
        int classes = people.counts().length;
        double[][] x = people.x().toRows();
        double[] weights = new double[classes * d];
        double[] sum = new double[weights.length];
        Rng samples = rng.split("samples");
        Rng noises = rng.split("noise");
        for (int step = 0; step < steps; step++) {
            for (int w = 0; w < sum.length; w++) {
                sum[w] = noise == 0 ? 0 : noise * clip * noises.normal();
            }
            for (int i = 0; i < n; i++) {
                if (samples.uniform() < sampled) {
                    addClipped(x[i], people.labels()[i], weights, sum, classes);
                }
            }
            for (int w = 0; w < sum.length; w++) {
                weights[w] -= rate * sum[w] / (sampled * n);
            }
        }
        return new Fit(weights, classes);
    }

    /** The gradient is (p - label's unit vector) times (x, 1): its length is the product of theirs. */
    private void addClipped(double[] x, int label, double[] weights, double[] sum, int classes) {
        double[] p = scores(x, weights, classes);
        double most = Double.NEGATIVE_INFINITY;
        for (double score : p) {
            most = Math.max(most, score);
        }
        double total = 0;
        for (int c = 0; c < classes; c++) {
            p[c] = Math.exp(p[c] - most);
            total += p[c];
        }
        double miss = 0;
        for (int c = 0; c < classes; c++) {
            p[c] = p[c] / total - (c == label ? 1 : 0);
            miss += p[c] * p[c];
        }
        double squares = 1;
        for (double value : x) {
            squares += value * value;
        }
        double factor = Math.min(1, clip / Math.sqrt(miss * squares));
        int d = x.length + 1;
        for (int c = 0; c < classes; c++) {
            for (int j = 0; j < x.length; j++) {
                sum[c * d + j] += factor * p[c] * x[j];
            }
            sum[c * d + x.length] += factor * p[c];
        }
    }

    private static double[] scores(double[] x, double[] weights, int classes) {
        int d = x.length + 1;
        double[] scores = new double[classes];
        for (int c = 0; c < classes; c++) {
            double score = weights[c * d + x.length];
            for (int j = 0; j < x.length; j++) {
                score += weights[c * d + j] * x[j];
            }
            scores[c] = score;
        }
        return scores;
    }

    /** A fitted classifier. Predictions cost nothing more. */
    public static final class Fit {
        private final double[] weights;
        private final int classes;

        private Fit(double[] weights, int classes) {
            this.weights = weights;
            this.classes = classes;
        }

        /**
         * The class of a point.
         *
         * @param y d coordinates
         * @return the class of the largest score
         * @throws IllegalArgumentException if y has another number of coordinates
         * @cost d times the number of classes
         */
        public int predict(double... y) {
            double[] scores = scores(y);
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = scores[c] > scores[best] ? c : best;
            }
            return best;
        }

        /**
         * The scores of the classes at a point: the logarithms of their probabilities, up to a constant.
         *
         * @param y d coordinates
         * @return an entry a class
         * @throws IllegalArgumentException if y has another number of coordinates
         * @cost d times the number of classes
         */
        public double[] scores(double... y) {
            Require.shape("y", new int[] {y.length}, weights.length / classes - 1);
            return PrivateSoftmax.scores(y, weights, classes);
        }

        /**
         * The share of points whose class is predicted.
         *
         * @param points shape [n, d], and their classes
         * @return from 0 to 1
         * @throws IllegalArgumentException if d is not the people's
         * @cost n d times the number of classes
         */
        public double accuracy(Labelled points) {
            double[][] rows = points.x().toRows();
            int right = 0;
            for (int i = 0; i < rows.length; i++) {
                right += predict(rows[i]) == points.labels()[i] ? 1 : 0;
            }
            return right / (double) rows.length;
        }
    }
}
