package reprise.diffusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import reprise.array.Dense;
import reprise.linalg.Eigen;
import reprise.prob.Mixture;
import reprise.random.Rng;

/**
 * A mixture of normal laws under noise: N(m, C) becomes N(alpha m, alpha^2 C + h I), which keeps C's eigenvectors for
 * all times.
 */
final class DiffusedMixture implements ExactDiffusion {
    private final NoiseSchedule schedule;
    private final Mixture start;
    private final List<Eigen> axes = new ArrayList<>();
    private final int d;

    DiffusedMixture(NoiseSchedule schedule, Mixture start) {
        this.schedule = schedule;
        this.start = start;
        d = start.components().get(0).dimension();
        start.components().forEach(normal -> axes.add(Eigen.symmetric(normal.covariance())));
    }

    @Override
    public NoiseSchedule schedule() {
        return schedule;
    }

    @Override
    public int dimension() {
        return d;
    }

    @Override
    public Dense sample(int n, Rng rng) {
        return start.sample(n, rng);
    }

    @Override
    public double[] logDensity(double t, Dense x) {
        Guess.check(this, t, x);
        double[] logs = new double[x.rows()];
        double[] mean = new double[d];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = posterior(t, x, i, mean);
        }
        return logs;
    }

    @Override
    public Dense at(double[] t, Dense x) {
        Guess.check(this, t, x);
        double[] means = new double[x.data().length];
        double[] mean = new double[d];
        for (int i = 0; i < t.length; i++) {
            posterior(t[i], x, i, mean);
            System.arraycopy(mean, 0, means, i * d, d);
        }
        return Dense.of("denoised", means, x.rows(), d);
    }

    /** Gives the log density of one state and writes the mean of X_0 given it. */
    private double posterior(double t, Dense x, int row, double[] mean) {
        double alpha = schedule.alpha(t);
        double h = schedule.variance(t);
        int count = axes.size();
        double[] logs = new double[count];
        double[][] means = new double[count][d];
        for (int k = 0; k < count; k++) {
            double[] centre = start.components().get(k).mean();
            double[] vectors = axes.get(k).vectors().data();
            logs[k] = Math.log(start.weights()[k]) - d * Math.log(2 * Math.PI) / 2;
            means[k] = centre.clone();
            for (int j = 0; j < d; j++) {
                double variance = Math.max(0, axes.get(k).values()[j]);
                double total = alpha * alpha * variance + h;
                double along = 0;
                for (int c = 0; c < d; c++) {
                    along += vectors[c * d + j] * (x.data()[row * d + c] - alpha * centre[c]);
                }
                logs[k] -= (Math.log(total) + along * along / total) / 2;
                double pulled = alpha * variance / total * along;
                for (int c = 0; c < d; c++) {
                    means[k][c] += pulled * vectors[c * d + j];
                }
            }
        }
        double most = Arrays.stream(logs).max().orElseThrow();
        double sum = 0;
        Arrays.fill(mean, 0);
        for (int k = 0; k < count; k++) {
            double share = Math.exp(logs[k] - most);
            sum += share;
            for (int c = 0; c < d; c++) {
                mean[c] += share * means[k][c];
            }
        }
        for (int c = 0; c < d; c++) {
            mean[c] /= sum;
        }
        return most + Math.log(sum);
    }
}
