package reprise.linalg;

import reprise.array.Dense;

/** Scaling and squaring for the matrix exponential (Higham, SIAM J. Matrix Anal. Appl. 26, 2005, algorithm 2.3). */
final class Exponential {
    private static final int[] DEGREE = {3, 5, 7, 9, 13};

    /** Largest 1-norms at which each degree has a backward error below rounding; Higham's table 2.3. */
    private static final double[] RADIUS = {
        1.495585217958292e-2, 2.539398330063230e-1, 9.504178996162932e-1, 2.097847961257068, 5.371920351148152
    };

    private Exponential() {}

    static Dense of(Dense a) {
        double norm = Norms.one(a);
        for (int i = 0; i < 4; i++) {
            if (norm <= RADIUS[i]) {
                return pade(a, DEGREE[i]);
            }
        }
        int squarings = Math.max(0, Math.getExponent(norm / RADIUS[4]) + 1);
        Dense scaled = MatrixFunctions.sum(Math.scalb(1.0, -squarings), a, 0, a);
        Dense e = pade(scaled, 13);
        for (int i = 0; i < squarings; i++) {
            e = Blas.product(e, e);
        }
        return e;
    }

    /** The diagonal approximant (V - U)^-1 (V + U) with U the odd and V the even part of the numerator. */
    private static Dense pade(Dense a, int degree) {
        double[] c = coefficients(degree);
        Dense one = Shapes.identity(a.rows());
        Dense a2 = Blas.product(a, a);
        Dense u;
        Dense v;
        if (degree == 13) {
            Dense a4 = Blas.product(a2, a2);
            Dense a6 = Blas.product(a4, a2);
            Dense high = combination(new double[] {c[13], c[11], c[9]}, a6, a4, a2);
            Dense low = combination(new double[] {c[7], c[5], c[3], c[1]}, a6, a4, a2, one);
            u = Blas.product(a, MatrixFunctions.sum(1, Blas.product(a6, high), 1, low));
            Dense evenHigh = combination(new double[] {c[12], c[10], c[8]}, a6, a4, a2);
            Dense evenLow = combination(new double[] {c[6], c[4], c[2], c[0]}, a6, a4, a2, one);
            v = MatrixFunctions.sum(1, Blas.product(a6, evenHigh), 1, evenLow);
        } else {
            Dense odd = MatrixFunctions.sum(c[1], one, 0, one);
            v = MatrixFunctions.sum(c[0], one, 0, one);
            Dense power = one;
            for (int k = 2; k < degree; k += 2) {
                power = Blas.product(power, a2);
                odd = MatrixFunctions.sum(1, odd, c[k + 1], power);
                v = MatrixFunctions.sum(1, v, c[k], power);
            }
            u = Blas.product(a, odd);
        }
        return Solve.linear(MatrixFunctions.sum(1, v, -1, u), MatrixFunctions.sum(1, v, 1, u));
    }

    /** The numerator's coefficients, (2m - k)! / ((m - k)! k!) up to a common factor that makes the last one 1. */
    private static double[] coefficients(int m) {
        double[] c = new double[m + 1];
        c[m] = 1;
        for (int k = m; k > 0; k--) {
            c[k - 1] = c[k] * k * (2 * m - k + 1) / (m - k + 1);
        }
        return c;
    }

    private static Dense combination(double[] factors, Dense... terms) {
        Dense sum = MatrixFunctions.sum(factors[0], terms[0], 0, terms[0]);
        for (int i = 1; i < terms.length; i++) {
            sum = MatrixFunctions.sum(1, sum, factors[i], terms[i]);
        }
        return sum;
    }
}
