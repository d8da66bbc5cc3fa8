package reprise.linalg;

import java.util.Arrays;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;

/**
 * How far a real matrix, or a tall one, is from having an eigenvalue at many complex places z: the smallest singular
 * value of [A - z I; B] and the vector it belongs to. Its sublevel sets are the pseudospectra (Trefethen and Embree,
 * Spectra and Pseudospectra, 2005; for tall matrices Wright and Trefethen, Pseudospectra of rectangular matrices, IMA
 * J. Numer. Anal. 2002).
 *
 * <p>What does not depend on z is computed once. At each z the Hermitian matrix A&#7488;A + B&#7488;B - z A&#7488; -
 * conj(z) A + |z|^2 I, less a lower bound of its smallest eigenvalue, is factored, and the inverse is applied to a few
 * blocks of vectors that begin with the neighbours' answers. A row of a grid is refined from its ends: its smallest
 * eigenvalue less |z|^2 is concave, so two neighbours bound the one between them. Where squaring the singular value
 * would lose digits, it is computed anew from A and B. So the cost of a place is that of a Cholesky factorisation and
 * some products; the eigenvalue solver that the definition asks for costs several times as much.
 *
 * <pre>{@code
 * double[][] distance = ShiftedMatrix.of(a).grid(Grid.linear(-1, 1, 80), Grid.linear(-1, 1, 80));
 * }</pre>
 *
 * <p>Answers are good to 1e-9 of their size above 1e-4 of the norm of [A; B], and to 1e-7 of that norm below; where the
 * two smallest values agree to seven digits, to 1e-7 of their size. They do
 * not depend on the number of threads. Values are immutable.
 */
public final class ShiftedMatrix {
    /** Points of a list that are taken in turn, each beginning with the answer of the one before. */
    private static final int CHUNK = 16;

    final int n;

    /** A power of two near the largest entry: everything below is divided by it, so that squares cannot overflow. */
    final double unit;

    final double[] top;
    final double[] bottom;
    final int bottomRows;

    /** The lower triangles, column after column, of A'A + B'B, A + A' and A - A'. */
    final double[] square;

    final double[] even;
    final double[] odd;

