package reprise.density;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import reprise.array.Require;

/** The formulas behind {@link Kernel}, each 1 at distance 0 except for sums. */
sealed interface KernelForm permits KernelForm.Gaussian, Matern, KernelForm.Multiquadric, KernelForm.Spline,
        KernelForm.Sinc, KernelForm.Radial, KernelForm.Sum {
    /** Writes k(x, y_j) for {@code count} points; coordinate k of point j lies at {@code from + k TILE + j}. */
    void values(double[] x, int at, double[] columns, int from, int d, int count, double[] out);

    /** The kernel whose spectral density is the power of this one's, scaled to 1 at distance 0. */
    KernelForm power(double alpha, int d);

    /** Gaussian kernels that this one is an integral of, enough of them for means in d dimensions. */
    ScaleMixture mixture(int d);

    default double atZero() {
        return 1;
    }

    /** Writes squared distances, from differences: exact to d roundings however near the points are. */
    static void squares(double[] x, int at, double[] columns, int from, int d, int count, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = 0;
        }
        for (int k = 0; k < d; k++) {
            double value = x[at + k];
            int column = from + k * PointTiles.TILE;
            for (int j = 0; j < count; j++) {
                double difference = value - columns[column + j];
                out[j] += difference * difference;
            }
        }
    }

    /** exp(-r^2 / (2 h^2)). */
    record Gaussian(double h) implements KernelForm {
        @Override
        public void values(double[] x, int at, double[] columns, int from, int d, int count, double[] out) {
            squares(x, at, columns, from, d, count, out);
            double factor = -0.5 / h / h;
            for (int j = 0; j < count; j++) {
                out[j] = Math.exp(factor * out[j]);
            }
        }

        /** The spectral density is exp(-h^2 w^2 / 2): a power scales h^2. */
        @Override
        public KernelForm power(double alpha, int d) {
            return new Gaussian(h * Math.sqrt(alpha));
        }

        @Override
        public ScaleMixture mixture(int d) {
            return new ScaleMixture(new double[] {1}, new double[] {h * h});
        }

        @Override
        public String toString() {
            return "gaussian(bandwidth = " + h + ")";
        }
    }

    /** (1 + r^2 / s^2)^(-nu). */
    record Multiquadric(double nu, double s) implements KernelForm {
        @Override
        public void values(double[] x, int at, double[] columns, int from, int d, int count, double[] out) {
            squares(x, at, columns, from, d, count, out);
            for (int j = 0; j < count; j++) {
                double base = 1 + out[j] / s / s;
                out[j] = nu == 0.5 ? 1 / Math.sqrt(base) : Math.pow(base, -nu);
            }
        }

        @Override
        public KernelForm power(double alpha, int d) {
            if (alpha == 1) {
                return this;
            }
            throw new IllegalArgumentException("kernel must have a power in closed form, was " + this
                    + "; give a split kernel of your choice instead");
        }

        /** The integral of t^(nu - 1) e^-t exp(-t r^2 / s^2) / Gamma(nu): Gaussians of variance s^2 / (2 t). */
        @Override
        public ScaleMixture mixture(int d) {
            return ScaleMixture.gamma(nu, d, t -> s * s / 2 / t);
        }

        @Override
        public String toString() {
            return "inverseMultiquadric(nu = " + nu + ", scale = " + s + ")";
        }
    }

    /** The product over coordinates of B(r / s) / B(0), B the p-fold convolution of a unit box. */
    record Spline(int order, double s, double peak) implements KernelForm {
        static Spline of(int order, double s) {
            return new Spline(order, s, new Spline(order, 1, 1).bump(0));
        }

        @Override
        public void values(double[] x, int at, double[] columns, int from, int d, int count, double[] out) {
            for (int j = 0; j < count; j++) {
                out[j] = 1;
            }
            for (int k = 0; k < d; k++) {
                for (int j = 0; j < count; j++) {
                    out[j] *= bump((x[at + k] - columns[from + k * PointTiles.TILE + j]) / s) / peak;
                }
            }
        }

        /** Truncated powers, counted from the near end, where they do not cancel. */
        private double bump(double z) {
            double rest = order / 2.0 - Math.abs(z);
            double sum = 0;
            double binomial = 1;
            for (int j = 0; rest - j > 0; j++) {
                double power = binomial;
                for (int q = 1; q < order; q++) {
                    power *= (rest - j) / q;
                }
                sum += j % 2 == 0 ? power : -power;
                binomial = binomial * (order - j) / (j + 1);
            }
            return sum;
        }

        /** The spectral density is a product of sinc^p. */
        @Override
        public KernelForm power(double alpha, int d) {
            double power = alpha * order;
            long rounded = Math.round(power);
            if (rounded < 2 || rounded % 2 != 0 || Math.abs(power - rounded) > 1e-9) {
                throw new IllegalArgumentException("alpha times the order " + order
                        + " of a B-spline must be an even number >= 2, was " + power);
            }
            return of((int) rounded, s);
        }

        @Override
        public ScaleMixture mixture(int d) {
            throw ScaleMixture.none(this);
        }

        @Override
        public String toString() {
            return "bSpline(order = " + order + ", scale = " + s + ")";
        }
    }

    /** The product over coordinates of sin(r / s) / (r / s). */
    record Sinc(double s) implements KernelForm {
        @Override
        public void values(double[] x, int at, double[] columns, int from, int d, int count, double[] out) {
            for (int j = 0; j < count; j++) {
                out[j] = 1;
            }
            for (int k = 0; k < d; k++) {
                for (int j = 0; j < count; j++) {
                    double z = (x[at + k] - columns[from + k * PointTiles.TILE + j]) / s;
                    out[j] *= Math.abs(z) < 1e-4 ? 1 - z * z / 6 : Math.sin(z) / z;
                }
            }
        }

        /** The spectral density is constant on a cube. */
        @Override
        public KernelForm power(double alpha, int d) {
            return this;
        }

        @Override
        public ScaleMixture mixture(int d) {
            throw ScaleMixture.none(this);
        }

        @Override
        public String toString() {
            return "sinc(scale = " + s + ")";
        }
    }

    /** A function of the distance that somebody gave. */
    record Radial(String name, DoubleUnaryOperator ofDistance) implements KernelForm {
        @Override
        public void values(double[] x, int at, double[] columns, int from, int d, int count, double[] out) {
            squares(x, at, columns, from, d, count, out);
            for (int j = 0; j < count; j++) {
                double r = Math.sqrt(out[j]);
                out[j] = Require.finite(name + " at distance " + r, ofDistance.applyAsDouble(r));
            }
        }

        @Override
        public KernelForm power(double alpha, int d) {
            if (alpha == 1) {
                return this;
            }
            throw new IllegalArgumentException("kernel must have a power in closed form, was " + this);
        }

        @Override
        public ScaleMixture mixture(int d) {
            throw ScaleMixture.none(this);
        }

        @Override
        public double atZero() {
            return ofDistance.applyAsDouble(0);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** A sum. */
    record Sum(List<KernelForm> parts) implements KernelForm {
        @Override
        public void values(double[] x, int at, double[] columns, int from, int d, int count, double[] out) {
            double[] part = new double[count];
            parts.get(0).values(x, at, columns, from, d, count, out);
            for (KernelForm form : parts.subList(1, parts.size())) {
                form.values(x, at, columns, from, d, count, part);
                for (int j = 0; j < count; j++) {
                    out[j] += part[j];
                }
            }
        }

        @Override
        public KernelForm power(double alpha, int d) {
            if (alpha == 1) {
                return this;
            }
            throw new IllegalArgumentException("kernel must have a power in closed form, was the sum " + this);
        }

        @Override
        public ScaleMixture mixture(int d) {
            return ScaleMixture.join(parts.stream().map(part -> part.mixture(d)).toList());
        }

        @Override
        public double atZero() {
            return parts.stream().mapToDouble(KernelForm::atZero).sum();
        }

        @Override
        public String toString() {
            return String.join(" + ", parts.stream().map(Object::toString).toList());
        }
    }
}
