package reprise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reprise.density.KernelDensity;

/** ND4J has no natives for every platform: the library works without them and says so when they are asked for. */
class WithoutNd4jTest {
    @Test
    void worksOnPlainArraysAndSaysWhatIsMissing() throws IOException, InterruptedException {
        var classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*nd4j-native-\\d.*"))
                .collect(Collectors.joining(File.pathSeparator));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child = new ProcessBuilder(java, "-cp", classPath, Child.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertEquals(0, child.waitFor());
        assertEquals("true", said.get(0), "a density without ND4J's natives");
        assertEquals("ND4J's native part cannot be loaded on", said.get(1));
    }

    /** Runs in a JVM of its own, whose class path lacks ND4J's natives. */
    static final class Child {
        private Child() {}

        public static void main(String[] words) {
            double[][] points = {{0}, {1}};
            double log = KernelDensity.gaussian(points).bandwidth(1).logDensity(new double[][] {{0.5}})[0];
            System.out.println(Math.abs(log + 0.125 + 0.5 * Math.log(2 * Math.PI)) < 1e-14);
            try {
                Dense.of("x", points).toArray();
                System.out.println("an array came");
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage().substring(0, 38));
            }
        }
    }
}
