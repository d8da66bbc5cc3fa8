package reprise.diffusion;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.prob.Mixture;
import reprise.random.Rng;

/**
 * The law of X_t = alpha_t X_0 + sqrt(h_t) Z where it is known in closed form: its density, its score and its exact
 * denoiser E[X_0 | X_t = x]. The ground truth that learned scores are compared with.
 *
 * <pre>{@code
 * NoiseSchedule noise = NoiseSchedule.ornsteinUhlenbeck(1);
 * ExactDiffusion square = ExactDiffusion.ofBox(noise, new double[] {-1, -1}, new double[] {1, 1});
 * Dense noisy = noise.diffuse(square.sample(500, Rng.of(1)), 0.3, Rng.of(2));
 * Dense score = square.score(0.3, noisy);
 * double[] logp = square.logDensity(0.3, noisy);
 * }</pre>
 *
 * <p>Immutable. There is no density at time 0, so times are above it.
 */
public sealed interface ExactDiffusion extends Denoiser permits DiffusedMixture, DiffusedBox, DiffusedPoints {
    /**
     * Starts from a mixture of normal distributions.
     *
     * @param schedule the noising
     * @param start the law of X_0
     * @return the law of all X_t
     * @cost an eigendecomposition for each component; then 3 n d^2 operations a component for n states
     */
    static ExactDiffusion of(NoiseSchedule schedule, Mixture start) {
        return new DiffusedMixture(schedule, start);
    }

    /**
     * Starts from the uniform distribution on a box.
     *
     * @param schedule the noising
     * @param low the lower ends, finite, length d, at least 1
     * @param high the upper ends, above the lower ones, finite, length d
     * @return the law of all X_t
     * @throws IllegalArgumentException if the lengths differ or an upper end is not above the lower
     * @cost about 1 microsecond a coordinate of a state
     */
    static ExactDiffusion ofBox(NoiseSchedule schedule, double[] low, double[] high) {
        return new DiffusedBox(schedule, low, high);
    }

    /**
     * Starts from points of equal mass: what a network that has learned its training data by heart would know. The
     * sums run on the backend that is current now.
     *
     * @param schedule the noising
     * @param points shape [m, d]
     * @return the law of all X_t
     * @cost n m d operations for n states, fused and on all cores
     */
    static ExactDiffusion ofPoints(NoiseSchedule schedule, Dense points) {
        return new DiffusedPoints(schedule, points);
    }

    /**
     * As {@link #ofPoints(NoiseSchedule, Dense)}, for arrays of rows.
     *
     * @param schedule the noising
     * @param points shape [m, d], finite
     * @return the law of all X_t
     * @throws IllegalArgumentException if there is no point, or one holds NaN or infinity
     */
    static ExactDiffusion ofPoints(NoiseSchedule schedule, double[][] points) {
        return new DiffusedPoints(schedule, Dense.of("points", points));
    }

    /**
     * The noising.
     *
     * @return as given
     */
    NoiseSchedule schedule();

    /**
     * The number of coordinates.
     *
     * @return d, at least 1
     */
    int dimension();

    /**
     * Draws clean data.
     *
     * @param n how many, at least 1
     * @param rng the randomness
     * @return X_0, shape [n, d]
     * @throws IllegalArgumentException if n is below 1
     */
    Dense sample(int n, Rng rng);

    /**
     * The logarithm of the density of X_t.
     *
     * @param t the time, above 0
     * @param x states, shape [n, d]
     * @return in nats, length n
     * @throws IllegalArgumentException if there is no noise at time t, or x has another d
     */
    double[] logDensity(double t, Dense x);

    /**
     * The exact denoiser with a time of its own for each state, as in a training set.
     *
     * @param t the times, above 0, length n
     * @param x states, shape [n, d]
     * @return E[X_0 | X_t = x], shape [n, d]
     * @throws IllegalArgumentException if a time has no noise, or a shape does not fit
     */
    Dense at(double[] t, Dense x);

    @Override
    default Dense at(double t, Dense x) {
        double[] times = new double[x.rows()];
        Arrays.fill(times, t);
        return at(times, x);
    }

    /**
     * The gradient of the log density of X_t.
     *
     * @param t the time, above 0
     * @param x states, shape [n, d]
     * @return shape [n, d]
     * @throws IllegalArgumentException if there is no noise at time t, or x has another d
     */
    default Dense score(double t, Dense x) {
        return score(schedule(), t, x);
    }
}
