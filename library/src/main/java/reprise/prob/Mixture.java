package reprise.prob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.random.Rng;

/**
 * A mixture of normal distributions of vectors.
 *
 * @param weights above 0, summing to 1
 * @param components as many, of one dimension
 */
public record Mixture(double[] weights, List<Normal> components) {
    /**
     * Checks the parts.
     *
     * @param weights above 0; copied, and divided by their sum
     * @param components as many, of one dimension
     * @throws IllegalArgumentException if there is none, the numbers differ, a weight is not positive, or the
     *     dimensions differ
     */
    public Mixture {
        components = List.copyOf(components);
        Require.atLeast("number of components", components.size(), 1);
        Require.shape("weights", new int[] {weights.length}, components.size());
        weights = weights.clone();
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            sum += Require.positive("weights[" + k + "]", weights[k]);
            Require.shape(
                    "dimension of component " + k, new int[] {components.get(k).dimension()},
                    components.get(0).dimension());
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= sum;
        }
    }

    /**
     * Components of equal weight.
     *
     * @param components at least one, of one dimension
     * @return the mixture
     * @throws IllegalArgumentException if there is none, or the dimensions differ
     */
    public static Mixture equal(List<Normal> components) {
        double[] weights = new double[components.size()];
        Arrays.fill(weights, 1);
        return new Mixture(weights, components);
    }

    /**
     * The mean.
     *
     * @return length d
     */
    public double[] mean() {
        double[] mean = new double[components.get(0).dimension()];
        for (int k = 0; k < weights.length; k++) {
            double[] own = components.get(k).mean();
            for (int c = 0; c < mean.length; c++) {
                mean[c] += weights[k] * own[c];
            }
        }
        return mean;
    }

    /**
     * The covariance: that within the components, and that of their means.
     *
     * @return shape [d, d]
     * @cost d^3 operations for each component
     */
    public Dense covariance() {
        double[] mean = mean();
        int d = mean.length;
        double[] sum = new double[d * d];
        for (int k = 0; k < weights.length; k++) {
            double[] own = components.get(k).mean();
            double[] within = components.get(k).covariance().data();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[k] * (within[i] + (own[i / d] - mean[i / d]) * (own[i % d] - mean[i % d]));
            }
        }
        return Dense.of("covariance", sum, d, d);
    }

    /**
     * The distribution of the other coordinates where some are known.
     *
     * @param known which, different, from 0 to d - 1; at least one and not all
     * @param values theirs, finite
     * @return a mixture of the others, in their order; components too unlikely for a double are left out
     * @throws IllegalArgumentException if a coordinate is named twice or is not there, or the lengths differ
     * @cost d^3 operations for each component
     */
    public Mixture conditional(int[] known, double... values) {
        double[] logs = new double[weights.length];
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < logs.length; k++) {
            Normal there = components.get(k).marginal(known);
            Require.shape("values", new int[] {values.length}, known.length);
            logs[k] = Math.log(weights[k]) + there.logDensity(Dense.of("values", values.clone(), 1, values.length))[0];
            most = Math.max(most, logs[k]);
        }
        var kept = new ArrayList<Normal>();
        var parts = new ArrayList<Double>();
        for (int k = 0; k < logs.length; k++) {
            double weight = Math.exp(logs[k] - most);
            if (weight > 0) {
                parts.add(weight);
                kept.add(components.get(k).conditional(known, values));
            }
        }
        return new Mixture(parts.stream().mapToDouble(w -> w).toArray(), kept);
    }

    /**
     * The logarithm of the density, exact where the density underflows.
     *
     * @param x points, shape [m, d]
     * @return in nats, length m
     * @throws IllegalArgumentException if the points have another dimension
     * @cost m d^2 operations for each component
     */
    public double[] logDensity(Dense x) {
        double[][] logs = weightedLogs(x);
        double[] total = new double[x.rows()];
        Arrays.setAll(total, i -> logSum(logs, i));
        return total;
    }

    /**
     * The probability of each component given a point.
     *
     * @param x points, shape [m, d]
     * @return shape [m, components]; each row sums to 1
     * @throws IllegalArgumentException if the points have another dimension
     * @cost m d^2 operations for each component
     */
    public Dense responsibilities(Dense x) {
        double[][] logs = weightedLogs(x);
        int count = weights.length;
        double[] r = new double[x.rows() * count];
        for (int i = 0; i < x.rows(); i++) {
            double total = logSum(logs, i);
            for (int k = 0; k < count; k++) {
                r[i * count + k] = Math.exp(logs[k][i] - total);
            }
        }
        return Dense.of("responsibilities", r, x.rows(), count);
    }

    /**
     * The gradient of the log density.
     *
     * @param x points, shape [m, d]
     * @return shape [m, d]
     * @throws IllegalArgumentException if the points have another dimension
     * @cost 3 m d^2 operations for each component
     */
    public Dense score(Dense x) {
        Dense r = responsibilities(x);
        double[] score = new double[x.data().length];
        for (int k = 0; k < weights.length; k++) {
            double[] own = components.get(k).score(x).data();
            for (int j = 0; j < score.length; j++) {
                score[j] += r.data()[j / x.columns() * weights.length + k] * own[j];
            }
        }
        return Dense.of("score", score, x.rows(), x.columns());
    }

    /**
     * Independent draws.
     *
     * @param n how many, at least 1
     * @param rng the randomness
     * @return shape [n, d]; neighbours come from independent components
     * @throws IllegalArgumentException if n is below 1
     * @cost n d^2 operations
     */
    public Dense sample(int n, Rng rng) {
        Require.atLeast("n", n, 1);
        int d = components.get(0).dimension();
        int[] which = rng.categorical(weights, n);
        int[] counts = new int[weights.length];
        for (int k : which) {
            counts[k]++;
        }
        double[][] drawn = new double[weights.length][];
        for (int k = 0; k < drawn.length; k++) {
            drawn[k] = counts[k] == 0 ? new double[0] : components.get(k).sample(counts[k], rng).data();
        }
        double[] x = new double[Math.multiplyExact(n, d)];
        int[] next = new int[weights.length];
        for (int i = 0; i < n; i++) {
            System.arraycopy(drawn[which[i]], next[which[i]]++ * d, x, i * d, d);
        }
        return Dense.of("sample", x, n, d);
    }

    private double[][] weightedLogs(Dense x) {
        double[][] logs = new double[weights.length][];
        for (int k = 0; k < logs.length; k++) {
            logs[k] = components.get(k).logDensity(x);
            for (int i = 0; i < logs[k].length; i++) {
                logs[k][i] += Math.log(weights[k]);
            }
        }
        return logs;
    }

    private static double logSum(double[][] logs, int i) {
        double most = Double.NEGATIVE_INFINITY;
        for (double[] log : logs) {
            most = Math.max(most, log[i]);
        }
        double sum = 0;
        for (double[] log : logs) {
            sum += Math.exp(log[i] - most);
        }
        return most + Math.log(sum);
    }
}
