package reprise.kernel.magic;

import java.util.List;
import org.dflib.jjava.kernel.JavaKernel;
import org.dflib.jjava.kernel.magics.ClasspathMagic;
import org.dflib.jjava.maven.MavenDependencyResolver;
import org.dflib.jjava.maven.magics.LoadFromPomCellMagic;
import org.dflib.jjava.maven.magics.LoadFromPomLineMagic;
import org.dflib.jjava.maven.magics.MavenMagic;
import org.dflib.jjava.maven.magics.MavenRepoMagic;
import org.dflib.jjava.shaded.org.eclipse.aether.transfer.ArtifactNotFoundException;

/** JJava's own magics; its Maven is made when one of them is used, as it takes its time. */
final class Borrowed {
    static final Magic MAVEN = new Magic("maven", "GROUP:ARTIFACT:VERSION ...", "adds libraries from Maven Central",
            "Downloads the libraries and what they need, and puts them on the notebook's class path, e.g.\n"
                    + "%maven org.apache.commons:commons-csv:1.11.0. With --from=URL it looks there as well.",
            (kernel, args) -> maven(kernel, args));
    static final Magic MAVEN_REPO = new Magic("mavenRepo", "NAME URL", "adds a Maven repository to look in",
            "Lines of %maven after it look there too.",
            (kernel, args) -> new MavenRepoMagic(Maven.RESOLVER).eval(kernel, args));
    static final Magic CLASSPATH = new Magic("classpath", "PATH ...", "adds jars or folders to the class path",
            "Each PATH is a jar, a folder of classes, or a pattern such as lib/*.jar.",
            (kernel, args) -> new ClasspathMagic().eval(kernel, args));
    static final Magic FROM_POM = new Magic("loadFromPOM", "FILE [SCOPE ...]", "adds the libraries that a pom names",
            "The cell form takes the dependencies themselves, in Maven's XML.",
            (kernel, args) -> new LoadFromPomLineMagic(Maven.RESOLVER).eval(kernel, args),
            (kernel, args, body) -> new LoadFromPomCellMagic(Maven.RESOLVER).eval(kernel, args, body));

    private Borrowed() {}

    private static Object maven(JavaKernel kernel, List<String> args) {
        if (args.isEmpty()) {
            throw new IllegalArgumentException(
                    "%maven needs a library to add, e.g. %maven org.apache.commons:commons-csv:1.11.0");
        }
        try {
            return new MavenMagic(Maven.RESOLVER).eval(kernel, args);
        } catch (RuntimeException e) {
            // Maven wraps the one message that says which artefact was missing where, or that there is no network.
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String said = cause.getMessage() == null ? "" : ": " + cause.getMessage();
            throw new IllegalArgumentException("%maven " + String.join(" ", args) + " did not work"
                    + (cause instanceof IllegalArgumentException || cause instanceof ArtifactNotFoundException ? said
                            : ": " + cause.getClass().getSimpleName() + said));
        }
    }

    private static final class Maven {
        static final MavenDependencyResolver RESOLVER = new MavenDependencyResolver();
    }
}
