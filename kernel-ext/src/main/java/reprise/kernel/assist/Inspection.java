package reprise.kernel.assist;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.VarSnippet;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import reprise.display.Html;
import reprise.kernel.Internals;

/** What Shift-Tab shows: of a method or class its signature and documentation, of a variable its type and value. */
public final class Inspection {
    private static final int MOST_VARIANTS = 6;
    private static final int MOST_LETTERS = 4000;

    private final Session session;
    private final Function<Object, String> preview;
    private boolean sourcesAdded;

    /**
     * Inspects a notebook.
     *
     * @param session the notebook
     * @param preview a value in a few lines
     */
    public Inspection(Session session, Function<Object, String> preview) {
        this.session = session;
        this.preview = preview;
    }

    /**
     * Describes what stands at the cursor.
     *
     * @param code the cell
     * @param cursor in UTF-16 units
     * @return text and HTML; empty if nothing is known
     */
    public Optional<DisplayData> at(String code, int cursor) {
        int end = cursor;
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        int begin = end;
        while (begin > 0 && Character.isJavaIdentifierPart(code.charAt(begin - 1))) {
            begin--;
        }
        String name = code.substring(begin, end);
        boolean alone = begin == 0 || code.charAt(begin - 1) != '.';
        Optional<VarSnippet> variable = alone ? session.variable(name) : Optional.empty();
        return variable.isPresent() ? Optional.of(describe(variable.get())) : documented(code.substring(0, end));
    }

    private DisplayData describe(VarSnippet variable) {
        Optional<Object> value = session.value(variable);
        String head = variable.typeName() + " " + variable.name();
        String size = value.flatMap(Inspection::bytes).map(b -> "\n" + b).orElse("");
        String text = value.map(v -> cut(preview.apply(v))).orElse("null");
        return both(List.of(head), List.of(text + size));
    }

    private static Optional<String> bytes(Object value) {
        if (value.getClass().isArray() && value.getClass().getComponentType().isPrimitive()) {
            Class<?> type = value.getClass().getComponentType();
            int each = type == double.class || type == long.class ? 8 : type == float.class || type == int.class ? 4
                    : type == short.class || type == char.class ? 2 : 1;
            return Optional.of(size((long) each * Array.getLength(value)));
        }
        if (value instanceof org.nd4j.linalg.api.ndarray.INDArray array) {
            return Optional.of(size(array.length() * array.dataType().width()));
        }
        return Optional.empty();
    }

    private static String size(long bytes) {
        return bytes < 10_000 ? bytes + " bytes"
                : bytes < 10_000_000 ? bytes / 1000 + " KB" : bytes / 1_000_000 + " MB";
    }

    private Optional<DisplayData> documented(String code) {
        SourceCodeAnalysis analysis = session.shell().sourceCodeAnalysis();
        addSources(analysis);
        // A method's name alone means nothing to JShell, with a parenthesis it does.
        List<Documentation> found = analysis.documentation(code + "(", code.length() + 1, true);
        if (found.isEmpty()) {
            found = analysis.documentation(code, code.length(), true);
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var heads = new ArrayList<String>();
        var bodies = new ArrayList<String>();
        String last = "";
        for (Documentation one : found.subList(0, Math.min(MOST_VARIANTS, found.size()))) {
            heads.add(one.signature());
            String body = one.javadoc() == null ? "" : cut(Javadoc.text(one.javadoc()));
            bodies.add(body.equals(last) ? "" : body);
            last = body;
        }
        if (found.size() > MOST_VARIANTS) {
            heads.add("\u2026 " + (found.size() - MOST_VARIANTS) + " more of that name");
            bodies.add("");
        }
        return Optional.of(both(heads, bodies));
    }

    private static DisplayData both(List<String> heads, List<String> bodies) {
        var html = new StringBuilder();
        var text = new ArrayList<String>();
        for (int i = 0; i < heads.size(); i++) {
            text.add(heads.get(i) + (bodies.get(i).isEmpty() ? "" : "\n\n" + bodies.get(i)));
            html.append("<pre style=\"white-space:pre-wrap;margin:0 0 .6em\"><b>").append(Html.escape(heads.get(i)))
                    .append("</b>").append(bodies.get(i).isEmpty() ? "" : "\n\n" + Html.escape(bodies.get(i)))
                    .append("</pre>");
        }
        var data = new DisplayData(text.stream().collect(Collectors.joining("\n\n")));
        data.putHTML(html.toString());
        return data;
    }

    private static String cut(String text) {
        return text.length() <= MOST_LETTERS ? text : text.substring(0, MOST_LETTERS) + " \u2026";
    }

    /** JShell knows the JDK's sources; those of a jar lie beside it. */
    private void addSources(SourceCodeAnalysis analysis) {
        if (sourcesAdded) {
            return;
        }
        sourcesAdded = true;
        try {
            Method find = analysis.getClass().getDeclaredMethod("findSources");
            find.setAccessible(true);
            var sources = new ArrayList<Object>((List<?>) find.invoke(analysis));
            sources.addAll(ours());
            Internals.set(analysis.getClass(), "availableSources", analysis, sources);
        } catch (ReflectiveOperationException | RuntimeException e) {
            System.getLogger(Inspection.class.getName()).log(System.Logger.Level.DEBUG, "no sources of ours", e);
        }
    }

    private static List<Path> ours() {
        var out = new ArrayList<Path>();
        for (String entry : System.getProperty("java.class.path", "").split(java.io.File.pathSeparator)) {
            if (entry.endsWith(".jar") && entry.contains("reprise-")) {
                Path sources = Path.of(entry.substring(0, entry.length() - 4) + "-sources.jar");
                if (Files.isRegularFile(sources)) {
                    out.add(sources);
                }
            } else if (entry.endsWith("/target/classes")) {
                Path sources = Path.of(entry).resolveSibling("../src/main/java").normalize();
                if (Files.isDirectory(sources)) {
                    out.add(sources);
                }
            }
        }
        return out;
    }
}
