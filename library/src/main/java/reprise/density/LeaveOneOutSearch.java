package reprise.density;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.parallel.Tasks;

/**
 * Maximises the leave-one-out log likelihood over the logarithm of the bandwidth.
 *
 * <p>Subtracting a point's own kernel from the full sum cancels all digits where the sum is condensed, which is where
 * the maximum lies in many dimensions. So the pairs are split instead: each half of the points is summed on the other
 * half, the same again inside each half, and pairs within a small leaf directly. No point ever meets itself.
 */
final class LeaveOneOutSearch {
    private static final double GOLDEN = 0.3819660112501051;

    /** The likelihood is flat at its maximum: in a tenth of a percent of the bandwidth it loses 1e-6 of its scale. */
    private static final double TOLERANCE = 1e-3;

    private static final int LEAF = 64;

    private final Dense y;

    LeaveOneOutSearch(Dense y) {
        this.y = y;
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
        while (high - low > TOLERANCE) {
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

    /** Up to a constant, sum_i log sum_{j != i} exp(-|y_i - y_j|^2 / 2 h^2) - n d log h. */
    double likelihood(double logH) {
        double eps = 2 * Math.exp(2 * logH);
        double[] logSums = new double[y.rows()];
        Tasks.forRange((y.rows() + LEAF - 1) / LEAF, leaf -> within(leaf, eps, logSums));
        across(0, (y.rows() + LEAF - 1) / LEAF, eps, logSums);
        double sum = 0;
        for (double one : logSums) {
            sum += one;
        }
        return sum - (double) y.rows() * y.columns() * logH;
    }

    /** Sums the pairs of different halves of some leaves, then of the halves' own halves. */
    private void across(int firstLeaf, int lastLeaf, double eps, double[] logSums) {
        if (lastLeaf - firstLeaf < 2) {
            return;
        }
        int middleLeaf = (firstLeaf + lastLeaf) >>> 1;
        int middle = middleLeaf * LEAF;
        var left = rows(firstLeaf * LEAF, middle);
        var right = rows(middle, Math.min(lastLeaf * LEAF, y.rows()));
        add(left, right, eps, logSums, firstLeaf * LEAF);
        add(right, left, eps, logSums, middle);
        across(firstLeaf, middleLeaf, eps, logSums);
        across(middleLeaf, lastLeaf, eps, logSums);
    }

    private static void add(Dense queries, Dense points, double eps, double[] logSums, int offset) {
        double[] more = Backends.current()
                .softSum(queries, points, Cost.squaredDistance())
                .logSum(new double[points.rows()], eps);
        for (int i = 0; i < more.length; i++) {
            double high = Math.max(logSums[offset + i], more[i]);
            double low = Math.min(logSums[offset + i], more[i]);
            logSums[offset + i] = low == Double.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
        }
    }

    private Dense rows(int from, int to) {
        int d = y.columns();
        return Dense.of("y", Arrays.copyOfRange(y.data(), from * d, to * d), to - from, d);
    }

    private void within(int leaf, double eps, double[] logSums) {
        int from = leaf * LEAF;
        int to = Math.min(from + LEAF, y.rows());
        double[] t = new double[to - from];
        for (int i = from; i < to; i++) {
            double top = Double.NEGATIVE_INFINITY;
            for (int j = from; j < to; j++) {
                t[j - from] = j == i ? Double.NEGATIVE_INFINITY : -squaredDistance(i, j) / eps;
                top = Math.max(top, t[j - from]);
            }
            double sum = 0;
            for (double value : t) {
                sum += value == Double.NEGATIVE_INFINITY ? 0 : Math.exp(value - top);
            }
            logSums[i] = top == Double.NEGATIVE_INFINITY ? top : top + Math.log(sum);
        }
    }

    private double squaredDistance(int i, int j) {
        int d = y.columns();
        double squares = 0;
        for (int k = 0; k < d; k++) {
            double difference = y.data()[i * d + k] - y.data()[j * d + k];
            squares += difference * difference;
        }
        return squares;
    }
}
