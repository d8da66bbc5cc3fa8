package reprise.inference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.hipparchus.fraction.BigFraction;
import reprise.array.Require;
import reprise.parallel.Tasks;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Sequential Monte Carlo for any program: N copies run to their next score, are resampled by it, and go on.
 *
 * <pre>{@code
 * Program<Integer> coins = FinitePrograms.twoCoins();
 * var smc = SequentialMonteCarlo.particles(2);
 * boolean exact = smc.mean(coins).equals(coins.meaning());
 * }</pre>
 *
 * <p>The algorithm is itself a {@link Program} that only draws. So one text gives both a sampler and, in exact
 * fractions, the law of everything it returns: its mean, which is the program's meaning whatever N, the variance of its
 * evidence, and the bias of its normalised answer. It is put together from {@link #advance} and {@link #resample}, and
 * each of them keeps what a population stands for, in the mean over its own draws.
 *
 * <p>A population with all weights 0 dies out: it stands for the zero measure and is not drawn again. Particles that
 * have ended stay. Once all have ended, the last weights are kept. Immutable.
 */
@Source(arxiv = "1711.03219", at = "sequential Monte Carlo")
public final class SequentialMonteCarlo {
    private final int particles;
    private final Resampling resampling;
    private final boolean resamplesLast;

    private SequentialMonteCarlo(int particles, Resampling resampling, boolean resamplesLast) {
        this.particles = particles;
        this.resampling = resampling;
        this.resamplesLast = resamplesLast;
    }

    /**
     * The method with multinomial resampling.
     *
     * @param n how many particles, at least 1
     * @return the method
     * @throws IllegalArgumentException if there is no particle
     */
    public static SequentialMonteCarlo particles(int n) {
        return new SequentialMonteCarlo(Require.atLeast("n", n, 1), Resampling.MULTINOMIAL, false);
    }

    /**
     * Chooses what happens to the weights.
     *
     * @param rule after each round
     * @return a copy with that rule
     */
    public SequentialMonteCarlo resampling(Resampling rule) {
        return new SequentialMonteCarlo(particles, Objects.requireNonNull(rule, "rule"), resamplesLast);
    }

    /**
     * Resamples once more when all particles have ended. It adds noise and changes no mean.
     *
     * @return a copy that does
     */
    public SequentialMonteCarlo resamplingLast() {
        return new SequentialMonteCarlo(particles, resampling, true);
    }

    /**
     * The algorithm as a program that draws and never scores: its meaning is the exact law of the final population.
     *
     * @param <X> the program's value
     * @param program what to infer
     * @return gives populations whose weights have mean 1; the estimate of the evidence is their evidence
     */
    public <X> Program<Population<X>> program(Program<X> program) {
        return new Machine<X>(Optional.empty()).start(program);
    }

    /**
     * The law of the final population, each counted with a power of its evidence. Much cheaper than the law with the
     * evidence, because populations that differ in it alone are one.
     *
     * @param <X> the program's value
     * @param program what to infer
     * @param degree 0 for probabilities, 1 for the mean of the estimate, 2 for its second moment
     * @return populations of evidence 1, or 0 where they died out, which happens for degree 0 only; the mass is the
     *     mean of that power of the estimated evidence
     * @throws IllegalArgumentException if the degree is negative
     * @cost depends on how many different populations a round can have; names in the program make them few
     */
    public <X> Measure<Population<X>> moment(Program<X> program, int degree) {
        return new Machine<X>(Optional.of(Require.atLeast("degree", degree, 0))).start(program).meaning();
    }

    /**
     * The mean of the estimate over all of the method's randomness.
     *
     * @param <X> the program's value
     * @param program what to infer
     * @return the program's own meaning, exactly, unless the resampling is a mistake
     */
    public <X> Measure<X> mean(Program<X> program) {
        return moment(program, 1).then(Population::measure);
    }

    /**
     * The mean of the estimate divided by its own mass, given that the population did not die out.
     *
     * @param <X> the program's value
     * @param program what to infer
     * @return a probability measure; in general not the posterior
     * @throws IllegalArgumentException if every population dies out
     */
    public <X> Measure<X> normalisedMean(Program<X> program) {
        return moment(program, 0).then(Population::measure).normalised();
    }

    /**
     * The chance that the population dies out.
     *
     * @param <X> the program's value
     * @param program what to infer
     * @return from 0 to 1
     */
    public <X> BigFraction extinction(Program<X> program) {
        return moment(program, 0).integral(population -> population.isEmpty() ? BigFraction.ONE : BigFraction.ZERO);
    }

    /**
     * The variance of the estimated evidence.
     *
     * @param <X> the program's value
     * @param program what to infer
     * @return exactly
     */
    public <X> BigFraction evidenceVariance(Program<X> program) {
        if (resampling == Resampling.NONE) {
            BigFraction mean = program.meaning().mass();
            return program.withScores(w -> w.multiply(w)).meaning().mass().subtract(mean.multiply(mean))
                    .divide(particles);
        }
        BigFraction mean = moment(program, 1).mass();
        return moment(program, 2).mass().subtract(mean.multiply(mean));
    }

    /**
     * Runs the sampler many times.
     *
     * @param <X> the program's value
     * @param program what to infer
     * @param runs how many, at least 1
     * @param rng the randomness; the numbers do not depend on the threads
     * @return the estimated evidence of each run
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost about 10 microseconds for each particle and score
     */
    public <X> double[] evidences(Program<X> program, int runs, Rng rng) {
        var sampler = program(program);
        double[] found = new double[Require.atLeast("runs", runs, 1)];
        int chunk = 256;
        Tasks.forRange((runs + chunk - 1) / chunk, c -> {
            Rng own = rng.split(c);
            for (int i = c * chunk; i < Math.min(runs, (c + 1) * chunk); i++) {
                found[i] = sampler.run(own).value().evidence().doubleValue();
            }
        });
        return found;
    }

    /**
     * One round's first half: every particle runs to its next score, which multiplies its weight.
     *
     * @param <X> the program's value
     * @param population of programs under way
     * @return a program that draws and gives the population behind the scores
     */
    public <X> Program<Population<Program<X>>> advance(Population<Program<X>> population) {
        return new Machine<X>(Optional.empty()).advance(population);
    }

    /**
     * One round's second half: the rule of this method.
     *
     * @param <X> what a particle is
     * @param population any
     * @return a program that draws and gives as many particles, of weight 1 unless the rule keeps the weights
     */
    public <X> Program<Population<Program<X>>> resample(Population<Program<X>> population) {
        return new Machine<X>(Optional.empty()).resample(population);
    }

    /**
     * Checks both halves of a round at every population that the method can reach, not only in the mean over all.
     *
     * @param <X> the program's value
     * @param program what to infer
     * @return how many populations were met, and at how many of them a half fails
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost one exact round for each population that can be reached
     */
    public <X> Certificate certificate(Program<X> program) {
        return Certificate.of(this, Population.spawn(particles, program));
    }

    static <X> boolean isOver(Population<Program<X>> population) {
        return population.particles().keySet().stream().allMatch(particle -> particle.value().isDone());
    }

    /** The method at work on one program: the laws of its particles' next steps are found once. */
    private final class Machine<X> {
        /** The power of the evidence to score with; without it the populations carry their evidence. */
        private final Optional<Integer> degree;
        private final Map<Program<X>, Measure<Weighted<Program<X>>>> laws = new ConcurrentHashMap<>();
        private final Function<Population<Program<X>>, Program<Population<Program<X>>>> resample = this::resample;
        private final Function<Population<Program<X>>, Program<Population<X>>> round = this::round;

        private Machine(Optional<Integer> degree) {
            this.degree = degree;
        }

        private Program<Population<X>> start(Program<X> program) {
            return round(Population.spawn(particles, program));
        }

        private Program<Population<X>> round(Population<Program<X>> population) {
            return Program.named(List.of(this, "round", population), () -> isOver(population)
                    ? finish(population)
                    : advance(population).then(resample).then(round));
        }

        private Program<Population<Program<X>>> advance(Population<Program<X>> population) {
            var todo = new ArrayList<Weighted<Program<X>>>();
            population.particles().forEach((particle, times) -> {
                for (int i = 0; i < times; i++) {
                    todo.add(particle);
                }
            });
            return advance(todo, Population.none(population.evidence()));
        }

        private Program<Population<Program<X>>> advance(
                List<Weighted<Program<X>>> todo, Population<Program<X>> through) {
            if (todo.isEmpty()) {
                return Program.done(through);
            }
            return Program.named(List.of(this, "advance", todo, through), () -> {
                var particle = todo.get(0);
                var law = laws.computeIfAbsent(particle.value(), Program::advance);
                return Program.draw(law).then(step -> advance(todo.subList(1, todo.size()),
                        through.with(particle.weight().multiply(step.weight()), step.value())));
            });
        }

        private Program<Population<Program<X>>> resample(Population<Program<X>> population) {
            if (resampling == Resampling.NONE || isOver(population) && !resamplesLast) {
                return Program.done(population);
            }
            return weighed(population, resampling != Resampling.FORGETFUL, this::redraw);
        }

        private Program<Population<Program<X>>> redraw(Population<Program<X>> population) {
            if (resampling == Resampling.SYSTEMATIC) {
                return Program.draw(systematic(population));
            }
            var shares = new Measure.Sum<Program<X>>();
            population.particles().forEach((particle, times) -> shares.add(
                    particle.value(), particle.weight().multiply(new BigFraction(times, particles))));
            var law = shares.measure();
            return choose(resampling == Resampling.GREEDY ? Measure.dirac(heaviest(law)) : law, particles,
                    Population.none(population.evidence()));
        }

        private Program<Population<Program<X>>> choose(
                Measure<Program<X>> law, int left, Population<Program<X>> chosen) {
            if (left == 0) {
                return Program.done(chosen);
            }
            return Program.named(List.of(this, "choose", law, left, chosen), () -> Program.draw(law)
                    .then(next -> choose(law, left - 1, chosen.with(BigFraction.ONE, next))));
        }

        private Program<Population<X>> finish(Population<Program<X>> population) {
            var values = new LinkedHashMap<Weighted<X>, Integer>();
            population.particles().forEach((particle, times) -> values.merge(
                    new Weighted<>(particle.weight(), ((Nodes.Done<X>) particle.value()).value()), times,
                    Integer::sum));
            return weighed(new Population<>(population.evidence(), values), true, Program::done);
        }

        /** Takes the mean weight out: into the evidence, or into a score. */
        private <V> Program<Population<V>> weighed(Population<V> population, boolean keep,
                Function<Population<V>, Program<Population<V>>> next) {
            BigFraction mean = population.meanWeight();
            if (mean.signum() == 0) {
                var none = Population.<V>none(BigFraction.ZERO);
                return degree.filter(d -> d > 0).isEmpty()
                        ? Program.done(none)
                        : Program.score(BigFraction.ZERO, () -> Program.done(none));
            }
            var unit = population.normalised();
            if (!keep || mean.equals(BigFraction.ONE)) {
                return next.apply(unit);
            }
            return degree.isPresent()
                    ? Program.score(mean.pow(degree.get()), () -> next.apply(unit))
                    : next.apply(new Population<>(population.evidence().multiply(mean), unit.particles()));
        }
    }

    private static <V> V heaviest(Measure<V> law) {
        return law.weights().entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    }

    /** Between two neighbouring break points of the uniform number the same particles are chosen. */
    private <V> Measure<Population<V>> systematic(Population<V> population) {
        var breaks = new TreeSet<BigFraction>(List.of(BigFraction.ZERO, BigFraction.ONE));
        BigFraction so = BigFraction.ZERO;
        for (var entry : population.particles().entrySet()) {
            so = so.add(entry.getKey().weight().multiply(entry.getValue()));
            breaks.add(so.subtract(new BigFraction(so.getNumerator().divide(so.getDenominator()))));
        }
        var law = new Measure.Sum<Population<V>>();
        BigFraction low = BigFraction.ZERO;
        for (BigFraction high : breaks.tailSet(BigFraction.ZERO, false)) {
            law.add(picked(population, low.add(high).divide(2)), high.subtract(low));
            low = high;
        }
        return law.measure();
    }

    /** The particles at offset, offset + 1, ... along the line of all weights, whose length is N. */
    private static <V> Population<V> picked(Population<V> population, BigFraction offset) {
        var chosen = Population.<V>none(population.evidence());
        BigFraction so = BigFraction.ZERO;
        BigFraction next = offset;
        for (var entry : population.particles().entrySet()) {
            so = so.add(entry.getKey().weight().multiply(entry.getValue()));
            for (; next.compareTo(so) < 0; next = next.add(BigFraction.ONE)) {
                chosen = chosen.with(BigFraction.ONE, entry.getKey().value());
            }
        }
        return chosen;
    }
}
