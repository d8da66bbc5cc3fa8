package reprise.inference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hipparchus.fraction.BigFraction;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * A measure on finitely many values with exact rational weights: what a finite program means.
 *
 * <pre>{@code
 * Measure<Integer> die = Measure.uniform(List.of(1, 2, 3, 4, 5, 6));
 * Measure<Boolean> even = die.map(k -> k % 2 == 0);
 * }</pre>
 *
 * <p>With {@link #dirac} and {@link #then} it is the monad of finite measures. Weights need not add up to 1: the
 * {@link #mass} of an unnormalised posterior is its evidence. Two measures are equal if every value has the same weight
 * in both; values of weight 0 are not kept. Values must have value equality and must not change. Immutable.
 *
 * @param <X> the values
 */
@Source(arxiv = "1711.03219")
public final class Measure<X> {
    private final Map<X, BigFraction> weights;
    private final BigFraction mass;
    private final int hash;

    private Measure(Map<X, BigFraction> weights) {
        this.weights = Collections.unmodifiableMap(weights);
        BigFraction sum = BigFraction.ZERO;
        for (BigFraction weight : weights.values()) {
            sum = sum.add(weight);
        }
        mass = sum;
        hash = weights.hashCode();
    }

    /**
     * The measure that gives nothing to anything.
     *
     * @param <X> the values
     * @return mass 0
     */
    public static <X> Measure<X> zero() {
        return new Measure<>(new LinkedHashMap<>());
    }

    /**
     * Mass 1 at one value: the unit of the monad.
     *
     * @param <X> the values
     * @param value where
     * @return a probability measure
     */
    public static <X> Measure<X> dirac(X value) {
        return new Sum<X>().add(value, BigFraction.ONE).measure();
    }

    /**
     * Equal probabilities.
     *
     * @param <X> the values
     * @param values at least one; a value that occurs twice has twice the weight
     * @return a probability measure
     * @throws IllegalArgumentException if there is no value
     */
    public static <X> Measure<X> uniform(List<X> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values must be at least 1, was 0");
        }
        var sum = new Sum<X>();
        values.forEach(value -> sum.add(value, new BigFraction(1, values.size())));
        return sum.measure();
    }

    /**
     * Any weights.
     *
     * @param <X> the values
     * @param weights of each value, at least 0; the order is kept
     * @return the measure
     * @throws IllegalArgumentException naming the first value with a negative weight
     */
    public static <X> Measure<X> of(Map<X, BigFraction> weights) {
        var sum = new Sum<X>();
        weights.forEach((value, weight) -> sum.add(value, Sum.checked("weight of " + value, weight)));
        return sum.measure();
    }

    /**
     * Probabilities of 0, 1, ..., proportional to whole numbers.
     *
     * @param parts at least 0 each, above 0 in all
     * @return a probability measure on the indices
     * @throws IllegalArgumentException if a part is negative or all are 0
     */
    public static Measure<Integer> proportional(int... parts) {
        var weights = new LinkedHashMap<Integer, BigFraction>();
        for (int i = 0; i < parts.length; i++) {
            weights.put(i, new BigFraction(parts[i]));
        }
        return of(weights).normalised();
    }

    /**
     * A coin.
     *
     * @param numerator of the probability of true, at least 0
     * @param denominator of it, at least the numerator and above 0
     * @return a probability measure
     * @throws IllegalArgumentException if the fraction is not from 0 to 1
     */
    public static Measure<Boolean> coin(int numerator, int denominator) {
        if (denominator < 1 || numerator < 0 || numerator > denominator) {
            throw new IllegalArgumentException(
                    "probability must be from 0 to 1, was " + numerator + "/" + denominator);
        }
        var p = new BigFraction(numerator, denominator);
        return new Sum<Boolean>().add(true, p).add(false, BigFraction.ONE.subtract(p)).measure();
    }

    /**
     * The weight of everything.
     *
     * @return at least 0
     */
    public BigFraction mass() {
        return mass;
    }

    /**
     * The weight of one value.
     *
     * @param value any
     * @return 0 for one that is not in the support
     */
    public BigFraction weight(X value) {
        return weights.getOrDefault(value, BigFraction.ZERO);
    }

    /**
     * The values with a weight above 0.
     *
     * @return in the order in which they came; cannot be changed
     */
    public Set<X> support() {
        return weights.keySet();
    }

    /**
     * All weights.
     *
     * @return above 0 each, in the order of {@link #support}; cannot be changed
     */
    public Map<X, BigFraction> weights() {
        return weights;
    }

    /**
     * The weights of some values as numbers, for figures.
     *
     * @param values which
     * @return one each, rounded to double
     */
    public double[] weights(List<X> values) {
        return values.stream().mapToDouble(value -> weight(value).doubleValue()).toArray();
    }

    /**
     * The law of a function of the value.
     *
     * @param <Y> the new values
     * @param function of a value
     * @return a measure of the same mass
     */
    public <Y> Measure<Y> map(Function<? super X, ? extends Y> function) {
        var sum = new Sum<Y>();
        weights.forEach((value, weight) -> sum.add(function.apply(value), weight));
        return sum.measure();
    }

    /**
     * Draws a value, then one from the measure that belongs to it: the monad's composition.
     *
     * @param <Y> the new values
     * @param kernel the measure of each value
     * @return the sum over x of the weight of x times kernel(x)
     */
    public <Y> Measure<Y> then(Function<? super X, Measure<Y>> kernel) {
        var sum = new Sum<Y>();
        weights.forEach((value, weight) -> sum.add(kernel.apply(value), weight));
        return sum.measure();
    }

    /**
     * Multiplies all weights.
     *
     * @param factor at least 0
     * @return a new measure
     * @throws IllegalArgumentException if the factor is negative
     */
    public Measure<X> scale(BigFraction factor) {
        return new Sum<X>().add(this, Sum.checked("factor", factor)).measure();
    }

    /**
     * Adds weights.
     *
     * @param other any measure
     * @return the sum
     */
    public Measure<X> plus(Measure<X> other) {
        return new Sum<X>().add(this, BigFraction.ONE).add(other, BigFraction.ONE).measure();
    }

    /**
     * Divides by the mass.
     *
     * @return a probability measure
     * @throws IllegalArgumentException if the mass is 0
     */
    public Measure<X> normalised() {
        if (mass.signum() == 0) {
            throw new IllegalArgumentException("mass must be > 0 to normalise, was 0");
        }
        return scale(mass.reciprocal());
    }

    /**
     * The integral of a function.
     *
     * @param function of a value
     * @return the sum of weight times function
     */
    public BigFraction integral(Function<? super X, BigFraction> function) {
        BigFraction sum = BigFraction.ZERO;
        for (var entry : weights.entrySet()) {
            sum = sum.add(entry.getValue().multiply(function.apply(entry.getKey())));
        }
        return sum;
    }

    /**
     * Half of the sum of all differences: the total variation distance, for two probability measures.
     *
     * @param other any measure
     * @return 0 exactly if both are equal
     */
    public BigFraction distance(Measure<X> other) {
        BigFraction sum = BigFraction.ZERO;
        for (var entry : weights.entrySet()) {
            sum = sum.add(entry.getValue().subtract(other.weight(entry.getKey())).abs());
        }
        for (var entry : other.weights.entrySet()) {
            if (!weights.containsKey(entry.getKey())) {
                sum = sum.add(entry.getValue());
            }
        }
        return sum.divide(2);
    }

    /**
     * Draws a value with the chance that its share of the mass gives it, rounded to double.
     *
     * @param rng the randomness
     * @return a value of the support
     * @throws IllegalArgumentException if the mass is 0
     * @cost O(size of the support)
     */
    public X sample(Rng rng) {
        double level = rng.uniform() * mass.doubleValue();
        X last = null;
        for (var entry : weights.entrySet()) {
            last = entry.getKey();
            level -= weights.size() == 1 ? 2 : entry.getValue().doubleValue();
            if (level < 0) {
                break;
            }
        }
        if (last == null) {
            throw new IllegalArgumentException("mass must be > 0 to draw, was 0");
        }
        return last;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Measure<?> that && hash == that.hash && weights.equals(that.weights);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /**
     * The weights in words.
     *
     * @return such as {@code {true: 1/10, false: 9/10}}
     */
    @Override
    public String toString() {
        return weights.entrySet().stream().map(e -> e.getKey() + ": " + words(e.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    static String words(BigFraction value) {
        return value.toString().replace(" ", "");
    }

    /** Adds weights up; afterwards it is a measure and must not be added to. */
    static final class Sum<X> {
        private final Map<X, BigFraction> weights = new LinkedHashMap<>();

        static BigFraction checked(String name, BigFraction weight) {
            if (weight.signum() < 0) {
                throw new IllegalArgumentException(name + " must be >= 0, was " + words(weight));
            }
            return weight;
        }

        Sum<X> add(X value, BigFraction weight) {
            if (weight.signum() != 0) {
                weights.merge(Objects.requireNonNull(value, "value"), weight, BigFraction::add);
            }
            return this;
        }

        Sum<X> add(Measure<X> measure, BigFraction factor) {
            measure.weights.forEach((value, weight) -> add(value, weight.multiply(factor)));
            return this;
        }

        Measure<X> measure() {
            return new Measure<>(weights);
        }
    }
}
