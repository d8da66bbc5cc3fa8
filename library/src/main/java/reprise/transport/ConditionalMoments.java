package reprise.transport;

import reprise.array.Dense;
import reprise.array.Require;

/**
 * What a plan sends each point to, up to second order.
 *
 * @param means E[y | x] for each x, shape [n, d]
 * @param covariances Cov[y | x] for each x, row after row: n arrays of length d * d
 */
public record ConditionalMoments(Dense means, double[][] covariances) {
    /**
     * Checks the shapes.
     *
     * @throws IllegalArgumentException if the numbers do not fit
     */
    public ConditionalMoments {
        Require.shape("covariances", new int[] {covariances.length}, means.rows());
        for (int i = 0; i < covariances.length; i++) {
            Require.shape(
                    "covariances[" + i + "]", new int[] {covariances[i].length}, means.columns() * means.columns());
        }
    }

    /**
     * The mean for one point.
     *
     * @param i which
     * @return length d, a copy
     */
    public double[] mean(int i) {
        return java.util.Arrays.copyOfRange(means.data(), i * means.columns(), (i + 1) * means.columns());
    }

    /**
     * The covariance for one point.
     *
     * @param i which
     * @return shape [d, d], a copy
     */
    public Dense covariance(int i) {
        return Dense.of("covariance", covariances[i].clone(), means.columns(), means.columns());
    }
}
