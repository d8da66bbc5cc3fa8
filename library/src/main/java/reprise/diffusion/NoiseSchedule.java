package reprise.diffusion;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * How data turn into noise: X_t = alpha_t X_0 + sqrt(h_t) Z with a standard normal Z. The same law belongs to the
 * linear equation dX = f_t X dt + g_t dW with f = (log alpha)' and g^2 = h' - 2 f h.
 *
 * <pre>{@code
 * NoiseSchedule noise = NoiseSchedule.ornsteinUhlenbeck(1);
 * Dense noisy = noise.diffuse(data, 0.5, Rng.of(1));
 * double t = noise.timeAt(0);
 * }</pre>
 *
 * <p>Immutable.
 */
@Source(text = "Song et al., Score-based generative modeling through stochastic differential equations, 2021",
        at = "Section 3")
public sealed interface NoiseSchedule {
    /**
     * The Ornstein-Uhlenbeck process dX = -rate X / 2 dt + sqrt(rate) dW: alpha = exp(-rate t / 2), h = 1 - alpha^2,
     * for all t from 0.
     *
     * @param rate above 0
     * @return the schedule
     * @throws IllegalArgumentException if the rate is not positive
     */
    static NoiseSchedule ornsteinUhlenbeck(double rate) {
        return new OrnsteinUhlenbeck(rate);
    }

    /**
     * The variance preserving process whose rate grows linearly, beta_t = first + (last - first) t for t from 0 to 1:
     * alpha = exp(-(first t + (last - first) t^2 / 2) / 2), h = 1 - alpha^2.
     *
     * @param first the rate at time 0, above 0; 0.1 in most papers
     * @param last the rate at time 1, at least {@code first}; 20 in most papers
     * @return the schedule
     * @throws IllegalArgumentException if the rates are not positive or fall
     */
    static NoiseSchedule linear(double first, double last) {
        return new Linear(first, last);
    }

    /**
     * The variance preserving process with alpha = cos(pi t / 2) and sqrt(h) = sin(pi t / 2) for t from 0 to 1. Its
     * rate is infinite at 1.
     *
     * @return the schedule
     */
    static NoiseSchedule cosine() {
        return new Cosine();
    }

    /**
     * The straight path of flow matching, alpha = 1 - t and sqrt(h) = t for t from 0 to 1. Its rate is infinite at 1.
     *
     * @return the schedule
     */
    static NoiseSchedule straight() {
        return new Straight();
    }

    /**
     * What is left of the data.
     *
     * @param t from 0 to {@link #last()}
     * @return alpha_t, from 1 at time 0
     * @throws IllegalArgumentException if t is outside
     */
    double alpha(double t);

    /**
     * The variance of the noise.
     *
     * @param t from 0 to {@link #last()}
     * @return h_t, from 0 at time 0
     * @throws IllegalArgumentException if t is outside
     */
    double variance(double t);

    /**
     * The rate at which the data shrink.
     *
     * @param t from 0 to {@link #last()}
     * @return f_t, the derivative of log alpha; minus infinity where alpha is 0
     * @throws IllegalArgumentException if t is outside
     */
    double drift(double t);

    /**
     * The rate at which noise comes in.
     *
     * @param t from 0 to {@link #last()}
     * @return g_t^2; infinity where alpha is 0
     * @throws IllegalArgumentException if t is outside
     */
    double diffusion(double t);

    /**
     * The last time.
     *
     * @return 1, or infinity
     */
    double last();

    /**
     * Finds the time of a signal-to-noise ratio, the inverse of {@link #logSnr}.
     *
     * @param logSnr log(alpha / sqrt(h)), finite
     * @return the time; for the linear schedule it may lie beyond 1
     * @throws IllegalArgumentException if it is not finite
     */
    double timeAt(double logSnr);

    /**
     * The logarithm of the signal-to-noise ratio, log(alpha_t / sqrt(h_t)).
     *
     * @param t from 0 to {@link #last()}
     * @return falls with t, from infinity
     * @throws IllegalArgumentException if t is outside
     */
    default double logSnr(double t) {
        return Math.log(alpha(t)) - Math.log(variance(t)) / 2;
    }

    /**
     * The law of X_t given X_s: N(scale X_s, variance I).
     *
     * @param s from 0 to t, where alpha is above 0
     * @param t from s to {@link #last()}
     * @return scale and variance
     * @throws IllegalArgumentException if the times are out of order or outside
     */
    default Transition transition(double s, double t) {
        Require.nonNegative("t - s", t - s);
        double scale = alpha(t) / Require.positive("alpha at s = " + s, alpha(s));
        return new Transition(scale, Math.max(0, variance(t) - scale * scale * variance(s)));
    }

