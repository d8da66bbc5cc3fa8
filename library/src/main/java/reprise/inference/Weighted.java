package reprise.inference;

import java.util.Objects;
import org.hipparchus.fraction.BigFraction;

/**
 * A value and its weight: what a weighted sampler gives.
 *
 * @param <X> the value's type
 * @param weight at least 0
 * @param value any
 */
public record Weighted<X>(BigFraction weight, X value) {
    /**
     * Checks the weight.
     *
     * @throws IllegalArgumentException if the weight is negative
     */
    public Weighted {
        Measure.Sum.checked("weight", weight);
        Objects.requireNonNull(value, "value");
    }
}
