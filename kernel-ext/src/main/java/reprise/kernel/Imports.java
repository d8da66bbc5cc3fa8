package reprise.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dflib.jjava.distro.NotebookInitializer;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/**
 * What every cell may name without an import: the numeric core, figures, the notebook contract, arrays. The fields'
 * packages are not among them, so that code copied from a notebook says where its methods come from.
 */
final class Imports {
    /** From import to a class that must be there for it to make sense. JJava itself imports java.util and others. */
    private static final Map<String, String> WANTED = new LinkedHashMap<>();

    static {
        WANTED.put("java.util.function.*", "java.util.function.Function");
        WANTED.put("java.util.stream.*", "java.util.stream.Stream");
        WANTED.put("org.nd4j.linalg.api.ndarray.INDArray", "org.nd4j.linalg.api.ndarray.INDArray");
        WANTED.put("org.nd4j.linalg.factory.Nd4j", "org.nd4j.linalg.factory.Nd4j");
        WANTED.put("tech.tablesaw.api.*", "tech.tablesaw.api.Table");
        WANTED.put("reprise.display.*", "reprise.display.Rich");
        WANTED.put("static reprise.display.Layout.*", "reprise.display.Layout");
        WANTED.put("reprise.array.*", "reprise.array.Dense");
        WANTED.put("reprise.random.*", "reprise.random.Rng");
        WANTED.put("reprise.parallel.*", "reprise.parallel.Progress");
        WANTED.put("reprise.linalg.*", "reprise.linalg.Blas");
        WANTED.put("reprise.experiment.*", "reprise.experiment.Sweep");
        WANTED.put("reprise.plot.*", "reprise.plot.Figure");
        WANTED.put("reprise.paper.*", "reprise.paper.Paper");
        WANTED.put("reprise.kernel.widget.*", "reprise.kernel.widget.Interact");
        WANTED.put("static reprise.kernel.Notebook.clearOutput", "reprise.kernel.Notebook");
        WANTED.put("static reprise.kernel.widget.Interact.*", "reprise.kernel.widget.Interact");
    }

    private Imports() {}

    /** All that a cell of our own kernel finds imported, a line each: JJava's, then ours. */
    static List<String> lines() {
        String jjava = Internals.get(NotebookInitializer.class, "STARTUP_SCRIPT", null, String.class);
        return Stream.concat(jjava.lines().map(String::strip).filter(line -> !line.isEmpty()),
                WANTED.keySet().stream().map(Imports::line)).toList();
    }

    static void run(BaseKernel kernel) {
        if (kernel instanceof RepriseKernel own) {
            Prelude.declare(own.getJShell(), lines());
            return;
        }
        ClassLoader loader = Imports.class.getClassLoader();
        String script = WANTED.entrySet().stream()
                .filter(wanted -> wanted.getValue().startsWith("java.")
                        || loader.getResource(wanted.getValue().replace('.', '/') + ".class") != null)
                .map(wanted -> line(wanted.getKey()) + "\n").collect(Collectors.joining());
        kernel.evalBuilder(script).eval();
    }

    private static String line(String name) {
        return "import " + name + ";";
    }
}
