package reprise.density;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Grid;
import reprise.array.Require;
import reprise.prob.Normal;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;
import reprise.tensor.nn.Network;

/**
 * A density in the plane that is known up to its normaliser, q(x) e^f(x), and that normaliser by quadrature.
 *
 * <p>For one thread at a time.
 */
public final class EnergyModel {
    private static final int NODES = 161;

    private final Normal noise;
    private final Network net;
    private final double logNormaliser;

    EnergyModel(Normal noise, Network net) {
        this.noise = noise;
        this.net = net;
        this.logNormaliser = Tensors.number(() -> Tensors.noGrad(
                () -> Square.around(noise, NODES).logNormaliser(net).item()));
    }

    /** A square grid of six standard deviations to each side, with the noise's share of each node. */
    record Square(Dense nodes, double[] logShares) {
        static Square around(Normal noise, int perSide) {
            double[] mean = noise.mean();
            double[] points = new double[2 * perSide * perSide];
            double[] unit = Grid.linear(-6, 6, perSide);
            double[] logs = new double[perSide * perSide];
            double sd0 = Math.sqrt(noise.covariance().data()[0]);
            double sd1 = Math.sqrt(noise.covariance().data()[3]);
            double cell = 2 * Math.log(unit[1] - unit[0]) - Math.log(2 * Math.PI);
            for (int i = 0; i < logs.length; i++) {
                double a = unit[i / perSide];
                double b = unit[i % perSide];
                points[2 * i] = mean[0] + sd0 * a;
                points[2 * i + 1] = mean[1] + sd1 * b;
                logs[i] = cell - (a * a + b * b) / 2;
            }
            return new Square(Dense.of("nodes", points, logs.length, 2), logs);
        }

        /** log of the sum over the nodes of share e^f: the trapezoid rule, one entry. */
        Tensor logNormaliser(Network net) {
            return net.forward(Tensors.of(nodes)).reshape(-1).add(Tensors.of(logShares)).logsumexp(0);
        }
    }

    /**
     * What f is.
     *
     * @param x points, shape [m, 2]
     * @return f at each, shape [m]: the logarithm of the unnormalised density over the noise's
     * @throws IllegalArgumentException if there are not two columns
     * @cost O(m width^2)
     */
    public double[] logRatio(Dense x) {
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), 2);
        double[][] answer = new double[1][];
        Tensors.number(() -> {
            answer[0] = Tensors.noGrad(() -> net.forward(Tensors.of(x)).reshape(-1).toDoubles());
            return 0.0;
        });
        return answer[0];
    }

    /**
     * The normalised density.
     *
     * @param x points, shape [m, 2]
     * @return log density in nats, shape [m]
     * @throws IllegalArgumentException if there are not two columns
     * @cost O(m width^2)
     */
    public double[] logDensity(Dense x) {
        double[] logs = logRatio(x);
        double[] base = noise.logDensity(x);
        Arrays.setAll(logs, i -> logs[i] + base[i] - logNormaliser);
        return logs;
    }

    /**
     * As {@link #logDensity(Dense)}.
     *
     * @param x points, shape [m, 2]
     * @return log density in nats, shape [m]
     * @throws IllegalArgumentException if a number is not finite, or there are not two columns
     */
    public double[] logDensity(double[][] x) {
        return logDensity(Dense.of("x", x));
    }

    /**
     * As {@link #logDensity(Dense)}.
     *
     * @param x points, shape [m, 2]
     * @return log density in nats, shape [m]
     * @throws IllegalArgumentException if a number is not finite, or there are not two columns
     */
    public double[] logDensity(INDArray x) {
        return logDensity(Dense.of("x", x));
    }

    /**
     * The mean negative log-likelihood of held-out points.
     *
     * @param x points, shape [m, 2]
     * @return in nats for each point
     * @throws IllegalArgumentException if there are not two columns
     */
    public double meanLoss(Dense x) {
        return -Arrays.stream(logDensity(x)).average().getAsDouble();
    }

    /**
     * The normaliser that was left out: log of the integral of q e^f.
     *
     * @return in nats; near 0 for a contrastive fit, anything for a compositional one
     */
    public double logNormaliser() {
        return logNormaliser;
    }

    /**
     * The noise q.
     *
     * @return normal, without correlation
     */
    public Normal noise() {
        return noise;
    }
}
