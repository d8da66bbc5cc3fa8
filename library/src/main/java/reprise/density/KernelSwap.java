package reprise.density;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Interrupted;

/** Choosing few of many points by their discrepancy to all of them: KT-SWAP and herding share these sums. */
final class KernelSwap {
    private final Kernel kernel;
    private final Dense x;
    private final PointTiles all;
    private final double[] means;
    private final double self;
    private final double[] tile = new double[PointTiles.TILE];

    KernelSwap(Kernel kernel, Dense x) {
        this.kernel = kernel;
        this.x = x;
        double[] equal = new double[x.rows()];
        Arrays.fill(equal, 1.0 / x.rows());
        all = PointTiles.of(x);
        means = kernel.sums(x, x, equal);
        self = Arrays.stream(means).sum() / x.rows();
    }

    /** The squared discrepancy between chosen points and all. */
    double squared(int[] chosen) {
        Dense points = points(x, chosen);
        double[] equal = new double[chosen.length];
        Arrays.fill(equal, 1.0 / chosen.length);
        double cross = 0;
        for (int i : chosen) {
            cross += means[i];
        }
        return self - 2 * cross / chosen.length
                + Arrays.stream(kernel.sums(points, points, equal)).sum() / chosen.length;
    }

    int[] best(int[][] candidates) {
        int[] best = candidates[0];
        double least = Double.POSITIVE_INFINITY;
        for (int[] candidate : candidates) {
            Interrupted.check();
            double squared = squared(candidate);
            if (squared < least) {
                least = squared;
                best = candidate;
            }
        }
        return best;
    }

    /** Replaces each point in turn by the input point that leaves the least discrepancy; one may occur twice. */
    int[] refine(int[] start) {
        int[] chosen = start.clone();
        double[] sums = new double[x.rows()];
        double[] row = new double[x.rows()];
        for (int i : chosen) {
            add(sums, i, 1, row);
        }
        for (int l = 0; l < chosen.length; l++) {
            Interrupted.check();
            add(sums, chosen[l], -1, row);
            chosen[l] = nearest(sums, chosen.length);
            add(sums, chosen[l], 1, row);
        }
        return chosen;
    }

    /** Adds the point that leaves the least discrepancy, one after another. */
    int[] herd(int size) {
        int[] chosen = new int[size];
        double[] sums = new double[x.rows()];
        double[] row = new double[x.rows()];
        for (int l = 0; l < size; l++) {
            Interrupted.check();
            chosen[l] = nearest(sums, l + 1);
            add(sums, chosen[l], 1, row);
        }
        return chosen;
    }

    Coreset coreset(int[] chosen, int replaced) {
        return new Coreset(chosen, points(x, chosen), Math.sqrt(Math.max(0, squared(chosen))), replaced);
    }

    /** With s - 1 points fixed, s^2 MMD^2 is 2 sum k(x_i, y) - 2 s mean(x_i) and what does not depend on i. */
    private int nearest(double[] sums, int size) {
        int best = 0;
        for (int i = 1; i < sums.length; i++) {
            if (sums[i] - size * means[i] < sums[best] - size * means[best]) {
                best = i;
            }
        }
        return best;
    }

    private void add(double[] sums, int i, double sign, double[] row) {
        all.row(kernel.form(), x.data(), i * x.columns(), tile, row, 0);
        for (int j = 0; j < sums.length; j++) {
            sums[j] += sign * row[j];
        }
    }

    static Dense points(Dense x, int[] chosen) {
        int d = x.columns();
        double[] data = new double[Math.multiplyExact(chosen.length, d)];
        for (int l = 0; l < chosen.length; l++) {
            System.arraycopy(x.data(), chosen[l] * d, data, l * d, d);
        }
        return Dense.of("points", data, chosen.length, d);
    }

    static void checkSize(int size, int n) {
        Require.atLeast("coreset points", size, 1);
        if (size > n) {
            throw new IllegalArgumentException("coreset points must be <= the number of points " + n + ", was " + size);
        }
    }
}
