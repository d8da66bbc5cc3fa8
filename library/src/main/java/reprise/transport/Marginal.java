package reprise.transport;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.prob.Mixture;
import reprise.prob.Normal;
import reprise.random.Rng;

/**
 * One end of a transport problem: a distribution that is known through its draws, such as a data set or a simulator.
 *
 * <pre>{@code
 * Marginal noise = Marginal.standardNormal(2);
 * Marginal data = Marginal.of(Synthetic.moons(1_000, 0.05, Rng.of(7)).x());
 * Marginal shifted = (n, rng) -> rng.normal(n, 2);
 * }</pre>
 */
@FunctionalInterface
public interface Marginal {
    /**
     * Independent draws.
     *
     * @param n how many, at least 1
     * @param rng the randomness
     * @return shape [n, d], the same d each time
     */
    Dense sample(int n, Rng rng);

    /**
     * A data set, from which rows are drawn with repetition.
     *
     * @param points shape [m, d]
     * @return each row equally likely
     */
    static Marginal of(Dense points) {
        return (n, rng) -> {
            Require.atLeast("n", n, 1);
            int d = points.columns();
            double[] drawn = new double[Math.multiplyExact(n, d)];
            for (int i = 0; i < n; i++) {
                System.arraycopy(points.data(), rng.integer(points.rows()) * d, drawn, i * d, d);
            }
            return Dense.of("sample", drawn, n, d);
        };
    }

    /**
     * A data set given as rows; see {@link #of(Dense)}.
     *
     * @param points shape [m, d], finite
     * @return each row equally likely
     * @throws IllegalArgumentException if the rows differ in length, or a value is NaN or infinite
     */
    static Marginal of(double[][] points) {
        return of(Dense.of("points", points));
    }

    /**
     * A normal distribution.
     *
     * @param normal which
     * @return its draws
     */
    static Marginal of(Normal normal) {
        return normal::sample;
    }

    /**
     * A mixture of normal distributions.
     *
     * @param mixture which
     * @return its draws
     */
    static Marginal of(Mixture mixture) {
        return mixture::sample;
    }

    /**
     * The standard normal distribution, without a matrix product for each draw.
     *
     * @param d the number of coordinates, at least 1
     * @return N(0, I)
     * @throws IllegalArgumentException if d is below 1
     */
    static Marginal standardNormal(int d) {
        Require.atLeast("d", d, 1);
        return (n, rng) -> rng.normal(n, d);
    }
}
