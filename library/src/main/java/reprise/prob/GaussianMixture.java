package reprise.prob;

import java.util.ArrayList;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Cholesky;
import reprise.linalg.Solve;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Fits a mixture of normal distributions to points by expectation and maximisation. Each iteration raises the
 * likelihood; the answer is a local maximum, so several seeds are worth trying.
 *
 * <pre>{@code
 * GaussianMixture.Fit fit = GaussianMixture.of(points).components(3).fit(Rng.of(1));
 * double[] log = fit.mixture().logDensity(points);
 * }</pre>
 *
 * <p>Values are immutable; each setting gives a changed copy. The distribution itself is {@link Mixture}.
 */
@Source(text = "Dempster, Laird and Rubin, Maximum likelihood from incomplete data via the EM algorithm, 1977")
public final class GaussianMixture {
    private final Dense x;
    private final int components;
    private final boolean diagonal;
    private final double tolerance;
    private final int iterations;
    private final double floor;

    private GaussianMixture(
            Dense x, int components, boolean diagonal, double tolerance, int iterations, double floor) {
        this.x = x;
        this.components = components;
        this.diagonal = diagonal;
        this.tolerance = tolerance;
        this.iterations = iterations;
        this.floor = floor;
    }

    /**
     * What was found.
     *
     * @param mixture the distribution
     * @param logLikelihood the mean log density of the points, in nats
     * @param iterations how many were done
     * @param converged whether the last one gained less than the tolerance
     */
    public record Fit(Mixture mixture, double logLikelihood, int iterations, boolean converged) {}

    /**
     * The points.
     *
     * @param x shape [n, d]
     * @return one component with a full covariance, until changed
     */
    public static GaussianMixture of(Dense x) {
        return new GaussianMixture(x, 1, false, 1e-6, 1_000, 1e-6);
    }

    /**
     * The points, as rows.
     *
     * @param x shape [n, d], finite
     * @return one component with a full covariance, until changed
     * @throws IllegalArgumentException if the rows differ in length, or a value is NaN or infinite
     */
    public static GaussianMixture of(double[][] x) {
        return of(Dense.of("x", x));
    }

    /**
     * The points, as an ND4J array.
     *
     * @param x shape [n, d], finite
     * @return one component with a full covariance, until changed
     * @throws IllegalArgumentException if a value is NaN or infinite
     */
    public static GaussianMixture of(INDArray x) {
        return of(Dense.of("x", x));
    }

    /**
     * The number of components.
     *
     * @param count at least 1 and at most the number of points
     * @return a changed copy
     * @throws IllegalArgumentException if it is outside
     */
    public GaussianMixture components(int count) {
        Require.atLeast("components", count, 1);
        if (count > x.rows()) {
            throw new IllegalArgumentException(
                    "components must be <= the number of points " + x.rows() + ", was " + count);
        }
        return new GaussianMixture(x, count, diagonal, tolerance, iterations, floor);
    }

    /**
     * Lets the coordinates of each component be independent.
     *
     * @return a changed copy
     */
    public GaussianMixture diagonal() {
        return new GaussianMixture(x, components, true, tolerance, iterations, floor);
    }

    /**
     * When to stop.
     *
     * @param gain in nats a point, above 0: an iteration that gains less is the last; 1e-6 if not set
     * @param most iterations, at least 1; 1 000 if not set
     * @return a changed copy
     * @throws IllegalArgumentException if a number is out of range
     */
    public GaussianMixture until(double gain, int most) {
        return new GaussianMixture(
                x, components, diagonal, Require.positive("gain", gain), Require.atLeast("most", most, 1), floor);
    }

