package reprise.backend.cpu;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import reprise.array.Require;

/**
 * Soft assignment of rows to components, the step that mixture models and Schroedinger bridges are trained with: for
 * features f_ic and weights w_ck
 *
 * <pre>
 * logit_ik = sum_c f_ic w_ck,   log s_i = log sum_k exp logit_ik,   p_ik = exp(logit_ik) / s_i,
 * M_ck = sum_i p_ik f_ic.
 * </pre>
 *
 * <p>With the features (1, x, x^2) the logits are those of normal components and the moments M are all that a gradient
 * or an EM step needs; nothing of size rows times components leaves the first cache. Buffers are kept, so one instance
 * belongs to one thread at a time. Results do not depend on threads, nor on whether the Vector API is there.
 *
 * <pre>{@code
 * var step = new SoftAssignment(128, 5, 500);
 * step.feature(0, ones);         // and so on
 * step.weight(0, logAlpha);      // and so on
 * double total = step.run();     // sum_i log s_i
 * step.moment(0, mass);
 * }</pre>
 */
public final class SoftAssignment {
    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN2 = 0.6931471805599453;

    /** A logit that never counts: of the components that fill the last group. */
    private static final double NEVER = -1e300;

    private final int rows;
    private final int count;
    private final int components;
    private final int groups;
    private final Supplier<Assign> loops;
    private final double[] features;
    private final double[] weights;
    private final double[] moments;
    private final double[] logSums;
    private final double[] q;
    private final double[] scaled;
    private final double[] parts = new double[Assign.GROUP];

    /** Loaded only when an assignment is made: from then on the vector loops are being compiled. */
    private static final class Switch {
        private static final WarmSwitch<Assign> LOOPS = new WarmSwitch<>(
                Assign.class, new ScalarAssign(), "reprise.backend.cpu.VectorAssign",
                () -> List.of(trial(5), trial(33)));

        private static ToLongFunction<Assign> trial(int count) {
            return loops -> {
                var work = new SoftAssignment(32, count, 200, () -> loops);
                Arrays.setAll(work.features, i -> Math.sin(i));
                Arrays.setAll(work.weights, i -> work.weights[i] == NEVER ? NEVER : Math.cos(i));
                return WarmSwitch.quickest(work::run);
            };
        }
    }

    /**
     * Room for one shape, on the fastest loops that are ready.
     *
     * @param rows how many rows, at least 1
     * @param features how many features, at least 1; the first should be the constant 1, or the components that fill
     *     up a group of 16 count
     * @param components how many components, at least 1
     * @throws IllegalArgumentException if a number is below 1
     */
    public SoftAssignment(int rows, int features, int components) {
        this(rows, features, components, Switch.LOOPS::current);
    }

    private SoftAssignment(int rows, int count, int components, Supplier<Assign> loops) {
        this.rows = Require.atLeast("rows", rows, 1);
        this.count = Require.atLeast("features", count, 1);
        this.components = Require.atLeast("components", components, 1);
        this.loops = loops;
        groups = (components + Assign.GROUP - 1) / Assign.GROUP;
        int blocks = (rows + Assign.BLOCK - 1) / Assign.BLOCK;
        features = new double[Math.multiplyExact(blocks * Assign.BLOCK, count)];
        weights = new double[Math.multiplyExact(groups * Assign.GROUP, count)];
        for (int k = components; k < groups * Assign.GROUP; k++) {
            weights[at(0, k)] = NEVER;
        }
        moments = new double[weights.length];
        logSums = new double[rows];
        q = new double[Assign.BLOCK * groups * Assign.GROUP];
        scaled = new double[Assign.BLOCK * count];
    }

    /** On plain loops only: for tests and comparisons. */
    static SoftAssignment scalar(int rows, int features, int components) {
        var loops = new ScalarAssign();
        return new SoftAssignment(rows, features, components, () -> loops);
    }

    /** On the Vector API only. */
    static SoftAssignment vector(int rows, int features, int components) {
        var loops = Switch.LOOPS.vector(Assign.class);
        return new SoftAssignment(rows, features, components, () -> loops);
    }

