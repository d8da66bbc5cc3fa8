package reprise.backend.cpu;

/**
 * The inner loops of {@link SoftAssignment}: rows against components, lanes are components. Both implementations do
 * the same operations in the same order, so that they give the same bits and may be exchanged at any step.
 */
interface Assign {
    /** Components in a group: sums over components are kept in this many parts, whatever the lanes are. */
    int GROUP = 16;

    /** Rows in a block: with 500 components its logits just fit the first cache. */
    int BLOCK = 8;

    /** 1.5 * 2^52 + 1023: added to a number it rounds it and leaves the biased exponent in the low bits. */
    double MAGIC = 0x1.8p52 + 1023;

    /**
     * The bits of what numbers below -900 are rounded to: the exponent field must not wrap. All that is larger, and
     * NaN, is larger as an integer too; all that overflows is negative.
     */
    long FLOOR_BITS = Double.doubleToRawLongBits(MAGIC - 900);

    /**
     * Logits in base 2 of a block of rows: {@code q[row][k] = sum_c features[c][row] weights[k / 16][c][k % 16]}.
     *
     * @param features of the block, from {@code at} on, [c][8]
     * @param weights [group][c][16]
     */
    void logits(double[] features, int at, int count, double[] weights, int groups, double[] q);

    /**
     * Turns one row's logits into 2^(q - m) in place, for m the integer nearest to the largest, which it gives; writes
     * the 16 partial sums.
     */
    double powers(double[] q, int from, int groups, double[] parts);

    /**
     * Adds {@code sum_row q[row][k] scaled[c][row]} to {@code moments[k / 16][c][k % 16]}.
     *
     * @param scaled of the block, [c][8]
     */
    void moments(double[] q, int groups, double[] scaled, int count, double[] moments);
}