    private ShiftedMatrix(Dense a, Dense b) {
        n = a.rows();
        double most = Math.max(Norms.max(a), Norms.max(b));
        unit = most < 1e-300 ? 1e-300 : Math.scalb(1.0, Math.min(1000, Math.getExponent(most)));
        Dense upper = scaled(a);
        Dense lower = scaled(b);
        top = upper.data();
        bottom = lower.data();
        bottomRows = b.rows();
        double[] all = MatrixFunctions.sum(1, Blas.gramOfColumns(upper), 1, Blas.gramOfColumns(lower)).data();
        square = new double[n * (n + 1) / 2];
        even = new double[square.length];
        odd = new double[square.length];
        int at = 0;
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                square[at] = all[i * n + j];
                even[at] = top[i * n + j] + top[j * n + i];
                odd[at++] = top[i * n + j] - top[j * n + i];
            }
        }
    }

    /**
     * Takes a square matrix.
     *
     * @param a shape [n, n]
     * @return its shifts A - z I
     * @throws IllegalArgumentException if it is not square
     * @cost 1 n^3 operations
     */
    public static ShiftedMatrix of(Dense a) {
        Shapes.square("a", a);
        return new ShiftedMatrix(a, Dense.of("b", new double[a.columns()], 1, a.columns()));
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @return its shifts A - z I
     * @throws IllegalArgumentException if it is not square
     */
    public static ShiftedMatrix of(INDArray a) {
        return of(Dense.of("a", a));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @return its shifts A - z I
     * @throws IllegalArgumentException if it is not square
     */
    public static ShiftedMatrix of(double[][] a) {
        return of(Dense.of("a", a));
    }

    /**
     * Takes a tall matrix: a square one that is shifted, and rows below it that are not.
     *
     * @param a shape [n, n]
     * @param b shape [m, n]
     * @return the shifts [A - z I; B]
     * @throws IllegalArgumentException if a is not square or b has another number of columns
     * @cost (n + m) n^2 operations
     */
    public static ShiftedMatrix of(Dense a, Dense b) {
        Shapes.square("a", a);
        Shapes.match(a.columns() == b.columns(), "a and b must have as many columns", "a", a, "b", b);
        return new ShiftedMatrix(a, b);
    }

    /**
     * As {@link #of(Dense, Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @param b shape [m, n]
     * @return the shifts [A - z I; B]
     * @throws IllegalArgumentException if a is not square or b has another number of columns
     */
    public static ShiftedMatrix of(INDArray a, INDArray b) {
        return of(Dense.of("a", a), Dense.of("b", b));
    }

    /**
     * As {@link #of(Dense, Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @param b shape [m, n]
     * @return the shifts [A - z I; B]
     * @throws IllegalArgumentException if a is not square or b has another number of columns
     */
    public static ShiftedMatrix of(double[][] a, double[][] b) {
        return of(Dense.of("a", a), Dense.of("b", b));
    }

    /**
     * A smallest singular value and its vector.
     *
     * @param value the smallest singular value, at least 0
     * @param re real parts of the right singular vector of length 1, length n
     * @param im imaginary parts, length n
     */
    public record Smallest(double value, double[] re, double[] im) {}

    /**
     * The smallest singular value at one place, with its vector.
     *
     * @param re the real part of z, finite
     * @param im the imaginary part of z, finite
     * @return value and vector
     * @throws IllegalArgumentException if z is not finite
     * @throws NotConverged if the iteration fails
     * @cost 4/3 n^3 operations and about 10 n^2 for each of some ten vectors; zpotrf
     */
    public Smallest smallest(double re, double im) {
        Require.finite("re", re);
        Require.finite("im", im);
        return Native.run(false, memory -> {
            var place = new InverseSubspace(this, InverseSubspace.VECTORS, memory).first(re / unit, im / unit);
            double[] vector = place.vectors()[0];
            return new Smallest(value(place), InverseSubspace.part(vector, 0), InverseSubspace.part(vector, 1));
        });
    }

    /**
     * The smallest singular values at places in any order; neighbours in the list should be neighbours in the plane.
     *
     * @param re the real parts of the places, length k, finite
     * @param im their imaginary parts, length k, finite
     * @return length k
     * @throws IllegalArgumentException if a place is not finite, or the lengths differ
     * @throws NotConverged if the iteration fails
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost 4/3 n^3 operations and about 10 n^2 for each of some five vectors a place, divided by the cores
     */
    public double[] at(double[] re, double[] im) {
        Require.finite("re", re);
        Require.finite("im", im);
        Require.shape("im", new int[] {im.length}, re.length);
        double[] values = new double[re.length];
        Tasks.forRange((re.length + CHUNK - 1) / CHUNK, chunk -> {
            int from = chunk * CHUNK;
            int to = Math.min(re.length, from + CHUNK);
            Native.run(false, memory -> {
                var inverse = new InverseSubspace(this, InverseSubspace.VALUES, memory);
                var place = inverse.first(re[from] / unit, im[from] / unit);
                values[from] = value(place);
                for (int k = from + 1; k < to; k++) {
                    place = inverse.next(re[k] / unit, im[k] / unit, place);
                    values[k] = value(place);
                }
                return values;
            });
        });
        return values;
    }

    /**
     * The smallest singular values on a grid. Since A and B are real, rows above and below the real axis at the same
     * distance are computed once.
     *
     * @param re the real parts of the columns, length k, finite
     * @param im the imaginary parts of the rows, length l, finite
     * @return the value at re[j] + i im[i] in [i][j], shape [l, k]
     * @throws IllegalArgumentException if a number is not finite, or there is no column
     * @throws NotConverged if the iteration fails
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost as {@link #at}, for each place of the grid
     */
    public double[][] grid(double[] re, double[] im) {
        Require.atLeast("number of columns", re.length, 1);
        Require.finite("re", re);
        Require.finite("im", im);
        var rows = new TreeMap<Double, double[]>();
        for (double y : im) {
            rows.put(Math.abs(y), new double[0]);
        }
        double[] heights = rows.keySet().stream().mapToDouble(y -> y).toArray();
        double[][] values = new double[heights.length][];
        try (var progress = Progress.over("Pseudospectrum", heights.length)) {
            Tasks.forRange(heights.length, i -> {
                values[i] = row(re, heights[i] / unit);
                progress.tick();
            });
        }
        for (int i = 0; i < heights.length; i++) {
            rows.put(heights[i], values[i]);
        }
        return Arrays.stream(im).mapToObj(y -> rows.get(Math.abs(y)).clone()).toArray(double[][]::new);
    }

    private Dense scaled(Dense a) {
        double[] values = a.data().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] /= unit;
        }
        return Dense.of("scaled", values, a.rows(), a.columns());
    }

    private double value(InverseSubspace.Place place) {
        return unit * Math.sqrt(place.square());
    }

    /** The ends first, then the middle between two that are known. */
    private double[] row(double[] re, double y) {
        int last = re.length - 1;
        return Native.run(false, memory -> {
            var inverse = new InverseSubspace(this, InverseSubspace.VALUES, memory);
            var places = new InverseSubspace.Place[re.length];
            places[0] = inverse.first(re[0] / unit, y);
            if (last > 0) {
                places[last] = inverse.next(re[last] / unit, y, places[0]);
                refine(inverse, places, re, y, 0, last);
            }
            return Arrays.stream(places).mapToDouble(this::value).toArray();
        });
    }

    private void refine(
            InverseSubspace inverse, InverseSubspace.Place[] places, double[] re, double y, int left, int right) {
        int middle = (left + right) / 2;
        if (middle == left) {
            return;
        }
        double x = re[middle] / unit;
        boolean inside = (x - places[left].x()) * (places[right].x() - x) >= 0 && re[left] != re[right];
        places[middle] = inside
                ? inverse.between(x, y, places[left], places[right])
                : inverse.next(x, y, places[left]);
        refine(inverse, places, re, y, left, middle);
        refine(inverse, places, re, y, middle, right);
    }
}
