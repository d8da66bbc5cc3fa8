package reprise.tensor.nn;

import java.util.Optional;
import reprise.random.Rng;

/**
 * What a network is run for: layers that differ between training and use look here.
 *
 * @param rng where training's randomness comes from; empty in use
 */
public record Pass(Optional<Rng> rng) {
    /**
     * For use: nothing is random, running means stay.
     *
     * @return the pass
     */
    public static Pass use() {
        return new Pass(Optional.empty());
    }

    /**
     * For training: dropout drops, batch norm takes the batch's own mean.
     *
     * @param rng where randomness comes from
     * @return the pass
     */
    public static Pass training(Rng rng) {
        return new Pass(Optional.of(rng));
    }
}
