package reprise.transport;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Cost;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.source.Source;

/**
 * The mean of clouds under transport with the squared distance, on places that are found: points x_i, with masses that
 * are given, such that {@code sum_k w_k W(x, y_k)} is small. In turns the best plan to every cloud is found, and each
 * point moves to the weighted mean of where the plans send it, which never makes the sum larger. It ends in a local
 * minimum; another start may find a better one.
 *
 * <pre>{@code
 * var mean = FreeBarycentre.from(start, List.of(one, other)).weights(0.25, 0.75).solve();
 * Dense places = mean.points();
 * }</pre>
 */
@Source(arxiv = "1310.4375", at = "free support")
public final class FreeBarycentre {
    private static final double DEFAULT_TOLERANCE = 1e-9;
    private static final int DEFAULT_ITERATIONS = 100;

    /** Plans need not be better than what the points still move. */
    private static final double PLAN_TOLERANCE = 1e-9;

    private final Dense start;
    private final double[] a;
    private final List<Dense> clouds;
    private final List<double[]> masses;
    private final double[] weights;
    private final OptionalDouble eps;
    private final double tolerance;
    private final int iterations;

    private FreeBarycentre(Dense start, double[] a, List<Dense> clouds, List<double[]> masses, double[] weights,
            OptionalDouble eps, double tolerance, int iterations) {
        this.start = start;
        this.a = a;
        this.clouds = clouds;
        this.masses = masses;
        this.weights = weights;
        this.eps = eps;
        this.tolerance = tolerance;
        this.iterations = iterations;
    }

    /**
     * A mean of clouds.
     *
     * @param points its places, shape [n, d]
     * @param masses the mass of each place, shape [n]
     * @param costs {@code sum_k w_k W(x, y_k)} before each iteration, by exact or entropic plans as asked for, the
     *     latter with entropy
     * @param settled whether the last iteration moved the points by less than the tolerance
     */
    public record Mean(Dense points, double[] masses, double[] costs, boolean settled) {}

    /**
     * Begins with points and clouds of equal weights.
     *
     * @param start the first places, shape [n, d]
     * @param clouds at least one, each of shape [m_k, d]
     * @return a method with exact plans
     * @throws IllegalArgumentException if there is no cloud, or d differs
     */
    public static FreeBarycentre from(Dense start, List<Dense> clouds) {
        Require.atLeast("number of clouds", clouds.size(), 1);
        for (int k = 0; k < clouds.size(); k++) {
            Dense cloud = clouds.get(k);
            Require.shape("clouds[" + k + "]", new int[] {cloud.rows(), cloud.columns()}, cloud.rows(),
                    start.columns());
        }
        return new FreeBarycentre(start, Masses.equal(start.rows()), List.copyOf(clouds),
                clouds.stream().map(cloud -> Masses.equal(cloud.rows())).toList(), Masses.equal(clouds.size()),
                OptionalDouble.empty(), DEFAULT_TOLERANCE, DEFAULT_ITERATIONS);
    }

    /**
     * Begins with points and clouds of equal weights.
     *
     * @param start the first places, n rows of d coordinates, finite
     * @param clouds at least one, each of m_k rows of d coordinates, finite
     * @return a method with exact plans
     * @throws IllegalArgumentException if there is no cloud, one is empty, ragged, holds NaN or infinity, or d differs
     */
    public static FreeBarycentre from(double[][] start, double[][]... clouds) {
        return from(Dense.of("start", start),
                IntStream.range(0, clouds.length).mapToObj(k -> Dense.of("clouds[" + k + "]", clouds[k])).toList());
    }

    /**
     * Weighs the clouds against each other.
     *
     * @param weights one a cloud, at least 0, with sum 1
     * @return a copy with these weights; equal unless set
     * @throws IllegalArgumentException if a weight is negative or not finite, the sum is not 1 to 1e-9, or their number
     *     is another
     */
    public FreeBarycentre weights(double... weights) {
        return new FreeBarycentre(start, a, clouds, masses,
                Masses.probabilities("weights", weights, clouds.size()), eps, tolerance, iterations);
    }

