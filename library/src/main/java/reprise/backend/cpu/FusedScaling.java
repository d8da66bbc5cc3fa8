package reprise.backend.cpu;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Scaling;
import reprise.parallel.Interrupted;
import reprise.parallel.Tasks;

/**
 * Matrix scaling with one exponential for a pair and update, where two soft sums take two: the entries of eight sources
 * are kept until their row sums are known, and then counted into the column sums. Both clouds lie in the order of a k-d
 * tree, and blocks that cannot matter are left out: the softer the plan's peaks, the less is computed.
 *
 * <p>Entries must fit into the exponent of a double. They do where the update before came near enough; where it did
 * not, and where a sum turns out too small for what was left out, soft sums do the work.
 */
final class FusedScaling implements Scaling {
    /** Eight rows of entries must stay in the second cache. */
    private static final int MOST_TARGETS = 16_384;

    /** Pairs of blocks whose distances are kept: 64 MB. */
    private static final long MOST_GAPS = 1 << 23;

    private static final double LOG2_E = 1.4426950408889634;

    /** Entries below 2^-64 of a sum of at most 2^14 of them are lost in its rounding. */
    private static final double NEGLIGIBLE = 64;

    /** What may be lost beside a sum, with a margin to rounding. */
    private static final double LOST = 52;

    /** Largest change of a potential, in bits, after which entries surely fit; and largest weight. */
    private static final double NEAR = 200;

    /** Coordinates of more bits would lose the exponents' last digits. */
    private static final double MOST_BITS = 0x1p30;

    private static final double EVERYTHING = Double.POSITIVE_INFINITY;

    /** Always as many pieces, so that results do not depend on the number of threads. */
    private static final int PIECES = 32;

    private final Scaling softSums;
    private final Scaling.LogSums overSources;
    private final Supplier<PlanLoops> loops;
    private final double[] logA;
    private final double[] logB;
    private final int n;
    private final int d;
    private final BlockOrder rows;
    private final BlockOrder columns;
    private final PlanLoops.Targets targets;
    private final double[] xData;
    private final double[] yData;
    private final double[] centre;
    private final double[] x;
    private final double[] phi;

    /** The least squared distance of each block of sources from each of targets, in bits. */
    private final double[] gaps;
    private final double[] a;
    private final double[] rowSums;
    private final double[] logRow;
    private final double[][] sums;
    private final Queue<Buffer> buffers = new ConcurrentLinkedQueue<>();

    /** What the last update left, to know whether the next may be fused. */
    private double[] lastF = new double[0];
    private double[] lastG = new double[0];
    private double lastEps = Double.NaN;
    private double scaledFor = Double.NaN;
    private boolean near;

    /** How far below one the smallest sums were, in bits: so much more must not be left out. */
    private final double[] rowReach;
    private double columnReach;

    /** The entries of eight sources, and the runs of targets that matter to them. */
    private static final class Buffer {
        final double[] kept;
        final int[] from;
        final int[] to;
        final double[] parts = new double[PlanLoops.ROWS * PlanLoops.PARTS];
        final double[] scale = new double[PlanLoops.ROWS];
        int runs;

        Buffer(int padded) {
            kept = new double[PlanLoops.ROWS * stride(padded)];
            from = new int[padded / PlanLoops.COLUMNS];
            to = new int[from.length];
        }
    }

    FusedScaling(Dense x, Dense y, double[] logA, double[] logB, Scaling softSums, Scaling.LogSums overSources,
            Supplier<PlanLoops> loops) {
        this.softSums = softSums;
        this.overSources = overSources;
        this.loops = loops;
        this.logA = logA.clone();
        this.logB = logB.clone();
        n = x.rows();
        d = x.columns();
        xData = x.data();
        yData = y.data();
        centre = mean(yData, d);
        rows = new BlockOrder(xData, d, PlanLoops.ROWS);
        columns = new BlockOrder(yData, d, PlanLoops.COLUMNS);
        targets = new PlanLoops.Targets(y.rows(), d);
        for (int place = 0; place < y.rows(); place++) {
            targets.weights[place] = Math.exp(logB[columns.points[place]]);
        }
        this.x = new double[rows.blocks * PlanLoops.ROWS * d];
        gaps = new double[rows.blocks * columns.blocks];
        phi = new double[rows.blocks * PlanLoops.ROWS];
        a = new double[n];
        Arrays.setAll(a, place -> Math.exp(logA[rows.points[place]]));
        rowSums = new double[n];
        logRow = new double[n];
        rowReach = new double[rows.blocks];
        sums = new double[Math.min(PIECES, rows.blocks)][targets.padded];
    }

    /** Whether these clouds and weights can be handled at all. */
    static boolean fits(Dense x, Dense y, double[] logA) {
        boolean weighted = true;
        for (double a : logA) {
            weighted &= a * LOG2_E > -NEAR;
        }
        return weighted && y.rows() <= MOST_TARGETS
                && (long) x.rows() * y.rows() / (PlanLoops.ROWS * PlanLoops.COLUMNS) < MOST_GAPS;
    }

