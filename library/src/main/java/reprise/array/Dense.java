package reprise.array;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A matrix as the methods compute with it: finite doubles, contiguous, row after row.
 *
 * <p>This is the one door through which arrays come in. An {@link INDArray} may be of any type, strided or
 * column-major; a {@code double[][]} may be ragged; both may hold NaN. {@code Dense} checks all of it once, so that no
 * kernel has to. It is not a second array type: methods take and return {@link INDArray}, and {@code double[][]} where
 * ND4J's native part is not wanted.
 */
public final class Dense {
    private final double[] data;
    private final int rows;
    private final int columns;

    private Dense(double[] data, int rows, int columns) {
        this.data = data;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Reads an ND4J array. A vector of length n is taken as n points of one coordinate.
     *
     * @param name the argument's name, for messages
     * @param array shape [n, d] or [n], any numeric type and order, finite
     * @return its values, copied
     * @throws IllegalArgumentException if it is empty, has more than two dimensions, or holds NaN or infinity
     */
    public static Dense of(String name, INDArray array) {
        if (array.isEmpty() || array.length() == 0) {
            throw new IllegalArgumentException(name + " must hold at least one value, was empty");
        }
        if (array.rank() > 2) {
            throw new IllegalArgumentException(
                    name + " must have one or two dimensions, had " + array.rank() + ": shape " + shapeOf(array));
        }
        int rows = Math.toIntExact(array.rank() == 0 ? 1 : array.size(0));
        int columns = Math.toIntExact(array.rank() < 2 ? 1 : array.size(1));
        double[] values = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
        return checked(name, values, rows, columns);
    }

    /**
     * Reads an array of rows.
     *
     * @param name the argument's name, for messages
     * @param array n rows of the same length d, finite
     * @return its values, copied
     * @throws IllegalArgumentException if it is empty or ragged, or holds NaN or infinity
     */
    public static Dense of(String name, double[][] array) {
        if (array.length == 0 || array[0].length == 0) {
            throw new IllegalArgumentException(name + " must hold at least one value, was empty");
        }
        int columns = array[0].length;
        double[] values = new double[Math.multiplyExact(array.length, columns)];
        for (int i = 0; i < array.length; i++) {
            Require.shape(name + "[" + i + "]", new int[] {array[i].length}, columns);
            System.arraycopy(array[i], 0, values, i * columns, columns);
        }
        return checked(name, values, array.length, columns);
    }

    /**
     * Takes values that already lie row after row, without copying them.
     *
     * @param name the argument's name, for messages
     * @param values the entries, length rows times columns, finite; the caller gives them away
     * @param rows the number of rows, at least 1
     * @param columns the number of columns, at least 1
     * @return a view of {@code values}
     * @throws IllegalArgumentException if the length does not fit, or an entry is NaN or infinite
     */
    public static Dense of(String name, double[] values, int rows, int columns) {
        Require.atLeast("rows of " + name, rows, 1);
        Require.atLeast("columns of " + name, columns, 1);
        Require.shape(name, new int[] {values.length}, Math.multiplyExact(rows, columns));
        return checked(name, values, rows, columns);
    }

    private static Dense checked(String name, double[] values, int rows, int columns) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(name + "[" + i / columns + ", " + i % columns
                        + "] must be finite, was " + values[i]);
            }
        }
        return new Dense(values, rows, columns);
    }

    /**
     * The number of rows.
     *
     * @return at least 1
     */
    public int rows() {
        return rows;
    }

    /**
     * The number of columns.
     *
     * @return at least 1
     */
    public int columns() {
        return columns;
    }

    /**
     * The values row after row: entry (i, j) at {@code i * columns() + j}. Not a copy.
     *
     * @return length rows times columns
     */
    public double[] data() {
        return data;
    }

    /**
     * Gives the values back as an ND4J array.
     *
     * @return shape [rows, columns], type double, a copy
     * @throws IllegalStateException if ND4J has no native part on this machine; {@link #toRows} needs none
     */
    public INDArray toArray() {
        try {
            return Nd4j.create(data, new long[] {rows, columns}, 'c');
        } catch (LinkageError | RuntimeException e) {
            throw new IllegalStateException(
                    "ND4J's native part cannot be loaded on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ", so there is no INDArray here. Everything else works: "
                            + "pass and take double[][] instead.",
                    e);
        }
    }

    /**
     * Gives the values back as an array of rows.
     *
     * @return shape [rows, columns], a copy
     */
    public double[][] toRows() {
        double[][] array = new double[rows][];
        for (int i = 0; i < rows; i++) {
            array[i] = Arrays.copyOfRange(data, i * columns, (i + 1) * columns);
        }
        return array;
    }

    private static String shapeOf(INDArray array) {
        return Arrays.toString(array.shape());
    }
}
