package reprise.backend.cpu;

/**
 * The inner loops of matrix scaling: eight sources against runs of targets, each a multiple of 16. Entries are
 * {@code K_ij = 2^-(phi_i + gamma_j + |x_i - y_j|^2)} with coordinates and potentials in bits. Both implementations do
 * the same operations in the same order, so that they give the same bits, at any width.
 */
interface PlanLoops {
    int ROWS = 8;

    /** Partial sums of a row: entry j goes to number j mod 16. */
    int PARTS = 16;

    /** Targets come in blocks of so many. */
    int COLUMNS = 64;

    /** Entries below 2^-1000 count as that. */
    double FLOOR = 1000;

    /**
     * Computes a row's entries for a run of targets and adds {@code b_j K_ij} to the row's partial sums.
     *
     * @param x coordinates of the sources, row by row
     * @param xo where the row's begin
     * @param phi the row's potential
     * @param from the first target, to: after the last
     * @param kept takes the entries, from ko on
     */
    void row(double[] x, int xo, double phi, Targets targets, int from, int to, double[] kept, int ko, double[] parts,
            int po);

    /** Adds {@code sum_r scale_r K_rj} to a run of column sums; row r's entries begin at ko + r stride. */
    void columns(double[] kept, int ko, int stride, double[] scale, double[] sums, int from, int to);

    /** The targets in their order, padded with some of no weight that are out of reach. */
    final class Targets {
        /** More bits than any entry's exponent has. */
        private static final double OUT_OF_REACH = 0x1p40;

        final int d;
        final int padded;

        /** Coordinate k of target j at k * padded + j. */
        final double[] y;
        final double[] gamma;
        final double[] weights;

        Targets(int m, int d) {
            this.d = d;
            padded = (m + COLUMNS - 1) / COLUMNS * COLUMNS;
            y = new double[Math.multiplyExact(padded, d)];
            gamma = new double[padded];
            java.util.Arrays.fill(gamma, m, padded, OUT_OF_REACH);
            weights = new double[padded];
        }
    }
}
