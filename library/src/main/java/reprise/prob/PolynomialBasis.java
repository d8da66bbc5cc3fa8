package reprise.prob;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Tasks;

/**
 * An orthonormal basis of a space of polynomials in several variables: products of {@link OrthonormalPolynomials},
 * orthonormal for the product of their measures.
 *
 * <pre>{@code
 * PolynomialBasis line = PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 10);
 * PolynomialBasis plane = PolynomialBasis.totalDegree(OrthonormalPolynomials.LEGENDRE, 2, 8);
 * Dense values = plane.at(points);
 * }</pre>
 *
 * <p>Immutable; called from several threads.
 */
public final class PolynomialBasis {
    private final List<OrthonormalPolynomials> families;
    private final int[][] exponents;
    private final int[] highest;

    private PolynomialBasis(List<OrthonormalPolynomials> families, int[][] exponents) {
        this.families = families;
        this.exponents = exponents;
        this.highest = new int[families.size()];
        for (int[] exponent : exponents) {
            for (int c = 0; c < highest.length; c++) {
                highest[c] = Math.max(highest[c], exponent[c]);
            }
        }
    }

    /**
     * Polynomials in one variable.
     *
     * @param family which
     * @param size how many, at least 1: the degrees 0 to size - 1
     * @return the basis
     * @throws IllegalArgumentException if the size is below 1
     */
    public static PolynomialBasis of(OrthonormalPolynomials family, int size) {
        return tensor(List.of(family), Require.atLeast("size", size, 1) - 1);
    }

    /**
     * All products up to a degree in each variable.
     *
     * @param families one for each variable, at least one
     * @param degrees the highest degree in each, at least 0
     * @return the product of (degree + 1) polynomials, the last variable's degree changing fastest
     * @throws IllegalArgumentException if the lengths differ, or a degree is negative
     */
    public static PolynomialBasis tensor(List<OrthonormalPolynomials> families, int... degrees) {
        Require.atLeast("number of families", families.size(), 1);
        Require.shape("degrees", new int[] {degrees.length}, families.size());
        int size = 1;
        for (int c = 0; c < degrees.length; c++) {
            size = Math.multiplyExact(size, Require.atLeast("degrees[" + c + "]", degrees[c], 0) + 1);
        }
        int[][] exponents = new int[size][degrees.length];
        for (int i = 0; i < size; i++) {
            for (int c = degrees.length - 1, rest = i; c >= 0; c--) {
                exponents[i][c] = rest % (degrees[c] + 1);
                rest /= degrees[c] + 1;
            }
        }
        return new PolynomialBasis(List.copyOf(families), exponents);
    }

    /**
     * All products up to a total degree.
     *
     * @param family the same in each variable
     * @param dimension d, at least 1
     * @param degree the largest sum of degrees, at least 0
     * @return (d + degree) choose d polynomials, in the order of {@link #exponents(int, int)}
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static PolynomialBasis totalDegree(OrthonormalPolynomials family, int dimension, int degree) {
        int[][] exponents = exponents(dimension, degree);
        var families = new OrthonormalPolynomials[dimension];
        Arrays.fill(families, family);
        return new PolynomialBasis(List.of(families), exponents);
    }

    /**
     * The exponents of all products of powers up to a total degree: by degree, and within one degree with the first
     * variable's exponent falling.
     *
     * @param dimension d, at least 1
     * @param degree the largest sum, at least 0
     * @return shape [(d + degree) choose d, d]
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static int[][] exponents(int dimension, int degree) {
        Require.atLeast("dimension", dimension, 1);
        Require.atLeast("degree", degree, 0);
        var all = new ArrayList<int[]>();
        for (int total = 0; total <= degree; total++) {
            collect(all, new int[dimension], 0, total);
        }
        return all.toArray(int[][]::new);
    }

    private static void collect(List<int[]> exponents, int[] current, int at, int left) {
        if (at == current.length - 1) {
            current[at] = left;
            exponents.add(current.clone());
            return;
        }
        for (int k = left; k >= 0; k--) {
            current[at] = k;
            collect(exponents, current, at + 1, left - k);
        }
    }

    /**
     * How many polynomials there are.
     *
     * @return m, at least 1
     */
    public int size() {
        return exponents.length;
    }

    /**
     * The number of variables.
     *
     * @return d, at least 1
     */
    public int dimension() {
        return highest.length;
    }

    /**
     * The family of a variable.
     *
     * @param variable from 0 to d - 1
     * @return its polynomials
     */
    public OrthonormalPolynomials family(int variable) {
        return families.get(variable);
    }

    /**
     * The degrees of a basis polynomial.
     *
     * @param index from 0 to m - 1
     * @return one for each variable, length d, a copy
     */
    public int[] exponent(int index) {
        return exponents[index].clone();
    }

    /**
     * All polynomials at one point.
     *
     * @param x length d, finite
     * @return length m
     * @throws IllegalArgumentException if the length differs from d, or a coordinate is not finite
     * @cost O(m d)
     */
    public double[] at(double... x) {
        Require.shape("x", new int[] {x.length}, dimension());
        double[][] values = new double[x.length][];
        for (int c = 0; c < x.length; c++) {
            values[c] = families.get(c).values(highest[c] + 1, x[c]);
        }
        if (x.length == 1) {
            return values[0];
        }
        double[] products = new double[exponents.length];
        for (int i = 0; i < products.length; i++) {
            double product = 1;
            for (int c = 0; c < x.length; c++) {
                product *= values[c][exponents[i][c]];
            }
            products[i] = product;
        }
        return products;
    }

    /**
     * All polynomials at many points.
     *
     * @param points one a row, shape [n, d]
     * @return shape [n, m]
     * @throws IllegalArgumentException if the points have another dimension, or a value overflows
     * @cost O(n m d), divided by the cores
     */
    public Dense at(Dense points) {
        int d = dimension();
        Require.shape("points", new int[] {points.rows(), points.columns()}, points.rows(), d);
        double[] all = new double[Math.multiplyExact(points.rows(), size())];
        int chunk = 64;
        Tasks.forRange((points.rows() + chunk - 1) / chunk, part -> {
            for (int i = part * chunk; i < Math.min(points.rows(), (part + 1) * chunk); i++) {
                double[] values = at(Arrays.copyOfRange(points.data(), i * d, (i + 1) * d));
                System.arraycopy(values, 0, all, i * values.length, values.length);
            }
        });
        return Dense.of("basis values", all, points.rows(), size());
    }

    /**
     * As {@link #at(Dense)}, for ND4J arrays.
     *
     * @param points one a row, shape [n, d]
     * @return shape [n, m]
     * @throws IllegalArgumentException if the points have another dimension, or a value overflows
     */
    public INDArray at(INDArray points) {
        return at(Dense.of("points", points)).toArray();
    }

    /**
     * As {@link #at(Dense)}, for arrays of rows.
     *
     * @param points one a row, shape [n, d]
     * @return shape [n, m]
     * @throws IllegalArgumentException if the points have another dimension, or a value overflows
     */
    public double[][] at(double[][] points) {
        return at(Dense.of("points", points)).toRows();
    }
}
