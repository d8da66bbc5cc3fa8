package reprise.optim;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import reprise.array.Require;
import reprise.parallel.Interrupted;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Stochastic gradient descent on F(w) + log g(w), where both F and g &gt; 0 are known through samples only.
 *
 * <pre>{@code
 * var method = CompositionalSgd.rate(0.01).inner(0.05).momentum(0.9);
 * double[] w = method.run(sampler, new double[] {0}, 2_000, rng).w();
 * }</pre>
 *
 * <p>The gradient of log g is g' / g, and a quotient of two sample means is biased. So the inner value has a moving
 * average of its own, which forgets slowly:
 * u = (1 - gamma) u + gamma g(w; sample), v = beta v + (1 - beta) [F' + g' / u], w = w - eta v.
 * With gamma = 1 it is the biased quotient. All is done with logarithms, u too: g may overflow. u and v begin with
 * the first sample. Immutable; the state is a value.
 */
@Source(arxiv = "2306.07485")
public final class CompositionalSgd {
    private final double rate;
    private final double gamma;
    private final double beta;

    private CompositionalSgd(double rate, double gamma, double beta) {
        this.rate = rate;
        this.gamma = gamma;
        this.beta = beta;
    }

    /**
     * What one batch says at w.
     *
     * @param outer gradient of F, shape [d]
     * @param logInner logarithm of the batch's g
     * @param innerScore gradient of that logarithm, shape [d]
     */
    public record Sample(double[] outer, double logInner, double[] innerScore) {}

    /** Draws a batch. */
    @FunctionalInterface
    public interface Sampler {
        /**
         * Draws a batch at a place.
         *
         * @param w where, shape [d]
         * @param rng the randomness
         * @return what it says
         */
        Sample at(double[] w, Rng rng);
    }

    /**
     * Where a run is.
     *
     * @param w the parameters
     * @param logInner logarithm of the moving average u; nothing before the first step
     * @param direction the moving average v of gradients
     */
    public record State(double[] w, Optional<Double> logInner, double[] direction) {}

    /**
     * The method without averages: gamma = 1, beta = 0.
     *
     * @param eta the step, above 0
     * @return the method
     * @throws IllegalArgumentException if the rate is not positive
     */
    public static CompositionalSgd rate(double eta) {
        return new CompositionalSgd(Require.positive("eta", eta), 1, 0);
    }

    /**
     * Sets how much of the inner average is new in each step.
     *
     * @param share gamma, above 0, at most 1
     * @return a copy with it
     * @throws IllegalArgumentException if it is out of range
     */
    public CompositionalSgd inner(double share) {
        return new CompositionalSgd(rate, share == 1 ? 1 : Require.inside("gamma", share, 0, 1), beta);
    }

    /**
     * Sets how much of the direction is kept in each step: 1 minus the paper's beta.
     *
     * @param kept at least 0, below 1
     * @return a copy with it
     * @throws IllegalArgumentException if it is out of range
     */
    public CompositionalSgd momentum(double kept) {
        return new CompositionalSgd(rate, gamma, kept == 0 ? 0 : Require.inside("momentum", kept, 0, 1));
    }

    /**
     * The beginning of a run.
     *
     * @param w the first parameters, finite
     * @return a state without averages
     * @throws IllegalArgumentException if a parameter is not finite
     */
    public State start(double... w) {
        return new State(Require.finite("w", w).clone(), Optional.empty(), new double[w.length]);
    }

    /**
     * One step.
     *
     * @param state where the run is
     * @param sample what a batch says at its w
     * @return the next state
     * @throws IllegalArgumentException if the sample's gradients have another length, or the inner value is not finite
     */
    public State step(State state, Sample sample) {
        int d = state.w().length;
        Require.shape("outer", new int[] {sample.outer().length}, d);
        Require.shape("innerScore", new int[] {sample.innerScore().length}, d);
        double fresh = Require.finite("logInner", sample.logInner());
        double logU = state.logInner().map(old -> mixed(old, fresh, gamma)).orElse(fresh);
        double ratio = Math.exp(fresh - logU);
        double[] v = new double[d];
        double[] w = new double[d];
        for (int i = 0; i < d; i++) {
            double gradient = sample.outer()[i] + ratio * sample.innerScore()[i];
            v[i] = state.logInner().isPresent() ? beta * state.direction()[i] + (1 - beta) * gradient : gradient;
            w[i] = state.w()[i] - rate * v[i];
        }
        return new State(w, Optional.of(logU), v);
    }

    /**
     * Many steps.
     *
     * @param sampler draws the batches
     * @param start the first parameters
     * @param steps how many, at least 0
     * @param rng the randomness
     * @return the last state
     * @throws IllegalArgumentException if a sample does not fit
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     */
    public State run(Sampler sampler, double[] start, int steps, Rng rng) {
        Objects.requireNonNull(sampler, "sampler");
        State state = start(start);
        for (int k = 0; k < Require.atLeast("steps", steps, 0); k++) {
            Interrupted.check();
            state = step(state, sampler.at(state.w(), rng));
        }
        return state;
    }

    /**
     * The logarithm of a moving average, from logarithms.
     *
     * @param old logarithm of the average so far
     * @param fresh logarithm of the new value
     * @param share of the new value, above 0, at most 1
     * @return log((1 - share) e^old + share e^fresh), without overflow
     */
    public static double mixed(double old, double fresh, double share) {
        double a = old + Math.log1p(-share);
        double b = fresh + Math.log(share);
        double top = Math.max(a, b);
        return top == Double.NEGATIVE_INFINITY ? top : top + Math.log(Math.exp(a - top) + Math.exp(b - top));
    }

    @Override
    public String toString() {
        return "CompositionalSgd" + Arrays.toString(new double[] {rate, gamma, beta});
    }
}
