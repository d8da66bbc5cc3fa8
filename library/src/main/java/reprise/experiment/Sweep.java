package reprise.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import reprise.array.Require;
import reprise.parallel.Progress;
import reprise.parallel.Tasks;
import reprise.random.Rng;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/**
 * A measurement at every point of a grid of parameters, with several seeds at each, in parallel.
 *
 * <pre>{@code
 * Sweep.over("alpha", 0.1, 0.5, 0.9).seeds(20, rng).run((alpha, stream) -> error(alpha, stream)).slope()
 * }</pre>
 *
 * <p>Each measurement has its own stream, made from the parameters' values and the seed's number. So the numbers do not
 * depend on the threads, and a value added to the grid does not change those of the others. Values are immutable.
 */
public final class Sweep {
    private final List<String> names;
    private final List<double[]> grid;
    private final int seeds;
    private final Rng rng;

    private Sweep(List<String> names, List<double[]> grid, int seeds, Rng rng) {
        this.names = names;
        this.grid = grid;
        this.seeds = seeds;
        this.rng = rng;
    }

    /** A measurement that depends on one parameter. */
    @FunctionalInterface
    public interface Measurement {
        /**
         * Measures once.
         *
         * @param parameter its value
         * @param rng the randomness of this value and seed
         * @return the measured value, finite
         */
        double at(double parameter, Rng rng);
    }

    /** A measurement that depends on several parameters. */
    @FunctionalInterface
    public interface GridMeasurement {
        /**
         * Measures once.
         *
         * @param parameters their values in the order in which they were named
         * @param rng the randomness of this point and seed
         * @return the measured value, finite
         */
        double at(double[] parameters, Rng rng);
    }

    /**
     * Takes a first parameter. Without {@link #seeds} each value is measured once, from the seed 0.
     *
     * @param name what it is called in tables
     * @param values at least one, different, finite
     * @return the sweep
     * @throws IllegalArgumentException if there is no value, one occurs twice, or one is not finite
     */
    public static Sweep over(String name, double... values) {
        return new Sweep(List.of(), List.of(), 1, Rng.of(0)).and(name, values);
    }

    /**
     * Takes another parameter: each of its values with each point so far.
     *
     * @param name what it is called in tables, different from the others
     * @param values at least one, different, finite
     * @return a copy with this parameter
     * @throws IllegalArgumentException if the name is taken, there is no value, one occurs twice, or one is not finite
     */
    public Sweep and(String name, double... values) {
        Require.atLeast("number of values of " + name, values.length, 1);
        Require.finite(name, values);
        if (names.contains(name)) {
            throw new IllegalArgumentException("name must differ from the other parameters', was " + name);
        }
        if (Arrays.stream(values).distinct().count() < values.length) {
            throw new IllegalArgumentException(name + " must hold different values, was " + Arrays.toString(values));
        }
        var longerNames = new ArrayList<>(names);
        longerNames.add(name);
        var longerGrid = new ArrayList<>(grid);
        longerGrid.add(values.clone());
        return new Sweep(List.copyOf(longerNames), List.copyOf(longerGrid), seeds, rng);
    }

    /**
     * Repeats each measurement.
     *
     * @param count how many times, at least 1
     * @param root the randomness of them all
     * @return a copy with these seeds
     * @throws IllegalArgumentException if the count is below 1
     */
    public Sweep seeds(int count, Rng root) {
        return new Sweep(names, grid, Require.atLeast("seeds", count, 1), root);
    }

    /**
     * Measures at each value of the one parameter.
     *
     * @param measurement called once for each value and seed, from several threads
     * @return all values
     * @throws IllegalArgumentException if there are several parameters, or a value is not finite, naming its point
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost the measurements, divided by the number of cores
     */
    public Result run(Measurement measurement) {
        if (names.size() > 1) {
            throw new IllegalArgumentException("number of parameters must be 1 for run, was " + names
                    + "; use runGrid");
        }
        return runGrid((parameters, stream) -> measurement.at(parameters[0], stream));
    }

    /**
     * Measures at each point of the grid.
     *
     * @param measurement called once for each point and seed, from several threads
     * @return all values; the last parameter changes fastest
     * @throws IllegalArgumentException if a value is not finite, naming its point
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost the measurements, divided by the number of cores
     */
    public Result runGrid(GridMeasurement measurement) {
        int points = grid.stream().mapToInt(v -> v.length).reduce(1, Math::multiplyExact);
        double[][] parameters = new double[points][];
        double[][] values = new double[points][seeds];
        for (int i = 0; i < points; i++) {
            parameters[i] = point(i);
        }
        int all = Math.multiplyExact(points, seeds);
        try (var progress = Progress.over("Sweep over " + String.join(", ", names), all)) {
            Tasks.forRange(all, k -> {
                double[] at = parameters[k / seeds];
                double value = measurement.at(at.clone(), stream(at, k % seeds));
                String name = "value at " + names + " = " + Arrays.toString(at) + ", seed " + k % seeds;
                values[k / seeds][k % seeds] = Require.finite(name, value);
                progress.tick();
            });
        }
        return new Result(names, parameters, Arrays.stream(values).map(Trials::new).toList());
    }

