package reprise.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Tasks;
import reprise.prob.OrthonormalPolynomials;
import reprise.prob.PolynomialBasis;

/**
 * A dictionary: real functions of the state, psi(1) to psi(N), that span the space in which a Koopman operator is
 * looked at. Complex ones enter by their real and imaginary parts, which span the same space.
 *
 * <pre>{@code
 * Dense values = Observables.hermite(2, 5).and(Observables.of(2, x -> Math.sin(x[0]))).at(states);
 * }</pre>
 *
 * <p>Values are immutable; functions are called from several threads.
 */
public final class Observables {
    private final int dimension;
    private final int size;
    private final BiConsumer<double[], double[]> functions;

    private Observables(int dimension, int size, BiConsumer<double[], double[]> functions) {
        this.dimension = Require.atLeast("dimension", dimension, 1);
        this.size = Require.atLeast("number of functions", size, 1);
        this.functions = functions;
    }

    /**
     * Functions of one's own.
     *
     * @param dimension of the state, d, at least 1
     * @param functions at least one, each of an array of length d that it must not change
     * @return the dictionary
     * @throws IllegalArgumentException if there is no function, or the dimension is below 1
     */
    @SafeVarargs
    public static Observables of(int dimension, ToDoubleFunction<double[]>... functions) {
        var all = new ArrayList<ToDoubleFunction<double[]>>();
        for (ToDoubleFunction<double[]> function : functions) {
            all.add(function);
        }
        return of(dimension, all);
    }

    /**
     * Functions of one's own, in a list.
     *
     * @param dimension of the state, d, at least 1
     * @param functions at least one, each of an array of length d that it must not change
     * @return the dictionary
     * @throws IllegalArgumentException if there is no function, or the dimension is below 1
     */
    public static Observables of(int dimension, List<ToDoubleFunction<double[]>> functions) {
        var all = List.copyOf(functions);
        return new Observables(dimension, all.size(), (x, values) -> {
            for (int j = 0; j < values.length; j++) {
                values[j] = all.get(j).applyAsDouble(x);
            }
        });
    }

    /**
     * The coordinates themselves, for states with their history ({@link Snapshots#delays}) and for linear systems.
     *
     * @param dimension of the state, at least 1
     * @return as many functions
     * @throws IllegalArgumentException if the dimension is below 1
     */
    public static Observables coordinates(int dimension) {
        return new Observables(dimension, dimension, (x, values) -> System.arraycopy(x, 0, values, 0, values.length));
    }

