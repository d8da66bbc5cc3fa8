package reprise.kernel.run;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Gives a loaded class new code, as the JVM allows: the same fields, methods and parents. Its objects and static fields
 * stay. The JVM's agent is made when it is first needed: most notebooks never do, and it costs compiled code.
 */
public final class Redefinition {
    private static final String AGENTS = "sun.instrument.InstrumentationImpl";

    private static volatile Instrumentation instrumentation;
    private static boolean tried;

    private Redefinition() {}

    /**
     * Called by the JVM when it has made the agent.
     *
     * @param arguments none
     * @param given what redefines classes
     */
    public static void agentmain(String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /** Redefines all or none; false if the JVM cannot. */
    static boolean redefine(Class<?>[] classes, byte[][] code) {
        Instrumentation with = instrumentation();
        if (with == null) {
            return false;
        }
        var definitions = new ClassDefinition[classes.length];
        for (int i = 0; i < classes.length; i++) {
            definitions[i] = new ClassDefinition(classes[i], code[i]);
        }
        try {
            with.redefineClasses(definitions);
            return true;
        } catch (ClassNotFoundException | UnmodifiableClassException | UnsupportedOperationException
                | LinkageError e) {
            // The class has other fields, methods or parents now: it becomes another class.
            return false;
        }
    }

    private static synchronized Instrumentation instrumentation() {
        if (!tried) {
            tried = true;
            try {
                load();
            } catch (IOException | ReflectiveOperationException | RuntimeException | LinkageError e) {
                System.getLogger(Redefinition.class.getName()).log(System.Logger.Level.DEBUG, "no agent", e);
            }
        }
        return instrumentation;
    }

    /** As the java launcher does with an agent in the jar that it starts; the manifest exports the JDK's class. */
    private static void load() throws IOException, ReflectiveOperationException {
        var manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Launcher-Agent-Class", Redefinition.class.getName());
        attributes.putValue("Can-Redefine-Classes", "true");
        Path jar = Files.createTempFile("reprise-agent", ".jar");
        jar.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(jar); var archive = new JarOutputStream(out, manifest)) {
            archive.finish();
        }
        Class.forName(AGENTS).getMethod("loadAgent", String.class).invoke(null, jar.toString());
    }
}
