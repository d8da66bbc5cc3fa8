package reprise.sampling;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.NotConverged;
import reprise.prob.PolynomialBasis;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Ways to choose the points of a least-squares fit at random.
 *
 * <pre>{@code WeightedPoints points = PointDesign.VOLUME.draw(basis, 40, rng);}</pre>
 */
@Source(arxiv = "2312.14057")
@Source(arxiv = "1802.06749")
public enum PointDesign {
    /** Independent points from mu itself, all of weight 1. */
    MEASURE {
        @Override
        Dense points(PolynomialBasis basis, int n, Rng rng) {
            int d = basis.dimension();
            double[] x = new double[n * d];
            for (int i = 0; i < x.length; i++) {
                x[i] = basis.family(i % d).measure().sample(rng);
            }
            return Dense.of("points", x, n, d);
        }
    },

    /** Independent points from the density of {@link ChristoffelSampler}. */
    CHRISTOFFEL {
        @Override
        Dense points(PolynomialBasis basis, int n, Rng rng) {
            return ChristoffelSampler.of(basis).sample(n, rng);
        }
    },

    /**
     * Volume-rescaled sampling: that density, n times, multiplied by det G. Drawn as one {@link ProjectionDpp} and
     * n - m independent points, shuffled. Least squares is then unbiased, and E of the inverse of G is n / (n - m + 1)
     * times the identity.
     */
    VOLUME {
        @Override
        Dense points(PolynomialBasis basis, int n, Rng rng) {
            int m = basis.size();
            int d = basis.dimension();
            Require.atLeast("n", n, m);
            double[][] rows = Arrays.copyOf(ProjectionDpp.of(basis).sample(rng).toRows(), n);
            if (n > m) {
                double[][] more = ChristoffelSampler.of(basis).sample(n - m, rng).toRows();
                System.arraycopy(more, 0, rows, m, n - m);
            }
            double[] x = new double[n * d];
            int[] order = rng.permutation(n);
            for (int i = 0; i < n; i++) {
                System.arraycopy(rows[order[i]], 0, x, i * d, d);
            }
            return Dense.of("points", x, n, d);
        }
    },

    /** Independent copies of {@link ProjectionDpp}: n must be a multiple of m. */
    DPP {
        @Override
        Dense points(PolynomialBasis basis, int n, Rng rng) {
            int m = basis.size();
            if (n % m != 0) {
                throw new IllegalArgumentException("n must be a multiple of the basis' size = " + m + ", was " + n);
            }
            var process = ProjectionDpp.of(basis);
            double[] x = new double[n * basis.dimension()];
            int length = m * basis.dimension();
            for (int copy = 0; copy < n / m; copy++) {
                System.arraycopy(process.sample(rng).data(), 0, x, copy * length, length);
            }
            return Dense.of("points", x, n, basis.dimension());
        }
    };

    abstract Dense points(PolynomialBasis basis, int n, Rng rng);

    /**
     * Draws points with their weights: m / k(x), and 1 for {@link #MEASURE}.
     *
     * @param basis orthonormal polynomials that span the space of the fit, m of them
     * @param n how many points, at least 1; for {@link #VOLUME} at least m, for {@link #DPP} a multiple of m
     * @param rng the randomness
     * @return n points
     * @throws IllegalArgumentException if n does not suit
     * @cost O(n m) on the line, and O(m^3) for each projection process
     */
    public WeightedPoints draw(PolynomialBasis basis, int n, Rng rng) {
        Dense points = points(basis, Require.atLeast("n", n, 1), rng);
        if (this == MEASURE) {
            double[] ones = new double[n];
            Arrays.fill(ones, 1);
            return new WeightedPoints(points, ones);
        }
        return new WeightedPoints(points, ChristoffelSampler.of(basis).weights(points));
    }

    /**
     * Draws until the least eigenvalue of the Gram matrix is large enough: the law conditioned on stability.
     *
     * @param basis orthonormal polynomials that span the space of the fit
     * @param n how many points, as in {@link #draw}
     * @param least the eigenvalue asked for, above 0 and below 1
     * @param tries how many draws at most, at least 1
     * @param rng the randomness
     * @return stable points, and how many draws they took
     * @throws IllegalArgumentException if an argument is out of range
     * @throws NotConverged if no draw was stable; carries the best eigenvalue
     * @cost that of a draw and O(n m^2), divided by the chance of stability
     */
    public Stable drawStable(PolynomialBasis basis, int n, double least, int tries, Rng rng) {
        Require.inside("least", least, 0, 1);
        Require.atLeast("tries", tries, 1);
        double best = 0;
        for (int k = 1; k <= tries; k++) {
            WeightedPoints points = draw(basis, n, rng);
            double value = points.gramValues(basis)[basis.size() - 1];
            if (value >= least) {
                return new Stable(points, k);
            }
            best = Math.max(best, value);
        }
        throw new NotConverged("PointDesign.drawStable", tries, least - best, 0, new double[] {best});
    }

    /**
     * Points whose Gram matrix is well conditioned.
     *
     * @param points the points
     * @param tries how many draws it took, at least 1
     */
    public record Stable(WeightedPoints points, int tries) {}
}
