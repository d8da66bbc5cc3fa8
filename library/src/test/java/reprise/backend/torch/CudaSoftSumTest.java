package reprise.backend.torch;

import org.junit.jupiter.api.Tag;
import reprise.backend.Backend;
import reprise.backend.SoftSumContract;

/** Not part of a usual run. {@code -Dtest.excluded=none} asks for it; where there is no device it then fails. */
@Tag("cuda")
class CudaSoftSumTest implements SoftSumContract {
    @Override
    public Backend backend() {
        return new CudaBackend();
    }
}
