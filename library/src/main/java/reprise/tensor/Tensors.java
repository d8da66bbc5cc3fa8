package reprise.tensor;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.global.torch;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.random.Rng;

/**
 * Where tensors come from, and how long they live.
 *
 * <p>Nobody frees a tensor. Those made inside {@link #scope} go when it ends, all but the one it returns; steps of an
 * {@link Adam} open a scope themselves. Those made outside go with the garbage collector, which is called when
 * 128 MB of them were made since it last ran.
 */
public final class Tensors {
    private Tensors() {}

    /**
     * A vector in float64.
     *
     * @param values copied
     * @return shape [n]
     */
    public static Tensor of(double... values) {
        return Tensor.from(values, false, values.length);
    }

    /**
     * A single number in float64.
     *
     * @param value any number
     * @return shape []
     */
    public static Tensor scalar(double value) {
        return Tensor.from(new double[] {value}, false);
    }

    /**
     * A matrix in float64.
     *
     * @param rows n rows of the same length d, copied, finite
     * @return shape [n, d]
     * @throws IllegalArgumentException if it is empty or ragged, or holds NaN or infinity
     */
    public static Tensor of(double[][] rows) {
        return of(Dense.of("rows", rows));
    }

    /**
     * A matrix in float64.
     *
     * @param matrix copied
     * @return shape [rows, columns]
     */
    public static Tensor of(Dense matrix) {
        return Tensor.from(matrix.data(), false, matrix.rows(), matrix.columns());
    }

    /**
     * An ND4J array in float64.
     *
     * @param array any shape, type and order; copied
     * @return same shape
     */
    public static Tensor of(INDArray array) {
        return Tensor.from(array.castTo(DataType.DOUBLE).dup('c').data().asDouble(), false, array.shape());
    }

    /**
     * Integers, to index with.
     *
     * @param values copied
     * @return shape [n], no gradient
     */
    public static Tensor indices(int... values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        Tensor t = of(wide);
        return Native.call("indices", () -> t.raw.to(torch.ScalarType.Long), t);
    }

    /**
     * Zeros in float64.
     *
     * @param shape sizes, at least 0
     * @return that shape
     */
    public static Tensor zeros(long... shape) {
        return Native.call("zeros", () -> torch.zeros(shape, Native.options(false)));
    }

    /**
     * Ones in float64.
     *
     * @param shape sizes, at least 0
     * @return that shape
     */
    public static Tensor ones(long... shape) {
        return Native.call("ones", () -> torch.ones(shape, Native.options(false)));
    }

    /**
     * The identity in float64.
     *
     * @param n its size, at least 0
     * @return shape [n, n]
     */
    public static Tensor eye(int n) {
        return Native.call("eye", () -> torch.eye(n, Native.options(false)));
    }

    /**
     * 0, 1, ..., n - 1 in float64.
     *
     * @param n how many, at least 0
     * @return shape [n]
     */
    public static Tensor arange(int n) {
        return Native.call("arange", () -> torch.arange(Native.scalar(n), Native.options(false)));
    }

    /**
     * Standard normals in float64, from the stream and from nothing else.
     *
     * @param rng where they come from
     * @param shape sizes, at least 0
     * @return that shape
     */
    public static Tensor normal(Rng rng, long... shape) {
        double[] values = new double[entries(shape)];
        rng.fillNormal(values);
        return Tensor.from(values, false, shape);
    }

    /**
     * Uniform on [0, 1) in float64, from the stream and from nothing else.
     *
     * @param rng where they come from
     * @param shape sizes, at least 0
     * @return that shape
     */
    public static Tensor uniform(Rng rng, long... shape) {
        double[] values = new double[entries(shape)];
        rng.fillUniform(values);
        return Tensor.from(values, false, shape);
    }

    private static int entries(long... shape) {
        long n = 1;
        for (long size : shape) {
            n = Math.multiplyExact(n, Require.atLeast("size", Math.toIntExact(size), 0));
        }
        return Math.toIntExact(n);
    }

    /**
     * Joins tensors along a dimension they have.
     *
     * @param tensors at least one; all sizes but that dimension's agree
     * @param dim which dimension; below zero from the end
     * @return their shape with the sizes along it added
     * @throws IllegalArgumentException if the shapes do not fit; all are named
     */
    public static Tensor cat(List<Tensor> tensors, int dim) {
        return Native.call("cat", () -> {
            try (var all = Native.vector(tensors)) {
                return torch.cat(all, dim);
            }
        }, tensors.toArray(Tensor[]::new));
    }

    /**
     * Joins tensors along a new dimension.
     *
     * @param tensors at least one, of the same shape
     * @param dim where the new dimension will be
     * @return their shape with one dimension more
     * @throws IllegalArgumentException if the shapes differ; all are named
     */
    public static Tensor stack(List<Tensor> tensors, int dim) {
        return Native.call("stack", () -> {
            try (var all = Native.vector(tensors)) {
                return torch.stack(all, dim);
            }
        }, tensors.toArray(Tensor[]::new));
    }

    /**
     * Frees every tensor made during some work, except the one it returns.
     *
     * @param work what to run; a tensor that it stores elsewhere cannot be used after it
     * @return what the work returned
     */
    public static Tensor scope(Supplier<Tensor> work) {
        var scope = Memory.open();
        List<Tensor> kept = List.of();
        try {
            Tensor answer = work.get();
            kept = List.of(answer);
            return answer;
        } finally {
            scope.close(kept);
        }
    }

    /**
     * Frees every tensor made during some work that gives a number.
     *
     * @param work what to run; a tensor that it stores elsewhere cannot be used after it
     * @return what the work returned
     */
    public static double number(Supplier<Double> work) {
        var scope = Memory.open();
        try {
            return work.get();
        } finally {
            scope.close(List.of());
        }
    }

    /**
     * Runs work that nothing will be differentiated through.
     *
     * @param work what to run
     * @param <T> the type of its answer
     * @return what the work returned
     */
    public static <T> T noGrad(Supplier<T> work) {
        boolean before = GradMode.is_enabled();
        GradMode.set_enabled(false);
        try {
            return work.get();
        } finally {
            GradMode.set_enabled(before);
        }
    }

    /**
     * Sets how many threads one operation may use. One is the default: steps of small networks lose more by waking
     * threads than they win.
     *
     * @param count at least 1
     * @throws IllegalArgumentException if the count is below 1
     */
    public static void threads(int count) {
        Native.threads(Require.atLeast("count", count, 1));
    }
}
