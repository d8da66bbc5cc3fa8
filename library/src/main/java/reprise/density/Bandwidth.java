package reprise.density;

import reprise.array.Dense;
import reprise.source.Source;

/** A rule that finds the bandwidth of a Gaussian kernel density from its points. */
public sealed interface Bandwidth {
    /**
     * Scott's rule: {@code sigma n^(-1 / (d + 4))}, where sigma^2 is the mean variance of the coordinates.
     *
     * @return the rule; needs two different points
     */
    @Source(text = "Scott, Multivariate Density Estimation, 1992", at = "Section 6.3")
    static Bandwidth scott() {
        return new Scott();
    }

    /**
     * Silverman's rule: Scott's times {@code (4 / (d + 2))^(1 / (d + 4))}, which is the best for Gaussian points when n
     * is large.
     *
     * @return the rule; needs two different points
     */
    @Source(text = "Silverman, Density Estimation for Statistics and Data Analysis, 1986", at = "Eq. 4.14")
    static Bandwidth silverman() {
        return new Silverman();
    }

    /**
     * The bandwidth with the largest leave-one-out likelihood, {@code sum_i log rho_h without i (y_i)}. Prefer it in
     * more than a few dimensions, where the rules of thumb are made for another regime.
     *
     * @return the rule; needs two points, and a likelihood with a maximum: points that all have a duplicate have none
     */
    @Source(text = "Duin, On the choice of smoothing parameters for Parzen estimators, 1976")
    static Bandwidth leaveOneOut() {
        return new LeaveOneOut();
    }

    /**
     * The border below which single points dominate the density of Gaussian points, {@code h_G}, with
     * {@code alpha = log(n) / d}: the root of
     * {@code 2 alpha = mean over k of log(1 + s_k) - s_k / (1 + s_k)^2} with {@code s_k = variance_k / h^2}, where
     * variance_k are the variances along the principal axes. For unit covariance this is
     * {@code 2 alpha = log(1 + h^-2) - h^2 / (1 + h^2)^2}.
     *
     * @return the rule; needs two different points
     */
    @Source(arxiv = "2408.05807")
    static Bandwidth condensation() {
        return new Condensation();
    }

    /**
     * Applies the rule.
     *
     * @param y points, shape [n, d], at least two of them different
     * @return h, above 0, in the units of the points
     * @throws IllegalArgumentException if there are too few points, or none differ
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n d), for condensation O(n d^2 + d^3), for leave-one-out about 30 sums of O(n^2 d)
     */
    double of(Dense y);

    /** Scott's rule of thumb. */
    record Scott() implements Bandwidth {
        @Override
        public double of(Dense y) {
            return Spread.deviation(y) * Math.pow(y.rows(), -1.0 / (y.columns() + 4));
        }
    }

    /** Silverman's rule of thumb. */
    record Silverman() implements Bandwidth {
        @Override
        public double of(Dense y) {
            int d = y.columns();
            return Spread.deviation(y) * Math.pow(4.0 / ((d + 2.0) * y.rows()), 1.0 / (d + 4));
        }
    }

    /** Leave-one-out likelihood. */
    record LeaveOneOut() implements Bandwidth {
        @Override
        public double of(Dense y) {
            return LeaveOneOutSearch.best(y);
        }
    }

    /** The condensation border. */
    record Condensation() implements Bandwidth {
        @Override
        public double of(Dense y) {
            Spread.deviation(y);
            return border(Math.log(y.rows()) / y.columns(), Spread.principalVariances(y));
        }

        /**
         * The border for known variances.
         *
         * @param alpha log(n) / d, above 0
         * @param variances along the principal axes, at least 0, not all 0
         * @return h_G
         * @throws IllegalArgumentException if alpha is not positive
         * @cost O(d), about 60 times
         */
        @Source(arxiv = "2408.05807")
        public static double border(double alpha, double... variances) {
            return Spread.condensation(alpha, variances);
        }
    }
}
