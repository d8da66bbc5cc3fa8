package reprise.data;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.random.Rng;

/**
 * Made-up sets whose shape is known, as scikit-learn defines them (make_swiss_roll and its siblings); the same seed
 * gives the same points here, not those of scikit-learn. Classes come in random order.
 *
 * <pre>{@code
 * Labelled moons = Synthetic.moons(500, 0.05, Rng.of(7));
 * }</pre>
 */
public final class Synthetic {
    private Synthetic() {}

    /**
     * The Swiss roll: (t cos t, height, t sin t) for t uniform on [1.5 pi, 4.5 pi] and a height uniform on [0, 21]
     * (S. Marsland, Machine Learning: An Algorithmic Perspective, 2014, chapter 6).
     *
     * @param n the number of points, at least 1
     * @param noise the standard deviation of the normal noise on each coordinate, at least 0
     * @param rng the randomness
     * @return the points and t
     * @throws IllegalArgumentException if n or the noise is out of range
     * @cost O(n)
     */
    public static Unrolled swissRoll(int n, double noise, Rng rng) {
        double[] t = new double[Require.atLeast("n", n, 1)];
        double[] x = new double[Math.multiplyExact(n, 3)];
        for (int i = 0; i < n; i++) {
            t[i] = 1.5 * Math.PI * (1 + 2 * rng.uniform());
            x[3 * i] = t[i] * Math.cos(t[i]);
            x[3 * i + 1] = 21 * rng.uniform();
            x[3 * i + 2] = t[i] * Math.sin(t[i]);
        }
        return new Unrolled(disturbed(x, 3, noise, rng), t);
    }

    /**
     * The S curve: (sin t, height, sign(t) (cos t - 1)) for t uniform on [-1.5 pi, 1.5 pi] and a height uniform on
     * [0, 2].
     *
     * @param n the number of points, at least 1
     * @param noise the standard deviation of the normal noise on each coordinate, at least 0
     * @param rng the randomness
     * @return the points and t
     * @throws IllegalArgumentException if n or the noise is out of range
     * @cost O(n)
     */
    public static Unrolled sCurve(int n, double noise, Rng rng) {
        double[] t = new double[Require.atLeast("n", n, 1)];
        double[] x = new double[Math.multiplyExact(n, 3)];
        for (int i = 0; i < n; i++) {
            t[i] = 3 * Math.PI * (rng.uniform() - 0.5);
            x[3 * i] = Math.sin(t[i]);
            x[3 * i + 1] = 2 * rng.uniform();
            x[3 * i + 2] = Math.signum(t[i]) * (Math.cos(t[i]) - 1);
        }
        return new Unrolled(disturbed(x, 3, noise, rng), t);
    }

    /**
     * Two interleaved half circles of radius 1: class 0 the upper one about (0, 0), class 1 the lower one about
     * (1, 0.5). Points are equally spaced along each.
     *
     * @param n the number of points, at least 1; class 0 has n / 2, rounded down
     * @param noise the standard deviation of the normal noise on each coordinate, at least 0
     * @param rng the randomness: the order and the noise
     * @return points in the plane with their half
     * @throws IllegalArgumentException if n or the noise is out of range
     * @cost O(n)
     */
    public static Labelled moons(int n, double noise, Rng rng) {
        int outer = Require.atLeast("n", n, 1) / 2;
        return shuffled(n, 2, noise, rng, (i, x) -> {
            boolean lower = i >= outer;
            int place = lower ? i - outer : i;
            double angle = Math.PI * place / Math.max(1, (lower ? n - outer : outer) - 1);
            x[0] = lower ? 1 - Math.cos(angle) : Math.cos(angle);
            x[1] = lower ? 0.5 - Math.sin(angle) : Math.sin(angle);
            return lower ? 1 : 0;
        });
    }

