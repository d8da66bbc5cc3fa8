package reprise.kernel.magic;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.VarSnippet;
import org.dflib.jjava.kernel.JavaKernel;
import reprise.kernel.assist.Session;
import reprise.kernel.render.Renderers;

/** What the notebook holds. */
final class State {
    static final Magic MEMORY = new Magic("memory", "", "says how much memory the kernel uses",
            "Heap after a collection, buffers outside the heap, and the whole process as the system sees it.",
            (kernel, args) -> memory());
    static final Magic VARS = new Magic("vars", "[PREFIX]", "lists the variables with type and value",
            "With PREFIX only the variables whose names begin with it.", (kernel, args) -> vars(kernel, args));

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int WIDEST = 60;
    private static final int MEGA = 1 << 20;

    private State() {}

    private static Object memory() throws IOException {
        System.gc();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        var lines = new ArrayList<String>();
        lines.add("heap      " + heap.getUsed() / MEGA + " MB used, " + heap.getCommitted() / MEGA + " MB reserved, "
                + heap.getMax() / MEGA + " MB at most");
        long buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed).filter(b -> b > 0).sum();
        lines.add("buffers   " + buffers / MEGA + " MB");
        if (Files.isReadable(STATUS)) {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    lines.add("process   " + Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB");
                }
            }
        }
        return Magics.text(String.join("\n", lines));
    }

    private static Object vars(JavaKernel kernel, List<String> args) {
        String prefix = args.isEmpty() ? "" : args.get(0);
        var session = new Session(kernel.getJShell(), kernel.getEvaluator().getClassLoader());
        List<VarSnippet> all = kernel.getJShell().variables()
                .filter(v -> v.name().startsWith(prefix) && !v.name().startsWith("$")).toList();
        if (all.isEmpty()) {
            return Magics.text("no cell has defined a variable"
                    + (prefix.isEmpty() ? "" : " that begins with " + prefix));
        }
        int names = all.stream().mapToInt(v -> v.name().length()).max().orElse(0);
        int types = all.stream().mapToInt(v -> v.typeName().length()).max().orElse(0);
        var lines = new ArrayList<String>();
        for (VarSnippet variable : all) {
            String value = session.value(variable).map(v -> Renderers.glance(kernel.getRenderer(), v)).orElse("null");
            String first = value.lines().findFirst().orElse("");
            lines.add(padded(variable.name(), names) + "  " + padded(variable.typeName(), types) + "  "
                    + (first.length() > WIDEST ? first.substring(0, WIDEST) + " \u2026" : first));
        }
        return Magics.text(String.join("\n", lines));
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
