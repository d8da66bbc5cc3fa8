package reprise.linalg;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;
import reprise.random.Rng;

/**
 * The smallest eigenvalue of one Hermitian matrix after another, each near the one before: Lanczos's method for the
 * inverse, with full orthogonalisation. Complex vectors lie as pairs (re, im).
 */
final class InverseLanczos {
    /** The residual of the inverse's largest eigenvalue, relative to it; the value's own error is about its square. */
    private static final double TOLERANCE = 1e-9;

    private static final int STEPS = 200;

    /** How much of the start is random, so that a value that takes over is found. */
    private static final double FRESH = 0.1;

    /** Below this, relative to the largest entry, the value loses digits by having been squared. */
    private static final double SMALL = 1e-3;

    private final ShiftedMatrix matrix;
    private final int n;
    private final DoublePointer factor;
    private final DoubleBuffer entries;
    private final DoublePointer right;
    private final DoubleBuffer rightEntries;
    private final double[] column;
    private final double[] fresh;
    private final double[] vector;
    private final double[][] basis;
    private final double[] alpha;
    private final double[] beta;
    private final double[] ritz;

    InverseLanczos(ShiftedMatrix matrix, Native memory) {
        this.matrix = matrix;
        n = matrix.n;
        factor = memory.doubles(2L * n * n);
        entries = factor.asBuffer();
        right = memory.doubles(2L * n);
        rightEntries = right.asBuffer();
        column = new double[2 * n];
        fresh = new double[2 * n];
        Rng.of(n).fillNormal(fresh);
        scale(fresh, 1 / norm(fresh));
        vector = fresh.clone();
        int most = Math.min(n, STEPS);
        basis = new double[most + 1][];
        alpha = new double[most];
        beta = new double[most];
        ritz = new double[most];
    }

    /** The smallest singular value at x + i y; the vector stays here, for the caller and as the next start. */
    double at(double re, double im) {
        double x = re / matrix.unit;
        double y = im / matrix.unit;
        double largest = fill(x, y, 0);
        double shift = 0;
        if (!factored()) {
            // Singular to working precision: a small multiple of the identity moves the values, not the vectors.
            shift = 4 * n * Math.ulp(largest);
            fill(x, y, shift);
            if (!factored()) {
                throw new NotConverged("ShiftedMatrix", 0);
            }
        }
        double squared = Math.max(0, 1 / iterate() - shift);
        return matrix.unit * (squared < SMALL * largest ? direct(x, y) : Math.sqrt(squared));
    }

    double[] vectorRe() {
        return part(0);
    }

    double[] vectorIm() {
        return part(1);
    }

    private double[] part(int which) {
        double[] part = new double[n];
        Arrays.setAll(part, i -> vector[2 * i + which]);
        return part;
    }

    /** Writes the lower triangle; gives its largest diagonal entry. */
    private double fill(double x, double y, double shift) {
        double diagonal = x * x + y * y + shift;
        double largest = 0;
        int at = 0;
        for (int j = 0; j < n; j++) {
            int rows = n - j;
            for (int i = 0; i < rows; i++) {
                column[2 * i] = matrix.square[at + i] - x * matrix.even[at + i];
                column[2 * i + 1] = y * matrix.odd[at + i];
            }
            column[0] += diagonal;
            column[1] = 0;
            largest = Math.max(largest, column[0]);
            entries.put(2 * (j * n + j), column, 0, 2 * rows);
            at += rows;
        }
        return largest;
    }

    private boolean factored() {
        return Native.legal("zpotrf", openblas.LAPACKE_zpotrf(Native.COLUMN_MAJOR, (byte) 'L', n, factor, n)) == 0;
    }

    /** The largest eigenvalue of the inverse; leaves its vector behind. */
    private double iterate() {
        double[] q = vector.clone();
        scale(q, 1 / norm(q));
        for (int i = 0; i < q.length; i++) {
            q[i] += FRESH * fresh[i];
        }
        scale(q, 1 / norm(q));
        basis[0] = q;
        double value = 0;
        for (int k = 0; k < alpha.length; k++) {
            double[] next = solved(basis[k]);
            double before = norm(next);
            alpha[k] = dotRe(basis[k], next);
            orthogonalise(next, k + 1);
            orthogonalise(next, k + 1);
            beta[k] = norm(next);
            value = largest(k + 1, value);
            double residual = beta[k] * last(k + 1, value);
            boolean exhausted = k + 1 == n || beta[k] <= 1e-14 * before;
            if (residual <= TOLERANCE * value || exhausted) {
                combine(k + 1);
                return value;
            }
            scale(next, 1 / beta[k]);
            basis[k + 1] = next;
        }
        throw new NotConverged("ShiftedMatrix", alpha.length);
    }

