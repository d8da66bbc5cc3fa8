package reprise.density;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Svd;
import reprise.parallel.Interrupted;
import reprise.source.Source;

/**
 * Few vectors with the same weighted sum as many: by Caratheodory's theorem t + 1 of them suffice in t dimensions, with
 * positive weights of the same total.
 *
 * <pre>{@code WeightedCoreset few = Caratheodory.reduce(vectors, weights);}</pre>
 *
 * <p>A null vector v of the rows of ones and coordinates moves weight between the points without changing any sum;
 * along it one goes until a weight is 0. All null vectors come from one factorisation, and reflections keep those that
 * are left orthonormal, so that errors do not add up. Many points are first put into 2 (t + 1) groups, whose means are
 * reduced instead: each such round halves the points at least (Maalouf, Jubran and Feldman, 2019).
 */
@Source(arxiv = "1906.04705", at = "Algorithm 1")
public final class Caratheodory {
    private Caratheodory() {}

    /**
     * As few points as the theorem promises.
     *
     * @param vectors shape [n, t]
     * @param weights at least 0, not all 0, length n
     * @return at most t + 1 points with the same weighted sum and the same total weight
     * @throws IllegalArgumentException if the lengths differ, a weight is negative or not finite, or all are 0
     * @cost O(n t + t^3 log(n / t))
     */
    public static WeightedCoreset reduce(Dense vectors, double[] weights) {
        return reduce(vectors, weights, vectors.columns() + 1);
    }

