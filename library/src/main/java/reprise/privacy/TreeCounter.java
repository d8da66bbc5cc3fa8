package reprise.privacy;

import reprise.array.Require;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Sums over all beginnings of a row of places, released at once: a dyadic tree of noisy block sums.
 *
 * <p>2^L places hold numbers. Each block of 2^k neighbouring places, aligned, is released with Laplace noise of scale
 * b = L sensitivity / epsilon: one person changes one place, and so one block at each of the L levels below the whole.
 * A beginning of j places is made of as many blocks as j has binary ones, at most L, so its error has variance
 * 2 b^2 ones(j), however many people there are and however many beginnings are asked for.
 *
 * <pre>{@code
 * var budget = PrivacyBudget.of(1);
 * double[] people = {3, 0, 2, 5};
 * TreeCounter.Release counts = TreeCounter.of(1, 1).release("ages", people, budget, Rng.of(7));
 * double firstTwo = counts.prefix(2);   // near 3
 * }</pre>
 */
@Source(text = "C. Dwork, M. Naor, T. Pitassi and G. Rothblum, Differential Privacy under Continual Observation, 2010")
@Source(arxiv = "2403.08917")
public final class TreeCounter {
    private final double sensitivity;
    private final double epsilon;

    private TreeCounter(double sensitivity, double epsilon) {
        this.sensitivity = sensitivity;
        this.epsilon = epsilon;
    }

    /**
     * Sets the noise.
     *
     * @param sensitivity by how much one person, added or taken away, changes one place, above 0; to replace a person
     *     is both, and costs twice epsilon
     * @param epsilon what the whole release may give away, above 0
     * @return the counter
     * @throws IllegalArgumentException if either is not positive
     */
    public static TreeCounter of(double sensitivity, double epsilon) {
        return new TreeCounter(Require.positive("sensitivity", sensitivity), Require.positive("epsilon", epsilon));
    }

    /**
     * Releases the tree.
     *
     * @param what what is summed, for the budget's list
     * @param places the exact numbers, finite; their number is a power of 2 from 2 on
     * @param budget pays epsilon
     * @param rng the noise
     * @return the noisy tree
     * @throws IllegalArgumentException if the number of places is no such power, or a number is not finite
     * @throws BudgetOverspent if the budget has less than epsilon left; then nothing is released
     * @cost two draws of noise a place
     */
    public Release release(String what, double[] places, PrivacyBudget budget, Rng rng) {
        double[] nodes = sums(places);
        budget.spend(what, epsilon);
        double scale = Integer.numberOfTrailingZeros(places.length) * sensitivity / epsilon;
        for (int i = 2; i < nodes.length; i++) {
            nodes[i] += rng.laplace(scale);
        }
        return new Release(nodes, scale);
    }

    /**
     * The tree without noise, which keeps nothing private: to measure the errors of releases.
     *
     * @param places the exact numbers, finite; their number is a power of 2 from 2 on
     * @return the exact tree
     * @throws IllegalArgumentException if the number of places is no such power, or a number is not finite
     */
    public static Release exact(double[] places) {
        return new Release(sums(places), 0);
    }

    private static double[] sums(double[] places) {
        int n = Require.finite("places", places).length;
        if (n < 2 || Integer.bitCount(n) != 1) {
            throw new IllegalArgumentException("number of places must be a power of 2 from 2 on, was " + n);
        }
        double[] nodes = new double[2 * n];
        System.arraycopy(places, 0, nodes, n, n);
        for (int i = n - 1; i > 1; i--) {
            nodes[i] = nodes[2 * i] + nodes[2 * i + 1];
        }
        return nodes;
    }

    /** A released tree: node i has the children 2 i and 2 i + 1; the two halves are nodes 2 and 3. */
    public static final class Release {
        private final double[] nodes;
        private final double scale;
        private final int levels;

        private Release(double[] nodes, double scale) {
            this.nodes = nodes;
            this.scale = scale;
            this.levels = Integer.numberOfTrailingZeros(nodes.length / 2);
        }

        /**
         * The number of places.
         *
         * @return 2^L
         */
        public int places() {
            return nodes.length / 2;
        }

        /**
         * The sum over the first places.
         *
         * @param j how many, from 0 to 2^L
         * @return the sum, with the noise of {@link #blocks} blocks
         * @throws IllegalArgumentException if j is outside its range
         * @cost L additions
         */
        public double prefix(int j) {
            if (inRange(j) == places()) {
                return nodes[2] + nodes[3];
            }
            double sum = 0;
            for (int node = places() + j; node > 1; node /= 2) {
                if (node % 2 == 1) {
                    sum += nodes[node - 1];
                }
            }
            return sum;
        }

        /**
         * The sum over the last places.
         *
         * @param j how many places are left out at the beginning, from 0 to 2^L
         * @return the sum; its noise is that of {@link #blocks} of 2^L - j blocks, none of them in {@link #prefix} of j
         * @throws IllegalArgumentException if j is outside its range
         * @cost L additions
         */
        public double suffix(int j) {
            if (inRange(j) == 0) {
                return nodes[2] + nodes[3];
            }
            double sum = 0;
            for (int node = places() + j - 1; node > 1; node /= 2) {
                if (node % 2 == 0) {
                    sum += nodes[node + 1];
                }
            }
            return sum;
        }

        /**
         * How many noisy blocks a sum over the first j places takes.
         *
         * @param j from 0 to 2^L
         * @return the number of binary ones in j, but 2 for all places
         * @throws IllegalArgumentException if j is outside its range
         */
        public int blocks(int j) {
            return inRange(j) == places() ? 2 : Integer.bitCount(j);
        }

        /**
         * The scale b of each block's noise.
         *
         * @return L sensitivity / epsilon; 0 for an exact tree
         */
        public double scale() {
            return scale;
        }

        /**
         * What this release says about one person: the logarithm of how much likelier it is without them than with
         * them. Its absolute value never exceeds epsilon; that is the privacy.
         *
         * @param places the exact numbers without the person
         * @param place where the person is, from 0 to 2^L - 1
         * @param amount by how much they change that place
         * @return log p(release without) - log p(release with), in nats
         * @throws IllegalArgumentException if the places are not this tree's, or the place is outside
         * @throws IllegalStateException if this tree has no noise
         * @cost two operations a place
         */
        public double privacyLoss(double[] places, int place, double amount) {
            double[] exact = sums(places);
            Require.shape("places", new int[] {places.length}, places());
            if (place < 0 || place >= places()) {
                throw new IllegalArgumentException("place must be from 0 to " + (places() - 1) + ", was " + place);
            }
            if (scale == 0) {
                throw new IllegalStateException("an exact tree has an infinite loss");
            }
            double loss = 0;
            for (int node = places() + place; node > 1; node /= 2) {
                double noise = nodes[node] - exact[node];
                loss += (Math.abs(noise - amount) - Math.abs(noise)) / scale;
            }
            return loss;
        }

        int levels() {
            return levels;
        }

        private int inRange(int j) {
            if (j < 0 || j > places()) {
                throw new IllegalArgumentException("j must be from 0 to " + places() + ", was " + j);
            }
            return j;
        }
    }
}
