package reprise.transport;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.source.Source;
import reprise.tensor.Tensors;
import reprise.tensor.nn.Network;

/** A map that was learned; see {@link MongeMapFit}. */
public final class MongeMap {
    private final Network network;
    private final int d;

    MongeMap(Network network, int d) {
        this.network = network;
        this.d = d;
    }

    /**
     * Maps points.
     *
     * @param x shape [n, d]
     * @return shape [n, d]
     * @throws IllegalArgumentException if d is another
     * @cost one pass of the network
     */
    public Dense apply(Dense x) {
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), d);
        var images = new double[x.data().length];
        Tensors.number(() -> {
            double[] values = Tensors.noGrad(() -> network.forward(Tensors.of(x))).toDoubles();
            System.arraycopy(values, 0, images, 0, values.length);
            return 0.0;
        });
        return Dense.of("images", images, x.rows(), d);
    }

    /**
     * As {@link #apply(Dense)}, for ND4J arrays.
     *
     * @param x shape [n, d], finite
     * @return shape [n, d]
     * @throws IllegalArgumentException if d is another, or a value is NaN or infinite
     */
    public INDArray apply(INDArray x) {
        return apply(Dense.of("x", x)).toArray();
    }

    /**
     * As {@link #apply(Dense)}, for arrays of rows.
     *
     * @param x n rows of d coordinates, finite
     * @return shape [n, d]
     * @throws IllegalArgumentException if d is another, or a value is NaN or infinite
     */
    public double[][] apply(double[][] x) {
        return apply(Dense.of("x", x)).toRows();
    }

    /**
     * The error of a map in percent of the variance of the true one's image: 100 for the best constant map.
     *
     * @param images where a map sends some points, shape [n, d]
     * @param truth where the true map sends them, shape [n, d], not all the same
     * @return {@code 100 E|T - T*|^2 / Var T*}, the variance summed over coordinates, at least 0
     * @throws IllegalArgumentException if the shapes differ, or the truth does not vary
     * @cost O(n d)
     */
    @Source(arxiv = "2106.01954", at = "L2-UVP")
    public static double unexplained(Dense images, Dense truth) {
        int d = truth.columns();
        Require.shape("images", new int[] {images.rows(), images.columns()}, truth.rows(), d);
        var mean = new double[d];
        for (int i = 0; i < truth.data().length; i++) {
            mean[i % d] += truth.data()[i] / truth.rows();
        }
        double error = 0;
        double variance = 0;
        for (int i = 0; i < truth.data().length; i++) {
            error += Math.pow(images.data()[i] - truth.data()[i], 2);
            variance += Math.pow(truth.data()[i] - mean[i % d], 2);
        }
        return 100 * error / Require.positive("variance of truth", variance);
    }
}
