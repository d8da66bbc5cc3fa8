package reprise.backend.cpu;

import java.util.Arrays;
import java.util.Optional;
import reprise.array.Dense;
import reprise.backend.Cost;

/**
 * Queries, points and weights of one call in the layout of the tiles. A term's exponent is
 * {@code q_ij = offsets[j] + sum_k x_ik y_jk}, or {@code offsets[j] + scale |x_i - y_j|^2} if {@code direct}; the sum
 * that was asked for has {@code baseline + row[i]} halvings more.
 */
final class Prepared {
    /** Above this many bits, |x|^2 - 2 x.y + |y|^2 loses more than 12 digits of a density's: take differences. */
    private static final double MOST_EXPANDED = 2048;

    /** Twice this still leaves room for the exponent in the low bits of a double. */
    private static final double MOST = 0x1p49;

    private static final double LOG2_E = 1.4426950408889634;

    final int n;
    final int d;
    final int tiles;
    final boolean direct;
    final double scale;
    final double[] x;
    final double[] offsets;
    final double[] row;
    final double baseline;

    private final Dense y;
    private final double[] centre;
    private final double yScale;
    private volatile double[] panels;
    private volatile double[][][] columns;
    private volatile double[][] offsetColumns;

    private Prepared(Dense xs, Dense ys, double[] w, boolean squared, Extent extent, double perBit) {
        n = xs.rows();
        d = xs.columns();
        y = ys;
        int m = ys.rows();
        tiles = (m + Tiles.POINTS - 1) / Tiles.POINTS;
        double reach = extent.x + extent.y;
        direct = squared && perBit * reach * reach > MOST_EXPANDED;
        scale = perBit;
        centre = squared && !direct ? extent.centre : new double[d];
        yScale = squared && !direct ? Math.sqrt(perBit) : 1;
        double xScale = direct ? 1 : squared ? -2 * yScale : -perBit;
        x = new double[Math.multiplyExact((n + Tiles.GROUP - 1) / Tiles.GROUP * Tiles.GROUP, d)];
        row = new double[n];
        for (int i = 0; i < n; i++) {
            double squares = 0;
            for (int k = 0; k < d; k++) {
                double value = xs.data()[i * d + k] - centre[k];
                x[(i / Tiles.GROUP * d + k) * Tiles.GROUP + i % Tiles.GROUP] = value * xScale;
                squares += value * value;
            }
            row[i] = squared && !direct ? perBit * squares : 0;
        }
        double top = max(w) * LOG2_E;
        // One bit more than needed, so that rounding leaves every exponent above zero.
        double room = direct ? 0 : 1 + perBit * (squared ? extent.x * extent.x : extent.x * extent.y);
        offsets = new double[tiles * Tiles.POINTS];
        for (int j = 0; j < offsets.length; j++) {
            double squares = squared && !direct && j < m ? squaresOfPoint(j) : 0;
            offsets[j] = j < m ? Math.min(2 * MOST, top - w[j] * LOG2_E + room + squares) : 2 * MOST;
        }
        baseline = -top - room;
    }

    /** The largest lengths of queries and points around a centre. */
    private record Extent(double x, double y, double[] centre) {}

    /** Prepares a call, or says with an empty result that only the exact path can take it. */
    static Optional<Prepared> of(Dense x, Dense y, Cost cost, double[] w, double eps) {
        boolean squared = cost instanceof Cost.SquaredDistance;
        double perBit = LOG2_E / eps;
        double[] centre = squared ? mean(y) : new double[x.columns()];
        var extent = new Extent(longest(x, centre), longest(y, centre), centre);
        double reach = squared
                ? (extent.x + extent.y) * (extent.x + extent.y) * perBit
                : 2 * extent.x * extent.y * perBit;
        boolean fits = reach < MOST && Math.abs(max(w)) < MOST && Double.isFinite(perBit)
                && Double.isFinite(extent.x * extent.y);
        return fits
                ? Optional.of(new Prepared(x, y, w, squared, extent, perBit))
                : Optional.empty();
    }

    /** Points in panels of eight: [point / 8][coordinate][8]. Made when first asked for; so are the columns. */
    double[] panels() {
        double[] made = panels;
        return made != null ? made : makePanels();
    }

    /** Points one array a tile and coordinate, since C2 gives up on an array with an offset. */
    double[][][] columns() {
        double[][][] made = columns;
        return made != null ? made : makeColumns();
    }

    /** Offsets one array a tile. */
    double[][] offsetColumns() {
        double[][] made = offsetColumns;
        return made != null ? made : makeOffsetColumns();
    }

    private synchronized double[] makePanels() {
        if (panels == null) {
            double[] made = new double[Math.multiplyExact(tiles * Tiles.POINTS, d)];
            for (int j = 0; j < y.rows(); j++) {
                for (int k = 0; k < d; k++) {
                    made[(j / 8 * d + k) * 8 + j % 8] = point(j, k);
                }
            }
            panels = made;
        }
        return panels;
    }

    private synchronized double[][][] makeColumns() {
        if (columns == null) {
            double[][][] made = new double[tiles][d][Tiles.POINTS];
            for (int j = 0; j < y.rows(); j++) {
                for (int k = 0; k < d; k++) {
                    made[j / Tiles.POINTS][k][j % Tiles.POINTS] = point(j, k);
                }
            }
            columns = made;
        }
        return columns;
    }

    private synchronized double[][] makeOffsetColumns() {
        if (offsetColumns == null) {
            double[][] made = new double[tiles][];
            for (int t = 0; t < tiles; t++) {
                made[t] = Arrays.copyOfRange(offsets, t * Tiles.POINTS, (t + 1) * Tiles.POINTS);
            }
            offsetColumns = made;
        }
        return offsetColumns;
    }

    private double point(int j, int k) {
        return (y.data()[j * d + k] - centre[k]) * yScale;
    }

    private double squaresOfPoint(int j) {
        double squares = 0;
        for (int k = 0; k < d; k++) {
            squares += point(j, k) * point(j, k);
        }
        return squares;
    }

    private static double[] mean(Dense y) {
        double[] mean = new double[y.columns()];
        for (int i = 0; i < y.data().length; i++) {
            mean[i % mean.length] += y.data()[i] / y.rows();
        }
        return mean;
    }

    private static double longest(Dense x, double[] centre) {
        double longest = 0;
        for (int i = 0; i < x.rows(); i++) {
            double squares = 0;
            for (int k = 0; k < centre.length; k++) {
                double value = x.data()[i * centre.length + k] - centre[k];
                squares += value * value;
            }
            longest = Math.max(longest, squares);
        }
        return Math.sqrt(longest);
    }

    private static double max(double[] w) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : w) {
            max = Math.max(max, value);
        }
        return max;
    }
}
