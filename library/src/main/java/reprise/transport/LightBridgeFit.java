package reprise.transport;

import reprise.array.Require;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * How a {@link LightBridge} is learned: minibatches of both ends, and Adam on log alpha, r and S with a gradient in
 * closed form. Settings are those of the paper's benchmark until changed; each change gives a new value.
 *
 * <pre>{@code
 * LightBridge bridge = LightBridge.between(source, target).epsilon(0.1).components(50).steps(2_000).fit(Rng.of(1));
 * }</pre>
 */
@Source(arxiv = "2310.01174", at = "Algorithm 1 and Appendix B")
public final class LightBridgeFit {
    final Marginal source;
    final Marginal target;
    final Settings settings;

    /** What can be set. */
    record Settings(
            double epsilon, int components, int batch, int steps, double rate, double spread, boolean full,
            boolean scaledWeights, int averaged) {}

    LightBridgeFit(Marginal source, Marginal target) {
        this(source, target, new Settings(1, 50, 128, 10_000, 3e-3, 1, false, true, 0));
    }

    private LightBridgeFit(Marginal source, Marginal target, Settings settings) {
        this.source = source;
        this.target = target;
        this.settings = settings;
    }

    private LightBridgeFit with(Settings changed) {
        return new LightBridgeFit(source, target, changed);
    }

    /**
     * The strength of the entropy.
     *
     * @param epsilon above 0; 1 if not set. The smaller, the straighter the paths and the harder the fit
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public LightBridgeFit epsilon(double epsilon) {
        var s = settings;
        return with(new Settings(
                Require.positive("epsilon", epsilon), s.components, s.batch, s.steps, s.rate, s.spread, s.full,
                s.scaledWeights, s.averaged));
    }

    /**
     * The number of components of the potential.
     *
     * @param components K, at least 1; 50 if not set
     * @return a changed copy
     * @throws IllegalArgumentException if there is none
     */
    public LightBridgeFit components(int components) {
        var s = settings;
        return with(new Settings(
                s.epsilon, Require.atLeast("components", components, 1), s.batch, s.steps, s.rate, s.spread, s.full,
                s.scaledWeights, s.averaged));
    }

    /**
     * The number of draws of each end in a step.
     *
     * @param batch at least 1; 128 if not set
     * @return a changed copy
     * @throws IllegalArgumentException if there is none
     */
    public LightBridgeFit batch(int batch) {
        var s = settings;
        return with(new Settings(
                s.epsilon, s.components, Require.atLeast("batch", batch, 1), s.steps, s.rate, s.spread, s.full,
                s.scaledWeights, s.averaged));
    }

    /**
     * The number of steps that {@link #fit} takes.
     *
     * @param steps at least 1; 10 000 if not set
     * @return a changed copy
     * @throws IllegalArgumentException if there is none
     */
    public LightBridgeFit steps(int steps) {
        var s = settings;
        return with(new Settings(
                s.epsilon, s.components, s.batch, Require.atLeast("steps", steps, 1), s.rate, s.spread, s.full,
                s.scaledWeights, s.averaged));
    }

    /**
     * Adam's learning rate. The paper takes 0.001 for epsilon 0.1, 0.003 for 1 and 0.06 for 10.
     *
     * @param rate above 0; 0.003 if not set
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public LightBridgeFit rate(double rate) {
        var s = settings;
        return with(new Settings(
                s.epsilon, s.components, s.batch, s.steps, Require.positive("rate", rate), s.spread, s.full,
                s.scaledWeights, s.averaged));
    }

    /**
     * The S that training begins with.
     *
     * @param spread above 0, S_k = spread I; 1 if not set; the paper takes 0.1 for sets in the plane
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive
     */
    public LightBridgeFit initialSpread(double spread) {
        var s = settings;
        return with(new Settings(
                s.epsilon, s.components, s.batch, s.steps, s.rate, Require.positive("spread", spread), s.full,
                s.scaledWeights, s.averaged));
    }

    /**
     * Learns full matrices S_k instead of diagonal ones.
     *
     * @return a changed copy; a step then costs about d / 4 times as much
     */
    public LightBridgeFit fullSpread() {
        var s = settings;
        return with(new Settings(
                s.epsilon, s.components, s.batch, s.steps, s.rate, s.spread, true, s.scaledWeights, s.averaged));
    }

    /**
     * Takes log alpha itself as the parameter. Adam moves each parameter by about its rate, and a potential's natural
     * unit is epsilon, so the parameter should be epsilon log alpha, as it is otherwise: with this, a small epsilon
     * leaves the weights nearly where they began. It is here to show that.
     *
     * @return a changed copy
     */
    public LightBridgeFit plainLogWeights() {
        var s = settings;
        return with(new Settings(
                s.epsilon, s.components, s.batch, s.steps, s.rate, s.spread, s.full, false, s.averaged));
    }

    /**
     * Lets {@link #fit} return the average of the last parameters instead of the last ones, which takes most of the
     * noise of the minibatches out (Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992).
     *
     * @param steps over how many steps, at least 0; 0 if not set, as in the paper
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public LightBridgeFit averageLast(int steps) {
        var s = settings;
        return with(new Settings(
                s.epsilon, s.components, s.batch, s.steps, s.rate, s.spread, s.full, s.scaledWeights,
                Require.atLeast("averaged steps", steps, 0)));
    }

    /**
     * Begins without a step, for whoever wants to see the way.
     *
     * @param rng the randomness: the first centres, and all batches
     * @return training at step 0, its centres drawn from the target
     * @throws IllegalArgumentException if the ends differ in dimension
     */
    public LightBridgeRun start(Rng rng) {
        return new LightBridgeRun(this, rng);
    }

    /**
     * Learns.
     *
     * @param rng the randomness; the same seed gives the same bridge on any number of threads
     * @return the bridge after all steps
     * @throws IllegalArgumentException if the ends differ in dimension
     * @throws IllegalStateException if training diverges; the message says at which step
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost steps times batch K (8 d + 60) operations, vectorised: 0.1 ms a step for K = 500, d = 2 and a batch of 128
     */
    public LightBridge fit(Rng rng) {
        var run = start(rng);
        run.advance(settings.steps);
        return run.averaged();
    }
}
