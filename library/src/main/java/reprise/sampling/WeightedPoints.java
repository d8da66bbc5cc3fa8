package reprise.sampling;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.SingularMatrix;
import reprise.linalg.Svd;
import reprise.prob.PolynomialBasis;
import reprise.source.Source;

/**
 * Points x(1) to x(n) with weights such that the mean of w(i) g(x(i)) estimates the integral of g d mu, and least
 * squares through them.
 *
 * <pre>{@code
 * WeightedPoints design = PointDesign.DPP.draw(basis, 2 * basis.size(), rng);
 * PolynomialFit fit = design.fit(basis, x -> 1 / (1 + 5 * x[0] * x[0]));
 * }</pre>
 *
 * @param points one a row, shape [n, d]
 * @param weights at least 0, not all 0, length n
 */
@Source(arxiv = "2312.14057", at = "Section 2")
public record WeightedPoints(Dense points, double[] weights) {
    /**
     * Takes points and weights.
     *
     * @param points one a row, shape [n, d]
     * @param weights at least 0, not all 0, length n; copied
     * @throws IllegalArgumentException if the lengths differ, or a weight is negative or not finite, or all are 0
     */
    public WeightedPoints {
        Require.shape("weights", new int[] {weights.length}, points.rows());
        weights = weights.clone();
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += Require.nonNegative("weights[" + i + "]", weights[i]);
        }
        Require.positive("sum of weights", sum);
    }

    /**
     * As {@link #WeightedPoints(Dense, double[])}, for an array of rows.
     *
     * @param points one a row, shape [n, d], finite
     * @param weights at least 0, not all 0, length n
     * @return points and weights
     * @throws IllegalArgumentException if a point is not finite, or the weights are unfit
     */
    public static WeightedPoints of(double[][] points, double... weights) {
        return new WeightedPoints(Dense.of("points", points), weights);
    }

    /**
     * The number of points.
     *
     * @return n, at least 1
     */
    public int size() {
        return weights.length;
    }

    /**
     * The same points with all weights 1: the mistake that the weights are there to mend.
     *
     * @return a copy without weights
     */
    public WeightedPoints unweighted() {
        double[] ones = new double[weights.length];
        Arrays.fill(ones, 1);
        return new WeightedPoints(points, ones);
    }

    /**
     * How much of the norm the points see: the singular values of the matrix of sqrt(w(i) / n) phi(j)(x(i)), squared,
     * are the eigenvalues of the Gram matrix G = 1/n sum w phi phi'. All are 1 for a quadrature rule of enough points.
     *
     * @param basis orthonormal for mu, m functions of d variables
     * @return the eigenvalues of G, descending, length m; zeros if there are fewer points than functions
     * @throws IllegalArgumentException if the basis has another number of variables
     * @cost O(n m^2)
     */
    public double[] gramValues(PolynomialBasis basis) {
        double[] s = Svd.values(scaled(basis));
        double[] values = new double[basis.size()];
        for (int i = 0; i < s.length && i < values.length; i++) {
            values[i] = s[i] * s[i];
        }
        return values;
    }

    /**
     * Weighted least squares: the polynomial v of the space that makes the mean of w(i) (y(i) - v(x(i)))^2 least.
     *
     * @param basis orthonormal for mu, m functions of d variables
     * @param values y, finite, length n
     * @return the polynomial
     * @throws IllegalArgumentException if the length differs, a value is not finite, or n is below m
     * @throws SingularMatrix if the points do not determine the polynomial
     * @cost O(n m^2)
     */
    public PolynomialFit fit(PolynomialBasis basis, double... values) {
        Require.shape("values", new int[] {values.length}, size());
        Require.finite("values", values);
        Require.atLeast("number of points", size(), basis.size());
        Svd svd = Svd.of(scaled(basis));
        return PolynomialFit.of(basis, svd, rightHandSide(values));
    }

    /**
     * As {@link #fit(PolynomialBasis, double...)}, to the values of a function at the points.
     *
     * @param basis orthonormal for mu, m functions of d variables
     * @param f called with a copy of each point, finite there
     * @return the polynomial
     * @throws IllegalArgumentException if a value is not finite, or n is below m
     * @throws SingularMatrix if the points do not determine the polynomial
     */
    public PolynomialFit fit(PolynomialBasis basis, ToDoubleFunction<double[]> f) {
        return fit(basis, values(f));
    }

    /**
     * The values of a function at the points.
     *
     * @param f called with a copy of each point
     * @return length n
     */
    public double[] values(ToDoubleFunction<double[]> f) {
        return Arrays.stream(points.toRows()).mapToDouble(f).toArray();
    }

    /** The matrix of sqrt(w(i) / n) phi(j)(x(i)), shape [n, m]. */
    Dense scaled(PolynomialBasis basis) {
        Dense values = basis.at(points);
        int m = basis.size();
        double[] scaled = values.data();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= Math.sqrt(weights[i / m] / size());
        }
        return values;
    }

    double[] rightHandSide(double[] values) {
        double[] b = new double[values.length];
        for (int i = 0; i < b.length; i++) {
            b[i] = values[i] * Math.sqrt(weights[i] / size());
        }
        return b;
    }
}
