package reprise.sampling;

import java.util.function.DoubleUnaryOperator;
import reprise.array.Require;
import reprise.prob.GaussRule;
import reprise.prob.PolynomialBasis;

/**
 * The best approximation of a function of one variable in L2(mu): its orthogonal projection.
 *
 * @param f the function
 * @param coefficients in the basis, length m
 * @param error the L2(mu) norm of the function minus its projection; below 1e-14 times the norm it is rounding
 */
public record BestApproximation(DoubleUnaryOperator f, double[] coefficients, double error) {
    /**
     * Projects, by a rule of high order on each side of 0, where the function may have a kink.
     *
     * @param basis orthonormal polynomials in one variable
     * @param f finite on the support, smooth on both sides of 0
     * @return the projection
     * @throws IllegalArgumentException if the basis has several variables, or f gives NaN or infinity
     * @cost O((200 + 4 m)^3)
     */
    public static BestApproximation of(PolynomialBasis basis, DoubleUnaryOperator f) {
        Require.shape("number of variables of the basis", new int[] {basis.dimension()}, 1);
        int m = basis.size();
        GaussRule rule = basis.family(0).piecewise(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, m);
        double[] coefficients = new double[m];
        double[] values = new double[rule.nodes().length];
        for (int q = 0; q < values.length; q++) {
            double x = rule.nodes()[q];
            values[q] = Require.finite("f(" + x + ")", f.applyAsDouble(x));
            double[] phi = basis.at(x);
            for (int j = 0; j < m; j++) {
                coefficients[j] += rule.weights()[q] * values[q] * phi[j];
            }
        }
        // From the residual itself: the difference of two norms would lose half of the digits.
        double squares = 0;
        for (int q = 0; q < values.length; q++) {
            double[] phi = basis.at(rule.nodes()[q]);
            double rest = values[q];
            for (int j = 0; j < m; j++) {
                rest -= coefficients[j] * phi[j];
            }
            squares += rule.weights()[q] * rest * rest;
        }
        return new BestApproximation(f, coefficients, Math.sqrt(squares));
    }
}
