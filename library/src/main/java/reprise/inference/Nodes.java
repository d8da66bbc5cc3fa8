package reprise.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.hipparchus.fraction.BigFraction;
import reprise.parallel.Interrupted;
import reprise.random.Rng;

/** The four kinds of program, and the interpreters that walk over them. */
final class Nodes {
    private Nodes() {}

    record Done<X>(X value) implements Program<X> {}

    record Draw<S, X>(Measure<S> law, Function<? super S, ? extends Program<X>> next) implements Program<X> {}

    record Score<X>(BigFraction weight, Supplier<? extends Program<X>> rest) implements Program<X> {}

    /** Programs of one name are one program: the exact interpreter adds their weights up before it goes on. */
    record Named<X>(Object name, Supplier<? extends Program<X>> body) implements Program<X> {
        @Override
        public boolean equals(Object other) {
            return other instanceof Named<?> that && name.equals(that.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /** The name of a named program with something after it. Functions are equal only if they are one object. */
    private record Bound(Object name, Object next) {}

    static <X, Y> Program<Y> then(Program<X> program, Function<? super X, ? extends Program<Y>> next) {
        if (program instanceof Done<X> done) {
            return next.apply(done.value());
        }
        if (program instanceof Draw<?, X> draw) {
            return afterDraw(draw, child -> then(child, next));
        }
        if (program instanceof Score<X> score) {
            return new Score<>(score.weight(), () -> then(score.rest().get(), next));
        }
        var named = (Named<X>) program;
        return new Named<>(new Bound(named.name(), next), () -> then(named.body().get(), next));
    }

    static <X> Program<X> withScores(Program<X> program, UnaryOperator<BigFraction> change) {
        if (program instanceof Done<X>) {
            return program;
        }
        if (program instanceof Draw<?, X> draw) {
            return afterDraw(draw, child -> withScores(child, change));
        }
        if (program instanceof Score<X> score) {
            return Program.score(change.apply(score.weight()), () -> withScores(score.rest().get(), change));
        }
        var named = (Named<X>) program;
        return new Named<>(new Bound(named.name(), change), () -> withScores(named.body().get(), change));
    }

    private static <S, X, Y> Program<Y> afterDraw(Draw<S, X> draw, Function<Program<X>, Program<Y>> change) {
        return new Draw<S, Y>(draw.law(), choice -> change.apply(draw.next().apply(choice)));
    }

    /** Named programs wait until all others of their level are through, so that equal ones are met together. */
    static <X> Measure<X> meaning(Program<X> program) {
        var finished = new Measure.Sum<X>();
        Map<Program<X>, BigFraction> level = new LinkedHashMap<>();
        level.put(program, BigFraction.ONE);
        while (!level.isEmpty()) {
            Map<Program<X>, BigFraction> next = new LinkedHashMap<>();
            level.forEach((at, weight) -> {
                Interrupted.check();
                spread(at instanceof Named<X> named ? named.body().get() : at, weight, next, finished);
            });
            level = next;
        }
        return finished.measure();
    }

    private static <X> void spread(Program<X> program, BigFraction weight, Map<Program<X>, BigFraction> next,
            Measure.Sum<X> finished) {
        if (program instanceof Done<X> done) {
            finished.add(done.value(), weight);
        } else if (program instanceof Draw<?, X> draw) {
            eachChild(draw, (child, p) -> spread(child, weight.multiply(p), next, finished));
        } else if (program instanceof Score<X> score) {
            if (score.weight().signum() > 0) {
                spread(score.rest().get(), weight.multiply(score.weight()), next, finished);
            }
        } else {
            next.merge(program, weight, BigFraction::add);
        }
    }

    /** The law of the next score and of the program behind it; a program that ends has score 1. */
    static <X> void advance(Program<X> program, BigFraction weight, Measure.Sum<Weighted<Program<X>>> into) {
        if (program instanceof Done<X>) {
            into.add(new Weighted<>(BigFraction.ONE, program), weight);
        } else if (program instanceof Draw<?, X> draw) {
            eachChild(draw, (child, p) -> advance(child, weight.multiply(p), into));
        } else if (program instanceof Score<X> score) {
            into.add(new Weighted<>(score.weight(), score.rest().get()), weight);
        } else {
            advance(((Named<X>) program).body().get(), weight, into);
        }
    }

    static <X> Weighted<X> run(Program<X> program, Rng rng) {
        BigFraction weight = BigFraction.ONE;
        Program<X> at = program;
        while (!(at instanceof Done<X>)) {
            Interrupted.check();
            if (at instanceof Draw<?, X> draw) {
                at = sampled(draw, rng);
            } else if (at instanceof Score<X> score) {
                weight = weight.multiply(score.weight());
                at = score.rest().get();
            } else {
                at = ((Named<X>) at).body().get();
            }
        }
        return new Weighted<>(weight, ((Done<X>) at).value());
    }

    private static <S, X> Program<X> sampled(Draw<S, X> draw, Rng rng) {
        return draw.next().apply(draw.law().sample(rng));
    }

    @FunctionalInterface
    private interface Child<X> {
        void met(Program<X> child, BigFraction probability);
    }

    private static <S, X> void eachChild(Draw<S, X> draw, Child<X> visitor) {
        draw.law().weights().forEach((choice, p) -> visitor.met(draw.next().apply(choice), p));
    }

    /** All ways through a program, those of score 0 too. */
    static <X> List<Path<X>> paths(Program<X> program) {
        var found = new ArrayList<Path<X>>();
        walk(program, new Path<X>(List.of(), List.of(), BigFraction.ONE, null), found);
        return found;
    }

    private static <X> void walk(Program<X> program, Path<X> so, List<Path<X>> found) {
        Interrupted.check();
        if (program instanceof Done<X> done) {
            found.add(new Path<>(so.choices(), so.laws(), so.score(), done.value()));
        } else if (program instanceof Draw<?, X> draw) {
            branch(draw, so, found);
        } else if (program instanceof Score<X> score) {
            walk(score.rest().get(),
                    new Path<>(so.choices(), so.laws(), so.score().multiply(score.weight()), so.value()), found);
        } else {
            walk(((Named<X>) program).body().get(), so, found);
        }
    }

    private static <S, X> void branch(Draw<S, X> draw, Path<X> so, List<Path<X>> found) {
        for (S choice : draw.law().support()) {
            walk(draw.next().apply(choice), so.with(choice, draw.law()), found);
        }
    }

    /** A way through a program with the law of each choice; the value is null until its end. */
    record Path<X>(List<Object> choices, List<Measure<?>> laws, BigFraction score, X value) {
        Path<X> with(Object choice, Measure<?> law) {
            var longer = new ArrayList<>(choices);
            longer.add(choice);
            var longerLaws = new ArrayList<>(laws);
            longerLaws.add(law);
            return new Path<>(List.copyOf(longer), List.copyOf(longerLaws), score, value);
        }

        BigFraction probability(int site) {
            return weight(laws.get(site), choices.get(site));
        }

        private static <S> BigFraction weight(Measure<S> law, Object choice) {
            @SuppressWarnings("unchecked")
            S typed = (S) choice;
            return law.weight(typed);
        }
    }
}
