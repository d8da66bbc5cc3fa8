package reprise.transport;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Cost;
import reprise.source.Source;

/**
 * Clouds as vectors: each is transported to one reference cloud, and what stands for it is where its mass comes from,
 * seen from the reference. Distances of all pairs then cost one transport problem a cloud instead of one a pair. With a
 * penalty the transport may leave mass behind on both sides, so that outliers do not bend the map.
 *
 * <pre>{@code
 * var embedding = LinearEmbedding.of(reference).penalty(20);
 * var one = embedding.embed(y, masses);
 * double apart = embedding.distance(one, embedding.embed(z, others));
 * }</pre>
 *
 * <p>Plans are made maps by their barycentric projection: a reference point that sends mass to several places is sent
 * to the mean of these. Without that, and seen from the reference, distances are exact.
 */
@Source(text = "Wang, Slepcev, Basu, Ozolek and Rohde, A linear optimal transportation framework, 2013")
@Source(arxiv = "2302.03232", at = "embedding")
public final class LinearEmbedding {
    private static final double ROUNDING = 1e-9;

    private final Dense reference;
    private final double[] masses;
    private final OptionalDouble lambda;

    private LinearEmbedding(Dense reference, double[] masses, OptionalDouble lambda) {
        this.reference = reference;
        this.masses = masses;
        this.lambda = lambda;
    }

    /**
     * What stands for a cloud.
     *
     * @param displacements from each reference point to the mean place its mass goes to, shape [n, d]; 0 where none
     *     goes
     * @param masses what of each reference point is moved, shape [n]
     * @param lost the cloud's mass that was not reached
     */
    public record Embedded(Dense displacements, double[] masses, double lost) {}

    /**
     * Points with masses.
     *
     * @param points shape [n, d]
     * @param masses shape [n], at least 0
     */
    public record Weighted(Dense points, double[] masses) {}

    /**
     * Begins with a reference of total mass 1, equal weights, and balanced transport.
     *
     * @param reference shape [n, d]
     * @return the embedding
     */
    public static LinearEmbedding of(Dense reference) {
        return new LinearEmbedding(reference, Masses.equal(reference.rows()), OptionalDouble.empty());
    }

    /**
     * As {@link #of(Dense)}, for ND4J arrays.
     *
     * @param reference shape [n, d], finite
     * @return the embedding
     * @throws IllegalArgumentException if it is empty or holds NaN or infinity
     */
    public static LinearEmbedding of(INDArray reference) {
        return of(Dense.of("reference", reference));
    }

    /**
     * As {@link #of(Dense)}, for arrays of rows.
     *
     * @param reference n rows of d coordinates, finite
     * @return the embedding
     * @throws IllegalArgumentException if it is empty, ragged, or holds NaN or infinity
     */
    public static LinearEmbedding of(double[][] reference) {
        return of(Dense.of("reference", reference));
    }

    /**
     * Weighs the reference points.
     *
     * @param masses shape [n], above 0, of any sum
     * @return a copy with these masses
     * @throws IllegalArgumentException if one is not above 0, or their number is not n
     */
    public LinearEmbedding masses(double... masses) {
        Require.shape("masses", new int[] {masses.length}, reference.rows());
        for (int k = 0; k < masses.length; k++) {
            Require.positive("masses[" + k + "]", masses[k]);
        }
        return new LinearEmbedding(reference, masses.clone(), lambda);
    }

    /**
     * Lets transport leave mass behind.
     *
     * @param lambda the price of a unit that is left, on each side, above 0
     * @return a copy with partial transport
     * @throws IllegalArgumentException if the price is not positive and finite
     */
    public LinearEmbedding penalty(double lambda) {
        return new LinearEmbedding(reference, masses, OptionalDouble.of(Require.positive("lambda", lambda)));
    }

    /**
     * The reference as a cloud of its own.
     *
     * @return no displacement, nothing lost
     */
    public Embedded home() {
        return new Embedded(Dense.of("displacements", new double[reference.data().length], reference.rows(),
                reference.columns()), masses.clone(), 0);
    }

    /**
     * Transports the reference to a cloud.
     *
     * @param y the cloud, shape [m, d]
     * @param b its masses, shape [m], at least 0, not all 0; without a penalty of the reference's total to 1e-9 of it
     * @return what stands for the cloud
     * @throws IllegalArgumentException if d differs, a mass is negative or not finite, all are 0, their number is not
     *     m, or totals differ and there is no penalty
     * @throws reprise.parallel.Interrupted if the calling thread was interrupted
     * @cost one exact transport problem of n by m
     */
    public Embedded embed(Dense y, double... b) {
        double[] target = Masses.any("b", b, y.rows());
        double own = Arrays.stream(masses).sum();
        double total = Arrays.stream(target).sum();
        SparsePlan plan;
        if (lambda.isPresent()) {
            plan = PartialTransport.between(reference, y, Cost.squaredDistance()).weights(masses, target)
                    .penalty(lambda.getAsDouble()).moved();
        } else {
            Require.inside("total of b", total, own * (1 - ROUNDING), own * (1 + ROUNDING));
            double scale = own / total;
            plan = ExactTransport.solve(
                    ExactTransport.between(reference, y, Cost.squaredDistance()).costs(), masses,
                    Arrays.stream(target).map(mass -> mass * scale).toArray());
        }
        int n = reference.rows();
        int d = reference.columns();
        var moved = new double[n];
        var sums = new double[n * d];
        for (int e = 0; e < plan.size(); e++) {
            SparsePlan.Entry entry = plan.entry(e);
            moved[entry.source()] += entry.mass();
            for (int c = 0; c < d; c++) {
                sums[entry.source() * d + c] += entry.mass() * (y.data()[entry.target() * d + c]
                        - reference.data()[entry.source() * d + c]);
            }
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = moved[i / d] == 0 ? 0 : sums[i] / moved[i / d];
        }
        double lost = lambda.isPresent() ? Math.max(0, total - Arrays.stream(moved).sum()) : 0;
        return new Embedded(Dense.of("displacements", sums, n, d), moved, lost);
    }

