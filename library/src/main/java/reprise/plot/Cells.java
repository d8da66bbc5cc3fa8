package reprise.plot;

/** Where the cells of a heat map end when their centres are known. */
final class Cells {
    private Cells() {}

    static double[] edges(double[] centres, boolean log) {
        int n = centres.length;
        double[] at = new double[n];
        for (int i = 0; i < n; i++) {
            at[i] = log ? Math.log(centres[i]) : centres[i];
        }
        double[] edges = new double[n + 1];
        for (int i = 1; i < n; i++) {
            edges[i] = (at[i - 1] + at[i]) / 2;
        }
        edges[0] = n == 1 ? at[0] - 0.5 : at[0] - (at[1] - at[0]) / 2;
        edges[n] = n == 1 ? at[0] + 0.5 : at[n - 1] + (at[n - 1] - at[n - 2]) / 2;
        if (log) {
            for (int i = 0; i <= n; i++) {
                edges[i] = Math.exp(edges[i]);
            }
        }
        return edges;
    }
}
