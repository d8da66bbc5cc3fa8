package reprise.kernel.render;

import java.util.stream.IntStream;
import reprise.display.Bundle;
import reprise.display.Rich;
import tech.tablesaw.api.Table;

/** A table page by page, in the order of one of its columns. Asked from one thread. */
public final class TablePages {
    private final Table table;
    private Table sorted;
    private int by = -1;
    private boolean descending;

    /**
     * Turns the pages of a table.
     *
     * @param table any table; what is changed in it later may or may not be seen
     */
    public TablePages(Table table) {
        this.table = table;
        this.sorted = table;
    }

    /**
     * Counts the pages.
     *
     * @return at least 1
     */
    public int count() {
        return Math.max(1, (table.rowCount() + Grid.ROWS - 1) / Grid.ROWS);
    }

    /**
     * Gives one page.
     *
     * @param column the index of the column that gives the order; negative for the table's own order
     * @param down whether the largest comes first
     * @param page from 1 to {@link #count}
     * @return the page, which shows itself
     * @cost O(rows log rows) when the order changed, else O(rows of the page)
     */
    public Rich page(int column, boolean down, int page) {
        if (column != by || down != descending) {
            String name = column < 0 ? "" : table.column(column).name();
            sorted = column < 0 ? (down ? reversed() : table)
                    : down ? table.sortDescendingOn(name) : table.sortAscendingOn(name);
            by = column;
            descending = down;
        }
        int from = (page - 1) * Grid.ROWS;
        int[] rows = IntStream.range(from, Math.min(from + Grid.ROWS, sorted.rowCount())).toArray();
        String order = column < 0 ? (down ? ", last first" : "")
                : ", by " + table.column(column).name() + (down ? ", largest first" : "");
        Bundle shown = Tables.of(sorted, rows, rows.length == 0 ? "" : "; rows " + (from + 1) + " to "
                + (from + rows.length) + order);
        return () -> shown;
    }

    private Table reversed() {
        return table.rows(IntStream.range(0, table.rowCount()).map(i -> table.rowCount() - 1 - i).toArray());
    }
}
