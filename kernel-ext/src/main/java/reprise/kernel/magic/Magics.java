package reprise.kernel.magic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.kernel.JavaKernel;
import reprise.display.Bundle;
import reprise.kernel.Outlet;
import reprise.kernel.assist.Near;

/** All magics of ours, and the help for them. */
public final class Magics {
    private static final Map<String, Magic> ALL = new LinkedHashMap<>();

    static {
        List.of(
                new Magic("help", "[NAME]", "lists the magics, or explains one", "",
                        (kernel, args) -> help(kernel, args)),
                Timing.TIME, Timing.TIMEIT, State.MEMORY, State.VARS, Choices.SCALE, Choices.BACKEND, Choices.SEED,
                Doctor.DOCTOR, Load.LOAD, Borrowed.MAVEN, Borrowed.MAVEN_REPO, Borrowed.CLASSPATH,
                Borrowed.FROM_POM).forEach(m -> ALL.put(m.name(), m));
    }

    private Magics() {}

    /**
     * Registers them all.
     *
     * @param registry the kernel's
     */
    public static void register(MagicsRegistry registry) {
        for (Magic magic : ALL.values()) {
            registry.registerLineMagic(magic.name(), (JavaKernel kernel, List<String> arguments) ->
                    shown(magic.line().run(kernel, arguments)));
            if (magic.cell() != null) {
                registry.registerCellMagic(magic.name(), (JavaKernel kernel, List<String> arguments, String body) ->
                        shown(magic.cell().run(kernel, arguments, body)));
            }
        }
    }

    /** What a magic prints is text with equal letters in both forms. */
    private static Object shown(Object value) {
        return value instanceof Bundle bundle ? Outlet.data(bundle) : value;
    }

    static DisplayData text(String text) {
        return new DisplayData(text);
    }

    private static Object help(JavaKernel kernel, List<String> args) {
        if (args.isEmpty()) {
            int width = ALL.keySet().stream().mapToInt(String::length).max().orElse(0) + 1;
            return text(ALL.values().stream().map(m -> ("%" + m.name() + " ".repeat(width)).substring(0, width + 1)
                    + "  " + m.summary()).collect(Collectors.joining("\n")) + "\n\n%help NAME explains one of them.");
        }
        String name = args.get(0).replaceFirst("^%+", "");
        Magic magic = ALL.get(name);
        if (magic == null) {
            throw new IllegalArgumentException(unknown(name, kernel.getMagicsRegistry()));
        }
        return text("%" + magic.name() + " " + magic.usage() + "\n" + (magic.cell() == null ? "" : "%%" + magic.name()
                + " before a whole cell\n") + "\n" + magic.summary() + (magic.details().isEmpty() ? ""
                : "\n\n" + magic.details()));
    }

    static String unknown(String name, MagicsRegistry registry) {
        var known = new TreeSet<>(registry.getLineMagicNames());
        known.addAll(registry.getCellMagicNames());
        return "there is no magic %" + name
                + Near.best(name, known).map(n -> "; did you mean %" + n + "? ").orElse("; ")
                + "%help lists them all";
    }
}
