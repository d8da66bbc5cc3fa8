package reprise.density;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import reprise.array.Require;
import reprise.experiment.Trials;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/**
 * How much more the solution on a coreset costs than the best one, over sizes and trials, for several ways to choose.
 *
 * <pre>{@code
 * var result = CoresetStudy.of(problem).sizes(50, 100).run(16, rng);
 * double[] uniform = result.mean(CoresetStudy.Way.UNIFORM);
 * }</pre>
 *
 * <p>The costs are those on all points, never the coreset's own. Immutable.
 *
 * @param <Q> the solutions
 */
public final class CoresetStudy<Q> {
    private final CoresetProblem<Q> problem;
    private final List<Way> ways;
    private final int[] sizes;

    /** Ways to choose. */
    public enum Way {
        /** One uniform sample. */
        UNIFORM,
        /** One uniform sample of each group, as many of each. */
        BALANCED,
        /** One sensitivity sample. */
        SENSITIVITY,
        /** The best of as many uniform samples as {@link #CARATHEODORY} has rounds in the same trial. */
        BEST_UNIFORM,
        /** The loop with uniform draws. */
        UNIFORM_LOOP,
        /** The loop with the best of 100 uniform draws. */
        BEST_OF_UNIFORM,
        /** The loop with importance sampling. */
        IMPORTANCE,
        /** The loop with Caratheodory's reduction, stopped at the size. */
        CARATHEODORY,
        /** The loop with Caratheodory's reduction to the end. */
        MINIMAL,
        /**
         * The best of the three loops {@link #BEST_OF_UNIFORM}, {@link #IMPORTANCE} and {@link #CARATHEODORY}.
         */
        BEST_LOOP,
        /** The best of as many uniform samples as those three have rounds together: its fair match. */
        MATCHED
    }

    private CoresetStudy(CoresetProblem<Q> problem, List<Way> ways, int[] sizes) {
        this.problem = problem;
        this.ways = ways;
        this.sizes = sizes;
    }

    /**
     * For a problem.
     *
     * @param problem points, solver and losses
     * @param <Q> the solutions
     * @return the study of all ways at size 100
     */
    public static <Q> CoresetStudy<Q> of(CoresetProblem<Q> problem) {
        return new CoresetStudy<>(Objects.requireNonNull(problem, "problem"), List.of(Way.values()), new int[] {100});
    }

    /**
     * The sizes.
     *
     * @param sizes at least one, each at least 1
     * @return a copy with these
     * @throws IllegalArgumentException if there is none or one is below 1
     */
    public CoresetStudy<Q> sizes(int... sizes) {
        Require.atLeast("number of sizes", sizes.length, 1);
        for (int size : sizes) {
            Require.atLeast("size", size, 1);
        }
        return new CoresetStudy<>(problem, ways, sizes.clone());
    }

    /**
     * Only some ways.
     *
     * @param ways at least one
     * @return a copy with these
     * @throws IllegalArgumentException if there is none
     */
    public CoresetStudy<Q> ways(Way... ways) {
        Require.atLeast("number of ways", ways.length, 1);
        return new CoresetStudy<>(problem, List.of(ways), sizes);
    }

    /**
     * Runs.
     *
     * @param trials how many for each size, at least 1
     * @param rng the randomness; each size and trial has a stream of its own
     * @return the excess costs
     * @throws IllegalArgumentException if there is no trial, a size does not suit, or the best cost is not above 0
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost trials times sizes times ways loops, divided by the cores
     */
    public Result run(int trials, Rng rng) {
        Require.atLeast("trials", trials, 1);
        double least = problem.cost(
                problem.solve(WeightedCoreset.all(problem.points()), rng.split("all")));
        double[][][] excess = new double[ways.size()][sizes.length][trials];
        double[][] rounds = new double[sizes.length][trials];
        try (var progress = Progress.over("Coresets", (long) sizes.length * trials)) {
            Tasks.forRange(sizes.length * trials, job -> {
                int s = job / trials;
                int t = job % trials;
                var trial = new Trial(sizes[s], rng.split("size " + sizes[s]).split(t));
                for (int w = 0; w < ways.size(); w++) {
                    excess[w][s][t] = trial.found(ways.get(w)).excess(least);
                }
                rounds[s][t] = trial.rounds;
                progress.tick();
            });
        }
        var all = new ArrayList<List<Trials>>();
        for (double[][] way : excess) {
            var bySize = new ArrayList<Trials>();
            for (double[] values : way) {
                bySize.add(new Trials(values));
            }
            all.add(List.copyOf(bySize));
        }
        var counts = new ArrayList<Trials>();
        for (double[] values : rounds) {
            counts.add(new Trials(values));
        }
        return new Result(least, ways, sizes.clone(), List.copyOf(all), List.copyOf(counts));
    }

