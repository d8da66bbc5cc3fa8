package reprise.backend;

import java.util.Objects;

/** What a query x and a point y cost: the c(x, y) of a soft sum. */
public sealed interface Cost {
    /**
     * The squared distance |x - y|^2, which makes Gaussian kernels: {@code eps = 2 h^2} for a bandwidth h.
     *
     * @return the cost
     */
    static Cost squaredDistance() {
        return new SquaredDistance();
    }

    /**
     * Minus the inner product, -(x . y), which makes attention: {@code eps} is the temperature.
     *
     * @return the cost
     */
    static Cost innerProduct() {
        return new InnerProduct();
    }

    /**
     * The Euclidean distance |x - y|, which makes Laplace kernels: {@code eps} is their scale.
     *
     * @return the cost; computed pair by pair, so roughly ten times slower than the two above
     */
    static Cost distance() {
        return new General((x, y) -> {
            double sum = 0;
            for (int k = 0; k < x.length; k++) {
                sum += (x[k] - y[k]) * (x[k] - y[k]);
            }
            return Math.sqrt(sum);
        });
    }

    /**
     * Any other cost, computed pair by pair.
     *
     * @param pair gives c(x, y) for one query and one point, finite; called from several threads
     * @return the cost; roughly ten times slower than the others
     */
    static Cost of(Pair pair) {
        return new General(Objects.requireNonNull(pair, "pair"));
    }

    /** The cost of one pair. */
    @FunctionalInterface
    interface Pair {
        /**
         * Computes c(x, y).
         *
         * @param x a query, length d, not to be changed
         * @param y a point, length d, not to be changed
         * @return a finite number
         */
        double between(double[] x, double[] y);
    }

    /** The squared Euclidean distance. */
    record SquaredDistance() implements Cost {}

    /** Minus the inner product. */
    record InnerProduct() implements Cost {}

    /**
     * A cost computed pair by pair.
     *
     * @param pair the function
     */
    record General(Pair pair) implements Cost {}
}
