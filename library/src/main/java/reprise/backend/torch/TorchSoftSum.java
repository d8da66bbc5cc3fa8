package reprise.backend.torch;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import reprise.array.Dense;
import reprise.backend.Cost;
import reprise.backend.SoftSum;
import reprise.backend.SoftSumInput;
import reprise.parallel.Interrupted;

/**
 * Streams tiles of points past blocks of queries. A tile's exponents are one matrix product where that keeps them
 * exact, and differences of coordinates where the expanded square would cancel.
 */
final class TorchSoftSum implements SoftSum {
    /** Products are exact enough while the squared radius over eps is below: 1000 times 3 roundings is 3e-13. */
    private static final double DOUBLE_REACH = 1000;

    /** The same for float32 and an error of 1e-4. */
    private static final double SINGLE_REACH = 200;

    private final Dense x;
    private final Dense y;
    private final Cost cost;
    private final TorchDevice device;
    private final boolean wantsSingle;
    private final double[] xNorms;
    private final double[] yNorms;
    private final double reach;
    private final Tensor queries;
    private final Tensor points;
    private final Optional<Tensor> singleQueries;
    private final Optional<Tensor> singlePoints;

    TorchSoftSum(Dense x, Dense y, Cost cost, TorchDevice device, boolean single) {
        SoftSumInput.points(x, y);
        device.missing().ifPresent(words -> {
            throw new IllegalStateException(words);
        });
        boolean products = !(cost instanceof Cost.General);
        this.cost = cost;
        this.device = device;
        this.wantsSingle = single && products;
        this.x = x;
        this.y = y;
        double[] centre = cost instanceof Cost.SquaredDistance ? mean(y) : new double[y.columns()];
        double[] cx = moved(x, centre);
        double[] cy = moved(y, centre);
        this.xNorms = squares(cx, x.columns());
        this.yNorms = squares(cy, x.columns());
        double xMost = Arrays.stream(xNorms).max().orElse(0);
        double yMost = Arrays.stream(yNorms).max().orElse(0);
        this.reach = cost instanceof Cost.InnerProduct ? Math.sqrt(xMost) * Math.sqrt(yMost) : xMost + yMost;
        this.queries = device.put(cx, false, x.rows(), x.columns());
        this.points = device.put(cy, false, y.rows(), y.columns());
        this.singleQueries = copy(queries);
        this.singlePoints = copy(points);
    }

    private Optional<Tensor> copy(Tensor t) {
        return wantsSingle ? Optional.of(t.to(torch.ScalarType.Float)) : Optional.empty();
    }

    private static double[] mean(Dense y) {
        double[] mean = new double[y.columns()];
        for (int i = 0; i < y.rows(); i++) {
            for (int k = 0; k < mean.length; k++) {
                mean[k] += y.data()[i * mean.length + k] / y.rows();
            }
        }
        return mean;
    }

