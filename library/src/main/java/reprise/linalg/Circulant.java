package reprise.linalg;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;

/**
 * A circulant matrix as an operator: each column is the one before it, turned down by one, and the Fourier transform
 * diagonalises it. Periodic convolutions are such matrices, and every Toeplitz matrix is a corner of one.
 *
 * <pre>{@code
 * Circulant blur = Circulant.of(new double[] {0.5, 0.25, 0, 0, 0.25});
 * double[] blurred = blur.apply(new double[] {0, 0, 1, 0, 0});
 * double[] sharp = blur.solve(blurred);
 * }</pre>
 */
public final class Circulant implements LinearOperator {
    private final double[] column;
    private final Spectrum eigenvalues;

    private Circulant(double[] column) {
        this.column = column;
        eigenvalues = Fourier.transform(column);
    }

    /**
     * The matrix with a given first column; {@link Structured#circulant} writes it out.
     *
     * @param column length n at least 1, finite
     * @return entries column[(i - j) mod n]
     * @throws IllegalArgumentException if it is empty or not finite
     * @cost O(n log n)
     */
    public static Circulant of(double[] column) {
        Require.atLeast("length of column", column.length, 1);
        return new Circulant(Require.finite("column", column).clone());
    }

    /**
     * A square Toeplitz matrix, as the corner of a circulant one of more than twice the order.
     *
     * @param column the first column, length n, finite
     * @param row the first row, length n, finite; row[0] must be column[0]
     * @return an operator of order n
     * @throws IllegalArgumentException if one is empty or not finite, the lengths differ, or they disagree on the corner
     * @cost O(n log n) for each product; {@link Structured#toeplitz} takes n^2
     */
    public static LinearOperator toeplitz(double[] column, double[] row) {
        int n = Require.atLeast("length of column", column.length, 1);
        Require.shape("row", new int[] {row.length}, n);
        Require.finite("row", row);
        if (Require.finite("column", column)[0] != row[0]) {
            throw new IllegalArgumentException("row[0] must be column[0] = " + column[0] + ", was " + row[0]);
        }
        // A power of two, which the transform likes best.
        double[] around = new double[Math.multiplyExact(2, Integer.highestOneBit(Math.max(1, 2 * n - 1)))];
        System.arraycopy(column, 0, around, 0, n);
        for (int j = 1; j < n; j++) {
            around[around.length - j] = row[j];
        }
        var whole = new Circulant(around);
        return LinearOperator.of(n, x -> {
            Require.shape("x", new int[] {x.length}, n);
            return Arrays.copyOf(whole.apply(Arrays.copyOf(x, around.length)), n);
        });
    }

    @Override
    public int order() {
        return column.length;
    }

    /**
     * The product with a vector, which is the periodic convolution with the first column.
     *
     * @param x length n, finite
     * @return length n; error of some 1e-15 log n |column| |x|
     * @throws IllegalArgumentException if x has another length, or is not finite
     * @cost O(n log n)
     */
    @Override
    public double[] apply(double[] x) {
        Require.shape("x", new int[] {x.length}, order());
        Spectrum waves = Fourier.transform(x);
        return filtered(waves, false);
    }

    /**
     * The vector whose product is given.
     *
     * @param b length n, finite
     * @return x with C x = b
     * @throws IllegalArgumentException if b has another length, or is not finite
     * @throws SingularMatrix if an eigenvalue is zero to working precision
     * @cost O(n log n)
     */
    public double[] solve(double[] b) {
        Require.shape("b", new int[] {b.length}, order());
        double[] moduli = eigenvalues.moduli();
        double least = Arrays.stream(moduli).min().orElseThrow();
        double reciprocal = least / eigenvalues.radius();
        if (!(reciprocal > order() * Math.ulp(1.0))) {
            throw new SingularMatrix("circulant", Double.isNaN(reciprocal) ? 0 : reciprocal);
        }
        return filtered(Fourier.transform(b), true);
    }

    private double[] filtered(Spectrum waves, boolean inverse) {
        double[] re = waves.re();
        double[] im = waves.im();
        for (int k = 0; k < re.length; k++) {
            double a = eigenvalues.re()[k];
            double b = inverse ? -eigenvalues.im()[k] : eigenvalues.im()[k];
            double size = inverse ? a * a + b * b : 1;
            double real = (re[k] * a - im[k] * b) / size;
            im[k] = (re[k] * b + im[k] * a) / size;
            re[k] = real;
        }
        return Fourier.inverse(new Spectrum(re, im)).re();
    }

    /**
     * The eigenvalues; the k-th belongs to the wave exp(2 pi i k m / n).
     *
     * @return length n, a copy
     */
    public Spectrum eigenvalues() {
        return new Spectrum(eigenvalues.re().clone(), eigenvalues.im().clone());
    }

    /**
     * The matrix, written out.
     *
     * @return shape [n, n]
     * @cost n^2 numbers
     */
    public Dense toDense() {
        return Structured.circulant(column);
    }
}
