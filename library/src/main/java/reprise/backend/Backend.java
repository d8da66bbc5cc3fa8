package reprise.backend;

import java.util.Optional;
import reprise.array.Dense;

/**
 * A place where the fused kernels run. Providers are found by {@link java.util.ServiceLoader}; a constructor without
 * arguments must be cheap and must not fail.
 */
public interface Backend {
    /**
     * The name by which it is chosen.
     *
     * @return lower case, such as {@code cpu}
     */
    String name();

    /**
     * What it really uses, for provenance and for {@code ./reprise doctor}.
     *
     * @return one line, such as "Vector API, 8 lanes, 16 threads"
     */
    String describe();

    /**
     * What this machine lacks for it. Asked when it is chosen, not before; may load native code.
     *
     * @return empty if nothing is missing, else what and how to have it, without a full stop
     */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /**
     * Prepares sums over points for queries.
     *
     * @param x queries, shape [n, d]
     * @param y points, shape [m, d]
     * @param cost of a query and a point
     * @return ready to be called often
     * @throws IllegalArgumentException if x and y have different d
     * @cost O((n + m) d) time and memory
     */
    SoftSum softSum(Dense x, Dense y, Cost cost);

    /**
     * Prepares Sinkhorn's matrix scaling.
     *
     * @param x sources, shape [n, d]
     * @param y targets, shape [m, d]
     * @param cost of a source and a target
     * @param logA logarithms of the sources' weights, shape [n]; minus infinity for none
     * @param logB logarithms of the targets' weights, shape [m]
     * @return ready to be called often
     * @throws IllegalArgumentException if x and y have different d
     * @cost O((n + m) d) time and memory
     */
    default Scaling scaling(Dense x, Dense y, Cost cost, double[] logA, double[] logB) {
        Cost back = cost instanceof Cost.General general
                ? Cost.of((to, from) -> general.pair().between(from, to)) : cost;
        return Scaling.of(softSum(x, y, cost)::logSum, softSum(y, x, back)::logSum, logA, logB);
    }
}
