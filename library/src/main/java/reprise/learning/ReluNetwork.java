package reprise.learning;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.parallel.Tasks;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * A network with one wide hidden layer, f_i(z) = m^(-1/2) sum_r a_ir relu(w_r . z): the finite side of the tangent
 * kernel's theory. {@link ReluDescent} trains it.
 *
 * <pre>{@code
 * ReluNetwork start = ReluNetwork.antisymmetric(4, 2, 1_024, Rng.of(1));
 * ReluNetwork trained = ReluDescent.on(inputs, targets).rate(0.5).run(start, 200);
 * Dense predicted = trained.at(queries);
 * }</pre>
 *
 * <p>Immutable. For networks of other shapes see {@code reprise.tensor.nn}; this one is computed by fused loops that
 * never store a number for each pair of a unit and a point.
 */
@Source(arxiv = "2401.15604")
public final class ReluNetwork {
    private final int inputs;
    private final double[][] w;
    private final double[][] a;

    /** Takes the arrays: w [p filled up to a multiple of four][m], a [d][m]. */
    ReluNetwork(int inputs, double[][] w, double[][] a) {
        this.inputs = inputs;
        this.w = w;
        this.a = a;
    }

    /**
     * A network that is exactly 0 at the start: standard normal w and random signs a, each unit followed by one with
     * the same w and the opposite a.
     *
     * @param inputs p, at least 1
     * @param outputs d, at least 1
     * @param width m, even, at least 2
     * @param rng the randomness
     * @return the network
     * @throws IllegalArgumentException if a number is out of range or the width is odd
     * @cost m (p + d) / 2 draws
     */
    public static ReluNetwork antisymmetric(int inputs, int outputs, int width, Rng rng) {
        if (Require.atLeast("width", width, 2) % 2 != 0) {
            throw new IllegalArgumentException("width must be even, was " + width);
        }
        ReluNetwork half = random(inputs, outputs, width / 2, rng);
        double[][] w = new double[half.w.length][width];
        double[][] a = new double[outputs][width];
        for (int r = 0; r < width; r++) {
            for (int k = 0; k < w.length; k++) {
                w[k][r] = half.w[k][r / 2];
            }
            for (int i = 0; i < outputs; i++) {
                a[i][r] = r % 2 == 0 ? half.a[i][r / 2] : -half.a[i][r / 2];
            }
        }
        return new ReluNetwork(inputs, w, a);
    }

    /**
     * A network with standard normal w and random signs a.
     *
     * @param inputs p, at least 1
     * @param outputs d, at least 1
     * @param width m, at least 1
     * @param rng the randomness
     * @return the network
     * @throws IllegalArgumentException if a number is out of range
     * @cost m (p + d) draws
     */
    public static ReluNetwork random(int inputs, int outputs, int width, Rng rng) {
        Require.atLeast("inputs", inputs, 1);
        Require.atLeast("outputs", outputs, 1);
        Require.atLeast("width", width, 1);
        double[][] w = ReluUnits.columns(rng.split("hidden").normal(width, inputs));
        double[][] a = new double[outputs][width];
        Rng signs = rng.split("signs");
        for (double[] row : a) {
            for (int r = 0; r < width; r++) {
                row[r] = signs.bernoulli(0.5) ? 1 : -1;
            }
        }
        return new ReluNetwork(inputs, w, a);
    }

    /**
     * A network with given weights.
     *
     * @param hidden w, one unit a row, shape [m, p]
     * @param outer a, one unit a row, shape [m, d]
     * @return the network
     * @throws IllegalArgumentException if the numbers of rows differ
     */
    public static ReluNetwork of(Dense hidden, Dense outer) {
        Require.shape("outer", new int[] {outer.rows(), outer.columns()}, hidden.rows(), outer.columns());
        double[][] a = new double[outer.columns()][];
        System.arraycopy(ReluUnits.columns(outer), 0, a, 0, a.length);
        return new ReluNetwork(hidden.columns(), ReluUnits.columns(hidden), a);
    }

    /**
     * The number of units.
     *
     * @return m
     */
    public int width() {
        return w[0].length;
    }

    /**
     * The number of inputs.
     *
     * @return p
     */
    public int inputs() {
        return inputs;
    }

    /**
     * The number of outputs.
     *
     * @return d
     */
    public int outputs() {
        return a.length;
    }