    /**
     * The least variance: added to each component's variances, in units of the data's own, so that no component
     * shrinks to a point of infinite likelihood.
     *
     * @param floor at least 0; 1e-6 if not set
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public GaussianMixture floor(double floor) {
        return new GaussianMixture(
                x, components, diagonal, tolerance, iterations, Require.nonNegative("floor", floor));
    }

    /**
     * Fits.
     *
     * @param rng the randomness: the first centres, which are points far from each other
     * @return the fit; the same seed gives the same one on any number of threads
     * @throws IllegalArgumentException if a coordinate is the same for all points: its variance would be 0
     * @throws IllegalStateException if a component loses all its points
     * @throws reprise.linalg.NotPositiveDefinite if a covariance is singular, which takes a floor of 0
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost n components (4 d + 60) operations an iteration, vectorised and on all cores; d^2 / 2 instead of d for
     *     full covariances
     */
    public Fit fit(Rng rng) {
        var standard = Standardised.of(x);
        var blocks = ExpectationBlock.of(standard.x(), components, diagonal);
        int d = x.columns();
        int pairs = diagonal ? d : d * (d + 1) / 2;
        double[][] weights = new double[1 + d + pairs][components];
        double[][] moments = new double[weights.length][components];
        double[] share = new double[components];
        Arrays.fill(share, 1.0 / components);
        double[][] means = standard.spreadOut(components, rng);
        double[][] covariances = new double[components][d * d];
        for (double[] own : covariances) {
            for (int c = 0; c < d; c++) {
                own[c * d + c] = 1;
            }
        }
        double before = Double.NEGATIVE_INFINITY;
        double now = before;
        int done = 0;
        boolean converged = false;
        try (var progress = Progress.over("Gaussian mixture", iterations)) {
            while (done < iterations && !converged) {
                setWeights(share, means, covariances, weights);
                now = expectation(blocks, weights, moments) / x.rows();
                converged = now - before < tolerance;
                before = now;
                maximise(moments, share, means, covariances);
                done++;
                progress.tick();
            }
        }
        var normals = new ArrayList<Normal>();
        for (int k = 0; k < components; k++) {
            normals.add(standard.back(means[k], covariances[k], diagonal));
        }
        return new Fit(new Mixture(share, normals), now - standard.logScale(), done, converged);
    }

    private static double expectation(ExpectationBlock[] blocks, double[][] weights, double[][] moments) {
        double[] sums = new double[blocks.length];
        Tasks.forRange(blocks.length, b -> sums[b] = blocks[b].run(weights));
        double total = 0;
        for (double[] row : moments) {
            Arrays.fill(row, 0);
        }
        for (int b = 0; b < blocks.length; b++) {
            total += sums[b];
            blocks[b].addMoments(moments);
        }
        return total;
    }

    /** The log weighted density as a product of features 1, x, x_a x_b with weights. */
    private void setWeights(double[] share, double[][] means, double[][] covariances, double[][] weights) {
        int d = x.columns();
        for (int k = 0; k < components; k++) {
            double[] precision = new double[d * d];
            double logDeterminant = 0;
            if (diagonal) {
                for (int c = 0; c < d; c++) {
                    precision[c * d + c] = 1 / covariances[k][c * d + c];
                    logDeterminant += Math.log(covariances[k][c * d + c]);
                }
            } else {
                Dense covariance = Dense.of("covariance", covariances[k].clone(), d, d);
                logDeterminant = Cholesky.of(covariance).logDeterminant();
                double[] identity = new double[d * d];
                for (int c = 0; c < d; c++) {
                    identity[c * d + c] = 1;
                }
                precision = Solve.linear(covariance, Dense.of("identity", identity, d, d)).data();
            }
            double offset = Math.log(share[k]) - (d * Math.log(2 * Math.PI) + logDeterminant) / 2;
            for (int a = 0; a < d; a++) {
                double pulled = 0;
                for (int b = 0; b < d; b++) {
                    pulled += precision[a * d + b] * means[k][b];
                }
                weights[1 + a][k] = pulled;
                offset -= means[k][a] * pulled / 2;
                for (int b = diagonal ? a : 0; b <= a; b++) {
                    weights[1 + d + ExpectationBlock.pair(a, b, diagonal)][k] =
                            a == b ? -precision[a * d + a] / 2 : -precision[a * d + b];
                }
            }
            weights[0][k] = offset;
        }
    }

    private void maximise(double[][] moments, double[] share, double[][] means, double[][] covariances) {
        int d = x.columns();
        for (int k = 0; k < components; k++) {
            double mass = moments[0][k];
            if (!(mass > 1e-9)) {
                throw new IllegalStateException(
                        "component " + k + " lost all its points; take fewer components than " + components
                                + ", or another seed");
            }
            share[k] = mass / x.rows();
            for (int a = 0; a < d; a++) {
                means[k][a] = moments[1 + a][k] / mass;
            }
            for (int a = 0; a < d; a++) {
                for (int b = diagonal ? a : 0; b <= a; b++) {
                    double value = moments[1 + d + ExpectationBlock.pair(a, b, diagonal)][k] / mass
                            - means[k][a] * means[k][b];
                    covariances[k][a * d + b] = a == b ? Math.max(value, 0) + floor : value;
                    covariances[k][b * d + a] = covariances[k][a * d + b];
                }
            }
        }
    }
}
