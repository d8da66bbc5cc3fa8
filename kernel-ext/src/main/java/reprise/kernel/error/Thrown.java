package reprise.kernel.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.UnresolvedReferenceException;

/** What a running cell threw: what happened, then where in the cells, then what caused it. */
final class Thrown implements Report {
    private static final Pattern SNIPPET_CLASS = Pattern.compile("REPL\\.\\$JShell\\$\\w+[.$]");
    /** The checks for an interrupt, which the kernel put into the cell. */
    private static final String CHECKS = "reprise.kernel.run.";

    private static final int MOST_CAUSES = 8;
    /** Without a line of a cell, as on another thread, the innermost frames are all there is to show. */
    private static final int FRAMES_WITHOUT_CELL = 4;

    private final JShellException error;
    private final Cells cells;
    private final JShell shell;

    Thrown(JShellException error, Cells cells, JShell shell) {
        this.error = error;
        this.cells = cells;
        this.shell = shell;
    }

    @Override
    public String headline() {
        return simpleName(error) + message(error).map(m -> ": " + m).orElse("");
    }

    @Override
    public List<String> lines() {
        var lines = new ArrayList<>(frames(error));
        Throwable cause = error.getCause();
        for (int i = 0; cause != null && i < MOST_CAUSES; i++) {
            lines.add("caused by " + simpleName(cause) + message(cause).map(m -> ": " + m).orElse(""));
            lines.addAll(frames(cause));
            cause = cause.getCause();
        }
        return lines;
    }

    @Override
    public RuntimeException named(ClassLoader loader) {
        if (error instanceof EvalException eval) {
            try {
                Class<?> type = Class.forName(eval.getExceptionClassName(), false, loader);
                if (RuntimeException.class.isAssignableFrom(type)) {
                    return (RuntimeException) type.getConstructor(String.class)
                            .newInstance(message(error).orElse(null));
                }
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                // Not every exception can be made from a message; the other one says the same.
                return new CellException(headline());
            }
        }
        return new CellException(headline());
    }

    private Optional<String> message(Throwable e) {
        if (e instanceof UnresolvedReferenceException unresolved) {
            DeclarationSnippet snippet = unresolved.getSnippet();
            String missing = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
            return Optional.of(snippet.name() + (missing.isEmpty() ? " does not compile any more: " + shell
                    .diagnostics(snippet).map(d -> d.getMessage(Locale.ENGLISH).lines().map(String::strip)
                    .collect(Collectors.joining(", "))).findFirst().orElse("what it uses has changed")
                    : " uses " + missing + ", which no cell has defined yet"));
        }
        if (e instanceof EvalException eval
                && eval.getExceptionClassName().equals(OutOfMemoryError.class.getName())) {
            return Optional.of(e.getMessage() + ". The notebook may use " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MB of heap. The kernel lives on: let go of large variables (name = null; %vars lists them), or "
                    + "work in smaller parts");
        }
        // JJava turns a missing message into the word.
        return Optional.ofNullable(e.getMessage()).filter(m -> !m.equals("null"))
                .map(m -> SNIPPET_CLASS.matcher(m).replaceAll(""));
    }

    private static String simpleName(Throwable e) {
        String name = e instanceof JShellException shell ? ReadableErrors.className(shell) : e.getClass().getName();
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    }

    private List<String> frames(Throwable e) {
        var lines = new ArrayList<String>();
        var folded = new TreeSet<String>();
        int count = 0;
        boolean inCell = false;
        for (StackTraceElement frame : e.getStackTrace()) {
            Optional<Cells.Line> line = line(frame);
            if (line.isPresent()) {
                if (line.get().magic()) {
                    // What a magic does inside is nobody's concern; its message says what was wrong.
                    folded.clear();
                    count = 0;
                }
                count = fold(lines, folded, count);
                String method = frame.getMethodName();
                boolean named = !method.isEmpty() && !method.startsWith("do_it") && !method.startsWith("lambda$");
                lines.add("  " + line.get().where() + (named ? " in " + method : "") + ": " + line.get().source());
                inCell = true;
            } else if (!frame.getClassName().isEmpty() && !frame.getClassName().startsWith("REPL.")
                    && !frame.getClassName().startsWith(CHECKS)) {
                folded.add(packageOf(frame.getClassName()));
                count++;
            }
        }
        // What lies below the last line of a cell is JShell and the kernel.
        return inCell ? once(lines) : innermost(e);
    }

    /** A recursion without end is one line and a number. */
    private static List<String> once(List<String> lines) {
        var out = new ArrayList<String>();
        for (int i = 0; i < lines.size();) {
            int start = i;
            while (i < lines.size() && lines.get(i).equals(lines.get(start))) {
                i++;
            }
            out.add(lines.get(start));
            if (i - start > 1) {
                out.add("  \u2026 and " + (i - start - 1) + " times more");
            }
        }
        return out;
    }

    private static int fold(List<String> lines, TreeSet<String> folded, int count) {
        if (count > 0) {
            lines.add("  \u2026 " + count + (count == 1 ? " frame in " : " frames in ") + String.join(", ", folded));
            folded.clear();
        }
        return 0;
    }

    private static List<String> innermost(Throwable e) {
        var lines = new ArrayList<String>();
        for (StackTraceElement frame : e.getStackTrace()) {
            if (lines.size() < FRAMES_WITHOUT_CELL) {
                lines.add("  at " + frame);
            }
        }
        return lines;
    }

    /** JShell writes the frame of a snippet as file #number, or number in newer JDKs' wrappers. */
    private Optional<Cells.Line> line(StackTraceElement frame) {
        String file = frame.getFileName();
        return file == null || !file.startsWith("#") ? Optional.empty()
                : cells.line(file.substring(1), frame.getLineNumber());
    }

    private static String packageOf(String className) {
        int dot = className.lastIndexOf('.');
        return dot < 0 ? className : className.substring(0, dot);
    }
}
