package reprise.transport;

import java.util.Objects;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Cost;
import reprise.parallel.Tasks;

/**
 * A cost of moving a unit from x to y that knows its gradient in y: what learning a map needs.
 *
 * <pre>{@code
 * GroundCost cost = GroundCost.power(1.5);
 * double[] pull = cost.gradient(new double[] {0, 0}, new double[] {3, 4});
 * }</pre>
 */
public sealed interface GroundCost {
    /**
     * The cost of one pair.
     *
     * @param x the source, length d
     * @param y the target, length d
     * @return c(x, y)
     */
    double between(double[] x, double[] y);

    /**
     * How the cost changes with the target.
     *
     * @param x the source, length d
     * @param y the target, length d
     * @return the gradient of c(x, y) in y, length d; 0 where there is none
     */
    double[] gradient(double[] x, double[] y);

    /**
     * All pairs.
     *
     * @param x sources, shape [n, d]
     * @param y targets, shape [m, d]
     * @return shape [n, m]
     * @throws IllegalArgumentException if d differs
     * @cost O(n m d)
     */
    default double[][] table(Dense x, Dense y) {
        Require.shape("y", new int[] {y.rows(), y.columns()}, y.rows(), x.columns());
        double[][] from = x.toRows();
        double[][] to = y.toRows();
        var costs = new double[from.length][to.length];
        Tasks.forRange(from.length, i -> {
            for (int j = 0; j < to.length; j++) {
                costs[i][j] = between(from[i], to[j]);
            }
        });
        return costs;
    }

    /**
     * The squared distance |x - y|^2. Its optimal maps are gradients of convex functions (Brenier 1991).
     *
     * @return the cost
     */
    static GroundCost squaredDistance() {
        return new Squared();
    }

    /**
     * A power of the distance, |x - y|^p.
     *
     * @param p above 1
     * @return the cost
     * @throws IllegalArgumentException if p is not above 1 and finite
     */
    static GroundCost power(double p) {
        return new Power(Require.inside("p", p, 1, Double.POSITIVE_INFINITY));
    }

    /**
     * The squared distance and the sum of absolute differences, |x - y|^2 + gamma |x - y|_1: optimal maps tend to
     * change few coordinates.
     *
     * @param gamma at least 0
     * @return the cost
     * @throws IllegalArgumentException if gamma is negative or not finite
     */
    static GroundCost elastic(double gamma) {
        return new Elastic(Require.nonNegative("gamma", gamma));
    }

    /**
     * The squared length of the shortest way along the unit sphere, in radians squared. Both points must lie on the
     * sphere; the gradient is tangent to it at y, and 0 at the antipode of x, where there is none.
     *
     * @return the cost
     */
    static GroundCost sphere() {
        return new Sphere();
    }

    /**
     * Any other cost.
     *
     * @param value gives c(x, y), finite; called from several threads
     * @param gradient gives its gradient in y, length d; called from several threads
     * @return the cost
     */
    static GroundCost of(Cost.Pair value, Gradient gradient) {
        return new General(Objects.requireNonNull(value, "value"), Objects.requireNonNull(gradient, "gradient"));
    }

    /** The gradient of a cost in its target. */
    @FunctionalInterface
    interface Gradient {
        /**
         * Computes it.
         *
         * @param x the source, length d, not to be changed
         * @param y the target, length d, not to be changed
         * @return a new array of length d
         */
        double[] at(double[] x, double[] y);
    }

    /** |x - y|^2. */
    record Squared() implements GroundCost {
        @Override
        public double between(double[] x, double[] y) {
            return square(x, y, -1);
        }

        @Override
        public double[] gradient(double[] x, double[] y) {
            var gradient = new double[x.length];
            for (int k = 0; k < x.length; k++) {
                gradient[k] = 2 * (y[k] - x[k]);
            }
            return gradient;
        }
    }

    /**
     * |x - y|^p.
     *
     * @param p the power
     */
    record Power(double p) implements GroundCost {
        @Override
        public double between(double[] x, double[] y) {
            return Math.pow(square(x, y, -1), p / 2);
        }

        @Override
        public double[] gradient(double[] x, double[] y) {
            double square = square(x, y, -1);
            double factor = square == 0 ? 0 : p * Math.pow(square, p / 2 - 1);
            var gradient = new double[x.length];
            for (int k = 0; k < x.length; k++) {
                gradient[k] = factor * (y[k] - x[k]);
            }
            return gradient;
        }
    }

    /**
     * |x - y|^2 + gamma |x - y|_1.
     *
     * @param gamma the weight of the second part
     */
    record Elastic(double gamma) implements GroundCost {
        @Override
        public double between(double[] x, double[] y) {
            double sum = 0;
            for (int k = 0; k < x.length; k++) {
                sum += Math.abs(y[k] - x[k]);
            }
            return square(x, y, -1) + gamma * sum;
        }

        @Override
        public double[] gradient(double[] x, double[] y) {
            var gradient = new double[x.length];
            for (int k = 0; k < x.length; k++) {
                gradient[k] = 2 * (y[k] - x[k]) + gamma * Math.signum(y[k] - x[k]);
            }
            return gradient;
        }
    }

    /** The squared geodesic distance of the unit sphere. */
    record Sphere() implements GroundCost {
        @Override
        public double between(double[] x, double[] y) {
            double angle = angle(x, y);
            return angle * angle;
        }

        @Override
        public double[] gradient(double[] x, double[] y) {
            double angle = angle(x, y);
            double sine = Math.sin(angle);
            double cosine = Math.cos(angle);
            // The limit at 0 is 1; at the antipode every direction leads back.
            double factor = angle < 1e-8 ? 2 : Math.PI - angle < 1e-8 ? 0 : 2 * angle / sine;
            var gradient = new double[x.length];
            for (int k = 0; k < x.length; k++) {
                gradient[k] = -factor * (x[k] - cosine * y[k]);
            }
            return gradient;
        }

        /** The half angle has its sine and cosine in the chords to y and to its antipode: exact near 0 and pi. */
        private static double angle(double[] x, double[] y) {
            return 2 * Math.atan2(Math.sqrt(square(x, y, -1)), Math.sqrt(square(x, y, 1)));
        }
    }

    /**
     * A cost with a gradient of one's own.
     *
     * @param value the cost
     * @param slope its gradient in the target
     */
    record General(Cost.Pair value, Gradient slope) implements GroundCost {
        @Override
        public double between(double[] x, double[] y) {
            return value.between(x, y);
        }

        @Override
        public double[] gradient(double[] x, double[] y) {
            return slope.at(x, y);
        }
    }

    private static double square(double[] x, double[] y, int sign) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            double step = y[k] + sign * x[k];
            sum += step * step;
        }
        return sum;
    }
}
