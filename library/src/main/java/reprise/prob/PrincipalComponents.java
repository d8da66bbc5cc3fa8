package reprise.prob;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.Svd;

/**
 * The directions in which points vary most, one orthogonal to the other (Hotelling 1933).
 *
 * <pre>{@code
 * var axes = PrincipalComponents.fit(points, 2);
 * Dense scores = axes.transform(points);
 * }</pre>
 *
 * @param mean of the points, length d
 * @param axes one a row, of length 1, shape [k, d]; the entry of largest size is positive
 * @param variances of the points along the axes, falling, length k, with divisor n - 1
 * @param total the variance in all directions
 */
public record PrincipalComponents(double[] mean, Dense axes, double[] variances, double total) {
    /**
     * Finds the first directions.
     *
     * @param points shape [n, d], n at least 2
     * @param k how many directions, at least 1, at most n and d
     * @return the directions
     * @throws IllegalArgumentException if there are too few points or directions
     * @throws reprise.linalg.NotConverged if LAPACK's iteration fails
     * @cost that of a singular value decomposition
     */
    public static PrincipalComponents fit(Dense points, int k) {
        int n = Require.atLeast("number of points", points.rows(), 2);
        int d = points.columns();
        Require.atLeast("k", k, 1);
        Require.atLeast("smaller of n and d", Math.min(n, d), k);
        var mean = new double[d];
        for (int i = 0; i < points.data().length; i++) {
            mean[i % d] += points.data()[i] / n;
        }
        Svd svd = Svd.of(centred(points, mean));
        var axes = new double[k * d];
        var variances = new double[k];
        for (int a = 0; a < k; a++) {
            int columns = svd.v().columns();
            double largest = 0;
            for (int c = 0; c < d; c++) {
                axes[a * d + c] = svd.v().data()[c * columns + a];
                largest = Math.abs(axes[a * d + c]) > Math.abs(largest) ? axes[a * d + c] : largest;
            }
            for (int c = 0; c < d && largest < 0; c++) {
                axes[a * d + c] = -axes[a * d + c];
            }
            variances[a] = svd.s()[a] * svd.s()[a] / (n - 1);
        }
        double total = Arrays.stream(svd.s()).map(s -> s * s).sum() / (n - 1);
        return new PrincipalComponents(mean, Dense.of("axes", axes, k, d), variances, total);
    }

    /**
     * As {@link #fit(Dense, int)}, for ND4J arrays.
     *
     * @param points shape [n, d], finite, n at least 2
     * @param k how many directions
     * @return the directions
     * @throws IllegalArgumentException if there are too few points or directions, or a value is NaN or infinite
     */
    public static PrincipalComponents fit(INDArray points, int k) {
        return fit(Dense.of("points", points), k);
    }

    /**
     * As {@link #fit(Dense, int)}, for arrays of rows.
     *
     * @param points n rows of d coordinates, finite, n at least 2
     * @param k how many directions
     * @return the directions
     * @throws IllegalArgumentException if there are too few points or directions, or a value is NaN or infinite
     */
    public static PrincipalComponents fit(double[][] points, int k) {
        return fit(Dense.of("points", points), k);
    }

    /**
     * The coordinates of points along the directions.
     *
     * @param points shape [m, d]
     * @return shape [m, k]
     * @throws IllegalArgumentException if d is another
     * @cost O(m d k)
     */
    public Dense transform(Dense points) {
        Require.shape("points", new int[] {points.rows(), points.columns()}, points.rows(), mean.length);
        return Blas.productABt(centred(points, mean), axes);
    }

    private static Dense centred(Dense points, double[] mean) {
        double[] x = points.data().clone();
        for (int i = 0; i < x.length; i++) {
            x[i] -= mean[i % mean.length];
        }
        return Dense.of("points", x, points.rows(), mean.length);
    }
}
