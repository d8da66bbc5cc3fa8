package reprise.inference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hipparchus.fraction.BigFraction;
import reprise.array.Require;
import reprise.parallel.Interrupted;
import reprise.random.Rng;
import reprise.source.Source;

/**
 * Metropolis and Hastings' method on the traces of a program, as an exact Markov kernel.
 *
 * <pre>{@code
 * var chain = MetropolisHastings.on(FinitePrograms.branching()).proposal(Proposal.SITE);
 * boolean stationary = chain.after(chain.target()).equals(chain.target());
 * }</pre>
 *
 * <p>The target gives each trace its prior times its score. From trace s the kernel k proposes t and takes it with
 * chance min(1, r(s, t)), where r is the density of the swapped measure mu(dt) k(t, ds) with respect to
 * mu(ds) k(s, dt) (Green's ratio). For {@link Proposal#PRIOR} this is the ratio of the scores; where a choice is picked
 * first, it is that times |s| / |t|, the lengths of the traces. From a trace of score 0 everything is taken. Immutable.
 *
 * @param <X> the program's value
 */
@Source(arxiv = "1711.03219", at = "Metropolis-Hastings-Green theorem")
public final class MetropolisHastings<X> {
    private final List<Nodes.Path<X>> paths;
    private final List<Trace<X>> traces;
    private final Map<Trace<X>, Integer> index;
    private final Proposal proposal;
    private final Acceptance acceptance;

    private MetropolisHastings(List<Nodes.Path<X>> paths, Proposal proposal, Acceptance acceptance) {
        this.paths = paths;
        this.proposal = proposal;
        this.acceptance = acceptance;
        traces = paths.stream().map(Trace::of).toList();
        index = new HashMap<>();
        for (int i = 0; i < traces.size(); i++) {
            index.put(traces.get(i), i);
        }
    }

    /**
     * The method for a program, with {@link Proposal#REGROW} and Green's ratio.
     *
     * @param <X> the program's value
     * @param program draws at least once, and has a trace with a score above 0
     * @return the method
     * @throws IllegalArgumentException if a trace has no choice, or all scores are 0
     * @cost O(number of traces)
     */
    public static <X> MetropolisHastings<X> on(Program<X> program) {
        var paths = Nodes.paths(program);
        if (paths.stream().anyMatch(path -> path.choices().isEmpty())) {
            throw new IllegalArgumentException("number of choices of a trace must be >= 1, was 0");
        }
        if (paths.stream().allMatch(path -> path.score().signum() == 0)) {
            throw new IllegalArgumentException("score of some trace must be > 0, all were 0");
        }
        return new MetropolisHastings<>(paths, Proposal.REGROW, Acceptance.GREEN);
    }

    /**
     * Chooses how to propose.
     *
     * @param how the proposal
     * @return a copy with it
     */
    public MetropolisHastings<X> proposal(Proposal how) {
        return new MetropolisHastings<>(paths, Objects.requireNonNull(how, "how"), acceptance);
    }

    /**
     * Chooses the ratio: Green's, or a mistake to look at.
     *
     * @param ratio which
     * @return a copy with it
     */
    public MetropolisHastings<X> acceptance(Acceptance ratio) {
        return new MetropolisHastings<>(paths, proposal, Objects.requireNonNull(ratio, "ratio"));
    }

    /**
     * All traces, those of score 0 too.
     *
     * @return in the order of the choices
     */
    public List<Trace<X>> traces() {
        return traces;
    }

    /**
     * The normalised target.
     *
     * @return prior times score of each trace, divided by the evidence
     */
    public Measure<Trace<X>> target() {
        var sum = new Measure.Sum<Trace<X>>();
        traces.forEach(trace -> sum.add(trace, trace.prior().multiply(trace.score())));
        return sum.measure().normalised();
    }

    /**
     * The law of the proposal.
     *
     * @param from a trace of this program
     * @return a probability measure
     * @throws IllegalArgumentException if the trace is not one of this program
     * @cost O(number of traces times their length)
     */
    public Measure<Trace<X>> propose(Trace<X> from) {
        int i = indexOf(from);
        var sum = new Measure.Sum<Trace<X>>();
        for (int j = 0; j < traces.size(); j++) {
            sum.add(traces.get(j), proposed(i, j));
        }
        return sum.measure();
    }

    /**
     * The ratio that this method uses.
     *
     * @param from a trace with a score above 0
     * @param to another
     * @return r; the proposal is taken with chance min(1, r)
     * @throws IllegalArgumentException if the first score is 0
     */
    public BigFraction ratio(Trace<X> from, Trace<X> to) {
        if (from.score().signum() == 0) {
            throw new IllegalArgumentException("score of from must be > 0, was 0");
        }
        BigFraction ratio = to.score().divide(from.score());
        if (acceptance == Acceptance.AS_IF_SYMMETRIC) {
            return ratio.multiply(to.prior()).divide(from.prior());
        }
        return acceptance == Acceptance.GREEN && proposal != Proposal.PRIOR
                ? ratio.multiply(new BigFraction(from.length(), to.length()))
                : ratio;
    }

