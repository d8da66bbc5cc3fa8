package reprise.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Progress;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * The way back from noise to data with a denoiser D: the reverse equation
 * dX = (f X - g^2 s) dt + g dW run backwards in time, or the probability flow dX/dt = f X - g^2 s / 2, which has the
 * same laws without noise. Here s = (alpha D - X) / h is the score.
 *
 * <pre>{@code
 * NoiseSchedule noise = NoiseSchedule.ornsteinUhlenbeck(1);
 * ExactDiffusion square = ExactDiffusion.ofBox(noise, new double[] {-1, -1}, new double[] {1, 1});
 * ReverseProcess back = ReverseProcess.of(noise, square).between(3, 0.01).steps(100).evenInSnr();
 * Dense start = Rng.of(1).normal(500, 2);
 * Dense drawn = back.sample(start, ReverseProcess.Walk.EXPONENTIAL, Rng.of(2));
 * Dense moved = back.flow(start, ReverseProcess.Flow.HEUN);
 * }</pre>
 *
 * <p>All states of a step go to the denoiser together. Immutable; each setting gives a changed copy.
 */
@Source(text = "Song et al., Score-based generative modeling through stochastic differential equations, 2021",
        at = "Section 4")
public final class ReverseProcess {
    private final NoiseSchedule schedule;
    private final Denoiser denoiser;
    private final double from;
    private final double to;
    private final int steps;
    private final boolean even;

    private ReverseProcess(
            NoiseSchedule schedule, Denoiser denoiser, double from, double to, int steps, boolean even) {
        this.schedule = schedule;
        this.denoiser = denoiser;
        this.from = from;
        this.to = to;
        this.steps = steps;
        this.even = even;
    }

    /** How the probability flow is integrated. */
    public enum Flow {
        /** Euler's method: order 1, one guess a step. */
        EULER,
        /** Heun's method: order 2, two guesses a step. */
        HEUN,
        /** Exact while the guess stays as it is, which is DDIM: order 1, one guess a step. */
        EXPONENTIAL,
        /** As before with a line through the last two guesses, DPM-Solver++(2M): order 2, one guess a step. */
        MULTISTEP
    }

    /** How the reverse equation is simulated; both have weak order 1 and take one guess a step. */
    public enum Walk {
        /** The method of Euler and Maruyama. */
        EULER_MARUYAMA,
        /** Exact while the guess stays as it is: the posterior of DDPM. */
        EXPONENTIAL
    }

    /**
     * Takes a denoiser.
     *
     * @param schedule the noising
     * @param denoiser the guess of the clean data; called on one thread
     * @return the way back from time 1 to 0.001 in 100 steps of equal time, until changed
     */
    public static ReverseProcess of(NoiseSchedule schedule, Denoiser denoiser) {
        return new ReverseProcess(schedule, denoiser, 1, 1e-3, 100, false);
    }

    /**
     * Chooses the times.
     *
     * @param from where the noise starts, in the schedule
     * @param to where to stop, above 0 and below {@code from}
     * @return a changed copy
     * @throws IllegalArgumentException if they are out of order or outside the schedule
     */
    public ReverseProcess between(double from, double to) {
        Guess.noisy(schedule, from);
        Guess.noisy(schedule, to);
        Require.positive("from - to", from - to);
        return new ReverseProcess(schedule, denoiser, from, to, steps, even);
    }

    /**
     * Chooses the number of steps.
     *
     * @param count at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public ReverseProcess steps(int count) {
        return new ReverseProcess(schedule, denoiser, from, to, Require.atLeast("steps", count, 1), even);
    }

    /**
     * Spaces the times evenly in the log signal-to-noise ratio: small steps where little noise is left.
     *
     * @return a changed copy
     */
    public ReverseProcess evenInSnr() {
        return new ReverseProcess(schedule, denoiser, from, to, steps, true);
    }

    /**
     * The times.
     *
     * @return falling, length steps + 1; the ends are exact
     * @throws IllegalArgumentException if {@link #evenInSnr} was asked for and no signal is left at the first time
     */
    public double[] times() {
        double[] times = new double[steps + 1];
        for (int k = 0; k <= steps; k++) {
            double share = (double) k / steps;
            times[k] = even
                    ? schedule.timeAt(schedule.logSnr(from) * (1 - share) + schedule.logSnr(to) * share)
                    : from + (to - from) * share;
        }
        times[0] = from;
        times[steps] = to;
        return times;
    }

    /**
     * Draws by the reverse equation.
     *
     * @param start states at the first time, shape [n, d]; usually standard normals
     * @param walk how
     * @param rng the randomness
     * @return states at the last time, shape [n, d]; the same seed gives the same ones on any number of threads
     * @throws IllegalArgumentException if the denoiser gives another shape, or a state overflows
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost steps guesses and n d steps normals
     */
    public Dense sample(Dense start, Walk walk, Rng rng) {
        Dense[] last = new Dense[1];
        walk(start, walk, rng, x -> last[0] = x);
        return last[0];
    }

