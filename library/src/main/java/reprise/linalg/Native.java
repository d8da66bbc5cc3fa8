package reprise.linalg;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.presets.openblas_nolapack;
import reprise.array.Dense;

/**
 * One call into OpenBLAS: its memory, its thread, and on how many cores it runs.
 *
 * <p>OpenBLAS counts its threads in one global variable. Small problems are slower on two threads than on one (LU of
 * order 500: 8 ms against 3.3 ms), and many small ones at once should share the cores instead. So a call says whether
 * it wants one core or all. Calls for one core run beside each other; a call for all cores runs alone. A call's
 * threads, and so its rounding, then depend on its size only, never on what else happens to run.
 */
final class Native {
    static final int COLUMN_MAJOR = 102;
    static final int NO_TRANSPOSE = 111;
    static final int TRANSPOSE = 112;

    private static final ReentrantReadWriteLock CORES = new ReentrantReadWriteLock(true);
    private static final ThreadCount THREADS = new ThreadCount();
    private static final int ALL = allCores();
    private static int single;

    private final List<DoublePointer> doubles = new ArrayList<>();
    private final List<IntPointer> ints = new ArrayList<>();

    private Native() {}

    /** Runs a factorisation on a thread with a large stack. */
    static <T> T run(boolean allCores, Function<Native, T> work) {
        return NativeThread.call(() -> here(allCores, work));
    }

    /** Runs BLAS, which needs no large stack as long as one core does it, on the caller's thread. */
    static <T> T blas(boolean allCores, Function<Native, T> work) {
        return allCores ? run(true, work) : here(false, work);
    }

    private static <T> T here(boolean allCores, Function<Native, T> work) {
        Native memory = new Native();
        enter(allCores);
        try {
            return work.apply(memory);
        } finally {
            leave(allCores);
            memory.doubles.forEach(Spare::keep);
            memory.ints.forEach(Pointer::close);
        }
    }

    /** Room for some doubles, not cleared. */
    DoublePointer doubles(long count) {
        DoublePointer p = Spare.take(Math.max(1, count));
        doubles.add(p);
        return p;
    }

    /** Room for some integers, zero. */
    IntPointer ints(long count) {
        IntPointer p = new IntPointer(Math.max(1, count));
        ints.add(p);
        return p.fill(0);
    }

    /** A copy of the entries as they lie; to LAPACK, which counts columns first, this is the transpose. */
    DoublePointer copy(double[] values) {
        DoublePointer p = doubles(values.length);
        buffer(p).put(values);
        return p;
    }

    /** A copy as LAPACK expects it, column after column. */
    DoublePointer columns(Dense a) {
        return copy(transposed(a.data(), a.rows(), a.columns()));
    }

    /** The first entries of native memory. */
    static double[] read(DoublePointer p, int count) {
        double[] values = new double[count];
        buffer(p).get(values);
        return values;
    }

    static int[] read(IntPointer p, int count) {
        int[] values = new int[count];
        p.get(values);
        return values;
    }

    /** A matrix that LAPACK left column after column. */
    static Dense matrix(DoublePointer p, int rows, int columns) {
        return Dense.of("result", transposed(read(p, rows * columns), columns, rows), rows, columns);
    }

    /** Entries laid out the other way round: of a [rows, columns] array row after row, its transpose. */
    static double[] transposed(double[] a, int rows, int columns) {
        double[] t = new double[a.length];
        int tile = 32;
        for (int i0 = 0; i0 < rows; i0 += tile) {
            int i1 = Math.min(rows, i0 + tile);
            for (int j0 = 0; j0 < columns; j0 += tile) {
                int j1 = Math.min(columns, j0 + tile);
                for (int i = i0; i < i1; i++) {
                    for (int j = j0; j < j1; j++) {
                        t[j * rows + i] = a[i * columns + j];
                    }
                }
            }
        }
        return t;
    }

    /** Turns LAPACK's negative code, a mistake of ours, into an error; gives the others back. */
    static int legal(String routine, int info) {
        if (info < 0) {
            throw new IllegalStateException(routine + " refused its argument " + -info + "; please report this");
        }
        return info;
    }

    private static DoubleBuffer buffer(DoublePointer p) {
        return p.asBuffer();
    }

    static void enter(boolean allCores) {
        if (allCores) {
            CORES.writeLock().lock();
            return;
        }
        CORES.readLock().lock();
        synchronized (CORES) {
            if (single++ == 0) {
                THREADS.set(1);
            }
        }
    }

    static void leave(boolean allCores) {
        if (allCores) {
            CORES.writeLock().unlock();
            return;
        }
        synchronized (CORES) {
            if (--single == 0) {
                THREADS.set(ALL);
            }
        }
        CORES.readLock().unlock();
    }

    /** OpenBLAS's own setter: 25 ns, where the preset's looks six names up in every library, 0.1 to 0.6 ms. */
    private static final class ThreadCount extends openblas_nolapack.SetNumThreads {
        private volatile int current;

        ThreadCount() {
            openblas.blas_set_num_threads(Runtime.getRuntime().availableProcessors());
            Pointer setter = Loader.addressof("openblas_set_num_threads");
            if (setter == null) {
                throw new IllegalStateException("OpenBLAS is not the BLAS library that was loaded; "
                        + "remove org.bytedeco:mkl from the class path or unset org.bytedeco.openblas.load");
            }
            put(setter);
        }

        private void set(int threads) {
            current = threads;
            call(threads);
        }
    }

    /** How many threads OpenBLAS was last told to use. */
    static int threads() {
        return THREADS.current;
    }

    private static int allCores() {
        int cores = Runtime.getRuntime().availableProcessors();
        String wish = System.getenv("OPENBLAS_NUM_THREADS");
        if (wish != null && wish.matches("[1-9][0-9]{0,3}")) {
            cores = Math.min(cores, Integer.parseInt(wish));
        }
        THREADS.set(cores);
        openblas.LAPACKE_set_nancheck(0);
        return cores;
    }
}
