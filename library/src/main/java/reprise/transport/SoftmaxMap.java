package reprise.transport;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * The gradient of the convex function {@code log sum_k exp(s_k . x + b_k)}: a mean of the slopes s_k with softmax
 * weights. Being such a gradient, it is an optimal map for the squared distance from whatever distribution onto its
 * image, so it serves as a known answer. With at most d slopes its image is flat and it cannot be inverted.
 *
 * <pre>{@code
 * SoftmaxMap truth = SoftmaxMap.random(16, 2, 2, 0.5, Rng.of(3));
 * Dense images = truth.apply(x);
 * }</pre>
 */
@Source(text = "Brenier, Polar factorization and monotone rearrangement of vector-valued functions, 1991")
public final class SoftmaxMap {
    private final Dense slopes;
    private final double[] offsets;

    private SoftmaxMap(Dense slopes, double[] offsets) {
        this.slopes = slopes;
        this.offsets = offsets;
    }

    /**
     * A map with given slopes.
     *
     * @param slopes s, shape [k, d]
     * @param offsets b, shape [k], finite
     * @return the map
     * @throws IllegalArgumentException if there is not one offset a slope, or one is NaN or infinite
     */
    public static SoftmaxMap of(Dense slopes, double... offsets) {
        Require.shape("offsets", new int[] {offsets.length}, slopes.rows());
        return new SoftmaxMap(slopes, Require.finite("offsets", offsets.clone()));
    }

    /**
     * A map with normal slopes and offsets.
     *
     * @param k the number of slopes, at least 1; above d for a map that can be inverted
     * @param d the number of coordinates, at least 1
     * @param slope the standard deviation of each slope's coordinates, above 0
     * @param offset the standard deviation of the offsets, above 0
     * @param rng the randomness
     * @return the map
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static SoftmaxMap random(int k, int d, double slope, double offset, Rng rng) {
        Require.positive("slope", slope);
        Require.positive("offset", offset);
        double[] slopes = rng.split("slopes").normal(k, d).data().clone();
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] *= slope;
        }
        double[] offsets = rng.split("offsets").normal(k, 1).data().clone();
        for (int i = 0; i < k; i++) {
            offsets[i] *= offset;
        }
        return new SoftmaxMap(Dense.of("slopes", slopes, k, d), offsets);
    }

    /**
     * Maps points.
     *
     * @param x shape [n, d]
     * @return shape [n, d]
     * @throws IllegalArgumentException if d is another
     * @cost O(n k d)
     */
    public Dense apply(Dense x) {
        return Backends.current().softSum(x, slopes, Cost.innerProduct()).average(offsets, 1, slopes);
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
}
