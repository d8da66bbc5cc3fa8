package reprise.density;

import java.util.ArrayList;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Progress;
import reprise.random.Rng;
import reprise.source.Source;
import reprise.tensor.Adam;
import reprise.tensor.Schedule;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;
import reprise.tensor.nn.Network;

/**
 * Maximum likelihood for a distribution on a curve: Y = f(Z) + sigma times noise, with f a network on one latent number.
 *
 * <pre>{@code
 * CurveModel model = CurveFit.of(points).floor(0.05).steps(500).fit(Rng.of(1));
 * double[][] curve = model.nodes().toRows();
 * }</pre>
 *
 * <p>Z is uniform on [-2, 2], and the likelihood is a sum over midpoints: the density at y is the mean over the nodes
 * f(z_k) of the normal density with standard deviation sigma. The network has two hidden layers with tanh; sigma is
 * learned, and put back to a floor when it falls below. With {@link #perturbation} each step sees the data with fresh normal noise. Without,
 * data on a curve make the likelihood grow without bound as sigma falls. Immutable.
 */
@Source(arxiv = "2105.04046")
public final class CurveFit {
    private final Dense y;
    private final double floor;
    private final double perturbation;
    private final int nodes;
    private final int width;
    private final int steps;
    private final double rate;

    private CurveFit(Dense y, double floor, double perturbation, int nodes, int width, int steps, double rate) {
        this.y = y;
        this.floor = floor;
        this.perturbation = perturbation;
        this.nodes = nodes;
        this.width = width;
        this.steps = steps;
        this.rate = rate;
    }

    /**
     * A fit with floor 0.03, no perturbation, 200 nodes, two layers of 64, and 1500 steps of Adam with all the data,
     * whose rate falls from 0.005 to 0.
     *
     * @param y points, shape [n, d]
     * @return the fit
     */
    public static CurveFit of(Dense y) {
        return new CurveFit(Objects.requireNonNull(y, "y"), 0.03, 0, 200, 64, 1_500, 5e-3);
    }

    /**
     * As {@link #of(Dense)}.
     *
     * @param y points, shape [n, d], finite
     * @return the fit
     * @throws IllegalArgumentException if there is no point, or a number is not finite
     */
    public static CurveFit of(double[][] y) {
        return of(Dense.of("y", y));
    }

    /**
     * As {@link #of(Dense)}.
     *
     * @param y points, shape [n, d], finite
     * @return the fit
     * @throws IllegalArgumentException if there is no point, or a number is not finite
     */
    public static CurveFit of(INDArray y) {
        return of(Dense.of("y", y));
    }

    /**
     * Sets the least sigma.
     *
     * @param least above 0 and below 0.5, where sigma begins
     * @return a copy with it
     * @throws IllegalArgumentException if it is out of range
     */
    public CurveFit floor(double least) {
        return new CurveFit(y, Require.inside("floor", least, 0, 0.5), perturbation, nodes, width, steps, rate);
    }

    /**
     * Sets the noise that is added to the data, drawn anew in each step.
     *
     * @param sd its standard deviation, at least 0
     * @return a copy with it
     * @throws IllegalArgumentException if it is negative
     */
    public CurveFit perturbation(double sd) {
        return new CurveFit(y, floor, Require.nonNegative("perturbation", sd), nodes, width, steps, rate);
    }

    /**
     * Sets the number of latent nodes. Fewer than about the curve's length over sigma are a floor of their own.
     *
     * @param count at least 2
     * @return a copy with it
     * @throws IllegalArgumentException if there are fewer
     */
    public CurveFit nodes(int count) {
        return new CurveFit(
                y, floor, perturbation, Require.atLeast("nodes", count, 2), width, steps, rate);
    }

    /**
     * Sets the network's size.
     *
     * @param units in each of the two hidden layers, at least 1
     * @return a copy with it
     * @throws IllegalArgumentException if there is none
     */
    public CurveFit width(int units) {
        return new CurveFit(y, floor, perturbation, nodes, Require.atLeast("width", units, 1), steps, rate);
    }

    /**
     * Sets the length of the training.
     *
     * @param count how many steps, at least 1
     * @return a copy with it
     * @throws IllegalArgumentException if there is none
     */
    public CurveFit steps(int count) {
        return new CurveFit(y, floor, perturbation, nodes, width, Require.atLeast("steps", count, 1), rate);
    }

    /**
     * Sets Adam's first rate.
     *
     * @param eta above 0
     * @return a copy with it
     * @throws IllegalArgumentException if it is not positive
     */
    public CurveFit rate(double eta) {
        return new CurveFit(y, floor, perturbation, nodes, width, steps, Require.positive("rate", eta));
    }

    /**
     * Trains.
     *
     * @param rng the randomness: the network's start and the perturbations
     * @return the curve and its sigma
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost O(steps (n nodes d + nodes width^2))
     */
    public CurveModel fit(Rng rng) {
        Tensor z = Tensors.of(CurveModel.latent(nodes)).reshape(nodes, 1);
        Network net = Network.mlp(rng.split("network"), Tensor::tanh, 1, width, width, y.columns());
        Tensor logSigma = Tensors.of(Math.log(0.5)).requiresGrad();
        var all = new ArrayList<>(net.parameters());
        all.add(logSigma);
        var adam = Adam.of(all, rate).schedule(Schedule.cosine(rate, 0, steps));
        Tensor lowest = Tensors.of(Math.log(floor));
        Tensor plain = Tensors.of(y);
        var noise = rng.split("noise");
        try (var progress = Progress.over("Curve fit", steps)) {
            for (int k = 0; k < steps; k++) {
                adam.step(() -> {
                    Tensor data = perturbation == 0
                            ? plain
                            : plain.add(Tensors.normal(noise, y.rows(), y.columns()).mul(perturbation));
                    return loss(data, net.forward(z), logSigma.exp());
                });
                if (logSigma.toDoubles()[0] < Math.log(floor)) {
                    logSigma.assign(lowest);
                }
                progress.tick();
            }
        }
        double sigma = Math.exp(logSigma.toDoubles()[0]);
        double[] at = new double[nodes * y.columns()];
        Tensors.number(() -> {
            System.arraycopy(
                    Tensors.noGrad(() -> net.forward(z).reshape(-1).toDoubles()), 0, at, 0, at.length);
            return 0.0;
        });
        return new CurveModel(Dense.of("nodes", at, nodes, y.columns()), sigma);
    }

    /** Minus the mean log-likelihood, one entry. */
    static Tensor loss(Tensor data, Tensor nodes, Tensor sigma) {
        long n = data.size(0);
        long k = nodes.size(0);
        double d = data.size(1);
        Tensor squares = data.square().sum(1).reshape(n, 1).add(nodes.square().sum(1).reshape(1, k))
                .sub(data.matmul(nodes.t()).mul(2));
        return squares.div(sigma.square().mul(-2)).logsumexp(1).mean().neg()
                .add(sigma.log().mul(d).sum()).add(d / 2 * Math.log(2 * Math.PI) + Math.log(k));
    }
}
