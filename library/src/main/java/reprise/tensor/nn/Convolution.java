package reprise.tensor.nn;

import java.util.List;
import reprise.array.Require;
import reprise.tensor.Tensor;

/**
 * Kernels that slide over a line, [n, in, length], or a plane, [n, in, height, width]. Weights: the kernels
 * [out, in, kernel] or [out, in, kernel, kernel], and a bias [out].
 *
 * @param dims 1 for a line, 2 for a plane
 * @param in input channels
 * @param out output channels
 * @param kernel its size along each dimension
 * @param stride by how much it moves
 * @param padding how many zeros are put on each side
 * @param initial how the kernels begin; the bias begins uniform within 1 / sqrt(in kernel^dims)
 */
public record Convolution(int dims, int in, int out, int kernel, int stride, int padding, Initialiser initial)
        implements Layer {
    /** Checks the sizes. */
    public Convolution {
        if (dims != 1 && dims != 2) {
            throw new IllegalArgumentException("dims must be 1 or 2, was " + dims);
        }
        Require.atLeast("in", in, 1);
        Require.atLeast("out", out, 1);
        Require.atLeast("kernel", kernel, 1);
        Require.atLeast("stride", stride, 1);
        Require.atLeast("padding", padding, 0);
    }

    /**
     * Over a line.
     *
     * @param in input channels, at least 1
     * @param out output channels, at least 1
     * @param kernel its size, at least 1
     * @return the layer, with stride 1 and no padding
     * @throws IllegalArgumentException if a size is below 1
     */
    public static Convolution line(int in, int out, int kernel) {
        return new Convolution(1, in, out, kernel, 1, 0, Initialiser.fanIn());
    }

    /**
     * Over a plane.
     *
     * @param in input channels, at least 1
     * @param out output channels, at least 1
     * @param kernel its height and width, at least 1
     * @return the layer, with stride 1 and no padding
     * @throws IllegalArgumentException if a size is below 1
     */
    public static Convolution plane(int in, int out, int kernel) {
        return new Convolution(2, in, out, kernel, 1, 0, Initialiser.fanIn());
    }

    /**
     * With larger steps.
     *
     * @param stride at least 1
     * @return a copy
     * @throws IllegalArgumentException if it is below 1
     */
    public Convolution stride(int stride) {
        return new Convolution(dims, in, out, kernel, stride, padding, initial);
    }

    /**
     * With zeros around the input.
     *
     * @param padding how many on each side, at least 0
     * @return a copy
     * @throws IllegalArgumentException if it is negative
     */
    public Convolution padding(int padding) {
        return new Convolution(dims, in, out, kernel, stride, padding, initial);
    }

    /**
     * With kernels that begin otherwise.
     *
     * @param kernels how they begin
     * @return a copy
     */
    public Convolution initial(Initialiser kernels) {
        return new Convolution(dims, in, out, kernel, stride, padding, kernels);
    }

    @Override
    public List<Weight> weights() {
        Integer[] shape = dims == 1 ? new Integer[] {out, in, kernel} : new Integer[] {out, in, kernel, kernel};
        double bound = 1 / Math.sqrt(in * Math.pow(kernel, dims));
        return List.of(Weight.trained(initial, shape), Weight.trained(Initialiser.uniform(bound), out));
    }

    @Override
    public Tensor apply(List<Tensor> weights, Tensor x, Pass pass) {
        return dims == 1
                ? x.conv1d(weights.get(0), weights.get(1), stride, padding)
                : x.conv2d(weights.get(0), weights.get(1), stride, padding);
    }
}
