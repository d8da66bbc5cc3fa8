package reprise.linalg;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;

/** The checks that only matrices need, and the one wording of their messages. */
final class Shapes {
    /** Relative difference below which entries count as mirrored: rounding of a product, not a mistake. */
    private static final double ASYMMETRY = 1e-8;

    private Shapes() {}

    static void square(String name, Dense a) {
        if (a.rows() != a.columns()) {
            throw new IllegalArgumentException(name + " must be square, had shape " + of(a));
        }
    }

    static void symmetric(String name, Dense a) {
        square(name, a);
        int n = a.rows();
        double[] x = a.data();
        double slack = ASYMMETRY * Norms.max(a);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                if (Math.abs(x[i * n + j] - x[j * n + i]) > slack) {
                    throw new IllegalArgumentException(name + " must be symmetric, but its entry (" + i + ", " + j
                            + ") was " + x[i * n + j] + " and (" + j + ", " + i + ") was " + x[j * n + i]);
                }
            }
        }
    }

    static void match(boolean fits, String rule, String nameA, Dense a, String nameB, Dense b) {
        if (!fits) {
            throw new IllegalArgumentException(
                    rule + ": " + nameA + " had shape " + of(a) + ", " + nameB + " had shape " + of(b));
        }
    }

    static void sameRows(String nameA, Dense a, String nameB, Dense b) {
        match(a.rows() == b.rows(), nameA + " and " + nameB + " must have as many rows", nameA, a, nameB, b);
    }

    static void same(String nameA, Dense a, String nameB, Dense b) {
        match(
                a.rows() == b.rows() && a.columns() == b.columns(),
                nameA + " and " + nameB + " must have one shape",
                nameA, a, nameB, b);
    }

    /** A matrix of one column, back as a vector if the right-hand side was one. */
    static INDArray like(INDArray b, Dense x) {
        INDArray array = x.toArray();
        return b.rank() < 2 ? array.reshape(x.rows()) : array;
    }

    static Dense column(String name, double[] b) {
        return Dense.of(name, b.clone(), b.length, 1);
    }

    static Dense identity(int n) {
        double[] one = new double[n * n];
        for (int i = 0; i < n; i++) {
            one[i * n + i] = 1;
        }
        return Dense.of("identity", one, n, n);
    }

    private static String of(Dense a) {
        return "[" + a.rows() + ", " + a.columns() + "]";
    }
}
