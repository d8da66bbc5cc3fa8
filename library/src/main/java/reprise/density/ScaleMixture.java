package reprise.density;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import reprise.prob.SpecialFunctions;

/** A kernel as a sum of Gaussian ones, {@code sum_i w_i exp(-r^2 / (2 v_i))}: what makes its Gaussian means exact. */
record ScaleMixture(double[] weights, double[] variances) {
    private static final double STEP = 0.25;

    /**
     * The integral of t^(nu - 1) e^-t / Gamma(nu) times a Gaussian of variance v(t), by the trapezoidal rule in log t.
     * The integrand is analytic for |Im log t| below pi / 2, so the error is exp(-pi^2 / 0.25), below 1e-17.
     */
    static ScaleMixture gamma(double nu, DoubleUnaryOperator variance) {
        double norm = SpecialFunctions.logGamma(nu);
        // Left of this the mass is below 1e-17; right of it e^-t is.
        double left = (Math.log(1e-17) + norm + Math.log(nu)) / nu;
        int count = (int) Math.ceil((Math.log(60 + 4 * nu) - left) / STEP);
        double[] weights = new double[count];
        double[] variances = new double[count];
        for (int i = 0; i < count; i++) {
            double u = left + STEP * i;
            double t = Math.exp(u);
            weights[i] = STEP * Math.exp(nu * u - t - norm);
            variances[i] = variance.applyAsDouble(t);
        }
        return new ScaleMixture(weights, variances);
    }

    static ScaleMixture join(List<ScaleMixture> parts) {
        return new ScaleMixture(
                parts.stream().flatMapToDouble(p -> Arrays.stream(p.weights)).toArray(),
                parts.stream().flatMapToDouble(p -> DoubleStream.of(p.variances)).toArray());
    }

    static IllegalArgumentException none(KernelForm form) {
        return new IllegalArgumentException("kernel must be a mixture of Gaussian ones to be exact, was " + form
                + "; take a large sample of the target instead");
    }
}
