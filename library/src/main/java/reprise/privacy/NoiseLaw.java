package reprise.privacy;

import reprise.prob.SpecialFunctions;
import reprise.random.Rng;

/** The shape of noise around 0. */
public enum NoiseLaw {
    /** Density exp(-|x| / scale) / (2 scale); its standard deviation is sqrt(2) times the scale. */
    LAPLACE {
        @Override
        double draw(double scale, Rng rng) {
            return scale == 0 ? 0 : rng.laplace(scale);
        }

        @Override
        double unitCdf(double x) {
            return x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2;
        }
    },
    /** Normal; the scale is the standard deviation. */
    GAUSSIAN {
        @Override
        double draw(double scale, Rng rng) {
            return scale == 0 ? 0 : scale * rng.normal();
        }

        @Override
        double unitCdf(double x) {
            return SpecialFunctions.normalCdf(x);
        }
    };

    /** A draw; a scale of 0 gives 0 and draws nothing. */
    abstract double draw(double scale, Rng rng);

    /** The distribution function at scale 1. */
    abstract double unitCdf(double x);
}
