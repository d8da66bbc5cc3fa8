package reprise.tensor;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.global.torch;

/** What makes one number of many, and what runs along a dimension. */
sealed interface Reductions permits Tensor {
    /**
     * The sum of all entries; 0 of none.
     *
     * @return a single number
     */
    default Tensor sum() {
        Tensor t = (Tensor) this;
        return Native.call("sum", () -> torch.sum(t.raw), t);
    }

    /**
     * The mean of all entries; NaN of none.
     *
     * @return a single number
     */
    default Tensor mean() {
        Tensor t = (Tensor) this;
        return Native.call("mean", () -> torch.mean(t.raw), t);
    }

    /**
     * The largest entry.
     *
     * @return a single number
     * @throws IllegalArgumentException if there are no entries
     */
    default Tensor max() {
        Tensor t = (Tensor) this;
        return Native.call("max", () -> torch.max(t.raw), t);
    }

    /**
     * The smallest entry.
     *
     * @return a single number
     * @throws IllegalArgumentException if there are no entries
     */
    default Tensor min() {
        Tensor t = (Tensor) this;
        return Native.call("min", () -> torch.min(t.raw), t);
    }

    /**
     * Sums along a dimension.
     *
     * @param dim which dimension; below zero from the end
     * @param keep whether the dimension stays, with size 1
     * @return this shape with that dimension 1 or gone
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor sum(int dim, boolean keep) {
        Tensor t = (Tensor) this;
        return Native.call("sum", () -> torch.sum(t.raw, new long[] {dim}, keep, Native.sameType()), t);
    }

    /**
     * Sums along a dimension.
     *
     * @param dim which dimension; below zero from the end
     * @return this shape without that dimension
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor sum(int dim) {
        return sum(dim, false);
    }

    /**
     * Means along a dimension.
     *
     * @param dim which dimension; below zero from the end
     * @param keep whether the dimension stays, with size 1
     * @return this shape with that dimension 1 or gone
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor mean(int dim, boolean keep) {
        Tensor t = (Tensor) this;
        return Native.call("mean", () -> torch.mean(t.raw, new long[] {dim}, keep, Native.sameType()), t);
    }

    /**
     * Means along a dimension.
     *
     * @param dim which dimension; below zero from the end
     * @return this shape without that dimension
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor mean(int dim) {
        return mean(dim, false);
    }

    /**
     * Largest entries along a dimension; ties share the gradient.
     *
     * @param dim which dimension; below zero from the end
     * @param keep whether the dimension stays, with size 1
     * @return this shape with that dimension 1 or gone
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor amax(int dim, boolean keep) {
        Tensor t = (Tensor) this;
        return Native.call("amax", () -> torch.amax(t.raw, new long[] {dim}, keep), t);
    }

    /**
     * Largest entries along a dimension; ties share the gradient.
     *
     * @param dim which dimension; below zero from the end
     * @return this shape without that dimension
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor amax(int dim) {
        return amax(dim, false);
    }

    /**
     * Smallest entries along a dimension; ties share the gradient.
     *
     * @param dim which dimension; below zero from the end
     * @param keep whether the dimension stays, with size 1
     * @return this shape with that dimension 1 or gone
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor amin(int dim, boolean keep) {
        Tensor t = (Tensor) this;
        return Native.call("amin", () -> torch.amin(t.raw, new long[] {dim}, keep), t);
    }

    /**
     * Smallest entries along a dimension; ties share the gradient.
     *
     * @param dim which dimension; below zero from the end
     * @return this shape without that dimension
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor amin(int dim) {
        return amin(dim, false);
    }

    /**
     * log sum exp along a dimension, without overflow.
     *
     * @param dim which dimension; below zero from the end
     * @param keep whether the dimension stays, with size 1
     * @return this shape with that dimension 1 or gone
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor logsumexp(int dim, boolean keep) {
        Tensor t = (Tensor) this;
        return Native.call("logsumexp", () -> torch.logsumexp(t.raw, new long[] {dim}, keep), t);
    }

    /**
     * log sum exp along a dimension, without overflow.
     *
     * @param dim which dimension; below zero from the end
     * @return this shape without that dimension
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor logsumexp(int dim) {
        return logsumexp(dim, false);
    }

    /**
     * Variances along a dimension, divided by n - 1.
     *
     * @param dim which dimension; below zero from the end
     * @param keep whether the dimension stays, with size 1
     * @return this shape with that dimension 1 or gone
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor var(int dim, boolean keep) {
        Tensor t = (Tensor) this;
        return Native.call("var", () -> torch.var(t.raw, new long[] {dim}, true, keep), t);
    }

    /**
     * Variances along a dimension, divided by n - 1.
     *
     * @param dim which dimension; below zero from the end
     * @return this shape without that dimension
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor var(int dim) {
        return var(dim, false);
    }

    /**
     * exp(x) / sum exp(x) along a dimension.
     *
     * @param dim which dimension; below zero from the end
     * @return same shape
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor softmax(int dim) {
        Tensor t = (Tensor) this;
        return Native.call("softmax", () -> torch.softmax(t.raw, dim), t);
    }

    /**
     * The logarithm of softmax, without cancellation.
     *
     * @param dim which dimension; below zero from the end
     * @return same shape
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor logSoftmax(int dim) {
        Tensor t = (Tensor) this;
        return Native.call("logSoftmax", () -> torch.log_softmax(t.raw, dim), t);
    }

    /**
     * Partial sums along a dimension.
     *
     * @param dim which dimension; below zero from the end
     * @return same shape
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor cumsum(int dim) {
        Tensor t = (Tensor) this;
        return Native.call("cumsum", () -> torch.cumsum(t.raw, dim), t);
    }

    /**
     * The square root of the sum of squares.
     *
     * @return a single number
     */
    default Tensor norm() {
        Tensor t = (Tensor) this;
        return Native.call("norm", () -> torch.norm(t.raw), t);
    }

    /**
     * Where the largest entry along a dimension is.
     *
     * @param dim which dimension; below zero from the end
     * @return integers, this shape without that dimension
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Tensor argmax(int dim) {
        Tensor t = (Tensor) this;
        return Native.call("argmax", () -> torch.argmax(t.raw, new LongOptional(dim), false), t);
    }

    /**
     * Sorted along a dimension, smallest first.
     *
     * @param dim which dimension; below zero from the end
     * @param descending true for largest first
     * @return the values, and where each of them was
     * @throws IllegalArgumentException if there is no such dimension
     */
    default Sorted sort(int dim, boolean descending) {
        Tensor t = (Tensor) this;
        return Native.guarded("sort", () -> Sorted.of(torch.sort(t.raw, dim, descending)), t);
    }

    /**
     * The k largest entries along a dimension, largest first.
     *
     * @param k how many, from 0 to the size of the dimension
     * @param dim which dimension; below zero from the end
     * @return the values, and where each of them was
     * @throws IllegalArgumentException if k is too large or there is no such dimension
     */
    default Sorted topk(int k, int dim) {
        Tensor t = (Tensor) this;
        return Native.guarded("topk", () -> Sorted.of(torch.topk(t.raw, k, dim, true, true)), t);
    }
}
