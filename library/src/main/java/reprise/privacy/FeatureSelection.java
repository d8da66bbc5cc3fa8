package reprise.privacy;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import reprise.array.Require;
import reprise.experiment.Trials;
import reprise.parallel.Tasks;
import reprise.prob.SpecialFunctions;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * An analyst who selects features with the help of a holdout set and then reports, from the same holdout, how well they
 * classify.
 *
 * <p>Training set, holdout and a fresh set have n people with d signs, independent of their fair label but for some
 * planted ones. A feature is kept if its correlation with the label, in the training set and as the holdout answers it,
 * has the same sign and is beyond 1 / sqrt(n) in both. Of those kept the k strongest in the training set vote with
 * their signs; ties count one half. In Dwork et al.'s program the features are normal; signs keep every query within
 * [-1, 1] and have the same correlations.
 *
 * <pre>{@code
 * var curves = FeatureSelection.of(1_000, 1_000).sizes(10, 20, 50).naive(10, Rng.of(7));
 * double[] seen = curves.reported();   // above one half, though there is nothing to find
 * }</pre>
 */
@Source(arxiv = "1506.02629")
public final class FeatureSelection {
    private final int n;
    private final int d;
    private final int planted;
    private final double strength;
    private final int[] sizes;
    private final boolean accuracyAsked;

    private FeatureSelection(int n, int d, int planted, double strength, int[] sizes, boolean accuracyAsked) {
        this.n = n;
        this.d = d;
        this.planted = planted;
        this.strength = strength;
        this.sizes = sizes;
        this.accuracyAsked = accuracyAsked;
    }

    /**
     * Accuracies of the votes, for each run and each number of features.
     *
     * @param trained in the training set, shape [runs, sizes]
     * @param answered as the holdout answered, shape [runs, sizes]
     * @param tested in the fresh set, shape [runs, sizes]
     * @param spent how many answers came from the holdout itself, an entry a run
     */
    public record Curves(double[][] trained, double[][] answered, double[][] tested, double[] spent) {
        /**
         * The accuracy in the training set.
         *
         * @return the mean over the runs, an entry a size
         */
        public double[] train() {
            return mean(trained);
        }

        /**
         * The accuracy that the analyst reports.
         *
         * @return the mean over the runs, an entry a size
         */
        public double[] reported() {
            return mean(answered);
        }

        /**
         * The accuracy on people never seen.
         *
         * @return the mean over the runs, an entry a size
         */
        public double[] fresh() {
            return mean(tested);
        }

        /**
         * What was reported at the largest size, run by run.
         *
         * @return an entry a run
         */
        public Trials last() {
            return new Trials(Arrays.stream(answered).mapToDouble(row -> row[row.length - 1]).toArray());
        }

        private static double[] mean(double[][] runs) {
            return IntStream.range(0, runs[0].length)
                    .mapToDouble(s -> Arrays.stream(runs).mapToDouble(run -> run[s]).average().getAsDouble())
                    .toArray();
        }
    }

    /** How a holdout answers one query, given its means over the training set and over the holdout. */
    private interface Answers {
        double answer(double train, double holdout);
    }

    /**
     * Sets the sizes: no planted feature, votes of up to n / 20 features.
     *
     * @param n people in each set, at least 20
     * @param d features, at least 1
     * @return the experiment
     * @throws IllegalArgumentException if n or d is too small
     */
    public static FeatureSelection of(int n, int d) {
        int most = Require.atLeast("n", n, 20) / 20;
        return new FeatureSelection(n, Require.atLeast("d", d, 1), 0, 0, new int[] {most}, false);
    }

    /**
     * Makes some features informative.
     *
     * @param count how many, from 0 to d
     * @param mean the mean of feature times label, inside (-1, 1)
     * @return a copy
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public FeatureSelection planted(int count, double mean) {
        if (count < 0 || count > d) {
            throw new IllegalArgumentException("count must be from 0 to d = " + d + ", was " + count);
        }
        return new FeatureSelection(n, d, count, Require.inside("mean", mean, -1, 1), sizes, accuracyAsked);
    }

    /**
     * Sets how many features vote; where fewer are kept, all of them do.
     *
     * @param numbers increasing, each at least 1
     * @return a copy
     * @throws IllegalArgumentException if there are none or they do not increase
     */
    public FeatureSelection sizes(int... numbers) {
        Require.atLeast("number of sizes", numbers.length, 1);
        int before = 0;
        for (int number : numbers) {
            before = Require.atLeast("each size", number, before + 1);
        }
        return new FeatureSelection(n, d, planted, strength, numbers.clone(), accuracyAsked);
    }

    /**
     * Asks the holdout for the vote's accuracy, from 0 to 1, rather than for 2 accuracy - 1, from -1 to 1. Then the gap
     * that a threshold sees is half as large.
     *
     * @return a copy
     */
    public FeatureSelection askingAccuracy() {
        return new FeatureSelection(n, d, planted, strength, sizes, true);
    }

    /**
     * Lets the holdout answer exactly, every time.
     *
     * @param runs data sets, at least 1
     * @param rng the randomness; the same gives the same data to every method
     * @return the accuracies
     * @throws IllegalArgumentException if there are no runs
     * @cost n d / 21 random words a run, on all cores
     */
    public Curves naive(int runs, Rng rng) {
        return repeat(runs, rng, (noise, spent) -> (train, holdout) -> {
            spent[0]++;
            return holdout;
        });
    }

