package reprise.backend.torch;

import reprise.backend.Backend;
import reprise.backend.ScalingContract;
import reprise.backend.SoftSumContract;

class TorchSoftSumTest implements SoftSumContract, ScalingContract {
    @Override
    public Backend backend() {
        return new TorchBackend();
    }
}
