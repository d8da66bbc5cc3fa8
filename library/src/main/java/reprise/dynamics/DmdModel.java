package reprise.dynamics;

import java.util.Arrays;
import java.util.stream.IntStream;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.ComplexEigen;
import reprise.linalg.LeastSquares;
import reprise.linalg.Spectrum;
import reprise.source.Source;

/**
 * A dynamic mode decomposition: x(k) is close to the real part of the sum over j of phi(j) lambda(j)^k b(j).
 *
 * @param eigenvalues lambda, r of them, conjugate pairs together
 * @param re real parts of the modes phi, one per column and of Euclidean length 1 with their history, shape [d, r]
 * @param im imaginary parts, shape [d, r]
 * @param amplitudes b, such that all states that were fitted are met as well as can be
 */
public record DmdModel(Spectrum eigenvalues, Dense re, Dense im, Spectrum amplitudes) {
    /** Modes of eigenvalues below this have no image to be read from. */
    private static final double STILL = 1e-12;

    static DmdModel of(Dense states, int d, ComplexEigen eigen, Dense images, Dense directions) {
        Spectrum values = eigen.values();
        int r = values.re().length;
        Dense re = Blas.product(images, eigen.re());
        Dense im = Blas.product(images, eigen.im());
        Dense still = Blas.product(directions, eigen.re());
        Dense stillIm = Blas.product(directions, eigen.im());
        int rows = re.rows();
        for (int j = 0; j < r; j++) {
            if (Math.hypot(values.re()[j], values.im()[j]) < STILL) {
                for (int i = 0; i < rows; i++) {
                    re.data()[i * r + j] = still.data()[i * r + j];
                    im.data()[i * r + j] = stillIm.data()[i * r + j];
                }
            }
        }
        double[] lengths = new Edmd.Eigenvectors(re, im).lengths();
        for (int i = 0; i < re.data().length; i++) {
            re.data()[i] /= lengths[i % r];
            im.data()[i] /= lengths[i % r];
        }
        Spectrum amplitudes = amplitudes(states, values, re, im);
        return new DmdModel(values, top(re, d), top(im, d), amplitudes);
    }

    /**
     * States from the decomposition, at times that were fitted or later ones.
     *
     * @param from the first time, counted in steps from the first state that was fitted, at least 0
     * @param count how many, at least 1
     * @return shape [count, d]
     * @throws IllegalArgumentException if a number is out of range, or a state overflows
     * @cost 4 d r count operations
     */
    public Dense states(int from, int count) {
        return states(from, count, IntStream.range(0, eigenvalues.re().length).toArray());
    }

