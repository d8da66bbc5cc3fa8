package reprise.backend.cpu;

import reprise.backend.Backend;
import reprise.backend.ScalingContract;
import reprise.backend.SoftSumContract;

/** What a user gets: plain loops at first, vectors as soon as they are faster, in the middle of a call. */
class DefaultSoftSumTest implements SoftSumContract, ScalingContract {
    @Override
    public Backend backend() {
        return new CpuBackend();
    }
}
