package reprise.density;

import reprise.parallel.Tasks;
import reprise.prob.SpecialFunctions;

/** 2^(1 - nu) / Gamma(nu) z^nu K_nu(z) with z = r / s. */
final class Matern implements KernelForm {
    /** Cubic interpolation over log z at this step has an error of 0.004^4 / 384 times a fourth derivative below 10. */
    private static final double STEP = 0.004;
    private static final double LOWEST = -30;
    private static final double HIGHEST = Math.log(60);

    private final double nu;
    private final double s;
    private final double[] table;
    private final double[] slopes;

    private Matern(double nu, double s, double[] table, double[] slopes) {
        this.nu = nu;
        this.s = s;
        this.table = table;
        this.slopes = slopes;
    }

    static Matern of(double nu, double s) {
        if (nu == 0.5 || nu == 1.5 || nu == 2.5) {
            return new Matern(nu, s, new double[0], new double[0]);
        }
        int size = (int) Math.ceil((HIGHEST - LOWEST) / STEP) + 2;
        double[] table = new double[size];
        double[] slopes = new double[size];
        Tasks.forRange(size, i -> {
            double z = Math.exp(LOWEST + STEP * i);
            table[i] = direct(nu, z);
            // d/dz [z^nu K_nu(z)] = -z^nu K_(nu - 1)(z), DLMF 10.29.4; times z for the derivative in log z.
            slopes[i] = -STEP * constant(nu) * Math.pow(z, nu + 1) * SpecialFunctions.besselK(nu - 1, z);
        });
        return new Matern(nu, s, table, slopes);
    }

    private static double constant(double nu) {
        return Math.exp((1 - nu) * Math.log(2) - SpecialFunctions.logGamma(nu));
    }

    static double direct(double nu, double z) {
        return z == 0 ? 1 : z > 700 ? 0 : constant(nu) * Math.pow(z, nu) * SpecialFunctions.besselK(nu, z);
    }

    @Override
    public void values(double[] x, int at, double[] columns, int from, int d, int count, double[] out) {
        KernelForm.squares(x, at, columns, from, d, count, out);
        for (int j = 0; j < count; j++) {
            double z = Math.sqrt(out[j]) / s;
            out[j] = table.length > 0 ? interpolated(z) : Math.exp(-z) * (nu == 0.5 ? 1 : nu == 1.5 ? 1 + z
                    : 1 + z * (1 + z / 3));
        }
    }

    private double interpolated(double z) {
        double place = (Math.log(z) - LOWEST) / STEP;
        if (!(place >= 0) || place >= table.length - 1) {
            return direct(nu, z);
        }
        int i = (int) place;
        double t = place - i;
        double u = 1 - t;
        return u * u * ((1 + 2 * t) * table[i] + t * slopes[i])
                + t * t * ((1 + 2 * u) * table[i + 1] - u * slopes[i + 1]);
    }

    /** The spectral density is (1 / s^2 + w^2)^(-nu - d / 2). */
    @Override
    public KernelForm power(double alpha, int d) {
        double order = alpha * (nu + d / 2.0) - d / 2.0;
        if (!(order > 0)) {
            throw new IllegalArgumentException("alpha must be > " + d / (2 * nu + d) + " for " + this
                    + " in dimension " + d + ", or the power has no kernel; was " + alpha);
        }
        return of(order, s);
    }

    /** The integral of t^(nu - 1) e^-t exp(-z^2 / (4 t)) / Gamma(nu): Gaussians of variance 2 s^2 t. */
    @Override
    public ScaleMixture mixture(int d) {
        return ScaleMixture.gamma(nu, d, t -> 2 * s * s * t);
    }

    @Override
    public String toString() {
        return nu == 0.5 ? "laplace(scale = " + s + ")" : "matern(nu = " + nu + ", scale = " + s + ")";
    }
}