    /**
     * Sets one feature of all rows, f_ic for one c.
     *
     * @param feature c
     * @param values one for each row, finite
     * @throws IllegalArgumentException if there is another number of values
     */
    public void feature(int feature, double[] values) {
        Require.shape("values", new int[] {values.length}, rows);
        for (int i = 0; i < rows; i++) {
            features[(i / Assign.BLOCK * count + feature) * Assign.BLOCK + i % Assign.BLOCK] = values[i];
        }
    }

    /**
     * Sets the weights of one feature, w_ck for one c.
     *
     * @param feature c
     * @param values in nats, one for each component, finite
     * @throws IllegalArgumentException if there is another number of values
     */
    public void weight(int feature, double[] values) {
        Require.shape("values", new int[] {values.length}, components);
        for (int k = 0; k < components; k += Assign.GROUP) {
            int to = at(feature, k);
            int more = Math.min(Assign.GROUP, components - k);
            for (int l = 0; l < more; l++) {
                weights[to + l] = LOG2_E * values[k + l];
            }
        }
    }

    /**
     * Gives the moments of one feature from the last run, M_ck for one c.
     *
     * @param feature c
     * @param into overwritten, one for each component: the sum of f_ic over the rows, each weighted with its part in
     *     the component
     * @throws IllegalArgumentException if it has another length
     */
    public void moment(int feature, double[] into) {
        Require.shape("into", new int[] {into.length}, components);
        for (int k = 0; k < components; k += Assign.GROUP) {
            System.arraycopy(moments, at(feature, k), into, k, Math.min(Assign.GROUP, components - k));
        }
    }

    /**
     * log s_i of the last run.
     *
     * @param row i
     * @return in nats
     */
    public double logSum(int row) {
        return logSums[row];
    }

    /**
     * Computes all log s_i and M_ck.
     *
     * @return the sum of log s_i over the rows; NaN or infinite if an input was
     * @cost rows times components times (4 features + 30) operations, eight at a time with AVX-512; on one core
     */
    public double run() {
        Assign now = loops.get();
        Arrays.fill(moments, 0);
        int width = groups * Assign.GROUP;
        double total = 0;
        for (int first = 0; first < rows; first += Assign.BLOCK) {
            int at = first * count;
            now.logits(features, at, count, weights, groups, q);
            for (int row = 0; row < Assign.BLOCK; row++) {
                boolean counts = first + row < rows;
                double inverse = 0;
                if (counts) {
                    double top = now.powers(q, row * width, groups, parts);
                    double sum = 0;
                    for (double part : parts) {
                        sum += part;
                    }
                    inverse = 1 / sum;
                    logSums[first + row] = LN2 * top + Math.log(sum);
                    total += logSums[first + row];
                }
                for (int c = 0; c < count; c++) {
                    scaled[c * Assign.BLOCK + row] = inverse * features[at + c * Assign.BLOCK + row];
                }
            }
            now.moments(q, groups, scaled, count, moments);
        }
        return total;
    }

    /**
     * exp of many numbers, in plain loops that C2 turns into vector code: some ten times as fast as
     * {@code Math.exp}.
     *
     * @param x from -620 to 620; outside, the result is that of the nearer end
     * @param into overwritten, of the same length; not {@code x} itself
     * @throws IllegalArgumentException if the lengths differ
     * @cost about 1 ns a number; relative error below 4e-16 (1 + |x|)
     */
    public static void exponentials(double[] x, double[] into) {
        Require.shape("into", new int[] {into.length}, x.length);
        for (int i = 0; i < x.length; i++) {
            into[i] = Math.min(x[i], 620) * LOG2_E;
        }
        ScalarAssign.powers(into, 0, x.length, Assign.MAGIC, new double[x.length]);
    }

    private int at(int feature, int component) {
        return (component / Assign.GROUP * count + feature) * Assign.GROUP + component % Assign.GROUP;
    }
}