    /**
     * Green's ratio by its definition, from the whole kernel: what {@link #ratio} has to be.
     *
     * @param from a trace with a score above 0
     * @param to one that can be proposed from it
     * @return mu(to) k(to, from) / (mu(from) k(from, to))
     * @throws IllegalArgumentException if the pair has mass 0 in the denominator
     */
    public BigFraction greenRatio(Trace<X> from, Trace<X> to) {
        BigFraction down = from.prior().multiply(from.score()).multiply(proposed(indexOf(from), indexOf(to)));
        if (down.signum() == 0) {
            throw new IllegalArgumentException("mass of the pair must be > 0, was 0");
        }
        return to.prior().multiply(to.score()).multiply(proposed(indexOf(to), indexOf(from))).divide(down);
    }

    /**
     * The law of the next trace: the kernel's row.
     *
     * @param from a trace of this program
     * @return a probability measure
     * @throws IllegalArgumentException if the trace is not one of this program
     */
    public Measure<Trace<X>> step(Trace<X> from) {
        var proposed = propose(from);
        if (from.score().signum() == 0) {
            return proposed;
        }
        var sum = new Measure.Sum<Trace<X>>();
        BigFraction stay = BigFraction.ONE;
        for (var entry : proposed.weights().entrySet()) {
            BigFraction ratio = ratio(from, entry.getKey());
            BigFraction taken = ratio.compareTo(BigFraction.ONE) < 0
                    ? entry.getValue().multiply(ratio)
                    : entry.getValue();
            sum.add(entry.getKey(), taken);
            stay = stay.subtract(taken);
        }
        return sum.add(from, stay).measure();
    }

    /**
     * Draws the next trace.
     *
     * @param from a trace of this program
     * @param rng the randomness
     * @return the next
     */
    public Trace<X> step(Trace<X> from, Rng rng) {
        return step(from).sample(rng);
    }

    /**
     * The law after one step from a random trace.
     *
     * @param law of the trace before
     * @return of the one after; the target's is the target, exactly, unless the ratio is a mistake
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost O(number of traces squared times their length)
     */
    public Measure<Trace<X>> after(Measure<Trace<X>> law) {
        return law.then(trace -> {
            Interrupted.check();
            return step(trace);
        });
    }

    /**
     * How far a law is from the target after each of many steps, rounded to double on the way.
     *
     * @param start the first trace
     * @param steps how many
     * @return total variation distances, of length steps + 1
     * @throws IllegalArgumentException if the trace is not one of this program, or steps is negative
     */
    public double[] distances(Trace<X> start, int steps) {
        int n = traces.size();
        double[][] kernel = new double[n][];
        for (int i = 0; i < n; i++) {
            kernel[i] = step(traces.get(i)).weights(traces);
        }
        double[] goal = target().weights(traces);
        double[] law = new double[n];
        law[indexOf(start)] = 1;
        var found = new ArrayList<Double>();
        for (int k = 0; k <= Require.atLeast("steps", steps, 0); k++) {
            double distance = 0;
            double[] next = new double[n];
            for (int i = 0; i < n; i++) {
                distance += Math.abs(law[i] - goal[i]) / 2;
                for (int j = 0; j < n; j++) {
                    next[j] += law[i] * kernel[i][j];
                }
            }
            found.add(distance);
            law = next;
        }
        return found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private int indexOf(Trace<X> trace) {
        Integer i = index.get(trace);
        if (i == null) {
            throw new IllegalArgumentException("trace must be one of this program, was " + trace.choices());
        }
        return i;
    }

    private BigFraction proposed(int i, int j) {
        if (proposal == Proposal.PRIOR) {
            return traces.get(j).prior();
        }
        var from = paths.get(i);
        var to = paths.get(j);
        int shared = 0;
        int shortest = Math.min(from.choices().size(), to.choices().size());
        while (shared < shortest && from.choices().get(shared).equals(to.choices().get(shared))) {
            shared++;
        }
        BigFraction sum = BigFraction.ZERO;
        int last = Math.min(shared, from.choices().size() - 1);
        int first = proposal == Proposal.REGROW || i == j ? 0 : last;
        for (int site = first; site <= last; site++) {
            sum = sum.add(proposal == Proposal.REGROW ? anew(to, site) : kept(from, to, site));
        }
        return sum.divide(from.choices().size());
    }

    private static BigFraction anew(Nodes.Path<?> to, int site) {
        BigFraction product = BigFraction.ONE;
        for (int k = site; k < to.choices().size(); k++) {
            product = product.multiply(to.probability(k));
        }
        return product;
    }

    private static BigFraction kept(Nodes.Path<?> from, Nodes.Path<?> to, int site) {
        BigFraction product = to.probability(site);
        for (int k = site + 1; k < to.choices().size(); k++) {
            boolean reused = k < from.choices().size() && from.laws().get(k).equals(to.laws().get(k));
            if (!reused) {
                product = product.multiply(to.probability(k));
            } else if (!from.choices().get(k).equals(to.choices().get(k))) {
                return BigFraction.ZERO;
            }
        }
        return product;
    }
}
