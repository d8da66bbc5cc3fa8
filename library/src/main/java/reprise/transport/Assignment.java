package reprise.transport;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;

/**
 * The cheapest way to give each of n workers a task of their own.
 *
 * <pre>{@code int[] taskOf = Assignment.cheapest(costs);}</pre>
 */
public final class Assignment {
    private Assignment() {}

    /**
     * Finds it as the exact transport of unit masses, whose trees carry whole numbers only; tasks that are left over
     * go to one more worker at no cost.
     *
     * @param costs n rows of m costs, n at most m, finite
     * @return for every row its column, all different
     * @throws IllegalArgumentException if the table is empty, ragged, holds NaN or infinity, or has more rows than
     *     columns
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost O(n m) memory; about that of {@link ExactTransport#solve()}
     */
    public static int[] cheapest(double[][] costs) {
        Dense table = Dense.of("costs", costs);
        int n = table.rows();
        int m = table.columns();
        Require.atLeast("columns", m, n);
        int rows = n < m ? n + 1 : n;
        var values = Arrays.copyOf(table.data(), Math.multiplyExact(rows, m));
        var a = new double[rows];
        Arrays.fill(a, 1);
        if (n < m) {
            // Any constant is no cost; the first one lies among the others.
            Arrays.fill(values, n * m, rows * m, values[0]);
            a[n] = m - n;
        }
        var b = new double[m];
        Arrays.fill(b, 1);
        var plan = ExactTransport.solve(new ExactTransport.Costs(values, rows, m), a, b);
        var columnOf = new int[n];
        for (int k = 0; k < plan.size(); k++) {
            SparsePlan.Entry entry = plan.entry(k);
            if (entry.source() < n) {
                columnOf[entry.source()] = entry.target();
            }
        }
        return columnOf;
    }
}
