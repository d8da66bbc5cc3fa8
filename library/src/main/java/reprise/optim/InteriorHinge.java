package reprise.optim;

import reprise.array.Dense;
import reprise.linalg.NotConverged;
import reprise.linalg.SingularMatrix;
import reprise.linalg.Solve;
import reprise.parallel.Interrupted;

/**
 * The linear support vector machine by a primal-dual interior-point method. With slacks xi and s,
 *
 * <pre>{@code min ridge/2 |b|^2 + sum w xi   where   y s(x) + xi - 1 = s,   s >= 0, xi >= 0,}</pre>
 *
 * multipliers alpha of s and w - alpha of xi; each step solves a system of d + 1 unknowns.
 */
final class InteriorHinge {
    private static final int FAST_STEPS = 60;
    private static final int SLOW_STEPS = 400;
    /** The complementarity left, over the objective's size. */
    private static final double GOAL = 1e-11;

    /** Rounding may take the last of a number that must stay positive. */
    private static final double TINY = 1e-100;

    private final double[] rows;
    private final double[] y;
    private final double[] w;
    private final int d;
    private final double ridge;
    private final double[] x;
    private final double[] xi;
    private final double[] slack;
    private final double[] alpha;
    private final double[] gamma;
    private int steps;

    private InteriorHinge(double[] rows, double[] y, double[] w, int d, double ridge) {
        this.rows = rows;
        this.y = y;
        this.w = w;
        this.d = d;
        this.ridge = ridge;
        int n = y.length;
        this.x = new double[d];
        this.xi = new double[n];
        this.slack = new double[n];
        this.alpha = new double[n];
        this.gamma = new double[n];
        double mean = 0;
        for (double v : w) {
            mean += v / n;
        }
        for (int i = 0; i < n; i++) {
            // All products alike, though weights may differ by many orders: else the light points block the way.
            xi[i] = mean / w[i];
            slack[i] = mean / w[i];
            alpha[i] = w[i] / 2;
            gamma[i] = w[i] / 2;
        }
    }

    static LinearModel.Fitted fit(double[] rows, double[] y, double[] w, int d, double ridge) {
        var fast = new InteriorHinge(rows, y, w, d, ridge);
        if (fast.run(FAST_STEPS, true)) {
            return new LinearModel.Fitted(fast.x, fast.steps);
        }
        // Rarely the predictor leads to the boundary too early: then slowly, with equal products all the way.
        var slow = new InteriorHinge(rows, y, w, d, ridge);
        if (slow.run(SLOW_STEPS, false)) {
            return new LinearModel.Fitted(slow.x, FAST_STEPS + slow.steps);
        }
        throw new NotConverged("LinearModel.fit, hinge", FAST_STEPS + SLOW_STEPS, slow.gap(), GOAL, slow.x);
    }

    /** Whether the goal was reached, or nearly so where rounding allows no more. */
    private boolean run(int most, boolean predict) {
        int n = y.length;
        for (steps = 0; steps < most; steps++) {
            Interrupted.check();
            double products = complementarity();
            if (gap() <= GOAL && infeasibility() <= 1e-9) {
                return true;
            }
            Step next;
            double length;
            if (predict) {
                // A predictor to the boundary says how far the barrier can be lowered (Mehrotra 1992).
                Step predictor = direction(0, null);
                double reach = predictor.reach(1);
                double after = 0;
                for (int i = 0; i < n; i++) {
                    after += (alpha[i] + reach * predictor.alpha[i]) * (slack[i] + reach * predictor.slack[i])
                            + (gamma[i] - reach * predictor.alpha[i]) * (xi[i] + reach * predictor.xi[i]);
                }
                double ratio = after / products;
                // Its second-order terms help where it went far; from a short one they would lead into a cycle.
                next = direction(
                        Math.min(1, ratio * ratio * ratio) * products / (2 * n), reach < 0.5 ? null : predictor);
                length = next.reach(0.995);
            } else {
                next = direction(0.2 * products / (2 * n), null);
                length = next.reach(0.9);
            }
            if (!(length > 1e-10)) {
                break;
            }
            for (int c = 0; c < d; c++) {
                x[c] += length * next.x[c];
            }
            for (int i = 0; i < n; i++) {
                alpha[i] = Math.max(TINY, alpha[i] + length * next.alpha[i]);
                gamma[i] = Math.max(TINY, gamma[i] - length * next.alpha[i]);
                xi[i] = Math.max(TINY, xi[i] + length * next.xi[i]);
                slack[i] = Math.max(TINY, slack[i] + length * next.slack[i]);
            }
        }
        return gap() <= 1e-8 && infeasibility() <= 1e-6;
    }

    /** What is left of the duality gap, over the sum of weights. */
    private double gap() {
        double total = 0;
        for (double v : w) {
            total += v;
        }
        return complementarity() / total;
    }

    private double complementarity() {
        double sum = 0;
        for (int i = 0; i < y.length; i++) {
            sum += alpha[i] * slack[i] + gamma[i] * xi[i];
        }
        return sum;
    }

