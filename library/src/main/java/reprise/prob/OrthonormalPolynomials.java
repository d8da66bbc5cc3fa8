package reprise.prob;

import java.util.ArrayList;
import java.util.Arrays;
import reprise.array.Require;
import reprise.optim.RootFinder;
import reprise.source.Source;

/**
 * Polynomials p(0), p(1), ... of degree 0, 1, ..., orthonormal for a probability measure mu on the line: Legendre's for
 * the uniform measure on [-1, 1], Hermite's for the standard normal one.
 *
 * <pre>{@code
 * double[] values = OrthonormalPolynomials.LEGENDRE.values(10, 0.3);
 * double x = OrthonormalPolynomials.HERMITE.squareQuantile(7, rng.uniform());   // a draw from p(7)^2 d mu
 * }</pre>
 *
 * <p>The integral of a square, {@code int p(n)^2 d mu} up to x, has a closed form, which makes exact draws from
 * {@code p(n)^2 d mu} and from all mixtures of such densities possible. With Legendre's P(n) and their own norms
 *
 * <pre>{@code F(n) = F(n-1) + [x (P(n)^2 + P(n-1)^2) - 2 P(n) P(n-1)] / 2,    F(0) = (1 + x) / 2}</pre>
 *
 * and for Hermite's, h(n) = He(n) / sqrt(n!), with the normal density phi,
 *
 * <pre>{@code F(n) = F(n-1) - phi h(n) h(n-1) / sqrt(n),    F(0) = Phi(x).}</pre>
 *
 * Both follow by differentiation from the recurrences in DLMF 18.9.
 */
@Source(text = "NIST Digital Library of Mathematical Functions, 18.9")
public enum OrthonormalPolynomials {
    /** Orthonormal for the uniform probability measure on [-1, 1]: sqrt(2 n + 1) times Legendre's P(n). */
    LEGENDRE(Distribution.uniform(-1, 1)) {
        @Override
        void recur(double x, double[] values, int count) {
            // With Legendre's own norms first: n P(n) = (2 n - 1) x P(n-1) - (n - 1) P(n-2).
            double before = 0;
            double now = 1;
            values[0] = 1;
            for (int n = 1; n < count; n++) {
                double next = ((2 * n - 1) * x * now - (n - 1) * before) / n;
                before = now;
                now = next;
                values[n] = Math.sqrt(2 * n + 1.0) * now;
            }
        }

        @Override
        double squareBelow(int degree, double x) {
            double sum = (1 + x) / 2;
            double before = 1;
            double now = x;
            for (int n = 1; n <= degree; n++) {
                sum += (x * (now * now + before * before) - 2 * now * before) / 2;
                double next = ((2 * n + 1) * x * now - n * before) / (n + 1);
                before = now;
                now = next;
            }
            return sum;
        }

        @Override
        double reach(int degree) {
            return 1;
        }
    },

    /** Orthonormal for the standard normal distribution: He(n) / sqrt(n!). */
    HERMITE(Distribution.normal(0, 1)) {
        @Override
        void recur(double x, double[] values, int count) {
            values[0] = 1;
            for (int n = 1; n < count; n++) {
                double before = n > 1 ? values[n - 2] : 0;
                values[n] = (x * values[n - 1] - Math.sqrt(n - 1.0) * before) / Math.sqrt(n);
            }
        }

        @Override
        double squareBelow(int degree, double x) {
            double sum = SpecialFunctions.normalCdf(x);
            double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
            double before = 1;
            double now = x;
            for (int n = 1; n <= degree; n++) {
                sum -= density * now * before / Math.sqrt(n);
                double next = (x * now - Math.sqrt(n) * before) / Math.sqrt(n + 1.0);
                before = now;
                now = next;
            }
            return sum;
        }

        @Override
        double reach(int degree) {
            // Zeros lie below 2 sqrt(n); 39 further on the normal density is no double any more.
            return 2 * Math.sqrt(degree) + 39;
        }
    };

    private final Distribution measure;

    OrthonormalPolynomials(Distribution measure) {
        this.measure = measure;
    }

    /** Fills in the first values of count, at least 1. */
    abstract void recur(double x, double[] values, int count);

    abstract double squareBelow(int degree, double x);

    /** No mass of p(degree)^2 d mu, to the precision of doubles, lies beyond. */
    abstract double reach(int degree);

    /**
     * The probability measure for which they are orthonormal.
     *
     * @return mu
     */
    public Distribution measure() {
        return measure;
    }

