package reprise.tensor.nn;

import java.util.List;

/**
 * What a layer says about one of its tensors.
 *
 * @param initial how it begins
 * @param trained whether an optimiser changes it; if not, it is a running mean or the like
 * @param shape its sizes
 */
public record Weight(Initialiser initial, boolean trained, List<Integer> shape) {
    /**
     * A weight that is trained.
     *
     * @param initial how it begins
     * @param shape its sizes
     * @return the description
     */
    public static Weight trained(Initialiser initial, Integer... shape) {
        return new Weight(initial, true, List.of(shape));
    }

    /**
     * A tensor that a layer keeps but that is not trained.
     *
     * @param initial how it begins
     * @param shape its sizes
     * @return the description
     */
    public static Weight kept(Initialiser initial, Integer... shape) {
        return new Weight(initial, false, List.of(shape));
    }

    long[] sizes() {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }
}
