package reprise.privacy;

import java.util.ArrayList;
import java.util.List;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * One private release that answers every question "how far, in total, are the people from y?": the sum over all rows x
 * of the l1 distance |x - y|.
 *
 * <p>For one coordinate in [0, R], with counts C and sums S of the people below and above y,
 * sum |x - y| = y C_below - S_below + S_above - y C_above, and both C and S are sums over a beginning or an end of
 * 2^L cells: two {@link TreeCounter}s, each with half of the budget; d coordinates share it. At a border between cells
 * the error is noise alone, of variance 2 b^2 (y^2 + R^2) (blocks below + blocks above) a coordinate with
 * b = 2 L d / epsilon: it does not depend on the number of people. Elsewhere people in y's own cell add at most R / 2^L
 * each.
 *
 * <pre>{@code
 * double[][] people = {{0.2}, {0.9}};
 * var released = DistanceSketch.range(1, 8).release(people, 1, PrivacyBudget.of(1), Rng.of(7));
 * double total = released.sum(0.5);   // 0.7 and noise
 * }</pre>
 */
@Source(arxiv = "2403.08917")
public final class DistanceSketch {
    private final double range;
    private final int levels;

    private DistanceSketch(double range, int levels) {
        this.range = range;
        this.levels = levels;
    }

    /**
     * Sets the domain. It must be known beforehand: a range taken from the data would itself tell something of them.
     *
     * @param range R: all coordinates are from 0 to R, above 0
     * @param levels L: 2^L cells a coordinate, from 1 to 24
     * @return the sketch
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static DistanceSketch range(double range, int levels) {
        if (levels < 1 || levels > 24) {
            throw new IllegalArgumentException("levels must be from 1 to 24, was " + levels);
        }
        return new DistanceSketch(Require.positive("range", range), levels);
    }

    /**
     * Releases the sketch: epsilon-private when one person is added or taken away.
     *
     * @param people shape [n, d], from 0 to R
     * @param epsilon what the release may give away, above 0
     * @param budget pays epsilon
     * @param rng the noise
     * @return what answers the questions
     * @throws IllegalArgumentException if there are no people, or a coordinate is outside [0, R]; clip before, never
     *     after the noise
     * @throws BudgetOverspent if the budget has less than epsilon left; then nothing is released
     * @cost n d + 4 d 2^L draws
     */
    public Release release(Dense people, double epsilon, PrivacyBudget budget, Rng rng) {
        double[][][] cells = cells(people);
        int d = people.columns();
        var share = PrivacyBudget.of(Require.positive("epsilon", epsilon));
        budget.spend("l1 distances", epsilon);
        List<TreeCounter.Release> counts = new ArrayList<>();
        List<TreeCounter.Release> sums = new ArrayList<>();
        for (int c = 0; c < d; c++) {
            Rng own = rng.split(c);
            counts.add(TreeCounter.of(1, epsilon / (2 * d)).release("counts", cells[c][0], share, own.split("counts")));
            sums.add(TreeCounter.of(range, epsilon / (2 * d)).release("sums", cells[c][1], share, own.split("sums")));
        }
        return new Release(range, counts, sums);
    }

    /**
     * Releases the sketch: epsilon-private when one person is added or taken away.
     *
     * @param people shape [n, d], from 0 to R
     * @param epsilon what the release may give away, above 0
     * @param budget pays epsilon
     * @param rng the noise
     * @return what answers the questions
     * @throws IllegalArgumentException if there are no people, or a coordinate is outside [0, R]
     * @throws BudgetOverspent if the budget has less than epsilon left; then nothing is released
     */
    public Release release(double[][] people, double epsilon, PrivacyBudget budget, Rng rng) {
        return release(Dense.of("people", people), epsilon, budget, rng);
    }

    /**
     * The sketch without noise, which keeps nothing private: to measure the errors of releases.
     *
     * @param people shape [n, d], from 0 to R
     * @return the exact sketch; at borders between cells its sums are exact
     * @throws IllegalArgumentException if a coordinate is outside [0, R]
     */
    public Release exact(Dense people) {
        List<TreeCounter.Release> counts = new ArrayList<>();
        List<TreeCounter.Release> sums = new ArrayList<>();
        for (double[][] cell : cells(people)) {
            counts.add(TreeCounter.exact(cell[0]));
            sums.add(TreeCounter.exact(cell[1]));
        }
        return new Release(range, counts, sums);
    }

