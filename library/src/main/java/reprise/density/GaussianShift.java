package reprise.density;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import reprise.array.Require;
import reprise.optim.CompositionalSgd;
import reprise.optim.RootFinder;
import reprise.parallel.Interrupted;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * The smallest model whose normaliser can be forgotten: exp(-(x - w)^2 / 2) for data from N(R, 1), with noise from
 * N(0, 1). Everything about its likelihood and about noise-contrastive estimation is a formula or a short integral.
 *
 * <pre>{@code
 * var shift = GaussianShift.of(3);
 * double flat = shift.contrastiveCurvature();
 * }</pre>
 *
 * <p>The noise-contrastive loss is the sum, not the mean, of the expected logistic losses over data and noise, in equal
 * numbers, with the logit log p(x; w) - c - log q(x); delta is c minus the true log normaliser.
 *
 * @param shift R, the mean of the data
 */
@Source(arxiv = "2306.07485")
public record GaussianShift(double shift) {
    private static final double STEP = 0.02;
    private static final double REACH = 10;

    /**
     * Checks the shift.
     *
     * @throws IllegalArgumentException if it is not from -20 to 20
     */
    public GaussianShift {
        Require.inside("shift", shift, -20, 20);
    }

    /**
     * Data with a mean.
     *
     * @param shift R, above -20 and below 20
     * @return the problem
     * @throws IllegalArgumentException if it is outside
     */
    public static GaussianShift of(double shift) {
        return new GaussianShift(shift);
    }

    /**
     * The expected negative log-likelihood: a parabola, whatever R.
     *
     * @param w the model's place
     * @return in nats, from the normalised density
     */
    public double likelihood(double w) {
        return 0.5 * (1 + (w - shift) * (w - shift)) + 0.5 * Math.log(2 * Math.PI);
    }

    /**
     * The same as a composition: -E_p log p(x; w) + log E_q [p(x; w) / q(x)], both integrals by quadrature.
     *
     * @param w the model's place
     * @return in nats
     * @cost about 1000 values of the integrand
     */
    public double composition(double w) {
        double outer = integral(x -> normal(x - shift) * (x - w) * (x - w) / 2, Math.min(shift, w), Math.max(shift, w));
        return outer + Math.log(integral(x -> Math.exp(-(x - w) * (x - w) / 2), Math.min(0, w), Math.max(0, w)));
    }

    /**
     * The noise-contrastive loss.
     *
     * @param w the model's place
     * @param delta what c misses the log normaliser by
     * @return in nats; at w = R and delta = 0 at its least
     * @cost about 1000 values of the integrand
     */
    public double contrastive(double w, double delta) {
        return integral(x -> {
            double logit = w * x - w * w / 2 - delta;
            return normal(x - shift) * softplus(-logit) + normal(x) * softplus(logit);
        }, Math.min(0, shift), Math.max(0, shift));
    }

    /**
     * The derivative of {@link #contrastive} in w, with c at the log normaliser.
     *
     * @param w the model's place
     * @return nats per unit of w
     * @cost about 1000 values of the integrand
     */
    public double contrastiveGradient(double w) {
        return integral(x -> {
            double up = sigmoid(w * x - w * w / 2);
            return (x - w) * (normal(x) * up - normal(x - shift) * (1 - up));
        }, Math.min(0, shift), Math.max(0, shift));
    }

    /**
     * The second derivative at the optimum with c fixed: the integral of p q / (p + q) (x - R)^2.
     *
     * @return above 0; falls about as exp(-R^2 / 8) with R
     */
    public double contrastiveCurvature() {
        return overlap(2);
    }

    /**
     * The second derivative at the optimum along the valley of the best c: c learned with w.
     *
     * @return below {@link #contrastiveCurvature}
     */
    public double profileCurvature() {
        double cross = overlap(1);
        return overlap(2) - cross * cross / overlap(0);
    }

