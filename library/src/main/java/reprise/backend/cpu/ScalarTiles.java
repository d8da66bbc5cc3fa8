package reprise.backend.cpu;

/**
 * The inner loops in plain Java. C2 turns the loops over points into vector code, all but the one that moves bits
 * between double and long; no JVM so far does.
 */
final class ScalarTiles implements Tiles {
    @Override
    public void exponents(Prepared p, int group, int tile, Work work) {
        double[][] y = p.columns()[tile];
        double[] a = p.offsetColumns()[tile];
        for (int c = 0; c < GROUP; c++) {
            int at = group * p.d * GROUP + c;
            if (p.direct) {
                differences(p.x, at, y, a, p.scale, work.columns[c]);
            } else {
                products(p.x, at, y, a, work.columns[c]);
            }
        }
    }

    private static void products(double[] x, int at, double[][] y, double[] a, double[] q) {
        System.arraycopy(a, 0, q, 0, POINTS);
        int k = 0;
        for (; k + 1 < y.length; k += 2) {
            addTwo(x[at + k * GROUP], y[k], x[at + (k + 1) * GROUP], y[k + 1], q);
        }
        if (k < y.length) {
            addOne(x[at + k * GROUP], y[k], q);
        }
    }

    private static void addTwo(double x0, double[] y0, double x1, double[] y1, double[] q) {
        for (int j = 0; j < POINTS; j++) {
            q[j] = Math.fma(x1, y1[j], Math.fma(x0, y0[j], q[j]));
        }
    }

    private static void addOne(double x0, double[] y0, double[] q) {
        for (int j = 0; j < POINTS; j++) {
            q[j] = Math.fma(x0, y0[j], q[j]);
        }
    }

    private static void differences(double[] x, int at, double[][] y, double[] a, double scale, double[] q) {
        java.util.Arrays.fill(q, 0);
        for (int k = 0; k < y.length; k++) {
            addSquares(x[at + k * GROUP], y[k], q);
        }
        for (int j = 0; j < POINTS; j++) {
            q[j] = Math.fma(q[j], scale, a[j]);
        }
    }

    private static void addSquares(double x, double[] y, double[] q) {
        for (int j = 0; j < POINTS; j++) {
            double difference = x - y[j];
            q[j] = Math.fma(difference, difference, q[j]);
        }
    }

    @Override
    public double first(Work work, int query) {
        return work.columns[query][0];
    }

    @Override
    public void sum(Work work, boolean keep) {
        for (int c = 0; c < GROUP; c++) {
            double[] q = work.columns[c];
            double[] term = work.terms[c];
            fractions(q, work.magic[c], work.ceiling[c], term, work.rounded);
            scale(work.rounded, term);
            double sum = 0;
            double least = q[0];
            for (int j = 0; j < POINTS; j++) {
                sum += term[j];
                if (q[j] < least) {
                    least = q[j];
                }
            }
            work.tileSum[c] = sum;
            work.least[c] = least;
        }
    }

    /** 2^f and, in the low bits of another number, the exponent that goes with it. */
    private static void fractions(double[] q, double magic, double ceiling, double[] fraction, double[] rounded) {
        for (int j = 0; j < POINTS; j++) {
            double z = Math.min(q[j], ceiling);
            double k = magic - z;
            double f = magic - k - z;
            rounded[j] = k;
            double e = Math.fma(f, C10, C9);
            e = Math.fma(f, e, C8);
            e = Math.fma(f, e, C7);
            e = Math.fma(f, e, C6);
            e = Math.fma(f, e, C5);
            e = Math.fma(f, e, C4);
            e = Math.fma(f, e, C3);
            e = Math.fma(f, e, C2);
            e = Math.fma(f, e, C1);
            fraction[j] = Math.fma(f, e, 1.0);
        }
    }

    private static void scale(double[] rounded, double[] term) {
        for (int j = 0; j < POINTS; j++) {
            term[j] *= Double.longBitsToDouble(Double.doubleToRawLongBits(rounded[j]) << 52);
        }
    }

    @Override
    public void mix(Values values, int tile, Work work) {
        for (int c = 0; c < GROUP; c++) {
            double[] term = work.terms[c];
            for (int k = 0; k < values.padded; k += Values.PANEL) {
                mixFour(term, values.data, values.at(tile, k), work.mixed, k * GROUP + c);
            }
        }
    }

    private static void mixFour(double[] term, double[] v, int at, double[] mixed, int to) {
        double s0 = mixed[to];
        double s1 = mixed[to + GROUP];
        double s2 = mixed[to + 2 * GROUP];
        double s3 = mixed[to + 3 * GROUP];
        for (int j = 0; j < POINTS; j++) {
            double t = term[j];
            s0 = Math.fma(t, v[at + 4 * j], s0);
            s1 = Math.fma(t, v[at + 4 * j + 1], s1);
            s2 = Math.fma(t, v[at + 4 * j + 2], s2);
            s3 = Math.fma(t, v[at + 4 * j + 3], s3);
        }
        mixed[to] = s0;
        mixed[to + GROUP] = s1;
        mixed[to + 2 * GROUP] = s2;
        mixed[to + 3 * GROUP] = s3;
    }
}
