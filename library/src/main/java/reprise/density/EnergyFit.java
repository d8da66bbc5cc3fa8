package reprise.density;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.optim.CompositionalSgd;
import reprise.parallel.Progress;
import reprise.prob.Moments;
import reprise.prob.Normal;
import reprise.random.Rng;
import reprise.source.Source;
import reprise.tensor.Adam;
import reprise.tensor.Schedule;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;
import reprise.tensor.nn.Network;

/**
 * Fits an unnormalised density in the plane: noise q times e^f, where f is a network.
 *
 * <pre>{@code
 * EnergyModel model = EnergyFit.of(points).steps(500).fit(Rng.of(1));
 * double[] logs = model.logDensity(held);
 * }</pre>
 *
 * <p>The noise is normal with the data's means and {@link #noiseScale} times their standard deviations. The network has
 * two hidden layers with tanh, so that f is bounded and the model can be normalised. All estimators see batches of data
 * and of noise; they differ in the loss alone. Immutable.
 */
@Source(arxiv = "2306.07485")
public final class EnergyFit {
    private static final int NODES = 64;

    private final Dense x;
    private final Estimator estimator;
    private final double gamma;
    private final double noiseScale;
    private final int width;
    private final int steps;
    private final int batch;
    private final double rate;

    private EnergyFit(Dense x, Estimator estimator, double gamma, double noiseScale, int width, int steps, int batch,
            double rate) {
        this.x = x;
        this.estimator = estimator;
        this.gamma = gamma;
        this.noiseScale = noiseScale;
        this.width = width;
        this.steps = steps;
        this.batch = batch;
        this.rate = rate;
    }

    /** What is made small. */
    public enum Estimator {
        /** The likelihood as a composition, with a moving average for the normaliser. */
        COMPOSITIONAL,
        /** The logistic loss of telling data from noise; the network's last bias takes the normaliser's place. */
        CONTRASTIVE,
        /** The likelihood with the normaliser by quadrature: the reference, in few dimensions only. */
        GRID
    }

