package reprise.transport;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Cost;
import reprise.parallel.Progress;
import reprise.random.Rng;
import reprise.source.Source;
import reprise.tensor.Adam;
import reprise.tensor.Schedule;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;
import reprise.tensor.nn.Layer;
import reprise.tensor.nn.Linear;
import reprise.tensor.nn.Network;

/**
 * How a map from one distribution to another is learned: a plain network T makes
 * {@code S(T(mu), nu) + lambda gap(T)} small, S being the Sinkhorn divergence with the squared distance and the gap
 * that of {@link MongeGap} with any cost. Without the gap, any of the many maps from mu to nu will do.
 *
 * <pre>{@code
 * MongeMap map = MongeMapFit.between(mu, nu).cost(GroundCost.power(1.5)).gap(1).steps(500).fit(Rng.of(1));
 * }</pre>
 *
 * <p>Minibatches and Adam, its rate falling by a cosine to a twentieth. The softness is a share of the mean cost of all
 * pairs of the batch, a number to the gradient; gradients hold the plans fixed.
 */
@Source(arxiv = "2302.04953", at = "regularised fitting")
public final class MongeMapFit {
    /** Of the marginals in training: gradients of a batch are noisier than that. */
    private static final double TOLERANCE = 1e-2;

    private static final double LAST_RATE = 0.05;

    private final Marginal source;
    private final Marginal target;
    private final Settings settings;

    /** What can be set; no hidden units of a convex network mean a plain one. */
    private record Settings(GroundCost cost, double lambda, double share, int batch, int steps, double rate,
            int width, int convex, boolean sphere) {}

    private MongeMapFit(Marginal source, Marginal target, Settings settings) {
        this.source = source;
        this.target = target;
        this.settings = settings;
    }

    /**
     * Begins with both ends.
     *
     * @param source mu
     * @param target nu
     * @return a fit with squared distance, lambda 1, softness 0.01, batches of 128, 500 steps at rate 0.005, and a
     *     network of three hidden layers of 64 units
     */
    public static MongeMapFit between(Marginal source, Marginal target) {
        return new MongeMapFit(source, target, new Settings(
                GroundCost.squaredDistance(), 1, 0.01, 128, 500, 5e-3, 64, 0, false));
    }

    private MongeMapFit with(Settings changed) {
        return new MongeMapFit(source, target, changed);
    }

    /**
     * The cost for which the map shall be optimal.
     *
     * @param cost of an input and its image
     * @return a changed copy
     */
    public MongeMapFit cost(GroundCost cost) {
        var s = settings;
        return with(new Settings(cost, s.lambda, s.share, s.batch, s.steps, s.rate, s.width, s.convex, s.sphere));
    }

    /**
     * The weight of the gap.
     *
     * @param lambda at least 0; 0 leaves the divergence alone
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public MongeMapFit gap(double lambda) {
        var s = settings;
        return with(new Settings(s.cost, Require.nonNegative("lambda", lambda), s.share, s.batch, s.steps, s.rate,
                s.width, s.convex, s.sphere));
    }

    /**
     * The softness of all plans.
     *
     * @param share of the mean cost of all pairs of a batch, above 0
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public MongeMapFit softness(double share) {
        var s = settings;
        return with(new Settings(s.cost, s.lambda, Require.positive("share", share), s.batch, s.steps, s.rate,
                s.width, s.convex, s.sphere));
    }

    /**
     * The number of draws of each end in a step.
     *
     * @param batch at least 2
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 2
     */
    public MongeMapFit batch(int batch) {
        var s = settings;
        return with(new Settings(s.cost, s.lambda, s.share, Require.atLeast("batch", batch, 2), s.steps, s.rate,
                s.width, s.convex, s.sphere));
    }

    /**
     * The number of steps.
     *
     * @param steps at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if there is none
     */
    public MongeMapFit steps(int steps) {
        var s = settings;
        return with(new Settings(s.cost, s.lambda, s.share, s.batch, Require.atLeast("steps", steps, 1), s.rate,
                s.width, s.convex, s.sphere));
    }

