package reprise.prob;

import java.util.function.DoubleUnaryOperator;
import reprise.optim.RootFinder;
import reprise.random.Rng;

/** The distributions that {@link Distribution} offers. */
final class Univariate {
    private Univariate() {}

    record Gaussian(double mean, double sd) implements Distribution {
        @Override
        public double logDensity(double x) {
            double z = (x - mean) / sd;
            return -z * z / 2 - Math.log(sd) - Math.log(2 * Math.PI) / 2;
        }

        @Override
        public double cdf(double x) {
            return SpecialFunctions.normalCdf((x - mean) / sd);
        }

        @Override
        public double quantile(double p) {
            return mean + sd * SpecialFunctions.normalQuantile(p);
        }

        @Override
        public double variance() {
            return sd * sd;
        }

        @Override
        public double sample(Rng rng) {
            return mean + sd * rng.normal();
        }
    }

    record Flat(double low, double high) implements Distribution {
        @Override
        public double logDensity(double x) {
            return Double.isNaN(x) ? x : x >= low && x <= high ? -Math.log(high - low) : Double.NEGATIVE_INFINITY;
        }

        @Override
        public double cdf(double x) {
            return Math.max(0, Math.min(1, (x - low) / (high - low)));
        }

        @Override
        public double quantile(double p) {
            return low + SpecialFunctions.unit("p", p) * (high - low);
        }

        @Override
        public double mean() {
            return low + (high - low) / 2;
        }

        @Override
        public double variance() {
            return (high - low) * (high - low) / 12;
        }

        @Override
        public double sample(Rng rng) {
            return rng.uniform(low, high);
        }
    }

    record Waiting(double rate) implements Distribution {
        @Override
        public double logDensity(double x) {
            return x < 0 ? Double.NEGATIVE_INFINITY : Math.log(rate) - rate * x;
        }

        @Override
        public double cdf(double x) {
            return x <= 0 ? 0 : -Math.expm1(-rate * x);
        }

        @Override
        public double quantile(double p) {
            return -Math.log1p(-SpecialFunctions.unit("p", p)) / rate;
        }

        @Override
        public double mean() {
            return 1 / rate;
        }

        @Override
        public double variance() {
            return 1 / (rate * rate);
        }

        @Override
        public double sample(Rng rng) {
            return rng.exponential() / rate;
        }
    }

    record TwoSided(double mean, double scale) implements Distribution {
        @Override
        public double logDensity(double x) {
            return -Math.abs(x - mean) / scale - Math.log(2 * scale);
        }

        @Override
        public double cdf(double x) {
            double half = Math.exp(-Math.abs(x - mean) / scale) / 2;
            return x < mean ? half : 1 - half;
        }

        @Override
        public double quantile(double p) {
            SpecialFunctions.unit("p", p);
            return p < 0.5 ? mean + scale * Math.log(2 * p) : mean - scale * Math.log(2 * (1 - p));
        }

        @Override
        public double variance() {
            return 2 * scale * scale;
        }

        @Override
        public double sample(Rng rng) {
            return mean + rng.laplace(scale);
        }
    }

    record GammaShaped(double shape, double rate) implements Distribution {
        @Override
        public double logDensity(double x) {
            if (x < 0) {
                return Double.NEGATIVE_INFINITY;
            }
            double log = shape == 1 ? 0 : (shape - 1) * Math.log(rate * x);
            return log - rate * x + Math.log(rate) - SpecialFunctions.logGamma(shape);
        }

        @Override
        public double cdf(double x) {
            return x <= 0 ? 0 : SpecialFunctions.gammaP(shape, rate * x);
        }

        @Override
        public double quantile(double p) {
            double below = cdf(mean());
            return SpecialFunctions.unit("p", p) <= below
                    ? logSolved(p, x -> SpecialFunctions.gammaP(shape, x)) / rate
                    : logSolved(1 - p, x -> SpecialFunctions.gammaQ(shape, x)) / rate;
        }

        @Override
        public double mean() {
            return shape / rate;
        }

        @Override
        public double variance() {
            return shape / (rate * rate);
        }

        @Override
        public double sample(Rng rng) {
            return rng.gamma(shape) / rate;
        }

        private double logSolved(double p, DoubleUnaryOperator tail) {
            if (p == 0) {
                return tail.applyAsDouble(0) == 0 ? 0 : Double.POSITIVE_INFINITY;
            }
            return Univariate.logSolved(p, tail, shape);
        }
    }

    record BetaShaped(double a, double b) implements Distribution {
        @Override
        public double logDensity(double x) {
            if (x < 0 || x > 1) {
                return Double.NEGATIVE_INFINITY;
            }
            double logs = (a == 1 ? 0 : (a - 1) * Math.log(x)) + (b == 1 ? 0 : (b - 1) * Math.log1p(-x));
            return logs + SpecialFunctions.logGamma(a + b) - SpecialFunctions.logGamma(a)
                    - SpecialFunctions.logGamma(b);
        }

        @Override
        public double cdf(double x) {
            return x <= 0 ? 0 : x >= 1 ? 1 : SpecialFunctions.betaI(x, a, b);
        }

        @Override
        public double quantile(double p) {
            SpecialFunctions.unit("p", p);
            if (p == 0 || p == 1) {
                return p;
            }
            return p <= cdf(mean())
                    ? logSolved(p, x -> SpecialFunctions.betaI(Math.min(1, x), a, b), mean())
                    : 1 - logSolved(1 - p, x -> SpecialFunctions.betaI(Math.min(1, x), b, a), 1 - mean());
        }

        @Override
        public double mean() {
            return a / (a + b);
        }

        @Override
        public double variance() {
            return a * b / ((a + b) * (a + b) * (a + b + 1));
        }

        @Override
        public double sample(Rng rng) {
            return rng.beta(a, b);
        }
    }

    record Student(double df) implements Distribution {
        @Override
        public double logDensity(double x) {
            return SpecialFunctions.logGamma((df + 1) / 2) - SpecialFunctions.logGamma(df / 2)
                    - Math.log(df * Math.PI) / 2 - (df + 1) / 2 * Math.log1p(x * x / df);
        }

        @Override
        public double cdf(double x) {
            return x < 0 ? tail(-x) : 1 - tail(x);
        }

        /** The probability of values above x, for x at least 0. */
        private double tail(double x) {
            return SpecialFunctions.betaI(df / (df + x * x), df / 2, 0.5) / 2;
        }

        @Override
        public double quantile(double p) {
            SpecialFunctions.unit("p", p);
            double outside = Math.min(p, 1 - p);
            if (outside == 0.5) {
                return 0;
            }
            double x = outside == 0 ? Double.POSITIVE_INFINITY : logSolved(outside, this::tail, 1);
            return p < 0.5 ? -x : x;
        }

        @Override
        public double mean() {
            return df > 1 ? 0 : Double.NaN;
        }

        @Override
        public double variance() {
            return df > 2 ? df / (df - 2) : df > 1 ? Double.POSITIVE_INFINITY : Double.NaN;
        }

        @Override
        public double sample(Rng rng) {
            return rng.normal() / Math.sqrt(rng.chiSquare(df) / df);
        }
    }

    /** The positive x at which a tail has a probability, sought in the logarithm of x from a first guess. */
    static double logSolved(double p, DoubleUnaryOperator tail, double guess) {
        return Math.exp(RootFinder.around(s -> tail.applyAsDouble(Math.exp(s)) - p, Math.log(guess), 1).find().x());
    }
}
