package reprise.prob;

import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.Cholesky;
import reprise.linalg.NotPositiveDefinite;
import reprise.linalg.Solve;
import reprise.random.Rng;

/** The normal distribution of vectors. Immutable. */
public final class Normal {
    private final double[] mean;
    private final Dense lower;
    private final double logConstant;

    private Normal(double[] mean, Dense lower, double logDeterminant) {
        this.mean = mean;
        this.lower = lower;
        this.logConstant = -(mean.length * Math.log(2 * Math.PI) + logDeterminant) / 2;
    }

    /**
     * Mean zero and the identity as covariance.
     *
     * @param d the number of coordinates, at least 1
     * @return N(0, I)
     * @throws IllegalArgumentException if d is below 1
     */
    public static Normal standard(int d) {
        return isotropic(new double[Require.atLeast("d", d, 1)], 1);
    }

    /**
     * The same standard deviation in all directions.
     *
     * @param mean length d, finite
     * @param sd above 0
     * @return N(mean, sd^2 I)
     * @throws IllegalArgumentException if a parameter is out of range
     */
    public static Normal isotropic(double[] mean, double sd) {
        Require.atLeast("length of mean", mean.length, 1);
        Require.positive("sd", sd);
        int d = mean.length;
        double[] lower = new double[Math.multiplyExact(d, d)];
        for (int i = 0; i < d; i++) {
            lower[i * d + i] = sd;
        }
        return new Normal(
                Require.finite("mean", mean).clone(), Dense.of("lower", lower, d, d), 2 * d * Math.log(sd));
    }

    /**
     * Independent coordinates, each with its own variance.
     *
     * @param mean length d, finite
     * @param variances length d, above 0
     * @return N(mean, diag(variances))
     * @throws IllegalArgumentException if the lengths differ or a number is out of range
     */
    public static Normal diagonal(double[] mean, double[] variances) {
        Require.atLeast("length of mean", mean.length, 1);
        Require.shape("variances", new int[] {variances.length}, mean.length);
        int d = mean.length;
        double[] lower = new double[Math.multiplyExact(d, d)];
        double logDeterminant = 0;
        for (int i = 0; i < d; i++) {
            lower[i * d + i] = Math.sqrt(Require.positive("variances[" + i + "]", variances[i]));
            logDeterminant += Math.log(variances[i]);
        }
        return new Normal(Require.finite("mean", mean).clone(), Dense.of("lower", lower, d, d), logDeterminant);
    }

    /**
     * Any mean and covariance.
     *
     * @param mean length d, finite
     * @param covariance shape [d, d], symmetric positive definite
     * @return N(mean, covariance)
     * @throws NotPositiveDefinite if the covariance is not
     * @throws IllegalArgumentException if the shapes do not fit
     * @cost d^3 / 3 operations
     */
    public static Normal of(double[] mean, Dense covariance) {
        Require.shape("covariance", new int[] {covariance.rows(), covariance.columns()}, mean.length, mean.length);
        Cholesky factor = Cholesky.of(covariance);
        return new Normal(Require.finite("mean", mean).clone(), factor.lower(), factor.logDeterminant());
    }

    /**
     * The number of coordinates.
     *
     * @return at least 1
     */
    public int dimension() {
        return mean.length;
    }

    /**
     * The mean.
     *
     * @return length d, a copy
     */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * The covariance.
     *
     * @return shape [d, d]
     * @cost d^3 operations
     */
    public Dense covariance() {
        return Blas.productABt(lower, lower);
    }

    /**
     * The distribution of some coordinates.
     *
     * @param coordinates which, different, from 0 to d - 1, at least one
     * @return theirs, in the order given
     * @throws IllegalArgumentException if one is named twice or is not there
     * @cost d^3 operations
     */
    public Normal marginal(int... coordinates) {
        Require.atLeast("number of coordinates", coordinates.length, 1);
        others(coordinates);
        double[] part = new double[coordinates.length];
        for (int i = 0; i < part.length; i++) {
            part[i] = mean[coordinates[i]];
        }
        return of(part, block(covariance(), coordinates, coordinates));
    }

