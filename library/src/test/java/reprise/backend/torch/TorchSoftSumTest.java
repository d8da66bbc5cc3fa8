package reprise.backend.torch;

import reprise.backend.Backend;
import reprise.backend.SoftSumContract;

class TorchSoftSumTest implements SoftSumContract {
    @Override
    public Backend backend() {
        return new TorchBackend();
    }
}