    /** One size and trial: a loop that serves several ways runs once. */
    private final class Trial {
        private final int size;
        private final Rng rng;
        private final AutoCoreset<Q> method = AutoCoreset.of(problem);
        private final AutoCoreset.Found<?>[] loops = new AutoCoreset.Found<?>[CoresetRule.values().length];
        private int rounds;

        private Trial(int size, Rng rng) {
            this.size = size;
            this.rng = rng;
        }

        private AutoCoreset.Found<?> found(Way way) {
            Rng own = rng.split(way.name());
            BiFunction<Integer, Rng, AutoCoreset.Found<?>> best = (r, stream) -> method.bestUniform(size, r, stream);
            switch (way) {
                case UNIFORM:
                    return method.solved(method.uniform(size, own), own);
                case BALANCED:
                    return method.solved(method.balanced(size, own), own);
                case SENSITIVITY:
                    return method.solved(method.sensitivity(size, own), own);
                case BEST_UNIFORM:
                    return best.apply(loop(CoresetRule.CARATHEODORY).rounds(), own);
                case UNIFORM_LOOP:
                    return loop(CoresetRule.UNIFORM);
                case MATCHED:
                    return best.apply(
                            loop(CoresetRule.CARATHEODORY).rounds() + loop(CoresetRule.IMPORTANCE).rounds()
                                    + loop(CoresetRule.BEST_OF_UNIFORM).rounds(), own);
                case BEST_LOOP:
                    AutoCoreset.Found<?> least = loop(CoresetRule.CARATHEODORY);
                    for (CoresetRule rule : List.of(CoresetRule.IMPORTANCE, CoresetRule.BEST_OF_UNIFORM)) {
                        least = loop(rule).cost() < least.cost() ? loop(rule) : least;
                    }
                    return least;
                default:
                    return loop(CoresetRule.valueOf(way.name()));
            }
        }

        private AutoCoreset.Found<?> loop(CoresetRule rule) {
            int at = rule.ordinal();
            if (loops[at] == null) {
                loops[at] = method.by(rule).choose(size, rng.split("loop " + rule));
                rounds = rule == CoresetRule.CARATHEODORY ? loops[at].rounds() : rounds;
            }
            return loops[at];
        }
    }

    /**
     * What came out.
     *
     * @param least the least cost on all points
     * @param ways the ways to choose
     * @param sizes the sizes
     * @param excess cost over least cost minus 1, by way and size
     * @param rounds of the loop with Caratheodory's reduction, by size; 0 if it did not run
     */
    public record Result(
            double least, List<Way> ways, int[] sizes, List<List<Trials>> excess, List<Trials> rounds) {
        /**
         * The trials of a way at a size.
         *
         * @param way one of those studied
         * @param size one of those studied
         * @return one excess for each trial
         * @throws IllegalArgumentException if that was not studied
         */
        public Trials at(Way way, int size) {
            for (int s = 0; s < sizes.length; s++) {
                if (sizes[s] == size && ways.contains(way)) {
                    return excess.get(ways.indexOf(way)).get(s);
                }
            }
            throw new IllegalArgumentException("way and size must be studied ones, were " + way + " and " + size);
        }

        /**
         * The means of a way.
         *
         * @param way one of those studied
         * @return one mean excess for each size
         * @throws IllegalArgumentException if it was not studied
         */
        public double[] mean(Way way) {
            double[] means = new double[sizes.length];
            for (int s = 0; s < means.length; s++) {
                means[s] = at(way, sizes[s]).mean();
            }
            return means;
        }
    }
}
