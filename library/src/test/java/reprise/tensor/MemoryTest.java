package reprise.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import reprise.random.Rng;

class MemoryTest {
    /** The soak, in a JVM of its own: resident bytes after a warm-up and after all. */
    public static final class Soak {
        private Soak() {}

        public static void main(String[] args) {
            boolean scoped = args[0].equals("scope");
            int rounds = Integer.parseInt(args[1]);
            int size = Integer.parseInt(args[2]);
            Tensor x = Tensors.normal(Rng.of(1), size, size);
            loop(x, rounds / 10, scoped);
            long before = Pointer.physicalBytes();
            loop(x, rounds, scoped);
            System.out.println("growth " + (Pointer.physicalBytes() - before));
        }

        private static void loop(Tensor x, int rounds, boolean scoped) {
            for (int i = 0; i < rounds; i++) {
                if (scoped) {
                    Tensors.number(() -> x.add(1).select(0, 0).sum().item());
                } else {
                    x.add(1).select(0, 0);
                }
            }
        }
    }

    private static long growth(String... args) throws Exception {
        var command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g", "-cp", System.getProperty("java.class.path"), Soak.class.getName()));
        command.addAll(List.of(args));
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(child.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, child.exitValue(), output);
        return Long.parseLong(output.substring(output.indexOf("growth ") + 7).trim());
    }

    /**
     * 4 000 rounds of 720 KB are 2.9 GB; two pressure limits of 128 MB may be resident. So few Java objects do not make
     * the JVM collect by itself.
     */
    @Test
    void largeTemporariesWithoutAScopeDoNotPileUp() throws Exception {
        assertTrue(growth("bare", "4000", "300") < 300L << 20);
    }

    /** A million temporaries of 3 KB: what a notebook's loop makes. */
    @Test
    void aMillionTemporariesWithoutAScopeDoNotPileUp() throws Exception {
        assertTrue(growth("bare", "500000", "20") < 300L << 20);
    }

    /** Nothing is left but what the JVM itself grows by. */
    @Test
    void temporariesInAScopeDoNotPileUp() throws Exception {
        assertTrue(growth("scope", "40000", "100") < 64L << 20);
    }

    @Test
    void scopeFreesAllButItsAnswer() {
        Tensor[] leaked = new Tensor[1];
        Tensor answer = Tensors.scope(() -> {
            leaked[0] = Tensors.of(1, 2);
            return Tensors.scope(() -> leaked[0].add(1));
        });
        assertArrayEquals(new double[] {2, 3}, answer.toDoubles());
        var e = assertThrows(IllegalStateException.class, () -> leaked[0].add(1));
        assertTrue(e.getMessage().contains("scope has ended"));
    }

    @Test
    void solvesOnASmallStack() throws Exception {
        double[] worst = new double[1];
        var small = new Thread(null, () -> {
            Tensors.threads(2);
            Tensor a = Tensors.normal(Rng.of(5), 500, 500).requiresGrad();
            Tensor x = a.solve(Tensors.ones(500));
            Grad.of(x.sum(), a);
            worst[0] = a.matmul(x).sub(1).abs().max().item();
            Tensors.threads(1);
        }, "small", 512 << 10);
        small.start();
        small.join();
        // Condition numbers of Gaussian matrices of this size are near 1e3 to 1e5: 1e5 * 1e-16 * 500.
        assertTrue(worst[0] > 0 && worst[0] < 1e-8, "residual " + worst[0]);
    }
}
