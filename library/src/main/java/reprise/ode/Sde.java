package reprise.ode;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Interrupted;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/**
 * Stochastic differential equations dX = b(t, X) dt + s(t, X) dW with independent noise for each coordinate (Kloeden
 * and Platen, Numerical Solution of Stochastic Differential Equations, 1992).
 *
 * <pre>{@code Sde.ito((t, x) -> drift(x), (t, x) -> spread(x)).solve(starts, 0, 1, 200, rng)}</pre>
 *
 * <p>Each path has its own stream, so the paths do not depend on the number of threads. Values are immutable.
 */
public final class Sde {
    /** Paths that one piece of parallel work takes. */
    private static final int CHUNK = 16;

    private enum Meaning { ITO, STRATONOVICH }

    private final Meaning meaning;
    private final VectorField drift;
    private final VectorField spread;

    private Sde(Meaning meaning, VectorField drift, VectorField spread) {
        this.meaning = meaning;
        this.drift = drift;
        this.spread = spread;
    }

    /**
     * An equation in the sense of Ito, solved by Euler and Maruyama: strong order 1/2, or 1 where s does not depend on
     * X; weak order 1.
     *
     * @param drift b; called from several threads
     * @param spread the diagonal of s; called from several threads
     * @return the equation
     */
    public static Sde ito(VectorField drift, VectorField spread) {
        return new Sde(Meaning.ITO, drift, spread);
    }

    /**
     * An equation in the sense of Stratonovich, solved by Heun's method: strong order 1 for one coordinate.
     *
     * @param drift b; called from several threads
     * @param spread the diagonal of s; called from several threads
     * @return the equation
     */
    public static Sde stratonovich(VectorField drift, VectorField spread) {
        return new Sde(Meaning.STRATONOVICH, drift, spread);
    }

    /**
     * One path from each start, in parallel.
     *
     * @param starts one a row, shape [n, d]
     * @param from the time of the starts, finite
     * @param to the last time, above {@code from}
     * @param steps how many, at least 1
     * @param rng the randomness; the same state gives the same paths
     * @return the states at the last time, shape [n, d]
     * @throws IllegalArgumentException if an argument is out of range, b or s gives another length, or a state
     *     overflows
     * @throws Interrupted if the thread was interrupted
     * @cost n steps evaluations of b and s (twice that for Heun), and n steps d normals, divided by the cores
     */
    public Dense solve(Dense starts, double from, double to, int steps, Rng rng) {
        double h = step(from, to, steps);
        int d = starts.columns();
        double[] ends = starts.data().clone();
        // Drawn, not split, so that a second call gives other paths.
        Rng streams = rng.split("paths " + rng.generator().nextLong());
        double root = Math.sqrt(h);
        Tasks.forRange((starts.rows() + CHUNK - 1) / CHUNK, chunk -> {
            double[] noise = new double[d];
            for (int i = chunk * CHUNK; i < Math.min(starts.rows(), (chunk + 1) * CHUNK); i++) {
                Rng own = streams.split(i);
                double[] x = new double[d];
                System.arraycopy(ends, i * d, x, 0, d);
                for (int k = 0; k < steps; k++) {
                    Interrupted.check();
                    for (int c = 0; c < d; c++) {
                        noise[c] = root * own.normal();
                    }
                    x = step(from + k * h, x, h, noise);
                }
                System.arraycopy(x, 0, ends, i * d, d);
            }
        });
        return Dense.of("states", ends, starts.rows(), d);
    }

    /**
     * One path, every step kept.
     *
     * @param start length d, finite
     * @param from the time of the start, finite
     * @param to the last time, above {@code from}
     * @param steps how many, at least 1
     * @param rng the randomness
     * @return the start and the states after each step
     * @throws IllegalArgumentException if an argument is out of range, b or s gives another length, or a state
     *     overflows
     * @throws Interrupted if the thread was interrupted
     * @cost as one path of {@link #solve}
     */
    public Trajectory path(double[] start, double from, double to, int steps, Rng rng) {
        Require.atLeast("length of start", start.length, 1);
        Require.finite("start", start);
        double h = step(from, to, steps);
        int d = start.length;
        double[] states = new double[Math.multiplyExact(steps + 1, d)];
        double[] times = new double[steps + 1];
        double[] noise = new double[d];
        double[] x = start;
        for (int k = 0; k <= steps; k++) {
            Interrupted.check();
            times[k] = k == steps ? to : from + k * h;
            System.arraycopy(x, 0, states, k * d, d);
            if (k < steps) {
                for (int c = 0; c < d; c++) {
                    noise[c] = Math.sqrt(h) * rng.normal();
                }
                x = step(times[k], x, h, noise);
            }
        }
        int evaluations = meaning == Meaning.ITO ? steps : 2 * steps;
        return new Trajectory(times, Dense.of("states", states, steps + 1, d), evaluations);
    }

    /**
     * One step with given noise.
     *
     * @param t the time
     * @param x the state, length d; left as it is
     * @param h the step, above 0
     * @param noise the increments of W, length d, normal with variance h
     * @return the state at t + h
     * @throws IllegalArgumentException if a length differs
     * @cost one evaluation of b and s, two for Heun
     */
    public double[] step(double t, double[] x, double h, double[] noise) {
        Require.shape("noise", new int[] {noise.length}, x.length);
        double[] b = value("drift", drift, t, x);
        double[] s = value("spread", spread, t, x);
        double[] next = x.clone();
        for (int i = 0; i < x.length; i++) {
            next[i] += b[i] * h + s[i] * noise[i];
        }
        if (meaning == Meaning.ITO) {
            return next;
        }
        double[] laterB = value("drift", drift, t + h, next);
        double[] laterS = value("spread", spread, t + h, next);
        for (int i = 0; i < x.length; i++) {
            next[i] = x[i] + (b[i] + laterB[i]) / 2 * h + (s[i] + laterS[i]) / 2 * noise[i];
        }
        return next;
    }

    private static double[] value(String name, VectorField field, double t, double[] x) {
        double[] value = field.at(t, x);
        Require.shape(name, new int[] {value.length}, x.length);
        return value;
    }

    private static double step(double from, double to, int steps) {
        Require.finite("from", from);
        Require.finite("to", to);
        Require.atLeast("steps", steps, 1);
        return Require.positive("to - from", to - from) / steps;
    }
}
