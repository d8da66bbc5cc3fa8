package reprise.transport;

/**
 * A bridge at one time t. With u = t lambda + 1 - t for the eigenvalues lambda of S_k, and x and r_k in the axes of
 * S_k, the function whose logarithm's gradient drives the bridge is, up to a constant factor and exp(-|x|^2 / 2 eps
 * (1 - t)),
 *
 * <pre>
 * h_t(x) = sum_k exp{ log alpha_k + sum_d [ ((lambda - 1) x^2 + 2 x r - t r^2) / (2 eps u) - log(u) / 2 ] }.
 * </pre>
 *
 * <p>This is the paper's drift with its poles at t = 1 cancelled by hand. At t = 0 it is c(x) exp(-|x|^2 / 2 eps), at
 * t = 1 it is v(x) exp(|x|^2 / 2 eps) without the normal constant.
 */
final class Slice {
    private final Components parts;
    private final int components;
    private final int d;
    private final double[] constant;
    /** [d][component] if all axes are the coordinates', so that loops run over components; else [component][d]. */
    private final double[] linear;
    private final double[] quadratic;
    private final double[] push;
    private final double[] pull;

    Slice(Components parts, double t) {
        this.parts = parts;
        components = parts.count;
        d = parts.d;
        double epsilon = parts.epsilon;
        constant = parts.logAlpha.clone();
        linear = new double[components * d];
        quadratic = new double[components * d];
        push = new double[components * d];
        pull = new double[components * d];
        for (int k = 0; k < components; k++) {
            for (int c = 0; c < d; c++) {
                double lambda = parts.axes[k * d + c];
                double r = parts.turnedCentres[k * d + c];
                double u = t * lambda + 1 - t;
                int at = parts.diagonal() ? c * components + k : k * d + c;
                linear[at] = r / (epsilon * u);
                quadratic[at] = (lambda - 1) / (2 * epsilon * u);
                push[at] = r / u;
                pull[at] = (lambda - 1) / u;
                constant[k] -= t * r * r / (2 * epsilon * u) + Math.log(u) / 2;
            }
        }
    }

    /** Fills in the logits of the components at one point and gives the logarithm of their sum. */
    double logits(double[] x, int from, double[] q) {
        System.arraycopy(constant, 0, q, 0, components);
        if (parts.diagonal()) {
            for (int c = 0; c < d; c++) {
                add(x[from + c], linear, quadratic, c * components, q, components);
            }
        } else {
            double[] turned = new double[d];
            for (int k = 0; k < components; k++) {
                parts.turn(k, x, from, turned);
                for (int c = 0; c < d; c++) {
                    q[k] += (quadratic[k * d + c] * turned[c] + linear[k * d + c]) * turned[c];
                }
            }
        }
        double max = q[0];
        for (int k = 1; k < components; k++) {
            max = Math.max(max, q[k]);
        }
        double sum = 0;
        for (int k = 0; k < components; k++) {
            sum += Math.exp(q[k] - max);
        }
        return max + Math.log(sum);
    }

    private static void add(double x, double[] linear, double[] quadratic, int at, double[] q, int n) {
        for (int k = 0; k < n; k++) {
            q[k] += (quadratic[at + k] * x + linear[at + k]) * x;
        }
    }

    /** Fills in the probabilities of the components at one point; gives the logarithm of their sum before. */
    double probabilities(double[] x, int from, double[] p) {
        double total = logits(x, from, p);
        for (int k = 0; k < components; k++) {
            p[k] = Math.exp(p[k] - total);
        }
        return total;
    }

    /** eps grad log h_t: the drift of the bridge. */
    void drift(double[] x, int from, double[] p, double[] drift, int to) {
        probabilities(x, from, p);
        if (parts.diagonal()) {
            for (int c = 0; c < d; c++) {
                double pushed = 0;
                double pulled = 0;
                for (int k = 0; k < components; k++) {
                    pushed += p[k] * push[c * components + k];
                    pulled += p[k] * pull[c * components + k];
                }
                drift[to + c] = pushed + pulled * x[from + c];
            }
            return;
        }
        double[] turned = new double[d];
        java.util.Arrays.fill(drift, to, to + d, 0);
        for (int k = 0; k < components; k++) {
            if (p[k] > 0) {
                parts.turn(k, x, from, turned);
                for (int c = 0; c < d; c++) {
                    turned[c] = push[k * d + c] + pull[k * d + c] * turned[c];
                }
                parts.turnBack(k, p[k], turned, drift, to);
            }
        }
    }
}
