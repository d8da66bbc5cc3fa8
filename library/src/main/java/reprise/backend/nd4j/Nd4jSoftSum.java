package reprise.backend.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import reprise.array.Dense;
import reprise.backend.Cost;
import reprise.backend.SoftSum;
import reprise.backend.SoftSumInput;
import reprise.parallel.Interrupted;

/** Blocks of queries against all points, each block as whole-array operations. */
final class Nd4jSoftSum implements SoftSum {
    private static final int MOST_PAIRS = 1 << 14;

    private final Dense x;
    private final Dense y;
    private final Cost cost;

    Nd4jSoftSum(Dense x, Dense y, Cost cost) {
        SoftSumInput.points(x, y);
        this.x = x;
        this.y = y;
        this.cost = cost;
    }

    @Override
    public double[] logSum(double[] logWeights, double eps) {
        SoftSumInput.call(logWeights, y.rows(), eps);
        double[] out = new double[x.rows()];
        forBlocks(logWeights, eps, (from, tops, terms) -> {
            INDArray sums = terms.sum(true, 1);
            INDArray logs = Transforms.log(sums, false).addi(tops);
            copy(logs, out, from);
        });
        return out;
    }

    @Override
    public Dense average(double[] logWeights, double eps, Dense values) {
        SoftSumInput.call(logWeights, y.rows(), eps, values);
        INDArray v = values.toArray();
        double[] out = new double[Math.multiplyExact(x.rows(), values.columns())];
        forBlocks(logWeights, eps, (from, tops, terms) -> {
            INDArray shares = terms.divColumnVector(terms.sum(true, 1));
            copy(shares.mmul(v), out, from * values.columns());
        });
        return Dense.of("average", out, x.rows(), values.columns());
    }

    private interface Block {
        /** A block's largest exponents, shape [b, 1], and its terms divided by the largest, shape [b, m]. */
        void use(int from, INDArray tops, INDArray terms);
    }

    private void forBlocks(double[] logWeights, double eps, Block block) {
        int size = Math.max(1, MOST_PAIRS / y.rows());
        INDArray points = y.toArray();
        // ND4J's row operations do not carry minus infinity everywhere: take the largest finite number instead.
        INDArray weights = Nd4j.create(
                Arrays.stream(logWeights).map(w -> Math.max(w, -1e300)).toArray(), new long[] {1, y.rows()}, 'c');
        for (int from = 0; from < x.rows(); from += size) {
            Interrupted.check();
            int rows = Math.min(size, x.rows() - from);
            INDArray exponents = costs(from, rows, points).muli(-1 / eps).addiRowVector(weights);
            INDArray tops = exponents.max(true, 1);
            block.use(from, tops, Transforms.exp(exponents.subColumnVector(tops), false));
        }
    }

    private INDArray costs(int from, int rows, INDArray points) {
        int d = x.columns();
        double[] values = Arrays.copyOfRange(x.data(), from * d, (from + rows) * d);
        INDArray queries = Nd4j.create(values, new long[] {rows, d}, 'c');
        if (cost instanceof Cost.InnerProduct) {
            return queries.mmul(points.transpose()).negi();
        }
        if (cost instanceof Cost.SquaredDistance) {
            INDArray costs = Nd4j.zeros(DataType.DOUBLE, rows, y.rows());
            // Coordinate by coordinate: the expanded square would cancel for small bandwidths.
            for (int k = 0; k < d; k++) {
                Interrupted.check();
                INDArray column = queries.getColumn(k, true);
                INDArray row = points.getColumn(k, true).transpose();
                INDArray difference = column.broadcast(rows, y.rows()).sub(row.broadcast(rows, y.rows()));
                costs.addi(difference.muli(difference));
            }
            return costs;
        }
        var pair = ((Cost.General) cost).pair();
        double[] costs = new double[rows * y.rows()];
        for (int i = 0; i < rows; i++) {
            double[] query = Arrays.copyOfRange(values, i * d, (i + 1) * d);
            for (int j = 0; j < y.rows(); j++) {
                costs[i * y.rows() + j] = pair.between(query, Arrays.copyOfRange(y.data(), j * d, (j + 1) * d));
            }
        }
        return Nd4j.create(costs, new long[] {rows, y.rows()}, 'c');
    }

    private static void copy(INDArray from, double[] to, int at) {
        double[] values = from.dup('c').data().asDouble();
        System.arraycopy(values, 0, to, at, (int) from.length());
    }
}