    /**
     * As {@link #embed(Dense, double...)}, for arrays of rows.
     *
     * @param y the cloud, m rows of d coordinates, finite
     * @param b its masses, as there
     * @return what stands for the cloud
     * @throws IllegalArgumentException as there
     */
    public Embedded embed(double[][] y, double... b) {
        return embed(Dense.of("y", y), b);
    }

    /**
     * How far two clouds are apart, seen from the reference. Balanced: {@code sum_k p_k |u_k - v_k|^2}. With a penalty:
     * {@code sum_k min(|u_k - v_k|^2, 2 lambda) min(p_k, q_k) + lambda (|p - q|_1 + M + N)} with masses p, q and what
     * was lost, M and N. That is a discrepancy: a cloud is 2 lambda M from itself.
     *
     * @param one a cloud
     * @param other a cloud
     * @return in units of the squared distance times mass, at least 0
     * @throws IllegalArgumentException if one was not made from this reference's number of points
     * @cost O(n d)
     */
    @Source(arxiv = "2302.03232", at = "LOPT discrepancy")
    public double distance(Embedded one, Embedded other) {
        checked("one", one);
        checked("other", other);
        double sum = 0;
        for (int k = 0; k < masses.length; k++) {
            double common = Math.min(one.masses[k], other.masses[k]);
            double square = square(one, other, k);
            sum += common * (lambda.isPresent() ? Math.min(square, 2 * lambda.getAsDouble()) : square);
            sum += lambda.orElse(0) * Math.abs(one.masses[k] - other.masses[k]);
        }
        return sum + lambda.orElse(0) * (one.lost + other.lost);
    }

    /**
     * Where a cloud is, as far as the reference sees it: each moved reference point at its mean place.
     *
     * @param cloud an embedded cloud
     * @return n points, some perhaps without mass
     * @throws IllegalArgumentException if it was not made from this reference's number of points
     */
    public Weighted seen(Embedded cloud) {
        return between(cloud, cloud, 0);
    }

    /**
     * A cloud on the way from one to another. What both have in common at a reference point, and would not rather be
     * left, moves along a straight line; the rest of the one fades, the rest of the other appears.
     *
     * @param one where the way begins
     * @param other where it ends
     * @param t from 0 to 1
     * @return 3 n points, many of them perhaps without mass: moving, fading, appearing
     * @throws IllegalArgumentException if t is outside, or a cloud was not made from this reference's number of points
     */
    @Source(arxiv = "2302.03232", at = "LOPT interpolation")
    public Weighted between(Embedded one, Embedded other, double t) {
        if (!(t >= 0 && t <= 1)) {
            throw new IllegalArgumentException("t must be from 0 to 1, was " + t);
        }
        checked("one", one);
        checked("other", other);
        int n = reference.rows();
        int d = reference.columns();
        var points = new double[3 * n * d];
        var weights = new double[3 * n];
        for (int k = 0; k < n; k++) {
            boolean moves = lambda.isEmpty() || square(one, other, k) < 2 * lambda.getAsDouble();
            double common = moves ? Math.min(one.masses[k], other.masses[k]) : 0;
            weights[k] = common;
            weights[n + k] = (1 - t) * (one.masses[k] - common);
            weights[2 * n + k] = t * (other.masses[k] - common);
            for (int c = 0; c < d; c++) {
                int at = k * d + c;
                double from = reference.data()[at] + one.displacements.data()[at];
                double to = reference.data()[at] + other.displacements.data()[at];
                points[at] = (1 - t) * from + t * to;
                points[n * d + at] = from;
                points[2 * n * d + at] = to;
            }
        }
        return new Weighted(Dense.of("points", points, 3 * n, d), weights);
    }

    private double square(Embedded one, Embedded other, int k) {
        int d = reference.columns();
        double sum = 0;
        for (int at = k * d; at < (k + 1) * d; at++) {
            double step = one.displacements.data()[at] - other.displacements.data()[at];
            sum += step * step;
        }
        return sum;
    }

    private void checked(String name, Embedded cloud) {
        Require.shape("displacements of " + name,
                new int[] {cloud.displacements.rows(), cloud.displacements.columns()}, reference.rows(),
                reference.columns());
    }
}