    /**
     * All products of powers up to a total degree, the constant first.
     *
     * @param dimension of the state, d, at least 1
     * @param degree the largest sum of powers, at least 0
     * @return (d + degree) choose d functions
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Observables monomials(int dimension, int degree) {
        int[][] exponents = PolynomialBasis.exponents(dimension, degree);
        return new Observables(dimension, exponents.length, (x, values) -> {
            double[][] powers = new double[dimension][degree + 1];
            for (int j = 0; j < dimension; j++) {
                powers[j][0] = 1;
                for (int k = 1; k <= degree; k++) {
                    powers[j][k] = powers[j][k - 1] * x[j];
                }
            }
            for (int i = 0; i < values.length; i++) {
                double product = 1;
                for (int j = 0; j < dimension; j++) {
                    product *= powers[j][exponents[i][j]];
                }
                values[i] = product;
            }
        });
    }

    /**
     * All products of Hermite polynomials up to a total degree, orthonormal for the standard normal distribution:
     * He(k)(x) / sqrt(k!). Much better conditioned than monomials.
     *
     * @param dimension of the state, d, at least 1
     * @param degree the largest sum of degrees, at least 0
     * @return (d + degree) choose d functions
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Observables hermite(int dimension, int degree) {
        var basis = PolynomialBasis.totalDegree(OrthonormalPolynomials.HERMITE, dimension, degree);
        return new Observables(dimension, basis.size(), (x, values) ->
                System.arraycopy(basis.at(x), 0, values, 0, values.length));
    }

    /**
     * The trigonometric functions of frequency at most n in each coordinate, for states of period 1: they span
     * exp(2 pi i k x) with all |k(j)| at most n, and are orthonormal for equal weights on the torus.
     *
     * @param dimension of the state, d, at least 1
     * @param order the largest frequency n, at least 0
     * @return (2n + 1)^d functions, the constant first
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Observables fourier(int dimension, int order) {
        Require.atLeast("dimension", dimension, 1);
        Require.atLeast("order", order, 0);
        var frequencies = new ArrayList<int[]>();
        frequencies.add(new int[dimension]);
        int side = 2 * order + 1;
        int all = 1;
        for (int j = 0; j < dimension; j++) {
            all = Math.multiplyExact(all, side);
        }
        for (int index = all / 2 + 1; index < all; index++) {
            int[] k = new int[dimension];
            for (int j = dimension - 1, rest = index; j >= 0; j--, rest /= side) {
                k[j] = rest % side - order;
            }
            frequencies.add(k);
        }
        return fourier(frequencies);
    }

    /**
     * Chosen trigonometric functions for states of period 1: for each frequency k not 0 sqrt(2) cos(2 pi k x) and
     * sqrt(2) sin(2 pi k x), for k = 0 the constant 1.
     *
     * @param frequencies at least one, all of one length d; of k and -k at most one
     * @return one or two functions for each
     * @throws IllegalArgumentException if there is none, the lengths differ, or k and -k are both there
     */
    public static Observables fourier(List<int[]> frequencies) {
        Require.atLeast("number of frequencies", frequencies.size(), 1);
        int d = frequencies.get(0).length;
        var seen = new ArrayList<int[]>();
        for (int[] k : frequencies) {
            Require.shape("frequency", new int[] {k.length}, d);
            int[] opposite = Arrays.stream(k).map(v -> -v).toArray();
            for (int[] other : seen) {
                if (Arrays.equals(k, other) || Arrays.equals(opposite, other)) {
                    throw new IllegalArgumentException("frequencies must be different, also up to sign, were "
                            + Arrays.toString(other) + " and " + Arrays.toString(k));
                }
            }
            seen.add(k.clone());
        }
        boolean constant = seen.stream().anyMatch(k -> Arrays.stream(k).allMatch(v -> v == 0));
        return new Observables(d, 2 * seen.size() - (constant ? 1 : 0), (x, values) -> waves(seen, x, values));
    }

    private static void waves(List<int[]> frequencies, double[] x, double[] values) {
        int at = 0;
        for (int[] k : frequencies) {
            double phase = 0;
            boolean zero = true;
            for (int j = 0; j < k.length; j++) {
                phase += k[j] * x[j];
                zero &= k[j] == 0;
            }
            if (zero) {
                values[at++] = 1;
            } else {
                // Whole turns off first: the sine of a large number has lost its digits.
                double angle = 2 * Math.PI * (phase - Math.rint(phase));
                values[at++] = Math.sqrt(2) * Math.cos(angle);
                values[at++] = Math.sqrt(2) * Math.sin(angle);
            }
        }
    }

    /**
     * Functions of the distance from centres, such as those of {@link reprise.prob.KMeans}.
     *
     * @param centres one a row, shape [N, d]
     * @param profile the value at each distance, for example {@code r -> Math.exp(-2 * r / scale)}
     * @return N functions
     */
    public static Observables radial(Dense centres, DoubleUnaryOperator profile) {
        int d = centres.columns();
        double[] c = centres.data();
        return new Observables(d, centres.rows(), (x, values) -> {
            for (int j = 0; j < values.length; j++) {
                double squares = 0;
                for (int k = 0; k < d; k++) {
                    double difference = x[k] - c[j * d + k];
                    squares += difference * difference;
                }
                values[j] = profile.applyAsDouble(Math.sqrt(squares));
            }
        });
    }

