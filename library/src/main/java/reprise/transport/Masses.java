package reprise.transport;

import java.util.Arrays;
import reprise.array.Require;

/** The weights of sources or targets. */
final class Masses {
    /** Sums of a few million rounded weights stay within this. */
    private static final double ROUNDING = 1e-9;

    private Masses() {}

    static double[] equal(int n) {
        var weights = new double[n];
        Arrays.fill(weights, 1.0 / n);
        return weights;
    }

    /** A checked copy that sums to one but for the last bits. */
    static double[] probabilities(String name, double[] weights, int n) {
        Require.shape(name, new int[] {weights.length}, n);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Require.nonNegative(name + "[" + i + "]", weights[i]);
        }
        Require.inside("sum of " + name, sum, 1 - ROUNDING, 1 + ROUNDING);
        double total = sum;
        return Arrays.stream(weights).map(w -> w / total).toArray();
    }

    /** A checked copy of masses of any positive sum. */
    static double[] any(String name, double[] masses, int n) {
        Require.shape(name, new int[] {masses.length}, n);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Require.nonNegative(name + "[" + i + "]", masses[i]);
        }
        Require.positive("sum of " + name, sum);
        return masses.clone();
    }

    static double[] logs(double[] weights) {
        return Arrays.stream(weights).map(Math::log).toArray();
    }
}
