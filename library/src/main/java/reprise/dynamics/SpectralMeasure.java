package reprise.dynamics;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.LeastSquares;
import reprise.linalg.Schur;
import reprise.parallel.Tasks;
import reprise.source.Source;

/**
 * How a real function g is made of the frequencies of a system that keeps the measure: the measure nu on the circle
 * with the integral of exp(i k theta) equal to a(k) = &lt;K^k g, g&gt;, smoothed so that it has a density. Peaks that
 * grow as the smoothing shrinks are eigenvalues.
 */
@Source(text = "Colbrook and Townsend, Rigorous data-driven computation of spectral properties of Koopman operators, "
        + "Comm. Pure Appl. Math. 2024", at = "Sections 3 and 5")
public final class SpectralMeasure {
    private SpectralMeasure() {}

    /** Weights phi(k / n) that make the Fourier series of a measure converge. */
    public enum Filter {
        /** 1 - x: never negative, of order 1. */
        FEJER(x -> 1 - x),
        /** (1 + cos(pi x)) / 2, of order 2. */
        COSINE(x -> (1 + Math.cos(Math.PI * x)) / 2),
        /** A polynomial of the cosine that is flat at both ends, of order 8. */
        SHARP_COSINE(x -> {
            double c = (1 + Math.cos(Math.PI * x)) / 2;
            return Math.pow(c, 4) * (35 - 84 * c + 70 * c * c - 20 * c * c * c);
        }),
        /** A bump that is infinitely often differentiable: any order. */
        BUMP(x -> x == 0 ? 1 : Math.exp(-2 / (1 - x) * Math.exp(-0.109550455106347 / Math.pow(x, 4))));

        private final DoubleUnaryOperator phi;

        Filter(DoubleUnaryOperator phi) {
            this.phi = phi;
        }

        /**
         * The weight.
         *
         * @param x from 0 to 1
         * @return 1 at 0, 0 at 1
         */
        public double at(double x) {
            return x >= 1 ? 0 : phi.applyAsDouble(x);
        }
    }

    /**
     * The autocorrelations of a signal, averages along one orbit of an ergodic system.
     *
     * @param signal g along the orbit, finite
     * @param lags the largest k, at least 0 and below the length
     * @return a(0) to a(lags), each an average over the pairs there are
     * @throws IllegalArgumentException if the signal is too short or not finite
     * @cost length times lags operations
     */
    public static double[] autocorrelations(double[] signal, int lags) {
        Require.finite("signal", signal);
        Require.atLeast("lags", lags, 0);
        Require.atLeast("length of signal", signal.length, lags + 1);
        double[] a = new double[lags + 1];
        Tasks.forRange(lags + 1, k -> {
            double sum = 0;
            for (int i = 0; i + k < signal.length; i++) {
                sum += signal[i + k] * signal[i];
            }
            a[k] = sum / (signal.length - k);
        });
        return a;
    }

    /**
     * The density of the filtered Fourier series.
     *
     * @param a the autocorrelations a(0) to a(n), at least 2, finite
     * @param filter the weights
     * @param angles where, in radians
     * @return the density at each angle, for real g symmetric about 0
     * @throws IllegalArgumentException if there are fewer than 2 autocorrelations, or one is not finite
     * @cost n operations an angle
     */
    public static double[] fromAutocorrelations(double[] a, Filter filter, double[] angles) {
        Require.finite("a", a);
        Require.atLeast("number of autocorrelations", a.length, 2);
        int n = a.length - 1;
        return Arrays.stream(angles)
                .map(theta -> {
                    double sum = a[0];
                    for (int k = 1; k < n; k++) {
                        sum += 2 * filter.at((double) k / n) * a[k] * Math.cos(k * theta);
                    }
                    return sum / (2 * Math.PI);
                })
                .toArray();
    }

    /**
     * The density smoothed by a rational kernel of width epsilon, from the resolvent of the fitted operator: no long
     * orbit is needed. The poles are exp(i theta) (1 + epsilon z(j)) with z(j) = 1 + i (2j / (order + 1) - 1), and
     * their coefficients let the kernel's Fourier coefficients begin like 1 + O((epsilon k)^order).
     *
     * @param model the system, which keeps the measure
     * @param coefficients of g in the model's dictionary, length N, finite
     * @param epsilon the smoothing in radians, above 0; with small ones the dictionary must be large
     * @param order of the kernel, at least 1; 1 is Poisson's
     * @param angles where, in radians
     * @return the density at each angle
     * @throws IllegalArgumentException if an argument is out of range
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost 25 r^3 operations once, and 4 r^2 order operations an angle, divided by the cores
     */
    public static double[] fromResolvent(
            ResDmd model, double[] coefficients, double epsilon, int order, double[] angles) {
        Require.positive("epsilon", epsilon);
        Require.atLeast("order", order, 1);
        Require.finite("angles", angles);
        double[] g = model.coordinates(coefficients);
        double[][] poles = new double[order][2];
        for (int j = 0; j < order; j++) {
            poles[j][0] = 1 + epsilon;
            poles[j][1] = epsilon * (2.0 * (j + 1) / (order + 1) - 1);
        }
        double[][] weights = weights(poles);
        double total = Arrays.stream(g).map(v -> v * v).sum();
        var resolvent = new Resolvent(Schur.of(model.matrix()), g);
        double[] density = new double[angles.length];
        Tasks.forRange(angles.length, i -> {
            double c = Math.cos(angles[i]);
            double s = Math.sin(angles[i]);
            double sum = 0;
            for (int j = 0; j < poles.length; j++) {
                double x = poles[j][0] * c - poles[j][1] * s;
                double y = poles[j][0] * s + poles[j][1] * c;
                double[] f = resolvent.series(x, y);
                sum += weights[j][0] * f[0] - weights[j][1] * f[1];
            }
            density[i] = (2 * sum - total) / (2 * Math.PI);
        });
        return density;
    }

    /** Weights with sum 1 whose first moments of log(1 + epsilon z) vanish: real equations for both parts. */
    private static double[][] weights(double[][] poles) {
        int m = poles.length;
        double size = Math.hypot(Math.log(Math.hypot(poles[0][0], poles[0][1])), Math.atan2(poles[0][1], poles[0][0]));
        double[] equations = new double[4 * m * m];
        double[] right = new double[2 * m];
        right[0] = 1;
        for (int j = 0; j < m; j++) {
            double x = Math.log(Math.hypot(poles[j][0], poles[j][1])) / size;
            double y = Math.atan2(poles[j][1], poles[j][0]) / size;
            double re = 1;
            double im = 0;
            for (int p = 0; p < m; p++) {
                equations[2 * p * 2 * m + j] = re;
                equations[2 * p * 2 * m + m + j] = -im;
                equations[(2 * p + 1) * 2 * m + j] = im;
                equations[(2 * p + 1) * 2 * m + m + j] = re;
                double next = re * x - im * y;
                im = re * y + im * x;
                re = next;
            }
        }
        double[] found = LeastSquares.of(
                        Dense.of("moments", equations, 2 * m, 2 * m), Dense.of("right", right, 2 * m, 1))
                .x()
                .data();
        double[][] weights = new double[m][2];
        for (int j = 0; j < m; j++) {
            weights[j][0] = found[j];
            weights[j][1] = found[m + j];
        }
        return weights;
    }
}
