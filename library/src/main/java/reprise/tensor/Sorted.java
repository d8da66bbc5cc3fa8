package reprise.tensor;

import org.bytedeco.pytorch.T_TensorTensor_T;

/**
 * Entries in order.
 *
 * @param values the entries
 * @param indices where each of them was, integers
 */
public record Sorted(Tensor values, Tensor indices) {
    static Sorted of(T_TensorTensor_T pair) {
        try (pair) {
            return new Sorted(copy(pair.get0()), copy(pair.get1()));
        }
    }

    /** The pair's parts are references into it. */
    private static Tensor copy(org.bytedeco.pytorch.Tensor part) {
        return new Tensor(new org.bytedeco.pytorch.Tensor(part));
    }
}
