package reprise.tensor.nn;

import java.util.Arrays;
import reprise.array.Require;
import reprise.linalg.Qr;
import reprise.random.Rng;
import reprise.source.Source;
import reprise.tensor.Tensor;
import reprise.tensor.Tensors;

/**
 * How a weight begins. Its first size is the outputs, its second the inputs; what follows is a kernel, whose entries
 * multiply both into the fans: fan in = inputs kernel, fan out = outputs kernel.
 */
@FunctionalInterface
public interface Initialiser {
    /**
     * Draws a weight.
     *
     * @param rng where the numbers come from, and nothing else
     * @param shape sizes, each at least 1
     * @return that shape, float64
     */
    Tensor draw(Rng rng, long... shape);

    /**
     * The same number everywhere.
     *
     * @param value any finite number
     * @return the rule
     * @throws IllegalArgumentException if it is not finite
     */
    static Initialiser constant(double value) {
        Require.finite("value", value);
        return (rng, shape) -> Tensors.zeros(shape).add(value);
    }

    /**
     * Normal around zero.
     *
     * @param sd standard deviation, above 0
     * @return the rule
     * @throws IllegalArgumentException if it is not above 0
     */
    static Initialiser normal(double sd) {
        Require.positive("sd", sd);
        return (rng, shape) -> Tensors.normal(rng, shape).mul(sd);
    }

    /**
     * Uniform around zero.
     *
     * @param bound the largest absolute value, above 0
     * @return the rule
     * @throws IllegalArgumentException if it is not above 0
     */
    static Initialiser uniform(double bound) {
        Require.positive("bound", bound);
        return (rng, shape) -> Tensors.uniform(rng, shape).mul(2 * bound).sub(bound);
    }

    /**
     * Uniform within 1 / sqrt(fan in), as PyTorch's layers begin.
     *
     * @return the rule, for at least two dimensions
     */
    static Initialiser fanIn() {
        return (rng, shape) -> uniform(1 / Math.sqrt(fan(1, shape))).draw(rng, shape);
    }

    /**
     * Normal with variance gain^2 2 / (fan in + fan out): keeps the variance both ways through tanh (gain 5/3) or
     * identity (gain 1).
     *
     * @param gain above 0
     * @return the rule, for at least two dimensions
     * @throws IllegalArgumentException if it is not above 0
     */
    @Source(text = "X. Glorot, Y. Bengio, Understanding the difficulty of training deep networks, 2010", at = "Eq. 12")
    static Initialiser xavier(double gain) {
        Require.positive("gain", gain);
        return (rng, shape) -> normal(gain * Math.sqrt(2.0 / (fan(0, shape) + fan(1, shape)))).draw(rng, shape);
    }

    /**
     * Uniform with the variance of {@link #xavier}: within gain sqrt(6 / (fan in + fan out)).
     *
     * @param gain above 0
     * @return the rule, for at least two dimensions
     * @throws IllegalArgumentException if it is not above 0
     */
    @Source(text = "X. Glorot, Y. Bengio, Understanding the difficulty of training deep networks, 2010", at = "Eq. 16")
    static Initialiser xavierUniform(double gain) {
        Require.positive("gain", gain);
        return (rng, shape) -> uniform(gain * Math.sqrt(6.0 / (fan(0, shape) + fan(1, shape)))).draw(rng, shape);
    }

    /**
     * Normal with variance 2 / fan in: keeps the variance of what passes through rectifiers.
     *
     * @return the rule, for at least two dimensions
     */
    @Source(arxiv = "1502.01852", at = "Eq. 10")
    static Initialiser kaiming() {
        return (rng, shape) -> normal(Math.sqrt(2.0 / fan(1, shape))).draw(rng, shape);
    }

    /**
     * Uniform with the variance of {@link #kaiming}: within sqrt(6 / fan in).
     *
     * @return the rule, for at least two dimensions
     */
    @Source(arxiv = "1502.01852", at = "Eq. 10")
    static Initialiser kaimingUniform() {
        return (rng, shape) -> uniform(Math.sqrt(6.0 / fan(1, shape))).draw(rng, shape);
    }

    /**
     * Orthonormal rows or columns, whichever are fewer, times a gain: uniform among such matrices. Dimensions after
     * the first are taken as one.
     *
     * @param gain above 0
     * @return the rule, for at least two dimensions
     * @throws IllegalArgumentException if it is not above 0
     */
    @Source(arxiv = "1312.6120", at = "Section 3")
    static Initialiser orthogonal(double gain) {
        Require.positive("gain", gain);
        return (rng, shape) -> {
            int rows = Math.toIntExact(shape[0]);
            int columns = Math.toIntExact(fan(1, shape));
            boolean wide = columns > rows;
            var qr = Qr.of(rng.normal(Math.max(rows, columns), Math.min(rows, columns)));
            int k = Math.min(rows, columns);
            double[] signs = new double[k];
            // R's signs are an accident of the algorithm; without them Q would not be uniform.
            Arrays.setAll(signs, i -> Math.signum(qr.r().data()[i * k + i]) * gain);
            Tensor q = Tensors.of(qr.q()).mul(Tensors.of(signs));
            return (wide ? q.t() : q).reshape(shape);
        };
    }

    private static long fan(int which, long... shape) {
        if (shape.length < 2) {
            throw new IllegalArgumentException(
                    "weight must have at least two dimensions, had shape " + Arrays.toString(shape));
        }
        long kernel = 1;
        for (int i = 2; i < shape.length; i++) {
            kernel *= shape[i];
        }
        return shape[which] * kernel;
    }
}
