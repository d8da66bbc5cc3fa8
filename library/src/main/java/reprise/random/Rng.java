package reprise.random;

import java.nio.charset.StandardCharsets;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Tasks;

/**
 * Random numbers from a seed and a path of names.
 *
 * <pre>{@code
 * Rng rng = Rng.of(7);
 * Dense data = rng.split("data").normal(1_000, 20);
 * double noise = rng.split("noise").split(3).normal();
 * }</pre>
 *
 * <p>{@code split} depends on the seed and the names only, never on how many numbers were drawn before, so that a new
 * consumer changes nobody else's numbers. Everything here gives the same numbers on any number of threads. One
 * {@code Rng} belongs to one thread at a time; give each piece of parallel work a split of its own.
 *
 * <p>The stream is the JDK's {@code L64X128MixRandom} (period 2^192), seeded from 128 bits of hash.
 */
public final class Rng {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");
    private static final int CHUNK = 4096;

    private final long high;
    private final long low;
    private final RandomGenerator stream;

    private Rng(long high, long low) {
        this.high = high;
        this.low = low;
        this.stream = FACTORY.create(seedBytes(high, low));
    }

    /**
     * The root of all streams of a run.
     *
     * @param seed any number
     * @return the stream of that seed
     * @cost about 1 microsecond
     */
    public static Rng of(long seed) {
        return new Rng(mix(seed ^ 0x5851f42d4c957f2dL), mix(seed + 0x9e3779b97f4a7c15L));
    }

