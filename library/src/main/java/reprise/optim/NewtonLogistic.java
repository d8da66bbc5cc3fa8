package reprise.optim;

import reprise.array.Dense;
import reprise.linalg.Cholesky;
import reprise.linalg.NotConverged;
import reprise.linalg.NotPositiveDefinite;
import reprise.parallel.Interrupted;

/** Weighted logistic regression with an intercept, by Newton's method with halved steps. */
final class NewtonLogistic {
    private static final int STEPS = 200;
    /** The largest entry of the gradient over the sum of weights. */
    private static final double GOAL = 1e-11;

    private NewtonLogistic() {}

    static LinearModel.Fitted fit(double[] rows, double[] y, double[] w, int d, double ridge) {
        double total = 0;
        for (double v : w) {
            total += v;
        }
        double[] x = new double[d];
        double value = value(rows, y, w, ridge, x);
        double norm = Double.POSITIVE_INFINITY;
        for (int step = 0; step < STEPS; step++) {
            Interrupted.check();
            double[] gradient = new double[d];
            double[] hessian = new double[d * d];
            derivatives(rows, y, w, ridge, x, gradient, hessian);
            norm = 0;
            for (double g : gradient) {
                norm = Math.max(norm, Math.abs(g) / total);
            }
            if (norm <= GOAL) {
                if (ridge == 0 && separated(rows, y, x)) {
                    break;
                }
                return new LinearModel.Fitted(x, step);
            }
            double[] direction;
            try {
                direction = Cholesky.of(Dense.of("Hessian", hessian, d, d)).solve(gradient);
            } catch (NotPositiveDefinite e) {
                // Without ridge the Hessian fades away where the classes are separated.
                break;
            }
            double descent = 0;
            for (int c = 0; c < d; c++) {
                descent += direction[c] * gradient[c];
            }
            double length = 1;
            double[] next = moved(x, direction, length);
            double there = value(rows, y, w, ridge, next);
            while (!(there <= value - 1e-4 * length * descent) && length > 1e-12) {
                length /= 2;
                next = moved(x, direction, length);
                there = value(rows, y, w, ridge, next);
            }
            if (length <= 1e-12) {
                // No descent that doubles can see: the gradient is rounding, which NotConverged judges below.
                break;
            }
            x = next;
            value = there;
        }
        if (norm <= 1e-7 && !(ridge == 0 && separated(rows, y, x))) {
            return new LinearModel.Fitted(x, STEPS);
        }
        throw new NotConverged("LinearModel.fit, logistic", STEPS, norm, GOAL, x);
    }

    /** Then longer coefficients are always better: the gradient fades away, but there is no minimum. */
    private static boolean separated(double[] rows, double[] y, double[] x) {
        for (int i = 0; i < y.length; i++) {
            if (y[i] * LinearModel.score(rows, i, x) <= 0) {
                return false;
            }
        }
        return true;
    }

    private static void derivatives(
            double[] rows, double[] y, double[] w, double ridge, double[] x, double[] gradient, double[] hessian) {
        int d = x.length;
        for (int i = 0; i < y.length; i++) {
            double margin = y[i] * LinearModel.score(rows, i, x);
            double miss = 1 / (1 + Math.exp(margin));
            double slope = -w[i] * y[i] * miss;
            double curvature = w[i] * miss * (1 - miss);
            for (int a = 0; a < d; a++) {
                double row = rows[i * d + a];
                gradient[a] += slope * row;
                for (int b = 0; b <= a; b++) {
                    hessian[a * d + b] += curvature * row * rows[i * d + b];
                }
            }
        }
        for (int a = 0; a < d; a++) {
            if (a < d - 1) {
                gradient[a] += ridge * x[a];
                hessian[a * d + a] += ridge;
            }
            for (int b = 0; b < a; b++) {
                hessian[b * d + a] = hessian[a * d + b];
            }
        }
    }

    private static double value(double[] rows, double[] y, double[] w, double ridge, double[] x) {
        double sum = 0;
        for (int c = 0; c < x.length - 1; c++) {
            sum += ridge / 2 * x[c] * x[c];
        }
        for (int i = 0; i < y.length; i++) {
            sum += w[i] * LinearLoss.LOGISTIC.of(LinearModel.score(rows, i, x), y[i]);
        }
        return sum;
    }

    private static double[] moved(double[] x, double[] direction, double length) {
        double[] next = x.clone();
        for (int c = 0; c < x.length; c++) {
            next[c] -= length * direction[c];
        }
        return next;
    }
}