    /**
     * Two circles about the origin: class 0 of radius 1, class 1 inside it. Points are equally spaced on each.
     *
     * @param n the number of points, at least 1; class 0 has n / 2, rounded down
     * @param factor the radius of the inner circle, above 0 and below 1
     * @param noise the standard deviation of the normal noise on each coordinate, at least 0
     * @param rng the randomness: the order and the noise
     * @return points in the plane with their circle
     * @throws IllegalArgumentException if an argument is out of range
     * @cost O(n)
     */
    public static Labelled circles(int n, double factor, double noise, Rng rng) {
        int outer = Require.atLeast("n", n, 1) / 2;
        Require.inside("factor", factor, 0, 1);
        return shuffled(n, 2, noise, rng, (i, x) -> {
            boolean inner = i >= outer;
            double angle = 2 * Math.PI * (inner ? (i - outer) / (double) (n - outer) : i / (double) outer);
            x[0] = (inner ? factor : 1) * Math.cos(angle);
            x[1] = (inner ? factor : 1) * Math.sin(angle);
            return inner ? 1 : 0;
        });
    }

    /**
     * Round normal clouds.
     *
     * @param n the number of points, at least 1; the first classes have one more if it does not divide
     * @param centres the centre of each class, shape [k, d]
     * @param noise the standard deviation of each cloud in each direction, at least 0
     * @param rng the randomness
     * @return points with their cloud
     * @throws IllegalArgumentException if an argument is out of range
     * @cost O(n d)
     */
    public static Labelled blobs(int n, double[][] centres, double noise, Rng rng) {
        Dense centre = Dense.of("centres", centres);
        int k = centre.rows();
        int d = centre.columns();
        return shuffled(Require.atLeast("n", n, 1), d, noise, rng, (i, x) -> {
            System.arraycopy(centre.data(), i % k * d, x, 0, d);
            return i % k;
        });
    }

    /**
     * The black fields of a board of 4 x 4 unit squares on [-2, 2] squared, uniformly: without noise the density is 1/8
     * on them and 0 elsewhere.
     *
     * @param n the number of points, at least 1; the first fields have one more if it does not divide by 8
     * @param noise the standard deviation of the normal noise on each coordinate, at least 0
     * @param rng the randomness
     * @return points in the plane with their field, from 0 to 7
     * @throws IllegalArgumentException if an argument is out of range
     * @cost O(n)
     */
    public static Labelled checkerboard(int n, double noise, Rng rng) {
        Rng places = rng.split("places");
        return shuffled(Require.atLeast("n", n, 1), 2, noise, rng, (i, x) -> {
            int field = i % 8;
            int row = field / 2;
            x[0] = -2 + 2 * (field % 2) + row % 2 + places.uniform();
            x[1] = -2 + row + places.uniform();
            return field;
        });
    }

    /**
     * Bent arms around the origin: normal clouds, long along the radius and thin across it, turned the more the farther
     * out a point lies.
     *
     * @param n the number of points, at least 1; the first arms have one more if it does not divide
     * @param arms how many, at least 1
     * @param rng the randomness
     * @return points in the plane with their arm; radii are about 2
     * @throws IllegalArgumentException if an argument is out of range
     * @cost O(n)
     */
    public static Labelled pinwheel(int n, int arms, Rng rng) {
        Require.atLeast("arms", arms, 1);
        Rng cloud = rng.split("cloud");
        return shuffled(Require.atLeast("n", n, 1), 2, 0, rng, (i, x) -> {
            double along = 1 + 0.3 * cloud.normal();
            double across = 0.1 * cloud.normal();
            double angle = 2 * Math.PI * (i % arms) / arms + 0.25 * Math.exp(along);
            x[0] = 2 * (along * Math.cos(angle) - across * Math.sin(angle));
            x[1] = 2 * (along * Math.sin(angle) + across * Math.cos(angle));
            return i % arms;
        });
    }

    private interface Maker {
        /** Writes the i-th point and returns its class. */
        int point(int i, double[] x);
    }

    private static Labelled shuffled(int n, int d, double noise, Rng rng, Maker maker) {
        double[] x = new double[Math.multiplyExact(n, d)];
        int[] labels = new int[n];
        int[] order = rng.permutation(n);
        double[] point = new double[d];
        for (int i = 0; i < n; i++) {
            labels[order[i]] = maker.point(i, point);
            System.arraycopy(point, 0, x, order[i] * d, d);
        }
        return new Labelled(disturbed(x, d, noise, rng), labels);
    }

    private static Dense disturbed(double[] x, int d, double noise, Rng rng) {
        if (Require.nonNegative("noise", noise) > 0) {
            for (int i = 0; i < x.length; i++) {
                x[i] += noise * rng.normal();
            }
        }
        return Dense.of("x", x, x.length / d, d);
    }
}
