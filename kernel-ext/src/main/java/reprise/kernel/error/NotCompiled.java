package reprise.kernel.error;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import reprise.kernel.assist.Near;

/** A cell that does not compile: each message with its line and carets below what it points at. */
final class NotCompiled implements Report {
    private final List<Diag> diagnostics;
    private final List<String> missing;
    private final Snippet snippet;
    private final Cells cells;

    private final JShell shell;
    private final ClassLoader loader;

    NotCompiled(Snippet snippet, Cells cells, JShell shell, ClassLoader loader) {
        this.shell = shell;
        this.loader = loader;
        this.snippet = snippet;
        this.cells = cells;
        diagnostics = shell.diagnostics(snippet).filter(Diag::isError).toList();
        missing = snippet instanceof DeclarationSnippet declaration
                ? shell.unresolvedDependencies(declaration).toList() : List.of();
    }

    @Override
    public String headline() {
        return "CompilationException: " + message();
    }

    @Override
    public List<String> lines() {
        var lines = new ArrayList<String>();
        for (Diag diagnostic : diagnostics) {
            pointedAt(diagnostic, lines);
            diagnostic.getMessage(Locale.ENGLISH).lines().filter(l -> !l.strip().startsWith("location:"))
                    .forEach(l -> lines.add("  " + l.strip().replaceAll("\\s+", " ")));
            Near.advice(diagnostic.getMessage(Locale.ENGLISH), shell, loader).forEach(l -> lines.add("  " + l));
        }
        for (String name : missing) {
            lines.add("  no cell has defined " + name + " yet");
            Near.advice("symbol: " + name, shell, loader).forEach(l -> lines.add("  " + l));
        }
        return lines;
    }

    @Override
    public RuntimeException named(ClassLoader loader) {
        return new CompilationException(message());
    }

    private String message() {
        return diagnostics.isEmpty()
                ? "needs " + String.join(", ", missing)
                : diagnostics.get(0).getMessage(Locale.ENGLISH).lines().map(String::strip)
                        .filter(l -> !l.startsWith("location:")).map(l -> l.replaceAll("\\s+", " "))
                        .collect(Collectors.joining(", "));
    }

    private void pointedAt(Diag diagnostic, List<String> lines) {
        String source = snippet.source();
        int at = (int) Math.max(0, Math.min(source.length(), diagnostic.getPosition()));
        int begin = source.lastIndexOf('\n', at - 1) + 1;
        int end = source.indexOf('\n', at) < 0 ? source.length() : source.indexOf('\n', at);
        int number = (int) source.substring(0, begin).chars().filter(c -> c == '\n').count() + 1;
        Optional<Cells.Line> line = cells.line(snippet.id(), number);
        String where = line.map(l -> "  " + l.where() + ": ").orElse("  ");
        lines.add(where + source.substring(begin, end));
        int from = (int) Math.max(begin, Math.min(end, diagnostic.getStartPosition()));
        int to = (int) Math.max(from + 1, Math.min(end, diagnostic.getEndPosition()));
        lines.add(" ".repeat(where.length() + from - begin) + "^".repeat(to - from));
    }
}