    /**
     * Weighs the points within each cloud.
     *
     * @param masses one array a cloud, of shape [m_k], at least 0, with sum 1
     * @return a copy with these masses; equal unless set
     * @throws IllegalArgumentException if a mass is negative or not finite, a sum is not 1 to 1e-9, or a number does
     *     not fit
     */
    public FreeBarycentre masses(List<double[]> masses) {
        Require.shape("masses", new int[] {masses.size()}, clouds.size());
        List<double[]> checked = IntStream.range(0, masses.size()).mapToObj(k -> Masses.probabilities(
                "masses[" + k + "]", masses.get(k), clouds.get(k).rows())).toList();
        return new FreeBarycentre(start, a, clouds, checked, weights, eps, tolerance, iterations);
    }

    /**
     * Sets the masses of the mean.
     *
     * @param a shape [n], above 0, with sum 1
     * @return a copy with these masses; equal unless set
     * @throws IllegalArgumentException if a mass is not above 0, the sum is not 1 to 1e-9, or their number is not n
     */
    public FreeBarycentre startMasses(double... a) {
        for (int i = 0; i < a.length; i++) {
            Require.positive("startMasses[" + i + "]", a[i]);
        }
        return new FreeBarycentre(start, Masses.probabilities("startMasses", a, start.rows()), clouds, masses, weights,
                eps, tolerance, iterations);
    }

    /**
     * Softens the plans, which is faster for large clouds and draws the points together.
     *
     * @param eps above 0, in units of the squared distance
     * @return a copy with entropic plans
     * @throws IllegalArgumentException if eps is not positive and finite
     */
    public FreeBarycentre epsilon(double eps) {
        return new FreeBarycentre(start, a, clouds, masses, weights,
                OptionalDouble.of(Require.positive("epsilon", eps)), tolerance, iterations);
    }

    /**
     * Sets when the points count as settled.
     *
     * @param tolerance bound on the root mean square of their moves, above 0
     * @return a copy with this bound; 1e-9 unless set
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public FreeBarycentre tolerance(double tolerance) {
        return new FreeBarycentre(start, a, clouds, masses, weights, eps, Require.positive("tolerance", tolerance),
                iterations);
    }

    /**
     * Sets the budget.
     *
     * @param iterations at most so many moves of all points, at least 1
     * @return a copy with this budget; 100 unless set
     * @throws IllegalArgumentException if it is below 1
     */
    public FreeBarycentre iterations(int iterations) {
        return new FreeBarycentre(start, a, clouds, masses, weights, eps, tolerance,
                Require.atLeast("iterations", iterations, 1));
    }

    /** Where a plan sends the points on average, and what it costs. */
    private record Sent(Dense to, double cost) {}

    /**
     * Moves the points until they settle or the budget is spent.
     *
     * @return the mean
     * @throws reprise.linalg.NotConverged if an entropic plan did not converge
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost one transport problem a cloud and iteration
     */
    public Mean solve() {
        int d = start.columns();
        Dense points = start;
        var costs = new double[iterations];
        try (var progress = Progress.over("Barycentre", iterations)) {
            for (int done = 0; done < iterations; done++) {
                Dense at = points;
                List<Sent> plans = Tasks.mapRange(clouds.size(), k -> send(at, k));
                var next = new double[points.data().length];
                double moved = 0;
                for (int i = 0; i < next.length; i++) {
                    for (int k = 0; k < weights.length; k++) {
                        next[i] += weights[k] * plans.get(k).to.data()[i];
                    }
                    moved += a[i / d] * Math.pow(next[i] - points.data()[i], 2);
                }
                for (int k = 0; k < weights.length; k++) {
                    costs[done] += weights[k] * plans.get(k).cost;
                }
                points = Dense.of("points", next, start.rows(), d);
                if (Math.sqrt(moved) <= tolerance) {
                    return new Mean(points, a.clone(), Arrays.copyOf(costs, done + 1), true);
                }
                progress.tick();
            }
        }
        return new Mean(points, a.clone(), costs, false);
    }

    private Sent send(Dense points, int k) {
        Dense cloud = clouds.get(k);
        if (eps.isPresent()) {
            EntropicPlan plan = Sinkhorn.between(points, cloud, Cost.squaredDistance()).weights(a, masses.get(k))
                    .epsilon(eps.getAsDouble()).tolerance(PLAN_TOLERANCE).solve();
            return new Sent(plan.map(), plan.value());
        }
        SparsePlan plan = ExactTransport.between(points, cloud, Cost.squaredDistance()).weights(a, masses.get(k))
                .solve();
        return new Sent(plan.map(cloud), plan.cost());
    }
}
