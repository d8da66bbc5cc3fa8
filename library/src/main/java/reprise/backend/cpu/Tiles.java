package reprise.backend.cpu;

/**
 * The inner loops: 16 queries against 128 points. Both implementations do the same operations in the same order, so
 * that they give the same bits, and work may move from one to the other at any tile.
 *
 * <p>Exponents are q = -log2 of a term, at least 0 and at most 2^52. With m an integer near the smallest q, a term is
 * 2^(m - q).
 */
interface Tiles {
    /** Queries in a group: two vectors of eight lanes, four of four, or eight of two. */
    int GROUP = 16;

    /** Points in a tile: 16 KB of exponents, which stay in the first cache. */
    int POINTS = 128;

    /** 1.5 * 2^52 + 1023: a number minus q rounds q and leaves the biased exponent in the low bits. */
    double MAGIC = 0x1.8p52 + 1023;

    /** Terms below 2^-900 of the largest count as that: the exponent field must not wrap. */
    double FLOOR = 900;

    /** Minimax polynomial of 2^f on [-1/2, 1/2], relative error 2.8e-16 with these rounded coefficients. */
    double C1 = 0.6931471805599497;
    double C2 = 0.24022650695908768;
    double C3 = 0.05550410866445887;
    double C4 = 0.0096181291080342;
    double C5 = 0.0013333558228555492;
    double C6 = 0.00015403529961607488;
    double C7 = 1.525265811990087e-05;
    double C8 = 1.3215662601690083e-06;
    double C9 = 1.0208537294147603e-07;
    double C10 = 7.037318285107194e-09;

    /** Computes the exponents of a group and a tile into the work space. */
    void exponents(Prepared p, int group, int tile, Work work);

    /** Gives the first point's exponent for a query of the group. */
    double first(Work work, int query);

    /** Sums the terms into {@code work.tileSum} and finds {@code work.least}; keeps the terms if asked. */
    void sum(Work work, boolean keep);

    /** Adds the kept terms times their values to {@code work.mixed}. */
    void mix(Values values, int tile, Work work);
}
