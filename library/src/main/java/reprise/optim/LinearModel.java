package reprise.optim;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.LeastSquares;
import reprise.linalg.NotConverged;

/**
 * A linear model s(x) = b'x + c, fitted to weighted points by making
 *
 * <pre>{@code ridge / 2 |b|^2 + sum_i w(i) loss(s(x(i)), y(i))}</pre>
 *
 * least; the intercept c is not penalised. With all weights C and ridge 1 these are scikit-learn's
 * {@code LogisticRegression} and {@code SVC(kernel="linear")}; with ridge 0 its {@code LinearRegression}.
 *
 * <pre>{@code LinearModel model = LinearModel.fit(LinearLoss.LOGISTIC, x, y, weights, 1);}</pre>
 *
 * <p>Least squares by orthogonal factors, logistic regression by Newton's method, the support vector machine by a
 * primal-dual interior-point method (Ferris and Munson, SIAM J. Optimization 2002): all to rounding or nearly so, and
 * in time linear in the number of points.
 *
 * @param loss what was made small
 * @param coefficients b, length d
 * @param intercept c
 * @param objective the least value that was reached
 * @param iterations how many steps it took; 0 for least squares
 */
public record LinearModel(LinearLoss loss, double[] coefficients, double intercept, double objective, int iterations) {
    /**
     * Fits.
     *
     * @param loss what is to be small
     * @param x points, shape [n, d]
     * @param y answers, length n; -1 and 1 for a classifier, both of them among the points of positive weight
     * @param weights at least 0, not all 0, length n
     * @param ridge at least 0; above 0 for {@link LinearLoss#HINGE}
     * @return the minimiser; for least squares without ridge the shortest one if there are several
     * @throws IllegalArgumentException if a length differs, a number is not finite, a weight is negative, an answer is
     *     not allowed, or a classifier sees one class only
     * @throws NotConverged if logistic regression without ridge has no minimum, as the classes are separable
     * @cost O(n d^2) for each of 1 to about 40 steps
     */
    public static LinearModel fit(LinearLoss loss, Dense x, double[] y, double[] weights, double ridge) {
        Require.shape("y", new int[] {y.length}, x.rows());
        Require.shape("weights", new int[] {weights.length}, x.rows());
        Require.finite("y", y);
        Require.nonNegative("ridge", ridge);
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            total += Require.nonNegative("weights[" + i + "]", weights[i]);
        }
        Require.positive("sum of weights", total);
        // A weight below the rounding of their sum changes nothing but the condition of the systems to solve.
        double nothing = 1e-16 * total;
        int[] kept = IntStream.range(0, y.length).filter(i -> weights[i] > nothing).toArray();
        double[] answers = Arrays.stream(kept).mapToDouble(i -> y[i]).toArray();
        double[] w = Arrays.stream(kept).mapToDouble(i -> weights[i]).toArray();
        int d = x.columns() + 1;
        double[] rows = new double[Math.multiplyExact(kept.length, d)];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(x.data(), kept[i] * (d - 1), rows, i * d, d - 1);
            rows[i * d + d - 1] = 1;
        }
        if (loss == LinearLoss.SQUARED) {
            return leastSquares(rows, answers, w, d, ridge);
        }
        classes(answers);
        var fitted = loss == LinearLoss.LOGISTIC
                ? NewtonLogistic.fit(rows, answers, w, d, ridge)
                : InteriorHinge.fit(rows, answers, w, d, Require.positive("ridge", ridge));
        return model(loss, rows, answers, w, ridge, fitted.x(), fitted.steps());
    }

    /**
     * As {@link #fit(LinearLoss, Dense, double[], double[], double)}, for an ND4J array.
     *
     * @param loss what is to be small
     * @param x points, shape [n, d]
     * @param y answers, length n
     * @param weights at least 0, not all 0, length n
     * @param ridge at least 0; above 0 for {@link LinearLoss#HINGE}
     * @return the minimiser
     * @throws IllegalArgumentException if an argument is unfit
     */
    public static LinearModel fit(LinearLoss loss, INDArray x, double[] y, double[] weights, double ridge) {
        return fit(loss, Dense.of("x", x), y, weights, ridge);
    }

    /**
     * As {@link #fit(LinearLoss, Dense, double[], double[], double)}, for an array of rows.
     *
     * @param loss what is to be small
     * @param x points, shape [n, d]
     * @param y answers, length n
     * @param weights at least 0, not all 0, length n
     * @param ridge at least 0; above 0 for {@link LinearLoss#HINGE}
     * @return the minimiser
     * @throws IllegalArgumentException if an argument is unfit
     */
    public static LinearModel fit(LinearLoss loss, double[][] x, double[] y, double[] weights, double ridge) {
        return fit(loss, Dense.of("x", x), y, weights, ridge);
    }

    /**
     * The scores of points.
     *
     * @param x shape [n, d]
     * @return s, length n
     * @throws IllegalArgumentException if the points have another dimension
     * @cost O(n d)
     */
    public double[] scores(Dense x) {
        int d = coefficients.length;
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), d);
        double[] scores = new double[x.rows()];
        for (int i = 0; i < scores.length; i++) {
            double sum = intercept;
            for (int c = 0; c < d; c++) {
                sum += coefficients[c] * x.data()[i * d + c];
            }
            scores[i] = sum;
        }
        return scores;
    }

    /**
     * The losses of points, without the ridge term.
     *
     * @param x shape [n, d]
     * @param y answers, length n
     * @return at least 0, length n
     * @throws IllegalArgumentException if a length differs
     * @cost O(n d)
     */
    public double[] losses(Dense x, double[] y) {
        Require.shape("y", new int[] {y.length}, x.rows());
        double[] losses = scores(x);
        for (int i = 0; i < losses.length; i++) {
            losses[i] = loss.of(losses[i], y[i]);
        }
        return losses;
    }

    /**
     * The square of the length of the coefficients, half of which times the ridge is the penalty.
     *
     * @return |b|^2
     */
    public double squaredNorm() {
        double sum = 0;
        for (double v : coefficients) {
            sum += v * v;
        }
        return sum;
    }

    /** Coefficients with the intercept last, and how many steps they took. */
    record Fitted(double[] x, int steps) {}

    private static LinearModel leastSquares(double[] rows, double[] y, double[] w, int d, double ridge) {
        int n = y.length;
        int more = ridge > 0 ? d - 1 : 0;
        double[] a = new double[(n + more) * d];
        double[] b = new double[n + more];
        for (int i = 0; i < n; i++) {
            double root = Math.sqrt(w[i]);
            for (int c = 0; c < d; c++) {
                a[i * d + c] = root * rows[i * d + c];
            }
            b[i] = root * y[i];
        }
        for (int c = 0; c < more; c++) {
            a[(n + c) * d + c] = Math.sqrt(ridge / 2);
        }
        double[] x = LeastSquares.minimumNorm(Dense.of("x", a, n + more, d), Dense.of("y", b, n + more, 1), 0)
                .x()
                .data();
        return model(LinearLoss.SQUARED, rows, y, w, ridge, x, 0);
    }

    private static LinearModel model(
            LinearLoss loss, double[] rows, double[] y, double[] w, double ridge, double[] x, int steps) {
        int d = x.length;
        double objective = 0;
        for (int c = 0; c < d - 1; c++) {
            objective += ridge / 2 * x[c] * x[c];
        }
        for (int i = 0; i < y.length; i++) {
            objective += w[i] * loss.of(score(rows, i, x), y[i]);
        }
        return new LinearModel(loss, Arrays.copyOf(x, d - 1), x[d - 1], objective, steps);
    }

    static double score(double[] rows, int i, double[] x) {
        double sum = 0;
        for (int c = 0; c < x.length; c++) {
            sum += rows[i * x.length + c] * x[c];
        }
        return sum;
    }

    private static void classes(double[] y) {
        boolean above = false;
        boolean below = false;
        for (double v : y) {
            if (v != 1 && v != -1) {
                throw new IllegalArgumentException("y must hold -1 and 1 for a classifier, held " + v);
            }
            above |= v == 1;
            below |= v == -1;
        }
        if (!above || !below) {
            throw new IllegalArgumentException(
                    "y must hold both classes among the points of positive weight, held only " + (above ? 1 : -1));
        }
    }
}
