package reprise.density;

import java.util.Arrays;
import java.util.stream.IntStream;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Ways to take a few weighted rows whose weighted sum is near the sum of all rows.
 *
 * <pre>{@code WeightedCoreset few = CoresetRule.IMPORTANCE.choose(rows, 100, rng);}</pre>
 */
@Source(arxiv = "2305.11980", at = "Section 3")
public enum CoresetRule {
    /** Independent rows, each of weight n / s. */
    UNIFORM {
        @Override
        WeightedCoreset pick(Dense rows, int size, Rng rng) {
            int[] drawn = new int[size];
            double[] weights = new double[size];
            for (int s = 0; s < size; s++) {
                drawn[s] = rng.integer(rows.rows());
                weights[s] = (double) rows.rows() / size;
            }
            return WeightedCoreset.merged(drawn, weights);
        }
    },

    /** The best of 100 uniform draws, by the distance of the means: what the authors' code calls median of means. */
    BEST_OF_UNIFORM {
        @Override
        WeightedCoreset pick(Dense rows, int size, Rng rng) {
            double[] mean = WeightedCoreset.all(rows.rows()).sum(rows);
            WeightedCoreset best = null;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < DRAWS; k++) {
                WeightedCoreset next = UNIFORM.pick(rows, size, rng);
                double distance = 0;
                double[] sum = next.sum(rows);
                for (int c = 0; c < sum.length; c++) {
                    distance += (sum[c] - mean[c]) * (sum[c] - mean[c]);
                }
                if (distance < least || best == null) {
                    least = distance;
                    best = next;
                }
            }
            return best;
        }
    },

    /** Independent rows with chances proportional to their lengths; weights undo them. */
    IMPORTANCE {
        @Override
        WeightedCoreset pick(Dense rows, int size, Rng rng) {
            int d = rows.columns();
            double[] lengths = new double[rows.rows()];
            double total = 0;
            for (int i = 0; i < lengths.length; i++) {
                for (int c = 0; c < d; c++) {
                    lengths[i] += rows.data()[i * d + c] * rows.data()[i * d + c];
                }
                lengths[i] = Math.sqrt(lengths[i]);
                total += lengths[i];
            }
            if (total == 0) {
                return UNIFORM.pick(rows, size, rng);
            }
            int[] drawn = rng.categorical(lengths, size);
            double sum = total;
            return WeightedCoreset.merged(
                    drawn, Arrays.stream(drawn).mapToDouble(i -> sum / (lengths[i] * size)).toArray());
        }
    },

    /**
     * {@link Caratheodory}, stopped as soon as no more than s rows are left; the sum is exact. With more columns than
     * s - 1 that is not possible.
     */
    CARATHEODORY {
        @Override
        WeightedCoreset pick(Dense rows, int size, Rng rng) {
            double[] ones = new double[rows.rows()];
            Arrays.fill(ones, 1);
            return Caratheodory.reduce(rows, ones, size);
        }
    },

    /**
     * {@link Caratheodory} to the end: at most t + 1 rows, however many are allowed. The sum is as exact, and the few
     * rows are a poor sample: what a reader of the algorithm alone would run.
     */
    MINIMAL {
        @Override
        WeightedCoreset pick(Dense rows, int size, Rng rng) {
            double[] ones = new double[rows.rows()];
            Arrays.fill(ones, 1);
            Require.atLeast("most", size, rows.columns() + 1);
            return Caratheodory.reduce(rows, ones);
        }
    };

    private static final int DRAWS = 100;

    /** Whether there must be fewer columns than rows are taken. */
    boolean needsFewColumns() {
        return this == CARATHEODORY || this == MINIMAL;
    }

    abstract WeightedCoreset pick(Dense rows, int size, Rng rng);

    /**
     * Takes rows.
     *
     * @param rows shape [n, t]
     * @param size how many at most, at least 1 and at most n; for the two rules of Caratheodory at
     *     least t + 1
     * @param rng the randomness; not used by the two rules of Caratheodory
     * @return at most that many rows
     * @throws IllegalArgumentException if the size is out of range
     * @cost O(n t), for {@link #BEST_OF_UNIFORM} with 100 s t more
     */
    public WeightedCoreset choose(Dense rows, int size, Rng rng) {
        Require.atLeast("size", size, 1);
        if (size > rows.rows()) {
            throw new IllegalArgumentException(
                    "size must be at most the number of rows = " + rows.rows() + ", was " + size);
        }
        return pick(rows, size, rng);
    }

    /**
     * Takes rows of every group, each group for itself.
     *
     * @param rows shape [n, t]
     * @param groups the group of each row, from 0 on, length n
     * @param sizes how many rows of each group at most, one entry for each group
     * @param rng the randomness
     * @return rows of all groups; each group has the weight of its rows, or with {@link #IMPORTANCE} about that
     * @throws IllegalArgumentException if a length differs or a size is out of range
     */
    public WeightedCoreset choose(Dense rows, int[] groups, int[] sizes, Rng rng) {
        Require.shape("groups", new int[] {groups.length}, rows.rows());
        int[] indices = new int[0];
        double[] weights = new double[0];
        for (int g = 0; g < sizes.length; g++) {
            int group = g;
            int[] members = IntStream.range(0, groups.length).filter(i -> groups[i] == group).toArray();
            Require.atLeast("points of group " + g, members.length, 1);
            double[] ones = new double[members.length];
            Arrays.fill(ones, 1);
            WeightedCoreset part = choose(new WeightedCoreset(members, ones).rows(rows), sizes[g], rng);
            indices = IntStream.concat(
                            Arrays.stream(indices), Arrays.stream(part.indices()).map(i -> members[i]))
                    .toArray();
            double[] more = Arrays.copyOf(weights, weights.length + part.size());
            System.arraycopy(part.weights(), 0, more, weights.length, part.size());
            weights = more;
        }
        return new WeightedCoreset(indices, weights);
    }
}
