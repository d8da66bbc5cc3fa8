package reprise.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import reprise.array.Require;
import reprise.parallel.Progress;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * A loop that is observed: an algorithm's {@code step}, repeated, with snapshots and a reason to stop.
 *
 * <pre>{@code
 * Recorder.<double[]>observing("loss", x -> loss(x)).logSpaced(20).stopWhen(x -> loss(x) < 1e-8)
 *         .run(10_000, start, x -> gradientStep(x)).column("loss")
 * }</pre>
 *
 * <p>The state before the first step and the last state are always observed. An observation that is NaN or infinite
 * ends the loop as {@link Stop#DIVERGED}. Values are immutable.
 *
 * @param <S> the state
 */
public final class Recorder<S> {
    private final Map<String, ToDoubleFunction<S>> observations;
    private final IntPredicate when;
    private final Predicate<S> enough;

    private Recorder(Map<String, ToDoubleFunction<S>> observations, IntPredicate when, Predicate<S> enough) {
        this.observations = observations;
        this.when = when;
        this.enough = enough;
    }

    /** Why a loop ended. */
    public enum Stop {
        /** All steps were done. */
        BUDGET,
        /** The condition was met. */
        CONDITION,
        /** An observation was NaN or infinite. */
        DIVERGED
    }

    /**
     * Observes a number at every step.
     *
     * @param <S> the state
     * @param name what it is called in tables
     * @param observation computes it from a state, which it must not change
     * @return the recorder
     */
    public static <S> Recorder<S> observing(String name, ToDoubleFunction<S> observation) {
        return new Recorder<>(Map.of(name, observation), k -> true, s -> false);
    }

    /**
     * Observes another number.
     *
     * @param name what it is called in tables, different from the others
     * @param observation computes it from a state, which it must not change
     * @return a copy that observes it too
     * @throws IllegalArgumentException if the name is taken
     */
    public Recorder<S> and(String name, ToDoubleFunction<S> observation) {
        var more = new LinkedHashMap<>(observations);
        if (more.put(name, observation) != null) {
            throw new IllegalArgumentException("name must differ from the other observations', was " + name);
        }
        return new Recorder<>(more, when, enough);
    }

    /**
     * Observes every few steps only.
     *
     * @param steps at least 1
     * @return a copy that observes steps 0, k, 2 k, ...
     * @throws IllegalArgumentException if it is below 1
     */
    public Recorder<S> every(int steps) {
        Require.atLeast("steps", steps, 1);
        return new Recorder<>(observations, k -> k % steps == 0, enough);
    }

    /**
     * Observes at steps that lie evenly in a logarithmic plot.
     *
     * @param perDecade how many for each factor of ten, at least 1
     * @return a copy that observes steps 0 and 1 and, of the steps 10^(j / perDecade), the next whole ones
     * @throws IllegalArgumentException if it is below 1
     */
    public Recorder<S> logSpaced(int perDecade) {
        Require.atLeast("perDecade", perDecade, 1);
        return new Recorder<>(
                observations, k -> k <= 1 || decade(k, perDecade) != decade(k - 1, perDecade), enough);
    }

    private static int decade(int k, int perDecade) {
        return (int) Math.floor(perDecade * Math.log10(k) + 1e-9);
    }

    /**
     * Stops early.
     *
     * @param condition asked after each step
     * @return a copy with this condition
     */
    public Recorder<S> stopWhen(Predicate<S> condition) {
        return new Recorder<>(observations, when, condition);
    }

    /**
     * Runs the loop.
     *
     * @param steps the largest number of steps, at least 0
     * @param start the state before the first; changed only if {@code step} changes it
     * @param step gives the next state, a new one or the same
     * @return what was observed
     * @throws IllegalArgumentException if the number of steps is negative
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost the steps, one after the other
     */
    public Recording<S> run(int steps, S start, UnaryOperator<S> step) {
        Require.atLeast("steps", steps, 0);
        var at = new ArrayList<Integer>();
        var rows = new ArrayList<double[]>();
        S state = start;
        int done = 0;
        Stop stop = null;
        try (var progress = Progress.over("Recorder", steps)) {
            boolean sane = observe(0, state, at, rows);
            while (stop == null) {
                if (!sane) {
                    stop = Stop.DIVERGED;
                } else if (done > 0 && enough.test(state)) {
                    stop = Stop.CONDITION;
                } else if (done == steps) {
                    stop = Stop.BUDGET;
                } else {
                    state = step.apply(state);
                    done++;
                    sane = !when.test(done) || observe(done, state, at, rows);
                    progress.tick();
                }
            }
        }
        if (at.get(at.size() - 1) != done) {
            stop = observe(done, state, at, rows) ? stop : Stop.DIVERGED;
        }
        return new Recording<>(
                List.copyOf(observations.keySet()), at.stream().mapToInt(k -> k).toArray(),
                rows.toArray(new double[0][]), state, stop);
    }

    private boolean observe(int k, S state, List<Integer> at, List<double[]> rows) {
        double[] row = observations.values().stream().mapToDouble(f -> f.applyAsDouble(state)).toArray();
        at.add(k);
        rows.add(row);
        boolean finite = true;
        for (double value : row) {
            finite &= Double.isFinite(value);
        }
        return finite;
    }

    /**
     * What a loop showed.
     *
     * @param <S> the state
     * @param names what was observed
     * @param steps at which steps, ascending; 0 is before the first
     * @param values the observations, shape [steps, names]
     * @param last the last state
     * @param stop why the loop ended
     */
    public record Recording<S>(List<String> names, int[] steps, double[][] values, S last, Stop stop) {
        /**
         * One observation over the steps.
         *
         * @param name its name
         * @return one number for each observed step
         * @throws IllegalArgumentException if there is no such observation
         */
        public double[] column(String name) {
            int c = names.indexOf(name);
            if (c < 0) {
                throw new IllegalArgumentException("name must be one of " + names + ", was " + name);
            }
            double[] column = new double[values.length];
            for (int i = 0; i < column.length; i++) {
                column[i] = values[i][c];
            }
            return column;
        }

        /**
         * The observations as a table.
         *
         * @return a row for each observed step: the step and the observations
         */
        public Table toTable() {
            Table table = Table.create("recording", IntColumn.create("step", steps));
            names.forEach(name -> table.addColumns(DoubleColumn.create(name, column(name))));
            return table;
        }
    }
}
