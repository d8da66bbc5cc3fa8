package reprise.backend.nd4j;

import reprise.backend.Backend;
import reprise.backend.SoftSumContract;

class Nd4jSoftSumTest implements SoftSumContract {
    @Override
    public Backend backend() {
        return new Nd4jBackend();
    }
}
