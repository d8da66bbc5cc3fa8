package reprise.sampling;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Determinant;
import reprise.linalg.Eigen;
import reprise.parallel.Interrupted;
import reprise.prob.GaussRule;
import reprise.prob.PolynomialBasis;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * The projection determinantal point process of a space of m functions: m points that repel each other, with the joint
 * density
 *
 * <pre>{@code det[K(x(i), x(j))] / m!   with respect to mu^m,    K(x, y) = sum_j phi(j)(x) phi(j)(y).}</pre>
 *
 * <pre>{@code
 * Dense points = ProjectionDpp.of(PolynomialBasis.of(OrthonormalPolynomials.LEGENDRE, 10)).sample(rng);
 * }</pre>
 *
 * <p>Each point by itself has the density of {@link ChristoffelSampler}. Drawn one after the other (Hough, Krishnapur,
 * Peres and Virag, Determinantal processes and independence, 2006): given the first i points, the next has a density
 * proportional to k(x) less what the functions at those points explain, drawn by rejection from k(x): m (1 + 1/2 + ...
 * + 1/m) proposals in the mean, whatever the dimension. For finite sets see {@link FiniteDpp}. Immutable.
 */
@Source(arxiv = "math/0503110", at = "Algorithm 18")
public final class ProjectionDpp {
    private final PolynomialBasis basis;
    private final ChristoffelSampler proposals;

    private ProjectionDpp(PolynomialBasis basis) {
        this.basis = basis;
        this.proposals = ChristoffelSampler.of(basis);
    }

    /**
     * The process of a space.
     *
     * @param basis orthonormal polynomials that span it
     * @return the process
     */
    public static ProjectionDpp of(PolynomialBasis basis) {
        return new ProjectionDpp(basis);
    }

    /**
     * The kernel.
     *
     * @param x a point, length d
     * @param y a point, length d
     * @return K(x, y)
     * @throws IllegalArgumentException if a length is not d, or a coordinate is not finite
     * @cost O(m d)
     */
    public double kernel(double[] x, double[] y) {
        return dot(basis.at(x), basis.at(y));
    }

    /**
     * The joint density of points in any order.
     *
     * @param points shape [m, d]
     * @return log of det[K] / m!; minus infinity where two points coincide
     * @throws IllegalArgumentException if there are not m points of d coordinates
     * @cost O(m^3)
     */
    public double logDensity(Dense points) {
        int m = basis.size();
        Require.shape("points", new int[] {points.rows(), points.columns()}, m, basis.dimension());
        double logFactorial = 0;
        for (int i = 2; i <= m; i++) {
            logFactorial += Math.log(i);
        }
        // K is the product of the square matrix of values with its transpose.
        return 2 * Determinant.of(basis.at(points)).log() - logFactorial;
    }

    /**
     * One draw.
     *
     * @param rng the randomness
     * @return exactly m points in random order, shape [m, d]
     * @throws Interrupted if the thread was interrupted
     * @cost O(m^3 log m) at most; 0.1 ms for m = 20 on the line
     */
    public Dense sample(Rng rng) {
        int m = basis.size();
        int d = basis.dimension();
        double[] points = new double[m * d];
        // Orthonormal vectors that span the values of the functions at the points so far.
        double[][] spanned = new double[m][];
        for (int i = 0; i < m; i++) {
            Interrupted.check();
            double[] x;
            double[] rest;
            double all;
            do {
                x = proposals.draw(rng);
                rest = basis.at(x);
                all = dot(rest, rest);
                remove(rest, spanned, i);
            } while (rng.uniform() * all >= dot(rest, rest));
            // Once more: the first pass leaves rounding errors of the size of all, large against a small rest.
            remove(rest, spanned, i);
            double length = Math.sqrt(dot(rest, rest));
            for (int j = 0; j < m; j++) {
                rest[j] /= length;
            }
            spanned[i] = rest;
            System.arraycopy(x, 0, points, i * d, d);
        }
        return Dense.of("points", points, m, d);
    }

    /**
     * The kernel on an interval, in the basis: the integrals of phi(i) phi(j) d mu over it. Its eigenvalues say all
     * about the number of points there: it is a sum of independent coins with these chances.
     *
     * @param low the lower end, may be minus infinity
     * @param high the upper end, above low, may be infinity
     * @return symmetric, shape [m, m], eigenvalues from 0 to 1
     * @throws IllegalArgumentException if the basis has several variables, or low is not below high
     * @cost O((200 + 8 m)^3)
     */
    public Dense overlap(double low, double high) {
        Require.shape("number of variables of the basis", new int[] {basis.dimension()}, 1);
        int m = basis.size();
        GaussRule rule = basis.family(0).piecewise(low, high, 2 * m);
        double[] sums = new double[m * m];
        for (int q = 0; q < rule.nodes().length; q++) {
            double[] values = basis.at(rule.nodes()[q]);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j <= i; j++) {
                    sums[i * m + j] += rule.weights()[q] * values[i] * values[j];
                    sums[j * m + i] = sums[i * m + j];
                }
            }
        }
        return Dense.of("overlap", sums, m, m);
    }

    /**
     * The number of points in an interval.
     *
     * @param low the lower end, may be minus infinity
     * @param high the upper end, above low, may be infinity
     * @return its law
     * @throws IllegalArgumentException if the basis has several variables, or low is not below high
     */
    public Count count(double low, double high) {
        double mean = 0;
        double variance = 0;
        double none = 1;
        for (double chance : Eigen.symmetricValues(overlap(low, high))) {
            double p = Math.max(0, Math.min(1, chance));
            mean += p;
            variance += p * (1 - p);
            none *= 1 - p;
        }
        return new Count(mean, variance, none);
    }

    /**
     * What is known of the number of points in a set.
     *
     * @param mean the trace of the overlap; the same for m independent points of that density
     * @param variance the trace of the overlap less its square; for independent points mean (1 - mean / m)
     * @param none the probability that there is none; for independent points (1 - mean / m)^m
     */
    public record Count(double mean, double variance, double none) {}

    private static void remove(double[] rest, double[][] spanned, int count) {
        for (int i = 0; i < count; i++) {
            double part = dot(rest, spanned[i]);
            for (int j = 0; j < rest.length; j++) {
                rest[j] -= part * spanned[i][j];
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
