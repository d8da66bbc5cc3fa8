package reprise.backend.cpu;

import java.util.function.Supplier;
import reprise.array.Dense;
import reprise.backend.Cost;
import reprise.backend.SoftSum;
import reprise.backend.SoftSumInput;
import reprise.parallel.Interrupted;
import reprise.parallel.Tasks;

/** Streams tiles of points past blocks of 64 queries, on all cores. */
final class CpuSoftSum implements SoftSum {
    private static final int BLOCK_GROUPS = 4;

    private final Dense x;
    private final Dense y;
    private final Cost cost;
    private final Supplier<Tiles> tiles;

    CpuSoftSum(Dense x, Dense y, Cost cost, Supplier<Tiles> tiles) {
        SoftSumInput.points(x, y);
        this.x = x;
        this.y = y;
        this.cost = cost;
        this.tiles = tiles;
    }

    @Override
    public double[] logSum(double[] logWeights, double eps) {
        SoftSumInput.call(logWeights, y.rows(), eps);
        double[] out = new double[x.rows()];
        var prepared = cost instanceof Cost.General ? null : Prepared.of(x, y, cost, logWeights, eps).orElse(null);
        if (prepared == null) {
            var rows = new ExactRows(x, y, cost);
            Tasks.forRange(out.length, i -> out[i] = rows.logSum(i, logWeights, eps));
            return out;
        }
        forBlocks(prepared, null, (i, c, work) -> out[i] = work.log(c, prepared.baseline + prepared.row[i]));
        return out;
    }

    @Override
    public Dense average(double[] logWeights, double eps, Dense values) {
        SoftSumInput.call(logWeights, y.rows(), eps, values);
        int k = values.columns();
        double[] out = new double[Math.multiplyExact(x.rows(), k)];
        var prepared = cost instanceof Cost.General ? null : Prepared.of(x, y, cost, logWeights, eps).orElse(null);
        if (prepared == null) {
            var rows = new ExactRows(x, y, cost);
            Tasks.forRange(x.rows(), i -> rows.average(i, logWeights, eps, values, out));
        } else {
            double negligible = 0x1p-700 * largest(values);
            forBlocks(prepared, new Values(values), (i, c, work) -> {
                for (int column = 0; column < k; column++) {
                    double mean = work.mixed[column * Tiles.GROUP + c] / work.sum(c);
                    out[i * k + column] = Math.abs(mean) < negligible ? 0 : mean;
                }
            });
        }
        return Dense.of("average", out, x.rows(), k);
    }

    /** What to do with query i, which is the work space's c-th, when all points have passed. */
    private interface Finish {
        void query(int i, int c, Work work);
    }

    private void forBlocks(Prepared p, Values values, Finish finish) {
        int groups = (p.n + Tiles.GROUP - 1) / Tiles.GROUP;
        // Few queries make few blocks: then smaller ones, so that every core has some.
        int size = Math.max(1, Math.min(BLOCK_GROUPS, groups / (4 * Tasks.threads())));
        Tasks.forRange((groups + size - 1) / size, block -> {
            int from = block * size;
            int to = Math.min(groups, from + size);
            var work = new Work[to - from];
            for (int g = from; g < to; g++) {
                work[g - from] = new Work();
                work[g - from].begin(values == null ? 0 : values.padded);
            }
            for (int tile = 0; tile < p.tiles; tile++) {
                Interrupted.check();
                for (int g = from; g < to; g++) {
                    pass(p, values, g, tile, work[g - from]);
                }
            }
            for (int i = from * Tiles.GROUP; i < Math.min(p.n, to * Tiles.GROUP); i++) {
                finish.query(i, i % Tiles.GROUP, work[i / Tiles.GROUP - from]);
            }
        });
    }

    private void pass(Prepared p, Values values, int group, int tile, Work work) {
        Tiles now = tiles.get();
        now.exponents(p, group, tile, work);
        work.add(now, tile == 0, values != null);
        if (values != null) {
            now.mix(values, tile, work);
        }
    }

    private static double largest(Dense values) {
        double largest = 0;
        for (double v : values.data()) {
            largest = Math.max(largest, Math.abs(v));
        }
        return largest;
    }
}