    @Override
    public double update(double[] f, double[] g, double eps, double factor) {
        Require.shape("f", new int[] {f.length}, n);
        Require.shape("g", new int[] {g.length}, logB.length);
        Require.positive("eps", eps);
        boolean known = near && eps == lastEps && Arrays.equals(f, lastF) && Arrays.equals(g, lastG);
        double error = known && scaled(eps) ? fused(f, g, eps, factor) : Double.NaN;
        if (Double.isNaN(error)) {
            error = bySoftSums(f, g, eps, factor);
        }
        lastEps = eps;
        lastF = f.clone();
        lastG = g.clone();
        return error;
    }

    private double bySoftSums(double[] f, double[] g, double eps, double factor) {
        double[] fBefore = f.clone();
        double[] gBefore = g.clone();
        double error = softSums.update(f, g, eps, factor);
        double change = Math.max(change(fBefore, f), change(gBefore, g)) * LOG2_E / (eps * factor);
        near = change < NEAR;
        Arrays.fill(rowReach, Math.min(change, NEAR));
        columnReach = Math.min(change, NEAR);
        return error;
    }

    private static double change(double[] before, double[] after) {
        double most = 0;
        for (int i = 0; i < before.length; i++) {
            most = Math.max(most, Math.abs(after[i] - before[i]));
        }
        return most;
    }

    /** Brings coordinates into bits; says whether they keep enough digits. */
    private boolean scaled(double eps) {
        double unit = Math.sqrt(LOG2_E / eps);
        if (scaledFor != eps) {
            scaledFor = eps;
            for (int place = 0; place < n; place++) {
                for (int k = 0; k < d; k++) {
                    x[place * d + k] = (xData[rows.points[place] * d + k] - centre[k]) * unit;
                }
            }
            for (int place = 0; place < logB.length; place++) {
                for (int k = 0; k < d; k++) {
                    targets.y[k * targets.padded + place] = (yData[columns.points[place] * d + k] - centre[k]) * unit;
                }
            }
            Tasks.forRange(rows.blocks, block -> {
                for (int b = 0; b < columns.blocks; b++) {
                    gaps[block * columns.blocks + b] = rows.squaredGap(block, columns, b) * unit * unit;
                }
            });
        }
        return largest(x) * largest(x) * d < MOST_BITS && largest(targets.y) * largest(targets.y) * d < MOST_BITS;
    }

    private static double largest(double[] values) {
        double most = 0;
        for (double v : values) {
            most = Math.max(most, Math.abs(v));
        }
        return most;
    }

    /** NaN if entries or sums did not fit: f and g are then as before. */
    private double fused(double[] f, double[] g, double eps, double factor) {
        double perBit = LOG2_E / eps;
        for (int place = 0; place < n; place++) {
            phi[place] = -f[rows.points[place]] * perBit;
        }
        Arrays.fill(phi, n, phi.length, Double.MAX_VALUE);
        for (int place = 0; place < g.length; place++) {
            targets.gamma[place] = -g[columns.points[place]] * perBit;
        }
        double[] leastGamma = leastGamma();
        double[] lost = new double[sums.length];
        Tasks.forRange(sums.length, piece -> lost[piece] = piece(piece, leastGamma, factor));
        double mostLost = Arrays.stream(lost).max().orElseThrow();
        if (!(mostLost < EVERYTHING)) {
            return Double.NaN;
        }
        double error = 0;
        double change = 0;
        for (int place = 0; place < n; place++) {
            error += a[place] * Math.abs(rowSums[place] - 1);
            change = Math.max(change, Math.abs(logRow[place]) * LOG2_E);
            f[rows.points[place]] -= factor * eps * logRow[place];
        }
        change = Math.max(change, moveTargets(f, g, eps, factor, mostLost));
        near = change < NEAR;
        return error;
    }

