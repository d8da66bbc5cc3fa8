package reprise.privacy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import reprise.random.Rng;

/** Many columns of signs, a bit each: bit i of a column says whether row i has +1 there. */
final class SignMatrix {
    private final int rows;
    private final long[][] columns;

    private SignMatrix(int rows, long[][] columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Fair signs, but the first {@code leaning} columns have mean {@code lean}. */
    static SignMatrix random(int rows, int columns, int leaning, double lean, Rng rng) {
        long[][] bits = new long[columns][(rows + 63) / 64];
        RandomGenerator stream = rng.generator();
        for (int j = 0; j < columns; j++) {
            if (j < leaning) {
                for (int i = 0; i < rows; i++) {
                    if (stream.nextDouble() < (1 + lean) / 2) {
                        bits[j][i >> 6] |= 1L << i;
                    }
                }
            } else {
                fill(bits[j], rows, stream);
            }
        }
        return new SignMatrix(rows, bits);
    }

    /** Fair bits in the first {@code rows} places, 0 in the rest of the last word. */
    static void fill(long[] bits, int rows, RandomGenerator stream) {
        for (int w = 0; w < bits.length; w++) {
            bits[w] = stream.nextLong();
        }
        bits[bits.length - 1] &= lastWord(rows);
    }

    /** The mean of n signs held in bits. */
    static double mean(long[] bits, int n) {
        int positive = 0;
        for (long word : bits) {
            positive += Long.bitCount(word);
        }
        return (2.0 * positive - n) / n;
    }

    double mean(int column) {
        return mean(columns[column], rows);
    }

    /**
     * Votes of the first sizes[0], sizes[1], ... of some columns, each with the sign it is given: for each size the
     * mean over the rows of the vote's sign, 0 for a tie. A size beyond the columns takes them all.
     */
    double[] votes(int[] chosen, boolean[] negative, int[] sizes) {
        int[] balance = new int[sizes.length];
        // Counters of 64 rows at once: plane p holds bit p of each row's count of agreeing columns.
        long[] planes = new long[33 - Integer.numberOfLeadingZeros(chosen.length)];
        for (int w = 0; w < (rows + 63) / 64; w++) {
            Arrays.fill(planes, 0);
            long valid = w == (rows - 1) / 64 ? lastWord(rows) : -1;
            int done = 0;
            for (int s = 0; s < sizes.length; s++) {
                int size = Math.min(sizes[s], chosen.length);
                for (; done < size; done++) {
                    long carry = columns[chosen[done]][w] ^ (negative[done] ? -1 : 0);
                    for (int p = 0; carry != 0; p++) {
                        long overflow = planes[p] & carry;
                        planes[p] ^= carry;
                        carry = overflow;
                    }
                }
                balance[s] += balance(planes, size, valid);
            }
        }
        double[] means = new double[sizes.length];
        for (int s = 0; s < sizes.length; s++) {
            means[s] = balance[s] / (double) rows;
        }
        return means;
    }

    private static int balance(long[] planes, int size, long valid) {
        int balance = 0;
        for (long left = valid; left != 0; left &= left - 1) {
            int row = Long.numberOfTrailingZeros(left);
            int agreeing = 0;
            for (int p = 0; p < planes.length; p++) {
                agreeing |= (int) (planes[p] >>> row & 1) << p;
            }
            balance += Integer.signum(2 * agreeing - size);
        }
        return balance;
    }

    private static long lastWord(int rows) {
        return -1L >>> -rows;
    }
}
