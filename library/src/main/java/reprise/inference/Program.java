package reprise.inference;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.hipparchus.fraction.BigFraction;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * A finite probabilistic program: it draws, scores, and ends with a value.
 *
 * <pre>{@code
 * Program<Boolean> biased = Program.draw(Measure.coin(1, 2)).then(heads ->
 *         Program.score(heads ? 2 : 1, 3, () -> Program.done(heads)));
 * Measure<Boolean> posterior = biased.meaning().normalised();
 * }</pre>
 *
 * <p>Its {@link #meaning} is an unnormalised measure in exact fractions: each way through the program counts with the
 * product of its probabilities and its scores. Programs are values (the free monad over draw and score), so that an
 * algorithm can look inside: stop at the next score, replay a trace. An algorithm that only draws is a program too, and
 * has an exact law. Programs must be pure and must end. Immutable.
 *
 * @param <X> what the program ends with; needs value equality
 */
@Source(arxiv = "1711.03219")
public sealed interface Program<X> permits Nodes.Done, Nodes.Draw, Nodes.Score, Nodes.Named {
    /**
     * The program that ends at once.
     *
     * @param <X> its value's type
     * @param value what it ends with
     * @return the program
     */
    static <X> Program<X> done(X value) {
        return new Nodes.Done<>(Objects.requireNonNull(value, "value"));
    }

    /**
     * Draws and ends with what was drawn.
     *
     * @param <S> what is drawn
     * @param law a probability measure
     * @return the program
     * @throws IllegalArgumentException if the law's mass is not 1
     */
    static <S> Program<S> draw(Measure<S> law) {
        if (!law.mass().equals(BigFraction.ONE)) {
            throw new IllegalArgumentException("mass of the law must be 1 to draw from it, was "
                    + Measure.words(law.mass()));
        }
        return new Nodes.Draw<S, S>(law, Program::done);
    }

    /**
     * Scores: multiplies the weight of this way through the program, then goes on.
     *
     * @param <X> the rest's value
     * @param weight at least 0, such as the likelihood of an observation
     * @param rest what follows
     * @return the program
     * @throws IllegalArgumentException if the weight is negative
     */
    static <X> Program<X> score(BigFraction weight, Supplier<? extends Program<X>> rest) {
        return new Nodes.Score<>(Measure.Sum.checked("weight", weight), Objects.requireNonNull(rest, "rest"));
    }

    /**
     * As {@link #score(BigFraction, Supplier)}.
     *
     * @param <X> the rest's value
     * @param numerator of the weight, at least 0
     * @param denominator of the weight, above 0
     * @param rest what follows
     * @return the program
     * @throws IllegalArgumentException if the fraction is negative or has no sense
     */
    static <X> Program<X> score(int numerator, int denominator, Supplier<? extends Program<X>> rest) {
        if (denominator < 1) {
            throw new IllegalArgumentException("denominator must be >= 1, was " + denominator);
        }
        return score(new BigFraction(numerator, denominator), rest);
    }

    /**
     * Gives a program a name. Where several ways through a program meet in one name, the exact interpreter goes on from
     * there once; this turns the cost of a chain from exponential into linear.
     *
     * @param <X> the value
     * @param name needs value equality; within one program, equal names must stand for equal programs
     * @param body made anew each time
     * @return the program
     */
    static <X> Program<X> named(Object name, Supplier<? extends Program<X>> body) {
        return new Nodes.Named<>(Objects.requireNonNull(name, "name"), Objects.requireNonNull(body, "body"));
    }

    /**
     * Goes on with another program that depends on the value.
     *
     * @param <Y> the other's value
     * @param next the other program
     * @return both, one after the other
     */
    default <Y> Program<Y> then(Function<? super X, ? extends Program<Y>> next) {
        return Nodes.then(this, next);
    }

    /**
     * Changes the value at the end.
     *
     * @param <Y> the new value
     * @param function of the value
     * @return the program
     */
    default <Y> Program<Y> map(Function<? super X, ? extends Y> function) {
        return Nodes.then(this, value -> Program.<Y>done(function.apply(value)));
    }

    /**
     * Changes all scores. Squares give the second moment of the weight of one run.
     *
     * @param change of a score; must not be negative
     * @return the program with other scores
     */
    default Program<X> withScores(UnaryOperator<BigFraction> change) {
        return Nodes.withScores(this, Objects.requireNonNull(change, "change"));
    }

    /**
     * What the program means: its unnormalised posterior, by enumerating every way through it.
     *
     * @return the measure; its mass is the evidence
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost one step for each way through the program, or for each name where ways meet
     */
    default Measure<X> meaning() {
        return Nodes.meaning(this);
    }

    /**
     * Runs up to the next score: the suspended program.
     *
     * @return the law of that score and of the program that is left; a program that ends without a score gives 1 and
     *     itself
     */
    default Measure<Weighted<Program<X>>> advance() {
        var sum = new Measure.Sum<Weighted<Program<X>>>();
        Nodes.advance(this, BigFraction.ONE, sum);
        return sum.measure();
    }

    /**
     * All ways through the program, those with score 0 too.
     *
     * @return in the order of the choices
     * @cost O(number of traces times their length)
     */
    default List<Trace<X>> traces() {
        return Nodes.paths(this).stream().map(Trace::of).toList();
    }

    /**
     * Runs once: a weighted sampler.
     *
     * @param rng the randomness
     * @return the value, and the product of the scores on the way
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     */
    default Weighted<X> run(Rng rng) {
        return Nodes.run(this, rng);
    }

    /**
     * Whether nothing is left to do.
     *
     * @return true for a value alone
     */
    default boolean isDone() {
        return this instanceof Nodes.Done<X>;
    }
}
