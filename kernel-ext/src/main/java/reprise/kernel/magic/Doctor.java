package reprise.kernel.magic;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import reprise.backend.cpu.CpuBackend;
import reprise.kernel.run.StoppableEvaluator;

/** What this kernel runs on, and what is amiss with it. */
final class Doctor {
    static final Magic DOCTOR = new Magic("doctor", "", "says what the kernel runs on and what is amiss",
            "`./reprise doctor` in a terminal looks at everything outside the kernel.",
            (kernel, args) -> Magics.text(report(kernel.getName())));

    private static final int MEGA = 1 << 20;
    private static final int LEAST_HEAP = 512;

    private Doctor() {}

    private static String report(String kernel) {
        List<String> flags = ManagementFactory.getRuntimeMXBean().getInputArguments();
        boolean vector = CpuBackend.hasVectorApi();
        boolean archive = flags.stream().anyMatch(f -> f.startsWith("-XX:AOTCache=")
                || f.startsWith("-XX:SharedArchiveFile="));
        boolean safepoints = flags.contains("-XX:+UseCountedLoopSafepoints") || !flags.contains("-XX:+UseParallelGC");
        long heap = Runtime.getRuntime().maxMemory() / MEGA;
        var lines = new ArrayList<String>();
        lines.add("kernel    " + (kernel.equals("Reprise") ? "Java (Reprise)"
                : kernel + " with the Reprise extension"));
        lines.add("java      " + Runtime.version() + " at " + System.getProperty("java.home"));
        lines.add("machine   " + Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name")
                + " " + System.getProperty("os.arch") + ", heap of " + heap + " MB at most");
        lines.add("vectors   " + (vector ? "jdk.incubator.vector is there" : "plain loops"));
        lines.add("archive   " + (archive ? "class-data archive in use" : "none"));
        var amiss = new ArrayList<String>();
        need(amiss, vector, "the vector module is missing, kernels run several times slower: start the kernel with "
                + "--add-modules=jdk.incubator.vector");
        need(amiss, archive, "no class-data archive, the kernel starts slower: run ./reprise lab again");
        need(amiss, heap >= LEAST_HEAP, "the heap is small: give the machine more memory or set -Xmx");
        need(amiss, safepoints && !"off".equals(System.getProperty(StoppableEvaluator.CHECKS)),
                "interrupts cannot stop every loop: start the kernel with -XX:+UseCountedLoopSafepoints and without "
                + "-D" + StoppableEvaluator.CHECKS + "=off");
        lines.add(amiss.isEmpty() ? "nothing is amiss" : String.join("\n", amiss));
        return String.join("\n", lines);
    }

    private static void need(List<String> amiss, boolean fine, String words) {
        if (!fine) {
            amiss.add("! " + words);
        }
    }
}
