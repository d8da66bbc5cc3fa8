package reprise.ode;

import java.util.function.BiFunction;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Lu;
import reprise.linalg.NotConverged;
import reprise.parallel.Interrupted;

/**
 * Stiff initial value problems y' = f(t, y): a Rosenbrock method of order 2 with an error estimate of order 3 and dense
 * output, stable however fast the fast parts decay (Shampine and Reichelt, The MATLAB ODE Suite, SIAM J. Sci. Comput.
 * 1997, section 4, the method behind ode23s).
 *
 * <p>For moderate accuracy; where the problem is not stiff, {@link Ode} is faster by far. Values are immutable.
 */
public final class Stiff {
    private static final double USUAL_TOLERANCE = 1e-6;
    private static final int USUAL_STEPS = 1_000_000;
    private static final double D = 1 / (2 + Math.sqrt(2));
    private static final double E = 6 + Math.sqrt(2);

    private final VectorField field;
    private final BiFunction<Double, double[], Dense> jacobian;
    private final double tolerance;
    private final int steps;

    private Stiff(VectorField field, BiFunction<Double, double[], Dense> jacobian, double tolerance, int steps) {
        this.field = field;
        this.jacobian = jacobian;
        this.tolerance = tolerance;
        this.steps = steps;
    }

    /**
     * Takes an equation.
     *
     * @param field f, smooth
     * @return the method with tolerance 1e-6, at most 10^6 steps, and the Jacobian from differences
     */
    public static Stiff of(VectorField field) {
        return new Stiff(field, (t, y) -> differences(field, t, y), USUAL_TOLERANCE, USUAL_STEPS);
    }

    /**
     * Takes the Jacobian, which saves d evaluations a step.
     *
     * @param derivative maps (t, y) to the derivative of f by y, shape [d, d]
     * @return a copy that uses it
     */
    public Stiff jacobian(BiFunction<Double, double[], Dense> derivative) {
        return new Stiff(field, derivative, tolerance, steps);
    }

    /**
     * Chooses the accuracy of each step.
     *
     * @param relativeAndAbsolute the error estimate accepted for each coordinate y is this times (1 + |y|), above 0
     * @return a copy with this tolerance
     * @throws IllegalArgumentException if it is not positive
     */
    public Stiff tolerance(double relativeAndAbsolute) {
        return new Stiff(field, jacobian, Require.positive("tolerance", relativeAndAbsolute), steps);
    }

    /**
     * Limits the work.
     *
     * @param most the largest number of steps tried, at least 1
     * @return a copy with this limit
     * @throws IllegalArgumentException if it is below 1
     */
    public Stiff steps(int most) {
        return new Stiff(field, jacobian, tolerance, Require.atLeast("steps", most, 1));
    }

    /**
     * Integrates, forwards or backwards.
     *
     * @param start y at the first time, length d, finite
     * @param times at least two, strictly monotone, finite; the first is that of the start
     * @return the states at these times; evaluations without those for the Jacobian
     * @throws NotConverged if the steps were used up or became too small; carries the last state
     * @throws IllegalArgumentException if an argument is out of range, f or the Jacobian gives another shape, or f NaN
     * @throws Interrupted if the thread was interrupted
     * @cost 3 evaluations, a Jacobian and 2/3 d^3 operations a step
     */
    public Trajectory solve(double[] start, double... times) {
        int d = Require.atLeast("length of start", start.length, 1);
        Ode.monotone(times);
        double[] states = new double[Math.multiplyExact(times.length, d)];
        System.arraycopy(Require.finite("start", start), 0, states, 0, d);
        double end = times[times.length - 1];
        double t = times[0];
        double[] y = start.clone();
        double[] f0 = value(t, y);
        double h = firstStep(y, f0, end - t);
        int evaluations = 1;
        int next = 1;
        for (int tried = 0; next < times.length; tried++) {
            Interrupted.check();
            if (tried == steps || Math.abs(h) < 1e-14 * Math.max(Math.abs(t), Math.abs(end - times[0]))) {
                throw new NotConverged("Stiff", tried, Double.NaN, tolerance, y);
            }
            boolean last = Math.abs(h) >= Math.abs(end - t) * (1 - 1e-12);
            h = last ? end - t : h;
            Step step = new Step(t, y, f0, h);
            evaluations += 3;
            if (step.error <= 1) {
                double reached = last ? end : t + h;
                while (next < times.length && Math.signum(h) * (times[next] - reached) <= 0) {
                    System.arraycopy(step.at((times[next] - t) / h), 0, states, next++ * d, d);
                }
                t = reached;
                y = step.end;
                f0 = step.slopeAtEnd;
            }
            h *= Math.max(0.2, Math.min(5, 0.8 / Math.cbrt(step.error)));
        }
        return new Trajectory(times.clone(), Dense.of("states", states, times.length, d), evaluations);
    }