    /**
     * The part of the states that some modes make.
     *
     * @param from the first time, at least 0
     * @param count how many, at least 1
     * @param modes indices of the modes, at least one; a real part needs both of a conjugate pair
     * @return shape [count, d]
     * @throws IllegalArgumentException if a number is out of range, or a state overflows
     * @cost 4 d count operations a mode
     */
    public Dense states(int from, int count, int... modes) {
        Require.atLeast("from", from, 0);
        Require.atLeast("count", count, 1);
        Require.atLeast("number of modes", modes.length, 1);
        int r = eigenvalues.re().length;
        double[] cosines = new double[count * r];
        double[] sines = new double[count * r];
        for (int j : modes) {
            Require.atLeast("mode", j, 0);
            Require.atLeast("number of modes", r, j + 1);
            double size = Math.hypot(eigenvalues.re()[j], eigenvalues.im()[j]);
            double turn = Math.atan2(eigenvalues.im()[j], eigenvalues.re()[j]);
            double b = Math.hypot(amplitudes.re()[j], amplitudes.im()[j]);
            double phase = Math.atan2(amplitudes.im()[j], amplitudes.re()[j]);
            for (int k = 0; k < count; k++) {
                double now = b * Math.pow(size, from + k);
                cosines[k * r + j] = now * Math.cos(phase + (from + k) * turn);
                sines[k * r + j] = -now * Math.sin(phase + (from + k) * turn);
            }
        }
        double[] sum = Blas.productABt(Dense.of("modes in time", cosines, count, r), re).data();
        double[] rest = Blas.productABt(Dense.of("modes in time", sines, count, r), im).data();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += rest[i];
        }
        return Dense.of("states", sum, count, re.rows());
    }

    /**
     * Cycles in a unit of time.
     *
     * @param interval the time between two states, above 0
     * @return length r, between -1/2 and 1/2 over the interval
     * @throws IllegalArgumentException if the interval is not positive
     */
    public double[] frequencies(double interval) {
        Require.positive("interval", interval);
        return IntStream.range(0, eigenvalues.re().length)
                .mapToDouble(j -> Math.atan2(eigenvalues.im()[j], eigenvalues.re()[j]) / (2 * Math.PI * interval))
                .toArray();
    }

    /**
     * Rates at which modes grow (above 0) or decay (below).
     *
     * @param interval the time between two states, above 0
     * @return length r, log |lambda| over the interval
     * @throws IllegalArgumentException if the interval is not positive
     */
    public double[] growthRates(double interval) {
        Require.positive("interval", interval);
        return Arrays.stream(eigenvalues.moduli()).map(size -> Math.log(size) / interval).toArray();
    }

    /** The least squares over all states at once: normal equations of order r, products of small Gram matrices. */
    @Source(text = "Jovanovic, Schmid and Nichols, Sparsity-promoting dynamic mode decomposition, Phys. Fluids 2014",
            at = "Eq. 6")
    private static Spectrum amplitudes(Dense states, Spectrum values, Dense re, Dense im) {
        int r = values.re().length;
        int m = states.rows();
        double[] c = new double[m * r];
        double[] s = new double[m * r];
        double[] scale = new double[r];
        for (int j = 0; j < r; j++) {
            double size = Math.hypot(values.re()[j], values.im()[j]);
            double turn = Math.atan2(values.im()[j], values.re()[j]);
            // The largest power is 1, so that nothing overflows.
            scale[j] = size > 1 ? (m - 1) * Math.log(size) : 0;
            for (int k = 0; k < m; k++) {
                double now = k == 0 && size == 0 ? 1 : Math.exp(k * Math.log(size) - scale[j]);
                c[k * r + j] = now * Math.cos(k * turn);
                s[k * r + j] = now * Math.sin(k * turn);
            }
        }
        Dense cosines = Dense.of("powers", c, m, r);
        Dense sines = Dense.of("powers", s, m, r);
        double[][] modes = gram(re, im);
        double[][] powers = gram(cosines, sines);
        double[] equations = new double[4 * r * r];
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                int at = i * r + j;
                double x = modes[0][at] * powers[0][at] - modes[1][at] * powers[1][at];
                double y = modes[0][at] * powers[1][at] + modes[1][at] * powers[0][at];
                equations[i * 2 * r + j] = x;
                equations[i * 2 * r + r + j] = -y;
                equations[(r + i) * 2 * r + j] = y;
                equations[(r + i) * 2 * r + r + j] = x;
            }
        }
        double[] along = Blas.product(states, re).data();
        double[] across = Blas.product(states, im).data();
        double[] right = new double[2 * r];
        for (int k = 0; k < m; k++) {
            for (int j = 0; j < r; j++) {
                int at = k * r + j;
                // conj(phi) x conj(power): both conjugated.
                right[j] += along[at] * c[at] - across[at] * s[at];
                right[r + j] -= along[at] * s[at] + across[at] * c[at];
            }
        }
        double[] b = LeastSquares.minimumNorm(
                        Dense.of("equations", equations, 2 * r, 2 * r), Dense.of("right", right, 2 * r, 1), 1e-14)
                .x()
                .data();
        double[] bRe = new double[r];
        double[] bIm = new double[r];
        for (int j = 0; j < r; j++) {
            bRe[j] = b[j] * Math.exp(-scale[j]);
            bIm[j] = b[r + j] * Math.exp(-scale[j]);
        }
        return new Spectrum(bRe, bIm);
    }

    /** The inner products of complex columns, the first conjugated: real and imaginary parts. */
    private static double[][] gram(Dense re, Dense im) {
        double[] x = Blas.gramOfColumns(re).data();
        double[] y = Blas.gramOfColumns(im).data();
        double[] mixed = Blas.productAtB(re, im).data();
        int r = re.columns();
        double[] imaginary = new double[x.length];
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                x[i * r + j] += y[i * r + j];
                imaginary[i * r + j] = mixed[i * r + j] - mixed[j * r + i];
            }
        }
        return new double[][] {x, imaginary};
    }

    private static Dense top(Dense a, int rows) {
        return Dense.of("modes", Arrays.copyOf(a.data(), rows * a.columns()), rows, a.columns());
    }
}
