package reprise.display;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The commonest colours of a picture, at most 256, or 48 where these will do; the others are replaced by the nearest of
 * them. In a line drawing those others are single pixels at the edges of strokes.
 */
final class Palette256 {
    /** Root mean square change of a channel, in 256ths, that nobody sees. */
    private static final double INVISIBLE = 4;

    /** How much more than with 256 colours: with 48 the file of a line drawing is a fifth smaller. */
    private static final double FEWER = 2;
    private static final int FEW = 48;

    private final Map<Integer, Integer> index = new HashMap<>();
    private final byte[] bytes;
    private double error;
    private int lastPixel;
    private int lastIndex = -1;

    private Palette256(Map<Integer, Integer> counts, double pixels, int size) {
        // By count, then by value: the order of a hash map must not reach the file.
        List<Integer> colours = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey).toList();
        List<Integer> kept = colours.subList(0, Math.min(size, colours.size()));
        bytes = new byte[3 * kept.size()];
        for (int i = 0; i < kept.size(); i++) {
            index.put(kept.get(i), i);
            for (int c = 0; c < 3; c++) {
                bytes[3 * i + c] = (byte) (kept.get(i) >> 16 - 8 * c);
            }
        }
        for (int colour : colours.subList(kept.size(), colours.size())) {
            int nearest = 0;
            for (int i = 1; i < kept.size(); i++) {
                if (distance(colour, kept.get(i)) < distance(colour, kept.get(nearest))) {
                    nearest = i;
                }
            }
            index.put(colour, nearest);
            error += (double) counts.get(colour) * distance(colour, kept.get(nearest)) / 3 / pixels;
        }
    }

    /** The palette of several pictures, which are asked for one after the other. */
    static Palette256 of(Iterable<int[]> pictures) {
        var counts = new HashMap<Integer, Integer>();
        double all = 0;
        for (int[] pixels : pictures) {
            all += pixels.length;
            for (int i = 0; i < pixels.length;) {
                int start = i;
                while (i < pixels.length && pixels[i] == pixels[start]) {
                    i++;
                }
                counts.merge(pixels[start] & 0xFFFFFF, i - start, Integer::sum);
            }
        }
        Palette256 most = new Palette256(counts, all, 256);
        Palette256 few = new Palette256(counts, all, FEW);
        return Math.sqrt(few.error) <= Math.sqrt(most.error) + FEWER ? few : most;
    }

    boolean faithful() {
        return error <= INVISIBLE * INVISIBLE;
    }

    /** Most neighbours are equal, and looking an index up costs more than remembering it. */
    int index(int pixel) {
        if (pixel != lastPixel || lastIndex < 0) {
            lastPixel = pixel;
            lastIndex = index.get(pixel & 0xFFFFFF);
        }
        return lastIndex;
    }

    byte[] bytes() {
        return bytes;
    }

    private static int distance(int a, int b) {
        int sum = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int d = (a >> shift & 0xFF) - (b >> shift & 0xFF);
            sum += d * d;
        }
        return sum;
    }
}
