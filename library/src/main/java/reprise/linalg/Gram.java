package reprise.linalg;

import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Tasks;

/**
 * Matrices over all pairs of two sets of points: squared distances and the kernels made of them. For inner products see
 * {@link Blas#productABt(Dense, Dense)}; for sums over a kernel that need no matrix, the backend's soft sums.
 */
public final class Gram {
    private Gram() {}

    /**
     * The squared distances |x_i - y_j|^2, from differences: exact to d roundings however near the points are.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @return shape [n, m]
     * @throws IllegalArgumentException if x and y have different d, or a square overflows
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost 3 n m d operations, n m numbers
     */
    public static Dense squaredDistances(Dense x, Dense y) {
        return of(x, y, s -> s);
    }

    /**
     * As {@link #squaredDistances(Dense, Dense)}, for ND4J arrays.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @return shape [n, m]
     * @throws IllegalArgumentException if x and y have different d, or a square overflows
     */
    public static INDArray squaredDistances(INDArray x, INDArray y) {
        return squaredDistances(Dense.of("x", x), Dense.of("y", y)).toArray();
    }

    /**
     * As {@link #squaredDistances(Dense, Dense)}, for arrays of rows.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @return shape [n, m]
     * @throws IllegalArgumentException if x and y have different d, or a square overflows
     */
    public static double[][] squaredDistances(double[][] x, double[][] y) {
        return squaredDistances(Dense.of("x", x), Dense.of("y", y)).toRows();
    }

    /**
     * The Gaussian kernel exp(-|x_i - y_j|^2 / (2 h^2)).
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @param bandwidth h, above 0
     * @return from 0 to 1, shape [n, m]; of x with itself positive semidefinite
     * @throws IllegalArgumentException if x and y have different d, or the bandwidth is not positive
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost 3 n m d operations and n m exponentials
     */
    public static Dense gaussian(Dense x, Dense y, double bandwidth) {
        double h = Require.positive("bandwidth", bandwidth);
        return of(x, y, s -> Math.exp(-(s / h) / h / 2));
    }

    /**
     * As {@link #gaussian(Dense, Dense, double)}, for ND4J arrays.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @param bandwidth h, above 0
     * @return shape [n, m]
     * @throws IllegalArgumentException if x and y have different d, or the bandwidth is not positive
     */
    public static INDArray gaussian(INDArray x, INDArray y, double bandwidth) {
        return gaussian(Dense.of("x", x), Dense.of("y", y), bandwidth).toArray();
    }

    /**
     * As {@link #gaussian(Dense, Dense, double)}, for arrays of rows.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @param bandwidth h, above 0
     * @return shape [n, m]
     * @throws IllegalArgumentException if x and y have different d, or the bandwidth is not positive
     */
    public static double[][] gaussian(double[][] x, double[][] y, double bandwidth) {
        return gaussian(Dense.of("x", x), Dense.of("y", y), bandwidth).toRows();
    }

    /**
     * The Laplace kernel exp(-|x_i - y_j| / s) of the Euclidean distance; also called exponential, or Matern of order
     * one half.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @param scale s, above 0
     * @return from 0 to 1, shape [n, m]; of x with itself positive semidefinite
     * @throws IllegalArgumentException if x and y have different d, or the scale is not positive
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost 3 n m d operations and n m exponentials and roots
     */
    public static Dense laplace(Dense x, Dense y, double scale) {
        Require.positive("scale", scale);
        return of(x, y, s -> Math.exp(-Math.sqrt(s) / scale));
    }

    /**
     * As {@link #laplace(Dense, Dense, double)}, for ND4J arrays.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @param scale s, above 0
     * @return shape [n, m]
     * @throws IllegalArgumentException if x and y have different d, or the scale is not positive
     */
    public static INDArray laplace(INDArray x, INDArray y, double scale) {
        return laplace(Dense.of("x", x), Dense.of("y", y), scale).toArray();
    }

    /**
     * As {@link #laplace(Dense, Dense, double)}, for arrays of rows.
     *
     * @param x shape [n, d]
     * @param y shape [m, d]
     * @param scale s, above 0
     * @return shape [n, m]
     * @throws IllegalArgumentException if x and y have different d, or the scale is not positive
     */
    public static double[][] laplace(double[][] x, double[][] y, double scale) {
        return laplace(Dense.of("x", x), Dense.of("y", y), scale).toRows();
    }

    private static Dense of(Dense x, Dense y, DoubleUnaryOperator ofSquare) {
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), y.columns());
        int m = y.rows();
        double[] out = new double[Math.multiplyExact(x.rows(), m)];
        var tiles = new DistanceTiles(y);
        Tasks.forRange(x.rows(), i -> {
            double[] squares = new double[DistanceTiles.POINTS];
            for (int tile = 0; tile < tiles.count; tile++) {
                tiles.squares(x, i, tile, squares);
                int at = i * m + tile * DistanceTiles.POINTS;
                for (int j = 0; j < tiles.size(tile); j++) {
                    out[at + j] = ofSquare.applyAsDouble(squares[j]);
                }
            }
        });
        return Dense.of("result", out, x.rows(), m);
    }
}
