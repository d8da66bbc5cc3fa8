package reprise.linalg;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Tasks;

/**
 * The k nearest points of each query, found exactly by comparing with every point; no matrix of distances is stored.
 *
 * @param indices the rows of the nearest points, the nearest first, of equally near ones the lower, shape [n, k]
 * @param distances their Euclidean distances, ascending, shape [n, k]; infinite beyond 1e154, where squares overflow
 */
public record Neighbours(int[][] indices, double[][] distances) {
    /**
     * Finds the points nearest to queries.
     *
     * @param x queries, shape [n, d]
     * @param y points, shape [m, d]
     * @param k how many, from 1 to m
     * @return k neighbours of each query
     * @throws IllegalArgumentException if x and y have different d, or k is out of range
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost 3 n m d operations, n k numbers
     */
    public static Neighbours of(Dense x, Dense y, int k) {
        return search(x, y, count(k, y.rows()), false);
    }

    /**
     * As {@link #of(Dense, Dense, int)}, for ND4J arrays.
     *
     * @param x queries, shape [n, d]
     * @param y points, shape [m, d]
     * @param k how many, from 1 to m
     * @return k neighbours of each query
     * @throws IllegalArgumentException if x and y have different d, or k is out of range
     */
    public static Neighbours of(INDArray x, INDArray y, int k) {
        return of(Dense.of("x", x), Dense.of("y", y), k);
    }

    /**
     * As {@link #of(Dense, Dense, int)}, for arrays of rows.
     *
     * @param x queries, shape [n, d]
     * @param y points, shape [m, d]
     * @param k how many, from 1 to m
     * @return k neighbours of each query
     * @throws IllegalArgumentException if x and y have different d, or k is out of range
     */
    public static Neighbours of(double[][] x, double[][] y, int k) {
        return of(Dense.of("x", x), Dense.of("y", y), k);
    }

    /**
     * Finds the neighbours of each point among the others: a point is not its own neighbour, a copy of it is.
     *
     * @param y points, shape [m, d]
     * @param k how many, from 1 to m - 1
     * @return k neighbours of each point
     * @throws IllegalArgumentException if k is out of range
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost 3 m^2 d operations, m k numbers
     */
    public static Neighbours among(Dense y, int k) {
        return search(y, y, count(k, y.rows() - 1), true);
    }

    /**
     * As {@link #among(Dense, int)}, for ND4J arrays.
     *
     * @param y points, shape [m, d]
     * @param k how many, from 1 to m - 1
     * @return k neighbours of each point
     * @throws IllegalArgumentException if k is out of range
     */
    public static Neighbours among(INDArray y, int k) {
        return among(Dense.of("y", y), k);
    }

    /**
     * As {@link #among(Dense, int)}, for arrays of rows.
     *
     * @param y points, shape [m, d]
     * @param k how many, from 1 to m - 1
     * @return k neighbours of each point
     * @throws IllegalArgumentException if k is out of range
     */
    public static Neighbours among(double[][] y, int k) {
        return among(Dense.of("y", y), k);
    }

    private static int count(int k, int most) {
        if (k < 1 || k > most) {
            throw new IllegalArgumentException("k must be from 1 to " + most + ", was " + k);
        }
        return k;
    }

    private static Neighbours search(Dense x, Dense y, int k, boolean others) {
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), y.columns());
        int[][] indices = new int[x.rows()][k];
        double[][] distances = new double[x.rows()][k];
        var tiles = new DistanceTiles(y);
        Tasks.forRange(x.rows(), i -> {
            double[] squares = new double[DistanceTiles.POINTS];
            int[] index = indices[i];
            double[] nearest = distances[i];
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            // An index past the end loses against every point, also one whose square overflows.
            Arrays.fill(index, y.rows());
            for (int tile = 0; tile < tiles.count; tile++) {
                tiles.squares(x, i, tile, squares);
                for (int j = 0; j < tiles.size(tile); j++) {
                    int point = tile * DistanceTiles.POINTS + j;
                    boolean nearer = squares[j] < nearest[k - 1] || index[k - 1] == y.rows();
                    if (nearer && !(others && point == i)) {
                        insert(squares[j], point, nearest, index);
                    }
                }
            }
            for (int c = 0; c < k; c++) {
                nearest[c] = Math.sqrt(nearest[c]);
            }
        });
        return new Neighbours(indices, distances);
    }

    /** Points come in order of their index, so that behind equals is where a new one belongs, but before the empty. */
    private static void insert(double square, int point, double[] nearest, int[] index) {
        int at = nearest.length - 1;
        while (at > 0 && (nearest[at - 1] > square || nearest[at - 1] == square && index[at - 1] > point)) {
            nearest[at] = nearest[at - 1];
            index[at] = index[at - 1];
            at--;
        }
        nearest[at] = square;
        index[at] = point;
    }
}
