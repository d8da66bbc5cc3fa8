package reprise.diffusion;

import reprise.array.Dense;
import reprise.array.Require;

/** What is asked of every denoiser's answer and of every time. */
final class Guess {
    private Guess() {}

    static Dense of(Denoiser denoiser, double t, Dense x) {
        Dense guess = denoiser.at(t, x);
        Require.shape("guess of the denoiser", new int[] {guess.rows(), guess.columns()}, x.rows(), x.columns());
        return guess;
    }

    /** A time for each state, each with noise, and the right number of coordinates. */
    static void check(ExactDiffusion law, double[] t, Dense x) {
        Require.shape("x", new int[] {x.rows(), x.columns()}, t.length, law.dimension());
        for (double time : t) {
            noisy(law.schedule(), time);
        }
    }

    /** The variance at the time of all states, which have the right number of coordinates. */
    static double check(ExactDiffusion law, double t, Dense x) {
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), law.dimension());
        return noisy(law.schedule(), t);
    }

    /** The variance of the noise, which must not be 0. */
    static double noisy(NoiseSchedule schedule, double t) {
        return Require.positive("variance of the noise at t = " + t, schedule.variance(t));
    }
}
