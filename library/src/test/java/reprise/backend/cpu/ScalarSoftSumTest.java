package reprise.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import reprise.backend.Backend;
import reprise.backend.Backends;
import reprise.backend.ScalingContract;
import reprise.backend.SoftSumContract;

/** Runs in two JVMs: one with the vector module, one without, where nothing may need it. */
class ScalarSoftSumTest implements SoftSumContract, ScalingContract {
    @Override
    public Backend backend() {
        return CpuBackend.scalar();
    }

    @Test
    void saysWhetherTheVectorModuleIsThereAndWhatToDo() {
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertEquals(Boolean.getBoolean("reprise.test.withoutVector"), !there, "the build promised otherwise");
        String description = Backends.byName("cpu").describe();
        if (there) {
            assertTrue(description.contains("Vector API"), description);
        } else {
            assertTrue(description.contains("--add-modules jdk.incubator.vector"), description);
            var e = assertThrows(IllegalStateException.class, CpuBackend::vector);
            assertTrue(e.getMessage().contains("--add-modules jdk.incubator.vector"), e.getMessage());
        }
    }
}
