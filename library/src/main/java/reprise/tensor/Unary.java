package reprise.tensor;

import org.bytedeco.pytorch.global.torch;

/** Functions of one number, applied to every entry. */
sealed interface Unary permits Elementwise {
    /**
     * -x.
     *
     * @return same shape
     */
    default Tensor neg() {
        Tensor t = (Tensor) this;
        return Native.call("neg", () -> torch.neg(t.raw), t);
    }

    /**
     * The exponential.
     *
     * @return same shape
     */
    default Tensor exp() {
        Tensor t = (Tensor) this;
        return Native.call("exp", () -> torch.exp(t.raw), t);
    }

    /**
     * The natural logarithm; NaN below zero.
     *
     * @return same shape
     */
    default Tensor log() {
        Tensor t = (Tensor) this;
        return Native.call("log", () -> torch.log(t.raw), t);
    }

    /**
     * log(1 + x), exact for small x.
     *
     * @return same shape
     */
    default Tensor log1p() {
        Tensor t = (Tensor) this;
        return Native.call("log1p", () -> torch.log1p(t.raw), t);
    }

    /**
     * exp(x) - 1, exact for small x.
     *
     * @return same shape
     */
    default Tensor expm1() {
        Tensor t = (Tensor) this;
        return Native.call("expm1", () -> torch.expm1(t.raw), t);
    }

    /**
     * The square root; NaN below zero.
     *
     * @return same shape
     */
    default Tensor sqrt() {
        Tensor t = (Tensor) this;
        return Native.call("sqrt", () -> torch.sqrt(t.raw), t);
    }

    /**
     * x^2.
     *
     * @return same shape
     */
    default Tensor square() {
        Tensor t = (Tensor) this;
        return Native.call("square", () -> torch.square(t.raw), t);
    }

    /**
     * The absolute value; gradient 0 at 0.
     *
     * @return same shape
     */
    default Tensor abs() {
        Tensor t = (Tensor) this;
        return Native.call("abs", () -> torch.abs(t.raw), t);
    }

    /**
     * -1, 0 or 1.
     *
     * @return same shape
     */
    default Tensor sign() {
        Tensor t = (Tensor) this;
        return Native.call("sign", () -> torch.sign(t.raw), t);
    }

    /**
     * The sine.
     *
     * @return same shape
     */
    default Tensor sin() {
        Tensor t = (Tensor) this;
        return Native.call("sin", () -> torch.sin(t.raw), t);
    }

    /**
     * The cosine.
     *
     * @return same shape
     */
    default Tensor cos() {
        Tensor t = (Tensor) this;
        return Native.call("cos", () -> torch.cos(t.raw), t);
    }

    /**
     * The hyperbolic tangent.
     *
     * @return same shape
     */
    default Tensor tanh() {
        Tensor t = (Tensor) this;
        return Native.call("tanh", () -> torch.tanh(t.raw), t);
    }

    /**
     * 1 / (1 + exp(-x)).
     *
     * @return same shape
     */
    default Tensor sigmoid() {
        Tensor t = (Tensor) this;
        return Native.call("sigmoid", () -> torch.sigmoid(t.raw), t);
    }

    /**
     * max(x, 0); gradient 0 at 0.
     *
     * @return same shape
     */
    default Tensor relu() {
        Tensor t = (Tensor) this;
        return Native.call("relu", () -> torch.relu(t.raw), t);
    }

    /**
     * log(1 + exp(x)), to the last digits also where it is nearly x.
     *
     * @return same shape
     */
    default Tensor softplus() {
        Tensor t = (Tensor) this;
        // libtorch's own threshold of 20 would be wrong by 2e-9 there; above 40 nothing is left of the difference.
        return Native.call("softplus", () -> torch.softplus(t.raw, Native.scalar(1), Native.scalar(40)), t);
    }

    /**
     * x sigmoid(x).
     *
     * @return same shape
     */
    default Tensor silu() {
        Tensor t = (Tensor) this;
        return Native.call("silu", () -> torch.silu(t.raw), t);
    }

    /**
     * x Phi(x), Phi the normal distribution function.
     *
     * @return same shape
     */
    default Tensor gelu() {
        Tensor t = (Tensor) this;
        return Native.call("gelu", () -> torch.gelu(t.raw), t);
    }

    /**
     * The error function.
     *
     * @return same shape
     */
    default Tensor erf() {
        Tensor t = (Tensor) this;
        return Native.call("erf", () -> torch.erf(t.raw), t);
    }

    /**
     * 1 / x.
     *
     * @return same shape
     */
    default Tensor reciprocal() {
        Tensor t = (Tensor) this;
        return Native.call("reciprocal", () -> torch.reciprocal(t.raw), t);
    }

    /**
     * The logarithm of the gamma function.
     *
     * @return same shape
     */
    default Tensor lgamma() {
        Tensor t = (Tensor) this;
        return Native.call("lgamma", () -> torch.lgamma(t.raw), t);
    }

    /**
     * The derivative of lgamma.
     *
     * @return same shape
     */
    default Tensor digamma() {
        Tensor t = (Tensor) this;
        return Native.call("digamma", () -> torch.digamma(t.raw), t);
    }
}
