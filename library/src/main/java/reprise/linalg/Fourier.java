package reprise.linalg;

import reprise.array.Require;
import reprise.source.Source;

/**
 * The discrete Fourier transform of any length: powers of two by halving, other lengths as a convolution of such.
 *
 * <pre>{@code
 * Spectrum waves = Fourier.transform(new double[] {1, 0, 0, 0, 0, 0});
 * }</pre>
 */
@Source(text = "Cooley and Tukey, An algorithm for the machine calculation of complex Fourier series, 1965")
@Source(text = "Bluestein, A linear filtering approach to the computation of discrete Fourier transform, 1970")
public final class Fourier {
    private Fourier() {}

    /**
     * Transforms a real signal: X(k) = sum over m of x(m) exp(-2 pi i k m / n).
     *
     * @param signal x, length n at least 1, finite
     * @return X(0) to X(n - 1)
     * @throws IllegalArgumentException if the signal is empty or not finite
     * @cost O(n log n); relative error of some 1e-15 log n
     */
    public static Spectrum transform(double[] signal) {
        return transform(signal, new double[signal.length]);
    }

    /**
     * Transforms a complex signal.
     *
     * @param re its real parts, length n at least 1, finite
     * @param im its imaginary parts, length n, finite
     * @return X(0) to X(n - 1)
     * @throws IllegalArgumentException if the signal is empty or not finite, or the lengths differ
     * @cost O(n log n)
     */
    public static Spectrum transform(double[] re, double[] im) {
        int n = Require.atLeast("length of signal", re.length, 1);
        Require.shape("im", new int[] {im.length}, n);
        double[] x = Require.finite("re", re).clone();
        double[] y = Require.finite("im", im).clone();
        if (Integer.bitCount(n) == 1) {
            halve(x, y);
            return new Spectrum(x, y);
        }
        return convolved(x, y);
    }

    /**
     * The signal that a transform came from: x(m) = sum over k of X(k) exp(2 pi i k m / n) / n.
     *
     * @param waves X(0) to X(n - 1), n at least 1, finite
     * @return the signal, with imaginary parts of the size of rounding if it was real
     * @throws IllegalArgumentException if there are none, or they are not finite
     * @cost O(n log n)
     */
    public static Spectrum inverse(Spectrum waves) {
        // With real and imaginary parts exchanged before and after, forth is back.
        Spectrum swapped = transform(waves.im(), waves.re());
        int n = swapped.re().length;
        for (int m = 0; m < n; m++) {
            swapped.re()[m] /= n;
            swapped.im()[m] /= n;
        }
        return new Spectrum(swapped.im(), swapped.re());
    }

    /** k m = (k^2 + m^2 - (k - m)^2) / 2: the transform is a convolution with exp(i pi m^2 / n). */
    private static Spectrum convolved(double[] x, double[] y) {
        int n = x.length;
        int size = Integer.highestOneBit(Math.multiplyExact(2, n)) * 2;
        double[] c = new double[n];
        double[] s = new double[n];
        for (int m = 0; m < n; m++) {
            // Squares modulo 2n, or the angle would lose digits.
            double angle = Math.PI * ((long) m * m % (2L * n)) / n;
            c[m] = Math.cos(angle);
            s[m] = Math.sin(angle);
        }
        double[] a = new double[size];
        double[] b = new double[size];
        double[] p = new double[size];
        double[] q = new double[size];
        for (int m = 0; m < n; m++) {
            a[m] = x[m] * c[m] + y[m] * s[m];
            b[m] = y[m] * c[m] - x[m] * s[m];
            p[m] = c[m];
            q[m] = s[m];
            p[(size - m) % size] = c[m];
            q[(size - m) % size] = s[m];
        }
        halve(a, b);
        halve(p, q);
        for (int k = 0; k < size; k++) {
            double re = a[k] * p[k] - b[k] * q[k];
            // The conjugate, so that the transform is the inverse one but for another conjugation.
            b[k] = -(a[k] * q[k] + b[k] * p[k]);
            a[k] = re;
        }
        halve(a, b);
        for (int k = 0; k < n; k++) {
            x[k] = (a[k] * c[k] - b[k] * s[k]) / size;
            y[k] = (-b[k] * c[k] - a[k] * s[k]) / size;
        }
        return new Spectrum(x, y);
    }

    /** In place, for powers of two: bits reversed, then butterflies. */
    private static void halve(double[] x, double[] y) {
        int n = x.length;
        int bits = Integer.numberOfTrailingZeros(n);
        for (int i = 0; i < n; i++) {
            int j = bits == 0 ? 0 : Integer.reverse(i) >>> 32 - bits;
            if (i < j) {
                double t = x[i];
                x[i] = x[j];
                x[j] = t;
                t = y[i];
                y[i] = y[j];
                y[j] = t;
            }
        }
        double[] c = new double[n / 2];
        double[] s = new double[n / 2];
        for (int k = 0; k < n / 2; k++) {
            c[k] = Math.cos(2 * Math.PI * k / n);
            s[k] = -Math.sin(2 * Math.PI * k / n);
        }
        for (int half = 1; half < n; half *= 2) {
            int stride = n / (2 * half);
            for (int from = 0; from < n; from += 2 * half) {
                for (int k = 0; k < half; k++) {
                    int i = from + k;
                    int j = i + half;
                    double re = x[j] * c[k * stride] - y[j] * s[k * stride];
                    double im = x[j] * s[k * stride] + y[j] * c[k * stride];
                    x[j] = x[i] - re;
                    y[j] = y[i] - im;
                    x[i] += re;
                    y[i] += im;
                }
            }
        }
    }
}
