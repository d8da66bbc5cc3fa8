package reprise.inference;

import java.util.List;
import org.hipparchus.fraction.BigFraction;

/**
 * One way through a program.
 *
 * @param <X> the program's value
 * @param choices what was drawn, in order; no trace is the beginning of another
 * @param prior the probability of the choices
 * @param score the product of the scores
 * @param value what the program ended with
 */
public record Trace<X>(List<Object> choices, BigFraction prior, BigFraction score, X value) {
    /**
     * The number of choices.
     *
     * @return at least 0
     */
    public int length() {
        return choices.size();
    }

    static <X> Trace<X> of(Nodes.Path<X> path) {
        BigFraction prior = BigFraction.ONE;
        for (int i = 0; i < path.choices().size(); i++) {
            prior = prior.multiply(path.probability(i));
        }
        return new Trace<>(path.choices(), prior, path.score(), path.value());
    }

    /** The choices decide everything else, so they alone are compared: it is quicker. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Trace<?> that && choices.equals(that.choices);
    }

    @Override
    public int hashCode() {
        return choices.hashCode();
    }
}
