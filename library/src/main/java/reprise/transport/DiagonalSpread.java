package reprise.transport;

import reprise.array.Dense;
import reprise.backend.cpu.SoftAssignment;

/**
 * S_k = diag(exp s_k). Features are 1, the coordinates, and their squares:
 *
 * <pre>
 * source logit: log alpha + r.x / eps + x.S x / (2 eps)
 * target logit: log alpha - sum s / 2 - r.r / (2 eps S) + r.y / (eps S) - y.y / (2 eps S)
 * </pre>
 */
final class DiagonalSpread implements Spread {
    private final double epsilon;
    private final double scale;
    private final int d;
    private final int count;
    private final double[][] spreads;
    private final double[] offset;
    private final double[] row;
    private final double[] mass;
    private final double[] targetMass;
    private final double[] other;
    private double[] column = new double[0];

    DiagonalSpread(double epsilon, double scale, int d, int count) {
        this.epsilon = epsilon;
        this.scale = scale;
        this.d = d;
        this.count = count;
        spreads = new double[d][count];
        offset = new double[count];
        row = new double[count];
        mass = new double[count];
        targetMass = new double[count];
        other = new double[count];
    }

    @Override
    public int parameters() {
        return d;
    }

    @Override
    public int features() {
        return 1 + 2 * d;
    }

    @Override
    public void features(Dense batch, SoftAssignment half) {
        int n = batch.rows();
        if (column.length != n) {
            column = new double[n];
        }
        java.util.Arrays.fill(column, 1);
        half.feature(0, column);
        for (int c = 0; c < d; c++) {
            for (int i = 0; i < n; i++) {
                column[i] = batch.data()[i * d + c];
            }
            half.feature(1 + c, column);
            for (int i = 0; i < n; i++) {
                column[i] *= column[i];
            }
            half.feature(1 + d + c, column);
        }
    }

    @Override
    public void start(double[][] parameters, double value) {
        for (int c = 0; c < d; c++) {
            java.util.Arrays.fill(parameters[1 + d + c], Math.log(value));
        }
    }

    @Override
    public void weights(double[][] parameters, SoftAssignment source, SoftAssignment target) {
        double[] a = parameters[0];
        for (int k = 0; k < count; k++) {
            offset[k] = a[k] / scale;
        }
        source.weight(0, offset);
        for (int c = 0; c < d; c++) {
            double[] r = parameters[1 + c];
            double[] log = parameters[1 + d + c];
            double[] s = spreads[c];
            SoftAssignment.exponentials(log, s);
            for (int k = 0; k < count; k++) {
                row[k] = r[k] / epsilon;
            }
            source.weight(1 + c, row);
            for (int k = 0; k < count; k++) {
                double linear = row[k] / s[k];
                row[k] = linear;
                offset[k] -= (log[k] + r[k] * linear) / 2;
            }
            target.weight(1 + c, row);
            for (int k = 0; k < count; k++) {
                row[k] = s[k] / (2 * epsilon);
            }
            source.weight(1 + d + c, row);
            for (int k = 0; k < count; k++) {
                row[k] = -1 / (2 * epsilon * s[k]);
            }
            target.weight(1 + d + c, row);
        }
        target.weight(0, offset);
    }

    @Override
    public void gradient(
            double[][] parameters, SoftAssignment source, SoftAssignment target, double[][] gradient) {
        source.moment(0, mass);
        target.moment(0, targetMass);
        double[] g = gradient[0];
        for (int k = 0; k < count; k++) {
            g[k] = (mass[k] - targetMass[k]) / scale;
        }
        for (int c = 0; c < d; c++) {
            double[] r = parameters[1 + c];
            double[] s = spreads[c];
            double[] gr = gradient[1 + c];
            double[] gs = gradient[1 + d + c];
            source.moment(1 + c, row);
            target.moment(1 + c, other);
            for (int k = 0; k < count; k++) {
                gr[k] = (row[k] - (other[k] - r[k] * targetMass[k]) / s[k]) / epsilon;
                gs[k] = targetMass[k] / 2 - r[k] * (r[k] * targetMass[k] - 2 * other[k]) / (2 * epsilon * s[k]);
            }
            source.moment(1 + d + c, row);
            target.moment(1 + d + c, other);
            for (int k = 0; k < count; k++) {
                gs[k] += (s[k] * row[k] - other[k] / s[k]) / (2 * epsilon);
            }
        }
    }

    @Override
    public LightBridge bridge(double[][] parameters) {
        double[] spread = new double[count * d];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = Math.exp(parameters[1 + d + i % d][i / d]);
        }
        return LightBridge.of(
                epsilon, Spread.logAlpha(parameters, scale), Spread.centres(parameters, d),
                Dense.of("s", spread, count, d));
    }
}
