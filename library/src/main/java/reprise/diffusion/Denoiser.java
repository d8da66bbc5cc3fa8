package reprise.diffusion;

import reprise.array.Dense;

/**
 * A guess of the clean data behind noisy states: D(t, x) close to E[X_0 | X_t = x]. This is what a diffusion model
 * learns; the score follows from it.
 *
 * <pre>{@code
 * NoiseSchedule noise = NoiseSchedule.ornsteinUhlenbeck(1);
 * Denoiser shrink = (t, x) -> Dense.of("guess", Grid.map(x.data(), v -> noise.alpha(t) * v), x.rows(), x.columns());
 * Dense score = shrink.score(noise, 0.5, x);
 * }</pre>
 */
@FunctionalInterface
public interface Denoiser {
    /**
     * Guesses the clean data.
     *
     * @param t the time of all states, above 0
     * @param x noisy states, shape [n, d]; not to be changed
     * @return shape [n, d]
     */
    Dense at(double t, Dense x);

    /**
     * The score that goes with the guess: (alpha_t D(t, x) - x) / h_t, where h_t is the variance of the noise. For the
     * exact D this is the gradient of log p_t, by Tweedie's formula.
     *
     * @param schedule the noising
     * @param t the time of all states, above 0
     * @param x noisy states, shape [n, d]
     * @return shape [n, d]
     * @throws IllegalArgumentException if there is no noise at time t, or the guess has another shape
     * @cost one guess
     */
    default Dense score(NoiseSchedule schedule, double t, Dense x) {
        double[] score = Guess.of(this, t, x).data().clone();
        double alpha = schedule.alpha(t);
        double variance = Guess.noisy(schedule, t);
        for (int i = 0; i < score.length; i++) {
            score[i] = (alpha * score[i] - x.data()[i]) / variance;
        }
        return Dense.of("score", score, x.rows(), x.columns());
    }
}
