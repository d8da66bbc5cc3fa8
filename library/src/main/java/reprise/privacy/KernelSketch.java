package reprise.privacy;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * One private release that answers every question "how much do the people look like y?": the sum over all rows x of the
 * Gaussian kernel exp(-|x - y|^2 / w^2).
 *
 * <p>Random features z(x) = sqrt(2 / D) cos(F x + b), with D rows of F normal of variance 2 / w^2 and uniform phases b,
 * have E z(x) z(y) = the kernel (Rahimi and Recht). What is released is s = sum z(x) with noise; the answer is
 * z(y) s. Each of the D features is at most sqrt(2 / D), so one person changes s by at most sqrt(2 D) in l1: Laplace
 * noise of scale sqrt(2 D) / epsilon, whatever the data. A projection to k dimensions before, with normal entries of
 * variance 1 / k, makes questions cheaper, d k + k D instead of d D, and less exact: a pair at distance r then has the
 * mean (1 + 2 r^2 / (k w^2))^(-k / 2) instead of its kernel.
 *
 * <pre>{@code
 * double[][] people = {{0.2, 0.1}, {0.9, 0.4}};
 * var released = KernelSketch.gaussian(0.7).features(64).release(people, 1, PrivacyBudget.of(1), Rng.of(7));
 * double[] likeness = released.sums(new double[][] {{0.5, 0.5}});
 * }</pre>
 */
@Source(arxiv = "2403.08917")
@Source(text = "A. Rahimi and B. Recht, Random Features for Large-Scale Kernel Machines, 2007", at = "Algorithm 1")
public final class KernelSketch {
    private final double width;
    private final int features;
    private final int projected;

    private KernelSketch(double width, int features, int projected) {
        this.width = width;
        this.features = features;
        this.projected = projected;
    }

    /**
     * Sets the kernel exp(-r^2 / w^2), with 512 features and no projection.
     *
     * @param width w, above 0
     * @return the sketch
     * @throws IllegalArgumentException if the width is not positive
     */
    public static KernelSketch gaussian(double width) {
        return new KernelSketch(Require.positive("width", width), 512, 0);
    }

    /**
     * Sets the number of random features. More are nearer to the kernel, with more noise.
     *
     * @param count D, at least 1
     * @return a copy
     * @throws IllegalArgumentException if there are none
     */
    public KernelSketch features(int count) {
        return new KernelSketch(width, Require.atLeast("count", count, 1), projected);
    }

    /**
     * Projects the points to fewer dimensions before.
     *
     * @param dimensions k, at least 1
     * @return a copy
     * @throws IllegalArgumentException if there are none
     */
    public KernelSketch project(int dimensions) {
        return new KernelSketch(width, features, Require.atLeast("dimensions", dimensions, 1));
    }

    /**
     * Releases the sketch: epsilon-private when one person is added or taken away. The features and the projection are
     * drawn beforehand and public.
     *
     * @param people shape [n, d]
     * @param epsilon what the release may give away, above 0
     * @param budget pays epsilon
     * @param rng the features and the noise
     * @return what answers the questions
     * @throws IllegalArgumentException if there are no people or epsilon is not positive
     * @throws BudgetOverspent if the budget has less than epsilon left; then nothing is released
     * @cost n (d k + k D) or n d D operations, n D cosines
     */
    public Release release(Dense people, double epsilon, PrivacyBudget budget, Rng rng) {
        var mechanism = LaplaceMechanism.of(Math.sqrt(2.0 * features), epsilon);
        Release exact = exact(people, rng);
        return new Release(exact.maps, exact.phases,
                mechanism.release("kernel sums", exact.sums, budget, rng.split("noise")));
    }

    /**
     * Releases the sketch: epsilon-private when one person is added or taken away.
     *
     * @param people shape [n, d]
     * @param epsilon what the release may give away, above 0
     * @param budget pays epsilon
     * @param rng the features and the noise
     * @return what answers the questions
     * @throws IllegalArgumentException if there are no people, a number is not finite or epsilon is not positive
     * @throws BudgetOverspent if the budget has less than epsilon left; then nothing is released
     */
    public Release release(double[][] people, double epsilon, PrivacyBudget budget, Rng rng) {
        return release(Dense.of("people", people), epsilon, budget, rng);
    }

