package reprise.random;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import reprise.array.Require;

/** Draws indices: some of many without repetition, or with given weights. */
final class Choices {
    private Choices() {}

    static int[] subset(RandomGenerator stream, int n, int k) {
        int[] taken = new int[k];
        if (k > n / 8) {
            int[] all = new int[n];
            for (int i = 0; i < n; i++) {
                all[i] = i;
            }
            for (int i = 0; i < k; i++) {
                int j = i + stream.nextInt(n - i);
                taken[i] = all[j];
                all[j] = all[i];
            }
            return taken;
        }
        // The same shuffle, remembering only the places that it touched.
        Map<Integer, Integer> moved = new HashMap<>();
        for (int i = 0; i < k; i++) {
            int j = i + stream.nextInt(n - i);
            taken[i] = moved.getOrDefault(j, j);
            moved.put(j, moved.getOrDefault(i, i));
        }
        return taken;
    }

    static int[] weighted(RandomGenerator stream, double[] weights, int[] into) {
        double[] cumulated = new double[weights.length];
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            total += Require.nonNegative("weights[" + i + "]", weights[i]);
            cumulated[i] = total;
        }
        Require.positive("sum of weights", total);
        for (int k = 0; k < into.length; k++) {
            into[k] = firstAbove(cumulated, stream.nextDouble() * total);
        }
        return into;
    }

    /** The first entry above the level is never one of weight 0, whose entry equals the one before. */
    private static int firstAbove(double[] cumulated, double level) {
        int low = 0;
        int high = cumulated.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulated[middle] > level) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