    /**
     * Stops as soon as few enough points are left: with more points than needed the weights stay nearer to equal.
     *
     * @param vectors shape [n, t]
     * @param weights at least 0, not all 0, length n
     * @param most how many points may be left, at least t + 1
     * @return at most that many points with the same weighted sum and the same total weight
     * @throws IllegalArgumentException if the lengths differ, a weight is negative or not finite, all are 0, or most is
     *     below t + 1
     * @cost O(n t + t^3 log(n / t))
     */
    public static WeightedCoreset reduce(Dense vectors, double[] weights, int most) {
        int t = vectors.columns();
        Require.shape("weights", new int[] {weights.length}, vectors.rows());
        Require.atLeast("most", most, t + 1);
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            total += Require.nonNegative("weights[" + i + "]", weights[i]);
        }
        Require.positive("sum of weights", total);
        // Coordinates of one size: a column of huge numbers would otherwise drown the others in its rounding.
        double[] x = scaled(vectors);
        int[] left = IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray();
        double[] w = Arrays.stream(left).mapToDouble(i -> weights[i]).toArray();
        while (left.length > most) {
            Interrupted.check();
            int groups = Math.min(left.length, 2 * (t + 1));
            double[] means = new double[groups * t];
            double[] masses = new double[groups];
            for (int s = 0; s < left.length; s++) {
                int g = group(s, left.length, groups);
                masses[g] += w[s];
                for (int c = 0; c < t; c++) {
                    means[g * t + c] += w[s] * x[left[s] * t + c];
                }
            }
            for (int e = 0; e < means.length; e++) {
                means[e] /= masses[e / t];
            }
            double[] reduced = plain(means, masses.clone(), t);
            int kept = 0;
            int size = left.length;
            for (int s = 0; s < size; s++) {
                int g = group(s, size, groups);
                if (reduced[g] > 0) {
                    left[kept] = left[s];
                    w[kept++] = w[s] * reduced[g] / masses[g];
                }
            }
            left = Arrays.copyOf(left, kept);
            w = Arrays.copyOf(w, kept);
        }
        return new WeightedCoreset(left, w);
    }

    /**
     * As {@link #reduce(Dense, double[], int)}, for an array of rows.
     *
     * @param vectors shape [n, t]
     * @param weights at least 0, not all 0, length n
     * @param most how many points may be left, at least t + 1
     * @return at most that many points with the same weighted sum and the same total weight
     * @throws IllegalArgumentException if an argument is unfit
     */
    public static WeightedCoreset reduce(double[][] vectors, double[] weights, int most) {
        return reduce(Dense.of("vectors", vectors), weights, most);
    }

    /**
     * As {@link #reduce(Dense, double[], int)}, for an ND4J array.
     *
     * @param vectors shape [n, t]
     * @param weights at least 0, not all 0, length n
     * @param most how many points may be left, at least t + 1
     * @return at most that many points with the same weighted sum and the same total weight
     * @throws IllegalArgumentException if an argument is unfit
     */
    public static WeightedCoreset reduce(INDArray vectors, double[] weights, int most) {
        return reduce(Dense.of("vectors", vectors), weights, most);
    }

    private static int group(int s, int n, int groups) {
        return (int) ((long) s * groups / n);
    }

    private static double[] scaled(Dense vectors) {
        int t = vectors.columns();
        double[] x = vectors.data().clone();
        for (int c = 0; c < t; c++) {
            double most = 0;
            for (int i = c; i < x.length; i += t) {
                most = Math.max(most, Math.abs(x[i]));
            }
            for (int i = c; i < x.length && most > 0; i += t) {
                x[i] /= most;
            }
        }
        return x;
    }

    /** Weights of the same sums, as many above 0 as the rank of the rows of ones and coordinates. */
    private static double[] plain(double[] x, double[] w, int t) {
        int n = w.length;
        double[] rows = new double[(t + 1) * n];
        for (int i = 0; i < n; i++) {
            rows[i] = 1;
            for (int c = 0; c < t; c++) {
                rows[(c + 1) * n + i] = x[i * t + c];
            }
        }
        Svd svd = Svd.full(Dense.of("rows", rows, t + 1, n));
        int rank = svd.rank();
        int free = n - rank;
        double[][] basis = new double[free][n];
        for (int k = 0; k < free; k++) {
            for (int i = 0; i < n; i++) {
                basis[k][i] = svd.v().data()[i * n + rank + k];
            }
        }
        boolean[] gone = new boolean[n];
        for (int k = 0; k < free; k++) {
            int out = walk(w, basis[k], gone);
            reflect(basis, k, out);
        }
        // What is left of a weight by rounding is no point.
        double total = Arrays.stream(w).sum();
        for (int i = 0; i < n; i++) {
            w[i] = w[i] < 1e-15 * total ? 0 : w[i];
        }
        return w;
    }

    /** Goes along v until a weight is 0, and says which; a weight that is 0 already falls out by a step of length 0. */
    private static int walk(double[] w, double[] v, boolean[] gone) {
        int out = -1;
        for (int i = 0; i < v.length; i++) {
            if (!gone[i] && v[i] != 0 && (out < 0 || Math.abs(w[i] * v[out]) < Math.abs(w[out] * v[i]))) {
                out = i;
            }
        }
        double step = w[out] / v[out];
        gone[out] = true;
        for (int i = 0; i < v.length; i++) {
            w[i] = gone[i] ? 0 : Math.max(0, w[i] - step * v[i]);
        }
        return out;
    }

    /** Mixes the null vectors after the k-th so that all of them have a 0 at the place that fell out. */
    private static void reflect(double[][] basis, int k, int out) {
        // Householder: the row of entries at out over vectors k, k + 1, ... becomes (length, 0, 0, ...).
        double squares = 0;
        for (int j = k; j < basis.length; j++) {
            squares += basis[j][out] * basis[j][out];
        }
        double first = basis[k][out];
        double image = first > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
        double[] u = new double[basis.length];
        u[k] = first - image;
        double norm = u[k] * u[k];
        for (int j = k + 1; j < basis.length; j++) {
            u[j] = basis[j][out];
            norm += u[j] * u[j];
        }
        if (norm == 0) {
            return;
        }
        for (int i = 0; i < basis[k].length; i++) {
            double part = 0;
            for (int j = k; j < basis.length; j++) {
                part += u[j] * basis[j][i];
            }
            part *= 2 / norm;
            for (int j = k; j < basis.length; j++) {
                basis[j][i] -= part * u[j];
            }
        }
        for (int j = k + 1; j < basis.length; j++) {
            basis[j][out] = 0;
        }
    }
}
