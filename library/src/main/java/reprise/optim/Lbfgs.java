package reprise.optim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import reprise.array.Require;
import reprise.linalg.NotConverged;
import reprise.parallel.Interrupted;

/**
 * L-BFGS, for smooth functions of many variables with a gradient (Nocedal and Wright, Numerical Optimization, 2006,
 * algorithms 7.5 and 3.5).
 *
 * <pre>{@code Lbfgs.of(x -> f(x), x -> gradient(x)).tolerance(1e-8).minimise(start)}</pre>
 *
 * <p>A tolerance is a promise; {@link #iterations(int)} alone is a budget and never throws. Values are immutable.
 */
public final class Lbfgs {
    private static final double USUAL_TOLERANCE = 1e-8;
    private static final int USUAL_ITERATIONS = 10_000;
    private static final int TRIALS = 60;
    private static final double ENOUGH_DESCENT = 1e-4;
    private static final double ENOUGH_CURVATURE = 0.9;

    private final ToDoubleFunction<double[]> f;
    private final UnaryOperator<double[]> gradient;
    private final double tolerance;
    private final int iterations;
    private final int memory;

    private Lbfgs(
            ToDoubleFunction<double[]> f, UnaryOperator<double[]> gradient, double tolerance, int iterations,
            int memory) {
        this.f = f;
        this.gradient = gradient;
        this.tolerance = tolerance;
        this.iterations = iterations;
        this.memory = memory;
    }

    /**
     * Takes a function.
     *
     * @param f may give infinity where it is not defined, but not NaN
     * @param gradient its gradient, in a new array
     * @return the method with tolerance 1e-8, 10 000 iterations and 10 remembered steps
     */
    public static Lbfgs of(ToDoubleFunction<double[]> f, UnaryOperator<double[]> gradient) {
        return new Lbfgs(f, gradient, Double.NaN, 0, 10);
    }

    /**
     * Promises an accuracy.
     *
     * @param absolute the largest entry of the gradient accepted, above 0
     * @return a copy with this tolerance
     * @throws IllegalArgumentException if it is not positive
     */
    public Lbfgs tolerance(double absolute) {
        return new Lbfgs(f, gradient, Require.positive("tolerance", absolute), iterations, memory);
    }

    /**
     * Limits the work.
     *
     * @param most the largest number of steps, at least 1
     * @return a copy with this limit
     * @throws IllegalArgumentException if it is below 1
     */
    public Lbfgs iterations(int most) {
        return new Lbfgs(f, gradient, tolerance, Require.atLeast("iterations", most, 1), memory);
    }

    /**
     * Chooses how many steps make up the picture of the curvature.
     *
     * @param steps at least 1; 5 to 20 as a rule
     * @return a copy with this memory
     * @throws IllegalArgumentException if it is below 1
     */
    public Lbfgs memory(int steps) {
        return new Lbfgs(f, gradient, tolerance, iterations, Require.atLeast("memory", steps, 1));
    }

    /**
     * Minimises.
     *
     * @param start where to begin, finite, shape [d]; left as it is
     * @return a local minimum
     * @throws NotConverged if the tolerance was not reached; carries the point
     * @throws IllegalArgumentException if f or its gradient is not finite at the start, or gives NaN later
     * @throws Interrupted if the thread was interrupted
     * @cost one evaluation of f and its gradient a step as a rule, and O(d memory)
     */
    public Minimum minimise(double[] start) {
        boolean budget = Double.isNaN(tolerance) && iterations > 0;
        double goal = Double.isNaN(tolerance) ? (budget ? 0 : USUAL_TOLERANCE) : tolerance;
        int limit = iterations > 0 ? iterations : USUAL_ITERATIONS;
        Search here = new Search(Require.finite("start", start).clone());
        Require.finite("f(start)", here.value);
        Deque<Pair> pairs = new ArrayDeque<>();
        int done = 0;
        Minimum.Stop stop = Minimum.Stop.CONVERGED;
        while (here.gradientNorm() > goal) {
            Interrupted.check();
            if (done == limit) {
                stop = Minimum.Stop.BUDGET;
                break;
            }
            double[] direction = direction(here.g, pairs);
            double slope = dot(direction, here.g);
            if (!(slope < 0)) {
                pairs.clear();
                continue;
            }
            double first = pairs.isEmpty() ? Math.min(1, 1 / Math.sqrt(dot(here.g, here.g))) : 1;
            Search next = here.along(direction, slope, first);
            if (next == here) {
                if (pairs.isEmpty()) {
                    stop = Minimum.Stop.PRECISION;
                    break;
                }
                pairs.clear();
                continue;
            }
            Pair pair = new Pair(minus(next.x, here.x), minus(next.g, here.g));
            if (pair.curvature > 0) {
                pairs.addLast(pair);
                if (pairs.size() > memory) {
                    pairs.removeFirst();
                }
            }
            here = next;
            done++;
        }
        if (!budget && here.gradientNorm() > goal) {
            throw new NotConverged("Lbfgs", done, here.gradientNorm(), goal, here.x);
        }
        return new Minimum(here.x, here.value, here.gradientNorm(), done, here.evaluations, stop);
    }

