package reprise.bench;

/** The data of the jobs, the same bits as bench/peers/data.py makes: splitmix64, then Box-Muller. */
final class Data {
    private Data() {}

    static double[] uniform(long seed, int n) {
        var values = new double[n];
        for (int i = 0; i < n; i++) {
            long z = seed + (i + 1) * 0x9E3779B97F4A7C15L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            values[i] = ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
        }
        return values;
    }

    static double[] normal(long seed, int n) {
        var u = uniform(seed, 2 * n);
        var values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = Math.sqrt(-2 * Math.log1p(-u[2 * i])) * Math.cos(2 * Math.PI * u[2 * i + 1]);
        }
        return values;
    }

    static double[][] normal(long seed, int rows, int columns) {
        var flat = normal(seed, rows * columns);
        var values = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(flat, i * columns, values[i], 0, columns);
        }
        return values;
    }
}
