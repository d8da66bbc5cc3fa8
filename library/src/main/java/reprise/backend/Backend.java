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
}
