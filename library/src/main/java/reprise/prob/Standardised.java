package reprise.prob;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.random.Rng;

/** Points with mean 0 and variance 1 in each coordinate, so that squares cancel no digits; and the way back. */
record Standardised(Dense x, double[] mean, double[] sd) {
    static Standardised of(Dense points) {
        int n = points.rows();
        int d = points.columns();
        double[] mean = new double[d];
        double[] sd = new double[d];
        double[] x = points.data().clone();
        for (int c = 0; c < d; c++) {
            double[] column = new double[n];
            int at = c;
            Arrays.setAll(column, i -> points.data()[i * d + at]);
            var moments = Moments.of(column);
            mean[c] = moments.mean();
            sd[c] = Math.sqrt(moments.m2() / n);
            if (!(sd[c] > 1e-14 * Math.abs(mean[c]))) {
                throw new IllegalArgumentException(
                        "x must vary in each coordinate, or no covariance is regular; coordinate " + c
                                + " was always " + column[0]);
            }
            for (int i = 0; i < n; i++) {
                x[i * d + c] = (x[i * d + c] - mean[c]) / sd[c];
            }
        }
        return new Standardised(Dense.of("x", x, n, d), mean, sd);
    }

    /** What a log density loses when the coordinates get their scale back. */
    double logScale() {
        return Arrays.stream(sd).map(Math::log).sum();
    }

    /** Points drawn with probability proportional to the squared distance from those drawn before (k-means++). */
    double[][] spreadOut(int count, Rng rng) {
        int n = x.rows();
        int d = x.columns();
        double[][] centres = new double[count][];
        double[] nearest = new double[n];
        Arrays.fill(nearest, 1);
        for (int k = 0; k < count; k++) {
            double sum = Arrays.stream(nearest).sum();
            int i = sum > 0 ? rng.categorical(nearest) : rng.integer(n);
            centres[k] = Arrays.copyOfRange(x.data(), i * d, (i + 1) * d);
            for (int j = 0; j < n; j++) {
                double square = 0;
                for (int c = 0; c < d; c++) {
                    double step = x.data()[j * d + c] - centres[k][c];
                    square += step * step;
                }
                nearest[j] = k == 0 ? square : Math.min(nearest[j], square);
            }
        }
        return centres;
    }

    /** A component in the units of the data. */
    Normal back(double[] centre, double[] covariance, boolean diagonal) {
        int d = centre.length;
        double[] shifted = new double[d];
        Arrays.setAll(shifted, c -> mean[c] + sd[c] * centre[c]);
        if (diagonal) {
            double[] variances = new double[d];
            Arrays.setAll(variances, c -> sd[c] * sd[c] * covariance[c * d + c]);
            return Normal.diagonal(shifted, variances);
        }
        double[] scaled = new double[d * d];
        Arrays.setAll(scaled, i -> sd[i / d] * sd[i % d] * covariance[i]);
        return Normal.of(shifted, Dense.of("covariance", scaled, d, d));
    }
}