    /**
     * A stream of its own for a named purpose.
     *
     * @param name any text; equal names give equal streams
     * @return a stream independent of this one and of every other name's
     * @cost about 1 microsecond
     */
    public Rng split(String name) {
        long h = mix(high ^ 0x6e616d65L);
        long l = mix(low + name.length());
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            h = mix(h ^ b) + l;
            l = mix(l + b) ^ Long.rotateLeft(h, 29);
        }
        return new Rng(mix(h), mix(l));
    }

    /**
     * A stream of its own for each of many like things: repetitions, particles, chunks.
     *
     * @param index any number; {@code split(3)} and {@code split("3")} differ
     * @return a stream independent of this one and of every other index's
     * @cost about 1 microsecond
     */
    public Rng split(int index) {
        return child(index);
    }

    private Rng child(long index) {
        long h = mix(high ^ mix(index + 0x696e646578L));
        long l = mix(low + Long.rotateLeft(h, 17) + index);
        return new Rng(h, l);
    }

    /**
     * The stream as the JDK's interface, for what this class does not offer.
     *
     * @return the same stream: numbers drawn from it are drawn from this
     */
    public RandomGenerator generator() {
        return stream;
    }

    /**
     * Uniform on [0, 1).
     *
     * @return a multiple of 2^-53
     */
    public double uniform() {
        return stream.nextDouble();
    }

    /**
     * Uniform between two numbers.
     *
     * @param low included
     * @param high excluded, above low
     * @return a draw
     * @throws IllegalArgumentException if high is not above low, or either is not finite
     */
    public double uniform(double low, double high) {
        Require.finite("low", low);
        Require.finite("high", high);
        if (!(high > low)) {
            throw new IllegalArgumentException("high must be > low = " + low + ", was " + high);
        }
        return stream.nextDouble(low, high);
    }

    /**
     * Uniform on 0, 1, ..., bound - 1.
     *
     * @param bound at least 1
     * @return a draw
     * @throws IllegalArgumentException if bound is below 1
     */
    public int integer(int bound) {
        return stream.nextInt(Require.atLeast("bound", bound, 1));
    }

    /**
     * True with a given probability.
     *
     * @param probability from 0 to 1
     * @return a draw
     * @throws IllegalArgumentException if the probability is outside [0, 1]
     */
    public boolean bernoulli(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be from 0 to 1, was " + probability);
        }
        return stream.nextDouble() < probability;
    }

    /**
     * Standard normal, by the JDK's ziggurat (McFarland 2016).
     *
     * @return a draw
     * @cost about 6 ns
     */
    public double normal() {
        return stream.nextGaussian();
    }

    /**
     * Exponential with mean 1.
     *
     * @return a draw, at least 0
     */
    public double exponential() {
        return stream.nextExponential();
    }

    /**
     * Laplace with density exp(-|x| / scale) / (2 scale).
     *
     * @param scale above 0; the variance is 2 scale^2
     * @return a draw
     * @throws IllegalArgumentException if the scale is not positive
     */
    public double laplace(double scale) {
        Require.positive("scale", scale);
        double size = scale * stream.nextExponential();
        return stream.nextBoolean() ? size : -size;
    }

    /**
     * Gamma with density x^(shape - 1) exp(-x) / Gamma(shape).
     *
     * @param shape above 0; mean and variance equal it
     * @return a draw; may underflow to 0 if the shape is below 0.01
     * @throws IllegalArgumentException if the shape is not positive
     */
    public double gamma(double shape) {
        return Gammas.gamma(stream, Require.positive("shape", shape));
    }

    /**
     * Beta with density proportional to x^(a - 1) (1 - x)^(b - 1).
     *
     * @param a above 0
     * @param b above 0
     * @return a draw from [0, 1]
     * @throws IllegalArgumentException if a or b is not positive
     */
    public double beta(double a, double b) {
        return Gammas.beta(stream, Require.positive("a", a), Require.positive("b", b));
    }

    /**
     * Chi-square: the sum of {@code df} squared standard normals, for any positive {@code df}.
     *
     * @param df degrees of freedom, above 0
     * @return a draw
     * @throws IllegalArgumentException if df is not positive
     */
    public double chiSquare(double df) {
        return 2 * Gammas.gamma(stream, Require.positive("df", df) / 2);
    }

    /**
     * Noncentral chi-square: the squared length of a normal vector with mean of squared length {@code noncentrality}.
     *
     * @param df degrees of freedom, above 0
     * @param noncentrality at least 0; the mean is df + noncentrality
     * @return a draw
     * @throws IllegalArgumentException if df is not positive or the noncentrality is negative
     */
    public double chiSquare(double df, double noncentrality) {
        return Gammas.noncentral(
                stream, Require.positive("df", df), Require.nonNegative("noncentrality", noncentrality));
    }

    /**
     * Poisson.
     *
     * @param mean at least 0 and at most 1e9
     * @return a draw
     * @throws IllegalArgumentException if the mean is outside its range
     */
    public int poisson(double mean) {
        if (!(mean >= 0 && mean <= 1e9)) {
            throw new IllegalArgumentException("mean must be from 0 to 1e9, was " + mean);
        }
        return Gammas.poisson(stream, mean);
    }

    /**
     * Uniform on the sphere of radius 1.
     *
     * @param d the number of coordinates, at least 1
     * @return a vector of length 1, shape [d]
     * @throws IllegalArgumentException if d is below 1
     * @cost O(d)
     */
    public double[] sphere(int d) {
        double[] x = new double[Require.atLeast("d", d, 1)];
        double squares;
        do {
            squares = 0;
            for (int k = 0; k < d; k++) {
                x[k] = stream.nextGaussian();
                squares += x[k] * x[k];
            }
        } while (squares == 0);
        double scale = 1 / Math.sqrt(squares);
        for (int k = 0; k < d; k++) {
            x[k] *= scale;
        }
        return x;
    }

    /**
     * A random order of 0, 1, ..., n - 1.
     *
     * @param n at least 0
     * @return each number once, all orders equally likely
     * @throws IllegalArgumentException if n is negative
     * @cost O(n)
     */
    public int[] permutation(int n) {
        return subset(n, n);
    }

    /**
     * Different numbers from 0, 1, ..., n - 1, in random order.
     *
     * @param n how many there are, at least 0
     * @param k how many to take, from 0 to n
     * @return k different numbers, all sequences equally likely
     * @throws IllegalArgumentException if k is outside [0, n]
     * @cost O(k) time and memory, however large n is
     */
    public int[] subset(int n, int k) {
        Require.atLeast("n", n, 0);
        if (k < 0 || k > n) {
            throw new IllegalArgumentException("k must be from 0 to n = " + n + ", was " + k);
        }
        return Choices.subset(stream, n, k);
    }

    /**
     * An index drawn with probability proportional to its weight.
     *
     * @param weights at least 0, not all 0
     * @return an index with a positive weight
     * @throws IllegalArgumentException if a weight is negative or not finite, or all are 0
     * @cost O(length); for many draws from the same weights use {@link #categorical(double[], int)}
     */
    public int categorical(double... weights) {
        return categorical(weights, 1)[0];
    }

    /**
     * Indices drawn independently with probability proportional to their weights.
     *
     * @param weights at least 0, not all 0
     * @param count how many to draw, at least 0
     * @return indices with positive weights
     * @throws IllegalArgumentException if a weight is negative or not finite, or all are 0
     * @cost O(length + count log length)
     */
    public int[] categorical(double[] weights, int count) {
        return Choices.weighted(stream, weights, new int[Require.atLeast("count", count, 0)]);
    }

    /**
     * A matrix of standard normals.
     *
     * @param n rows, at least 1
     * @param d columns, at least 1
     * @return shape [n, d]; {@code toArray()} makes an ND4J array of it
     * @throws IllegalArgumentException if n or d is below 1
     * @cost about 6 ns a number and core
     */
    public Dense normal(int n, int d) {
        Require.atLeast("n", n, 1);
        Require.atLeast("d", d, 1);
        double[] values = new double[Math.multiplyExact(n, d)];
        fillNormal(values);
        return Dense.of("normal", values, n, d);
    }

    /**
     * Fills an array with standard normals on all cores.
     *
     * @param values overwritten; the numbers do not depend on the number of threads
     * @cost about 6 ns a number and core
     */
    public void fillNormal(double[] values) {
        fill(values, RandomGenerator::nextGaussian);
    }

    /**
     * Fills an array with numbers uniform on [0, 1) on all cores.
     *
     * @param values overwritten; the numbers do not depend on the number of threads
     * @cost about 1 ns a number and core
     */
    public void fillUniform(double[] values) {
        fill(values, RandomGenerator::nextDouble);
    }

    private void fill(double[] values, ToDoubleFunction<RandomGenerator> draw) {
        // A fresh key a call, so that a second call gives other numbers; a stream a chunk, whoever fills it.
        var call = child(stream.nextLong());
        Tasks.forRange((values.length + CHUNK - 1) / CHUNK, c -> {
            var chunk = call.split(c).stream;
            int end = Math.min(values.length, (c + 1) * CHUNK);
            for (int i = c * CHUNK; i < end; i++) {
                values[i] = draw.applyAsDouble(chunk);
            }
        });
    }

    private static byte[] seedBytes(long high, long low) {
        byte[] bytes = new byte[32];
        long state = high;
        for (int i = 0; i < 32; i++) {
            if (i % 8 == 0) {
                state = mix(state + 0x9e3779b97f4a7c15L) ^ Long.rotateLeft(low, i);
            }
            // Seven bits a byte: JDK 17 extends the sign of seed bytes, 25 does not, and the numbers must agree.
            bytes[i] = (byte) (state >>> 8 * (i % 8) & 0x7f);
        }
        return bytes;
    }

    /** SplitMix64's finaliser (Stafford's variant 13): a bijection that changes half the bits. */
    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
