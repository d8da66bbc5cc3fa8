package reprise.kernel.run;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;

/**
 * The jars that the compiler of cells looks into. It lists each of them at the first cell, and four fifths of their
 * 47 000 entries belong to libraries of libraries that no cell names. Those are added when a cell does name one.
 */
public final class CellClasspath {
    private static final Pattern BEHIND = Pattern.compile("(fastutil|icu4j|"
            + "protobuf|guava|jackson|jna|oshi|commons-|checker|"
            + "classgraph|univocity|threetenbp|RoaringBitmap|pytorch|openblas|error_prone|jsr305|j2objc|slf4j|"
            + "failureaccess|listenablefuture|flatbuffers|asm|cuda|mkl|dnnl).*|.*-(linux|windows|macosx)-\\w+");
    private static final Pattern LACKS = Pattern.compile("class file for .* not found|package .* does not exist");
    private static final String PROPERTY = "env.class.path";

    private boolean whole;

    CellClasspath() {}

    /** Shortens what the compiler sees; to be called before JShell is made. */
    public static void shorten() {
        String path = System.getProperty("java.class.path");
        List<String> front = Arrays.stream(path.split(File.pathSeparator))
                .filter(jar -> !BEHIND.matcher(name(jar)).matches()).toList();
        // javac prefers this property to java.class.path, which others read.
        System.setProperty(PROPERTY, front.stream().collect(Collectors.joining(File.pathSeparator)));
    }

    private static String name(String jar) {
        return Path.of(jar).getFileName().toString().replaceFirst("\\.jar$", "");
    }

    /** Whether a cell failed for want of a jar that was left out; if so all of them are there from now on. */
    boolean completed(JShell shell, Snippet failed) {
        if (whole || System.getProperty(PROPERTY) == null || shell.diagnostics(failed)
                .map((Diag d) -> d.getMessage(java.util.Locale.ENGLISH)).noneMatch(m -> LACKS.matcher(m).find())) {
            return false;
        }
        whole = true;
        System.clearProperty(PROPERTY);
        shell.addToClasspath(System.getProperty("java.class.path"));
        return true;
    }
}
