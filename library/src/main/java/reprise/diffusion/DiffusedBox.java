package reprise.diffusion;

import reprise.array.Dense;
import reprise.array.Require;
import reprise.parallel.Tasks;
import reprise.random.Rng;

/** The uniform distribution on a box under noise: coordinate by coordinate a normal law cut off at the box's ends. */
final class DiffusedBox implements ExactDiffusion {
    private static final int CHUNK = 256;

    private final NoiseSchedule schedule;
    private final double[] low;
    private final double[] high;

    DiffusedBox(NoiseSchedule schedule, double[] low, double[] high) {
        Require.atLeast("length of low", low.length, 1);
        Require.shape("high", new int[] {high.length}, low.length);
        Require.finite("low", low);
        Require.finite("high", high);
        for (int c = 0; c < low.length; c++) {
            Require.positive("high - low at " + c, high[c] - low[c]);
        }
        this.schedule = schedule;
        this.low = low.clone();
        this.high = high.clone();
    }

    @Override
    public NoiseSchedule schedule() {
        return schedule;
    }

    @Override
    public int dimension() {
        return low.length;
    }

    @Override
    public Dense sample(int n, Rng rng) {
        double[] x = new double[Math.multiplyExact(Require.atLeast("n", n, 1), low.length)];
        rng.fillUniform(x);
        for (int i = 0; i < x.length; i++) {
            int c = i % low.length;
            x[i] = low[c] + (high[c] - low[c]) * x[i];
        }
        return Dense.of("sample", x, n, low.length);
    }

    @Override
    public double[] logDensity(double t, Dense x) {
        double spread = Math.sqrt(Guess.check(this, t, x));
        double alpha = schedule.alpha(t);
        double[] logs = new double[x.rows()];
        forRows(x, (i, c, value) -> logs[i] += TruncatedNormal.logMass(
                (alpha * low[c] - value) / spread, alpha * (high[c] - low[c]) / spread)
                - Math.log(alpha * (high[c] - low[c])));
        return logs;
    }

    @Override
    public Dense at(double[] t, Dense x) {
        Guess.check(this, t, x);
        double[] mean = new double[x.data().length];
        forRows(x, (i, c, value) -> {
            double alpha = schedule.alpha(t[i]);
            double spread = Math.sqrt(schedule.variance(t[i]));
            double above = TruncatedNormal.meanAboveLow(
                    (alpha * low[c] - value) / spread, alpha * (high[c] - low[c]) / spread);
            mean[i * low.length + c] = low[c] + above * spread / alpha;
        });
        return Dense.of("denoised", mean, x.rows(), x.columns());
    }

    private interface Entry {
        void visit(int row, int column, double value);
    }

    private static void forRows(Dense x, Entry entry) {
        int d = x.columns();
        Tasks.forRange((x.rows() + CHUNK - 1) / CHUNK, chunk -> {
            for (int i = chunk * CHUNK; i < Math.min(x.rows(), (chunk + 1) * CHUNK); i++) {
                for (int c = 0; c < d; c++) {
                    entry.visit(i, c, x.data()[i * d + c]);
                }
            }
        });
    }
}
