package reprise.transport;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import reprise.array.Dense;
import reprise.backend.cpu.SoftAssignment;

/**
 * S_k = L L' with L lower triangular and the logarithms of its diagonal as parameters. Features are 1, the
 * coordinates, and their products x_a x_b for a at least b, so that the logits are those of {@link DiagonalSpread} with
 * x.S x and the precision P = S^-1 written out.
 *
 * <p>The official code turns a diagonal by an orthogonal matrix instead; the set of matrices is the same.
 */
final class FullSpread implements Spread {
    private final double epsilon;
    private final double scale;
    private final int d;
    private final int count;
    private final double[][] factors;
    private final double[][] precisions;
    private final double[][] moments;

    FullSpread(double epsilon, double scale, int d, int count) {
        this.epsilon = epsilon;
        this.scale = scale;
        this.d = d;
        this.count = count;
        factors = new double[count][d * d];
        precisions = new double[count][d * d];
        moments = new double[2 * features()][count];
    }

    @Override
    public int parameters() {
        return d * (d + 1) / 2;
    }

    @Override
    public int features() {
        return 1 + d + d * (d + 1) / 2;
    }

    private static int pair(int a, int b) {
        return a * (a + 1) / 2 + b;
    }

    @Override
    public void features(Dense batch, SoftAssignment half) {
        int n = batch.rows();
        double[] x = batch.data();
        double[] column = new double[n];
        Arrays.fill(column, 1);
        half.feature(0, column);
        for (int a = 0; a < d; a++) {
            int at = a;
            Arrays.setAll(column, i -> x[i * d + at]);
            half.feature(1 + a, column);
            for (int b = 0; b <= a; b++) {
                int and = b;
                Arrays.setAll(column, i -> x[i * d + at] * x[i * d + and]);
                half.feature(1 + d + pair(a, b), column);
            }
        }
    }

    @Override
    public void start(double[][] parameters, double value) {
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                Arrays.fill(parameters[1 + d + pair(a, b)], a == b ? Math.log(value) / 2 : 0);
            }
        }
    }

    /** Fills in L and P for all components. */
    private void unpack(double[][] parameters) {
        for (int k = 0; k < count; k++) {
            double[] l = factors[k];
            for (int a = 0; a < d; a++) {
                for (int b = 0; b <= a; b++) {
                    double value = parameters[1 + d + pair(a, b)][k];
                    l[a * d + b] = a == b ? Math.exp(value) : value;
                }
            }
            invert(l, precisions[k]);
        }
    }

    /** (L L')^-1 by inverting L. */
    private void invert(double[] l, double[] precision) {
        double[] inverse = new double[d * d];
        for (int b = 0; b < d; b++) {
            inverse[b * d + b] = 1 / l[b * d + b];
            for (int a = b + 1; a < d; a++) {
                double sum = 0;
                for (int c = b; c < a; c++) {
                    sum += l[a * d + c] * inverse[c * d + b];
                }
                inverse[a * d + b] = -sum / l[a * d + a];
            }
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double sum = 0;
                for (int c = a; c < d; c++) {
                    sum += inverse[c * d + a] * inverse[c * d + b];
                }
                precision[a * d + b] = sum;
                precision[b * d + a] = sum;
            }
        }
    }

    @Override
    public void weights(double[][] parameters, SoftAssignment source, SoftAssignment target) {
        unpack(parameters);
        double[][] ours = new double[features()][count];
        double[][] theirs = new double[features()][count];
        for (int k = 0; k < count; k++) {
            ours[0][k] = parameters[0][k] / scale;
            theirs[0][k] = ours[0][k];
            for (int a = 0; a < d; a++) {
                double pulled = 0;
                for (int b = 0; b < d; b++) {
                    pulled += precisions[k][a * d + b] * parameters[1 + b][k];
                }
                ours[1 + a][k] = parameters[1 + a][k] / epsilon;
                theirs[1 + a][k] = pulled / epsilon;
                theirs[0][k] -= parameters[1 + d + pair(a, a)][k] + parameters[1 + a][k] * pulled / (2 * epsilon);
                for (int b = 0; b <= a; b++) {
                    double half = a == b ? 2 * epsilon : epsilon;
                    ours[1 + d + pair(a, b)][k] = product(factors[k], a, b) / half;
                    theirs[1 + d + pair(a, b)][k] = -precisions[k][a * d + b] / half;
                }
            }
        }
        for (int c = 0; c < ours.length; c++) {
            source.weight(c, ours[c]);
            target.weight(c, theirs[c]);
        }
    }

    /** (L L')_ab for b at most a. */
    private double product(double[] l, int a, int b) {
        double sum = 0;
        for (int c = 0; c <= b; c++) {
            sum += l[a * d + c] * l[b * d + c];
        }
        return sum;
    }

    @Override
    public void gradient(
            double[][] parameters, SoftAssignment source, SoftAssignment target, double[][] gradient) {
        int f = features();
        for (int c = 0; c < f; c++) {
            source.moment(c, moments[c]);
            target.moment(c, moments[f + c]);
        }
        double[] r = new double[d];
        double[] inner = new double[d * d];
        double[] spare = new double[d * d];
        for (int k = 0; k < count; k++) {
            double mass = moments[f][k];
            gradient[0][k] = (moments[0][k] - mass) / scale;
            for (int a = 0; a < d; a++) {
                r[a] = parameters[1 + a][k];
            }
            double[] p = precisions[k];
            for (int a = 0; a < d; a++) {
                double pulled = 0;
                for (int b = 0; b < d; b++) {
                    pulled += p[a * d + b] * (moments[f + 1 + b][k] - r[b] * mass);
                }
                gradient[1 + a][k] = (moments[1 + a][k] - pulled) / epsilon;
            }
            // B = sum (y - r)(y - r)', then the gradient in S: (M - P B P) / (2 eps), since dP = -P dS P.
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    inner[a * d + b] = moments[f + 1 + d + pair(Math.max(a, b), Math.min(a, b))][k]
                            - r[a] * moments[f + 1 + b][k] - r[b] * moments[f + 1 + a][k] + r[a] * r[b] * mass;
                }
            }
            multiply(p, inner, spare);
            multiply(spare, p, inner);
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    double own = moments[1 + d + pair(Math.max(a, b), Math.min(a, b))][k];
                    inner[a * d + b] = (own - inner[a * d + b]) / (2 * epsilon);
                }
            }
            // S = L L': the gradient in L is 2 G L.
            multiply(inner, factors[k], spare);
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < a; b++) {
                    gradient[1 + d + pair(a, b)][k] = 2 * spare[a * d + b];
                }
                gradient[1 + d + pair(a, a)][k] = 2 * spare[a * d + a] * factors[k][a * d + a] + mass;
            }
        }
    }

    private void multiply(double[] a, double[] b, double[] into) {
        Arrays.fill(into, 0);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                for (int c = 0; c < d; c++) {
                    into[i * d + c] += a[i * d + j] * b[j * d + c];
                }
            }
        }
    }

    @Override
    public LightBridge bridge(double[][] parameters) {
        unpack(parameters);
        List<Dense> spreads = IntStream.range(0, count).mapToObj(k -> {
            double[] s = new double[d * d];
            Arrays.setAll(s, i -> product(factors[k], Math.max(i / d, i % d), Math.min(i / d, i % d)));
            return Dense.of("s", s, d, d);
        }).toList();
        return LightBridge.of(
                epsilon, Spread.logAlpha(parameters, scale), Spread.centres(parameters, d), spreads);
    }
}
