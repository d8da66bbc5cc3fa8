package reprise.data;

import reprise.array.Dense;
import reprise.array.Require;

/**
 * Points on a curved sheet, with the place of each along the curve.
 *
 * @param x the points, shape [n, 3]
 * @param t the parameter of the curve at each point, before noise, length n
 */
public record Unrolled(Dense x, double[] t) {
    /**
     * Checks that there is a parameter for each point.
     *
     * @throws IllegalArgumentException if their numbers differ
     */
    public Unrolled {
        Require.shape("t", new int[] {t.length}, x.rows());
    }
}
