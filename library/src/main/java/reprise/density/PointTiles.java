package reprise.density;

import reprise.array.Dense;

/** Points with weights, coordinate after coordinate in tiles, so that loops over points run in vector registers. */
final class PointTiles {
    static final int TILE = 128;

    private final int d;
    private final double[] columns;
    private final double[] weights;
    private int count;

    PointTiles(int d, int capacity) {
        this.d = d;
        columns = new double[Math.multiplyExact(Math.multiplyExact((capacity + TILE - 1) / TILE, TILE), d)];
        weights = new double[capacity];
    }

    static PointTiles of(Dense x) {
        var tiles = new PointTiles(x.columns(), x.rows());
        for (int i = 0; i < x.rows(); i++) {
            tiles.add(x.data(), i * x.columns(), 1);
        }
        return tiles;
    }

    void add(double[] data, int at, double weight) {
        int tile = count / TILE * TILE * d + count % TILE;
        for (int k = 0; k < d; k++) {
            columns[tile + k * TILE] = data[at + k];
        }
        weights[count++] = weight;
    }

    /** Writes k(x, y_j) for all points; {@code tile} is scratch of length {@link #TILE}. */
    void row(KernelForm form, double[] data, int at, double[] tile, double[] out, int outAt) {
        for (int first = 0; first < count; first += TILE) {
            int size = Math.min(TILE, count - first);
            form.values(data, at, columns, first * d, d, size, tile);
            System.arraycopy(tile, 0, out, outAt + first, size);
        }
    }

    /** The sum of w_j k(x, y_j). */
    double sum(KernelForm form, double[] data, int at, double[] tile) {
        double sum = 0;
        for (int first = 0; first < count; first += TILE) {
            int size = Math.min(TILE, count - first);
            form.values(data, at, columns, first * d, d, size, tile);
            for (int j = 0; j < size; j++) {
                sum += weights[first + j] * tile[j];
            }
        }
        return sum;
    }

    void clear() {
        count = 0;
    }

    void weights(double[] given) {
        System.arraycopy(given, 0, weights, 0, count);
    }
}
