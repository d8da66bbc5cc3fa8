package reprise.backend.cpu;

/** The loops of matrix scaling in plain Java; C2 makes vector code of all but the one that moves bits. */
final class ScalarPlan implements PlanLoops {
    @Override
    public void row(double[] x, int xo, double phi, Targets targets, int from, int to, double[] kept, int ko,
            double[] parts, int po) {
        double[] q = new double[COLUMNS];
        double[] rounded = new double[COLUMNS];
        for (int j = from; j < to; j += COLUMNS) {
            exponents(x, xo, phi, targets, j, q);
            fractions(q, rounded);
            scale(rounded, q);
            System.arraycopy(q, 0, kept, ko + j - from, COLUMNS);
            for (int c = 0; c < COLUMNS; c++) {
                parts[po + c % PARTS] = Math.fma(q[c], targets.weights[j + c], parts[po + c % PARTS]);
            }
        }
    }

    private static void exponents(double[] x, int xo, double phi, Targets targets, int j, double[] q) {
        for (int c = 0; c < COLUMNS; c++) {
            q[c] = targets.gamma[j + c] + phi;
        }
        for (int k = 0; k < targets.d; k++) {
            double here = x[xo + k];
            int at = k * targets.padded + j;
            for (int c = 0; c < COLUMNS; c++) {
                double difference = targets.y[at + c] - here;
                q[c] = Math.fma(difference, difference, q[c]);
            }
        }
    }

    private static void fractions(double[] q, double[] rounded) {
        for (int c = 0; c < COLUMNS; c++) {
            double z = Math.min(q[c], FLOOR);
            double k = Tiles.MAGIC - z;
            double f = Tiles.MAGIC - k - z;
            rounded[c] = k;
            double e = Math.fma(f, Tiles.C10, Tiles.C9);
            e = Math.fma(f, e, Tiles.C8);
            e = Math.fma(f, e, Tiles.C7);
            e = Math.fma(f, e, Tiles.C6);
            e = Math.fma(f, e, Tiles.C5);
            e = Math.fma(f, e, Tiles.C4);
            e = Math.fma(f, e, Tiles.C3);
            e = Math.fma(f, e, Tiles.C2);
            e = Math.fma(f, e, Tiles.C1);
            q[c] = Math.fma(f, e, 1.0);
        }
    }

    private static void scale(double[] rounded, double[] term) {
        for (int c = 0; c < COLUMNS; c++) {
            term[c] *= Double.longBitsToDouble(Double.doubleToRawLongBits(rounded[c]) << 52);
        }
    }

    @Override
    public void columns(double[] kept, int ko, int stride, double[] scale, double[] sums, int from, int to) {
        for (int r = 0; r < ROWS; r++) {
            int row = ko + r * stride - from;
            double s = scale[r];
            for (int j = from; j < to; j++) {
                sums[j] = Math.fma(kept[row + j], s, sums[j]);
            }
        }
    }
}
