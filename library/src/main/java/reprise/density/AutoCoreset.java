package reprise.density;

import java.util.Arrays;
import java.util.Objects;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Interrupted;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * A coreset for any loss, found by the loss itself: a matrix holds the losses of all points for the solutions so far; a
 * few rows with nearly its sum are taken, the problem is solved on them, and the losses for that solution become the
 * next column. The coreset whose solution costs least on all points is kept.
 *
 * <pre>{@code
 * var problem = CoresetProblem.linear(LinearLoss.LOGISTIC, x, y, 1);
 * var found = AutoCoreset.of(problem).by(CoresetRule.CARATHEODORY).choose(100, rng);
 * }</pre>
 *
 * <p>As in the authors' code the loop begins with 3 uniform samples and ends after 5 rounds without gain, or when there
 * are as many columns as points may be taken from the smallest group. Immutable.
 *
 * @param <Q> the solutions
 */
@Source(arxiv = "2305.11980", at = "Algorithm 1")
public final class AutoCoreset<Q> {
    private final CoresetProblem<Q> problem;
    private final CoresetRule rule;
    private final int starts;
    private final int patience;

    private AutoCoreset(CoresetProblem<Q> problem, CoresetRule rule, int starts, int patience) {
        this.problem = problem;
        this.rule = rule;
        this.starts = starts;
        this.patience = patience;
    }

    /**
     * For a problem.
     *
     * @param problem points, solver and losses
     * @param <Q> the solutions
     * @return the method, by Caratheodory's reduction, 3 uniform samples first, a patience of 5 rounds
     */
    public static <Q> AutoCoreset<Q> of(CoresetProblem<Q> problem) {
        return new AutoCoreset<>(Objects.requireNonNull(problem, "problem"), CoresetRule.CARATHEODORY, 3, 5);
    }

    /**
     * How rows are taken.
     *
     * @param rule any; {@link CoresetRule#UNIFORM} makes the loop a search among uniform samples
     * @return a copy with it
     */
    public AutoCoreset<Q> by(CoresetRule rule) {
        return new AutoCoreset<>(problem, Objects.requireNonNull(rule, "rule"), starts, patience);
    }

    /**
     * How many uniform samples are solved first.
     *
     * @param samples at least 1
     * @return a copy with that many
     * @throws IllegalArgumentException if there is none
     */
    public AutoCoreset<Q> starts(int samples) {
        return new AutoCoreset<>(problem, rule, Require.atLeast("starts", samples, 1), patience);
    }

    /**
     * How many rounds without gain end the loop.
     *
     * @param rounds at least 1
     * @return a copy with that many
     * @throws IllegalArgumentException if it is below 1
     */
    public AutoCoreset<Q> patience(int rounds) {
        return new AutoCoreset<>(problem, rule, starts, Require.atLeast("patience", rounds, 1));
    }

    /**
     * Runs the loop.
     *
     * @param size how many points at most; at least 2 for each group plus the starts, and at most n
     * @param rng the randomness
     * @return the best coreset of all rounds
     * @throws IllegalArgumentException if the size is out of range, or too small for a round
     * @throws Interrupted if the thread was interrupted
     * @cost for each round one solution on the coreset and one evaluation of all losses
     */
    public Found<Q> choose(int size, Rng rng) {
        int[] sizes = sizes(size);
        int smallest = Arrays.stream(sizes).min().orElse(size);
        if (rule.needsFewColumns() && smallest <= starts) {
            throw new IllegalArgumentException("size must leave more than " + starts
                    + " points to each group, the smallest got " + smallest + " of " + size);
        }
        double[][] columns = new double[0][];
        double goal = 0;
        for (int s = 0; s < starts; s++) {
            Q solution = problem.solve(uniform(size, rng), rng);
            columns = with(columns, problem.lossesOf(solution));
            goal = Math.max(goal, Arrays.stream(columns[s]).sum());
        }
        Found<Q> best = null;
        int rounds = 0;
        int waited = 0;
        while (waited < patience && !(rule.needsFewColumns() && columns.length >= smallest)) {
            Interrupted.check();
            WeightedCoreset points = rule.choose(matrix(columns), problem.groups(), sizes, rng);
            Q solution = problem.solve(points, rng);
            double[] losses = problem.lossesOf(solution);
            double cost = Arrays.stream(losses).sum();
            columns = with(columns, losses);
            rounds++;
            waited = cost < goal ? 0 : waited + 1;
            goal = Math.min(goal, cost);
            if (best == null || cost < best.cost) {
                best = new Found<>(points, solution, cost, 0);
            }
        }
        return new Found<>(best.points, best.solution, best.cost, rounds);
    }

    /**
     * The fair baseline: the best of several uniform samples, by their cost on all points like the loop's own choice.
     *
     * @param size how many points, at least 1 and at most n
     * @param rounds how many samples, at least 1
     * @param rng the randomness
     * @return the best of them
     * @throws IllegalArgumentException if an argument is out of range
     * @throws Interrupted if the thread was interrupted
     * @cost for each round one solution on the sample and one evaluation of all losses
     */
    public Found<Q> bestUniform(int size, int rounds, Rng rng) {
        Require.atLeast("rounds", rounds, 1);
        Found<Q> best = null;
        for (int r = 0; r < rounds; r++) {
            Interrupted.check();
            Found<Q> next = solved(uniform(size, rng), rng);
            best = best == null || next.cost < best.cost ? next : best;
        }
        return new Found<>(best.points, best.solution, best.cost, rounds);
    }

    /**
     * Solves on given points and counts the cost on all: for any other coreset.
     *
     * @param points weighted points
     * @param rng the randomness of the solver
     * @return with one round
     */
    public Found<Q> solved(WeightedCoreset points, Rng rng) {
        Q solution = problem.solve(points, rng);
        return new Found<>(points, solution, problem.cost(solution), 1);
    }