    /**
     * Adds noise.
     *
     * @param clean X_0, shape [n, d]
     * @param t from 0 to {@link #last()}
     * @param rng the randomness
     * @return a draw of X_t for each row, shape [n, d]
     * @throws IllegalArgumentException if t is outside
     * @cost n d normals
     */
    default Dense diffuse(Dense clean, double t, Rng rng) {
        double[] noisy = rng.normal(clean.rows(), clean.columns()).data();
        double alpha = alpha(t);
        double spread = Math.sqrt(variance(t));
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = alpha * clean.data()[i] + spread * noisy[i];
        }
        return Dense.of("noisy", noisy, clean.rows(), clean.columns());
    }

    /**
     * The normal law of a later state given an earlier one.
     *
     * @param scale what is left of the earlier state
     * @param variance of the noise that came in, at least 0
     */
    record Transition(double scale, double variance) {}

    /**
     * See {@link NoiseSchedule#ornsteinUhlenbeck}.
     *
     * @param rate above 0
     */
    record OrnsteinUhlenbeck(double rate) implements NoiseSchedule {
        /**
         * Checks the rate.
         *
         * @param rate above 0
         * @throws IllegalArgumentException if it is not positive
         */
        public OrnsteinUhlenbeck {
            Require.positive("rate", rate);
        }

        @Override
        public double alpha(double t) {
            return Math.exp(-rate * Require.nonNegative("t", t) / 2);
        }

        @Override
        public double variance(double t) {
            return -Math.expm1(-rate * Require.nonNegative("t", t));
        }

        @Override
        public double drift(double t) {
            Require.nonNegative("t", t);
            return -rate / 2;
        }

        @Override
        public double diffusion(double t) {
            Require.nonNegative("t", t);
            return rate;
        }

        @Override
        public double last() {
            return Double.POSITIVE_INFINITY;
        }

        @Override
        public double timeAt(double logSnr) {
            return total(logSnr) / rate;
        }

        /** The integral of the rate of a variance preserving process up to a signal-to-noise ratio. */
        private static double total(double logSnr) {
            Require.finite("logSnr", logSnr);
            // log(1 + e^(-2 l)) without overflow.
            return logSnr < 0 ? -2 * logSnr + Math.log1p(Math.exp(2 * logSnr)) : Math.log1p(Math.exp(-2 * logSnr));
        }
    }

    /**
     * See {@link NoiseSchedule#linear}.
     *
     * @param first the rate at time 0
     * @param finalRate the rate at time 1
     */
    record Linear(double first, double finalRate) implements NoiseSchedule {
        /**
         * Checks the rates.
         *
         * @param first above 0
         * @param finalRate at least first
         * @throws IllegalArgumentException if they are not positive or fall
         */
        public Linear {
            Require.positive("first rate", first);
            Require.nonNegative("last rate - first rate", finalRate - first);
        }

        @Override
        public double alpha(double t) {
            return Math.exp(-total(t) / 2);
        }

        @Override
        public double variance(double t) {
            return -Math.expm1(-total(t));
        }

        @Override
        public double drift(double t) {
            return -diffusion(t) / 2;
        }

        @Override
        public double diffusion(double t) {
            return first + (finalRate - first) * unit(t);
        }

        @Override
        public double last() {
            return 1;
        }

        @Override
        public double timeAt(double logSnr) {
            double total = OrnsteinUhlenbeck.total(logSnr);
            return 2 * total / (first + Math.sqrt(first * first + 2 * (finalRate - first) * total));
        }

        private double total(double t) {
            return (first + (finalRate - first) * unit(t) / 2) * t;
        }
    }

    /** See {@link NoiseSchedule#cosine}. */
    record Cosine() implements NoiseSchedule {
        @Override
        public double alpha(double t) {
            // The sine of the rest, so that it is exactly 0 at 1.
            return Math.sin(Math.PI / 2 * (1 - unit(t)));
        }

        @Override
        public double variance(double t) {
            double sine = Math.sin(Math.PI / 2 * unit(t));
            return sine * sine;
        }

        @Override
        public double drift(double t) {
            return -diffusion(t) / 2;
        }

        @Override
        public double diffusion(double t) {
            return Math.PI * Math.sqrt(variance(t)) / alpha(t);
        }

        @Override
        public double last() {
            return 1;
        }

        @Override
        public double timeAt(double logSnr) {
            return 2 / Math.PI * Math.atan(Math.exp(-Require.finite("logSnr", logSnr)));
        }
    }

    /** See {@link NoiseSchedule#straight}. */
    record Straight() implements NoiseSchedule {
        @Override
        public double alpha(double t) {
            return 1 - unit(t);
        }

        @Override
        public double variance(double t) {
            return unit(t) * t;
        }

        @Override
        public double drift(double t) {
            return -1 / (1 - unit(t));
        }

        @Override
        public double diffusion(double t) {
            return 2 * t / (1 - unit(t));
        }

        @Override
        public double last() {
            return 1;
        }

        @Override
        public double timeAt(double logSnr) {
            return 1 / (1 + Math.exp(Require.finite("logSnr", logSnr)));
        }
    }

    private static double unit(double t) {
        if (!(t >= 0 && t <= 1)) {
            throw new IllegalArgumentException("t must be >= 0 and <= 1, was " + t);
        }
        return t;
    }
}
