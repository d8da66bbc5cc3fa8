package reprise.tensor;

import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Sliding windows over one or two dimensions, as correlations: kernels are not flipped. */
sealed interface Convolutions permits Tensor {
    /**
     * Slides kernels along a line, for this of shape [n, in, length].
     *
     * @param weight shape [out, in, kernel]
     * @param bias shape [out]
     * @param stride by how much a kernel moves, at least 1
     * @param padding how many zeros are put before and after, at least 0
     * @return shape [n, out, (length + 2 padding - kernel) / stride + 1]
     * @throws IllegalArgumentException if the shapes do not fit; all are named
     * @cost O(n out in kernel length)
     */
    default Tensor conv1d(Tensor weight, Tensor bias, int stride, int padding) {
        Tensor t = (Tensor) this;
        return Native.call("conv1d", () -> {
            try (var optional = new TensorOptional(bias.raw)) {
                return torch.conv1d(t.raw, weight.raw, optional,
                        new long[] {stride}, new long[] {padding}, new long[] {1}, 1);
            }
        }, t, weight, bias);
    }

    /**
     * Slides kernels over a plane, for this of shape [n, in, height, width].
     *
     * @param weight shape [out, in, kernel height, kernel width]
     * @param bias shape [out]
     * @param stride by how much a kernel moves, at least 1
     * @param padding how many zeros are put on each side, at least 0
     * @return shape [n, out, (height + 2 padding - kernel height) / stride + 1, likewise for the width]
     * @throws IllegalArgumentException if the shapes do not fit; all are named
     * @cost O(n out in kernel height kernel width height width)
     */
    default Tensor conv2d(Tensor weight, Tensor bias, int stride, int padding) {
        Tensor t = (Tensor) this;
        return Native.call("conv2d", () -> {
            try (var optional = new TensorOptional(bias.raw)) {
                return torch.conv2d(t.raw, weight.raw, optional, new long[] {stride, stride},
                        new long[] {padding, padding}, new long[] {1, 1}, 1);
            }
        }, t, weight, bias);
    }

    /**
     * The largest entry of each square window, for this of shape [n, channels, height, width]; windows do not overlap,
     * and an incomplete one at the border is left out.
     *
     * @param size of a window, at least 1
     * @return shape [n, channels, height / size, width / size]
     * @throws IllegalArgumentException if no window fits
     */
    default Tensor maxPool2d(int size) {
        Tensor t = (Tensor) this;
        return Native.call("maxPool2d", () -> torch.max_pool2d(t.raw, size, size), t);
    }

    /**
     * The mean of each square window, for this of shape [n, channels, height, width]; windows do not overlap, and an
     * incomplete one at the border is left out.
     *
     * @param size of a window, at least 1
     * @return shape [n, channels, height / size, width / size]
     * @throws IllegalArgumentException if no window fits
     */
    default Tensor avgPool2d(int size) {
        Tensor t = (Tensor) this;
        return Native.call("avgPool2d", () -> torch.avg_pool2d(t.raw, size, size), t);
    }
}
