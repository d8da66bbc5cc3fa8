package reprise.dynamics;

import java.util.Arrays;

/** Gavish and Donoho's threshold for singular values of a matrix with white noise of unknown strength. */
final class HardThreshold {
    private HardThreshold() {}

    static double of(int rows, int columns, double[] singularValues) {
        double[] sorted = singularValues.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        return omega((double) Math.min(rows, columns) / Math.max(rows, columns)) * median;
    }

    /** lambda(beta) / sqrt(median of the law of Marchenko and Pastur), their equations 4 and 5. */
    static double omega(double beta) {
        double lambda = Math.sqrt(
                2 * (beta + 1) + 8 * beta / (beta + 1 + Math.sqrt(beta * beta + 14 * beta + 1)));
        return lambda / Math.sqrt(median(beta));
    }

    /** By bisection; with t = low + (high - low) sin^2(a) the density has no singular ends but 1 / t. */
    static double median(double beta) {
        double from = 0;
        double to = Math.PI / 2;
        while (true) {
            double middle = (from + to) / 2;
            if (middle <= from || middle >= to) {
                return place(beta, middle);
            }
            if (mass(beta, middle) < 0.5) {
                from = middle;
            } else {
                to = middle;
            }
        }
    }

    private static double place(double beta, double angle) {
        double low = Math.pow(1 - Math.sqrt(beta), 2);
        double high = Math.pow(1 + Math.sqrt(beta), 2);
        return low + (high - low) * Math.pow(Math.sin(angle), 2);
    }

    /** The law's mass up to an angle, by Simpson's rule on 2 000 parts. */
    private static double mass(double beta, double angle) {
        int parts = 2_000;
        double h = angle / parts;
        double sum = 0;
        for (int i = 0; i <= parts; i++) {
            sum += (i == 0 || i == parts ? 1 : i % 2 == 1 ? 4 : 2) * density(beta, i * h);
        }
        return sum * h / 3;
    }

    private static double density(double beta, double angle) {
        double width = 4 * Math.sqrt(beta);
        double s = Math.sin(angle);
        double c = Math.cos(angle);
        double t = place(beta, angle);
        // sqrt((high - t)(t - low)) = width s c, dt = 2 width s c; for beta = 1 both ends of 0/0 are known.
        double over = t == 0 ? width : width * width * s * s / t;
        return over * c * c / (Math.PI * beta);
    }
}
