package reprise.dynamics;

import java.util.Arrays;
import java.util.TreeSet;
import reprise.array.Require;
import reprise.linalg.Spectrum;
import reprise.source.Source;

/**
 * The smallest residuals h(z) on a grid of the complex plane. Where h is below epsilon, z belongs to the epsilon
 * pseudospectrum.
 *
 * @param re the real parts of the columns, ascending
 * @param im the imaginary parts of the rows, ascending
 * @param values h at re[j] + i im[i] in [i][j]
 */
public record Pseudospectrum(double[] re, double[] im, double[][] values) {
    /** How far a place looks for a better one, in units of its own residual. */
    private static final double REACH = 5;

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the shapes differ, there is no place, or a value is negative or not finite
     */
    public Pseudospectrum {
        Require.atLeast("number of columns", re.length, 1);
        Require.atLeast("number of rows", im.length, 1);
        Require.shape("values", new int[] {values.length}, im.length);
        re = re.clone();
        im = im.clone();
        double[][] rows = new double[im.length][];
        for (int i = 0; i < rows.length; i++) {
            Require.shape("values[" + i + "]", new int[] {values[i].length}, re.length);
            rows[i] = values[i].clone();
            for (double h : rows[i]) {
                Require.nonNegative("residual", h);
            }
        }
        values = rows;
    }

    /**
     * Uses that the system keeps the measure: the Koopman operator is then an isometry, and z is at least as far from
     * its approximate point spectrum as from the unit circle.
     *
     * @return a copy with max(h, |1 - |z||)
     */
    @Source(arxiv = "2407.06312", at = "measure-preserving systems")
    public Pseudospectrum measurePreserving() {
        double[][] larger = new double[im.length][re.length];
        for (int i = 0; i < im.length; i++) {
            for (int j = 0; j < re.length; j++) {
                larger[i][j] = Math.max(values[i][j], Math.abs(1 - Math.hypot(re[j], im[i])));
            }
        }
        return new Pseudospectrum(re, im, larger);
    }

    /**
     * The values for a picture: logarithms of base 10, cut at both ends.
     *
     * @param low the least residual shown, above 0
     * @param high the largest, above that
     * @return log10 of h, cut, in [i][j]
     * @throws IllegalArgumentException if the ends are not positive and ascending
     */
    public double[][] logarithms(double low, double high) {
        Require.positive("low", low);
        Require.positive("high - low", high - low);
        return Arrays.stream(values)
                .map(row -> Arrays.stream(row)
                        .map(h -> Math.log10(Math.min(high, Math.max(low, h))))
                        .toArray())
                .toArray(double[][]::new);
    }

    /**
     * The spectrum with a certificate, {@link #certified(double)} with the paper's reach of 5.
     *
     * @return the places found
     * @throws IllegalArgumentException if no residual on the grid is below 1
     */
    public CertifiedSpectrum certified() {
        return certified(REACH);
    }

    /**
     * The spectrum with a certificate: each place z of the grid with h(z) below 1 contributes the place w with the
     * least h among those with |w - z| below reach h(z). Every place found is within its own residual of the
     * approximate point spectrum, and the largest residual is the certificate.
     *
     * @param reach how far a place looks, in units of its residual, above 0
     * @return the places found
     * @throws IllegalArgumentException if the reach is not positive, or no residual on the grid is below 1
     * @cost O(P^2) for P places at worst
     */
    @Source(arxiv = "2407.06312", at = "Methods")
    public CertifiedSpectrum certified(double reach) {
        Require.positive("reach", reach);
        var found = new TreeSet<Integer>();
        for (int i = 0; i < im.length; i++) {
            for (int j = 0; j < re.length; j++) {
                if (values[i][j] < 1) {
                    found.add(best(i, j, reach * values[i][j]));
                }
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("grid must hold a place with a residual below 1, held none");
        }
        double[] x = found.stream().mapToDouble(k -> re[k % re.length]).toArray();
        double[] y = found.stream().mapToDouble(k -> im[k / re.length]).toArray();
        double[] residuals = found.stream().mapToDouble(k -> values[k / re.length][k % re.length]).toArray();
        return new CertifiedSpectrum(new Spectrum(x, y), residuals);
    }

    /** The place with the least value around one; of equals the first in the order of columns, then rows. */
    private int best(int row, int column, double radius) {
        int best = row * re.length + column;
        double least = values[row][column];
        for (int j = 0; j < re.length; j++) {
            double dx = re[j] - re[column];
            if (Math.abs(dx) >= radius) {
                continue;
            }
            for (int i = 0; i < im.length; i++) {
                if (values[i][j] < least && Math.hypot(dx, im[i] - im[row]) < radius) {
                    least = values[i][j];
                    best = i * re.length + j;
                }
            }
        }
        return best;
    }
}
