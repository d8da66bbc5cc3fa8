package reprise.backend.cpu;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.backend.Cost;

/**
 * Decides which inner loops run now. A reader's JVM is cold: the Vector API takes a second to compile and is a hundred
 * times slower until then, so plain loops begin, a daemon thread warms the vector ones, and they take over when they
 * are measured to be faster. If they never are, the reason is kept.
 */
final class WarmSwitch {
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final Object VECTOR_OR_REASON = load();
    private static volatile Tiles current = CpuBackend.scalarTiles();
    private static volatile String state = "plain Java";

    static {
        if (VECTOR_OR_REASON instanceof Tiles vector) {
            state = "plain Java until the Vector API is compiled";
            var thread = new Thread(() -> warmUp(vector), "reprise-warm-up");
            thread.setDaemon(true);
            thread.start();
        } else {
            state = "plain Java (" + VECTOR_OR_REASON + ")";
        }
    }

    private WarmSwitch() {}

    static Tiles current() {
        return current;
    }

    static String describe() {
        return state;
    }

    static Tiles vector() {
        if (VECTOR_OR_REASON instanceof Tiles vector) {
            return vector;
        }
        throw new IllegalStateException("the Vector API is not there: " + VECTOR_OR_REASON);
    }

    /** The vector loops, or a text that says why not: whatever goes wrong here must not stop anybody's work. */
    private static Object load() {
        if (!CpuBackend.hasVectorApi()) {
            return "start the JVM with --add-modules jdk.incubator.vector for speed";
        }
        try {
            var constructor = Class.forName("reprise.backend.cpu.VectorTiles").getDeclaredConstructor();
            return constructor.newInstance();
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return "the Vector API failed: " + cause;
        }
    }

    private static void warmUp(Tiles vector) {
        try {
            var trials = new Trial[] {new Trial(false, false), new Trial(false, true), new Trial(true, false)};
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            for (int wins = 0; wins < 2 && System.nanoTime() < deadline; ) {
                boolean faster = true;
                for (var trial : trials) {
                    faster &= trial.nanos(vector) < trial.nanos(CpuBackend.scalarTiles());
                }
                wins = faster ? wins + 1 : 0;
                if (wins == 2) {
                    current = vector;
                    state = vector.toString();
                    return;
                }
            }
            state = "plain Java (the Vector API was measured to be slower on this JVM)";
        } catch (RuntimeException | LinkageError e) {
            state = "plain Java (the Vector API failed: " + e + ")";
        }
    }

    /** One kind of work, small enough to be measured between two breaths. */
    private static final class Trial {
        private final Prepared prepared;
        private final Values values;
        private final Work work = new Work();

        private Trial(boolean direct, boolean average) {
            double[] points = new double[Tiles.POINTS * 8];
            Arrays.setAll(points, i -> Math.sin(i) * (direct ? 100 : 1));
            var y = Dense.of("points", points, Tiles.POINTS, 8);
            prepared = Prepared.of(y, y, Cost.squaredDistance(), new double[Tiles.POINTS], 2).orElseThrow();
            values = average ? new Values(y) : null;
        }

        /** The quickest of five runs: another thread may hold the core. */
        private long nanos(Tiles tiles) {
            long best = Long.MAX_VALUE;
            for (int repeat = 0; repeat < 5; repeat++) {
                long begun = System.nanoTime();
                for (int group = 0; group < Tiles.POINTS / Tiles.GROUP; group++) {
                    work.begin(values == null ? 0 : values.padded);
                    tiles.exponents(prepared, group, 0, work);
                    work.add(tiles, true, values != null);
                    if (values != null) {
                        tiles.mix(values, 0, work);
                    }
                }
                best = Math.min(best, System.nanoTime() - begun);
            }
            return best;
        }
    }
}
