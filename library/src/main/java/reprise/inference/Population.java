package reprise.inference;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.hipparchus.fraction.BigFraction;

/**
 * A population of weighted particles, their order forgotten, and the evidence that earlier rounds took out of the
 * weights. It stands for the measure evidence / N times the sum of weight times the particle.
 *
 * @param <X> the particles' type: values, or programs under way
 * @param evidence the common factor, at least 0
 * @param particles how often each weighted particle occurs; none at all for a population that died out
 */
public record Population<X>(BigFraction evidence, Map<Weighted<X>, Integer> particles) {
    /** Takes its own copy, in the same order. */
    public Population {
        Measure.Sum.checked("evidence", evidence);
        particles = Collections.unmodifiableMap(new LinkedHashMap<>(particles));
    }

    /**
     * Equal particles of weight 1.
     *
     * @param <X> the particles' type
     * @param n how many, at least 1
     * @param particle each of them
     * @return the population that stands for mass 1 at the particle
     */
    public static <X> Population<X> spawn(int n, X particle) {
        return new Population<>(BigFraction.ONE, Map.of(new Weighted<>(BigFraction.ONE, particle), n));
    }

    static <X> Population<X> none(BigFraction evidence) {
        return new Population<>(evidence, Map.of());
    }

    Population<X> with(BigFraction weight, X particle) {
        var more = new LinkedHashMap<>(particles);
        more.merge(new Weighted<>(weight, particle), 1, Integer::sum);
        return new Population<>(evidence, more);
    }

    /**
     * The number of particles.
     *
     * @return 0 for a population that died out
     */
    public int size() {
        return particles.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Whether no particle is left.
     *
     * @return true after a round in which every weight was 0
     */
    public boolean isEmpty() {
        return particles.isEmpty();
    }

    /**
     * The mean of the weights.
     *
     * @return 0 for an empty population
     */
    public BigFraction meanWeight() {
        return isEmpty() ? BigFraction.ZERO : shares().mass();
    }

    /**
     * What the population stands for, given what a particle stands for.
     *
     * @param <Y> the values measured
     * @param meaning of one particle
     * @return the measure; zero for an empty population
     */
    public <Y> Measure<Y> measure(Function<? super X, Measure<Y>> meaning) {
        return isEmpty() ? Measure.zero() : shares().then(meaning).scale(evidence);
    }

    /**
     * What a population of values stands for.
     *
     * @return evidence / N times the sum of weight times point mass
     */
    public Measure<X> measure() {
        return measure(Measure::dirac);
    }

    /** Weight / N at each particle. */
    private Measure<X> shares() {
        int n = size();
        var sum = new Measure.Sum<X>();
        particles.forEach((particle, times) ->
                sum.add(particle.value(), particle.weight().multiply(new BigFraction(times, n))));
        return sum.measure();
    }

    /** Weights with mean 1; the mean itself is for the caller to keep. */
    Population<X> normalised() {
        var scaled = new LinkedHashMap<Weighted<X>, Integer>();
        BigFraction mean = meanWeight();
        particles.forEach((particle, times) -> scaled.merge(
                new Weighted<>(particle.weight().divide(mean), particle.value()), times, Integer::sum));
        return new Population<>(evidence, scaled);
    }
}
