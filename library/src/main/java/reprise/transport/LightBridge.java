package reprise.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.NotPositiveDefinite;
import reprise.prob.Mixture;
import reprise.prob.Normal;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * A Schroedinger bridge whose potential is a sum of normal densities, so that everything about it is in closed form.
 *
 * <p>With v(y) = sum_k alpha_k N(y | r_k, eps S_k), the plan is pi(y | x) = exp(x.y / eps) v(y) / c(x): a mixture of
 * N(r_k + S_k x, eps S_k). It is the entropic plan for the cost |x - y|^2 / 2 and the strength eps between its source
 * and whatever it maps the source to; {@link #between} finds the alpha, r and S that map one data set to another. The
 * bridge is the diffusion dX = g(X, t) dt + sqrt(eps) dW with the same plan between its ends.
 *
 * <pre>{@code
 * Marginal roll = Marginal.of(Synthetic.moons(1_000, 0.05, Rng.of(7)).x());
 * LightBridge bridge = LightBridge.between(Marginal.standardNormal(2), roll).epsilon(0.1).fit(Rng.of(1));
 * Dense generated = bridge.sample(Rng.of(2).normal(500, 2), Rng.of(3));
 * Dense halfway = bridge.sampleAt(Rng.of(2).normal(500, 2), 0.5, Rng.of(4));
 * }</pre>
 *
 * <p>Immutable. For large data a discrete Sinkhorn plan is exact for the samples but maps no new points; this one is
 * smooth, maps any point, and costs as much for 1 000 samples as for a million.
 */
@Source(arxiv = "2310.01174", at = "Section 3")
public final class LightBridge implements ConditionalPlan {
    private final Components parts;
    private final int d;

    private LightBridge(Components parts) {
        this.parts = parts;
        d = parts.d;
    }

    /**
     * A bridge from its parameters, with diagonal S.
     *
     * @param epsilon the strength of the entropy, above 0
     * @param logAlpha the logarithms of the weights, length K, at least 1; their sum need not be 1
     * @param r shape [K, d]
     * @param s the diagonals of S_k, above 0, shape [K, d]
     * @return the bridge
     * @throws IllegalArgumentException if a shape does not fit or a number is out of range
     */
    public static LightBridge of(double epsilon, double[] logAlpha, Dense r, Dense s) {
        return new LightBridge(Components.diagonal(epsilon, logAlpha, r, s));
    }

    /**
     * A bridge from its parameters, with full S.
     *
     * @param epsilon the strength of the entropy, above 0
     * @param logAlpha the logarithms of the weights, length K, at least 1
     * @param r shape [K, d]
     * @param s symmetric and positive definite, K matrices of shape [d, d]
     * @return the bridge
     * @throws NotPositiveDefinite if an S_k is not
     * @throws IllegalArgumentException if a shape does not fit or a number is out of range
     * @cost K eigendecompositions, about 9 K d^3 operations
     */
    public static LightBridge of(double epsilon, double[] logAlpha, Dense r, List<Dense> s) {
        return new LightBridge(Components.full(epsilon, logAlpha, r, s));
    }

    /**
     * Learns a bridge from draws of both ends; see {@link LightBridgeFit} for what can be set.
     *
     * @param source p_0
     * @param target p_1, of the same dimension
     * @return a method with the paper's settings, ready to {@code fit}
     */
    public static LightBridgeFit between(Marginal source, Marginal target) {
        return new LightBridgeFit(source, target);
    }

    /**
     * Learns a bridge between two data sets.
     *
     * @param source shape [n, d]
     * @param target shape [m, d]
     * @return a method with the paper's settings, ready to {@code fit}
     * @throws IllegalArgumentException if the dimensions differ
     */
    public static LightBridgeFit between(Dense source, Dense target) {
        Require.shape("target", new int[] {target.rows(), target.columns()}, target.rows(), source.columns());
        return between(Marginal.of(source), Marginal.of(target));
    }

    /**
     * As {@link #between(Dense, Dense)}, for arrays of rows.
     *
     * @param source shape [n, d], finite
     * @param target shape [m, d], finite
     * @return a method with the paper's settings, ready to {@code fit}
     * @throws IllegalArgumentException if the dimensions differ, or a value is NaN or infinite
     */
    public static LightBridgeFit between(double[][] source, double[][] target) {
        return between(Dense.of("source", source), Dense.of("target", target));
    }

    /**
     * As {@link #between(Dense, Dense)}, for ND4J arrays.
     *
     * @param source shape [n, d], finite
     * @param target shape [m, d], finite
     * @return a method with the paper's settings, ready to {@code fit}
     * @throws IllegalArgumentException if the dimensions differ, or a value is NaN or infinite
     */
    public static LightBridgeFit between(INDArray source, INDArray target) {
        return between(Dense.of("source", source), Dense.of("target", target));
    }

    /**
     * The strength of the entropy.
     *
     * @return above 0; the bridge's noise has the variance epsilon in a unit of time
     */
    public double epsilon() {
        return parts.epsilon;
    }

    /**
     * The number of coordinates.
     *
     * @return at least 1
     */
    public int dimension() {
        return d;
    }

    /**
     * The number of components of the potential.
     *
     * @return at least 1
     */
    public int components() {
        return parts.count;
    }

    /**
     * The logarithms of the weights.
     *
     * @return log alpha_k, length K, a copy
     */
    public double[] logWeights() {
        return parts.logAlpha.clone();
    }

    /**
     * Where the components are.
     *
     * @return r_k, shape [K, d], a copy
     */
    public Dense centres() {
        return Dense.of("centres", parts.centres.clone(), components(), d);
    }

    /**
     * One component's S.
     *
     * @param component from 0 to K - 1
     * @return S_k, shape [d, d]
     * @throws IndexOutOfBoundsException if there is no such component
     */
    public Dense spread(int component) {
        return Dense.of("spread", parts.function(component, lambda -> lambda), d, d);
    }

    /**
     * The adjusted potential, log v(y).
     *
     * @param y points, shape [n, d]
     * @return in nats, length n
     * @throws IllegalArgumentException if the points have another dimension
     * @cost n K d operations (n K d^2 with full S)
     */
    @Source(arxiv = "2310.01174", at = "Eq. 10")
    public double[] logPotential(Dense y) {
        double[] log = Draws.logSums(parts, 1, points("y", y));
        double constant = d / 2.0 * Math.log(2 * Math.PI * parts.epsilon);
        for (int i = 0; i < log.length; i++) {
            log[i] -= constant + square(y, i) / (2 * parts.epsilon);
        }
        return log;
    }

    /**
     * The normaliser of the plan, log c(x).
     *
     * @param x points, shape [n, d]
     * @return in nats, length n
     * @throws IllegalArgumentException if the points have another dimension
     * @cost n K d operations (n K d^2 with full S)
     */
    @Source(arxiv = "2310.01174", at = "Proposition 3.2")
    public double[] logNormaliser(Dense x) {
        double[] log = Draws.logSums(parts, 0, points("x", x));
        for (int i = 0; i < log.length; i++) {
            log[i] += square(x, i) / (2 * parts.epsilon);
        }
        return log;
    }

    /**
     * The density of the plan, log pi(y | x), for pairs.
     *
     * @param x points, shape [n, d]
     * @param y as many points, shape [n, d]
     * @return in nats, length n
     * @throws IllegalArgumentException if a shape does not fit
     * @cost 2 n K d operations
     */
    public double[] logPlan(Dense x, Dense y) {
        Require.shape("y", new int[] {y.rows(), y.columns()}, x.rows(), x.columns());
        double[] before = Draws.logSums(parts, 0, points("x", x));
        double[] after = Draws.logSums(parts, 1, points("y", y));
        double constant = d / 2.0 * Math.log(2 * Math.PI * parts.epsilon);
        for (int i = 0; i < after.length; i++) {
            double squares = 0;
            for (int c = 0; c < d; c++) {
                double step = x.data()[i * d + c] - y.data()[i * d + c];
                squares += step * step;
            }
            after[i] -= before[i] + constant + squares / (2 * parts.epsilon);
        }
        return after;
    }

    /**
     * The objective, E log c(x) - E log v(y): it exceeds that of the true bridge by the divergence KL(true, this).
     *
     * @param x draws of p_0, shape [n, d]
     * @param y draws of p_1, shape [m, d]
     * @return in nats; the error falls as the root of n and m
     * @throws IllegalArgumentException if the points have another dimension
     * @cost as {@link #logNormaliser} and {@link #logPotential}
     */
    @Source(arxiv = "2310.01174", at = "Proposition 3.3")
    public double loss(Dense x, Dense y) {
        return Arrays.stream(logNormaliser(x)).average().orElseThrow()
                - Arrays.stream(logPotential(y)).average().orElseThrow();
    }

    /**
     * Where a point goes: the distribution pi(. | x).
     *
     * @param x length d, finite
     * @return a mixture of normal distributions; components too unlikely for a double are left out
     * @throws IllegalArgumentException if the point has another dimension
     * @cost K d operations and K d^2 memory
     */
    public Mixture plan(double... x) {
        return at(1, x);
    }

    /**
     * Where a point is on its way: the distribution of X_t given X_0 = x.
     *
     * @param t above 0 and at most 1
     * @param x length d, finite
     * @return a mixture of normal distributions
     * @throws IllegalArgumentException if t is outside or the point has another dimension
     * @cost K d operations and K d^2 memory (K d^3 operations with full S)
     */
    public Mixture at(double t, double... x) {
        Require.shape("x", new int[] {x.length}, d);
        Require.finite("x", x);
        Require.positive("t", time(t));
        double[] p = new double[components()];
        new Slice(parts, 0).probabilities(x, 0, p);
        var weights = new ArrayList<Double>();
        var normals = new ArrayList<Normal>();
        for (int k = 0; k < p.length; k++) {
            if (p[k] > 0) {
                double[] mean = parts.image(k, x, 0);
                for (int c = 0; c < d; c++) {
                    mean[c] = t * mean[c] + (1 - t) * x[c];
                }
                weights.add(p[k]);
                normals.add(parts.normal(k, mean, lambda -> parts.epsilon * t * (t * lambda + 1 - t)));
            }
        }
        return new Mixture(weights.stream().mapToDouble(w -> w).toArray(), normals);
    }

    @Override
    public ConditionalMoments moments(Dense x) {
        checkPoints("x", x);
        return Draws.moments(parts, x);
    }

    @Override
    public Dense sample(Dense x, Rng rng) {
        return sampleAt(x, 1, rng);
    }

    /**
     * As {@link #sample(Dense, Rng)}, for ND4J arrays.
     *
     * @param x points, shape [n, d]
     * @param rng the randomness
     * @return shape [n, d]
     * @throws IllegalArgumentException if the points have another dimension
     */
    public INDArray sample(INDArray x, Rng rng) {
        return sample(Dense.of("x", x), rng).toArray();
    }

    /**
     * Draws X_t given X_0 for many starts, without simulating the way: a draw of the end, then the Brownian bridge
     * between start and end.
     *
     * @param x starts, shape [n, d]
     * @param t from 0 to 1
     * @param rng the randomness
     * @return shape [n, d]
     * @throws IllegalArgumentException if t is outside or the points have another dimension
     * @cost n K d operations (n K d^2 with full S)
     */
    @Source(arxiv = "2310.01174", at = "Section 3.4")
    public Dense sampleAt(Dense x, double t, Rng rng) {
        checkPoints("x", x);
        time(t);
        return Draws.sampleAt(parts, x, t, rng);
    }

    /**
     * The drift g(x, t) of the bridge.
     *
     * @param x points, shape [n, d]
     * @param t from 0 to 1
     * @return shape [n, d]; at t = 0 it is E[y | x] - x
     * @throws IllegalArgumentException if t is outside or the points have another dimension
     * @cost n K d operations (n K d^2 with full S)
     */
    @Source(arxiv = "2310.01174", at = "Proposition 3.4")
    public Dense drift(Dense x, double t) {
        checkPoints("x", x);
        return Draws.drift(parts, x, time(t));
    }

    /**
     * Simulates the bridge by the method of Euler and Maruyama with equal steps from t = 0 to t = 1.
     *
     * @param x starts, shape [n, d]
     * @param steps how many, at least 1
     * @param rng the randomness
     * @return the states at 0, 1 / steps, ..., 1: steps + 1 arrays of shape [n, d], the first of them x
     * @throws IllegalArgumentException if there is no step or the points have another dimension
     * @cost n K d steps operations (n K d^2 steps with full S); weak error of order 1 / steps
     */
    public List<Dense> paths(Dense x, int steps, Rng rng) {
        checkPoints("x", x);
        Require.atLeast("steps", steps, 1);
        return Draws.paths(parts, x, steps, rng);
    }

    private double square(Dense x, int i) {
        double sum = 0;
        for (int c = 0; c < d; c++) {
            sum += x.data()[i * d + c] * x.data()[i * d + c];
        }
        return sum;
    }

    private Dense points(String name, Dense x) {
        checkPoints(name, x);
        return x;
    }

    private void checkPoints(String name, Dense x) {
        Require.shape(name, new int[] {x.rows(), x.columns()}, x.rows(), d);
    }

    private static double time(double t) {
        if (!(t >= 0 && t <= 1)) {
            throw new IllegalArgumentException("t must be from 0 to 1, was " + t);
        }
        return t;
    }
}