    /** One step of the method, from its three stages. */
    private final class Step {
        private final double[] begin;
        private final double[] k1;
        private final double[] k2;
        private final double h;
        private final double[] end;
        private final double[] slopeAtEnd;
        private final double error;

        private Step(double t, double[] y, double[] f0, double h) {
            int d = y.length;
            this.begin = y;
            this.h = h;
            Dense j = jacobian.apply(t, y.clone());
            Require.shape("Jacobian", new int[] {j.rows(), j.columns()}, d, d);
            double[] w = j.data().clone();
            for (int i = 0; i < w.length; i++) {
                w[i] = (i % (d + 1) == 0 ? 1 : 0) - h * D * w[i];
            }
            Lu lu = Lu.of(Dense.of("I - h d J", w, d, d));
            double[] later = value(t + 1e-7 * h, y);
            double[] drift = new double[d];
            double[] right = f0.clone();
            for (int i = 0; i < d; i++) {
                drift[i] = D * (later[i] - f0[i]) / 1e-7;
                right[i] += drift[i];
            }
            this.k1 = lu.solve(right);
            double[] f1 = value(t + h / 2, moved(y, h / 2, k1));
            for (int i = 0; i < d; i++) {
                right[i] = f1[i] - k1[i];
            }
            this.k2 = lu.solve(right);
            for (int i = 0; i < d; i++) {
                k2[i] += k1[i];
            }
            this.end = moved(y, h, k2);
            this.slopeAtEnd = value(t + h, end);
            for (int i = 0; i < d; i++) {
                right[i] = slopeAtEnd[i] - E * (k2[i] - f1[i]) - 2 * (k1[i] - f0[i]) + drift[i];
            }
            double[] k3 = lu.solve(right);
            double most = 0;
            for (int i = 0; i < d; i++) {
                double size = tolerance * (1 + Math.max(Math.abs(y[i]), Math.abs(end[i])));
                most = Math.max(most, Math.abs(h / 6 * (k1[i] - 2 * k2[i] + k3[i])) / size);
            }
            this.error = Math.max(most, 1e-12);
        }

        private double[] at(double s) {
            double[] y = begin.clone();
            for (int i = 0; i < y.length; i++) {
                y[i] += h / (1 - 2 * D) * (s * (1 - s) * k1[i] + s * (s - 2 * D) * k2[i]);
            }
            return y;
        }
    }

    private double[] value(double t, double[] y) {
        double[] slope = field.at(t, y);
        Require.shape("f(t, y)", new int[] {slope.length}, y.length);
        return Require.finite("f(t, y)", slope);
    }

    private double firstStep(double[] y, double[] f, double span) {
        double most = 0;
        for (int i = 0; i < y.length; i++) {
            most = Math.max(most, Math.abs(f[i]) / (1 + Math.abs(y[i])));
        }
        double h = Math.min(Math.abs(span) / 10, 0.8 * Math.cbrt(tolerance) / Math.max(most, Double.MIN_NORMAL));
        return Math.copySign(h, span);
    }

    private static double[] moved(double[] y, double h, double[] slope) {
        double[] next = y.clone();
        for (int i = 0; i < y.length; i++) {
            next[i] += h * slope[i];
        }
        return next;
    }

    private static Dense differences(VectorField field, double t, double[] y) {
        int d = y.length;
        double[] base = field.at(t, y);
        double[] j = new double[d * d];
        for (int c = 0; c < d; c++) {
            double step = Math.sqrt(Math.ulp(1.0)) * Math.max(1e-3, Math.abs(y[c]));
            double[] shifted = y.clone();
            shifted[c] += step;
            double[] slope = field.at(t, shifted);
            for (int i = 0; i < d; i++) {
                j[i * d + c] = (slope[i] - base[i]) / (shifted[c] - y[c]);
            }
        }
        return Dense.of("Jacobian", j, d, d);
    }
}
