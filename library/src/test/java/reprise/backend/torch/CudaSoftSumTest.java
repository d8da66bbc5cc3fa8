package reprise.backend.torch;

import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import reprise.backend.Backend;
import reprise.backend.SoftSumContract;

/** Asked for by {@code -Dreprise.test.cuda=true} where there is a device; there, its absence fails. */
@EnabledIfSystemProperty(named = "reprise.test.cuda", matches = "true")
class CudaSoftSumTest implements SoftSumContract {
    @Override
    public Backend backend() {
        return new CudaBackend();
    }
}
