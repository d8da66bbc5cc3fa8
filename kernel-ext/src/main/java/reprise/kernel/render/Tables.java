package reprise.kernel.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import reprise.display.Bundle;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tablesaw's tables: names, types, first and last rows. */
final class Tables {
    private Tables() {}

    static Bundle of(Table table) {
        int[] shown = Grid.shown(table.rowCount(), Grid.ROWS);
        return of(table, shown, shown.length < table.rowCount()
                ? "; " + Grid.ROWS + " of " + table.rowCount() + " shown" : "");
    }

    /** Some rows of a table. */
    static Bundle of(Table table, int[] shown, String note) {
        String name = table.name() == null || table.name().isBlank() ? "Table" : table.name();
        String caption = name + ": " + table.rowCount() + (table.rowCount() == 1 ? " row, " : " rows, ")
                + table.columnCount() + (table.columnCount() == 1 ? " column" : " columns") + note;
        var header = new ArrayList<String>();
        boolean[] right = new boolean[table.columnCount()];
        for (int j = 0; j < right.length; j++) {
            Column<?> column = table.column(j);
            header.add(column.name() + "\n" + column.type().name().toLowerCase(Locale.ROOT));
            right[j] = column instanceof NumericColumn;
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i : shown) {
            var row = new ArrayList<String>();
            for (Column<?> column : table.columns()) {
                row.add(i == Grid.GAP ? "\u22ee" : column.isMissing(i) ? "" : cell(column, i));
            }
            rows.add(row);
        }
        return Bundle.text(Grid.text(caption, header, rows, right)).html(Grid.html(caption, header, rows, right));
    }

    private static String cell(Column<?> column, int row) {
        return column.get(row) instanceof Double d ? Numbers.of(d) : String.valueOf(column.get(row));
    }
}
