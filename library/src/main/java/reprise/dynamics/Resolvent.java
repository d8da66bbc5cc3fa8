package reprise.dynamics;

import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.linalg.Schur;

/** Solves (A - z I) x = g for many complex z through the real Schur form of A: one substitution each. */
final class Resolvent {
    private final int n;
    private final double[] t;
    private final double[] g;

    Resolvent(Schur schur, double[] g) {
        Dense upper = schur.t();
        n = upper.rows();
        t = upper.data();
        this.g = Blas.productAt(schur.z(), g);
    }

    /** The sum over k from 0 on of z^-k &lt;A^k g, g&gt; = -z &lt;(A - z)^-1 g, g&gt;, real and imaginary part. */
    double[] series(double re, double im) {
        double[][] x = solve(re, im);
        double u = 0;
        double v = 0;
        for (int i = 0; i < n; i++) {
            u += x[0][i] * g[i];
            v += x[1][i] * g[i];
        }
        return new double[] {-(re * u - im * v), -(re * v + im * u)};
    }

    /** In the coordinates of the Schur vectors. */
    private double[][] solve(double re, double im) {
        double[] x = g.clone();
        double[] y = new double[n];
        int i = n - 1;
        while (i >= 0) {
            boolean pair = i > 0 && t[i * n + i - 1] != 0;
            int first = pair ? i - 1 : i;
            for (int row = first; row <= i; row++) {
                for (int j = i + 1; j < n; j++) {
                    x[row] -= t[row * n + j] * x[j];
                    y[row] -= t[row * n + j] * y[j];
                }
            }
            if (pair) {
                two(first, re, im, x, y);
            } else {
                double a = t[i * n + i] - re;
                double square = a * a + im * im;
                double p = (x[i] * a - y[i] * im) / square;
                y[i] = (y[i] * a + x[i] * im) / square;
                x[i] = p;
            }
            i = first - 1;
        }
        return new double[][] {x, y};
    }

    /** A block of a conjugate pair, by Cramer's rule. */
    private void two(int k, double re, double im, double[] x, double[] y) {
        double a = t[k * n + k] - re;
        double b = t[k * n + k + 1];
        double c = t[(k + 1) * n + k];
        double d = t[(k + 1) * n + k + 1] - re;
        double detRe = a * d - im * im - b * c;
        double detIm = -im * (a + d);
        double square = detRe * detRe + detIm * detIm;
        double p = d * x[k] + im * y[k] - b * x[k + 1];
        double q = d * y[k] - im * x[k] - b * y[k + 1];
        double r = a * x[k + 1] + im * y[k + 1] - c * x[k];
        double s = a * y[k + 1] - im * x[k + 1] - c * y[k];
        x[k] = (p * detRe + q * detIm) / square;
        y[k] = (q * detRe - p * detIm) / square;
        x[k + 1] = (r * detRe + s * detIm) / square;
        y[k + 1] = (s * detRe - r * detIm) / square;
    }
}
