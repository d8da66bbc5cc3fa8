package reprise.sampling;

import reprise.array.Require;
import reprise.linalg.SingularMatrix;
import reprise.linalg.Svd;
import reprise.prob.PolynomialBasis;

/**
 * A polynomial that was fitted by weighted least squares.
 *
 * @param basis orthonormal polynomials, m of them
 * @param coefficients in that basis, length m
 * @param gramValues the eigenvalues of the Gram matrix, descending, length m; the error of the fit is at most
 *     (1 + 1 / sqrt(least)) times the error of the best bounded approximation in the points' own norm
 */
public record PolynomialFit(PolynomialBasis basis, double[] coefficients, double[] gramValues) {
    static PolynomialFit of(PolynomialBasis basis, Svd svd, double[] b) {
        int rank = svd.rank();
        if (rank < basis.size()) {
            throw new SingularMatrix("Gram matrix of the points", rank, basis.size());
        }
        return solve(basis, svd, b);
    }

    /** Without a look at the rank: coefficients may be huge, but are numbers unless a singular value is exactly 0. */
    static PolynomialFit solve(PolynomialBasis basis, Svd svd, double[] b) {
        int m = basis.size();
        double[] coefficients = new double[m];
        double[] gramValues = new double[m];
        double[] u = svd.u().data();
        double[] v = svd.v().data();
        for (int k = 0; k < m; k++) {
            gramValues[k] = svd.s()[k] * svd.s()[k];
            double part = 0;
            for (int i = 0; i < b.length; i++) {
                part += u[i * m + k] * b[i];
            }
            for (int j = 0; j < m; j++) {
                coefficients[j] += v[j * m + k] * part / svd.s()[k];
            }
        }
        return new PolynomialFit(basis, coefficients, gramValues);
    }

    /**
     * The polynomial's value.
     *
     * @param x a point, length d, finite
     * @return the sum of coefficients times basis polynomials
     * @throws IllegalArgumentException if x has another length or is not finite
     * @cost O(m d)
     */
    public double at(double... x) {
        double[] values = basis.at(x);
        double sum = 0;
        for (int j = 0; j < values.length; j++) {
            sum += coefficients[j] * values[j];
        }
        return sum;
    }

    /**
     * The least eigenvalue of the Gram matrix: 1 is perfect, near 0 the fit amplifies what the space cannot hold.
     *
     * @return above 0
     */
    public double stability() {
        return gramValues[gramValues.length - 1];
    }

    /**
     * The distance in L2(mu) to a function whose best approximation is known.
     *
     * @param best the best approximation in the same basis
     * @return the norm of the function minus this polynomial, at least the best error
     * @throws IllegalArgumentException if the numbers of coefficients differ
     * @cost O(m)
     */
    public double error(BestApproximation best) {
        Require.shape("coefficients", new int[] {coefficients.length}, best.coefficients().length);
        double sum = best.error() * best.error();
        for (int j = 0; j < coefficients.length; j++) {
            double difference = coefficients[j] - best.coefficients()[j];
            sum += difference * difference;
        }
        return Math.sqrt(sum);
    }
}
