package reprise.tensor;

import reprise.array.Require;
import reprise.source.Source;

/** What keeps one gradient from being too large. */
public sealed interface Clip {
    /**
     * Leaves gradients as they are.
     *
     * @return the rule
     */
    static Clip none() {
        return new None();
    }

    /**
     * Shortens the gradient of all parameters together to a norm, if it is longer.
     *
     * @param most the largest Euclidean norm, above 0
     * @return the rule
     * @throws IllegalArgumentException if it is not above 0
     */
    @Source(arxiv = "1211.5063", at = "Algorithm 1")
    static Clip norm(double most) {
        return new Norm(Require.positive("most", most));
    }

    /**
     * Moves every entry of the gradient into an interval around zero.
     *
     * @param most the largest absolute value, above 0
     * @return the rule
     * @throws IllegalArgumentException if it is not above 0
     */
    static Clip value(double most) {
        return new Value(Require.positive("most", most));
    }

    /** Leaves gradients as they are. */
    record None() implements Clip {}

    /**
     * Limits the norm.
     *
     * @param most the largest Euclidean norm
     */
    record Norm(double most) implements Clip {}

    /**
     * Limits each entry.
     *
     * @param most the largest absolute value
     */
    record Value(double most) implements Clip {}

    /**
     * Applies the rule.
     *
     * @param gradient of all parameters, any shape
     * @return same shape
     */
    default Tensor of(Tensor gradient) {
        if (this instanceof Norm rule) {
            double norm = gradient.norm().item();
            return norm > rule.most ? gradient.mul(rule.most / norm) : gradient;
        }
        return this instanceof Value rule ? gradient.clamp(-rule.most, rule.most) : gradient;
    }
}
