package reprise.learning;

import reprise.array.Require;
import reprise.source.Source;

/**
 * When to stop gradient descent with a kernel, from the data's own spectrum: at the last step before the noise that is
 * learned outweighs the signal.
 *
 * <pre>{@code
 * KernelRegression path = KernelRegression.of(TangentKernel.firstLayer(), inputs, targets);
 * int steps = EarlyStopping.steps(path.eigenvalues(), 0.5, 0.5);
 * KernelFit model = path.fit(SpectralFilter.descent(0.5, steps));
 * }</pre>
 */
@Source(text = "Raskutti, Wainwright and Yu, Early stopping and non-parametric regression, 2014")
@Source(arxiv = "2401.15604")
public final class EarlyStopping {
    private EarlyStopping() {}

    /**
     * The empirical local complexity of the kernel's unit ball, R(eps) = sqrt(sum_i min(lambda_i, eps^2) / n).
     *
     * @param eigenvalues lambda of the Gram matrix over n, at least 0, length n, at least 1
     * @param radius eps, above 0
     * @return at most eps
     * @throws IllegalArgumentException if an eigenvalue is negative or there is none, or the radius is not positive
     * @cost O(n)
     */
    public static double complexity(double[] eigenvalues, double radius) {
        Require.positive("radius", radius);
        Require.atLeast("number of eigenvalues", eigenvalues.length, 1);
        double sum = 0;
        for (int k = 0; k < eigenvalues.length; k++) {
            sum += Math.min(Require.nonNegative("eigenvalues[" + k + "]", eigenvalues[k]), radius * radius);
        }
        return Math.sqrt(sum / eigenvalues.length);
    }

    /**
     * The number of steps: one less than the first tau with R(1 / sqrt(rate tau)) above 1 / (2 e noise rate tau).
     *
     * @param eigenvalues lambda of the Gram matrix over n, at least 0 and not all 0, length n
     * @param noise the standard deviation of the labels' noise, above 0
     * @param rate of gradient descent, above 0
     * @return at least 0
     * @throws IllegalArgumentException if a number is out of range, or the rule does not stop within 2^31 steps
     * @cost 31 evaluations of the complexity
     */
    public static int steps(double[] eigenvalues, double noise, double rate) {
        Require.positive("noise", noise);
        Require.positive("rate", rate);
        // rate tau R(1 / sqrt(rate tau)) grows with tau, so the first tau is found by halving.
        long low = 0;
        long high = Integer.MAX_VALUE;
        if (!beyond(eigenvalues, noise, rate * high)) {
            throw new IllegalArgumentException("eigenvalues must be large enough to stop within " + high
                    + " steps, their complexity was " + complexity(eigenvalues, 1));
        }
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (beyond(eigenvalues, noise, rate * middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return (int) high - 1;
    }

    private static boolean beyond(double[] eigenvalues, double noise, double time) {
        return complexity(eigenvalues, 1 / Math.sqrt(time)) > 1 / (2 * Math.E * noise * time);
    }
}