    /**
     * The sketch without noise, which keeps nothing private: to measure the errors of releases.
     *
     * @param people shape [n, d]
     * @param rng the features, the same as in {@link #release}
     * @return the exact sums of the random features
     */
    public Release exact(Dense people, Rng rng) {
        int d = people.columns();
        Rng shared = rng.split("features");
        int inner = projected > 0 ? projected : d;
        double[] frequencies = shared.split("frequencies").normal(inner, features).data();
        scale(frequencies, Math.sqrt(2) / width);
        double[] phases = new double[features];
        shared.split("phases").fillUniform(phases);
        scale(phases, 2 * Math.PI);
        Dense last = Dense.of("frequencies", frequencies, inner, features);
        Dense[] maps = {last};
        if (projected > 0) {
            double[] projection = shared.split("projection").normal(d, projected).data();
            scale(projection, 1 / Math.sqrt(projected));
            maps = new Dense[] {Dense.of("projection", projection, d, projected), last};
        }
        double[] z = map(people, maps, phases);
        double[] sums = new double[features];
        for (int i = 0; i < z.length; i++) {
            sums[i % features] += z[i];
        }
        return new Release(maps, phases, sums);
    }

    /**
     * The exact sums, of the kernel itself.
     *
     * @param people shape [n, d]
     * @param questions shape [m, d]
     * @return for each question the sum over the people of the kernel
     * @throws IllegalArgumentException if the dimensions differ
     * @cost m n d
     */
    public double[] kernelSums(Dense people, Dense questions) {
        return sums(people, questions, squares -> Math.exp(-squares / (width * width)));
    }

    /**
     * What answers are on average over features, projections and noise: the kernel's sums without a projection; with
     * one to k dimensions the sums of (1 + 2 r^2 / (k w^2))^(-k / 2), since |P x|^2 k / r^2 is chi-square with k
     * degrees of freedom.
     *
     * @param people shape [n, d]
     * @param questions shape [m, d]
     * @return for each question the mean answer
     * @throws IllegalArgumentException if the dimensions differ
     * @cost m n d
     */
    public double[] meanSums(Dense people, Dense questions) {
        return projected == 0
                ? kernelSums(people, questions)
                : sums(people, questions,
                        squares -> Math.pow(1 + 2 * squares / (projected * width * width), -projected / 2.0));
    }

    private static double[] sums(Dense people, Dense questions, DoubleUnaryOperator kernel) {
        int d = people.columns();
        Require.shape("a row of questions", new int[] {questions.columns()}, d);
        double[] sums = new double[questions.rows()];
        double[] x = people.data();
        double[] y = questions.data();
        for (int q = 0; q < sums.length; q++) {
            for (int i = 0; i < people.rows(); i++) {
                double squares = 0;
                for (int c = 0; c < d; c++) {
                    double gap = x[i * d + c] - y[q * d + c];
                    squares += gap * gap;
                }
                sums[q] += kernel.applyAsDouble(squares);
            }
        }
        return sums;
    }

    private static void scale(double[] values, double factor) {
        Arrays.setAll(values, i -> factor * values[i]);
    }

    private static double[] map(Dense x, Dense[] maps, double[] phases) {
        Dense image = x;
        for (Dense map : maps) {
            image = Blas.product(image, map);
        }
        double[] z = image.data().clone();
        double size = Math.sqrt(2.0 / phases.length);
        for (int i = 0; i < z.length; i++) {
            z[i] = size * Math.cos(z[i] + phases[i % phases.length]);
        }
        return z;
    }

    /** A released sketch. It holds noisy sums of features only; questions cost nothing more. */
    public static final class Release {
        private final Dense[] maps;
        private final double[] phases;
        private final double[] sums;

        private Release(Dense[] maps, double[] phases, double[] sums) {
            this.maps = maps;
            this.phases = phases;
            this.sums = sums;
        }

        /**
         * The kernel sums at several places.
         *
         * @param questions shape [m, d]
         * @return for each the sum over all people of the kernel, with noise and the error of the features
         * @throws IllegalArgumentException if d is not the people's
         * @cost {@link #multiplyAdds} a question
         */
        public double[] sums(Dense questions) {
            Require.shape("a row of questions", new int[] {questions.columns()}, maps[0].rows());
            double[] z = map(questions, maps, phases);
            double[] answers = new double[questions.rows()];
            for (int i = 0; i < z.length; i++) {
                answers[i / sums.length] += z[i] * sums[i % sums.length];
            }
            return answers;
        }

        /**
         * The kernel sums at several places.
         *
         * @param questions shape [m, d]
         * @return for each the sum over all people of the kernel, with noise and the error of the features
         * @throws IllegalArgumentException if d is not the people's or a number is not finite
         */
        public double[] sums(double[][] questions) {
            return sums(Dense.of("questions", questions));
        }

        /**
         * The work of a question.
         *
         * @return multiplications with an addition, cosines not counted
         */
        public int multiplyAdds() {
            int count = phases.length;
            for (Dense map : maps) {
                count += map.rows() * map.columns();
            }
            return count;
        }
    }
}
