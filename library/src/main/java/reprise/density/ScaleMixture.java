package reprise.density;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import reprise.prob.SpecialFunctions;

/** A kernel as a sum of Gaussian ones, {@code sum_i w_i exp(-r^2 / (2 v_i))}: what makes its Gaussian means exact. */
record ScaleMixture(double[] weights, double[] variances) {
    /**
     * The integral of t^(nu - 1) e^-t / Gamma(nu) times a Gaussian of variance v(t), by the trapezoidal rule in log t.
     * The integrand is analytic for |Im log t| below pi / 2, so the error is exp(-pi^2 / step), unless it is a narrow
     * peak: t^p e^-t has the width 1 / sqrt(p) in log t, and a mean in d dimensions adds up to d / 2 to the power. The
     * error is then exp(-2 pi^2 / (p step^2)), below 1e-17 as well.
     */
    static ScaleMixture gamma(double nu, int d, DoubleUnaryOperator variance) {
        double step = Math.min(0.25, 0.7 / Math.sqrt(nu + d / 2.0));
        double norm = SpecialFunctions.logGamma(nu);
        // Left of this the mass is below 1e-17; right of it e^-t is.
        double left = (Math.log(1e-17) + norm + Math.log(nu)) / nu;
        int count = (int) Math.ceil((Math.log(60 + 4 * nu) - left) / step);
        double[] weights = new double[count];
        double[] variances = new double[count];
        for (int i = 0; i < count; i++) {
            double u = left + step * i;
            double t = Math.exp(u);
            weights[i] = step * Math.exp(nu * u - t - norm);
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
