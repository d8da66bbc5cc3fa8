package reprise.density;

import java.util.Arrays;
import java.util.Objects;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.source.Source;

/**
 * A distribution along a curve, blurred: equal weights at nodes of the curve, each a normal density.
 *
 * @param nodes places f(z_k), shape [k, d]
 * @param sigma the standard deviation of the blur in each direction, above 0
 */
@Source(arxiv = "2105.04046")
public record CurveModel(Dense nodes, double sigma) {
    /**
     * Checks sigma.
     *
     * @throws IllegalArgumentException if sigma is not positive
     */
    public CurveModel {
        Objects.requireNonNull(nodes, "nodes");
        Require.positive("sigma", sigma);
    }

    /**
     * The unit circle in the plane, with equally spaced nodes.
     *
     * @param count how many, at least 2
     * @param sigma the blur, above 0
     * @return the model
     * @throws IllegalArgumentException if there are too few nodes, or sigma is not positive
     */
    public static CurveModel circle(int count, double sigma) {
        double[] at = new double[2 * Require.atLeast("count", count, 2)];
        for (int k = 0; k < count; k++) {
            at[2 * k] = Math.cos(2 * Math.PI * (k + 0.5) / count);
            at[2 * k + 1] = Math.sin(2 * Math.PI * (k + 0.5) / count);
        }
        return new CurveModel(Dense.of("nodes", at, count, 2), sigma);
    }

    /** Midpoints of [-2, 2]. */
    static double[] latent(int count) {
        double[] z = new double[count];
        Arrays.setAll(z, k -> -2 + 4 * (k + 0.5) / count);
        return z;
    }

    /**
     * The density of the blurred curve.
     *
     * @param y points, shape [m, d]
     * @return log density in nats, shape [m]
     * @throws IllegalArgumentException if d differs
     * @cost O(m k d)
     */
    public double[] logDensity(Dense y) {
        Require.shape("y", new int[] {y.rows(), y.columns()}, y.rows(), nodes.columns());
        double[] logs = Backends.current().softSum(y, nodes, Cost.squaredDistance())
                .logSum(new double[nodes.rows()], 2 * sigma * sigma);
        double scale = Math.log(nodes.rows()) + nodes.columns() * Math.log(sigma * Math.sqrt(2 * Math.PI));
        Arrays.setAll(logs, i -> logs[i] - scale);
        return logs;
    }

    /**
     * As {@link #logDensity(Dense)}.
     *
     * @param y points, shape [m, d], finite
     * @return log density in nats, shape [m]
     * @throws IllegalArgumentException if a number is not finite, or d differs
     */
    public double[] logDensity(double[][] y) {
        return logDensity(Dense.of("y", y));
    }

    /**
     * The mean log-likelihood.
     *
     * @param y points, shape [m, d]
     * @return in nats for each point
     * @throws IllegalArgumentException if d differs
     */
    public double meanLogDensity(Dense y) {
        return Arrays.stream(logDensity(y)).average().getAsDouble();
    }
}
