package reprise.linalg;

import java.util.Iterator;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Interrupted;

/**
 * The triangular factor of a matrix with so many rows that they are made, used and forgotten block by block (Demmel,
 * Grigori, Hoemmen and Langou, Communication-optimal parallel and sequential QR and LU factorizations, SIAM J. Sci.
 * Comput. 2012, the sequential form).
 *
 * <p>It holds all that the columns' lengths and angles say: R&#7488; R = A&#7488; A, without squaring the condition.
 */
public final class TallQr {
    /** Columns that one reflection block holds. */
    private static final int BLOCK = 32;

    private TallQr() {}

    /**
     * The factor R of A = Q R; its diagonal may have any sign.
     *
     * @param columns the number n of columns of A
     * @param blocks the rows of A in order, each block of shape [any, n]; each is asked for once
     * @return shape [n, n], zero below the diagonal; with fewer than n rows in A the last rows are zero
     * @throws IllegalArgumentException if a block has another number of columns
     * @throws Interrupted if the thread was interrupted; looked at between blocks
     * @cost 2 m n^2 operations for m rows in all, memory for n^2 numbers and one block; dtpqrt
     */
    public static Dense triangle(int columns, Iterator<Dense> blocks) {
        int n = Require.atLeast("columns", columns, 1);
        double[] r = new double[Math.multiplyExact(n, n)];
        while (blocks.hasNext()) {
            Interrupted.check();
            Dense block = blocks.next();
            Require.shape("block", new int[] {block.rows(), block.columns()}, block.rows(), n);
            append(r, n, block);
        }
        return Dense.of("r", Native.transposed(r, n, n), n, n);
    }

    /** Replaces R, column after column, by that of R with a block below it. */
    private static void append(double[] r, int n, Dense block) {
        int m = block.rows();
        int width = Math.min(BLOCK, n);
        // One core: the panels are products with vectors, and two threads wait for each other most of the time.
        Native.run(false, memory -> {
            DoublePointer p = memory.copy(r);
            Native.legal("dtpqrt", openblas.LAPACKE_dtpqrt(
                    Native.COLUMN_MAJOR, m, n, 0, width, p, n, memory.columns(block), m,
                    memory.doubles((long) width * n), width));
            p.get(r);
            return null;
        });
    }
}