    /**
     * Draws by the reverse equation and keeps every step.
     *
     * @param start states at the first time, shape [n, d]
     * @param walk how
     * @param rng the randomness
     * @return the states at each of {@link #times()}
     * @throws IllegalArgumentException as {@link #sample}
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost as {@link #sample}, and all states in memory
     */
    public List<Dense> samplePath(Dense start, Walk walk, Rng rng) {
        var path = new ArrayList<Dense>();
        walk(start, walk, rng, path::add);
        return List.copyOf(path);
    }

    /**
     * Moves states along the probability flow.
     *
     * @param start states at the first time, shape [n, d]
     * @param flow how
     * @return states at the last time, shape [n, d]
     * @throws IllegalArgumentException if the denoiser gives another shape, or a state overflows
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost steps guesses, twice that for Heun
     */
    public Dense flow(Dense start, Flow flow) {
        Dense[] last = new Dense[1];
        follow(start, flow, x -> last[0] = x);
        return last[0];
    }

    /**
     * Moves states along the probability flow and keeps every step.
     *
     * @param start states at the first time, shape [n, d]
     * @param flow how
     * @return the states at each of {@link #times()}
     * @throws IllegalArgumentException as {@link #flow}
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost as {@link #flow}, and all states in memory
     */
    public List<Dense> flowPath(Dense start, Flow flow) {
        var path = new ArrayList<Dense>();
        follow(start, flow, path::add);
        return List.copyOf(path);
    }

    private void walk(Dense start, Walk walk, Rng rng, Consumer<Dense> keep) {
        double[] times = times();
        Dense x = start;
        keep.accept(x);
        try (var progress = Progress.over("reverse process", steps)) {
            for (int k = 0; k < steps; k++) {
                x = walk == Walk.EXPONENTIAL
                        ? posterior(times[k], times[k + 1], x, rng)
                        : eulerMaruyama(times[k], times[k + 1], x, rng);
                keep.accept(x);
                progress.tick();
            }
        }
    }

    private Dense eulerMaruyama(double t, double s, Dense x, Rng rng) {
        double g2 = schedule.diffusion(t);
        Dense noise = rng.normal(x.rows(), x.columns());
        Dense slope = slope(t, x, g2);
        return sum(x, 1, slope, s - t, noise, Math.sqrt(g2 * (t - s)));
    }

    /** The law of X_s given X_t = x and X_0 = D(t, x), for s below t. */
    private Dense posterior(double t, double s, Dense x, Rng rng) {
        var step = schedule.transition(s, t);
        double h = Guess.noisy(schedule, t);
        double left = schedule.variance(s) / h;
        Dense noise = rng.normal(x.rows(), x.columns());
        return sum(x, step.scale() * left, Guess.of(denoiser, t, x), schedule.alpha(s) * step.variance() / h,
                noise, Math.sqrt(left * step.variance()));
    }

    private void follow(Dense start, Flow flow, Consumer<Dense> keep) {
        double[] times = times();
        Dense x = start;
        Dense before = start;
        keep.accept(x);
        try (var progress = Progress.over("probability flow", steps)) {
            for (int k = 0; k < steps; k++) {
                double t = times[k];
                double s = times[k + 1];
                switch (flow) {
                    case EULER -> x = sum(x, 1, slope(t, x), s - t);
                    case HEUN -> x = heun(t, s, x);
                    default -> {
                        Dense guess = Guess.of(denoiser, t, x);
                        boolean two = flow == Flow.MULTISTEP && k > 0;
                        x = exponential(t, s, x, two ? ahead(times[k - 1], t, s, before, guess) : guess);
                        before = guess;
                    }
                }
                keep.accept(x);
                progress.tick();
            }
        }
    }

    private Dense heun(double t, double s, Dense x) {
        Dense first = slope(t, x);
        Dense second = slope(s, sum(x, 1, first, s - t));
        return sum(x, 1, sum(first, 0.5, second, 0.5), s - t);
    }

    private Dense exponential(double t, double s, Dense x, Dense guess) {
        double left = Math.sqrt(schedule.variance(s) / Guess.noisy(schedule, t));
        return sum(x, left, guess, schedule.alpha(s) - left * schedule.alpha(t));
    }

    /** The guess in the middle of the step from t to s, along the line through the last two (Lu et al. 2022). */
    private Dense ahead(double earlier, double t, double s, Dense before, Dense guess) {
        double ratio = (schedule.logSnr(s) - schedule.logSnr(t)) / (schedule.logSnr(t) - schedule.logSnr(earlier)) / 2;
        return sum(guess, 1 + ratio, before, -ratio);
    }

    private Dense slope(double t, Dense x) {
        return slope(t, x, schedule.diffusion(t) / 2);
    }

    /** f x - weight s(t, x). */
    private Dense slope(double t, Dense x, double weight) {
        double h = Guess.noisy(schedule, t);
        double drift = Require.finite("drift of the schedule at t = " + t, schedule.drift(t));
        return sum(x, drift + weight / h, Guess.of(denoiser, t, x), -weight * schedule.alpha(t) / h);
    }

    private static Dense sum(Dense x, double a, Dense y, double b) {
        return sum(x, a, y, b, x, 0);
    }

    private static Dense sum(Dense x, double a, Dense y, double b, Dense z, double c) {
        double[] sum = new double[x.data().length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a * x.data()[i] + b * y.data()[i] + c * z.data()[i];
        }
        return Dense.of("states", sum, x.rows(), x.columns());
    }
}
