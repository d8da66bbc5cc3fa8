package reprise.privacy;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.data.Labelled;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * A classifier from one private release of class sums.
 *
 * <p>For class c, with n_c people, the sum s_c of their rows and the sum q_c of their squared lengths,
 * sum |x - y|^2 = n_c |y|^2 - 2 y s_c + q_c, so that noisy (s_c, q_c, n_c) answer every question about squared
 * distances. The paper predicts the class of the least average distance. The nearest mean, |y - s_c / n_c|, needs no
 * q_c and leaves nearly the whole budget to s_c. People of different classes are different people, so all classes
 * together cost as much as one.
 *
 * <pre>{@code
 * Dense unit = ClassSketch.unitRows(Classic.digits().points().x());
 * var people = new Labelled(unit, Classic.digits().points().labels());
 * var released = ClassSketch.nearestMean().release(people, 1, 1e-5, PrivacyBudget.of(1, 1e-5), Rng.of(7));
 * double accuracy = released.accuracy(people);
 * }</pre>
 */
@Source(arxiv = "2403.08917")
public final class ClassSketch {
    /** Rows scaled to length 1 may exceed it by rounding. */
    private static final double ROUNDING = 1e-12;

    private final double forSums;
    private final double forSquares;

    private ClassSketch(double forSums, double forSquares) {
        this.forSums = forSums;
        this.forSquares = forSquares;
    }

    /**
     * The paper's rule: the class whose average squared distance is least; a third of epsilon for each of s, q and n.
     *
     * @return the sketch
     */
    public static ClassSketch averageDistance() {
        return new ClassSketch(1.0 / 3, 1.0 / 3);
    }

    /**
     * The class whose mean is nearest; nine tenths of epsilon for s, the rest for n, and no q.
     *
     * @return the sketch
     */
    public static ClassSketch nearestMean() {
        return new ClassSketch(0.9, 0);
    }

    /**
     * Divides each row by its own length. No row looks at another, so it costs no privacy; to divide by the largest
     * length among the people would.
     *
     * @param x shape [n, d]
     * @return rows of length 1; a row of zeros stays
     */
    public static Dense unitRows(Dense x) {
        int d = x.columns();
        double[] data = x.data().clone();
        for (int i = 0; i < x.rows(); i++) {
            double length = length(data, i, d);
            for (int c = 0; c < d && length > 0; c++) {
                data[i * d + c] /= length;
            }
        }
        return Dense.of("unit rows", data, x.rows(), d);
    }

    /**
     * Releases the sums: (epsilon, delta)-private when one person is added or taken away. s has normal noise for
     * Euclidean sensitivity 1, q and n have Laplace noise for sensitivity 1.
     *
     * @param people rows of length at most 1, shape [n, d], and their classes
     * @param epsilon what the release may give away, above 0
     * @param delta the probability with which it may give away more, above 0 and below 1
     * @param budget pays epsilon and delta
     * @param rng the noise
     * @return the classifier
     * @throws IllegalArgumentException if a row is longer than 1, or epsilon or delta out of range
     * @throws BudgetOverspent if the budget has less left; then nothing is released
     * @cost n d
     */
    public Release release(Labelled people, double epsilon, double delta, PrivacyBudget budget, Rng rng) {
        Release exact = exact(people);
        Require.inside("delta", delta, 0, 1);
        var share = PrivacyBudget.of(epsilon, delta);
        budget.spend("class sums", epsilon, delta);
        double[] sums = GaussianMechanism.of(1, forSums * epsilon, delta)
                .release("sums", exact.sums, share, rng.split("sums"));
        double[] squares = forSquares == 0 ? new double[0]
                : LaplaceMechanism.of(1, forSquares * epsilon)
                        .release("squares", exact.squares, share, rng.split("squares"));
        double[] counts = LaplaceMechanism.of(1, share.epsilonLeft())
                .release("counts", exact.counts, share, rng.split("counts"));
        return new Release(sums, squares, counts);
    }

    /**
     * The classifier without noise, which keeps nothing private: to see what the noise costs.
     *
     * @param people rows of length at most 1, shape [n, d], and their classes
     * @return the classifier
     * @throws IllegalArgumentException if a row is longer than 1
     * @cost n d
     */
    public Release exact(Labelled people) {
        int d = people.x().columns();
        int classes = people.counts().length;
        double[] x = people.x().data();
        double[] sums = new double[classes * d];
        double[] squares = new double[classes];
        double[] counts = new double[classes];
        for (int i = 0; i < people.labels().length; i++) {
            double length = length(x, i, d);
            if (!(length <= 1 + ROUNDING)) {
                throw new IllegalArgumentException("length of people[" + i + "] must be at most 1, was " + length);
            }
            int label = people.labels()[i];
            counts[label]++;
            squares[label] += length * length;
            for (int c = 0; c < d; c++) {
                sums[label * d + c] += x[i * d + c];
            }
        }
        return new Release(sums, forSquares == 0 ? new double[0] : squares, counts);
    }

    private static double length(double[] x, int row, int d) {
        double squares = 0;
        for (int c = 0; c < d; c++) {
            squares += x[row * d + c] * x[row * d + c];
        }
        return Math.sqrt(squares);
    }

    /** A released classifier. Predictions cost nothing more. */
    public static final class Release {
        private final double[] sums;
        private final double[] squares;
        private final double[] counts;

        private Release(double[] sums, double[] squares, double[] counts) {
            this.sums = sums;
            this.squares = squares;
            this.counts = counts;
        }

        /**
         * The class of a point.
         *
         * @param y d coordinates
         * @return the class of the least average distance, or of the nearest mean
         * @throws IllegalArgumentException if y has another number of coordinates
         * @cost d times the number of classes
         */
        public int predict(double... y) {
            int d = sums.length / counts.length;
            Require.shape("y", new int[] {y.length}, d);
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int label = 0; label < counts.length; label++) {
                // Noise may leave a class without people.
                double n = Math.max(1, counts[label]);
                double towards = 0;
                double own = 0;
                for (int c = 0; c < d; c++) {
                    double mean = sums[label * d + c] / n;
                    towards += y[c] * mean;
                    own += mean * mean;
                }
                double distance = (squares.length > 0 ? squares[label] / n : own) - 2 * towards;
                if (distance < least) {
                    least = distance;
                    best = label;
                }
            }
            return best;
        }

        /**
         * The share of points whose class is predicted.
         *
         * @param points shape [n, d], and their classes
         * @return from 0 to 1
         * @throws IllegalArgumentException if d is not the people's
         * @cost n d times the number of classes
         */
        public double accuracy(Labelled points) {
            double[][] rows = points.x().toRows();
            int right = 0;
            for (int i = 0; i < rows.length; i++) {
                right += predict(rows[i]) == points.labels()[i] ? 1 : 0;
            }
            return right / (double) rows.length;
        }
    }
}
