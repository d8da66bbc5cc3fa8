package reprise.tensor;

import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Matrices. Factorisations run on a thread with a large stack: libtorch's overflow Java's. */
sealed interface Algebra permits Tensor {
    /**
     * The matrix product over the last two dimensions; dimensions before them broadcast.
     *
     * @param other shape [..., k, m] for this of [..., n, k]; vectors as in PyTorch
     * @return shape [..., n, m]
     * @throws IllegalArgumentException if the shapes do not fit; both are named
     */
    default Tensor matmul(Tensor other) {
        Tensor t = (Tensor) this;
        return Native.call("matmul", () -> torch.matmul(t.raw, other.raw), t, other);
    }

    /**
     * The x with A x = b, for this matrix A, by LU with pivoting.
     *
     * @param b shape [n] or [n, m]
     * @return shape of b
     * @throws IllegalArgumentException if the shapes do not fit, or the matrix is singular
     */
    default Tensor solve(Tensor b) {
        Tensor t = (Tensor) this;
        return Native.call("solve", () -> Native.onLargeStack(() -> torch.linalg_solve(t.raw, b.raw)), t, b);
    }

    /**
     * The inverse. Prefer {@link #solve}.
     *
     * @return shape [..., n, n]
     * @throws IllegalArgumentException if the shapes do not fit, or the matrix is singular
     */
    default Tensor inv() {
        Tensor t = (Tensor) this;
        return Native.call("inv", () -> Native.onLargeStack(() -> torch.linalg_inv(t.raw)), t);
    }

    /**
     * The lower L with A = L L', for a symmetric positive definite A.
     *
     * @return shape [..., n, n]
     * @throws IllegalArgumentException if this is not positive definite
     */
    default Tensor cholesky() {
        Tensor t = (Tensor) this;
        return Native.call("cholesky", () -> Native.onLargeStack(() -> torch.linalg_cholesky(t.raw)), t);
    }

    /**
     * log det A; NaN if the determinant is negative, -infinity if zero.
     *
     * @return shape [...]
     * @throws IllegalArgumentException if the matrix is not square
     */
    default Tensor logdet() {
        Tensor t = (Tensor) this;
        return Native.call("logdet", () -> Native.onLargeStack(() -> torch.logdet(t.raw)), t);
    }

    /**
     * The eigenvalues of a symmetric matrix, ascending; the lower triangle is read.
     *
     * @return shape [..., n]
     * @throws IllegalArgumentException if the matrix is not square
     */
    default Tensor eigvalsh() {
        Tensor t = (Tensor) this;
        return Native.call("eigvalsh", () -> Native.onLargeStack(() -> torch.linalg_eigvalsh(t.raw)), t);
    }

    /**
     * x W' + b in one call.
     *
     * @param weight shape [out, in]
     * @param bias shape [out]
     * @return shape [..., out] for this of [..., in]
     * @throws IllegalArgumentException if the shapes do not fit; all are named
     */
    default Tensor linear(Tensor weight, Tensor bias) {
        Tensor t = (Tensor) this;
        return Native.call("linear", () -> {
            try (var optional = new TensorOptional(bias.raw)) {
                return torch.linear(t.raw, weight.raw, optional);
            }
        }, t, weight, bias);
    }
}
