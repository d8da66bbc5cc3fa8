package reprise.paper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** The machine and the libraries, read without loading a native one. */
final class Platform {
    private static final List<String> FEATURES =
            List.of("sse4_2", "avx", "avx2", "fma", "avx512f", "avx512dq", "avx512vl", "amx_tile", "asimd", "sve");

    private Platform() {}

    /** Versions of the library, the JVM and what the numeric core stands on; those on the class path only. */
    static Map<String, String> versions() {
        var versions = new LinkedHashMap<String, String>();
        versions.put("reprise", version("io.github.reprise", "reprise-library").orElse("development"));
        versions.put("java", Runtime.version().toString());
        version("org.bytedeco", "openblas").ifPresent(v -> versions.put("openblas", v));
        version("org.bytedeco", "pytorch").ifPresent(v -> versions.put("pytorch", v));
        version("org.nd4j", "nd4j-api").ifPresent(v -> versions.put("nd4j", v));
        return versions;
    }

    static String jvm() {
        return System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + System.getProperty("java.vendor");
    }

    static String system() {
        return System.getProperty("os.name") + ", " + System.getProperty("os.arch");
    }

    /** The model and the vector instructions, where the system tells (Linux). */
    static String processor() {
        try {
            return processor(Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8));
        } catch (IOException | SecurityException e) {
            return "not told by this system";
        }
    }

    static String processor(String cpuinfo) {
        var model = field(cpuinfo, "model name");
        var flags = Set.copyOf(List.of(field(cpuinfo, "flags").or(() -> field(cpuinfo, "Features")).orElse("")
                .split(" ")));
        var known = FEATURES.stream().filter(flags::contains).collect(Collectors.joining(" "));
        return model.map(m -> m + "; ").orElse("") + (known.isEmpty() ? "no known vector instructions" : known);
    }

    /** The width that the Vector API prefers, or that there is none. */
    static String vectorWidth() {
        try {
            var shape = Class.forName("jdk.incubator.vector.VectorShape");
            var preferred = shape.getMethod("preferredShape").invoke(null);
            return shape.getMethod("vectorBitSize").invoke(preferred) + " bits";
        } catch (ReflectiveOperationException | LinkageError e) {
            return "scalar: the module jdk.incubator.vector is not there";
        }
    }

    /** OpenBLAS, and whether this run has loaded it (told by Linux only). */
    static String blas() {
        var version = version("org.bytedeco", "openblas");
        if (version.isEmpty()) {
            return "none";
        }
        try {
            boolean loaded = Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)
                    .contains("openblas");
            return "OpenBLAS " + version.get() + (loaded ? "" : ", not loaded by this run");
        } catch (IOException | SecurityException e) {
            return "OpenBLAS " + version.get();
        }
    }

    private static Optional<String> field(String cpuinfo, String name) {
        return cpuinfo.lines()
                .filter(line -> line.startsWith(name) && line.contains(":"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    /** What Maven wrote into the jar. */
    private static Optional<String> version(String group, String artifact) {
        var name = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (var in = Platform.class.getResourceAsStream(name)) {
            if (in == null) {
                return Optional.empty();
            }
            var properties = new Properties();
            properties.load(in);
            return Optional.ofNullable(properties.getProperty("version"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
