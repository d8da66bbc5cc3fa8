package reprise.kernel.assist;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import reprise.display.Rich;

/** What somebody meant who wrote a name that does not exist. */
public final class Near {
    private static final Pattern SYMBOL = Pattern.compile("symbol:\\s+(variable|method|class)\\s+(\\w+)");
    private static final Pattern PLACE = Pattern.compile(
            "location:\\s+(?:class|interface|variable \\w+ of type)\\s+([\\w.$]+)");
    private static final int MOST = 3;
    private static final int MOST_MS = 4000;
    private static final int LOOK_MS = 50;

    private Near() {}

    /**
     * Advice for a message of the compiler.
     *
     * @param message with its lines about symbol and location
     * @param shell where the notebook's cells ran
     * @param loader of their classes
     * @return one line each, such as "did you mean total?"; empty if nothing is near
     */
    public static List<String> advice(String message, JShell shell, ClassLoader loader) {
        Matcher symbol = SYMBOL.matcher(message);
        if (!symbol.find()) {
            return List.of();
        }
        String name = symbol.group(2);
        var session = new Session(shell, loader);
        Matcher place = PLACE.matcher(message);
        Optional<Class<?>> owner = place.find() ? session.classNamed(place.group(1)) : Optional.empty();
        var known = new TreeSet<String>();
        if (owner.isPresent() && !owner.get().getName().startsWith("REPL.")) {
            Stream.of(owner.get().getMethods()).forEach(m -> known.add(m.getName()));
            Stream.of(owner.get().getFields()).forEach(f -> known.add(f.getName()));
        } else {
            List<String> imports = imports(name, shell);
            if (!imports.isEmpty()) {
                return imports.stream().map(i -> "it has to be imported: import " + i + ";").toList();
            }
            shell.variables().forEach(v -> known.add(v.name()));
            shell.methods().forEach(m -> known.add(m.name()));
            shell.types().forEach(t -> known.add(t.name()));
            if (Character.isUpperCase(name.charAt(0))) {
                known.addAll(importedNames(shell));
            }
        }
        return best(name, known).map(n -> List.of("did you mean " + n + "?")).orElse(List.of());
    }

    /**
     * The nearest of some names.
     *
     * @param name what was written
     * @param known what exists
     * @return the one that differs by the fewest letters, if that is no more than a third of them
     */
    public static Optional<String> best(String name, Collection<String> known) {
        int most = Math.max(1, name.length() / 3);
        return known.stream().filter(k -> !k.equals(name) && distance(name, k) <= most)
                .min(Comparator.<String>comparingInt(k -> distance(name, k)).thenComparing(k -> k));
    }

    /** Letters to add, drop, change or swap with a neighbour, capitals counting as small letters. */
    static int distance(String from, String to) {
        String a = from.toLowerCase(java.util.Locale.ROOT);
        String b = to.toLowerCase(java.util.Locale.ROOT);
        var d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + change);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    /** Classes of that very name, ours first. */
    private static List<String> imports(String name, JShell shell) {
        var out = new LinkedHashSet<String>();
        for (String found : ours()) {
            if (found.endsWith("." + name)) {
                out.add(found);
            }
        }
        if (out.isEmpty() && Character.isUpperCase(name.charAt(0))) {
            classesOfTheJdk(name, shell).filter(n -> n.startsWith("java.") || n.startsWith("reprise.")).sorted()
                    .forEach(out::add);
        }
        return new ArrayList<>(out).subList(0, Math.min(MOST, out.size()));
    }

    /** JShell's list of all classes is made while the first cells run; whoever errs that early waits for it a little. */
    private static Stream<String> classesOfTheJdk(String name, JShell shell) {
        var analysis = shell.sourceCodeAnalysis();
        var found = analysis.listQualifiedNames(name, name.length());
        try {
            for (int waited = 0; !found.isUpToDate() && waited < MOST_MS; waited += LOOK_MS) {
                Thread.sleep(LOOK_MS);
                found = analysis.listQualifiedNames(name, name.length());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found.getNames().stream();
    }

    private static Set<String> importedNames(JShell shell) {
        var packages = shell.imports().filter(i -> !i.isStatic()).map(ImportSnippet::fullname).toList();
        var out = new TreeSet<String>();
        for (String found : ours()) {
            if (packages.contains(found.substring(0, found.lastIndexOf('.')) + ".*")) {
                out.add(found.substring(found.lastIndexOf('.') + 1));
            }
        }
        packages.stream().filter(p -> !p.endsWith("*")).forEach(p -> out.add(p.substring(p.lastIndexOf('.') + 1)));
        return out;
    }

    /** The names of the library's classes, from its jar. */
    private static List<String> ours() {
        try {
            Path place = Path.of(Rich.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isDirectory(place)) {
                try (Stream<Path> files = Files.walk(place, FileVisitOption.FOLLOW_LINKS)) {
                    return files.map(f -> place.relativize(f).toString().replace('\\', '/')).filter(Near::isPublicName)
                            .map(Near::className).toList();
                }
            }
            try (var jar = new JarFile(place.toFile())) {
                return jar.stream().map(java.util.zip.ZipEntry::getName).filter(Near::isPublicName)
                        .map(Near::className).toList();
            }
        } catch (IOException | URISyntaxException e) {
            return List.of();
        }
    }

    private static boolean isPublicName(String file) {
        return file.startsWith("reprise/") && file.endsWith(".class") && !file.contains("$") && !file.contains("-");
    }

    private static String className(String file) {
        return file.substring(0, file.length() - ".class".length()).replace('/', '.');
    }
}