    /**
     * A fit with the compositional objective, gamma 0.1, noise scale 1, two layers of 64, 1000 steps with batches of
     * 256, and Adam's rate falling from 0.003 to 0.
     *
     * @param x points of the plane, shape [n, 2], at least 2
     * @return the fit
     * @throws IllegalArgumentException if there are not two columns, too few rows, or a column is constant
     */
    public static EnergyFit of(Dense x) {
        Require.atLeast("rows of x", x.rows(), 2);
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), 2);
        for (int c = 0; c < 2; c++) {
            Require.positive("sd of column " + c + " of x", column(x, c).standardDeviation());
        }
        return new EnergyFit(x, Estimator.COMPOSITIONAL, 0.1, 1, 64, 1_000, 256, 3e-3);
    }

    /**
     * As {@link #of(Dense)}.
     *
     * @param x points of the plane, shape [n, 2]
     * @return the fit
     * @throws IllegalArgumentException as there
     */
    public static EnergyFit of(double[][] x) {
        return of(Dense.of("x", x));
    }

    /**
     * As {@link #of(Dense)}.
     *
     * @param x points of the plane, shape [n, 2]
     * @return the fit
     * @throws IllegalArgumentException as there
     */
    public static EnergyFit of(INDArray x) {
        return of(Dense.of("x", x));
    }

    /**
     * Chooses the loss.
     *
     * @param loss which
     * @return a copy with it
     */
    public EnergyFit estimator(Estimator loss) {
        return new EnergyFit(
                x, Objects.requireNonNull(loss, "loss"), gamma, noiseScale, width, steps, batch, rate);
    }

    /**
     * Sets how much of the normaliser's average is new in each step.
     *
     * @param share gamma, above 0, at most 1; at 1 the gradient is the biased quotient
     * @return a copy with it
     * @throws IllegalArgumentException if it is out of range
     */
    public EnergyFit inner(double share) {
        return new EnergyFit(x, estimator, share == 1 ? 1 : Require.inside("gamma", share, 0, 1), noiseScale, width,
                steps, batch, rate);
    }

    /**
     * Sets how wide the noise is.
     *
     * @param factor of the data's standard deviations, above 0
     * @return a copy with it
     * @throws IllegalArgumentException if it is not positive
     */
    public EnergyFit noiseScale(double factor) {
        return new EnergyFit(
                x, estimator, gamma, Require.positive("noiseScale", factor), width, steps, batch, rate);
    }

    /**
     * Sets the network's size.
     *
     * @param units in each of the two hidden layers, at least 1
     * @return a copy with it
     * @throws IllegalArgumentException if there is none
     */
    public EnergyFit width(int units) {
        return new EnergyFit(
                x, estimator, gamma, noiseScale, Require.atLeast("width", units, 1), steps, batch, rate);
    }

    /**
     * Sets the length of the training.
     *
     * @param count how many steps, at least 1
     * @return a copy with it
     * @throws IllegalArgumentException if there is none
     */
    public EnergyFit steps(int count) {
        return new EnergyFit(
                x, estimator, gamma, noiseScale, width, Require.atLeast("steps", count, 1), batch, rate);
    }

    /**
     * Sets the size of a batch.
     *
     * @param size data points and noise points, each, at least 1
     * @return a copy with it
     * @throws IllegalArgumentException if it is empty
     */
    public EnergyFit batch(int size) {
        return new EnergyFit(
                x, estimator, gamma, noiseScale, width, steps, Require.atLeast("batch", size, 1), rate);
    }

    /**
     * Sets Adam's first rate.
     *
     * @param eta above 0
     * @return a copy with it
     * @throws IllegalArgumentException if it is not positive
     */
    public EnergyFit rate(double eta) {
        return new EnergyFit(
                x, estimator, gamma, noiseScale, width, steps, batch, Require.positive("rate", eta));
    }

    /**
     * Trains.
     *
     * @param rng the randomness; estimators with one rng begin with one network and see the same batches
     * @return the model
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost O(steps batch width^2)
     */
    public EnergyModel fit(Rng rng) {
        Normal noise = noise();
        Network net = Network.mlp(rng.split("network"), Tensor::tanh, 2, width, width, 1);
        var adam = Adam.of(net.parameters(), rate).schedule(Schedule.cosine(rate, 0, steps));
        var batches = rng.split("batches");
        var draws = rng.split("noise");
        EnergyModel.Square square = EnergyModel.Square.around(noise, NODES);
        double[] logU = {Double.NaN};
        try (var progress = Progress.over("Energy fit", steps)) {
            for (int k = 0; k < steps; k++) {
                Dense data = rows(batches);
                Dense fake = noise.sample(batch, draws);
                adam.step(() -> loss(net, data, fake, square, logU));
                progress.tick();
            }
        }
        return new EnergyModel(noise, net);
    }

    private Tensor loss(Network net, Dense data, Dense fake, EnergyModel.Square square, double[] logU) {
        Tensor real = net.forward(Tensors.of(data)).reshape(-1);
        if (estimator == Estimator.CONTRASTIVE) {
            return real.neg().softplus().mean().add(
                    net.forward(Tensors.of(fake)).reshape(-1).softplus().mean());
        }
        if (estimator == Estimator.GRID) {
            return square.logNormaliser(net).sub(real.mean());
        }
        Tensor logInner = net.forward(Tensors.of(fake)).reshape(-1).logsumexp(0).sub(Math.log(batch));
        double fresh = logInner.item();
        logU[0] = Double.isNaN(logU[0]) ? fresh : CompositionalSgd.mixed(logU[0], fresh, gamma);
        // The gradient of the second term is g' / u.
        return logInner.mul(Math.exp(fresh - logU[0])).sub(real.mean());
    }

    private Dense rows(Rng rng) {
        double[] values = new double[2 * batch];
        for (int i = 0; i < batch; i++) {
            System.arraycopy(x.data(), 2 * rng.integer(x.rows()), values, 2 * i, 2);
        }
        return Dense.of("batch", values, batch, 2);
    }

    private Normal noise() {
        double[] mean = new double[2];
        double[] variance = new double[2];
        for (int c = 0; c < 2; c++) {
            var moments = column(x, c);
            mean[c] = moments.mean();
            variance[c] = noiseScale * noiseScale * moments.variance();
        }
        return Normal.diagonal(mean, variance);
    }

    private static Moments column(Dense x, int c) {
        double[] values = new double[x.rows()];
        for (int i = 0; i < values.length; i++) {
            values[i] = x.data()[2 * i + c];
        }
        return Moments.of(values);
    }
}
