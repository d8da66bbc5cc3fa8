package reprise.kernel.magic;

import org.dflib.jjava.kernel.magics.ClasspathMagic;
import org.dflib.jjava.kernel.magics.LoadMagic;
import org.dflib.jjava.maven.MavenDependencyResolver;
import org.dflib.jjava.maven.magics.LoadFromPomCellMagic;
import org.dflib.jjava.maven.magics.LoadFromPomLineMagic;
import org.dflib.jjava.maven.magics.MavenMagic;
import org.dflib.jjava.maven.magics.MavenRepoMagic;

/** JJava's own magics; its Maven is made when one of them is used, as it takes its time. */
final class Borrowed {
    static final Magic LOAD = new Magic("load", "FILE", "runs a script or the cells of a notebook",
            "FILE is a notebook (.ipynb), a script of JShell or a Java file; its "
                    + "variables and methods are there afterwards.",
            (kernel, args) -> new LoadMagic().eval(kernel, args));
    static final Magic MAVEN = new Magic("maven", "GROUP:ARTIFACT:VERSION ...", "adds libraries from Maven Central",
            "Downloads the libraries and what they need, and puts them on the notebook's class path.",
            (kernel, args) -> new MavenMagic(Maven.RESOLVER).eval(kernel, args));
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

    private static final class Maven {
        static final MavenDependencyResolver RESOLVER = new MavenDependencyResolver();
    }
}
