package reprise.density;

import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Generalised kernel thinning: n points to n / 2^m that integrate functions nearly as well as all of them.
 *
 * <pre>{@code
 * double[][] points = Rng.of(1).normal(256, 2).toRows();
 * Kernel k = Kernel.gaussian(2);
 * Coreset few = KernelThinning.target(k).thin(points, 4, Rng.of(2));
 * double error = MaximumMeanDiscrepancy.to(Normal.standard(2), k).of(few.points());
 * }</pre>
 *
 * <p>KT-SPLIT halves the sequence m times with a <em>split kernel</em>, by a self-balancing walk; KT-SWAP takes the
 * best of the 2^m children and of standard thinning by the <em>target kernel</em>, and replaces each of its points in
 * turn by the best input point. Which split kernel? {@link #target} for smooth kernels and for a fixed set of
 * functions; {@link #plus} for rough ones, never much worse; {@link #root} and {@link #power} where the guarantee for
 * the worst function counts. The points should come in random order, or in that of a Markov chain. Immutable.
 */
@Source(arxiv = "2110.01593")
public final class KernelThinning {
    private static final double DELTA = 0.5;

    private final Kernel target;
    private final IntFunction<Kernel> splitting;
    private final double delta;
    private final Halving halving;

    private KernelThinning(Kernel target, IntFunction<Kernel> splitting, double delta, Halving halving) {
        this.target = Objects.requireNonNull(target, "kernel");
        this.splitting = splitting;
        this.delta = delta;
        this.halving = halving;
    }

    /**
     * Target KT: splits by the target kernel itself.
     *
     * @param kernel the kernel whose functions are to be integrated
     * @return the method
     */
    @Source(arxiv = "2110.01593", at = "Section 2.1")
    public static KernelThinning target(Kernel kernel) {
        return splitBy(kernel, kernel);
    }

    /**
     * Root KT: splits by the kernel whose spectral density is the root of the target's.
     *
     * @param kernel the target kernel
     * @return the method; where there is no root kernel in the dimension of the points, thinning says so
     */
    @Source(arxiv = "2105.05842")
    public static KernelThinning root(Kernel kernel) {
        return power(kernel, 0.5);
    }

    /**
     * Power KT: splits by the alpha-power kernel.
     *
     * @param kernel the target kernel
     * @param alpha above 0, at most 1
     * @return the method; where there is no such kernel in the dimension of the points, thinning says so
     * @throws IllegalArgumentException if alpha is out of range
     */
    @Source(arxiv = "2110.01593", at = "Section 3")
    public static KernelThinning power(Kernel kernel, double alpha) {
        double checked = fraction(alpha);
        return new KernelThinning(
                kernel, once(d -> kernel.power(checked, d)), DELTA, Halving.SELF_BALANCING);
    }

    /**
     * KT+: splits by the sum of the target kernel and its alpha-power kernel, both 1 at distance 0.
     *
     * @param kernel the target kernel
     * @param alpha above 0, at most 1
     * @return the method; where there is no such kernel in the dimension of the points, thinning says so
     * @throws IllegalArgumentException if alpha is out of range
     */
    @Source(arxiv = "2110.01593", at = "Section 4")
    public static KernelThinning plus(Kernel kernel, double alpha) {
        double checked = fraction(alpha);
        return new KernelThinning(
                kernel, once(d -> kernel.plus(kernel.power(checked, d))), DELTA, Halving.SELF_BALANCING);
    }

    /**
     * Any two kernels.
     *
     * @param target the one by which children are chosen and refined
     * @param split the one by which the points are halved
     * @return the method
     */
    public static KernelThinning splitBy(Kernel target, Kernel split) {
        Objects.requireNonNull(split, "split");
        return new KernelThinning(target, d -> split, DELTA, Halving.SELF_BALANCING);
    }

    /**
     * The probability that the guarantee may fail.
     *
     * @param delta above 0 and below 1; 0.5 if not set
     * @return a copy with it
     * @throws IllegalArgumentException if it is out of range
     */
    public KernelThinning failure(double delta) {
        return new KernelThinning(target, splitting, Require.inside("delta", delta, 0, 1), halving);
    }

    /**
     * The rule by which pairs are shared out, for comparisons.
     *
     * @param rule the self-balancing walk if not set
     * @return a copy with it
     */
    public KernelThinning halving(Halving rule) {
        return new KernelThinning(target, splitting, delta, Objects.requireNonNull(rule, "rule"));
    }

    /**
     * KT-SPLIT and KT-SWAP.
     *
     * @param x the points, shape [n, d], n a multiple of 2^halvings
     * @param halvings m, at least 0
     * @param rng the coins
     * @return n / 2^m points; the same seed gives the same ones on any number of threads
     * @throws IllegalArgumentException if n is not a multiple of 2^m, or the split kernel does not exist for this d
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost 2 n^2 values of the kernel, O(m n d) memory: about 1 s for n = 4096 in the plane
     */
    public Coreset thin(Dense x, int halvings, Rng rng) {
        int[][] children = split(x, halvings, rng);
        int[][] candidates = Arrays.copyOf(children, children.length + 1);
        candidates[children.length] = standard(x.rows(), halvings);
        return swap(x, candidates);
    }

    /**
     * As {@link #thin(Dense, int, Rng)}, for an array of rows.
     *
     * @param x the points, shape [n, d], finite, n a multiple of 2^halvings
     * @param halvings m, at least 0
     * @param rng the coins
     * @return n / 2^m points
     * @throws IllegalArgumentException if the points are none, NaN or infinite, or n is not a multiple of 2^m
     */
    public Coreset thin(double[][] x, int halvings, Rng rng) {
        return thin(Dense.of("x", x), halvings, rng);
    }

    /**
     * As {@link #thin(Dense, int, Rng)}, for an ND4J array.
     *
     * @param x the points, shape [n, d], finite, n a multiple of 2^halvings
     * @param halvings m, at least 0
     * @param rng the coins
     * @return n / 2^m points
     * @throws IllegalArgumentException if the points are none, NaN or infinite, or n is not a multiple of 2^m
     */
    public Coreset thin(INDArray x, int halvings, Rng rng) {
        return thin(Dense.of("x", x), halvings, rng);
    }

    /**
     * KT-SPLIT alone: all children.
     *
     * <p>A pair (x, x') at distance {@code b^2 = k(x, x) + k(x', x') - 2 k(x, x')} leans by
     * {@code A = sum_s [k(x, s) - k(x', s)]} over the points before it, those of the first half counted negative. With
     * {@code a = max(sigma b sqrt(L), b^2)}, {@code L = 2 log(2 n m / delta) - 2 j log 2} at level j, x' goes into the
     * first half with probability {@code (1 - A / a) / 2}, cut at 0 and 1; then {@code sigma^2} grows by
     * {@code b^2 (1 + (b^2 - 2 a) sigma^2 / a^2)}, or not at all.
     *
     * @param x the points, shape [n, d], n a multiple of 2^halvings
     * @param halvings m, at least 0
     * @param rng the coins
     * @return indices of points, shape [2^m, n / 2^m]; each point occurs once, each child ascends in the pairs
     * @throws IllegalArgumentException if n is not a multiple of 2^m, or the split kernel does not exist for this d
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost n^2 values of the kernel, O(m n d) memory, one thread
     */
    @Source(arxiv = "2110.01593", at = "Algorithm 1a")
    public int[][] split(Dense x, int halvings, Rng rng) {
        checkHalvings(x.rows(), halvings);
        Kernel by = splitting.apply(x.columns());
        if (halvings == 0) {
            return new int[][] {standard(x.rows(), 0)};
        }
        return KernelSplit.run(by.form(), x, halvings, delta, halving, p -> rng.uniform() < p);
    }

    /**
     * KT-SWAP alone: the best candidate, refined.
     *
     * @param x the points, shape [n, d]
     * @param candidates indices of points, at least one candidate; all of one length from 1 to n
     * @return the refined best; never further from x than any candidate
     * @throws IllegalArgumentException if there is no candidate, the lengths differ, or an index is not a point
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost n^2 + 3 n s values of the kernel and s^2 for each candidate, O(n d) memory
     */
    @Source(arxiv = "2110.01593", at = "Algorithm 1b")
    public Coreset swap(Dense x, int[]... candidates) {
        Require.atLeast("number of candidates", candidates.length, 1);
        KernelSwap.checkSize(candidates[0].length, x.rows());
        for (int c = 0; c < candidates.length; c++) {
            Require.shape("candidates[" + c + "]", new int[] {candidates[c].length}, candidates[0].length);
            for (int i : candidates[c]) {
                if (i < 0 || i >= x.rows()) {
                    throw new IllegalArgumentException(
                            "candidates[" + c + "] must hold indices below " + x.rows() + ", held " + i);
                }
            }
        }
        var sums = new KernelSwap(target, x);
        int[] best = sums.best(candidates);
        int[] refined = sums.refine(best);
        int replaced = 0;
        for (int l = 0; l < best.length; l++) {
            replaced += best[l] == refined[l] ? 0 : 1;
        }
        return sums.coreset(refined, replaced);
    }

    /**
     * Standard thinning: every 2^m-th point, the last one included.
     *
     * @param n the number of points, a multiple of 2^halvings
     * @param halvings m, at least 0
     * @return indices, length n / 2^m, ascending
     * @throws IllegalArgumentException if n is not a multiple of 2^m
     */
    public static int[] standard(int n, int halvings) {
        checkHalvings(n, halvings);
        int[] indices = new int[n >> halvings];
        Arrays.setAll(indices, l -> ((l + 1) << halvings) - 1);
        return indices;
    }

    private static void checkHalvings(int n, int halvings) {
        Require.atLeast("halvings", halvings, 0);
        Require.atLeast("number of points", n, 1);
        if (halvings > 30 || n % (1 << halvings) != 0) {
            throw new IllegalArgumentException("number of points must be a multiple of 2^halvings = 2^" + halvings
                    + ", was " + n);
        }
    }

    /** A Matern kernel of odd order begins with a table, which many splits share. */
    private static IntFunction<Kernel> once(IntFunction<Kernel> make) {
        var made = new ConcurrentHashMap<Integer, Kernel>();
        return d -> made.computeIfAbsent(d, make::apply);
    }

    private static double fraction(double alpha) {
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException("alpha must be > 0 and <= 1, was " + alpha);
        }
        return alpha;
    }
}
