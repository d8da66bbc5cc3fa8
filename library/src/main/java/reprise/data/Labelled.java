package reprise.data;

import reprise.array.Dense;
import reprise.array.Require;

/**
 * Points in classes.
 *
 * @param x the points, shape [n, d]
 * @param labels the class of each point from 0 on, length n
 */
public record Labelled(Dense x, int[] labels) {
    /**
     * Checks that there is a label for each point.
     *
     * @throws IllegalArgumentException if their numbers differ, or a label is negative
     */
    public Labelled {
        Require.shape("labels", new int[] {labels.length}, x.rows());
        for (int i = 0; i < labels.length; i++) {
            Require.atLeast("labels[" + i + "]", labels[i], 0);
        }
    }

    /**
     * How many points each class has.
     *
     * @return length: the largest label plus 1
     * @cost n operations
     */
    public int[] counts() {
        int most = 0;
        for (int label : labels) {
            most = Math.max(most, label);
        }
        int[] counts = new int[most + 1];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }
}
