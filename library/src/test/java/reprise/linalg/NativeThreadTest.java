package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reprise.array.Dense;
import reprise.parallel.Tasks;

class NativeThreadTest {
    private static final int ORDER = 1_000;

    /** What the child process does: LU of order 1 000 on every core from a thread with Java's default stack. */
    static final class Child {
        public static void main(String[] args) {
            Dense a = Matrices.random(ORDER, ORDER, new Random(1));
            double[] x = Solve.linear(a, Blas.product(a, new double[ORDER]));
            Lu.of(a).inverse();
            Svd.values(Matrices.random(300, 300, new Random(2)));
            System.out.println("solved " + x.length);
        }
    }

    private record Outcome(int status, String output) {}

    private static Outcome run() throws Exception {
        // No flag, and no variable that sets one.
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp", System.getProperty("java.class.path"), Child.class.getName());
        builder.environment().keySet().removeAll(
                List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "OPENBLAS_NUM_THREADS"));
        File log = File.createTempFile("reprise-child", ".log");
        File folder = Files.createTempDirectory("reprise-child").toFile();
        try {
            Process child = builder.directory(folder).redirectErrorStream(true).redirectOutput(log).start();
            assertTrue(child.waitFor(60, TimeUnit.SECONDS), "the child process did not end");
            String output = Files.readString(log.toPath(), StandardCharsets.UTF_8);
            return new Outcome(child.exitValue(), output);
        } finally {
            log.delete();
            File[] left = folder.listFiles();
            for (File file : left == null ? new File[0] : left) {
                file.delete();
            }
            folder.delete();
        }
    }

    @Test
    @Timeout(120)
    void aChildWithoutFlagsSolvesALargeSystem() throws Exception {
        Outcome outcome = run();
        assertEquals(0, outcome.status(), outcome.output());
        assertTrue(outcome.output().contains("solved " + ORDER), outcome.output());
    }

    @Test
    void nativeCallsRunOnLargeStacksOfDaemonThreads() {
        Thread thread = NativeThread.call(Thread::currentThread);
        assertTrue(thread instanceof NativeThread && thread.isDaemon(), thread.toString());
        // Java frames of this depth take several times the default megabyte.
        assertEquals(200_000, NativeThread.call(() -> depth(200_000)));
    }

    private static int depth(int left) {
        return left == 0 ? 0 : 1 + depth(left - 1);
    }

    @Test
    void failuresReachTheCallerAsTheyAre() {
        var e = assertThrows(SingularMatrix.class, () -> NativeThread.call(() -> {
            throw new SingularMatrix("a", 3);
        }));
        assertEquals(3, e.pivot());
        assertTrue(
                Arrays.stream(e.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().contains("failuresReachTheCaller")),
                "the trace must lead to the caller");
        assertThrows(StackOverflowError.class, () -> NativeThread.call(() -> depth(Integer.MAX_VALUE)));
    }

    @Test
    void smallCallsShareTheCoresAndLargeOnesHaveThemAlone() {
        int all = Native.<Integer>run(true, memory -> Native.threads());
        if (System.getenv("OPENBLAS_NUM_THREADS") == null) {
            assertEquals(Runtime.getRuntime().availableProcessors(), all);
        }
        CountDownLatch both = new CountDownLatch(2);
        int[] seen = new int[2];
        Tasks.withThreads(2, () -> {
            Tasks.forRange(2, i -> seen[i] = Native.run(false, memory -> {
                both.countDown();
                try {
                    assertTrue(both.await(10, TimeUnit.SECONDS), "small calls must run beside each other");
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Native.threads();
            }));
            return 0;
        });
        assertEquals(1, seen[0]);
        assertEquals(1, seen[1]);
        assertEquals(all, Native.threads());
    }

    @Test
    void anInterruptIsKeptAndTheAnswerStillArrives() {
        Thread.currentThread().interrupt();
        assertEquals(2.0, Solve.linear(new double[][] {{0.5}}, new double[] {1})[0]);
        assertTrue(Thread.interrupted(), "the flag must still stand");
    }
}
