package reprise.prob;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Interrupted;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/**
 * Centres such that the points' squared distances from the nearest one have a small sum: k-means by Lloyd's iteration
 * (Lloyd, Least squares quantization in PCM, IEEE Trans. Inf. Theory 1982), begun by k-means++ (Arthur and
 * Vassilvitskii, SODA 2007). A local minimum; another seed may find a better one.
 *
 * @param centres one a row, shape [k, d]
 * @param labels the centre of each point, an index into the rows, length n
 * @param inertia the sum of squared distances
 * @param iterations how many passes were made
 * @param settled whether the last pass changed no label; false if the passes ran out
 */
public record KMeans(Dense centres, int[] labels, double inertia, int iterations, boolean settled) {
    private static final int USUAL_PASSES = 500;

    /**
     * Finds centres, with at most 500 passes.
     *
     * @param points shape [n, d]
     * @param k how many centres, from 1 to n
     * @param rng the randomness of the first centres
     * @return centres and labels
     * @throws IllegalArgumentException if k is below 1 or above n
     * @throws Interrupted if the thread was interrupted
     * @cost 3 n k d operations a pass, divided by the cores
     */
    public static KMeans fit(Dense points, int k, Rng rng) {
        return fit(points, k, USUAL_PASSES, rng);
    }

    /**
     * As {@link #fit(Dense, int, Rng)}, for ND4J arrays.
     *
     * @param points shape [n, d]
     * @param k how many centres, from 1 to n
     * @param rng the randomness of the first centres
     * @return centres and labels
     * @throws IllegalArgumentException if k is below 1 or above n, or a number is not finite
     */
    public static KMeans fit(INDArray points, int k, Rng rng) {
        return fit(Dense.of("points", points), k, rng);
    }

    /**
     * As {@link #fit(Dense, int, Rng)}, for arrays of rows.
     *
     * @param points shape [n, d]
     * @param k how many centres, from 1 to n
     * @param rng the randomness of the first centres
     * @return centres and labels
     * @throws IllegalArgumentException if k is below 1 or above n, or a number is not finite
     */
    public static KMeans fit(double[][] points, int k, Rng rng) {
        return fit(Dense.of("points", points), k, rng);
    }

    /**
     * Finds centres with a budget.
     *
     * @param points shape [n, d]
     * @param k how many centres, from 1 to n
     * @param passes the largest number of passes, at least 1
     * @param rng the randomness of the first centres
     * @return centres and labels
     * @throws IllegalArgumentException if k is below 1 or above n, or there is no pass
     * @throws Interrupted if the thread was interrupted
     * @cost 3 n k d operations a pass, divided by the cores
     */
    public static KMeans fit(Dense points, int k, int passes, Rng rng) {
        double[] ones = new double[points.rows()];
        Arrays.fill(ones, 1);
        return fit(points, ones, k, passes, rng);
    }

    /**
     * Finds centres of weighted points: the sum of weights times squared distances is small. A weight of 2 is the same
     * as the point twice.
     *
     * @param points shape [n, d]
     * @param weights at least 0, at least k of them above 0, length n
     * @param k how many centres, from 1 to n
     * @param passes the largest number of passes, at least 1
     * @param rng the randomness of the first centres
     * @return centres and labels; the inertia is the weighted one
     * @throws IllegalArgumentException if k is below 1 or above the number of points with weight, a weight is negative
     *     or not finite, or there is no pass
     * @throws Interrupted if the thread was interrupted
     * @cost 3 n k d operations a pass, divided by the cores
     */
    public static KMeans fit(Dense points, double[] weights, int k, int passes, Rng rng) {
        Require.atLeast("k", k, 1);
        Require.atLeast("number of points", points.rows(), k);
        Require.atLeast("passes", passes, 1);
        Require.shape("weights", new int[] {weights.length}, points.rows());
        for (int i = 0; i < weights.length; i++) {
            Require.nonNegative("weights[" + i + "]", weights[i]);
        }
        Require.atLeast(
                "number of weights above 0", (int) Arrays.stream(weights).filter(w -> w > 0).count(), k);
        int n = points.rows();
        int d = points.columns();
        double[] x = points.data();
        double[] centres = plusPlus(x, weights, n, d, k, rng);
        int[] labels = new int[n];
        double[] squares = new double[n];
        boolean changed = true;
        int pass = 0;
        while (changed && pass < passes) {
            Interrupted.check();
            pass++;
            changed = assign(x, n, d, centres, k, labels, squares) | pass == 1;
            if (changed) {
                move(x, weights, n, d, centres, k, labels, squares);
            }
        }
        assign(x, n, d, centres, k, labels, squares);
        double inertia = IntStream.range(0, n).mapToDouble(i -> weights[i] * squares[i]).sum();
        return new KMeans(Dense.of("centres", centres, k, d), labels, inertia, pass, !changed);
    }