    /**
     * How uncertain the estimates of w are: n times the asymptotic variance from n data and n noise points.
     *
     * @return noise-contrastive with c fixed, with c learned, and of the compositional objective,
     *     1 + (1 + R^2) e^(R^2)
     */
    public double[] asymptoticVariances() {
        double h = overlap(2);
        double m = overlap(1);
        return new double[] {(h - 2 * m * m) / (h * h), 1 / profileCurvature(),
            1 + (1 + shift * shift) * Math.exp(shift * shift)};
    }

    /**
     * Steps of exact gradient descent on the likelihood, from w = 0 until |w - R| is at most 0.1.
     *
     * @param eta the rate, above 0 and below 2
     * @return how many
     * @throws IllegalArgumentException if the rate is out of range
     */
    public int likelihoodSteps(double eta) {
        return descend(w -> w - shift, Require.inside("eta", eta, 0, 2));
    }

    /**
     * Steps of exact gradient descent on the noise-contrastive loss with c fixed, as {@link #likelihoodSteps}.
     *
     * @param eta the rate, above 0
     * @return how many, at most 100 000
     * @throws IllegalArgumentException if the rate is not positive
     */
    public int contrastiveSteps(double eta) {
        return descend(this::contrastiveGradient, Require.positive("eta", eta));
    }

    /**
     * Batches for the compositional objective. A batch has as many data as noise points.
     *
     * @param batch of each, at least 1
     * @return F = -log p(x; w) without its normaliser, g = p / q at the noise
     * @throws IllegalArgumentException if the batch is empty
     */
    public CompositionalSgd.Sampler compositional(int batch) {
        Require.atLeast("batch", batch, 1);
        return (w, rng) -> {
            double[] logs = new double[batch];
            double[] noise = new double[batch];
            double outer = 0;
            for (int i = 0; i < batch; i++) {
                outer += (w[0] - shift - rng.normal()) / batch;
                noise[i] = rng.normal();
                logs[i] = w[0] * noise[i] - w[0] * w[0] / 2 + 0.5 * Math.log(2 * Math.PI);
            }
            double top = Arrays.stream(logs).max().getAsDouble();
            double sum = 0;
            double slope = 0;
            for (int i = 0; i < batch; i++) {
                double weight = Math.exp(logs[i] - top);
                sum += weight;
                slope += weight * (noise[i] - w[0]);
            }
            return new CompositionalSgd.Sample(
                    new double[] {outer}, top + Math.log(sum / batch), new double[] {slope / sum});
        };
    }

    /**
     * Batches for the noise-contrastive loss with c at the log normaliser: no inner value.
     *
     * @param batch of data and of noise each, at least 1
     * @return its gradient as F, g = 1
     * @throws IllegalArgumentException if the batch is empty
     */
    public CompositionalSgd.Sampler contrastive(int batch) {
        Require.atLeast("batch", batch, 1);
        return (w, rng) -> {
            double gradient = 0;
            for (int i = 0; i < batch; i++) {
                double x = shift + rng.normal();
                double noise = rng.normal();
                gradient -= (1 - sigmoid(w[0] * x - w[0] * w[0] / 2)) * (x - w[0]) / batch;
                gradient += sigmoid(w[0] * noise - w[0] * w[0] / 2) * (noise - w[0]) / batch;
            }
            return new CompositionalSgd.Sample(new double[] {gradient}, 0, new double[1]);
        };
    }

    /**
     * The w that makes the likelihood of n data least when its normaliser is estimated by n noise points, once.
     *
     * @param n of each, at least 2
     * @param rng the randomness
     * @return the minimiser within 3 of R, or the end of that range where there is none
     * @throws IllegalArgumentException if n is too small
     * @cost about 40 passes over the points
     */
    public double compositionalEstimate(int n, Rng rng) {
        double mean = shift + rng.normal() / Math.sqrt(Require.atLeast("n", n, 2));
        double[] noise = rng.normal(n, 1).data();
        return root(w -> {
            double sum = 0;
            double slope = 0;
            for (double z : noise) {
                double weight = Math.exp(w * z - Math.abs(w) * REACH);
                sum += weight;
                slope += weight * (z - w);
            }
            return w - mean + slope / sum;
        });
    }

