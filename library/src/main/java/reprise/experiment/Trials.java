package reprise.experiment;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import org.hipparchus.distribution.continuous.TDistribution;
import reprise.array.Require;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/**
 * The same measurement with several seeds.
 *
 * <pre>{@code Trials.run(20, rng, stream -> error(stream)).mean()}</pre>
 *
 * @param values one for each seed, finite, at least one
 */
public record Trials(double[] values) {
    /**
     * Takes measurements that were made elsewhere.
     *
     * @param values at least one, finite; copied
     * @throws IllegalArgumentException if there is none, or one is not finite
     */
    public Trials {
        Require.atLeast("number of values", values.length, 1);
        values = Require.finite("values", values).clone();
    }

    /**
     * Measures with several seeds, in parallel.
     *
     * @param seeds how many, at least 1
     * @param rng the randomness; trial k draws from {@code rng.split(k)}
     * @param measurement called once for each seed, from several threads
     * @return the values in the order of the seeds, the same on any number of threads
     * @throws IllegalArgumentException if a value is not finite, naming the seed
     * @cost the measurements, divided by the number of cores
     */
    public static Trials run(int seeds, Rng rng, ToDoubleFunction<Rng> measurement) {
        Require.atLeast("seeds", seeds, 1);
        double[] values = new double[seeds];
        try (var progress = Progress.over("Trials", seeds)) {
            Tasks.forRange(seeds, k -> {
                values[k] = Require.finite("value of seed " + k, measurement.applyAsDouble(rng.split(k)));
                progress.tick();
            });
        }
        return new Trials(values);
    }

    /**
     * How many.
     *
     * @return at least 1
     */
    public int count() {
        return values.length;
    }

    /**
     * The mean.
     *
     * @return the sum over the count
     */
    public double mean() {
        return Arrays.stream(values).sum() / values.length;
    }

    /**
     * The standard deviation of one value, with n - 1 in the denominator.
     *
     * @return at least 0; 0 for a single value
     */
    public double sd() {
        double mean = mean();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1));
    }

    /**
     * The standard error of the mean.
     *
     * @return the standard deviation over the root of the count
     */
    public double standardError() {
        return sd() / Math.sqrt(values.length);
    }

    /**
     * A quantile, interpolated between the two nearest values (Hyndman and Fan's type 7, NumPy's default).
     *
     * @param p from 0 (the smallest) to 1 (the largest)
     * @return the quantile
     * @throws IllegalArgumentException if p is outside
     * @cost O(n log n)
     */
    public double quantile(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p must be >= 0 and <= 1, was " + p);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = p * (sorted.length - 1);
        int below = (int) place;
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (place - below) * (above - sorted[below]);
    }

    /**
     * The median.
     *
     * @return the quantile at one half
     */
    public double median() {
        return quantile(0.5);
    }

    /**
     * Student's confidence interval for the mean; exact if the values are normal.
     *
     * @param level such as 0.95, above 0 and below 1
     * @return its ends
     * @throws IllegalArgumentException if the level is outside, or there are fewer than two values
     */
    public Interval interval(double level) {
        Require.atLeast("number of values", values.length, 2);
        return Interval.around(mean(), standardError(), values.length - 1, level);
    }

    /**
     * An interval.
     *
     * @param low its lower end
     * @param high its upper end
     */
    public record Interval(double low, double high) {
        static Interval around(double centre, double standardError, int degreesOfFreedom, double level) {
            Require.inside("level", level, 0, 1);
            double t = new TDistribution(degreesOfFreedom).inverseCumulativeProbability((1 + level) / 2);
            return new Interval(centre - t * standardError, centre + t * standardError);
        }

        /**
         * Whether a number lies in it, ends included.
         *
         * @param value the number
         * @return false for NaN
         */
        public boolean contains(double value) {
            return low <= value && value <= high;
        }
    }
}
