package reprise.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackendsTest {
    @AfterEach
    void forgetChoices() {
        Backends.useDefault();
        System.clearProperty("reprise.backend");
    }

    @Test
    void choosesTheSessionsThenThePropertysThenCpu() {
        assertEquals("cpu", Backends.current().name());
        System.setProperty("reprise.backend", "nd4j");
        assertEquals("nd4j", Backends.current().name());
        Backends.use("cpu");
        assertEquals("cpu", Backends.current().name());
    }

    @Test
    void listsWhatIsThereWhenAskedForSomethingElse() {
        var e = assertThrows(IllegalArgumentException.class, () -> Backends.use("gpu9"));
        assertTrue(e.getMessage().startsWith("backend must be one of [cpu, nd4j"), e.getMessage());
        assertTrue(e.getMessage().contains("was \"gpu9\""), e.getMessage());
    }

    @Test
    void aFailedChoiceKeepsTheOneBefore() {
        Backends.use("nd4j");
        assertThrows(IllegalArgumentException.class, () -> Backends.use("nowhere"));
        assertEquals("nd4j", Backends.current().name());
    }

    @Test
    void torchIsThereInBothPrecisions() {
        assertEquals("torch", Backends.use("torch").name());
        assertTrue(Backends.current().describe().contains("float64"));
        assertTrue(Backends.use("torch-float32").describe().contains("float32"));
    }

    @Test
    void cudaIsThereOrSaysWhatToInstall() {
        for (String name : new String[] {"cuda", "cuda-float32"}) {
            if (Backends.names().contains(name)) {
                assertEquals(name, Backends.use(name).name());
            } else {
                var e = assertThrows(IllegalArgumentException.class, () -> Backends.use(name));
                assertTrue(e.getMessage().contains("-Pgpu"), e.getMessage());
                assertTrue(e.getMessage().contains("was \"" + name + "\""), e.getMessage());
            }
        }
    }
}
