package reprise.tensor;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.Pointer;

/**
 * Who frees a tensor. Inside a scope: its end. Outside: the garbage collector, which knows nothing of native bytes and
 * so is called when enough of them were made since it last ran.
 */
final class Memory {
    /** Native bytes between two collections. A collection of a small heap takes about 10 ms. */
    private static final long PRESSURE = 128L << 20;

    /** What libtorch and JavaCPP keep beside the values of a tensor. */
    private static final long OVERHEAD = 512;

    private static final ThreadLocal<Memory> CURRENT = new ThreadLocal<>();
    private static final AtomicLong SINCE_COLLECTION = new AtomicLong();
    private static volatile WeakReference<Object> collected = new WeakReference<>(new Object());

    private final Memory outer;
    private final List<Tensor> made = new ArrayList<>();

    private Memory(Memory outer) {
        this.outer = outer;
    }

    static Memory open() {
        var scope = new Memory(CURRENT.get());
        CURRENT.set(scope);
        return scope;
    }

    /** Frees all that was made in this scope and is not kept; what is kept belongs to the scope around it. */
    void close(List<Tensor> kept) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
        kept.forEach(t -> t.keep = true);
        for (Tensor t : made) {
            if (t.keep) {
                t.keep = false;
                add(t);
            } else {
                t.raw.deallocate();
            }
        }
        kept.forEach(t -> t.keep = false);
    }

    static void add(Tensor t) {
        Memory scope = CURRENT.get();
        if (scope != null) {
            scope.made.add(t);
            return;
        }
        // An upper bound is enough: a view is charged for all it shows.
        if (SINCE_COLLECTION.addAndGet(t.raw.nbytes() + OVERHEAD) > PRESSURE) {
            relieve();
        }
    }

    private static synchronized void relieve() {
        if (SINCE_COLLECTION.get() <= PRESSURE) {
            return;
        }
        if (collected.get() != null) {
            System.gc();
            drain();
        }
        collected = new WeakReference<>(new Object());
        SINCE_COLLECTION.set(0);
    }

    /** Waits until JavaCPP's thread has freed what the collection found. */
    private static void drain() {
        long before = Long.MAX_VALUE;
        long now = Pointer.totalCount();
        for (int i = 0; i < 200 && now < before; i++) {
            before = now;
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            now = Pointer.totalCount();
        }
    }
}