    /**
     * Lets the holdout answer by Thresholdout, selection and report from one session.
     *
     * @param method with a budget for all of it: a quarter of d suffices for T = 4 / sqrt(n)
     * @param runs data sets, at least 1
     * @param rng the randomness; the same gives the same data to every method
     * @return the accuracies
     * @throws IllegalArgumentException if there are no runs
     * @throws BudgetOverspent if the budget does not last
     * @cost n d / 21 random words a run, on all cores
     */
    public Curves thresholdout(Thresholdout method, int runs, Rng rng) {
        return repeat(runs, rng, (noise, spent) -> {
            var session = method.open(noise);
            return (train, holdout) -> {
                var answer = session.answer(train, holdout);
                spent[0] = session.spent();
                return answer.value();
            };
        });
    }

    private Curves repeat(int runs, Rng rng, BiFunction<Rng, double[], Answers> open) {
        List<double[][]> all = Tasks.mapRange(Require.atLeast("runs", runs, 1), r -> {
            double[] spent = {0};
            double[][] curves = once(rng.split(r), open.apply(rng.split(r).split("noise"), spent));
            return new double[][] {curves[0], curves[1], curves[2], spent};
        });
        return new Curves(pick(all, 0), pick(all, 1), pick(all, 2),
                all.stream().mapToDouble(run -> run[3][0]).toArray());
    }

    private double[][] once(Rng rng, Answers holdout) {
        var seen = SignMatrix.random(n, d, planted, strength, rng.split("train"));
        var held = SignMatrix.random(n, d, planted, strength, rng.split("holdout"));
        double least = 1 / Math.sqrt(n);
        double[] train = new double[d];
        int[] kept = new int[d];
        int count = 0;
        for (int j = 0; j < d; j++) {
            train[j] = seen.mean(j);
            double answer = holdout.answer(train[j], held.mean(j));
            if (Math.min(train[j], answer) > least || Math.max(train[j], answer) < -least) {
                kept[count++] = j;
            }
        }
        // Correlations of signs tie: a random order before the stable sort, lest the first, the planted ones, win.
        int[] order = Arrays.stream(rng.split("ties").permutation(count)).map(i -> kept[i]).boxed()
                .sorted((a, b) -> Double.compare(Math.abs(train[b]), Math.abs(train[a])))
                .mapToInt(Integer::intValue).limit(sizes[sizes.length - 1]).toArray();
        boolean[] negative = new boolean[order.length];
        for (int i = 0; i < order.length; i++) {
            negative[i] = train[order[i]] < 0;
        }
        double[] trained = seen.votes(order, negative, sizes);
        double[] asked = held.votes(order, negative, sizes);
        double[] answered = new double[sizes.length];
        for (int s = 0; s < sizes.length; s++) {
            answered[s] = accuracyAsked
                    ? holdout.answer(accuracy(trained[s]), accuracy(asked[s]))
                    : accuracy(holdout.answer(trained[s], asked[s]));
        }
        double[] tested = SignMatrix.random(n, d, planted, strength, rng.split("fresh")).votes(order, negative, sizes);
        return new double[][] {accuracies(trained), answered, accuracies(tested)};
    }

    /**
     * What an exact holdout reports for a vote of k of the kept features when none is planted. Those kept have holdout
     * correlations beyond 1 / sqrt(n), on average phi(1) / Phi(-1) / sqrt(n) = 1.525 / sqrt(n) with density phi and
     * distribution function Phi of the normal.
     *
     * @param k how many vote, at least 1; about 0.0503 d are kept
     * @return Phi(1.525 sqrt(k / n)), the limit of large n and k
     * @throws IllegalArgumentException if k is below 1
     */
    public double naiveAccuracy(double k) {
        double beyond = Math.exp(-0.5) / Math.sqrt(2 * Math.PI) / SpecialFunctions.normalCdf(-1);
        return SpecialFunctions.normalCdf(beyond * Math.sqrt(Require.positive("k", k) / n));
    }

    /**
     * How many features an exact holdout keeps on average when none is planted.
     *
     * @return 2 d Phi(-1)^2, the limit of large n
     */
    public double naiveKept() {
        return 2 * d * Math.pow(SpecialFunctions.normalCdf(-1), 2);
    }

    /**
     * The accuracy of a vote of independent signs that agree with the label with the same mean.
     *
     * @param k how many vote, at least 1
     * @param mean the mean of each sign times the label, inside (-1, 1)
     * @return P(more agree than not) + P(tie) / 2
     * @throws IllegalArgumentException if an argument is out of its range
     */
    public static double voteAccuracy(int k, double mean) {
        // With ties at one half, an even vote is as good as one with a voter less.
        int odd = Require.atLeast("k", k, 1) - (k % 2 == 0 ? 1 : 0);
        double majority = (odd + 1) / 2.0;
        return SpecialFunctions.betaI((1 + Require.inside("mean", mean, -1, 1)) / 2, majority, majority);
    }

    private static double[] accuracies(double[] means) {
        return Arrays.stream(means).map(FeatureSelection::accuracy).toArray();
    }

    private static double accuracy(double mean) {
        return (1 + mean) / 2;
    }

    private static double[][] pick(List<double[][]> all, int which) {
        return all.stream().map(run -> run[which]).toArray(double[][]::new);
    }
}
