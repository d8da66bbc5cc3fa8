package reprise.kernel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import reprise.backend.cpu.CpuBackend;
import reprise.plot.Figure;

/**
 * Loads what the first figure needs while the reader still types: fonts, drawing, compression. It took most of the
 * second that a first figure took. When the first cells are through, the fused kernels' Vector API is compiled as well:
 * it takes two seconds of a core, and the first large sum would wait for it.
 */
final class Warmup {
    private static final AtomicBoolean STARTED = new AtomicBoolean();
    private static final Executor FIRST_CELLS_THROUGH = CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS);

    private Warmup() {}

    static void start() {
        if (STARTED.getAndSet(true)) {
            return;
        }
        var thread = new Thread(() -> Figure.titled("warm").x("x").y("y").logY()
                .line("a", new double[] {1, 2}, new double[] {1, 20}).bundle(), "reprise-warmup");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        // A machine without fonts says so when a figure is asked for, not before.
        thread.setUncaughtExceptionHandler((t, e) -> {});
        thread.start();
        FIRST_CELLS_THROUGH.execute(CpuBackend::warmUp);
    }

    /**
     * Compiles what leaves nothing behind. Front ends ask for the kernel's name first and then take their time; the
     * compiler reads the directories of the jars in it, which the first cell would wait for.
     */
    static void compile(RepriseKernel kernel) {
        kernel.getJShell().sourceCodeAnalysis().analyzeType("Figure.titled(\"warm\")", 0);
    }

    /** JShell lists every class of the JDK and of all jars for its completions; that can wait for the first cells. */
    static void postponeIndex(JShell shell) {
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        Internals.call(analysis, "suspendIndexing");
        FIRST_CELLS_THROUGH.execute(() -> Internals.call(analysis, "resumeIndexing"));
    }
}
