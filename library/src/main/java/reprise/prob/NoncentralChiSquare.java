package reprise.prob;

import reprise.random.Rng;

/** Chi-square laws of df + 2 j degrees with Poisson weights of mean noncentrality / 2 on j. */
record NoncentralChiSquare(double df, double noncentrality) implements Distribution {
    private static final double NEGLIGIBLE = 1e-20;
    private static final double FAR = 1e6;

    @Override
    public double logDensity(double x) {
        if (!(x > 0)) {
            // At 0 only the first law counts.
            return x == 0 ? Distribution.chiSquare(df).logDensity(0) - noncentrality / 2
                    : x < 0 ? Double.NEGATIVE_INFINITY : x;
        }
        if (x == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double bessel = Math.sqrt(noncentrality * x);
        double order = df / 2 - 1;
        if (bessel > FAR * (1 + order * order)) {
            // The sum is a Bessel function I, DLMF 10.40.1; the first term left out is below 1e-18.
            double first = (4 * order * order - 1) / (8 * bessel);
            double second = first * (4 * order * order - 9) / (16 * bessel);
            return -(Math.sqrt(x) - Math.sqrt(noncentrality)) * (Math.sqrt(x) - Math.sqrt(noncentrality)) / 2
                    + order / 2 * Math.log(x / noncentrality) - Math.log(8 * Math.PI * bessel) / 2
                    + Math.log1p(second - first);
        }
        long peak = peak(x);
        double top = logTerm(peak, x);
        double sum = 0;
        for (long j = lowest(x);; j++) {
            double term = Math.exp(logTerm(j, x) - top);
            sum += term;
            if (j > peak && term < NEGLIGIBLE * sum) {
                return top + Math.log(sum);
            }
        }
    }

    private double logTerm(long j, double x) {
        return GammaTerm.log(j, noncentrality / 2) + GammaTerm.log(df / 2 + j - 1, x / 2) - Math.log(2);
    }

    /** Where neighbouring terms of the density are equal: (j + 1) (df / 2 + j) = noncentrality x / 4. */
    private long peak(double x) {
        double b = df / 2;
        double product = noncentrality * x / 4;
        return (long) Math.max(0, Math.ceil((Math.sqrt((b - 1) * (b - 1) + 4 * product) - b - 1) / 2));
    }

    /** Below this, terms of the density do not count; they rise up to the peak and fall after it. */
    private long lowest(double x) {
        long peak = peak(x);
        double least = logTerm(peak, x) + Math.log(NEGLIGIBLE);
        long low = 0;
        long high = peak;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (logTerm(middle, x) < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public double cdf(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        return x <= 0 ? 0 : below(x);
    }

    /** P(a + 1, y) = P(a, y) - y^a exp(-y) / Gamma(a + 1), DLMF 8.8.5, summed by parts: nothing is subtracted. */
    private double below(double x) {
        if (x > mean()) {
            return 1 - above(x);
        }
        long peak = peak(x);
        long low = lowest(x);
        double weights = low == 0 ? 0 : SpecialFunctions.gammaQ(low, noncentrality / 2);
        double sum = 0;
        for (long j = low;; j++) {
            weights += weight(j);
            double term = drop(j, x) * weights;
            sum += term;
            if (j > peak && term <= NEGLIGIBLE * sum) {
                return Math.min(1, sum);
            }
        }
    }

    private double above(double x) {
        // |m + z| is at most |m| + |z|, and P(|z| > sqrt(df) + t) at most exp(-t^2 / 2), which underflows at 39.
        if (Math.sqrt(x) > Math.sqrt(noncentrality) + Math.sqrt(Math.max(1, df)) + 39) {
            return 0;
        }
        if (x <= mean()) {
            return 1 - below(x);
        }
        long peak = peak(x);
        long low = lowest(x);
        double tail = SpecialFunctions.gammaQ(df / 2 + low, x / 2);
        double sum = 0;
        for (long j = low;; j++) {
            double term = weight(j) * tail;
            sum += term;
            if (j > peak && term <= NEGLIGIBLE * sum) {
                return Math.min(1, sum);
            }
            tail += drop(j, x);
        }
    }

    /** By how much the law of two degrees more has less below x. */
    private double drop(long j, double x) {
        return Math.exp(GammaTerm.log(df / 2 + j, x / 2));
    }

    private double weight(long j) {
        return Math.exp(GammaTerm.log(j, noncentrality / 2));
    }

    @Override
    public double quantile(double p) {
        SpecialFunctions.unit("p", p);
        if (p == 0 || p == 1) {
            return p == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return p <= below(mean())
                ? Univariate.logSolved(p, this::below, mean())
                : Univariate.logSolved(1 - p, this::above, mean());
    }

    @Override
    public double mean() {
        return df + noncentrality;
    }

    @Override
    public double variance() {
        return 2 * (df + 2 * noncentrality);
    }

    @Override
    public double sample(Rng rng) {
        return rng.chiSquare(df, noncentrality);
    }
}
