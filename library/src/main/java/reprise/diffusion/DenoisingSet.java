package reprise.diffusion;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * A training set for denoising score matching: clean data X_0, a time t for each, and one noisy X_t, drawn once and
 * kept. Learning the score is then a regression of X_0 on (t, X_t), and the noise in X_t makes the labels noisy.
 *
 * <p>With the score s = (alpha f - x) / h of a guess f and the weight lambda = h^2 / alpha^2,
 * lambda |s - grad log p(X_t | X_0)|^2 = |f - X_0|^2 identically: {@link #scoreLosses} and {@link #regressionLosses}
 * agree to rounding.
 *
 * <pre>{@code
 * NoiseSchedule noise = NoiseSchedule.ornsteinUhlenbeck(1);
 * DenoisingSet train = DenoisingSet.draw(noise, data, 0.1, 2, Rng.of(1));
 * Dense z = train.inputs(0.1);
 * double[] loss = train.regressionLosses(train.noisy());
 * }</pre>
 *
 * @param schedule the noising
 * @param times one for each row, above 0, length n
 * @param clean X_0, shape [n, d]
 * @param noisy X_t, shape [n, d]
 */
@Source(arxiv = "2401.15604")
@Source(text = "Vincent, A connection between score matching and denoising autoencoders, 2011")
public record DenoisingSet(NoiseSchedule schedule, double[] times, Dense clean, Dense noisy) {
    /**
     * Checks the shapes and that there is noise at each time.
     *
     * @param schedule the noising
     * @param times above 0, length n; copied
     * @param clean shape [n, d]
     * @param noisy shape [n, d]
     * @throws IllegalArgumentException if a shape does not fit or a time has no noise
     */
    public DenoisingSet {
        times = times.clone();
        Require.shape("noisy", new int[] {noisy.rows(), noisy.columns()}, clean.rows(), clean.columns());
        Require.shape("times", new int[] {times.length}, clean.rows());
        for (double t : times) {
            Guess.noisy(schedule, t);
        }
    }

    /**
     * Draws times evenly and noise for each row.
     *
     * @param schedule the noising
     * @param clean X_0, shape [n, d]
     * @param from the least time, above 0
     * @param to the largest time, above {@code from}
     * @param rng the randomness
     * @return the set
     * @throws IllegalArgumentException if the times are out of order, outside the schedule, or without noise
     * @cost n (d + 1) draws
     */
    public static DenoisingSet draw(NoiseSchedule schedule, Dense clean, double from, double to, Rng rng) {
        Guess.noisy(schedule, from);
        Guess.noisy(schedule, to);
        int n = clean.rows();
        int d = clean.columns();
        double[] times = new double[n];
        double[] noisy = rng.normal(n, d).data();
        for (int i = 0; i < n; i++) {
            times[i] = rng.uniform(from, to);
            double alpha = schedule.alpha(times[i]);
            double spread = Math.sqrt(schedule.variance(times[i]));
            for (int k = i * d; k < (i + 1) * d; k++) {
                noisy[k] = alpha * clean.data()[k] + spread * noisy[k];
            }
        }
        return new DenoisingSet(schedule, times, clean, Dense.of("noisy", noisy, n, d));
    }

    /**
     * How many.
     *
     * @return n
     */
    public int size() {
        return times.length;
    }

    /**
     * What a network sees: the rows (x, t - origin, 1).
     *
     * @param origin of the time, finite; the paper takes the least time
     * @return shape [n, d + 2]
     * @throws IllegalArgumentException if the origin is not finite
     */
    public Dense inputs(double origin) {
        return inputs(times, noisy, origin);
    }

    /**
     * What a network sees of states that share a time: the rows (x, t - origin, 1).
     *
     * @param t the time
     * @param x states, shape [n, d]
     * @param origin of the time, finite
     * @return shape [n, d + 2]
     * @throws IllegalArgumentException if a time is not finite
     */
    public static Dense inputs(double t, Dense x, double origin) {
        double[] times = new double[x.rows()];
        Arrays.fill(times, t);
        return inputs(times, x, origin);
    }

    private static Dense inputs(double[] times, Dense x, double origin) {
        int d = x.columns();
        double[] z = new double[Math.multiplyExact(x.rows(), d + 2)];
        for (int i = 0; i < x.rows(); i++) {
            System.arraycopy(x.data(), i * d, z, i * (d + 2), d);
            z[i * (d + 2) + d] = times[i] - Require.finite("origin", origin);
            z[i * (d + 2) + d + 1] = 1;
        }
        return Dense.of("inputs", z, x.rows(), d + 2);
    }

    /**
     * The squared errors of a guess of X_0.
     *
     * @param guess f, shape [n, d]
     * @return |f - X_0|^2 of each row, length n
     * @throws IllegalArgumentException if the guess has another shape
     */
    public double[] regressionLosses(Dense guess) {
        return squares(guess, (i, f, x0, x) -> f - x0);
    }

    /**
     * The weighted errors of the score (alpha f - x) / h as a guess of grad log p(X_t | X_0) = (alpha X_0 - x) / h.
     *
     * @param guess f, shape [n, d]
     * @return (h^2 / alpha^2) |s - grad log p(X_t | X_0)|^2 of each row, length n
     * @throws IllegalArgumentException if the guess has another shape
     */
    public double[] scoreLosses(Dense guess) {
        double[] losses = squares(guess, (i, f, x0, x) -> {
            double alpha = schedule.alpha(times[i]);
            double h = schedule.variance(times[i]);
            return (alpha * f - x) / h - (alpha * x0 - x) / h;
        });
        Arrays.setAll(losses, i -> losses[i] * weight(times[i]));
        return losses;
    }

    /**
     * The weight that turns a squared error of the score into one of the clean data.
     *
     * @param t a time with alpha above 0
     * @return h^2 / alpha^2
     * @throws IllegalArgumentException if t is outside the schedule
     */
    public double weight(double t) {
        double ratio = schedule.variance(t) / schedule.alpha(t);
        return ratio * ratio;
    }

    private interface Difference {
        double of(int row, double guess, double clean, double noisy);
    }

    private double[] squares(Dense guess, Difference difference) {
        int d = clean.columns();
        Require.shape("guess", new int[] {guess.rows(), guess.columns()}, size(), d);
        double[] sums = new double[size()];
        for (int k = 0; k < guess.data().length; k++) {
            double e = difference.of(k / d, guess.data()[k], clean.data()[k], noisy.data()[k]);
            sums[k / d] += e * e;
        }
        return sums;
    }
}
