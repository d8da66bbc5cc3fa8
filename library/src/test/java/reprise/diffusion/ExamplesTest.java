package reprise.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reprise.array.Dense;
import reprise.array.Grid;
import reprise.random.Rng;

/** The examples of the package's Javadoc, compiled and run. */
class ExamplesTest {
    private final Dense data = Rng.of(5).normal(20, 2);

    @Test
    void noiseSchedule() {
        NoiseSchedule noise = NoiseSchedule.ornsteinUhlenbeck(1);
        Dense noisy = noise.diffuse(data, 0.5, Rng.of(1));
        double t = noise.timeAt(0);
        assertEquals(Math.log(2), t, 1e-15);
        assertEquals(20, noisy.rows());
    }

    @Test
    void denoiser() {
        Dense x = data;
        NoiseSchedule noise = NoiseSchedule.ornsteinUhlenbeck(1);
        Denoiser shrink = (t, x1) -> Dense.of(
                "guess", Grid.map(x1.data(), v -> noise.alpha(t) * v), x1.rows(), x1.columns());
        Dense score = shrink.score(noise, 0.5, x);
        // For standard normal data this guess is exact, and the score is -x at all times.
        assertEquals(-x.data()[3], score.data()[3], 1e-14);
    }

    @Test
    void exactDiffusion() {
        NoiseSchedule noise = NoiseSchedule.ornsteinUhlenbeck(1);
        ExactDiffusion square = ExactDiffusion.ofBox(noise, new double[] {-1, -1}, new double[] {1, 1});
        Dense noisy = noise.diffuse(square.sample(500, Rng.of(1)), 0.3, Rng.of(2));
        Dense score = square.score(0.3, noisy);
        double[] logp = square.logDensity(0.3, noisy);
        assertEquals(score.rows(), logp.length);
    }

    @Test
    void reverseProcess() {
        NoiseSchedule noise = NoiseSchedule.ornsteinUhlenbeck(1);
        ExactDiffusion square = ExactDiffusion.ofBox(noise, new double[] {-1, -1}, new double[] {1, 1});
        ReverseProcess back = ReverseProcess.of(noise, square).between(3, 0.01).steps(100).evenInSnr();
        Dense start = Rng.of(1).normal(500, 2);
        Dense drawn = back.sample(start, ReverseProcess.Walk.EXPONENTIAL, Rng.of(2));
        Dense moved = back.flow(start, ReverseProcess.Flow.HEUN);
        for (Dense end : new Dense[] {drawn, moved}) {
            for (double v : end.data()) {
                // The noise that is left has the standard deviation 0.1.
                assertTrue(Math.abs(v) < 1.6, "at " + v);
            }
        }
    }
}
