package reprise.density;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.optim.LinearLoss;
import reprise.optim.LinearModel;
import reprise.prob.KMeans;
import reprise.random.Rng;

/**
 * What a coreset is wanted for: n points, a solver that takes weighted points, and the loss of each point for a given
 * solution. Nothing else need be known of the loss.
 *
 * <pre>{@code var problem = CoresetProblem.linear(LinearLoss.LOGISTIC, x, y, 1);}</pre>
 *
 * @param <Q> the solutions, also called queries
 * @param groups which group each point belongs to, from 0 on, all groups occupied; coresets take points of every group
 * @param solver takes weighted points, whose weights sum to n, and its randomness
 * @param losses of all n points for a solution, finite
 */
public record CoresetProblem<Q>(
        int[] groups, BiFunction<WeightedCoreset, Rng, Q> solver, Function<Q, double[]> losses) {
    private static final int STARTS = 10;
    private static final int PASSES = 15;

    /**
     * Takes groups, solver and losses.
     *
     * @param groups which group each point belongs to, length n; copied
     * @param solver takes weighted points, whose weights sum to n, and its randomness
     * @param losses of all n points for a solution
     * @throws IllegalArgumentException if there is no point, or a group from 0 to the largest is empty
     */
    public CoresetProblem {
        Require.atLeast("number of points", groups.length, 1);
        groups = groups.clone();
        int[] counts = new int[Arrays.stream(groups).max().orElse(0) + 1];
        for (int i = 0; i < groups.length; i++) {
            counts[Require.atLeast("groups[" + i + "]", groups[i], 0)]++;
        }
        for (int g = 0; g < counts.length; g++) {
            Require.atLeast("points of group " + g, counts[g], 1);
        }
    }

    /**
     * A linear model: {@link LinearModel} with weights that sum to n. The ridge term counts in the losses, in equal
     * parts. For classifiers the two classes are the groups.
     *
     * @param loss what is to be small
     * @param x points, shape [n, d]
     * @param y answers, length n; -1 and 1 for a classifier, both of them
     * @param ridge at least 0; above 0 for the hinge loss
     * @return the problem
     * @throws IllegalArgumentException if an argument is unfit
     */
    public static CoresetProblem<LinearModel> linear(LinearLoss loss, Dense x, double[] y, double ridge) {
        Require.shape("y", new int[] {y.length}, x.rows());
        Require.finite("y", y);
        Require.nonNegative("ridge", ridge);
        int n = y.length;
        int[] groups = new int[n];
        for (int i = 0; i < n && loss != LinearLoss.SQUARED; i++) {
            groups[i] = y[i] > 0 ? 1 : 0;
        }
        double[] answers = y.clone();
        return new CoresetProblem<>(
                groups,
                (points, rng) -> LinearModel.fit(
                        loss, points.rows(x), Arrays.stream(points.indices()).mapToDouble(i -> answers[i]).toArray(),
                        points.weights(), ridge),
                model -> {
                    double[] losses = model.losses(x, answers);
                    double part = ridge / 2 * model.squaredNorm() / n;
                    for (int i = 0; i < n; i++) {
                        losses[i] += part;
                    }
                    return losses;
                });
    }

    /**
     * Clustering: the best of 10 starts of {@link KMeans} with at most 15 passes each.
     *
     * @param x points, shape [n, d]
     * @param k how many centres, from 1 to n
     * @return the problem; its solutions are centres, shape [k, d]
     * @throws IllegalArgumentException if k is out of range
     */
    public static CoresetProblem<Dense> kMeans(Dense x, int k) {
        Require.atLeast("k", k, 1);
        Require.atLeast("number of points", x.rows(), k);
        return new CoresetProblem<>(
                new int[x.rows()],
                (points, rng) -> {
                    Dense rows = points.rows(x);
                    KMeans best = KMeans.fit(rows, points.weights(), Math.min(k, rows.rows()), PASSES, rng);
                    for (int start = 1; start < STARTS; start++) {
                        KMeans next = KMeans.fit(rows, points.weights(), Math.min(k, rows.rows()), PASSES, rng);
                        best = next.inertia() < best.inertia() ? next : best;
                    }
                    return best.centres();
                },
                centres -> squares(x, centres));
    }

    private static double[] squares(Dense x, Dense centres) {
        int d = x.columns();
        double[] losses = new double[x.rows()];
        Arrays.fill(losses, Double.POSITIVE_INFINITY);
        for (int i = 0; i < losses.length; i++) {
            for (int j = 0; j < centres.rows(); j++) {
                double sum = 0;
                for (int c = 0; c < d; c++) {
                    double difference = x.data()[i * d + c] - centres.data()[j * d + c];
                    sum += difference * difference;
                }
                losses[i] = Math.min(losses[i], sum);
            }
        }
        return losses;
    }

    /**
     * The number of points.
     *
     * @return n, at least 1
     */
    public int points() {
        return groups.length;
    }

    /**
     * Solves on weighted points.
     *
     * @param points which, and with what weights; they are scaled to sum to n
     * @param rng the randomness of the solver
     * @return the solution
     */
    public Q solve(WeightedCoreset points, Rng rng) {
        return solver.apply(points.scaledTo(points()), rng);
    }

    /**
     * The cost of a solution on all points: what counts.
     *
     * @param solution any
     * @return the sum of the losses
     * @throws IllegalArgumentException if there are not n losses, or one is not finite
     */
    public double cost(Q solution) {
        double sum = 0;
        for (double loss : lossesOf(solution)) {
            sum += loss;
        }
        return sum;
    }

    /**
     * The cost of a solution as the coreset sees it: what a coreset makes small itself.
     *
     * @param points the coreset
     * @param solution any
     * @return the weighted sum of the losses of its points, weights scaled to sum to n
     */
    public double costSeen(WeightedCoreset points, Q solution) {
        double[] all = lossesOf(solution);
        WeightedCoreset scaled = points.scaledTo(points());
        double sum = 0;
        for (int s = 0; s < scaled.size(); s++) {
            sum += scaled.weights()[s] * all[scaled.indices()[s]];
        }
        return sum;
    }

    double[] lossesOf(Q solution) {
        double[] all = losses.apply(solution);
        Require.shape("losses", new int[] {all.length}, points());
        return Require.finite("losses", all);
    }
}
