package reprise.transport;

import java.util.Arrays;
import java.util.List;
import reprise.array.Dense;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/** What a bridge does to many points at once, on all cores; the same numbers on any number of threads. */
final class Draws {
    private static final int ROWS_A_PIECE = 64;

    private Draws() {}

    /** log h_t at each point, up to the factors that {@link Slice} names. */
    static double[] logSums(Components parts, double t, Dense x) {
        var slice = new Slice(parts, t);
        int d = parts.d;
        double[] log = new double[x.rows()];
        pieces(log.length, (from, to) -> {
            double[] q = new double[parts.count];
            for (int i = from; i < to; i++) {
                log[i] = slice.logits(x.data(), i * d, q);
            }
        });
        return log;
    }

    static ConditionalMoments moments(Components parts, Dense x) {
        int d = parts.d;
        var slice = new Slice(parts, 0);
        double[] means = new double[x.rows() * d];
        double[][] covariances = new double[x.rows()][d * d];
        double[][] spreads = new double[parts.count][];
        Arrays.setAll(spreads, k -> parts.function(k, lambda -> parts.epsilon * lambda));
        Tasks.forRange(x.rows(), i -> {
            double[] p = new double[parts.count];
            slice.probabilities(x.data(), i * d, p);
            double[][] images = new double[p.length][];
            for (int k = 0; k < p.length; k++) {
                images[k] = parts.image(k, x.data(), i * d);
                for (int c = 0; c < d; c++) {
                    means[i * d + c] += p[k] * images[k][c];
                }
            }
            for (int k = 0; k < p.length; k++) {
                addOuter(p[k], images[k], means, i * d, spreads[k], covariances[i]);
            }
        });
        return new ConditionalMoments(Dense.of("means", means, x.rows(), d), covariances);
    }

    private static void addOuter(double p, double[] y, double[] mean, int at, double[] spread, double[] covariance) {
        int d = y.length;
        for (int a = 0; a < d; a++) {
            double da = y[a] - mean[at + a];
            for (int b = 0; b < d; b++) {
                covariance[a * d + b] += p * (spread[a * d + b] + da * (y[b] - mean[at + b]));
            }
        }
    }

    static Dense sampleAt(Components parts, Dense x, double t, Rng rng) {
        int d = parts.d;
        var slice = new Slice(parts, 0);
        var streams = rng.split("ends " + rng.generator().nextLong());
        double[] out = new double[x.rows() * d];
        double bridgeNoise = Math.sqrt(t * (1 - t) * parts.epsilon);
        pieces(x.rows(), (from, to) -> {
            double[] p = new double[parts.count];
            var own = streams.split(from);
            for (int i = from; i < to; i++) {
                slice.probabilities(x.data(), i * d, p);
                int k = choose(p, own.uniform());
                double[] end = parts.image(k, x.data(), i * d);
                parts.addNoise(k, end, own);
                for (int c = 0; c < d; c++) {
                    out[i * d + c] = t * end[c] + (1 - t) * x.data()[i * d + c]
                            + (bridgeNoise > 0 ? bridgeNoise * own.normal() : 0);
                }
            }
        });
        return Dense.of("sample", out, x.rows(), d);
    }

    static Dense drift(Components parts, Dense x, double t) {
        int d = parts.d;
        var slice = new Slice(parts, t);
        double[] drift = new double[x.rows() * d];
        pieces(x.rows(), (from, to) -> {
            double[] p = new double[parts.count];
            for (int i = from; i < to; i++) {
                slice.drift(x.data(), i * d, p, drift, i * d);
            }
        });
        return Dense.of("drift", drift, x.rows(), d);
    }

    static List<Dense> paths(Components parts, Dense x, int steps, Rng rng) {
        int d = parts.d;
        var slices = new Slice[steps];
        Arrays.setAll(slices, j -> new Slice(parts, (double) j / steps));
        var streams = rng.split("paths " + rng.generator().nextLong());
        double[][] states = new double[steps + 1][x.rows() * d];
        states[0] = x.data().clone();
        double noise = Math.sqrt(parts.epsilon / steps);
        pieces(x.rows(), (from, to) -> {
            double[] p = new double[parts.count];
            double[] drift = new double[d];
            for (int i = from; i < to; i++) {
                var own = streams.split(i);
                for (int j = 0; j < steps; j++) {
                    slices[j].drift(states[j], i * d, p, drift, 0);
                    for (int c = 0; c < d; c++) {
                        states[j + 1][i * d + c] = states[j][i * d + c] + drift[c] / steps + noise * own.normal();
                    }
                }
            }
        });
        return Arrays.stream(states).map(s -> Dense.of("states", s, x.rows(), d)).toList();
    }

    private interface Piece {
        void rows(int from, int to);
    }

    private static void pieces(int rows, Piece piece) {
        Tasks.forRange((rows + ROWS_A_PIECE - 1) / ROWS_A_PIECE, i -> piece.rows(
                i * ROWS_A_PIECE, Math.min(rows, (i + 1) * ROWS_A_PIECE)));
    }

    private static int choose(double[] p, double level) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += p[k];
            if (level < sum) {
                return k;
            }
        }
        // The probabilities may sum to a little less than 1.
        int last = p.length - 1;
        while (p[last] == 0) {
            last--;
        }
        return last;
    }
}