    private double[] leastGamma() {
        double[] least = new double[columns.blocks];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int place = 0; place < logB.length; place++) {
            int block = place / PlanLoops.COLUMNS;
            least[block] = Math.min(least[block], targets.gamma[place]);
        }
        return least;
    }

    /** Does a share of the sources; gives the most that was left out of a column's sum, infinite if a row failed. */
    private double piece(int piece, double[] leastGamma, double factor) {
        Interrupted.check();
        Buffer buffer = buffers.poll();
        if (buffer == null) {
            buffer = new Buffer(targets.padded);
        }
        Arrays.fill(sums[piece], 0);
        double lost = 0;
        int from = (int) ((long) rows.blocks * piece / sums.length);
        int to = (int) ((long) rows.blocks * (piece + 1) / sums.length);
        for (int block = from; block < to && lost < EVERYTHING; block++) {
            double cut = NEGLIGIBLE + rowReach[block] + columnReach;
            entries(block, cut, leastGamma, buffer);
            double reach = reach(block, buffer);
            if (reach > cut - LOST) {
                cut = EVERYTHING;
                entries(block, cut, leastGamma, buffer);
                reach = reach(block, buffer);
            }
            // A change within NEAR bits leaves all room that the exponents need.
            lost = reach < 2 * NEAR ? Math.max(lost, count(block, cut, factor, buffer, sums[piece])) : EVERYTHING;
            rowReach[block] = reach;
        }
        buffers.add(buffer);
        return lost;
    }

    private void entries(int block, double cut, double[] leastGamma, Buffer buffer) {
        PlanLoops now = loops.get();
        int first = block * PlanLoops.ROWS;
        double leastPhi = Double.POSITIVE_INFINITY;
        for (int r = 0; r < PlanLoops.ROWS; r++) {
            leastPhi = Math.min(leastPhi, phi[first + r]);
        }
        buffer.runs = 0;
        int end = -1;
        for (int b = 0; b < columns.blocks; b++) {
            if (leastPhi + leastGamma[b] + gaps[block * columns.blocks + b] < cut) {
                if (end != b) {
                    buffer.from[buffer.runs++] = b * PlanLoops.COLUMNS;
                }
                end = b + 1;
                buffer.to[buffer.runs - 1] = end * PlanLoops.COLUMNS;
            }
        }
        Arrays.fill(buffer.parts, 0);
        for (int r = 0; r < PlanLoops.ROWS; r++) {
            int at = r * stride(targets.padded);
            for (int run = 0; run < buffer.runs; run++) {
                now.row(x, (first + r) * d, phi[first + r], targets, buffer.from[run], buffer.to[run], buffer.kept, at,
                        buffer.parts, r * PlanLoops.PARTS);
                at += buffer.to[run] - buffer.from[run];
            }
        }
    }

    /** Sums the rows; gives how far below one the smallest is, in bits. */
    private double reach(int block, Buffer buffer) {
        double reach = 0;
        for (int r = 0; r < PlanLoops.ROWS && block * PlanLoops.ROWS + r < n; r++) {
            double sum = 0;
            for (int part = 0; part < PlanLoops.PARTS; part++) {
                sum += buffer.parts[r * PlanLoops.PARTS + part];
            }
            int place = block * PlanLoops.ROWS + r;
            rowSums[place] = sum;
            logRow[place] = Math.log(sum);
            reach = Math.max(reach, -logRow[place] * LOG2_E);
        }
        return reach;
    }

    /** Counts the entries into the column sums, each row's scaled to what it will be. */
    private double count(int block, double cut, double factor, Buffer buffer, double[] sums) {
        double most = 0;
        for (int r = 0; r < PlanLoops.ROWS; r++) {
            int place = block * PlanLoops.ROWS + r;
            buffer.scale[r] = place >= n ? 0
                    : factor == 1 ? a[place] / rowSums[place] : a[place] * Math.exp(-factor * logRow[place]);
            most += buffer.scale[r];
        }
        PlanLoops now = loops.get();
        int at = 0;
        for (int run = 0; run < buffer.runs; run++) {
            now.columns(buffer.kept, at, stride(targets.padded), buffer.scale, sums, buffer.from[run], buffer.to[run]);
            at += buffer.to[run] - buffer.from[run];
        }
        return most * Math.scalb(1.0, -(int) Math.min(cut, PlanLoops.FLOOR));
    }

    /** Moves the targets' potential, by soft sums if too much was left out of a sum; gives the largest change in bits. */
    private double moveTargets(double[] f, double[] g, double eps, double factor, double mostLost) {
        double[] total = sums[0];
        for (int piece = 1; piece < sums.length; piece++) {
            for (int j = 0; j < total.length; j++) {
                total[j] += sums[piece][j];
            }
        }
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int place = 0; place < g.length; place++) {
            least = Math.min(least, total[place]);
            most = Math.max(most, total[place]);
        }
        columnReach = Math.max(0, -Math.log(least) * LOG2_E);
        // Each piece has lost at most the same.
        if (!(least > mostLost * rows.blocks * Math.scalb(1.0, (int) LOST)) || !(most < Double.POSITIVE_INFINITY)) {
            columnReach = Math.min(columnReach, NEAR);
            return moveTargetsBySoftSum(f, g, eps, factor);
        }
        for (int place = 0; place < g.length; place++) {
            g[columns.points[place]] -= factor * eps * Math.log(total[place]);
        }
        return Math.max(columnReach, Math.log(most) * LOG2_E);
    }

    private double moveTargetsBySoftSum(double[] f, double[] g, double eps, double factor) {
        double[] exponents = new double[n];
        Arrays.setAll(exponents, i -> logA[i] + f[i] / eps);
        double[] logSums = overSources.of(exponents, eps);
        double change = 0;
        for (int j = 0; j < g.length; j++) {
            double way = -eps * logSums[j] - g[j];
            change = Math.max(change, Math.abs(way) * LOG2_E / eps);
            g[j] += factor * way;
        }
        return change;
    }

    /** Rows a power of two apart would share their places in the caches. */
    private static int stride(int padded) {
        return padded + 8;
    }

    private static double[] mean(double[] data, int d) {
        double[] mean = new double[d];
        for (int i = 0; i < data.length; i++) {
            mean[i % d] += data[i] / (data.length / d);
        }
        return mean;
    }
}
