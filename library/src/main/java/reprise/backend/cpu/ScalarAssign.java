package reprise.backend.cpu;

import java.util.Arrays;

/** The inner loops in plain Java; C2 turns all but the one that moves bits into vector code. */
final class ScalarAssign implements Assign {
    private final ThreadLocal<double[]> spare = ThreadLocal.withInitial(() -> new double[0]);

    @Override
    public void logits(double[] features, int at, int count, double[] weights, int groups, double[] q) {
        double[] s = new double[GROUP];
        double[] w = new double[GROUP];
        for (int g = 0; g < groups; g++) {
            for (int row = 0; row < BLOCK; row++) {
                Arrays.fill(s, 0);
                for (int c = 0; c < count; c++) {
                    System.arraycopy(weights, (g * count + c) * GROUP, w, 0, GROUP);
                    addScaled(s, w, features[at + c * BLOCK + row]);
                }
                System.arraycopy(s, 0, q, (row * groups + g) * GROUP, GROUP);
            }
        }
    }

    private static void addScaled(double[] s, double[] w, double factor) {
        for (int l = 0; l < GROUP; l++) {
            s[l] = Math.fma(w[l], factor, s[l]);
        }
    }

    @Override
    public double powers(double[] q, int from, int groups, double[] parts) {
        int n = groups * GROUP;
        double[] z = spare.get();
        if (z.length < 2 * n) {
            z = new double[2 * n];
            spare.set(z);
        }
        double max = q[from];
        for (int k = 1; k < n; k++) {
            max = q[from + k] > max ? q[from + k] : max;
        }
        double top = Math.rint(max);
        powers(q, from, n, MAGIC - top, z);
        Arrays.fill(parts, 0, GROUP, 0);
        for (int k = 0; k < n; k += GROUP) {
            for (int l = 0; l < GROUP; l++) {
                parts[l] += q[from + k + l];
            }
        }
        return top;
    }

    /** 2^(q + shift - MAGIC) for n entries and a shift without fraction, with a work space of n. */
    static void powers(double[] q, int from, int n, double shift, double[] rounded) {
        for (int i = 0; i < n; i++) {
            double k = q[from + i] + shift;
            double f = q[from + i] - (k - shift);
            rounded[i] = k;
            double e = Math.fma(f, Tiles.C10, Tiles.C9);
            e = Math.fma(f, e, Tiles.C8);
            e = Math.fma(f, e, Tiles.C7);
            e = Math.fma(f, e, Tiles.C6);
            e = Math.fma(f, e, Tiles.C5);
            e = Math.fma(f, e, Tiles.C4);
            e = Math.fma(f, e, Tiles.C3);
            e = Math.fma(f, e, Tiles.C2);
            e = Math.fma(f, e, Tiles.C1);
            q[from + i] = Math.fma(f, e, 1.0);
        }
        for (int i = 0; i < n; i++) {
            long exponent = Math.max(Double.doubleToRawLongBits(rounded[i]), FLOOR_BITS);
            q[from + i] *= Double.longBitsToDouble(exponent << 52);
        }
    }

    @Override
    public void moments(double[] q, int groups, double[] scaled, int count, double[] moments) {
        double[] s = new double[GROUP];
        double[] w = new double[GROUP];
        for (int g = 0; g < groups; g++) {
            for (int c = 0; c < count; c++) {
                int to = (g * count + c) * GROUP;
                System.arraycopy(moments, to, s, 0, GROUP);
                for (int row = 0; row < BLOCK; row++) {
                    System.arraycopy(q, (row * groups + g) * GROUP, w, 0, GROUP);
                    addScaled(s, w, scaled[c * BLOCK + row]);
                }
                System.arraycopy(s, 0, moments, to, GROUP);
            }
        }
    }
}