    /**
     * The w that makes the noise-contrastive loss of n data and n noise points least, with c at the log normaliser.
     *
     * @param n of each, at least 2
     * @param rng the randomness
     * @return the minimiser within 3 of R, or the end of that range where there is none
     * @throws IllegalArgumentException if n is too small
     * @cost about 40 passes over the points
     */
    public double contrastiveEstimate(int n, Rng rng) {
        double[] data = rng.normal(Require.atLeast("n", n, 2), 1).data();
        double[] noise = rng.normal(n, 1).data();
        return root(w -> {
            double slope = 0;
            for (int i = 0; i < data.length; i++) {
                double x = shift + data[i];
                slope += sigmoid(w * noise[i] - w * w / 2) * (noise[i] - w);
                slope -= (1 - sigmoid(w * x - w * w / 2)) * (x - w);
            }
            return slope / data.length;
        });
    }

    private double root(DoubleUnaryOperator slope) {
        double low = shift - 3;
        double high = shift + 3;
        if (slope.applyAsDouble(low) >= 0) {
            return low;
        }
        return slope.applyAsDouble(high) <= 0
                ? high
                : RootFinder.between(slope, low, high).tolerance(1e-9).find().x();
    }

    /**
     * A run from w = 0.
     *
     * @param entry the first step at which |w - R| is at most 0.1; the number of steps if there is none
     * @param bias mean of w - R over the second half of the steps
     * @param rms root mean square of w - R over the second half
     */
    public record Run(int entry, double bias, double rms) {}

    /**
     * Runs from w = 0.
     *
     * @param method rate and averages
     * @param sampler {@link #compositional} or {@link #contrastive(int)}
     * @param steps how many, at least 2
     * @param rng the randomness
     * @return when it arrived and how it stays
     * @throws IllegalArgumentException if there are too few steps
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost about 30 ns for each step and point
     */
    public Run run(CompositionalSgd method, CompositionalSgd.Sampler sampler, int steps, Rng rng) {
        Require.atLeast("steps", steps, 2);
        var state = method.start(0);
        int entry = steps;
        double sum = 0;
        double squares = 0;
        int late = steps - steps / 2;
        for (int k = 1; k <= steps; k++) {
            Interrupted.check();
            state = method.step(state, sampler.at(state.w(), rng));
            double miss = state.w()[0] - shift;
            if (entry == steps && Math.abs(miss) <= 0.1) {
                entry = k;
            }
            if (k > steps / 2) {
                sum += miss / late;
                squares += miss * miss / late;
            }
        }
        return new Run(entry, sum, Math.sqrt(squares));
    }

    private int descend(DoubleUnaryOperator gradient, double eta) {
        double w = 0;
        int steps = 0;
        while (Math.abs(w - shift) > 0.1 && steps < 100_000) {
            w -= eta * gradient.applyAsDouble(w);
            steps++;
        }
        return steps;
    }

    private double overlap(int power) {
        return integral(x -> normal(x - shift) * sigmoid(shift * shift / 2 - shift * x)
                * Math.pow(x - shift, power), Math.min(0, shift), Math.max(0, shift));
    }

    /** The trapezoid rule, exact to rounding for these analytic functions: their poles are 0.15 off the line or more. */
    private static double integral(DoubleUnaryOperator f, double low, double high) {
        int n = (int) Math.ceil((high - low + 2 * REACH) / STEP);
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            sum += f.applyAsDouble(low - REACH + i * STEP);
        }
        return sum * STEP;
    }

    private static double normal(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    private static double sigmoid(double t) {
        return 1 / (1 + Math.exp(-t));
    }

    private static double softplus(double t) {
        return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
    }
}