    /**
     * Adam's rate at the first step.
     *
     * @param rate above 0
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public MongeMapFit rate(double rate) {
        var s = settings;
        return with(new Settings(s.cost, s.lambda, s.share, s.batch, s.steps, Require.positive("rate", rate),
                s.width, s.convex, s.sphere));
    }

    /**
     * A plain network with hidden layers of another width.
     *
     * @param width units of each of its three hidden layers, at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if there are none
     */
    public MongeMapFit width(int width) {
        var s = settings;
        return with(new Settings(s.cost, s.lambda, s.share, s.batch, s.steps, s.rate,
                Require.atLeast("width", width, 1), 0, s.sphere));
    }

    /**
     * The gradient of a convex network instead of a plain network: its gap for the squared distance is 0, whatever
     * lambda is.
     *
     * @param units of its one hidden layer, at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if there are none
     */
    public MongeMapFit convex(int units) {
        var s = settings;
        return with(new Settings(s.cost, s.lambda, s.share, s.batch, s.steps, s.rate, s.width,
                Require.atLeast("units", units, 1), s.sphere));
    }

    /**
     * Images on the unit sphere: each output is divided by its length.
     *
     * @return a changed copy
     */
    public MongeMapFit onSphere() {
        var s = settings;
        return with(new Settings(s.cost, s.lambda, s.share, s.batch, s.steps, s.rate, s.width, s.convex, true));
    }

    /**
     * Learns the map.
     *
     * @param rng the randomness: first weights and batches, which do not depend on lambda or the cost
     * @return the map after the last step
     * @throws reprise.linalg.NotConverged if a plan did not converge
     * @throws IllegalArgumentException if both ends differ in d, or the images left all bounds, for which the rate is
     *     to blame
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost three entropic plans of batch by batch a step, two without the gap
     */
    public MongeMap fit(Rng rng) {
        int d = source.sample(1, rng.split("shape")).columns();
        Network network = Network.of(layer(d), rng.split("weights"));
        Adam adam = Adam.of(network.parameters(), settings.rate)
                .schedule(Schedule.cosine(settings.rate, LAST_RATE * settings.rate, settings.steps));
        Rng inputs = rng.split("inputs");
        Rng targets = rng.split("targets");
        try (var progress = Progress.over("Map", settings.steps)) {
            for (int step = 0; step < settings.steps; step++) {
                Dense x = source.sample(settings.batch, inputs);
                Dense y = target.sample(settings.batch, targets);
                adam.step(() -> {
                    Tensor images = network.forward(Tensors.of(x));
                    Dense at = Dense.of("images", images.toDoubles(), x.rows(), d);
                    return images.mul(Tensors.of(gradient(x, at, y))).sum();
                });
                progress.tick();
            }
        }
        return new MongeMap(network, d);
    }

    /** Of divergence and gap in the images; what the targets share among themselves does not depend on them. */
    private Dense gradient(Dense x, Dense images, Dense y) {
        PairCosts across = new PairCosts.Clouds(images, y, Cost.squaredDistance());
        double eps = settings.share * across.mean();
        double[] to = map(across, eps);
        double[] home = map(new PairCosts.Clouds(images, images, Cost.squaredDistance()), eps);
        var gradient = new double[to.length];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = 2 * (home[i] - to[i]) / images.rows();
        }
        if (settings.lambda > 0) {
            double[] gap = MongeGap.of(x, images, settings.cost).relativeEpsilon(settings.share).tolerance(TOLERANCE)
                    .solve().gradient().data();
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] += settings.lambda * gap[i];
            }
        }
        return Dense.of("gradient", gradient, images.rows(), images.columns());
    }

    private static double[] map(PairCosts pairs, double eps) {
        return Sinkhorn.of(pairs).epsilon(eps).tolerance(TOLERANCE).solve().map().data();
    }

    private Layer layer(int d) {
        Layer plain = settings.convex > 0 ? new ConvexGradient(d, settings.convex) : Layer.chain(
                Linear.of(d, settings.width), Layer.of(Tensor::silu),
                Linear.of(settings.width, settings.width), Layer.of(Tensor::silu),
                Linear.of(settings.width, settings.width), Layer.of(Tensor::silu), Linear.of(settings.width, d));
        return settings.sphere
                ? Layer.chain(plain, Layer.of(z -> z.div(z.square().sum(-1, true).sqrt()))) : plain;
    }
}