    /** A point with its value and gradient, and the evaluations spent until then. */
    private final class Search {
        private final double[] x;
        private final double value;
        private final double[] g;
        private int evaluations;

        private Search(double[] x) {
            this.x = x;
            this.value = number(f.applyAsDouble(x));
            this.g = value == Double.POSITIVE_INFINITY ? new double[x.length] : gradientAt(x);
            this.evaluations = 1;
        }

        private double gradientNorm() {
            double most = 0;
            for (double v : g) {
                most = Math.max(most, Math.abs(v));
            }
            return most;
        }

        /** The strong Wolfe conditions, by doubling and bisection with cubic steps; this point itself if none helps. */
        private Search along(double[] direction, double slope, double first) {
            double low = 0;
            double high = Double.POSITIVE_INFINITY;
            double step = first;
            Search best = this;
            int spent = evaluations;
            for (int trial = 0; trial < TRIALS; trial++) {
                Search here = new Search(moved(direction, step));
                spent++;
                // Near the minimum the gain drowns in rounding: then the slope alone decides (Hager and Zhang 2005).
                double rounding = 1e-15 * Math.abs(value);
                if (here.value > value + ENOUGH_DESCENT * step * slope + rounding) {
                    high = step;
                } else {
                    double newSlope = dot(here.g, direction);
                    best = here.value <= best.value || best == this ? here : best;
                    if (Math.abs(newSlope) <= -ENOUGH_CURVATURE * slope) {
                        here.evaluations = spent;
                        return here;
                    }
                    if (newSlope < 0) {
                        low = step;
                    } else {
                        high = step;
                    }
                }
                double next = high == Double.POSITIVE_INFINITY ? 2 * step : (low + high) / 2;
                if (next == step || next == 0 || next == low) {
                    break;
                }
                step = next;
            }
            best.evaluations = spent;
            return best;
        }

        private double[] moved(double[] direction, double step) {
            double[] y = x.clone();
            for (int i = 0; i < y.length; i++) {
                y[i] += step * direction[i];
            }
            return y;
        }
    }

    private record Pair(double[] step, double[] change, double curvature) {
        private Pair(double[] step, double[] change) {
            this(step, change, dot(step, change));
        }
    }

    /** Minus the inverse Hessian's estimate times the gradient: the two-loop recursion. */
    private static double[] direction(double[] g, Deque<Pair> pairs) {
        double[] q = g.clone();
        double[] alpha = new double[pairs.size()];
        int k = pairs.size();
        for (var it = pairs.descendingIterator(); it.hasNext();) {
            Pair pair = it.next();
            alpha[--k] = dot(pair.step, q) / pair.curvature;
            add(q, -alpha[k], pair.change);
        }
        if (!pairs.isEmpty()) {
            Pair last = pairs.getLast();
            double scale = last.curvature / dot(last.change, last.change);
            for (int i = 0; i < q.length; i++) {
                q[i] *= scale;
            }
        }
        for (Pair pair : pairs) {
            add(q, alpha[k++] - dot(pair.change, q) / pair.curvature, pair.step);
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = -q[i];
        }
        return q;
    }

    private double[] gradientAt(double[] x) {
        double[] g = gradient.apply(x);
        Require.shape("gradient", new int[] {g.length}, x.length);
        return Require.finite("gradient", g);
    }

    private static double number(double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException("value of f must be a number, was NaN");
        }
        return value;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] c = a.clone();
        add(c, -1, b);
        return c;
    }

    private static void add(double[] y, double factor, double[] v) {
        for (int i = 0; i < y.length; i++) {
            y[i] += factor * v[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
