package reprise.kernel.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.display.Bundle;

/** Matrices and ND4J arrays: type, shape, and their corners. */
final class Arrays2d {
    private interface Entry {
        String at(int row, int column);
    }

    private Arrays2d() {}

    static Bundle of(INDArray array) {
        String caption = array.dataType().name().toLowerCase(Locale.ROOT) + " array, shape "
                + Arrays.toString(array.shape());
        if (array.isEmpty() || array.length() == 0) {
            return Bundle.text(caption + ", empty");
        }
        if (array.rank() == 0) {
            return Bundle.text(caption + ": " + Numbers.of(array.getDouble(0)));
        }
        if (array.rank() == 1) {
            return table(caption, 1, array.length(), (i, j) -> Numbers.of(array.getDouble(j)));
        }
        if (array.rank() == 2) {
            return table(caption, array.size(0), array.size(1), (i, j) -> Numbers.of(array.getDouble(i, j)));
        }
        INDArray first = array;
        var where = new StringBuilder();
        while (first.rank() > 2) {
            first = first.slice(0);
            where.append("0, ");
        }
        INDArray shown = first;
        return table(caption + "; showing [" + where + ":, :]", shown.size(0), shown.size(1),
                (i, j) -> Numbers.of(shown.getDouble(i, j)));
    }

    static Bundle of(double[][] rows) {
        int columns = rows.length == 0 ? 0 : rows[0].length;
        for (double[] row : rows) {
            if (row == null || row.length != columns) {
                return Bundle.text(Values.of(rows));
            }
        }
        String caption = "double[" + rows.length + "][" + columns + "]";
        return columns == 0 ? Bundle.text(caption)
                : table(caption, rows.length, columns, (i, j) -> Numbers.of(rows[i][j]));
    }

    private static Bundle table(String caption, long rows, long columns, Entry entry) {
        int[] across = Grid.shown(columns, Grid.COLUMNS);
        List<List<String>> cells = new ArrayList<>();
        for (int i : Grid.shown(rows, Grid.ROWS)) {
            var row = new ArrayList<String>();
            for (int j : across) {
                row.add(i == Grid.GAP || j == Grid.GAP ? (i == j ? "\u22f1" : i == Grid.GAP ? "\u22ee" : "\u22ef")
                        : entry.at(i, j));
            }
            cells.add(row);
        }
        boolean[] right = new boolean[across.length];
        Arrays.fill(right, true);
        return Bundle.text(Grid.text(caption, List.of(), cells, right))
                .html(Grid.html(caption, List.of(), cells, right));
    }
}
