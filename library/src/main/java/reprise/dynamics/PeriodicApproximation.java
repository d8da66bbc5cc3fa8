package reprise.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import reprise.array.Require;
import reprise.linalg.Fourier;
import reprise.linalg.Spectrum;
import reprise.source.Source;

/**
 * The spectral measure of a function under a permutation of cells of equal measure, which stands for a system that
 * keeps the measure. A permutation is unitary, so nothing is damped and nothing lies inside the disc; but each of its
 * cycles is periodic, so the measure is always made of atoms at roots of unity, whatever the system is.
 *
 * <pre>{@code
 * PeriodicApproximation atoms = PeriodicApproximation.ofOrbit(signal);
 * double[] density = atoms.density(Grid.linear(0, 1, 51));
 * }</pre>
 *
 * @param angles in (-pi, pi], ascending, in radians
 * @param masses of the atoms there, at least 0; their sum is the mean of g^2 over the cells
 */
@Source(text = "Govindarajan, Mohr, Chandrasekaran and Mezic, On the approximation of Koopman spectra for measure "
        + "preserving transformations, SIAM J. Appl. Dyn. Syst. 2019", at = "Sections 4 and 5")
public record PeriodicApproximation(double[] angles, double[] masses) {
    private record Atom(double angle, double mass) {}

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the lengths differ, there is no atom, or a mass is negative
     */
    public PeriodicApproximation {
        Require.atLeast("number of atoms", angles.length, 1);
        Require.shape("masses", new int[] {masses.length}, angles.length);
        angles = angles.clone();
        masses = masses.clone();
        for (double mass : masses) {
            Require.nonNegative("mass", mass);
        }
    }

    /**
     * Takes a permutation.
     *
     * @param next where each cell goes, a permutation of 0 to n - 1, n at least 1
     * @param values g on each cell, length n, finite
     * @return an atom for each root of unity of each cycle
     * @throws IllegalArgumentException if {@code next} is not a permutation, or the values do not fit
     * @cost O(n log n)
     */
    public static PeriodicApproximation of(int[] next, double[] values) {
        int n = Require.atLeast("number of cells", next.length, 1);
        Require.shape("values", new int[] {values.length}, n);
        Require.finite("values", values);
        boolean[] reached = new boolean[n];
        for (int i = 0; i < n; i++) {
            if (next[i] < 0 || next[i] >= n || reached[next[i]]) {
                throw new IllegalArgumentException("next must be a permutation of 0 to " + (n - 1) + ", but next[" + i
                        + "] was " + next[i] + (next[i] < 0 || next[i] >= n ? "" : " again"));
            }
            reached[next[i]] = true;
        }
        boolean[] done = new boolean[n];
        double[] cycle = new double[n];
        var atoms = new ArrayList<Atom>();
        for (int first = 0; first < n; first++) {
            int length = 0;
            for (int i = first; !done[i]; i = next[i]) {
                done[i] = true;
                cycle[length++] = values[i];
            }
            if (length > 0) {
                add(Arrays.copyOf(cycle, length), n, atoms);
            }
        }
        atoms.sort(Comparator.comparingDouble(Atom::angle));
        return new PeriodicApproximation(
                atoms.stream().mapToDouble(Atom::angle).toArray(), atoms.stream().mapToDouble(Atom::mass).toArray());
    }

    /**
     * Closes an orbit: the states visited are the cells, and the last one goes back to the first.
     *
     * @param signal g along the orbit, at least one value, finite
     * @return n atoms at the n-th roots of unity
     * @throws IllegalArgumentException if the signal is empty or not finite
     * @cost O(n log n)
     */
    public static PeriodicApproximation ofOrbit(double[] signal) {
        int n = Require.atLeast("length of signal", signal.length, 1);
        int[] next = new int[n];
        Arrays.setAll(next, i -> (i + 1) % n);
        return of(next, signal);
    }

    /** The eigenfunction of exp(2 pi i k / c) on a cycle of length c takes the share |X(k)|^2 / c of the sum of g^2. */
    private static void add(double[] cycle, int cells, ArrayList<Atom> atoms) {
        int c = cycle.length;
        Spectrum x = Fourier.transform(cycle);
        for (int k = 0; k < c; k++) {
            double turn = 2 * k > c ? k - c : k;
            double square = x.re()[k] * x.re()[k] + x.im()[k] * x.im()[k];
            atoms.add(new Atom(2 * Math.PI * turn / c, square / c / cells));
        }
    }

    /**
     * The mass of each of several arcs over its length.
     *
     * @param edges of the arcs, ascending, at least 2, in radians
     * @return one density less than edges; the left end belongs to an arc
     * @throws IllegalArgumentException if there are fewer than 2 edges, or they do not ascend
     * @cost O(atoms log edges)
     */
    public double[] density(double[] edges) {
        Require.atLeast("number of edges", edges.length, 2);
        for (int i = 1; i < edges.length; i++) {
            Require.positive("edges[" + i + "] - edges[" + (i - 1) + "]", edges[i] - edges[i - 1]);
        }
        double[] density = new double[edges.length - 1];
        for (int k = 0; k < angles.length; k++) {
            int at = Arrays.binarySearch(edges, angles[k]);
            int arc = at >= 0 ? at : -at - 2;
            if (arc >= 0 && arc < density.length) {
                density[arc] += masses[k] / (edges[arc + 1] - edges[arc]);
            }
        }
        return density;
    }
}
