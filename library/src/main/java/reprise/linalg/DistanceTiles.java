package reprise.linalg;

import reprise.array.Dense;

/** Points in tiles of 256, coordinate after coordinate, so that the loop over points runs in vector registers. */
final class DistanceTiles {
    static final int POINTS = 256;

    final int count;

    private final int m;
    private final int d;
    private final double[] columns;

    DistanceTiles(Dense y) {
        m = y.rows();
        d = y.columns();
        count = (m + POINTS - 1) / POINTS;
        columns = new double[Math.multiplyExact(Math.multiplyExact(count, POINTS), d)];
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < d; k++) {
                columns[(j / POINTS * d + k) * POINTS + j % POINTS] = y.data()[j * d + k];
            }
        }
    }

    /** How many points a tile has. */
    int size(int tile) {
        return Math.min(POINTS, m - tile * POINTS);
    }

    /** Writes |x_i - y_j|^2 for the points of a tile, by differences, so that near points lose no digits. */
    void squares(Dense x, int i, int tile, double[] out) {
        for (int j = 0; j < POINTS; j++) {
            out[j] = 0;
        }
        for (int k = 0; k < d; k++) {
            double value = x.data()[i * d + k];
            int at = (tile * d + k) * POINTS;
            for (int j = 0; j < POINTS; j++) {
                double difference = value - columns[at + j];
                out[j] += difference * difference;
            }
        }
    }
}
