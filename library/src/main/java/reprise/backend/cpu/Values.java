package reprise.backend.cpu;

import reprise.array.Dense;

/** The vectors to be averaged, in panels of four columns: [tile][column / 4][point][4]. */
final class Values {
    static final int PANEL = 4;

    final int padded;
    final double[] data;

    Values(Dense values) {
        int k = values.columns();
        int m = values.rows();
        padded = (k + PANEL - 1) / PANEL * PANEL;
        int tiles = (m + Tiles.POINTS - 1) / Tiles.POINTS;
        data = new double[Math.multiplyExact(Math.multiplyExact(tiles, Tiles.POINTS), padded)];
        for (int j = 0; j < m; j++) {
            int tile = j / Tiles.POINTS;
            for (int c = 0; c < k; c++) {
                int at = at(tile, c / PANEL * PANEL) + j % Tiles.POINTS * PANEL + c % PANEL;
                data[at] = values.data()[j * k + c];
            }
        }
    }

    /** Where a tile's panel begins. */
    int at(int tile, int column) {
        return tile * Tiles.POINTS * padded + column * Tiles.POINTS;
    }
}
