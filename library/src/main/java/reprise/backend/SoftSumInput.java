package reprise.backend;

import reprise.array.Dense;
import reprise.array.Require;

/** The checks that every provider makes, so that all refuse the same things in the same words. */
public final class SoftSumInput {
    private SoftSumInput() {}

    /**
     * Checks queries against points.
     *
     * @param x queries, shape [n, d]
     * @param y points, shape [m, d]
     * @throws IllegalArgumentException if their d differ
     */
    public static void points(Dense x, Dense y) {
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), y.columns());
    }

    /**
     * Checks the arguments of a call.
     *
     * @param logWeights shape [m], below plus infinity, not all minus infinity
     * @param points m
     * @param eps above 0
     * @throws IllegalArgumentException naming what is wrong
     */
    public static void call(double[] logWeights, int points, double eps) {
        Require.positive("eps", eps);
        Require.shape("logWeights", new int[] {logWeights.length}, points);
        boolean any = false;
        for (int j = 0; j < points; j++) {
            double w = logWeights[j];
            if (!(w < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "logWeights[" + j + "] must be finite or minus infinity, was " + w);
            }
            any |= w > Double.NEGATIVE_INFINITY;
        }
        if (!any) {
            throw new IllegalArgumentException("logWeights must hold a finite value, were all minus infinity");
        }
    }

    /**
     * Checks the arguments of an average.
     *
     * @param logWeights shape [m], below plus infinity, not all minus infinity
     * @param points m
     * @param eps above 0
     * @param values shape [m, k]
     * @throws IllegalArgumentException naming what is wrong
     */
    public static void call(double[] logWeights, int points, double eps, Dense values) {
        call(logWeights, points, eps);
        Require.shape("values", new int[] {values.rows(), values.columns()}, points, values.columns());
    }
}