    /**
     * The weights of the hidden layer.
     *
     * @return w, one unit a row, shape [m, p]
     */
    public Dense hidden() {
        return rows(w, inputs);
    }

    /**
     * The weights of the outer layer.
     *
     * @return a, one unit a row, shape [m, d]
     */
    public Dense outer() {
        return rows(a, a.length);
    }

    /**
     * The values of the network.
     *
     * @param z points, shape [n, p]
     * @return shape [n, d]; the same on any number of threads
     * @throws IllegalArgumentException if the points have another p, or a value overflows
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost 2 n m (p + d) operations, vectorised and on all cores
     */
    public Dense at(Dense z) {
        check(z);
        double[][] columns = values(ReluUnits.columns(z));
        return rows(columns, columns.length);
    }

    /**
     * As {@link #at(Dense)}, for arrays of rows.
     *
     * @param z points, shape [n, p], finite
     * @return shape [n, d]
     * @throws IllegalArgumentException if the points have another p, or a number is not finite
     */
    public double[][] at(double[][] z) {
        return at(Dense.of("z", z)).toRows();
    }

    /**
     * As {@link #at(Dense)}, for ND4J arrays.
     *
     * @param z points, shape [n, p], finite
     * @return shape [n, d]
     * @throws IllegalArgumentException if the points have another p, or a number is not finite
     */
    public INDArray at(INDArray z) {
        return at(Dense.of("z", z)).toArray();
    }

    /**
     * The tangent kernel of this very network, at its width and where its training stands: the inner product of the
     * gradients of two outputs with respect to the hidden layer, z.z' sum_r a_ir a_jr 1(w_r.z > 0) 1(w_r.z' > 0) / m.
     *
     * @param z points, shape [n, p]
     * @param i an output, from 0
     * @param j an output, from 0; for another one than i the kernel tends to 0 with the width
     * @return shape [n, n]
     * @throws IllegalArgumentException if the points have another p or there is no such output
     * @cost 2 n^2 m operations and n m numbers of memory
     */
    public Dense tangent(Dense z, int i, int j) {
        check(z);
        Require.atLeast("i", i, 0);
        Require.atLeast("j", j, 0);
        Require.atLeast("outputs", outputs(), Math.max(i, j) + 1);
        Dense products = Blas.productABt(z, hidden());
        double[] left = products.data();
        double[] right = new double[left.length];
        int m = width();
        for (int k = 0; k < left.length; k++) {
            boolean on = left[k] > 0;
            left[k] = on ? a[i][k % m] / m : 0;
            right[k] = on ? a[j][k % m] : 0;
        }
        double[] kernel = Blas.productABt(products, Dense.of("active", right, z.rows(), m)).data();
        double[] inner = Blas.gramOfRows(z).data();
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] *= inner[k];
        }
        return Dense.of("tangent", kernel, z.rows(), z.rows());
    }

    void check(Dense z) {
        Require.shape("z", new int[] {z.rows(), z.columns()}, z.rows(), inputs);
    }

    /** The values, output after output, for points that lie coordinate after coordinate. */
    double[][] values(double[][] z) {
        int n = z[0].length;
        int m = width();
        int pieces = (m + ReluUnits.UNITS - 1) / ReluUnits.UNITS;
        double[][][] parts = new double[pieces][outputs()][];
        Tasks.forRange(pieces, piece -> {
            for (int i = 0; i < parts[piece].length; i++) {
                parts[piece][i] = new double[n];
            }
            int from = piece * ReluUnits.UNITS;
            ReluUnits.forward(w, a, z, from, Math.min(m, from + ReluUnits.UNITS), parts[piece]);
        });
        double scale = 1 / Math.sqrt(m);
        double[][] values = new double[outputs()][n];
        for (int i = 0; i < values.length; i++) {
            for (double[][] part : parts) {
                for (int j = 0; j < n; j++) {
                    values[i][j] += part[i][j];
                }
            }
            for (int j = 0; j < n; j++) {
                values[i][j] *= scale;
            }
        }
        return values;
    }

    double[][] w() {
        return w;
    }

    double[][] a() {
        return a;
    }

    private static Dense rows(double[][] columns, int count) {
        int n = columns[0].length;
        double[] values = new double[n * count];
        for (int k = 0; k < count; k++) {
            for (int i = 0; i < n; i++) {
                values[i * count + k] = columns[k][i];
            }
        }
        return Dense.of("values", values, n, count);
    }
}