    /**
     * The indicators of the boxes of a regular partition: with them the Galerkin matrix is that of Ulam's method (Ulam,
     * A Collection of Mathematical Problems, 1960). A box without a snapshot makes the Gram matrix singular, so fit
     * with a cutoff.
     *
     * @param low the lower corner of the partition, length d
     * @param high the upper corner, above it in each coordinate
     * @param counts how many boxes in each direction, at least 1
     * @return the product of the counts as many functions; states outside belong to no box
     * @throws IllegalArgumentException if the lengths differ or a side is empty
     */
    public static Observables boxes(double[] low, double[] high, int[] counts) {
        int d = low.length;
        Require.shape("high", new int[] {high.length}, d);
        Require.shape("counts", new int[] {counts.length}, d);
        int all = 1;
        for (int k = 0; k < d; k++) {
            Require.positive("high - low of coordinate " + k, high[k] - low[k]);
            all = Math.multiplyExact(all, Require.atLeast("counts[" + k + "]", counts[k], 1));
        }
        double[] from = low.clone();
        double[] to = high.clone();
        int[] sides = counts.clone();
        return new Observables(d, all, (x, values) -> {
            Arrays.fill(values, 0);
            int box = 0;
            for (int k = 0; k < d; k++) {
                int cell = (int) Math.floor((x[k] - from[k]) / (to[k] - from[k]) * sides[k]);
                if (cell < 0 || cell >= sides[k]) {
                    return;
                }
                box = box * sides[k] + cell;
            }
            values[box] = 1;
        });
    }

    /**
     * Puts two dictionaries together.
     *
     * @param more functions of states of the same dimension
     * @return these functions, then the others
     * @throws IllegalArgumentException if the dimensions differ
     */
    public Observables and(Observables more) {
        Require.shape("dimension of the other dictionary", new int[] {more.dimension}, dimension);
        return new Observables(dimension, Math.addExact(size, more.size), (x, values) -> {
            double[] first = new double[size];
            double[] second = new double[more.size];
            functions.accept(x, first);
            more.functions.accept(x, second);
            System.arraycopy(first, 0, values, 0, size);
            System.arraycopy(second, 0, values, size, more.size);
        });
    }

    /**
     * The functions' values.
     *
     * @param states one a row, shape [m, d]
     * @return Psi, shape [m, N]
     * @throws IllegalArgumentException if the states have another dimension, or a value is not finite
     * @cost m N function values, divided by the cores
     */
    public Dense at(Dense states) {
        return at(states, 0, states.rows());
    }

    /**
     * As {@link #at(Dense)}, for ND4J arrays.
     *
     * @param states one a row, shape [m, d]
     * @return Psi, shape [m, N]
     * @throws IllegalArgumentException if the states have another dimension, or a value is not finite
     */
    public INDArray at(INDArray states) {
        return at(Dense.of("states", states)).toArray();
    }

    /**
     * As {@link #at(Dense)}, for arrays of rows.
     *
     * @param states one a row, shape [m, d]
     * @return Psi, shape [m, N]
     * @throws IllegalArgumentException if the states have another dimension, or a value is not finite
     */
    public double[][] at(double[][] states) {
        return at(Dense.of("states", states)).toRows();
    }

    Dense at(Dense states, int from, int to) {
        Require.shape("states", new int[] {states.rows(), states.columns()}, states.rows(), dimension);
        int rows = to - from;
        double[] psi = new double[Math.multiplyExact(rows, size)];
        int chunk = 32;
        Tasks.forRange((rows + chunk - 1) / chunk, c -> {
            double[] x = new double[dimension];
            double[] values = new double[size];
            for (int i = c * chunk; i < Math.min(rows, (c + 1) * chunk); i++) {
                System.arraycopy(states.data(), (from + i) * dimension, x, 0, dimension);
                functions.accept(x, values);
                System.arraycopy(values, 0, psi, i * size, size);
            }
        });
        return Dense.of("dictionary values", psi, rows, size);
    }

    /**
     * How many functions there are.
     *
     * @return N, at least 1
     */
    public int size() {
        return size;
    }

    /**
     * The dimension of the states.
     *
     * @return d, at least 1
     */
    public int dimension() {
        return dimension;
    }
}