    /** Each centre is a point drawn with the square of its distance from the centres before as its weight. */
    private static double[] plusPlus(double[] x, double[] weights, int n, int d, int k, Rng rng) {
        double[] centres = new double[k * d];
        double[] nearest = new double[n];
        System.arraycopy(weights, 0, nearest, 0, n);
        for (int c = 0; c < k; c++) {
            double total = Arrays.stream(nearest).sum();
            double left = rng.uniform() * total;
            int chosen = total > 0 ? 0 : rng.integer(n);
            while (total > 0 && chosen < n - 1 && (left -= nearest[chosen]) >= 0) {
                chosen++;
            }
            System.arraycopy(x, chosen * d, centres, c * d, d);
            for (int i = 0; i < n; i++) {
                double square = weights[i] * square(x, i * d, centres, c * d, d);
                nearest[i] = c == 0 ? square : Math.min(nearest[i], square);
            }
        }
        return centres;
    }

    private static boolean assign(double[] x, int n, int d, double[] centres, int k, int[] labels, double[] squares) {
        int chunk = 256;
        int chunks = (n + chunk - 1) / chunk;
        boolean[] changed = new boolean[chunks];
        Tasks.forRange(chunks, c -> {
            for (int i = c * chunk; i < Math.min(n, (c + 1) * chunk); i++) {
                int best = 0;
                double least = Double.POSITIVE_INFINITY;
                for (int j = 0; j < k; j++) {
                    double square = square(x, i * d, centres, j * d, d);
                    if (square < least) {
                        least = square;
                        best = j;
                    }
                }
                changed[c] |= labels[i] != best;
                labels[i] = best;
                squares[i] = least;
            }
        });
        for (boolean one : changed) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /**
     * Puts each centre at the mean of its points; one without points goes to the point that is farthest from its own.
     */
    private static void move(
            double[] x, double[] weights, int n, int d, double[] centres, int k, int[] labels, double[] squares) {
        double[] counts = new double[k];
        Arrays.fill(centres, 0);
        for (int i = 0; i < n; i++) {
            counts[labels[i]] += weights[i];
            for (int c = 0; c < d; c++) {
                centres[labels[i] * d + c] += weights[i] * x[i * d + c];
            }
        }
        for (int j = 0; j < k; j++) {
            if (counts[j] == 0) {
                int farthest = 0;
                for (int i = 1; i < n; i++) {
                    farthest = weights[i] * squares[i] > weights[farthest] * squares[farthest] ? i : farthest;
                }
                squares[farthest] = 0;
                System.arraycopy(x, farthest * d, centres, j * d, d);
            } else {
                for (int c = 0; c < d; c++) {
                    centres[j * d + c] /= counts[j];
                }
            }
        }
    }

    private static double square(double[] a, int i, double[] b, int j, int d) {
        double sum = 0;
        for (int c = 0; c < d; c++) {
            double difference = a[i + c] - b[j + c];
            sum += difference * difference;
        }
        return sum;
    }
}