    /**
     * A uniform sample with points of every group, drawn anew until it has them.
     *
     * @param size how many points, at least the number of groups and at most n
     * @param rng the randomness
     * @return weights n / size; a point drawn twice has both
     * @throws IllegalArgumentException if the size is out of range
     */
    public WeightedCoreset uniform(int size, Rng rng) {
        int[] groups = problem.groups();
        int count = Arrays.stream(groups).max().orElse(0) + 1;
        Require.atLeast("size", size, count);
        Dense none = Dense.of("rows", new double[groups.length], groups.length, 1);
        WeightedCoreset points;
        do {
            Interrupted.check();
            points = CoresetRule.UNIFORM.choose(none, size, rng);
        } while (Arrays.stream(points.indices()).map(i -> groups[i]).distinct().count() < count);
        return points;
    }

    /**
     * A uniform sample of each group, as many from each.
     *
     * @param size how many points in all, at least the number of groups
     * @param rng the randomness
     * @return each group has the weight of its points
     * @throws IllegalArgumentException if the size is out of range
     */
    public WeightedCoreset balanced(int size, Rng rng) {
        int[] groups = problem.groups();
        int[] counts = counts();
        int[] sizes = new int[counts.length];
        for (int g = 0; g < sizes.length; g++) {
            sizes[g] = Math.min(counts[g], size * (g + 1) / sizes.length - size * g / sizes.length);
        }
        return CoresetRule.UNIFORM.choose(
                Dense.of("rows", new double[groups.length], groups.length, 1), groups, sizes, rng);
    }

    /**
     * A sensitivity sample: a rough solution first, from a uniform sample of the same size; then independent points,
     * half of them uniform, half with chances proportional to their losses, weights undoing the chances (Bachem, Lucic
     * and Krause, 2018, for k-means with a single centre); drawn anew until there are points of every group.
     *
     * @param size how many points, at least the number of groups and at most n
     * @param rng the randomness
     * @return at most that many points, of a total weight about n
     * @throws IllegalArgumentException if the size is out of range
     */
    @Source(arxiv = "1702.08248")
    public WeightedCoreset sensitivity(int size, Rng rng) {
        int n = problem.points();
        double[] losses = problem.lossesOf(problem.solve(uniform(size, rng), rng));
        double total = Arrays.stream(losses).sum();
        double[] chances = new double[n];
        for (int i = 0; i < n; i++) {
            chances[i] = 0.5 / n + (total > 0 ? 0.5 * losses[i] / total : 0.5 / n);
        }
        int[] groups = problem.groups();
        int[] drawn;
        do {
            Interrupted.check();
            drawn = rng.categorical(chances, size);
        } while (Arrays.stream(drawn).map(i -> groups[i]).distinct().count() < counts().length);
        return WeightedCoreset.merged(
                drawn, Arrays.stream(drawn).mapToDouble(i -> 1 / (chances[i] * size)).toArray());
    }

    /**
     * How many points each group gets: the mean of three policies, proportional to the share p of the group, to |log p|
     * and to exp(-p), as the authors' linear program gives up to 0.04; never more than the group has.
     *
     * @param size how many in all, at least 2 for each group and at most n
     * @return one number for each group, summing to about the size
     * @throws IllegalArgumentException if the size is out of range
     */
    public int[] sizes(int size) {
        int[] counts = counts();
        Require.atLeast("size", size, 2 * counts.length);
        if (size > problem.points()) {
            throw new IllegalArgumentException(
                    "size must be at most the number of points = " + problem.points() + ", was " + size);
        }
        if (counts.length == 1) {
            return new int[] {size};
        }
        double logs = 0;
        double exponentials = 0;
        for (int count : counts) {
            double share = (double) count / problem.points();
            logs += Math.abs(Math.log(share));
            exponentials += Math.exp(-share);
        }
        int[] sizes = new int[counts.length];
        for (int g = 0; g < sizes.length; g++) {
            double share = (double) counts[g] / problem.points();
            double part = (share + Math.abs(Math.log(share)) / logs + Math.exp(-share) / exponentials) / 3;
            sizes[g] = Math.max(1, Math.min(counts[g], (int) Math.round(part * size)));
        }
        return sizes;
    }

    private int[] counts() {
        int[] groups = problem.groups();
        int[] counts = new int[Arrays.stream(groups).max().orElse(0) + 1];
        for (int g : groups) {
            counts[g]++;
        }
        return counts;
    }

    private static double[][] with(double[][] columns, double[] next) {
        double[][] more = Arrays.copyOf(columns, columns.length + 1);
        more[columns.length] = next;
        return more;
    }

    private static Dense matrix(double[][] columns) {
        int t = columns.length;
        int n = columns[0].length;
        double[] rows = new double[n * t];
        for (int c = 0; c < t; c++) {
            for (int i = 0; i < n; i++) {
                rows[i * t + c] = columns[c][i];
            }
        }
        return Dense.of("losses", rows, n, t);
    }

    /**
     * A coreset and what it is good for.
     *
     * @param <Q> the solutions
     * @param points the coreset
     * @param solution the solution on it
     * @param cost of that solution on all points
     * @param rounds how many coresets were tried, this the best of them
     */
    public record Found<Q>(WeightedCoreset points, Q solution, double cost, int rounds) {
        /**
         * How much more the solution costs than the best one.
         *
         * @param least the least cost on all points, above 0
         * @return cost / least - 1
         * @throws IllegalArgumentException if the least cost is not above 0
         */
        public double excess(double least) {
            return cost / Require.positive("least", least) - 1;
        }
    }
}