    private double[] solved(double[] q) {
        rightEntries.put(0, q);
        Native.legal("zpotrs", openblas.LAPACKE_zpotrs(Native.COLUMN_MAJOR, (byte) 'L', n, 1, factor, n, right, n));
        double[] x = new double[q.length];
        rightEntries.get(0, x);
        return x;
    }

    private void orthogonalise(double[] v, int count) {
        for (int k = 0; k < count; k++) {
            double[] q = basis[k];
            double re = dotRe(q, v);
            double im = dotIm(q, v);
            for (int i = 0; i < v.length; i += 2) {
                v[i] -= re * q[i] - im * q[i + 1];
                v[i + 1] -= re * q[i + 1] + im * q[i];
            }
        }
    }

    /** The largest eigenvalue of the tridiagonal matrix of order k by bisection; it is not below that of order k - 1. */
    private double largest(int k, double low) {
        double high = 0;
        for (int i = 0; i < k; i++) {
            high = Math.max(high, alpha[i] + (i > 0 ? beta[i - 1] : 0) + (i < k - 1 ? beta[i] : 0));
        }
        double from = Math.max(low, 0);
        double to = Math.max(from, high * (1 + 1e-15));
        while (true) {
            double middle = (from + to) / 2;
            if (middle <= from || middle >= to || to - from <= 1e-15 * to) {
                return to;
            }
            if (above(k, middle)) {
                to = middle;
            } else {
                from = middle;
            }
        }
    }

    /** Whether all eigenvalues of the tridiagonal matrix lie below. */
    private boolean above(int k, double value) {
        double pivot = value - alpha[k - 1];
        for (int i = k - 2; i >= 0 && pivot > 0; i--) {
            pivot = value - alpha[i] - beta[i] * beta[i] / pivot;
        }
        return pivot > 0;
    }

    /** Computes the eigenvector of the tridiagonal matrix, from the end where it is small; gives its last entry. */
    private double last(int k, double value) {
        double pivot = 1;
        for (int i = k - 1; i > 0; i--) {
            pivot = value - alpha[i] - (i < k - 1 ? beta[i] * beta[i] / pivot : 0);
            pivot = Math.max(pivot, Double.MIN_NORMAL);
            ritz[i] = beta[i - 1] / pivot;
        }
        ritz[0] = 1;
        double squares = 1;
        for (int i = 1; i < k; i++) {
            ritz[i] *= ritz[i - 1];
            squares += ritz[i] * ritz[i];
        }
        double length = Math.sqrt(squares);
        for (int i = 0; i < k; i++) {
            ritz[i] /= length;
        }
        return ritz[k - 1];
    }

    private void combine(int k) {
        Arrays.fill(vector, 0);
        for (int j = 0; j < k; j++) {
            double weight = ritz[j];
            double[] q = basis[j];
            for (int i = 0; i < vector.length; i++) {
                vector[i] += weight * q[i];
            }
        }
        scale(vector, 1 / norm(vector));
    }

    /** The length of [A - z I; B] v. */
    private double direct(double x, double y) {
        double[] re = vectorRe();
        double[] im = vectorIm();
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double u = Blas.dot(matrix.top, i * n, re) - x * re[i] + y * im[i];
            double v = Blas.dot(matrix.top, i * n, im) - x * im[i] - y * re[i];
            squares += u * u + v * v;
        }
        for (int i = 0; i < matrix.bottomRows; i++) {
            double u = Blas.dot(matrix.bottom, i * n, re);
            double v = Blas.dot(matrix.bottom, i * n, im);
            squares += u * u + v * v;
        }
        return Math.sqrt(squares);
    }

    private static double norm(double[] v) {
        return Math.sqrt(dotRe(v, v));
    }

    /** The real part of the inner product, whose first factor is conjugated. */
    private static double dotRe(double[] q, double[] v) {
        return Blas.dot(q, 0, v);
    }

    private static double dotIm(double[] q, double[] v) {
        double a = 0;
        double b = 0;
        for (int i = 0; i < v.length; i += 2) {
            a += q[i] * v[i + 1];
            b += q[i + 1] * v[i];
        }
        return a - b;
    }

    private static void scale(double[] v, double factor) {
        for (int i = 0; i < v.length; i++) {
            v[i] *= factor;
        }
    }
}
