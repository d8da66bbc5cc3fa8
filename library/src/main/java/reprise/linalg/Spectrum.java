package reprise.linalg;

/**
 * Complex numbers as two arrays: the eigenvalues of a general matrix.
 *
 * @param re real parts, length n
 * @param im imaginary parts, length n; of a conjugate pair the one above the real axis stands first
 */
public record Spectrum(double[] re, double[] im) {
    /**
     * The absolute values.
     *
     * @return length n
     */
    public double[] moduli() {
        double[] r = new double[re.length];
        for (int i = 0; i < r.length; i++) {
            r[i] = Math.hypot(re[i], im[i]);
        }
        return r;
    }

    /**
     * The largest absolute value.
     *
     * @return at least 0
     */
    public double radius() {
        return Norms.max(moduli());
    }
}
