package reprise.kernel.assist;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/** What the notebook knows by now: its variables with their values, and which class a name stands for. */
public final class Session {
    private final JShell shell;
    private final ClassLoader loader;

    /**
     * Looks into a notebook.
     *
     * @param shell where its cells ran
     * @param loader of the cells' classes
     */
    public Session(JShell shell, ClassLoader loader) {
        this.shell = shell;
        this.loader = loader;
    }

    JShell shell() {
        return shell;
    }

    /**
     * Finds a variable.
     *
     * @param name its name
     * @return the variable, if a cell has defined it
     */
    public Optional<VarSnippet> variable(String name) {
        return shell.variables().filter(v -> v.name().equals(name)).findFirst();
    }

    /**
     * Reads a variable.
     *
     * @param variable one of the notebook's
     * @return its value; empty if that is null or cannot be read
     */
    public Optional<Object> value(VarSnippet variable) {
        try {
            Method className = Snippet.class.getDeclaredMethod("classFullName");
            className.setAccessible(true);
            var field = loader.loadClass(className.invoke(variable).toString()).getDeclaredField(variable.name());
            field.setAccessible(true);
            return Optional.ofNullable(field.get(null));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The class of an expression, or the class that an expression names. */
    record Meaning(Class<?> type, boolean isStatic) {}

    Optional<Meaning> meaning(String expression) {
        String type = shell.sourceCodeAnalysis().analyzeType(expression, expression.length());
        if (type != null) {
            return classNamed(type).map(c -> new Meaning(c, false));
        }
        return expression.matches("[\\w.]+") ? classNamed(expression).map(c -> new Meaning(c, true)) : Optional.empty();
    }

    /** A class by the name that a cell would use. */
    Optional<Class<?>> classNamed(String name) {
        String plain = name.replaceAll("<.*>", "").strip();
        var candidates = new ArrayList<>(List.of(plain, "java.lang." + plain));
        shell.imports().filter(i -> !i.isStatic()).map(ImportSnippet::fullname).forEach(imported -> {
            if (imported.endsWith(".*")) {
                candidates.add(imported.substring(0, imported.length() - 1) + plain);
            } else if (imported.endsWith("." + plain)) {
                candidates.add(imported);
            }
        });
        for (String candidate : candidates) {
            // Nested classes are named with a dot in source.
            for (String binary = candidate; binary != null; binary = nested(binary)) {
                try {
                    return Optional.of(Class.forName(binary, false, loader));
                } catch (ClassNotFoundException | LinkageError e) {
                    continue;
                }
            }
        }
        return Optional.empty();
    }

    private static String nested(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && dot + 1 < name.length() && name.lastIndexOf('.', dot - 1) > 0
                && Character.isUpperCase(name.charAt(name.lastIndexOf('.', dot - 1) + 1))
                ? name.substring(0, dot) + "$" + name.substring(dot + 1) : null;
    }
}
