package reprise.learning;

import java.util.Arrays;
import java.util.List;
import reprise.array.Require;

/**
 * How much of each eigendirection of the kernel a method has not learned yet: the residual factor r(lambda), where
 * lambda is an eigenvalue of the Gram matrix over n. Gradient descent, ridge regression and principal components are
 * three of them.
 *
 * <pre>{@code
 * SpectralFilter stopped = SpectralFilter.descent(0.5, 200);
 * double left = stopped.residual(0.01);
 * }</pre>
 */
public sealed interface SpectralFilter {
    /**
     * Gradient descent from 0 on half the mean squared error: r = (1 - rate lambda)^steps.
     *
     * @param rate above 0; it converges below 2 over the largest eigenvalue
     * @param steps at least 0
     * @return the filter
     * @throws IllegalArgumentException if a number is out of range
     */
    static SpectralFilter descent(double rate, int steps) {
        return new Descent(rate, steps);
    }

    /**
     * Gradient descent with many numbers of steps: a training curve.
     *
     * @param rate above 0
     * @param steps at least 0 each
     * @return a filter for each number of steps, in their order
     * @throws IllegalArgumentException if a number is out of range
     */
    static List<SpectralFilter> descents(double rate, int... steps) {
        return Arrays.stream(steps).mapToObj(k -> descent(rate, k)).toList();
    }

    /**
     * Ridge regression: r = penalty / (lambda + penalty).
     *
     * @param penalty above 0
     * @return the filter
     * @throws IllegalArgumentException if it is not positive
     */
    static SpectralFilter ridge(double penalty) {
        return new Ridge(penalty);
    }

    /**
     * Regression on the eigendirections above a threshold: r = 0 from the threshold on, 1 below.
     *
     * @param threshold above 0
     * @return the filter
     * @throws IllegalArgumentException if it is not positive
     */
    static SpectralFilter cutoff(double threshold) {
        return new Cutoff(threshold);
    }

    /**
     * What is left of the target in a direction.
     *
     * @param lambda an eigenvalue, at least 0
     * @return 1 where nothing is learned, 0 where all is; negative for descent that oscillates
     */
    double residual(double lambda);

    /**
     * What the prediction takes from a direction: (1 - r(lambda)) / lambda, and its limit at 0.
     *
     * @param lambda an eigenvalue, at least 0
     * @return at least 0
     */
    double gain(double lambda);

    /**
     * See {@link SpectralFilter#descent}.
     *
     * @param rate above 0
     * @param steps at least 0
     */
    record Descent(double rate, int steps) implements SpectralFilter {
        /**
         * Checks the numbers.
         *
         * @param rate above 0
         * @param steps at least 0
         * @throws IllegalArgumentException if a number is out of range
         */
        public Descent {
            Require.positive("rate", rate);
            Require.atLeast("steps", steps, 0);
        }

        @Override
        public double residual(double lambda) {
            double factor = 1 - rate * lambda;
            return factor > 0.5 ? Math.exp(steps * Math.log1p(-rate * lambda)) : Math.pow(factor, steps);
        }

        @Override
        public double gain(double lambda) {
            if (rate * lambda < 0.5) {
                return lambda == 0 ? rate * steps : -Math.expm1(steps * Math.log1p(-rate * lambda)) / lambda;
            }
            return (1 - residual(lambda)) / lambda;
        }
    }

    /**
     * See {@link SpectralFilter#ridge}.
     *
     * @param penalty above 0
     */
    record Ridge(double penalty) implements SpectralFilter {
        /**
         * Checks the number.
         *
         * @param penalty above 0
         * @throws IllegalArgumentException if it is not positive
         */
        public Ridge {
            Require.positive("penalty", penalty);
        }

        @Override
        public double residual(double lambda) {
            return penalty / (lambda + penalty);
        }

        @Override
        public double gain(double lambda) {
            return 1 / (lambda + penalty);
        }
    }

    /**
     * See {@link SpectralFilter#cutoff}.
     *
     * @param threshold above 0
     */
    record Cutoff(double threshold) implements SpectralFilter {
        /**
         * Checks the number.
         *
         * @param threshold above 0
         * @throws IllegalArgumentException if it is not positive
         */
        public Cutoff {
            Require.positive("threshold", threshold);
        }

        @Override
        public double residual(double lambda) {
            return lambda >= threshold ? 0 : 1;
        }

        @Override
        public double gain(double lambda) {
            return lambda >= threshold ? 1 / lambda : 0;
        }
    }
}
