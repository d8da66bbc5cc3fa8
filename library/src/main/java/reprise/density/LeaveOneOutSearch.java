package reprise.density;

import reprise.array.Dense;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.backend.SoftSum;
import reprise.parallel.Tasks;

/** Maximises the leave-one-out log likelihood over the logarithm of the bandwidth. */
final class LeaveOneOutSearch {
    private static final double GOLDEN = 0.3819660112501051;

    private final Dense y;
    private final SoftSum sums;
    private final double[] equal;

    private LeaveOneOutSearch(Dense y) {
        this.y = y;
        this.sums = Backends.current().softSum(y, y, Cost.squaredDistance());
        this.equal = new double[y.rows()];
    }

    static double best(Dense y) {
        double start = Math.log(Spread.deviation(y));
        var search = new LeaveOneOutSearch(y);
        // A grid of factors of two first: the likelihood may have several maxima.
        double bestAt = start;
        double best = Double.NEGATIVE_INFINITY;
        double step = Math.log(2);
        for (int k = 2; k >= -20; k--) {
            double value = search.likelihood(start + k * step);
            if (value > best) {
                best = value;
                bestAt = start + k * step;
            } else if (k < -4 && value < best - y.rows()) {
                break;
            }
        }
        if (bestAt == start - 20 * step) {
            throw new IllegalArgumentException("points must have a leave-one-out likelihood with a maximum,"
                    + " was still growing at bandwidth " + Math.exp(bestAt) + ": are all points duplicated?");
        }
        return Math.exp(search.refine(bestAt - step, bestAt + step));
    }

    private double refine(double low, double high) {
        double left = low + GOLDEN * (high - low);
        double right = high - GOLDEN * (high - low);
        double atLeft = likelihood(left);
        double atRight = likelihood(right);
        while (high - low > 1e-5) {
            if (atLeft >= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = low + GOLDEN * (high - low);
                atLeft = likelihood(left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = high - GOLDEN * (high - low);
                atRight = likelihood(right);
            }
        }
        return (low + high) / 2;
    }

    /** Up to a constant, sum_i log(exp(L_i) - 1) - d log h: in L_i, the log sum over all, point i's own term is 1. */
    double likelihood(double logH) {
        double eps = 2 * Math.exp(2 * logH);
        double[] withSelf = sums.logSum(equal, eps);
        // When the others' share is small the difference cancels: then sum it without the point.
        Tasks.forRange(withSelf.length, i -> withSelf[i] = withSelf[i] > 1e-4
                ? withSelf[i] + Math.log(-Math.expm1(-withSelf[i]))
                : others(i, eps));
        double sum = 0;
        for (double one : withSelf) {
            sum += one;
        }
        return sum - (double) y.rows() * y.columns() * logH;
    }

    private double others(int i, double eps) {
        int d = y.columns();
        int n = y.rows();
        double[] t = new double[n];
        double top = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            double squares = 0;
            for (int k = 0; k < d; k++) {
                double difference = y.data()[i * d + k] - y.data()[j * d + k];
                squares += difference * difference;
            }
            t[j] = j == i ? Double.NEGATIVE_INFINITY : -squares / eps;
            top = Math.max(top, t[j]);
        }
        double sum = 0;
        for (double value : t) {
            sum += Math.exp(value - top);
        }
        return top + Math.log(sum);
    }
}
