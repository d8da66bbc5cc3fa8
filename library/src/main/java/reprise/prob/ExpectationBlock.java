package reprise.prob;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.backend.cpu.SoftAssignment;

/** The points of one block, as features, and the softmax over components that an expectation step is. */
final class ExpectationBlock {
    private static final int ROWS = 512;

    private final SoftAssignment work;
    private final double[] spare;

    private ExpectationBlock(Dense x, int from, int to, int components, boolean diagonal) {
        int d = x.columns();
        int features = 1 + d + (diagonal ? d : d * (d + 1) / 2);
        work = new SoftAssignment(to - from, features, components);
        spare = new double[components];
        double[] column = new double[to - from];
        Arrays.fill(column, 1);
        work.feature(0, column);
        for (int a = 0; a < d; a++) {
            int at = a;
            Arrays.setAll(column, i -> x.data()[(from + i) * d + at]);
            work.feature(1 + a, column);
            for (int b = diagonal ? a : 0; b <= a; b++) {
                int and = b;
                Arrays.setAll(column, i -> x.data()[(from + i) * d + at] * x.data()[(from + i) * d + and]);
                work.feature(1 + d + pair(a, b, diagonal), column);
            }
        }
    }

    /** All points, in blocks whose number does not depend on that of threads. */
    static ExpectationBlock[] of(Dense x, int components, boolean diagonal) {
        var blocks = new ExpectationBlock[(x.rows() + ROWS - 1) / ROWS];
        Arrays.setAll(blocks, b -> new ExpectationBlock(
                x, b * ROWS, Math.min(x.rows(), (b + 1) * ROWS), components, diagonal));
        return blocks;
    }

    /** Where the product of coordinates a and b, b at most a, lies among the products. */
    static int pair(int a, int b, boolean diagonal) {
        return diagonal ? a : a * (a + 1) / 2 + b;
    }

    double run(double[][] weights) {
        for (int c = 0; c < weights.length; c++) {
            work.weight(c, weights[c]);
        }
        return work.run();
    }

    void addMoments(double[][] moments) {
        for (int c = 0; c < moments.length; c++) {
            work.moment(c, spare);
            for (int k = 0; k < spare.length; k++) {
                moments[c][k] += spare[k];
            }
        }
    }
}