    /**
     * What a release of its own would be wrong by, at all borders between the cells of one coordinate. The errors of
     * one release share their blocks, so they go up and down together.
     *
     * @param people shape [n, 1], from 0 to R
     * @param epsilon the release's, above 0
     * @param rng the noise
     * @return released less exact sums at 0, R / 2^L, ..., R
     * @throws IllegalArgumentException if there is more than one coordinate, or an argument is out of its range
     * @cost 4 2^L draws and 8 L 2^L additions
     */
    public double[] errors(Dense people, double epsilon, Rng rng) {
        Require.shape("a row of people", new int[] {people.columns()}, 1);
        double[] released = release(people, epsilon, PrivacyBudget.of(epsilon), rng).sums();
        double[] exact = exact(people).sums();
        for (int j = 0; j < released.length; j++) {
            released[j] -= exact[j];
        }
        return released;
    }

    /**
     * The standard deviation of the error, root mean square over all borders between cells of one coordinate.
     *
     * @param epsilon the release's
     * @return b sqrt(2 mean (y^2 + R^2) blocks(y)) with b = 2 L / epsilon
     * @throws IllegalArgumentException if epsilon is not positive
     * @cost 2^L
     */
    public double noise(double epsilon) {
        double b = 2 * levels / Require.positive("epsilon", epsilon);
        int cells = 1 << levels;
        double sum = 0;
        for (int j = 0; j <= cells; j++) {
            double y = range * j / cells;
            sum += 2 * b * b * (y * y + range * range) * bothSides(j, levels);
        }
        return Math.sqrt(sum / (cells + 1));
    }

    /** Blocks below j and above it together: L + 1 less j's trailing zeros, but 2 at the two ends. */
    private static int bothSides(int j, int levels) {
        return j == 0 || j == 1 << levels ? 2 : levels + 1 - Integer.numberOfTrailingZeros(j);
    }

    private double[][][] cells(Dense people) {
        int cells = 1 << levels;
        int d = people.columns();
        double[][][] all = new double[d][2][cells];
        double[] x = people.data();
        for (int i = 0; i < x.length; i++) {
            if (!(x[i] >= 0 && x[i] <= range)) {
                throw new IllegalArgumentException("people[" + i / d + ", " + i % d + "] must be from 0 to the range "
                        + range + ", was " + x[i]);
            }
            int cell = (int) Math.min(cells - 1, x[i] / range * cells);
            all[i % d][0][cell]++;
            all[i % d][1][cell] += x[i];
        }
        return all;
    }

    /** A released sketch. It holds noisy sums only; questions cost nothing more. */
    public static final class Release {
        private final double range;
        private final List<TreeCounter.Release> counts;
        private final List<TreeCounter.Release> sums;

        private Release(double range, List<TreeCounter.Release> counts, List<TreeCounter.Release> sums) {
            this.range = range;
            this.counts = counts;
            this.sums = sums;
        }

        /**
         * The sum of the distances to a place.
         *
         * @param y its d coordinates, from 0 to R
         * @return the sum over all people of |x - y|, with noise
         * @throws IllegalArgumentException if y has another number of coordinates, or one is outside [0, R]
         * @cost 4 d L
         */
        public double sum(double... y) {
            Require.shape("y", new int[] {y.length}, counts.size());
            double total = 0;
            for (int c = 0; c < y.length; c++) {
                int j = border(c, y[c]);
                total += y[c] * (counts.get(c).prefix(j) - counts.get(c).suffix(j))
                        + sums.get(c).suffix(j) - sums.get(c).prefix(j);
            }
            return total;
        }

        /**
         * The standard deviation of the noise in {@link #sum}.
         *
         * @param y its d coordinates, from 0 to R
         * @return exact; 0 without noise
         * @throws IllegalArgumentException if y has another number of coordinates, or one is outside [0, R]
         */
        public double standardDeviation(double... y) {
            Require.shape("y", new int[] {y.length}, counts.size());
            double variance = 0;
            for (int c = 0; c < y.length; c++) {
                int blocks = bothSides(border(c, y[c]), counts.get(c).levels());
                variance += 2 * blocks
                        * (Math.pow(y[c] * counts.get(c).scale(), 2) + Math.pow(sums.get(c).scale(), 2));
            }
            return Math.sqrt(variance);
        }

        /**
         * The sums at all borders between the cells of one coordinate's sketch.
         *
         * @return 2^L + 1 sums, at 0, R / 2^L, ..., R
         * @throws IllegalStateException if there are more coordinates
         * @cost 4 L 2^L
         */
        public double[] sums() {
            if (counts.size() != 1) {
                throw new IllegalStateException("number of coordinates must be 1, was " + counts.size());
            }
            int cells = counts.get(0).places();
            double[] all = new double[cells + 1];
            for (int j = 0; j <= cells; j++) {
                all[j] = sum(range * j / cells);
            }
            return all;
        }

        private int border(int c, double y) {
            if (!(y >= 0 && y <= range)) {
                throw new IllegalArgumentException("y[" + c + "] must be from 0 to the range " + range + ", was " + y);
            }
            return (int) Math.rint(y / range * counts.get(c).places());
        }
    }
}
