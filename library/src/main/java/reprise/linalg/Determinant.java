package reprise.linalg;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;

/**
 * A determinant, sign exp(log), kept apart because the determinant of a large matrix seldom fits into a double.
 *
 * @param sign -1, 0 or 1
 * @param log the logarithm of the absolute value; minus infinity if the determinant is zero
 */
public record Determinant(int sign, double log) {
    static final Determinant ZERO = new Determinant(0, Double.NEGATIVE_INFINITY);

    /**
     * The determinant of a square matrix.
     *
     * @param a shape [n, n]
     * @return sign and logarithm
     * @throws IllegalArgumentException if it is not square
     * @cost 2/3 n^3 operations
     */
    public static Determinant of(Dense a) {
        return Lu.of(a).determinant();
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param a shape [n, n]
     * @return sign and logarithm
     * @throws IllegalArgumentException if it is not square
     */
    public static Determinant of(INDArray a) {
        return of(Dense.of("a", a));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param a shape [n, n]
     * @return sign and logarithm
     * @throws IllegalArgumentException if it is not square
     */
    public static Determinant of(double[][] a) {
        return of(Dense.of("a", a));
    }

    /**
     * The determinant itself.
     *
     * @return sign times exp(log); may overflow to infinity or underflow to zero
     */
    public double value() {
        return sign == 0 ? 0 : sign * Math.exp(log);
    }
}