    /**
     * The first polynomials at a point.
     *
     * @param count how many, at least 1
     * @param x finite; outside the measure's support the values grow fast
     * @return p(0) to p(count - 1), length count
     * @throws IllegalArgumentException if x is not finite or the count is below 1
     * @cost O(count)
     */
    public double[] values(int count, double x) {
        double[] values = new double[Require.atLeast("count", count, 1)];
        recur(Require.finite("x", x), values, count);
        return values;
    }

    /**
     * The mass of p(n)^2 d mu up to a point: the distribution function of that density.
     *
     * @param degree n, at least 0
     * @param x any number; infinity allowed
     * @return from 0 to 1, absolute error below 1e-15 (n + 1)
     * @throws IllegalArgumentException if x is NaN or the degree is negative
     * @cost O(n)
     */
    public double squareCdf(int degree, double x) {
        Require.atLeast("degree", degree, 0);
        if (Double.isNaN(x)) {
            throw new IllegalArgumentException("x must be a number, was NaN");
        }
        double reach = reach(degree);
        if (x <= -reach) {
            return 0;
        }
        return x >= reach ? 1 : Math.max(0, Math.min(1, squareBelow(degree, x)));
    }

    /**
     * The point below which p(n)^2 d mu has a given mass: with a uniform p, a draw from that density.
     *
     * @param degree n, at least 0
     * @param p from 0 to 1
     * @return a point of the support; for p of 0 and 1 its ends, or where the density is no double any more
     * @throws IllegalArgumentException if p is outside [0, 1] or the degree is negative
     * @cost about 12 times O(n)
     */
    public double squareQuantile(int degree, double p) {
        SpecialFunctions.unit("p", p);
        double reach = reach(Require.atLeast("degree", degree, 0));
        return p == 0 ? -reach : p == 1 ? reach : RootFinder.between(
                        x -> squareCdf(degree, x) - p, -reach, reach)
                .tolerance(1e-14)
                .find()
                .x();
    }

    /**
     * A Gauss rule for mu: exact expectations of polynomials up to degree 2 n - 1.
     *
     * @param n the number of nodes, at least 1
     * @return nodes, and weights that sum to 1
     * @throws IllegalArgumentException if n is below 1
     * @cost O(n^3)
     */
    public GaussRule rule(int n) {
        if (this == HERMITE) {
            return GaussRule.normal(n);
        }
        GaussRule rule = GaussRule.legendre(n, -1, 1);
        double[] weights = rule.weights().clone();
        for (int i = 0; i < n; i++) {
            weights[i] /= 2;
        }
        return new GaussRule(rule.nodes(), weights);
    }

    /**
     * A rule for functions that are smooth on both sides of 0 but not across it, and for parts of the support: Gauss
     * and Legendre's on the two pieces, weighted by the density of mu.
     *
     * @param low the lower end; minus infinity for all of the support
     * @param high the upper end, above low
     * @param degree the highest degree of the polynomials in the integrand, at least 0
     * @return nodes ascending, weights of the restricted measure; no node if no mass lies between
     * @throws IllegalArgumentException if the degree is negative or low not below high
     * @cost O((200 + 4 degree)^3)
     */
    public GaussRule piecewise(double low, double high, int degree) {
        if (!(low < high)) {
            throw new IllegalArgumentException("high must be > low = " + low + ", was " + high);
        }
        // Beyond 2 sqrt(n) + 9 the mass of h(n)^2 under the normal density is below 1e-16.
        double end = this == LEGENDRE ? 1 : 2 * Math.sqrt(Require.atLeast("degree", degree, 0)) + 9;
        int n = 200 + 4 * Require.atLeast("degree", degree, 0);
        double from = Math.max(low, -end);
        double to = Math.min(high, end);
        var pieces = new ArrayList<GaussRule>();
        if (from < Math.min(to, 0)) {
            pieces.add(GaussRule.legendre(n, from, Math.min(to, 0)));
        }
        if (Math.max(from, 0) < to) {
            pieces.add(GaussRule.legendre(n, Math.max(from, 0), to));
        }
        double[] nodes = pieces.stream().flatMapToDouble(r -> Arrays.stream(r.nodes())).toArray();
        double[] weights = pieces.stream().flatMapToDouble(r -> Arrays.stream(r.weights())).toArray();
        for (int i = 0; i < nodes.length; i++) {
            weights[i] *= measure.density(nodes[i]);
        }
        return new GaussRule(nodes, weights);
    }
}
