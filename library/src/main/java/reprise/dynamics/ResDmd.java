package reprise.dynamics;

import java.util.List;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.ShiftedMatrix;
import reprise.linalg.Spectrum;
import reprise.linalg.TallQr;
import reprise.source.Source;

/**
 * Residual dynamic mode decomposition: how near each complex z is to the Koopman operator's approximate point spectrum,
 * as far as a dictionary can see. h(z) is the smallest of ||K g - z g|| over all g of length 1 in its span; it falls
 * towards the true distance as the dictionary grows, so what is below epsilon for one dictionary is below it for ever.
 *
 * <pre>{@code
 * ResDmd model = ResDmd.fit(dictionary, data);
 * Pseudospectrum h = model.pseudospectrum(Grid.linear(-1.5, 1.5, 61), Grid.linear(-1.5, 1.5, 61));
 * CertifiedSpectrum found = h.measurePreserving().certified();
 * }</pre>
 *
 * <p>With W^1/2 Psi_X = Q R and C = W^1/2 Psi_Y R^-1, h(z) is the smallest singular value of C - z Q. Here it is found
 * from the square matrix A = Q&#7488;C, which is EDMD's, and the triangular factor B of what leaves the span, C - Q A:
 * the one of [A - z I; B]. Values are immutable.
 */
@Source(text = "Colbrook and Townsend, Rigorous data-driven computation of spectral properties of Koopman operators, "
        + "Comm. Pure Appl. Math. 2024", at = "Algorithm 3")
@Source(arxiv = "2407.06312", at = "Methods")
public final class ResDmd {
    private final Galerkin galerkin;
    private final Galerkin.Basis basis;
    private final Dense matrix;
    private final Dense leak;
    private final ShiftedMatrix shifted;

    private ResDmd(Galerkin galerkin, double cutoff) {
        this.galerkin = galerkin;
        basis = galerkin.basis(cutoff);
        Dense images = galerkin.images(basis);
        matrix = Blas.productAtB(basis.left(), images);
        double[] outside = images.data().clone();
        double[] inside = Blas.product(basis.left(), matrix).data();
        for (int i = 0; i < outside.length; i++) {
            outside[i] -= inside[i];
        }
        Dense rest = Dense.of("leak", outside, images.rows(), images.columns());
        leak = TallQr.triangle(basis.rank(), List.of(rest).iterator());
        shifted = ShiftedMatrix.of(matrix, leak);
    }

    /**
     * Takes snapshots through a dictionary.
     *
     * @param dictionary N functions, linearly independent on the snapshots
     * @param data at least N snapshots
     * @return the model
     * @throws IllegalArgumentException if there are fewer snapshots than functions, the Gram matrix is singular, a
     *     value is not finite, or the dimensions differ
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost 8 M N^2 + about 30 N^3 operations; memory for some N^2 numbers and a block of snapshots
     */
    public static ResDmd fit(Observables dictionary, Snapshots data) {
        if (data.count() < dictionary.size()) {
            throw new IllegalArgumentException("number of snapshots must be >= " + dictionary.size()
                    + ", the number of dictionary functions, was " + data.count() + "; or fit with a cutoff");
        }
        return new ResDmd(Galerkin.of(dictionary, data), 0);
    }

    /**
     * Takes snapshots through the part of a dictionary that can be told from 0.
     *
     * @param dictionary N functions
     * @param data snapshots
     * @param cutoff directions whose length is below this part of the longest are left out, above 0 and below 1
     * @return the model, of rank r at most N
     * @throws IllegalArgumentException if the cutoff is outside, a value is not finite, or the dimensions differ
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost as {@link #fit(Observables, Snapshots)}
     */
    public static ResDmd fit(Observables dictionary, Snapshots data, double cutoff) {
        Require.inside("cutoff", cutoff, 0, 1);
        return new ResDmd(Galerkin.of(dictionary, data), cutoff);
    }

    /**
     * The eigenpairs of the same matrix, with their residuals.
     *
     * @return r eigenpairs
     * @throws reprise.linalg.NotConverged if LAPACK's iteration fails
     * @cost about 25 r^3 operations
     */
    public Edmd edmd() {
        return new Edmd(galerkin, basis, matrix);
    }

    /**
     * The smallest residual at one place.
     *
     * @param re the real part of z, finite
     * @param im the imaginary part of z, finite
     * @return h(z), at least 0
     * @throws IllegalArgumentException if z is not finite
     * @cost 4/3 r^3 operations and more; many places at once are cheaper
     */
    public double residual(double re, double im) {
        return shifted.smallest(re, im).value();
    }

    /**
     * The smallest residuals at several places.
     *
     * @param places in the plane
     * @return h at each
     * @throws IllegalArgumentException if a place is not finite
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost about 4/3 r^3 operations a place, divided by the cores
     */
    public double[] residuals(Spectrum places) {
        return shifted.at(places.re(), places.im());
    }

    /**
     * The smallest residuals on a grid.
     *
     * @param re the real parts of the columns, finite
     * @param im the imaginary parts of the rows, finite; rows that mirror each other are computed once
     * @return h on the grid
     * @throws IllegalArgumentException if a number is not finite, or there is none
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost about 4/3 r^3 operations a place, divided by the cores
     */
    public Pseudospectrum pseudospectrum(double[] re, double[] im) {
        return new Pseudospectrum(re, im, shifted.grid(re, im));
    }

    /**
     * The function that h(z) belongs to.
     *
     * @param re the real part of z, finite
     * @param im the imaginary part of z, finite
     * @return h(z), and the coefficients of g in the dictionary, length N
     * @throws IllegalArgumentException if z is not finite
     * @cost 4/3 r^3 operations and more
     */
    public ShiftedMatrix.Smallest pseudoeigenfunction(double re, double im) {
        var found = shifted.smallest(re, im);
        return new ShiftedMatrix.Smallest(found.value(), coefficients(found.re()), coefficients(found.im()));
    }

    /**
     * EDMD's matrix in an orthonormal basis of the span, A. Its own pseudospectra, without what leaves the span, say
     * nothing about the system.
     *
     * @return shape [r, r]; not a copy
     */
    public Dense matrix() {
        return matrix;
    }

    /**
     * The triangular factor of what leaves the span in one step, B.
     *
     * @return shape [r, r]; not a copy
     */
    public Dense leak() {
        return leak;
    }

    /**
     * A function of the dictionary in the orthonormal basis.
     *
     * @param coefficients in the dictionary, length N, finite
     * @return length r
     * @throws IllegalArgumentException if there are not N
     * @cost O(N r)
     */
    public double[] coordinates(double[] coefficients) {
        Require.shape("coefficients", new int[] {coefficients.length}, galerkin.size);
        return Blas.productAt(basis.left(), Blas.product(galerkin.now, coefficients));
    }

    private double[] coefficients(double[] w) {
        return basis.coefficients(Dense.of("w", w, w.length, 1)).data();
    }
}