    /**
     * The distribution of the other coordinates where some are known:
     * m_2 + C_21 C_11^-1 (x_1 - m_1) and C_22 - C_21 C_11^-1 C_12.
     *
     * @param known which, different, from 0 to d - 1; at least one and not all
     * @param values theirs, finite
     * @return that of the others, in their order
     * @throws IllegalArgumentException if a coordinate is named twice or is not there, or the lengths differ
     * @cost d^3 operations
     */
    public Normal conditional(int[] known, double... values) {
        Require.atLeast("number of known coordinates", known.length, 1);
        Require.shape("values", new int[] {values.length}, known.length);
        Require.finite("values", values);
        int[] open = others(known);
        Require.atLeast("number of other coordinates", open.length, 1);
        Dense all = covariance();
        Dense gain = Solve.linear(block(all, known, known), block(all, known, open));
        double[] centre = new double[open.length];
        Dense left = block(all, open, open);
        Dense explained = Blas.productAtB(gain, block(all, known, open));
        for (int j = 0; j < open.length; j++) {
            centre[j] = mean[open[j]];
            for (int i = 0; i < known.length; i++) {
                centre[j] += gain.data()[i * open.length + j] * (values[i] - mean[known[i]]);
            }
            for (int i = 0; i < open.length; i++) {
                left.data()[j * open.length + i] -= (explained.data()[j * open.length + i]
                        + explained.data()[i * open.length + j]) / 2;
            }
        }
        return of(centre, left);
    }

    private int[] others(int[] named) {
        boolean[] taken = new boolean[mean.length];
        for (int c : named) {
            if (c < 0 || c >= mean.length || taken[c]) {
                throw new IllegalArgumentException(
                        "coordinates must be different and from 0 to " + (mean.length - 1) + ", one was " + c);
            }
            taken[c] = true;
        }
        return java.util.stream.IntStream.range(0, mean.length).filter(c -> !taken[c]).toArray();
    }

    private static Dense block(Dense a, int[] rows, int[] columns) {
        double[] part = new double[rows.length * columns.length];
        for (int i = 0; i < part.length; i++) {
            part[i] = a.data()[rows[i / columns.length] * a.columns() + columns[i % columns.length]];
        }
        return Dense.of("block", part, rows.length, columns.length);
    }

    /**
     * Independent draws.
     *
     * @param n how many, at least 1
     * @param rng the randomness
     * @return shape [n, d]
     * @throws IllegalArgumentException if n is below 1
     * @cost n d draws and n d^2 multiplications
     */
    public Dense sample(int n, Rng rng) {
        Dense x = Blas.productABt(rng.normal(n, mean.length), lower);
        for (int k = 0; k < x.data().length; k++) {
            x.data()[k] += mean[k % mean.length];
        }
        return x;
    }

    /**
     * The logarithm of the density.
     *
     * @param x points, shape [m, d]
     * @return in nats, length m
     * @throws IllegalArgumentException if the points have another dimension
     * @cost m d^2 operations
     */
    public double[] logDensity(Dense x) {
        int d = mean.length;
        Dense z = Solve.lowerTriangular(lower, centred(x));
        double[] log = new double[x.rows()];
        for (int i = 0; i < log.length; i++) {
            double square = 0;
            for (int k = 0; k < d; k++) {
                square += z.data()[k * log.length + i] * z.data()[k * log.length + i];
            }
            log[i] = logConstant - square / 2;
        }
        return log;
    }

    /**
     * The logarithm of the density, for ND4J arrays.
     *
     * @param x points, shape [m, d]
     * @return in nats, length m
     * @throws IllegalArgumentException if the points have another dimension
     * @cost m d^2 operations
     */
    public double[] logDensity(INDArray x) {
        return logDensity(Dense.of("x", x));
    }

    /**
     * The gradient of the log density, -covariance^-1 (x - mean).
     *
     * @param x points, shape [m, d]
     * @return shape [m, d]
     * @throws IllegalArgumentException if the points have another dimension
     * @cost 2 m d^2 operations
     */
    public Dense score(Dense x) {
        int d = mean.length;
        Dense z = Solve.lowerTriangular(lower, centred(x));
        Dense y = Solve.upperTriangular(transposed(lower), z);
        double[] score = new double[x.data().length];
        for (int k = 0; k < score.length; k++) {
            score[k] = -y.data()[k % d * x.rows() + k / d];
        }
        return Dense.of("score", score, x.rows(), d);
    }

    /** x - mean, one point per column: shape [d, m]. */
    private Dense centred(Dense x) {
        int d = mean.length;
        Require.shape("x", new int[] {x.rows(), x.columns()}, x.rows(), d);
        double[] columns = new double[x.data().length];
        for (int k = 0; k < columns.length; k++) {
            columns[k % d * x.rows() + k / d] = x.data()[k] - mean[k % d];
        }
        return Dense.of("x", columns, d, x.rows());
    }

    private static Dense transposed(Dense a) {
        int n = a.rows();
        double[] t = new double[n * n];
        for (int k = 0; k < t.length; k++) {
            t[k] = a.data()[k % n * n + k / n];
        }
        return Dense.of("a", t, n, n);
    }
}
