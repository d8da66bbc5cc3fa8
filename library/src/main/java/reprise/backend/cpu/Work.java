package reprise.backend.cpu;

/** What one group of queries needs while points stream past: exponents, maxima, sums. */
final class Work {
    /** Exponents of the tile, then its kept terms; the layout is the implementation's own. */
    final double[] q = new double[Tiles.GROUP * Tiles.POINTS];
    final double[] kept = new double[Tiles.GROUP * Tiles.POINTS];
    final double[][] columns = new double[Tiles.GROUP][Tiles.POINTS];
    final double[][] terms = new double[Tiles.GROUP][Tiles.POINTS];
    final double[] rounded = new double[Tiles.POINTS];

    final double[] magic = new double[Tiles.GROUP];
    final double[] ceiling = new double[Tiles.GROUP];
    final double[] tileSum = new double[Tiles.GROUP];
    final double[] least = new double[Tiles.GROUP];

    /** The state that survives a tile. */
    private final double[] m = new double[Tiles.GROUP];
    private final double[] sum = new double[Tiles.GROUP];

    /** Weighted sums of value columns, [column][query]. */
    double[] mixed = new double[0];

    void begin(int columns) {
        java.util.Arrays.fill(sum, 0);
        mixed = new double[columns * Tiles.GROUP];
    }

    /** Sums a tile, again if it holds a term so large that the exponent field could have wrapped. */
    void add(Tiles tiles, boolean first, boolean keep) {
        if (first) {
            for (int c = 0; c < Tiles.GROUP; c++) {
                shift(c, Math.floor(tiles.first(this, c)));
            }
        }
        tiles.sum(this, keep);
        boolean again = false;
        for (int c = 0; c < Tiles.GROUP; c++) {
            if (least[c] < m[c] - 60) {
                double before = m[c];
                shift(c, Math.floor(least[c]));
                double scale = before - m[c] > 1100 ? 0 : Math.scalb(1.0, (int) (m[c] - before));
                sum[c] *= scale;
                for (int k = c; k < mixed.length; k += Tiles.GROUP) {
                    mixed[k] *= scale;
                }
                again = true;
            }
        }
        if (again) {
            tiles.sum(this, keep);
        }
        for (int c = 0; c < Tiles.GROUP; c++) {
            sum[c] += tileSum[c];
        }
    }

    private void shift(int c, double to) {
        m[c] = to;
        magic[c] = Tiles.MAGIC + to;
        ceiling[c] = to + Tiles.FLOOR;
    }

    double sum(int query) {
        return sum[query];
    }

    /** The natural logarithm of the sum of 2^-q, less {@code offset} halvings. */
    double log(int query, double offset) {
        return Math.log(sum[query]) - (m[query] + offset) * 0.6931471805599453;
    }
}
