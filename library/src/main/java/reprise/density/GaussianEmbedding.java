package reprise.density;

import java.util.ArrayList;
import java.util.List;
import reprise.array.Dense;
import reprise.linalg.Eigen;
import reprise.parallel.Tasks;
import reprise.prob.Mixture;
import reprise.prob.Normal;

/** Means of a kernel under a mixture of normal distributions, exact but for rounding. */
final class GaussianEmbedding {
    private final ScaleMixture scales;
    private final double[] weights;
    private final List<Axes> axes = new ArrayList<>();
    private final double self;

    GaussianEmbedding(Mixture target, ScaleMixture scales) {
        this.scales = scales;
        weights = target.weights();
        List<Normal> parts = target.components();
        for (Normal part : parts) {
            axes.add(new Axes(part.mean(), part.covariance(), scales));
        }
        double sum = 0;
        for (int a = 0; a < weights.length; a++) {
            for (int b = 0; b <= a; b++) {
                // Z - Z' is normal: means subtract, covariances add.
                Dense left = parts.get(a).covariance();
                double[] both = parts.get(b).covariance().data().clone();
                for (int i = 0; i < both.length; i++) {
                    both[i] += left.data()[i];
                }
                var difference = new Axes(
                        parts.get(b).mean(), Dense.of("covariance", both, left.rows(), left.rows()), scales);
                sum += (a == b ? 1 : 2) * weights[a] * weights[b] * difference.mean(parts.get(a).mean(), 0, scales);
            }
        }
        self = sum;
    }

    double self() {
        return self;
    }

    double[] at(Dense x) {
        double[] means = new double[x.rows()];
        Tasks.forRange(x.rows(), i -> {
            for (int k = 0; k < weights.length; k++) {
                means[i] += weights[k] * axes.get(k).mean(x.data(), i * x.columns(), scales);
            }
        });
        return means;
    }

    /**
     * A normal distribution in its principal axes: the mean of exp(-|x - Z|^2 / (2 v)) is the product over axes of
     * {@code sqrt(v / (v + l)) exp(-z^2 / (2 (v + l)))}, l the variance along the axis.
     */
    private static final class Axes {
        private final double[] centre;
        private final Dense vectors;
        private final double[] variances;
        private final double[] logFactors;

        Axes(double[] centre, Dense covariance, ScaleMixture scales) {
            Eigen eigen = Eigen.symmetric(covariance);
            this.centre = centre;
            vectors = eigen.vectors();
            variances = eigen.values();
            logFactors = new double[scales.weights().length];
            for (int i = 0; i < logFactors.length; i++) {
                for (double variance : variances) {
                    logFactors[i] -= Math.log1p(variance / scales.variances()[i]) / 2;
                }
            }
        }

        double mean(double[] data, int at, ScaleMixture scales) {
            int d = centre.length;
            double[] squares = new double[d];
            for (int k = 0; k < d; k++) {
                double z = 0;
                for (int c = 0; c < d; c++) {
                    z += (data[at + c] - centre[c]) * vectors.data()[c * d + k];
                }
                squares[k] = z * z;
            }
            double sum = 0;
            for (int i = 0; i < logFactors.length; i++) {
                double v = scales.variances()[i];
                double exponent = logFactors[i];
                for (int k = 0; k < d; k++) {
                    exponent -= squares[k] / (v + variances[k]) / 2;
                }
                sum += scales.weights()[i] * Math.exp(exponent);
            }
            return sum;
        }
    }
}
