package reprise.transport;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.cpu.SoftAssignment;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/**
 * The training of a {@link LightBridge} under way. It changes as it advances and belongs to one thread at a time; the
 * bridges that it gives do not change.
 *
 * <pre>{@code
 * LightBridgeRun run = LightBridge.between(source, target).epsilon(0.1).start(Rng.of(1));
 * run.advance(100);
 * LightBridge early = run.bridge();
 * run.advance(900);
 * }</pre>
 */
public final class LightBridgeRun {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double TINY = 1e-8;

    /** Below this many operations in a step a second thread costs more than it saves. */
    private static final long WORTH_A_THREAD = 10_000_000;

    private final LightBridgeFit method;
    private final Rng sourceRng;
    private final Rng targetRng;
    private final Spread spread;
    private final int d;
    private final SoftAssignment source;
    private final SoftAssignment target;
    private final double[][] parameters;
    private final double[][] gradient;
    private final double[][] first;
    private final double[][] second;
    private final double[][] total;
    private final boolean twoThreads;
    private double[] losses = new double[1024];
    private int done;
    private int averaged;

    LightBridgeRun(LightBridgeFit method, Rng rng) {
        this.method = method;
        sourceRng = rng.split("source");
        targetRng = rng.split("target");
        var settings = method.settings;
        int count = settings.components();
        Dense centres = method.target.sample(count, rng.split("centres"));
        Dense probe = method.source.sample(1, rng.split("probe"));
        d = centres.columns();
        Require.shape("a draw of the source", new int[] {probe.rows(), probe.columns()}, 1, d);
        double scale = settings.scaledWeights() ? settings.epsilon() : 1;
        spread = settings.full()
                ? new FullSpread(settings.epsilon(), scale, d, count)
                : new DiagonalSpread(settings.epsilon(), scale, d, count);
        source = new SoftAssignment(settings.batch(), spread.features(), count);
        target = new SoftAssignment(settings.batch(), spread.features(), count);
        int rows = 1 + d + spread.parameters();
        parameters = new double[rows][count];
        gradient = new double[rows][count];
        first = new double[rows][count];
        second = new double[rows][count];
        total = new double[settings.averaged() > 0 ? rows : 0][count];
        Arrays.fill(parameters[0], -scale * Math.log(count));
        for (int c = 0; c < d; c++) {
            int at = c;
            Arrays.setAll(parameters[1 + c], k -> centres.data()[k * d + at]);
        }
        spread.start(parameters, settings.spread());
        twoThreads = (long) settings.batch() * count * (4L * spread.features() + 30) > WORTH_A_THREAD;
    }

    /**
     * Takes steps.
     *
     * @param steps how many, at least 0
     * @throws IllegalArgumentException if it is negative, or a draw has another shape
     * @throws IllegalStateException if training diverges; the message says at which step
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost as {@link LightBridgeFit#fit}
     */
    public void advance(int steps) {
        Require.atLeast("steps", steps, 0);
        losses = Arrays.copyOf(losses, Math.max(losses.length, done + steps));
        try (var progress = Progress.over("Light bridge", steps)) {
            for (int i = 0; i < steps; i++) {
                Dense x = draw("source", method.source, sourceRng);
                double loss = gradient(x, draw("target", method.target, targetRng));
                if (!Double.isFinite(loss)) {
                    throw diverged("the loss was " + loss);
                }
                losses[done++] = loss;
                descend();
                if (total.length > 0 && done > method.settings.steps() - method.settings.averaged()) {
                    average();
                }
                progress.tick();
            }
        }
    }

    private Dense draw(String end, Marginal marginal, Rng rng) {
        Dense drawn = marginal.sample(method.settings.batch(), rng);
        Require.shape("a batch of the " + end, new int[] {drawn.rows(), drawn.columns()}, method.settings.batch(), d);
        return drawn;
    }

    /** The mean loss of a batch; leaves its gradient. */
    double gradient(Dense x, Dense y) {
        int batch = method.settings.batch();
        spread.features(x, source);
        spread.features(y, target);
        spread.weights(parameters, source, target);
        double[] sums = new double[2];
        if (twoThreads) {
            Tasks.forRange(2, half -> sums[half] = half == 0 ? source.run() : target.run());
        } else {
            sums[0] = source.run();
            sums[1] = target.run();
        }
        spread.gradient(parameters, source, target, gradient);
        return (sums[0] - sums[1]) / batch + d / 2.0 * Math.log(2 * Math.PI * method.settings.epsilon());
    }

    /** One step of Adam (Kingma and Ba, arXiv 1412.6980, Algorithm 1), as PyTorch rounds it. */
    private void descend() {
        double rate = method.settings.rate() / (1 - Math.pow(BETA1, done));
        double root = 1 / Math.sqrt(1 - Math.pow(BETA2, done));
        double mean = 1.0 / method.settings.batch();
        for (int p = 0; p < parameters.length; p++) {
            descend(parameters[p], gradient[p], first[p], second[p], rate, root, mean);
        }
    }

    private static void descend(
            double[] x, double[] g, double[] m, double[] v, double rate, double root, double mean) {
        for (int k = 0; k < x.length; k++) {
            double slope = g[k] * mean;
            m[k] = BETA1 * m[k] + (1 - BETA1) * slope;
            v[k] = BETA2 * v[k] + (1 - BETA2) * slope * slope;
            x[k] -= rate * m[k] / (Math.sqrt(v[k]) * root + TINY);
        }
    }

    private void average() {
        averaged++;
        for (int p = 0; p < total.length; p++) {
            for (int k = 0; k < total[p].length; k++) {
                total[p][k] += parameters[p][k];
            }
        }
    }

    /**
     * The bridge now.
     *
     * @return with the parameters after the last step
     * @throws IllegalStateException if training has diverged
     */
    public LightBridge bridge() {
        return checked(parameters);
    }

    private LightBridge checked(double[][] values) {
        for (int p = 0; p < values.length; p++) {
            for (double value : values[p]) {
                // Beyond e^600 S is no longer a number.
                if (!(Math.abs(value) < (p > d ? 600 : Double.MAX_VALUE))) {
                    throw diverged("a parameter was " + value);
                }
            }
        }
        return spread.bridge(values);
    }

    private IllegalStateException diverged(String how) {
        return new IllegalStateException("training diverged at step " + done + ": " + how
                + "; take a smaller rate than " + method.settings.rate() + ", or a larger epsilon than "
                + method.settings.epsilon());
    }

    /**
     * The bridge with the average of the last parameters, so that one run gives both this and {@link #bridge}.
     *
     * @return the average that {@link LightBridgeFit#averageLast} asked for; if there is none yet, the bridge now
     * @throws IllegalStateException if training has diverged
     */
    public LightBridge averaged() {
        if (averaged == 0) {
            return bridge();
        }
        double[][] mean = new double[total.length][];
        Arrays.setAll(mean, p -> Arrays.stream(total[p]).map(sum -> sum / averaged).toArray());
        return checked(mean);
    }

    /** The free numbers: changed in place by tests. */
    double[][] parameters() {
        return parameters;
    }

    /** The gradient of the summed loss in each of the free numbers. */
    double[][] lastGradient() {
        return gradient;
    }

    /**
     * How many steps were taken.
     *
     * @return at least 0
     */
    public int done() {
        return done;
    }

    /**
     * The loss of each batch, before its step.
     *
     * @return in nats, one for each step, a copy
     */
    public double[] losses() {
        return Arrays.copyOf(losses, done);
    }
}
