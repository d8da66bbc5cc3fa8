package reprise.linalg;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Native memory kept for the next call. Fresh memory costs a page fault every 4 KB, which for a product of order 1 500
 * took as long as the product itself.
 */
final class Spare {
    /** 128 MB: the three matrices of a product of order 2 300. */
    private static final long MOST = 16L << 20;

    private static final Deque<DoublePointer> KEPT = new ArrayDeque<>();
    private static long total;

    private Spare() {}

    static DoublePointer take(long count) {
        synchronized (KEPT) {
            for (Iterator<DoublePointer> it = KEPT.iterator(); it.hasNext();) {
                DoublePointer p = it.next();
                // Not one that is far too large: the next call may want that.
                if (p.capacity() >= count && p.capacity() <= 2 * count + 64) {
                    it.remove();
                    total -= p.capacity();
                    return p.limit(count);
                }
            }
        }
        return new DoublePointer(count);
    }

    static void keep(DoublePointer p) {
        synchronized (KEPT) {
            KEPT.addFirst(p);
            total += p.capacity();
            while (total > MOST) {
                DoublePointer oldest = KEPT.removeLast();
                total -= oldest.capacity();
                oldest.close();
            }
        }
    }
}