    private static double[] moved(Dense x, double[] centre) {
        double[] values = x.data().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] -= centre[i % centre.length];
        }
        return values;
    }

    private static double[] squares(double[] rows, int d) {
        double[] sums = new double[rows.length / d];
        for (int i = 0; i < rows.length; i++) {
            sums[i / d] += rows[i] * rows[i];
        }
        return sums;
    }

    @Override
    public double[] logSum(double[] logWeights, double eps) {
        SoftSumInput.call(logWeights, y.rows(), eps);
        double[] out = new double[x.rows()];
        forBlocks(logWeights, eps, Optional.empty(), (from, shift, top, sum, mixed) -> {
            double[] tops = TorchDevice.get(top);
            double[] sums = TorchDevice.get(sum);
            for (int i = 0; i < tops.length; i++) {
                out[from + i] = sums[i] == 0 ? Double.NEGATIVE_INFINITY : tops[i] + Math.log(sums[i]) + shift[i];
            }
        });
        return out;
    }

    @Override
    public Dense average(double[] logWeights, double eps, Dense values) {
        SoftSumInput.call(logWeights, y.rows(), eps, values);
        int k = values.columns();
        double[] out = new double[Math.multiplyExact(x.rows(), k)];
        forBlocks(logWeights, eps, Optional.of(values), (from, shift, top, sum, mixed) -> {
            double[] sums = TorchDevice.get(sum);
            double[] means = TorchDevice.get(mixed.orElseThrow());
            for (int i = 0; i < means.length; i++) {
                if (sums[i / k] == 0) {
                    throw new IllegalArgumentException("x[" + (from + i / k) + "] must be within reach of a point, "
                            + "was so far from all that no weight can be told");
                }
                out[from * k + i] = means[i] / sums[i / k];
            }
        });
        return Dense.of("average", out, x.rows(), k);
    }

    private interface Finish {
        /** A block's first query, what its exponents lack, its largest exponents, and sums of terms over them. */
        void block(int from, double[] shift, Tensor top, Tensor sum, Optional<Tensor> mixed);
    }

    /** What a call prepares for all blocks. */
    private record Call(
            boolean products, boolean single, double eps, Tensor offsets, Tensor queries, Tensor points,
            Optional<Tensor> values)
            implements AutoCloseable {
        @Override
        public void close() {
            offsets.close();
            values.ifPresent(Tensor::close);
            if (products) {
                points.close();
            }
        }
    }

    private void forBlocks(double[] w, double eps, Optional<Dense> values, Finish finish) {
        boolean general = cost instanceof Cost.General;
        boolean single = wantsSingle && reach / eps <= SINGLE_REACH;
        boolean products = cost instanceof Cost.InnerProduct
                || !general && (single || reach / eps <= DOUBLE_REACH);
        boolean square = products && cost instanceof Cost.SquaredDistance;
        // The largest weight is added at the end, so that float32 keeps the digits of the others.
        double most = Arrays.stream(w).max().orElseThrow();
        double[] offsets = new double[w.length];
        Arrays.setAll(offsets, j -> w[j] - most - (square ? yNorms[j] / eps : 0));
        Tensor own = single ? singlePoints.orElseThrow() : points;
        try (var scale = new Scalar((square ? 2 : 1) / eps);
                var call = new Call(products, single, eps, device.put(offsets, single, 1, w.length),
                        single ? singleQueries.orElseThrow() : queries,
                        products ? own.mul(scale) : own,
                        values.map(v -> device.put(v.data(), single, v.rows(), v.columns())))) {
            int blocks = (x.rows() + device.queries - 1) / device.queries;
            device.forBlocks(blocks, i -> {
                int from = i * device.queries;
                int rows = Math.min(device.queries, x.rows() - from);
                double[] shift = new double[rows];
                Arrays.setAll(shift, r -> most - (square ? xNorms[from + r] / eps : 0));
                block(call, from, rows, shift, finish);
            });
        }
    }

    private void block(Call call, int from, int rows, double[] shift, Finish finish) {
        Optional<Tensor> mixed = call.values.map(v -> zeros(call, rows, v.size(1)));
        try (Tensor block = call.queries.narrow(0, from, rows);
                Tensor top = zeros(call, rows, 1);
                Tensor sum = zeros(call, rows, 1);
                var lowest = new Scalar(call.single ? -Float.MAX_VALUE : -Double.MAX_VALUE)) {
            top.fill_(lowest);
            for (int start = 0; start < y.rows(); start += device.points) {
                Interrupted.check();
                int count = Math.min(device.points, y.rows() - start);
                // A user's cost runs outside of the scope, which would free what it keeps of JavaCPP's.
                double[] costs = cost instanceof Cost.General general
                        ? pairs(general.pair(), from, rows, start, count)
                        : new double[0];
                tile(call, block, costs, start, count, top, sum, mixed);
            }
            finish.block(from, shift, top, sum, mixed);
        } finally {
            mixed.ifPresent(Tensor::close);
        }
    }

    private static Tensor zeros(Call call, long... shape) {
        try (TensorOptions like = call.offsets.options()) {
            return torch.zeros(shape, like);
        }
    }

    @SuppressWarnings("try") // A pointer scope works by being open.
    private void tile(
            Call call, Tensor block, double[] costs, int start, int count, Tensor top, Tensor sum,
            Optional<Tensor> mixed) {
        try (var scope = new PointerScope()) {
            Tensor t = exponents(call, block, costs, start, count);
            Tensor higher = torch.maximum(top, t.amax(new long[] {1}, true));
            Tensor scale = top.sub_(higher).exp_();
            t.sub_(higher).exp_();
            sum.mul_(scale).add_(t.sum(new long[] {1}, true, null));
            if (mixed.isPresent()) {
                mixed.get().mul_(scale).addmm_(t, call.values.orElseThrow().narrow(0, start, count));
            }
            top.copy_(higher);
        }
    }

    /** A tile of exponents but for what {@code shift} adds, shape [rows, count]. */
    private Tensor exponents(Call call, Tensor block, double[] costs, int start, int count) {
        int rows = (int) block.size(0);
        Tensor offsets = call.offsets.narrow(1, start, count);
        Tensor tile = call.points.narrow(0, start, count);
        if (call.products) {
            return torch.addmm(offsets, block, tile.t());
        }
        Tensor exact = cost instanceof Cost.General
                ? device.put(costs, false, rows, count)
                : differences(block, tile, rows, count);
        // A quotient, not a product with 1 / eps, which overflows first.
        return exact.div_(new Scalar(-call.eps)).add_(offsets);
    }

    private static Tensor differences(Tensor block, Tensor tile, int rows, int count) {
        Tensor costs = torch.zeros(new long[] {rows, count}, block.options());
        Tensor difference = torch.empty(new long[] {rows, count}, block.options(), null);
        for (long k = 0; k < tile.size(1); k++) {
            torch.sub_out(difference, block.narrow(1, k, 1), tile.narrow(1, k, 1).t());
            costs.addcmul_(difference, difference);
        }
        return costs;
    }

    private double[] pairs(Cost.Pair pair, int from, int rows, int start, int count) {
        double[] costs = new double[rows * count];
        int d = x.columns();
        double[][] tile = new double[count][];
        Arrays.setAll(tile, j -> Arrays.copyOfRange(y.data(), (start + j) * d, (start + j + 1) * d));
        for (int i = 0; i < rows; i++) {
            Interrupted.check();
            double[] query = Arrays.copyOfRange(x.data(), (from + i) * d, (from + i + 1) * d);
            for (int j = 0; j < count; j++) {
                costs[i * count + j] = pair.between(query, tile[j]);
            }
        }
        return costs;
    }
}
