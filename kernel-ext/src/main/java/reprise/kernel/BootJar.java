package reprise.kernel;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * Does what options of the command line would do. The JVM takes its archived module graph, and with it the linked
 * classes of the class-data archive, only where no option speaks of modules; that is a fifth of a kernel's start. So
 * the kernel starts from a jar whose manifest holds the class path and opens the packages, and loads the Vector API
 * itself.
 */
final class BootJar {
    private static final String PATH = "java.class.path";
    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    /** Said to the kernel whose classes are archived: those that name the Vector API would make the archive fail. */
    private static final String SWITCH = "reprise.vector";

    private BootJar() {}

    /** Writes the jars of the manifest into the class path, where compilers and others look for them. */
    static void expandClassPath() throws IOException {
        String path = System.getProperty(PATH);
        if (path.contains(File.pathSeparator) || !path.endsWith(".jar")) {
            return;
        }
        try (var jar = new JarFile(path)) {
            Manifest manifest = jar.getManifest();
            String inside = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (inside != null) {
                URI folder = Path.of(path).toAbsolutePath().toUri();
                System.setProperty(PATH, Arrays.stream(inside.split(" "))
                        .map(url -> Path.of(folder.resolve(url)).toString())
                        .collect(Collectors.joining(File.pathSeparator)));
            }
        }
    }

    /**
     * Makes the Vector API's module known to the running JVM, as agents do with theirs; nothing if it is known or this
     * JDK has none. The manifest exports the JDK's class for it, the kernelspec sets {@code -XX:+EnableVectorSupport}.
     */
    static void loadVectorModule() {
        if (ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent() || "off".equals(System.getProperty(SWITCH))) {
            return;
        }
        try {
            Class.forName("jdk.internal.module.Modules").getMethod("loadModule", String.class)
                    .invoke(null, VECTOR_MODULE);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            System.getLogger(BootJar.class.getName()).log(System.Logger.Level.DEBUG, "no Vector API", e);
        }
    }
}
