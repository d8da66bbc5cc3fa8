package reprise.kernel;

import java.lang.reflect.Method;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * Imports that JShell takes as they are. Given to it as code, each is parsed twice and compiled twice, thirty times
 * before the first cell: 0.2 s of a kernel's start. Ours are the same every time, and a test compiles them.
 */
final class Prelude {
    private final Object eval;
    private final Object wraps;
    private final Object snippets;
    private final Method process;
    private final Method guts = Internals.method(Snippet.class, "guts");
    private final Method wrap;
    private final Method setWrap = Internals.method(Snippet.class, "setOuterWrap");
    private final Method setStatus = Internals.method(Snippet.class, "setCompilationStatus");
    private final Method install;

    private Prelude(JShell shell) {
        eval = Internals.get(JShell.class, "eval", shell, Object.class);
        wraps = Internals.get(JShell.class, "outerMap", shell, Object.class);
        snippets = Internals.get(JShell.class, "maps", shell, Object.class);
        process = Internals.method(eval.getClass(), "processImport");
        wrap = Internals.method(wraps.getClass(), "wrapImport");
        install = Internals.method(snippets.getClass(), "installSnippet");
    }

    /** Declares imports, a line each. Nobody looks whether what they name is there; a cell that uses it will see. */
    static void declare(JShell shell, List<String> imports) {
        var prelude = new Prelude(shell);
        try {
            for (String line : imports) {
                prelude.declare(line);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JShell of " + Runtime.version() + " would not take imports as they are: "
                    + "Reprise needs a JDK that it was tested with", e);
        }
    }

    private void declare(String line) throws ReflectiveOperationException {
        var noDiagnostics = setStatus.getParameterTypes()[2].getDeclaredConstructor();
        noDiagnostics.setAccessible(true);
        for (Object snippet : (List<?>) process.invoke(eval, line, line)) {
            setWrap.invoke(snippet, wrap.invoke(wraps, guts.invoke(snippet), snippet));
            setStatus.invoke(snippet, Snippet.Status.VALID, List.of(), noDiagnostics.newInstance());
            install.invoke(snippets, snippet);
        }
    }
}
