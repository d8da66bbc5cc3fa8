package reprise.sampling;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.prob.PolynomialBasis;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * The optimal density for independent points in weighted least squares (Cohen and Migliorati, Optimal weighted
 * least-squares methods, 2017): with orthonormal functions phi(1) to phi(m) of L2(mu),
 *
 * <pre>{@code d nu = k(x) / m d mu,    k(x) = phi(1)(x)^2 + ... + phi(m)(x)^2,    weight w(x) = m / k(x).}</pre>
 *
 * <pre>{@code Dense points = ChristoffelSampler.of(basis).sample(200, rng);}</pre>
 *
 * <p>As a mixture of the densities phi(j)^2 d mu with equal shares it is drawn exactly: j at random, then each
 * coordinate by its inverse distribution function. Immutable.
 */
@Source(arxiv = "1608.00512")
public final class ChristoffelSampler {
    private final PolynomialBasis basis;

    private ChristoffelSampler(PolynomialBasis basis) {
        this.basis = basis;
    }

    /**
     * The density of a space.
     *
     * @param basis orthonormal polynomials that span it
     * @return its sampler
     */
    public static ChristoffelSampler of(PolynomialBasis basis) {
        return new ChristoffelSampler(basis);
    }

    /**
     * The density with respect to mu.
     *
     * @param x a point, length d, finite
     * @return k(x) / m, above 0
     * @throws IllegalArgumentException if x has another length or is not finite
     * @cost O(m d)
     */
    public double density(double... x) {
        double sum = 0;
        for (double value : basis.at(x)) {
            sum += value * value;
        }
        return sum / basis.size();
    }

    /**
     * The weight that undoes the density.
     *
     * @param x a point, length d, finite
     * @return m / k(x), above 0 and at most m, as a constant lies in the space
     * @throws IllegalArgumentException if x has another length or is not finite
     * @cost O(m d)
     */
    public double weight(double... x) {
        return 1 / density(x);
    }

    /**
     * The weights of many points.
     *
     * @param points one a row, shape [n, d]
     * @return m / k, length n
     * @throws IllegalArgumentException if the points have another dimension
     * @cost O(n m d)
     */
    public double[] weights(Dense points) {
        double[] values = basis.at(points).data();
        int m = basis.size();
        double[] weights = new double[points.rows()];
        for (int i = 0; i < weights.length; i++) {
            double sum = 0;
            for (int j = 0; j < m; j++) {
                sum += values[i * m + j] * values[i * m + j];
            }
            weights[i] = m / sum;
        }
        return weights;
    }

    /**
     * Independent draws.
     *
     * @param n how many, at least 1
     * @param rng the randomness
     * @return points, shape [n, d]
     * @throws IllegalArgumentException if n is below 1
     * @cost O(n d) inverse distribution functions, each about 12 times the degree
     */
    public Dense sample(int n, Rng rng) {
        int d = basis.dimension();
        double[] points = new double[Math.multiplyExact(Require.atLeast("n", n, 1), d)];
        for (int i = 0; i < n; i++) {
            System.arraycopy(draw(rng), 0, points, i * d, d);
        }
        return Dense.of("points", points, n, d);
    }

    double[] draw(Rng rng) {
        int[] degrees = basis.exponent(rng.integer(basis.size()));
        double[] x = new double[degrees.length];
        for (int c = 0; c < x.length; c++) {
            x[c] = basis.family(c).squareQuantile(degrees[c], rng.uniform());
        }
        return x;
    }
}
