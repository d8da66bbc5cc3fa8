package reprise.transport;

import reprise.array.Dense;
import reprise.random.Rng;

/** A coupling seen from its source: for each x a distribution of y. */
public interface ConditionalPlan {
    /**
     * Draws one y for each x.
     *
     * @param x points, shape [n, d]
     * @param rng the randomness
     * @return shape [n, d]
     */
    Dense sample(Dense x, Rng rng);

    /**
     * The mean and covariance of y given each x.
     *
     * @param x points, shape [n, d]
     * @return for each x
     */
    ConditionalMoments moments(Dense x);
}
