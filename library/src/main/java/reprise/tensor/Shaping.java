package reprise.tensor;

import org.bytedeco.pytorch.global.torch;

/** The same entries in other shapes, and parts of them. */
sealed interface Shaping permits Tensor {
    /**
     * The same entries in another shape.
     *
     * @param shape one size may be -1: what is left
     * @return that shape, sharing values where it can
     * @throws IllegalArgumentException if the numbers of entries differ
     */
    default Tensor reshape(long... shape) {
        Tensor t = (Tensor) this;
        return Native.call("reshape", () -> t.raw.reshape(shape), t);
    }

    /**
     * Two dimensions exchanged.
     *
     * @param a a dimension
     * @param b another
     * @return a view
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor transpose(int a, int b) {
        Tensor t = (Tensor) this;
        return Native.call("transpose", () -> t.raw.transpose(a, b), t);
    }

    /**
     * The last two dimensions exchanged.
     *
     * @return a view
     * @throws IllegalArgumentException if there are fewer than two
     */
    default Tensor t() {
        return transpose(-2, -1);
    }

    /**
     * All dimensions in another order.
     *
     * @param dims each dimension once
     * @return a view
     * @throws IllegalArgumentException if dims is not such an order
     */
    default Tensor permute(long... dims) {
        Tensor t = (Tensor) this;
        return Native.call("permute", () -> t.raw.permute(dims), t);
    }

    /**
     * A new dimension of size 1.
     *
     * @param dim where it will be
     * @return a view
     */
    default Tensor unsqueeze(int dim) {
        Tensor t = (Tensor) this;
        return Native.call("unsqueeze", () -> t.raw.unsqueeze(dim), t);
    }

    /**
     * Without a dimension, if its size is 1.
     *
     * @param dim which dimension; below zero from the end
     * @return a view
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor squeeze(int dim) {
        Tensor t = (Tensor) this;
        return Native.call("squeeze", () -> t.raw.squeeze(dim), t);
    }

    /**
     * Dimensions of size 1 repeated, without copying.
     *
     * @param shape -1 keeps a size
     * @return a view
     * @throws IllegalArgumentException if the shapes do not broadcast
     */
    default Tensor expand(long... shape) {
        Tensor t = (Tensor) this;
        return Native.call("expand", () -> t.raw.expand(shape), t);
    }

    /**
     * One slice: x[index] along a dimension.
     *
     * @param dim which dimension; below zero from the end
     * @param index below zero from the end
     * @return a view without that dimension
     * @throws IllegalArgumentException if the index is outside
     */
    default Tensor select(int dim, long index) {
        Tensor t = (Tensor) this;
        return Native.call("select", () -> t.raw.select(dim, index), t);
    }

    /**
     * A range: x[start, start + length) along a dimension.
     *
     * @param dim which dimension; below zero from the end
     * @param start the first
     * @param length how many
     * @return a view
     * @throws IllegalArgumentException if the range is outside
     */
    default Tensor narrow(int dim, long start, long length) {
        Tensor t = (Tensor) this;
        return Native.call("narrow", () -> t.raw.narrow(dim, start, length), t);
    }

    /**
     * Slices in any order, with repetition.
     *
     * @param dim which dimension; below zero from the end
     * @param index integers, one dimension
     * @return a copy
     * @throws IllegalArgumentException if an index is outside
     */
    default Tensor indexSelect(int dim, Tensor index) {
        Tensor t = (Tensor) this;
        return Native.call("indexSelect", () -> torch.index_select(t.raw, dim, index.raw), t, index);
    }

    /**
     * One entry of each line along a dimension: out[i][j] = x[i][index[i][j]] for the last of two.
     *
     * @param dim which dimension; below zero from the end
     * @param index integers, as many dimensions as this
     * @return the shape of index
     * @throws IllegalArgumentException if an index is outside
     */
    default Tensor gather(int dim, Tensor index) {
        Tensor t = (Tensor) this;
        return Native.call("gather", () -> torch.gather(t.raw, dim, index.raw), t, index);
    }

    /**
     * In reverse order along a dimension.
     *
     * @param dim which dimension; below zero from the end
     * @return same shape
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor flip(int dim) {
        Tensor t = (Tensor) this;
        return Native.call("flip", () -> torch.flip(t.raw, dim), t);
    }

    /**
     * The diagonal of a matrix.
     *
     * @return a view
     * @throws IllegalArgumentException if there are fewer than two dimensions
     */
    default Tensor diagonal() {
        Tensor t = (Tensor) this;
        return Native.call("diagonal", () -> torch.diagonal(t.raw), t);
    }

    /**
     * The lower triangle, diagonal included; zero above.
     *
     * @return same shape
     */
    default Tensor tril() {
        Tensor t = (Tensor) this;
        return Native.call("tril", () -> torch.tril(t.raw), t);
    }

    /**
     * The upper triangle, diagonal included; zero below.
     *
     * @return same shape
     */
    default Tensor triu() {
        Tensor t = (Tensor) this;
        return Native.call("triu", () -> torch.triu(t.raw), t);
    }
}
