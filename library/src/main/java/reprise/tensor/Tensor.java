package reprise.tensor;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.global.torch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An array of numbers that remembers how it was computed, so that {@link Grad} can differentiate it.
 *
 * <pre>{@code
 * Tensor x = Tensors.of(new double[] {1, 2, 3}).requiresGrad();
 * Tensor loss = x.square().sum();
 * double[] gradient = Grad.of(loss, x).toDoubles();        // 2, 4, 6
 * }</pre>
 *
 * <p>Operators never change their inputs ({@link #assign} is the one method that does), broadcast as in PyTorch, and
 * name both shapes when those do not fit. Indices and dimensions below zero count from the end. Nobody frees a tensor;
 * see {@link Tensors}.
 */
public final class Tensor implements Elementwise, Reductions, Shaping, Algebra, Convolutions {
    final org.bytedeco.pytorch.Tensor raw;

    /** Marked while a scope closes: this tensor leaves it. */
    boolean keep;

    Tensor(org.bytedeco.pytorch.Tensor raw) {
        this.raw = raw;
        Memory.add(this);
    }

    /**
     * The sizes of all dimensions.
     *
     * @return a copy; empty for a single number
     */
    public long[] shape() {
        return Native.guarded("shape", () -> {
            long[] shape = new long[(int) raw.dim()];
            for (int i = 0; i < shape.length; i++) {
                shape[i] = raw.size(i);
            }
            return shape;
        }, this);
    }

    /**
     * The size of one dimension.
     *
     * @param dim which; below zero from the end
     * @return at least 0
     * @throws IllegalArgumentException if there is no such dimension
     */
    public long size(int dim) {
        return Native.guarded("size", () -> raw.size(dim), this);
    }

    /**
     * The number of entries.
     *
     * @return at least 0
     */
    public long numel() {
        return Native.guarded("numel", raw::numel, this);
    }

    /**
     * Whether entries are float32.
     *
     * @return false for float64, and for the integers and booleans that indices and comparisons give
     */
    public boolean isFloat() {
        return Native.guarded("isFloat", () -> raw.scalar_type().intern() == torch.ScalarType.Float, this);
    }

    /**
     * A copy in float32; the same values rounded.
     *
     * @return same shape
     */
    public Tensor toFloat() {
        return Native.call("toFloat", () -> raw.to(torch.ScalarType.Float), this);
    }

    /**
     * A copy in float64.
     *
     * @return same shape
     */
    public Tensor toDouble() {
        return Native.call("toDouble", () -> raw.to(torch.ScalarType.Double), this);
    }

    /**
     * A leaf with the same values that gradients are taken with respect to.
     *
     * @return same shape, sharing values, without history
     */
    public Tensor requiresGrad() {
        return Native.call("requiresGrad", () -> {
            var leaf = raw.detach();
            leaf.set_requires_grad(true);
            return leaf;
        }, this);
    }

    /**
     * The same values without history: gradients stop here.
     *
     * @return same shape, sharing values
     */
    public Tensor detach() {
        return Native.call("detach", raw::detach, this);
    }

    /**
     * Overwrites the values in place, outside of all history: for parameters and running means. The only method that
     * changes a tensor.
     *
     * @param values of the same shape
     * @throws IllegalArgumentException if the shapes differ; both are named
     */
    public void assign(Tensor values) {
        if (!Arrays.equals(shape(), values.shape())) {
            throw new IllegalArgumentException("values must be of shape " + Arrays.toString(shape()) + ", was "
                    + Arrays.toString(values.shape()));
        }
        Tensors.noGrad(() -> Native.guarded("assign", () -> raw.copy_(values.raw), this, values));
    }

    /**
     * The value of a tensor of one entry.
     *
     * @return the value as a double
     * @throws IllegalArgumentException if there is more than one entry, or none
     */
    public double item() {
        return Native.guarded("item", raw::item_double, this);
    }

    /**
     * All values, last dimension fastest.
     *
     * @return length {@code numel()}, a copy
     * @cost O(numel)
     */
    public double[] toDoubles() {
        return Native.guarded("toDoubles", () -> {
            double[] values = new double[Math.toIntExact(raw.numel())];
            if (values.length > 0) {
                try (var plain = raw.detach();
                        var wide = plain.to(torch.ScalarType.Double);
                        var row = wide.contiguous();
                        var data = new DoublePointer(row.data_ptr())) {
                    data.get(values);
                }
            }
            return values;
        }, this);
    }

    /**
     * The values of a matrix.
     *
     * @return shape [rows, columns], a copy
     * @throws IllegalArgumentException if this has not two dimensions
     * @cost O(numel)
     */
    public double[][] toRows() {
        long[] shape = shape();
        if (shape.length != 2) {
            throw new IllegalArgumentException("tensor must have two dimensions, had shape " + Arrays.toString(shape));
        }
        double[] values = toDoubles();
        int columns = (int) shape[1];
        double[][] rows = new double[(int) shape[0]][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
        }
        return rows;
    }

    /**
     * The values as an ND4J array.
     *
     * @return same shape, type double, a copy
     * @cost O(numel)
     */
    public INDArray toArray() {
        return Nd4j.create(toDoubles(), shape(), 'c');
    }

    /**
     * Shape and type, and the value if there is only one.
     *
     * @return a line
     */
    @Override
    public String toString() {
        if (raw.isNull()) {
            return "tensor whose scope has ended";
        }
        String type = raw.scalar_type().intern().toString().toLowerCase(java.util.Locale.ROOT);
        return "tensor " + Arrays.toString(shape()) + " " + type + (numel() == 1 ? " = " + item() : "");
    }

    boolean hasHistory() {
        return raw.requires_grad();
    }

    static Tensor from(double[] values, boolean single, long... shape) {
        return Native.call("tensor", () -> {
            var made = torch.empty(shape, Native.options(single), null);
            if (values.length > 0 && single) {
                float[] narrow = new float[values.length];
                for (int i = 0; i < narrow.length; i++) {
                    narrow[i] = (float) values[i];
                }
                new FloatPointer(made.data_ptr()).put(narrow);
            } else if (values.length > 0) {
                new DoublePointer(made.data_ptr()).put(values);
            }
            return made;
        });
    }
}
