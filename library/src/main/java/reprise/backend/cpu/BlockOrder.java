package reprise.backend.cpu;

import java.util.Arrays;

/**
 * Points in the order of a k-d tree, in blocks of a fixed size with their bounding boxes: points of a block lie close
 * together, and two blocks are at least as far apart as their boxes.
 */
final class BlockOrder {
    final int size;
    final int blocks;

    /** The point at each place. */
    final int[] points;

    private final int d;
    private final double[] low;
    private final double[] high;

    /** @param data points by rows, d coordinates each */
    BlockOrder(double[] data, int d, int size) {
        this.size = size;
        this.d = d;
        int n = data.length / d;
        blocks = (n + size - 1) / size;
        var order = new Integer[n];
        Arrays.setAll(order, i -> i);
        split(data, order, 0, n);
        points = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        low = new double[blocks * d];
        high = new double[blocks * d];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int place = 0; place < n; place++) {
            for (int k = 0; k < d; k++) {
                double value = data[points[place] * d + k];
                int at = place / size * d + k;
                low[at] = Math.min(low[at], value);
                high[at] = Math.max(high[at], value);
            }
        }
    }

    /** Halves a range at whole blocks, across its widest coordinate. */
    private void split(double[] data, Integer[] order, int from, int to) {
        if (to - from <= size) {
            return;
        }
        int widest = widest(data, order, from, to);
        Arrays.sort(order, from, to, (i, j) -> Double.compare(data[i * d + widest], data[j * d + widest]));
        int half = (to - from) / size / 2 * size;
        int middle = from + Math.max(size, half);
        split(data, order, from, middle);
        split(data, order, middle, to);
    }

    private int widest(double[] data, Integer[] order, int from, int to) {
        int widest = 0;
        double most = -1;
        for (int k = 0; k < d; k++) {
            double least = Double.POSITIVE_INFINITY;
            double greatest = Double.NEGATIVE_INFINITY;
            for (int i = from; i < to; i++) {
                least = Math.min(least, data[order[i] * d + k]);
                greatest = Math.max(greatest, data[order[i] * d + k]);
            }
            if (greatest - least > most) {
                most = greatest - least;
                widest = k;
            }
        }
        return widest;
    }

    /** The squared distance of the boxes of a block here and one there. */
    double squaredGap(int block, BlockOrder other, int otherBlock) {
        double sum = 0;
        for (int k = 0; k < d; k++) {
            int here = block * d + k;
            int there = otherBlock * d + k;
            double gap = Math.max(low[here] - other.high[there], other.low[there] - high[here]);
            if (gap > 0) {
                sum += gap * gap;
            }
        }
        return sum;
    }
}
