package reprise.transport;

import java.util.Arrays;
import reprise.array.Dense;
import reprise.backend.Backends;
import reprise.backend.Cost;
import reprise.backend.Scaling;
import reprise.backend.SoftSum;
import reprise.parallel.Tasks;

/** What moving mass from each source to each target costs, and soft sums over it. */
sealed interface PairCosts {
    int sources();

    int targets();

    double cost(int i, int j);

    /** For every source i, {@code log sum_j exp(w_j - c_ij / eps)}. */
    double[] overTargets(double[] logWeights, double eps);

    /** For every target j, {@code log sum_i exp(w_i - c_ij / eps)}. */
    double[] overSources(double[] logWeights, double eps);

    /** Sinkhorn's updates for sources and targets of these weights. */
    default Scaling scaling(double[] logA, double[] logB) {
        return Scaling.of(this::overTargets, this::overSources, logA, logB);
    }

    /** No two costs differ by more, or by much more. */
    double spread();

    /** The mean over all pairs. */
    default double mean() {
        var sums = new double[sources()];
        Tasks.forRange(sums.length, i -> {
            for (int j = 0; j < targets(); j++) {
                sums[i] += cost(i, j);
            }
        });
        return Arrays.stream(sums).sum() / sources() / targets();
    }

    /** Two clouds: nothing of size n times m is stored. */
    final class Clouds implements PairCosts {
        private final Dense x;
        private final Dense y;
        private final Cost cost;
        private final SoftSum forth;
        private final SoftSum back;

        Clouds(Dense x, Dense y, Cost cost) {
            this.x = x;
            this.y = y;
            this.cost = cost;
            forth = Backends.current().softSum(x, y, cost);
            back = Backends.current().softSum(y, x, cost instanceof Cost.General general
                    ? Cost.of((to, from) -> general.pair().between(from, to)) : cost);
        }

        Dense x() {
            return x;
        }

        /** For every source the mean of the targets' values under the plan. */
        Dense average(double[] logWeights, double eps, Dense values) {
            return forth.average(logWeights, eps, values);
        }

        Dense y() {
            return y;
        }

        Cost function() {
            return cost;
        }

        @Override
        public int sources() {
            return x.rows();
        }

        @Override
        public int targets() {
            return y.rows();
        }

        @Override
        public double cost(int i, int j) {
            if (cost instanceof Cost.General general) {
                return general.pair().between(row(x, i), row(y, j));
            }
            double sum = 0;
            for (int k = 0; k < x.columns(); k++) {
                double from = x.data()[i * x.columns() + k];
                double to = y.data()[j * x.columns() + k];
                sum += cost instanceof Cost.InnerProduct ? -from * to : (from - to) * (from - to);
            }
            return sum;
        }

        @Override
        public double[] overTargets(double[] logWeights, double eps) {
            return forth.logSum(logWeights, eps);
        }

        @Override
        public double[] overSources(double[] logWeights, double eps) {
            return back.logSum(logWeights, eps);
        }

        @Override
        public Scaling scaling(double[] logA, double[] logB) {
            return Backends.current().scaling(x, y, cost, logA, logB);
        }

        /** From the first source to all targets and from the first target to all sources: within a factor of four. */
        @Override
        public double spread() {
            double least = cost(0, 0);
            double most = least;
            for (int j = 0; j < targets(); j++) {
                least = Math.min(least, cost(0, j));
                most = Math.max(most, cost(0, j));
            }
            for (int i = 0; i < sources(); i++) {
                least = Math.min(least, cost(i, 0));
                most = Math.max(most, cost(i, 0));
            }
            return most - least;
        }

        private static double[] row(Dense points, int i) {
            int d = points.columns();
            return Arrays.copyOfRange(points.data(), i * d, (i + 1) * d);
        }
    }

    /** A table of costs, kept by rows and by columns. */
    final class Table implements PairCosts {
        private final double[][] byRow;
        private final double[][] byColumn;

        Table(Dense costs) {
            byRow = costs.toRows();
            byColumn = new double[costs.columns()][costs.rows()];
            for (int i = 0; i < byRow.length; i++) {
                for (int j = 0; j < byColumn.length; j++) {
                    byColumn[j][i] = byRow[i][j];
                }
            }
        }

        @Override
        public int sources() {
            return byRow.length;
        }

        @Override
        public int targets() {
            return byColumn.length;
        }

        @Override
        public double cost(int i, int j) {
            return byRow[i][j];
        }

        @Override
        public double[] overTargets(double[] logWeights, double eps) {
            return logSums(byRow, logWeights, eps);
        }

        @Override
        public double[] overSources(double[] logWeights, double eps) {
            return logSums(byColumn, logWeights, eps);
        }

        @Override
        public double spread() {
            double least = byRow[0][0];
            double most = least;
            for (double[] row : byRow) {
                for (double cost : row) {
                    least = Math.min(least, cost);
                    most = Math.max(most, cost);
                }
            }
            return most - least;
        }

        private static double[] logSums(double[][] costs, double[] logWeights, double eps) {
            var out = new double[costs.length];
            Tasks.forRange(costs.length, i -> out[i] = logSum(costs[i], logWeights, eps));
            return out;
        }

        private static double logSum(double[] costs, double[] logWeights, double eps) {
            double top = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < costs.length; j++) {
                top = Math.max(top, logWeights[j] - costs[j] / eps);
            }
            double sum = 0;
            for (int j = 0; j < costs.length; j++) {
                sum += Math.exp(logWeights[j] - costs[j] / eps - top);
            }
            return top + Math.log(sum);
        }
    }
}
