package reprise.diffusion;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.backend.Backend;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.random.Rng;

/** Points under noise: sums over all points, softened by the noise, which the backend's fused kernel does. */
final class DiffusedPoints implements ExactDiffusion {
    private final NoiseSchedule schedule;
    private final Dense points;
    private final double[] centre;
    private final double[] equal;
    private final Backend backend = Backends.current();

    DiffusedPoints(NoiseSchedule schedule, Dense points) {
        this.schedule = schedule;
        this.points = points;
        int d = points.columns();
        equal = new double[points.rows()];
        Arrays.fill(equal, -Math.log(points.rows()));
        centre = new double[d];
        for (int i = 0; i < points.data().length; i++) {
            centre[i % d] += points.data()[i] / points.rows();
        }
    }

    @Override
    public NoiseSchedule schedule() {
        return schedule;
    }

    @Override
    public int dimension() {
        return points.columns();
    }

    @Override
    public Dense sample(int n, Rng rng) {
        int d = dimension();
        double[] x = new double[Math.multiplyExact(Require.atLeast("n", n, 1), d)];
        for (int i = 0; i < n; i++) {
            System.arraycopy(points.data(), rng.integer(points.rows()) * d, x, i * d, d);
        }
        return Dense.of("sample", x, n, d);
    }

    @Override
    public double[] logDensity(double t, Dense x) {
        double h = Guess.check(this, t, x);
        double[] logs = backend.softSum(x, scaled(t), Cost.squaredDistance()).logSum(equal, 2 * h);
        double norm = dimension() * Math.log(2 * Math.PI * h) / 2;
        return Arrays.stream(logs).map(v -> v - norm).toArray();
    }

    @Override
    public Dense at(double t, Dense x) {
        double h = Guess.check(this, t, x);
        return backend.softSum(x, scaled(t), Cost.squaredDistance()).average(equal, 2 * h, points);
    }

    /**
     * With a time for each state the softness differs from row to row, so it goes into the states:
     * -|x - alpha y|^2 / 2h is the inner product of (alpha x, -alpha^2 / 2) / h and (y, |y|^2), and a number
     * that no y changes.
     */
    @Override
    public Dense at(double[] t, Dense x) {
        Guess.check(this, t, x);
        int d = dimension();
        double[] queries = new double[t.length * (d + 1)];
        for (int i = 0; i < t.length; i++) {
            double alpha = schedule.alpha(t[i]);
            double h = schedule.variance(t[i]);
            for (int c = 0; c < d; c++) {
                queries[i * (d + 1) + c] = alpha / h * (x.data()[i * d + c] - alpha * centre[c]);
            }
            queries[i * (d + 1) + d] = -alpha * alpha / (2 * h);
        }
        double[] lifted = new double[points.rows() * (d + 1)];
        for (int j = 0; j < points.rows(); j++) {
            for (int c = 0; c < d; c++) {
                double y = points.data()[j * d + c] - centre[c];
                lifted[j * (d + 1) + c] = y;
                lifted[j * (d + 1) + d] += y * y;
            }
        }
        return backend.softSum(Dense.of("x", queries, t.length, d + 1),
                Dense.of("points", lifted, points.rows(), d + 1), Cost.innerProduct()).average(equal, 1, points);
    }

    private Dense scaled(double t) {
        double alpha = schedule.alpha(t);
        double[] scaled = Arrays.stream(points.data()).map(v -> alpha * v).toArray();
        return Dense.of("points", scaled, points.rows(), points.columns());
    }
}
