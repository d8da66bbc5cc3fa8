package reprise.linalg;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;

/** Norms and condition numbers of matrices. */
public final class Norms {
    private Norms() {}

    /**
     * The largest sum of absolute values in a column: the operator norm for vectors under the 1-norm.
     *
     * @param a shape [m, n]
     * @return at least 0
     * @cost m n operations
     */
    public static double one(Dense a) {
        int n = a.columns();
        double[] sums = new double[n];
        for (int row = 0; row < a.data().length; row += n) {
            for (int j = 0; j < n; j++) {
                sums[j] += Math.abs(a.data()[row + j]);
            }
        }
        double most = 0;
        for (double sum : sums) {
            most = Math.max(most, sum);
        }
        return most;
    }

    /**
     * As {@link #one(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return at least 0
     */
    public static double one(INDArray a) {
        return one(Dense.of("a", a));
    }

    /**
     * As {@link #one(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return at least 0
     */
    public static double one(double[][] a) {
        return one(Dense.of("a", a));
    }

    /**
     * The largest sum of absolute values in a row: the operator norm for vectors under the maximum norm.
     *
     * @param a shape [m, n]
     * @return at least 0
     * @cost m n operations
     */
    public static double infinity(Dense a) {
        return one(Blas.transpose(a));
    }

    /**
     * As {@link #infinity(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return at least 0
     */
    public static double infinity(INDArray a) {
        return infinity(Dense.of("a", a));
    }

    /**
     * As {@link #infinity(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return at least 0
     */
    public static double infinity(double[][] a) {
        return infinity(Dense.of("a", a));
    }

    /**
     * The root of the sum of squares. Neither overflows nor underflows on the way.
     *
     * @param a shape [m, n]
     * @return at least 0
     * @cost m n operations
     */
    public static double frobenius(Dense a) {
        return euclidean(a.data());
    }

    /**
     * As {@link #frobenius(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return at least 0
     */
    public static double frobenius(INDArray a) {
        return frobenius(Dense.of("a", a));
    }

    /**
     * As {@link #frobenius(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return at least 0
     */
    public static double frobenius(double[][] a) {
        return frobenius(Dense.of("a", a));
    }

    /**
     * The largest absolute entry.
     *
     * @param a shape [m, n]
     * @return at least 0
     * @cost m n operations
     */
    public static double max(Dense a) {
        return max(a.data());
    }

    /**
     * As {@link #max(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return at least 0
     */
    public static double max(INDArray a) {
        return max(Dense.of("a", a));
    }

    /**
     * As {@link #max(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return at least 0
     */
    public static double max(double[][] a) {
        return max(Dense.of("a", a));
    }

    /**
     * The largest singular value: the operator norm for Euclidean vectors.
     *
     * @param a shape [m, n]
     * @return at least 0
     * @throws NotConverged if LAPACK's iteration fails
     * @cost the singular values of a, O(m n min(m, n))
     */
    public static double spectral(Dense a) {
        return Svd.values(a)[0];
    }

    /**
     * As {@link #spectral(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return at least 0
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double spectral(INDArray a) {
        return spectral(Dense.of("a", a));
    }

    /**
     * As {@link #spectral(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return at least 0
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double spectral(double[][] a) {
        return spectral(Dense.of("a", a));
    }

    /**
     * The sum of the singular values.
     *
     * @param a shape [m, n]
     * @return at least 0
     * @throws NotConverged if LAPACK's iteration fails
     * @cost the singular values of a, O(m n min(m, n))
     */
    public static double nuclear(Dense a) {
        double sum = 0;
        for (double s : Svd.values(a)) {
            sum += s;
        }
        return sum;
    }

    /**
     * As {@link #nuclear(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return at least 0
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double nuclear(INDArray a) {
        return nuclear(Dense.of("a", a));
    }

    /**
     * As {@link #nuclear(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return at least 0
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double nuclear(double[][] a) {
        return nuclear(Dense.of("a", a));
    }

    /**
     * The condition number in the spectral norm: largest over smallest singular value.
     *
     * @param a shape [m, n]
     * @return at least 1; infinite if the smallest singular value is zero
     * @throws NotConverged if LAPACK's iteration fails
     * @cost the singular values of a, O(m n min(m, n)); {@link Lu#reciprocalCondition()} is cheaper
     */
    public static double condition(Dense a) {
        double[] s = Svd.values(a);
        return s[s.length - 1] == 0 ? Double.POSITIVE_INFINITY : s[0] / s[s.length - 1];
    }

    /**
     * As {@link #condition(Dense)}, for ND4J arrays.
     *
     * @param a shape [m, n]
     * @return at least 1; infinite if the smallest singular value is zero
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double condition(INDArray a) {
        return condition(Dense.of("a", a));
    }

    /**
     * As {@link #condition(Dense)}, for arrays of rows.
     *
     * @param a shape [m, n]
     * @return at least 1; infinite if the smallest singular value is zero
     * @throws NotConverged if LAPACK's iteration fails
     */
    public static double condition(double[][] a) {
        return condition(Dense.of("a", a));
    }

    /** The Euclidean norm, scaled so that squares stay within range. */
    static double euclidean(double[] x) {
        double scale = max(x);
        if (scale == 0) {
            return 0;
        }
        double inverse = 1 / scale;
        boolean tame = inverse < Double.POSITIVE_INFINITY;
        double sum = 0;
        for (double v : x) {
            double r = tame ? v * inverse : v / scale;
            sum += r * r;
        }
        return scale * Math.sqrt(sum);
    }

    static double max(double[] x) {
        double most = 0;
        for (double v : x) {
            most = Math.max(most, Math.abs(v));
        }
        return most;
    }
}
