package reprise.tensor;

import org.bytedeco.pytorch.global.torch;

/** Arithmetic, comparisons and choices: one entry at a time, with broadcasting. */
sealed interface Elementwise extends Unary permits Tensor {
    /**
     * Sum.
     *
     * @param other any shape that broadcasts with this
     * @return the broadcast shape
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor add(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("add", () -> torch.add(t.raw, other.raw), t, other);
    }

    /**
     * Difference.
     *
     * @param other any shape that broadcasts with this
     * @return the broadcast shape
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor sub(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("sub", () -> torch.sub(t.raw, other.raw), t, other);
    }

    /**
     * Product, entry by entry.
     *
     * @param other any shape that broadcasts with this
     * @return the broadcast shape
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor mul(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("mul", () -> torch.mul(t.raw, other.raw), t, other);
    }

    /**
     * Quotient, entry by entry; x / 0 is infinite, 0 / 0 NaN.
     *
     * @param other any shape that broadcasts with this
     * @return the broadcast shape
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor div(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("div", () -> torch.div(t.raw, other.raw), t, other);
    }

    /**
     * Power, entry by entry; NaN for a negative base and a fractional exponent.
     *
     * @param other any shape that broadcasts with this
     * @return the broadcast shape
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor pow(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("pow", () -> torch.pow(t.raw, other.raw), t, other);
    }

    /**
     * The larger of two entries; NaN if one is.
     *
     * @param other any shape that broadcasts with this
     * @return the broadcast shape
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor maximum(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("maximum", () -> torch.maximum(t.raw, other.raw), t, other);
    }

    /**
     * The smaller of two entries; NaN if one is.
     *
     * @param other any shape that broadcasts with this
     * @return the broadcast shape
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor minimum(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("minimum", () -> torch.minimum(t.raw, other.raw), t, other);
    }

    /**
     * Sum with a number.
     *
     * @param value any number
     * @return same shape and type
     */
    default Tensor add(double value) {
        Tensor t = (Tensor) this;
        return Native.call("add", () -> t.raw.add(Native.scalar(value)), t);
    }

    /**
     * Difference with a number.
     *
     * @param value any number
     * @return same shape and type
     */
    default Tensor sub(double value) {
        Tensor t = (Tensor) this;
        return Native.call("sub", () -> t.raw.sub(Native.scalar(value)), t);
    }

    /**
     * Product with a number.
     *
     * @param value any number
     * @return same shape and type
     */
    default Tensor mul(double value) {
        Tensor t = (Tensor) this;
        return Native.call("mul", () -> t.raw.mul(Native.scalar(value)), t);
    }

    /**
     * Quotient by a number.
     *
     * @param value any number
     * @return same shape and type
     */
    default Tensor div(double value) {
        Tensor t = (Tensor) this;
        return Native.call("div", () -> t.raw.div(Native.scalar(value)), t);
    }

    /**
     * Power with a number.
     *
     * @param exponent any number
     * @return same shape and type
     */
    default Tensor pow(double exponent) {
        Tensor t = (Tensor) this;
        return Native.call("pow", () -> t.raw.pow(Native.scalar(exponent)), t);
    }

    /**
     * Where this is larger. NaN compares false.
     *
     * @param other any shape that broadcasts with this
     * @return booleans of the broadcast shape, no gradient
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor gt(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("gt", () -> t.raw.gt(other.raw), t, other);
    }

    /**
     * Where this is smaller. NaN compares false.
     *
     * @param other any shape that broadcasts with this
     * @return booleans of the broadcast shape, no gradient
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor lt(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("lt", () -> t.raw.lt(other.raw), t, other);
    }

    /**
     * Where this is larger or equal. NaN compares false.
     *
     * @param other any shape that broadcasts with this
     * @return booleans of the broadcast shape, no gradient
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor ge(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("ge", () -> t.raw.ge(other.raw), t, other);
    }

    /**
     * Where this is smaller or equal. NaN compares false.
     *
     * @param other any shape that broadcasts with this
     * @return booleans of the broadcast shape, no gradient
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor le(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("le", () -> t.raw.le(other.raw), t, other);
    }

    /**
     * Where both are equal. NaN compares false.
     *
     * @param other any shape that broadcasts with this
     * @return booleans of the broadcast shape, no gradient
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor eq(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("eq", () -> t.raw.eq(other.raw), t, other);
    }

    /**
     * Picks from two tensors by this one's truth.
     *
     * @param yes taken where this is true
     * @param no taken where this is false
     * @return the broadcast shape
     * @throws IllegalArgumentException if the shapes do not broadcast; both are named
     */
    default Tensor where(Tensor yes, Tensor no) {
        Tensor t = (Tensor) this;
        return Native.call("where", () -> torch.where(t.raw, yes.raw, no.raw), t, yes, no);
    }

    /**
     * Entries moved into an interval; the gradient is zero outside.
     *
     * @param low at most high
     * @param high at least low
     * @return same shape
     */
    default Tensor clamp(double low, double high) {
        Tensor t = (Tensor) this;
        return Native.call("clamp", () -> t.raw.clamp_min(Native.scalar(low)).clamp_max(Native.scalar(high)), t);
    }
}
