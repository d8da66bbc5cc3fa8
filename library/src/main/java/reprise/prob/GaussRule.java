package reprise.prob;

import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Eigen;
import reprise.source.Source;

/**
 * A Gauss rule: n nodes and weights that integrate polynomials up to degree 2 n - 1 exactly against a weight function.
 * The nodes are the eigenvalues of the Jacobi matrix (Golub and Welsch, Mathematics of Computation 1969).
 *
 * <pre>{@code GaussRule.normal(40).integrate(x -> Math.max(x, 0))}</pre>
 *
 * @param nodes ascending, length n
 * @param weights above 0, length n
 */
@Source(text = "G. Golub and J. Welsch, Calculation of Gauss Quadrature Rules, 1969")
public record GaussRule(double[] nodes, double[] weights) {
    /**
     * The integral of f over an interval.
     *
     * @param n the number of nodes, at least 1
     * @param low the lower end, finite
     * @param high the upper end, above low
     * @return the Gauss-Legendre rule on [low, high]
     * @throws IllegalArgumentException if n is below 1 or high not above low
     * @cost O(n^3)
     */
    public static GaussRule legendre(int n, double low, double high) {
        Require.finite("low", low);
        Require.finite("high", high);
        if (!(low < high)) {
            throw new IllegalArgumentException("high must be > low = " + low + ", was " + high);
        }
        GaussRule rule = jacobi(n, 0, 0);
        double half = (high - low) / 2;
        double centre = (high + low) / 2;
        for (int i = 0; i < n; i++) {
            rule.nodes[i] = centre + half * rule.nodes[i];
            rule.weights[i] *= half;
        }
        return rule;
    }

    /**
     * The integral of f(x) (1 - x)^a (1 + x)^b over [-1, 1].
     *
     * @param n the number of nodes, at least 1
     * @param a above -1
     * @param b above -1
     * @return the Gauss-Jacobi rule
     * @throws IllegalArgumentException if n is below 1, or an exponent is not above -1
     * @cost O(n^3)
     */
    public static GaussRule jacobi(int n, double a, double b) {
        exponent("a", a);
        exponent("b", b);
        double sum = a + b;
        double mass = Math.exp((sum + 1) * Math.log(2) + SpecialFunctions.logGamma(a + 1)
                + SpecialFunctions.logGamma(b + 1) - SpecialFunctions.logGamma(sum + 2));
        // The recurrence of the monic polynomials, DLMF 18.9.2; its first terms are limits.
        return of(
                n,
                k -> k == 0 ? (b - a) / (sum + 2) : (b * b - a * a) / ((2 * k + sum) * (2 * k + sum + 2)),
                k -> k == 1
                        ? 4 * (a + 1) * (b + 1) / ((sum + 2) * (sum + 2) * (sum + 3))
                        : 4 * k * (k + a) * (k + b) * (k + sum)
                                / ((2 * k + sum) * (2 * k + sum) * (2 * k + sum + 1) * (2 * k + sum - 1)),
                mass);
    }

    /**
     * The integral of f(x) exp(-x^2) over the line.
     *
     * @param n the number of nodes, at least 1
     * @return the Gauss-Hermite rule; its weights sum to the root of pi
     * @throws IllegalArgumentException if n is below 1
     * @cost O(n^3)
     */
    public static GaussRule hermite(int n) {
        return of(n, k -> 0, k -> k / 2.0, Math.sqrt(Math.PI));
    }

    /**
     * The expectation of f(Z) for a standard normal Z.
     *
     * @param n the number of nodes, at least 1
     * @return the Gauss-Hermite rule in the probabilist's form; its weights sum to 1
     * @throws IllegalArgumentException if n is below 1
     * @cost O(n^3)
     */
    public static GaussRule normal(int n) {
        return of(n, k -> 0, k -> k, 1);
    }

    /**
     * The integral of f(x) x^a exp(-x) over the positive half line.
     *
     * @param n the number of nodes, at least 1
     * @param a above -1
     * @return the generalised Gauss-Laguerre rule; its weights sum to Gamma(a + 1)
     * @throws IllegalArgumentException if n is below 1, or a is not above -1
     * @cost O(n^3)
     */
    public static GaussRule laguerre(int n, double a) {
        exponent("a", a);
        return of(n, k -> 2 * k + a + 1, k -> k * (k + a), Math.exp(SpecialFunctions.logGamma(a + 1)));
    }

    /**
     * Integrates.
     *
     * @param f finite at the nodes
     * @return the sum of weights times values
     * @throws IllegalArgumentException if f gives NaN or infinity at a node
     * @cost n evaluations
     */
    public double integrate(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < nodes.length; i++) {
            sum += weights[i] * Require.finite("f(" + nodes[i] + ")", f.applyAsDouble(nodes[i]));
        }
        return sum;
    }

    /** From the recurrence p_(k+1) = (x - diagonal(k)) p_k - square(k) p_(k-1) and the total mass. */
    private static GaussRule of(int n, IntToDoubleFunction diagonal, IntToDoubleFunction square, double mass) {
        Require.atLeast("n", n, 1);
        double[] matrix = new double[Math.multiplyExact(n, n)];
        for (int k = 0; k < n; k++) {
            matrix[k * n + k] = diagonal.applyAsDouble(k);
            if (k > 0) {
                matrix[k * n + k - 1] = Math.sqrt(square.applyAsDouble(k));
                matrix[(k - 1) * n + k] = matrix[k * n + k - 1];
            }
        }
        // Weights as 1 / sum of p_k(x)^2 over the orthonormal polynomials: the first components of the eigenvectors
        // would do, but the tiny ones of outer nodes have no correct digits.
        double[] nodes = Eigen.symmetricValues(Dense.of("Jacobi matrix", matrix, n, n));
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            double before = 0;
            double now = 1;
            double sum = 1;
            for (int k = 0; k + 1 < n; k++) {
                double below = k == 0 ? 0 : matrix[k * n + k - 1];
                double next = ((nodes[i] - matrix[k * n + k]) * now - below * before) / matrix[(k + 1) * n + k];
                before = now;
                now = next;
                sum += now * now;
            }
            weights[i] = mass / sum;
        }
        return new GaussRule(nodes, weights);
    }

    private static void exponent(String name, double a) {
        if (!(a > -1 && a < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " must be > -1 and finite, was " + a);
        }
    }
}
