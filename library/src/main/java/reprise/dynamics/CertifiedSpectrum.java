package reprise.dynamics;

import java.util.Arrays;
import reprise.array.Require;
import reprise.linalg.Spectrum;

/**
 * Places of the complex plane that belong to a spectrum up to their residuals.
 *
 * @param places at least one
 * @param residuals how far each can be from the approximate point spectrum, in the sense of ||K g - z g|| for a g of
 *     length 1
 */
public record CertifiedSpectrum(Spectrum places, double[] residuals) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the lengths differ or there is no place
     */
    public CertifiedSpectrum {
        Require.atLeast("number of places", residuals.length, 1);
        Require.shape("places", new int[] {places.re().length}, residuals.length);
        residuals = residuals.clone();
    }

    /**
     * The certificate E: no place has a larger residual. It says nothing about what was not found, and a tiny set can
     * have a tiny certificate: look at {@link #missing} too.
     *
     * @return at least 0
     */
    public double certificate() {
        return Arrays.stream(residuals).max().orElseThrow();
    }

    /**
     * The Hausdorff distance from another set: how far the farthest point of one is from the other.
     *
     * @param other at least one point
     * @return at least 0
     * @cost the product of the numbers of points
     */
    public double distance(Spectrum other) {
        return distance(places, other);
    }

    /**
     * How much of a set was missed: the distance of its farthest point from the nearest place found.
     *
     * @param truth at least one point
     * @return at least 0
     * @cost the product of the numbers of points
     */
    public double missing(Spectrum truth) {
        return farthest(truth, places);
    }

    /**
     * The Hausdorff distance of two sets.
     *
     * @param a at least one point
     * @param b at least one point
     * @return at least 0
     * @throws IllegalArgumentException if a set is empty
     * @cost the product of the numbers of points
     */
    public static double distance(Spectrum a, Spectrum b) {
        return Math.max(farthest(a, b), farthest(b, a));
    }

    /**
     * Points on the unit circle.
     *
     * @param count how many, equally spaced from 1 on, at least 1; the roots of unity of this order
     * @return the points
     * @throws IllegalArgumentException if the count is below 1
     */
    public static Spectrum circle(int count) {
        double[] re = new double[Require.atLeast("count", count, 1)];
        double[] im = new double[count];
        for (int k = 0; k < count; k++) {
            re[k] = Math.cos(2 * Math.PI * k / count);
            im[k] = Math.sin(2 * Math.PI * k / count);
        }
        return new Spectrum(re, im);
    }

    private static double farthest(Spectrum from, Spectrum to) {
        Require.atLeast("number of points", from.re().length, 1);
        Require.atLeast("number of points", to.re().length, 1);
        double farthest = 0;
        for (int i = 0; i < from.re().length; i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < to.re().length; j++) {
                nearest = Math.min(nearest, Math.hypot(from.re()[i] - to.re()[j], from.im()[i] - to.im()[j]));
            }
            farthest = Math.max(farthest, nearest);
        }
        return farthest;
    }
}