    /** How far the constraints are from holding, primal and dual. */
    private double infeasibility() {
        double worst = 0;
        double[] dual = dualResidual();
        double scale = 1;
        for (int i = 0; i < y.length; i++) {
            worst = Math.max(worst, Math.abs(primalResidual(i)) / (1 + slack[i]));
            scale += w[i];
        }
        for (double v : dual) {
            worst = Math.max(worst, Math.abs(v) / scale);
        }
        return worst;
    }

    private double primalResidual(int i) {
        return y[i] * LinearModel.score(rows, i, x) + xi[i] - 1 - slack[i];
    }

    /** sum alpha y x - ridge b. */
    private double[] dualResidual() {
        double[] r = new double[d];
        for (int c = 0; c < d - 1; c++) {
            r[c] = -ridge * x[c];
        }
        for (int i = 0; i < y.length; i++) {
            for (int c = 0; c < d; c++) {
                r[c] += alpha[i] * y[i] * rows[i * d + c];
            }
        }
        return r;
    }

    /** Newton's step towards complementarity products of the barrier; with the predictor's second-order terms. */
    private Step direction(double barrier, Step predictor) {
        int n = y.length;
        double[] r = dualResidual();
        double[] matrix = new double[d * d];
        double[] h = new double[n];
        double[] c = new double[n];
        double[] first = new double[n];
        double[] second = new double[n];
        for (int i = 0; i < n; i++) {
            first[i] = barrier - alpha[i] * slack[i]
                    - (predictor == null ? 0 : predictor.alpha[i] * predictor.slack[i]);
            second[i] = barrier - gamma[i] * xi[i]
                    + (predictor == null ? 0 : predictor.alpha[i] * predictor.xi[i]);
            h[i] = 1 / (slack[i] / alpha[i] + xi[i] / gamma[i]);
            c[i] = h[i] * (first[i] / alpha[i] - primalResidual(i) - second[i] / gamma[i]);
            for (int a = 0; a < d; a++) {
                double row = rows[i * d + a];
                r[a] += c[i] * y[i] * row;
                for (int b = 0; b <= a; b++) {
                    matrix[a * d + b] += h[i] * row * rows[i * d + b];
                }
            }
        }
        for (int a = 0; a < d; a++) {
            matrix[a * d + a] += a < d - 1 ? ridge : 0;
            for (int b = 0; b < a; b++) {
                matrix[b * d + a] = matrix[a * d + b];
            }
        }
        double[] dx = solve(matrix, r);
        Step step = new Step(dx, new double[n], new double[n], new double[n]);
        for (int i = 0; i < n; i++) {
            double margin = y[i] * LinearModel.score(rows, i, dx);
            step.alpha[i] = c[i] - h[i] * margin;
            step.xi[i] = (second[i] + xi[i] * step.alpha[i]) / gamma[i];
            step.slack[i] = margin + step.xi[i] + primalResidual(i);
        }
        return step;
    }

    /** With a diagonal of ones, as the row of the intercept fades away where no point lies on the margin. */
    private double[] solve(double[] matrix, double[] r) {
        double[] scale = new double[d];
        for (int a = 0; a < d; a++) {
            scale[a] = 1 / Math.sqrt(Math.max(matrix[a * d + a], Double.MIN_NORMAL));
        }
        double[] scaled = new double[d * d];
        double[] right = new double[d];
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < d; b++) {
                scaled[a * d + b] = matrix[a * d + b] * scale[a] * scale[b];
            }
            right[a] = r[a] * scale[a];
        }
        double[] x;
        try {
            x = Solve.linear(Dense.of("system", scaled, d, d), right);
        } catch (SingularMatrix e) {
            // Singular to rounding, near the end: a step with fewer digits is still a step.
            for (int a = 0; a < d; a++) {
                scaled[a * d + a] += 1e-13;
            }
            x = Solve.linear(Dense.of("system", scaled, d, d), right);
        }
        for (int a = 0; a < d; a++) {
            x[a] *= scale[a];
        }
        return x;
    }

    private final class Step {
        private final double[] x;
        private final double[] alpha;
        private final double[] xi;
        private final double[] slack;

        private Step(double[] x, double[] alpha, double[] xi, double[] slack) {
            this.x = x;
            this.alpha = alpha;
            this.xi = xi;
            this.slack = slack;
        }

        /** The longest step, at most 1, that keeps a part of the distance from each bound. */
        private double reach(double part) {
            double most = 1;
            for (int i = 0; i < alpha.length; i++) {
                most = Math.min(most, part * until(InteriorHinge.this.alpha[i], alpha[i]));
                most = Math.min(most, part * until(gamma[i], -alpha[i]));
                most = Math.min(most, part * until(InteriorHinge.this.xi[i], xi[i]));
                most = Math.min(most, part * until(InteriorHinge.this.slack[i], slack[i]));
            }
            return most;
        }

        private double until(double value, double change) {
            return change < 0 ? -value / change : Double.POSITIVE_INFINITY;
        }
    }
}