    private double[] point(int index) {
        double[] at = new double[grid.size()];
        for (int p = at.length - 1; p >= 0; p--) {
            at[p] = grid.get(p)[index % grid.get(p).length];
            index /= grid.get(p).length;
        }
        return at;
    }

    private Rng stream(double[] at, int seed) {
        Rng stream = rng;
        for (int p = 0; p < at.length; p++) {
            stream = stream.split(names.get(p) + "=" + at[p]);
        }
        return stream.split(seed);
    }

    /**
     * All values of a sweep.
     *
     * @param names the parameters
     * @param parameters their values at each point, shape [points, parameters]
     * @param trials the measurements at each point
     */
    public record Result(List<String> names, double[][] parameters, List<Trials> trials) {
        /**
         * The values of one parameter at the points.
         *
         * @param name the parameter
         * @return one for each point
         * @throws IllegalArgumentException if there is no such parameter
         */
        public double[] parameter(String name) {
            int p = names.indexOf(name);
            if (p < 0) {
                throw new IllegalArgumentException("name must be one of " + names + ", was " + name);
            }
            return Arrays.stream(parameters).mapToDouble(at -> at[p]).toArray();
        }

        /**
         * A statistic at each point.
         *
         * @param statistic such as {@code Trials::mean}
         * @return one number for each point
         */
        public double[] column(ToDoubleFunction<Trials> statistic) {
            return trials.stream().mapToDouble(statistic).toArray();
        }

        /**
         * The mean at each point.
         *
         * @return one number for each point
         */
        public double[] mean() {
            return column(Trials::mean);
        }

        /**
         * The rate at which the mean grows with the one parameter, from a log-log fit through the points.
         *
         * @return the slope with its standard error
         * @throws IllegalArgumentException if there are several parameters, fewer than two points, or a number is not
         *     positive
         */
        public Slope slope() {
            return Slope.logLog(only(), mean());
        }

        /**
         * The rate of each seed by itself: its spread holds for dependent points too.
         *
         * @return one slope for each seed
         * @throws IllegalArgumentException as {@link #slope()}
         */
        public Trials slopes() {
            double[] slopes = new double[trials.get(0).count()];
            Arrays.setAll(slopes, k -> Slope.logLog(only(), column(t -> t.values()[k])).slope());
            return new Trials(slopes);
        }

        /**
         * The statistics as a table.
         *
         * @return a row for each point: the parameters, seeds, mean, sd, standard error, 5 %, median, 95 %
         */
        public Table toTable() {
            Table table = Table.create("sweep");
            names.forEach(name -> table.addColumns(DoubleColumn.create(name, parameter(name))));
            return table.addColumns(
                    IntColumn.create("seeds", trials.stream().mapToInt(Trials::count).toArray()),
                    DoubleColumn.create("mean", mean()),
                    DoubleColumn.create("sd", column(Trials::sd)),
                    DoubleColumn.create("standard error", column(Trials::standardError)),
                    DoubleColumn.create("5 %", column(t -> t.quantile(0.05))),
                    DoubleColumn.create("median", column(Trials::median)),
                    DoubleColumn.create("95 %", column(t -> t.quantile(0.95))));
        }

        /**
         * Every measurement as a table.
         *
         * @return a row for each point and seed: the parameters, seed and value
         */
        public Table toLongTable() {
            int seeds = trials.get(0).count();
            int rows = trials.size() * seeds;
            Table table = Table.create("sweep");
            for (String name : names) {
                double[] values = parameter(name);
                double[] repeated = new double[rows];
                Arrays.setAll(repeated, k -> values[k / seeds]);
                table.addColumns(DoubleColumn.create(name, repeated));
            }
            int[] seed = new int[rows];
            Arrays.setAll(seed, k -> k % seeds);
            double[] value = new double[rows];
            Arrays.setAll(value, k -> trials.get(k / seeds).values()[k % seeds]);
            return table.addColumns(IntColumn.create("seed", seed), DoubleColumn.create("value", value));
        }

        private double[] only() {
            if (names.size() > 1) {
                throw new IllegalArgumentException("number of parameters must be 1 for a slope, was " + names);
            }
            return parameter(names.get(0));
        }
    }
}
