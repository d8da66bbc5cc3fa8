package reprise.random;

import java.util.random.RandomGenerator;
import reprise.source.Source;

/** The gamma family, and Poisson, which the noncentral chi-square with few degrees of freedom needs. */
final class Gammas {
    private Gammas() {}

    @Source(text = "Marsaglia and Tsang, A simple method for generating gamma variables, 2000", at = "Section 5")
    static double gamma(RandomGenerator stream, double shape) {
        return shape >= 1 ? marsagliaTsang(stream, shape) : Math.exp(logGamma(stream, shape));
    }

    /** The logarithm, which stays finite for shapes whose draws underflow. */
    private static double logGamma(RandomGenerator stream, double shape) {
        return shape >= 1
                ? Math.log(marsagliaTsang(stream, shape))
                : Math.log(marsagliaTsang(stream, shape + 1)) - stream.nextExponential() / shape;
    }

    private static double marsagliaTsang(RandomGenerator stream, double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = stream.nextGaussian();
            double t = 1 + c * x;
            if (t <= 0) {
                continue;
            }
            double v = t * t * t;
            double squared = x * x;
            double u = stream.nextDouble();
            if (u < 1 - 0.0331 * squared * squared
                    || Math.log(u) < 0.5 * squared + d * (1 - v + Math.log(v))) {
                return d * v;
            }
        }
    }

    static double beta(RandomGenerator stream, double a, double b) {
        if (a >= 1 && b >= 1) {
            double x = marsagliaTsang(stream, a);
            return x / (x + marsagliaTsang(stream, b));
        }
        // Small shapes in logarithms: both gammas may underflow, their ratio does not.
        double difference = logGamma(stream, b) - logGamma(stream, a);
        return 1 / (1 + Math.exp(difference));
    }

    static double noncentral(RandomGenerator stream, double df, double noncentrality) {
        if (df >= 1) {
            double shifted = stream.nextGaussian() + Math.sqrt(noncentrality);
            return shifted * shifted + (df > 1 ? 2 * gamma(stream, (df - 1) / 2) : 0);
        }
        return 2 * gamma(stream, df / 2 + poisson(stream, noncentrality / 2));
    }

    @Source(text = "Hoermann, The transformed rejection method for generating Poisson variables, 1993", at = "PTRS")
    static int poisson(RandomGenerator stream, double mean) {
        if (mean < 10) {
            double limit = Math.exp(-mean);
            int count = 0;
            for (double product = stream.nextDouble(); product > limit; product *= stream.nextDouble()) {
                count++;
            }
            return count;
        }
        double logMean = Math.log(mean);
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double vr = 0.9277 - 3.6224 / (b - 2);
        while (true) {
            double u = stream.nextDouble() - 0.5;
            double v = 1 - stream.nextDouble();
            double us = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / us + b) * u + mean + 0.43);
            if (us >= 0.07 && v <= vr) {
                return (int) k;
            }
            if (k < 0 || us < 0.013 && v > us) {
                continue;
            }
            if (Math.log(v) + Math.log(inverseAlpha) - Math.log(a / (us * us) + b)
                    <= k * logMean - mean - logFactorial(k)) {
                return (int) k;
            }
        }
    }

    /** Stirling's series with three terms; relative error below 1e-13 from 10 on, a table below. */
    private static double logFactorial(double k) {
        if (k < 10) {
            double product = 1;
            for (int i = 2; i <= k; i++) {
                product *= i;
            }
            return Math.log(product);
        }
        double z = k + 1;
        double r = 1 / (z * z);
        double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r / 1680))) / z;
        return (z - 0.5) * Math.log(z) - z + 0.9189385332046727 + series;
    }
}
