package reprise.density;

import java.util.Arrays;
import java.util.TreeMap;
import java.util.stream.IntStream;
import reprise.array.Dense;
import reprise.array.Require;

/**
 * A few points that stand for many, each with a weight: the number of points for which it speaks.
 *
 * @param indices which input points, different, length s
 * @param weights above 0, length s
 */
public record WeightedCoreset(int[] indices, double[] weights) {
    /**
     * Takes indices and weights.
     *
     * @param indices which input points, different, at least 0, at least one; copied
     * @param weights above 0 and finite, as many; copied
     * @throws IllegalArgumentException if the lengths differ, an index is negative or occurs twice, or a weight is not
     *     above 0
     */
    public WeightedCoreset {
        Require.atLeast("number of indices", indices.length, 1);
        Require.shape("weights", new int[] {weights.length}, indices.length);
        indices = indices.clone();
        weights = weights.clone();
        for (int s = 0; s < indices.length; s++) {
            Require.atLeast("indices[" + s + "]", indices[s], 0);
            Require.positive("weights[" + s + "]", weights[s]);
        }
        if (Arrays.stream(indices).distinct().count() < indices.length) {
            throw new IllegalArgumentException("indices must be different, were " + Arrays.toString(indices));
        }
    }

    /**
     * All points, each for itself.
     *
     * @param n how many, at least 1
     * @return weights of 1
     * @throws IllegalArgumentException if n is below 1
     */
    public static WeightedCoreset all(int n) {
        double[] ones = new double[Require.atLeast("n", n, 1)];
        Arrays.fill(ones, 1);
        return new WeightedCoreset(IntStream.range(0, n).toArray(), ones);
    }

    /**
     * Points that may occur several times: their weights are added.
     *
     * @param indices at least 0, at least one
     * @param weights above 0, as many
     * @return each point once, ascending
     * @throws IllegalArgumentException if the lengths differ or a number is out of range
     */
    public static WeightedCoreset merged(int[] indices, double[] weights) {
        Require.shape("weights", new int[] {weights.length}, indices.length);
        var sums = new TreeMap<Integer, Double>();
        for (int s = 0; s < indices.length; s++) {
            sums.merge(indices[s], weights[s], Double::sum);
        }
        return new WeightedCoreset(
                sums.keySet().stream().mapToInt(i -> i).toArray(),
                sums.values().stream().mapToDouble(w -> w).toArray());
    }

    /**
     * The points that kernel thinning keeps, each for its share.
     *
     * @param coreset points of one weight
     * @param n how many points there were
     * @return weights n / s, those of a point that occurs twice added
     */
    public static WeightedCoreset of(Coreset coreset, int n) {
        double[] weights = new double[coreset.indices().length];
        Arrays.fill(weights, (double) n / weights.length);
        return merged(coreset.indices(), weights);
    }

    /**
     * How many points.
     *
     * @return s, at least 1
     */
    public int size() {
        return indices.length;
    }

    /**
     * The sum of all weights.
     *
     * @return above 0
     */
    public double total() {
        return Arrays.stream(weights).sum();
    }

    /**
     * The same points with weights of another sum.
     *
     * @param total the new sum, above 0
     * @return a copy
     * @throws IllegalArgumentException if it is not positive
     */
    public WeightedCoreset scaledTo(double total) {
        double factor = Require.positive("total", total) / total();
        return new WeightedCoreset(indices, Arrays.stream(weights).map(w -> w * factor).toArray());
    }

    /**
     * The chosen rows.
     *
     * @param x all points, shape [n, d]
     * @return shape [s, d]
     * @throws IllegalArgumentException if an index is not below n
     */
    public Dense rows(Dense x) {
        int d = x.columns();
        double[] rows = new double[indices.length * d];
        for (int s = 0; s < indices.length; s++) {
            if (indices[s] >= x.rows()) {
                throw new IllegalArgumentException("indices must be below " + x.rows() + ", held " + indices[s]);
            }
            System.arraycopy(x.data(), indices[s] * d, rows, s * d, d);
        }
        return Dense.of("rows", rows, indices.length, d);
    }

    /**
     * The weighted sum of the chosen rows.
     *
     * @param x all points, shape [n, d]
     * @return length d
     * @throws IllegalArgumentException if an index is not below n
     */
    public double[] sum(Dense x) {
        Dense rows = rows(x);
        double[] sum = new double[x.columns()];
        for (int s = 0; s < weights.length; s++) {
            for (int c = 0; c < sum.length; c++) {
                sum[c] += weights[s] * rows.data()[s * sum.length + c];
            }
        }
        return sum;
    }
}
