package reprise.dynamics;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.ComplexEigen;
import reprise.linalg.Spectrum;
import reprise.source.Source;

/**
 * Extended dynamic mode decomposition: the eigenpairs of (W^1/2 Psi_X)&#8224; W^1/2 Psi_Y, the Koopman operator (K
 * g)(x) = g(F(x)) seen in the span of a dictionary, with the residual of each.
 *
 * <pre>{@code
 * Edmd edmd = Edmd.fit(Observables.monomials(2, 3), Snapshots.of(map, starts, 1));
 * double[] errors = edmd.residuals();
 * }</pre>
 *
 * <p>Eigenvalues with large residuals say nothing about the system, however many snapshots there are: the dictionary is
 * not mapped into itself. {@link ResDmd} finds what can be trusted. Values are immutable.
 */
@Source(text = "Williams, Kevrekidis and Rowley, A data-driven approximation of the Koopman operator: extending "
        + "dynamic mode decomposition, J. Nonlinear Sci. 2015")
@Source(text = "Colbrook and Townsend, Rigorous data-driven computation of spectral properties of Koopman operators, "
        + "Comm. Pure Appl. Math. 2024", at = "Algorithm 2")
public final class Edmd {
    private final Galerkin galerkin;
    private final Galerkin.Basis basis;
    private final Dense matrix;
    private final ComplexEigen eigen;
    private final Eigenvectors vectors;

    Edmd(Galerkin galerkin, Galerkin.Basis basis, Dense matrix) {
        this.galerkin = galerkin;
        this.basis = basis;
        this.matrix = matrix;
        eigen = ComplexEigen.of(matrix);
        vectors = new Eigenvectors(basis.coefficients(eigen.re()), basis.coefficients(eigen.im()));
    }

    /**
     * Numbers with real and imaginary parts, one column for each eigenvalue.
     *
     * @param re real parts, shape [rows, r]
     * @param im imaginary parts, shape [rows, r]
     */
    public record Eigenvectors(Dense re, Dense im) {
        /**
         * One column.
         *
         * @param j from 0
         * @return real parts in [0], imaginary parts in [1]
         */
        public double[][] column(int j) {
            int r = re.columns();
            double[][] column = new double[2][re.rows()];
            for (int i = 0; i < re.rows(); i++) {
                column[0][i] = re.data()[i * r + j];
                column[1][i] = im.data()[i * r + j];
            }
            return column;
        }

        /** The Euclidean lengths of the columns. */
        double[] lengths() {
            int r = re.columns();
            double[] lengths = new double[r];
            for (int i = 0; i < re.rows(); i++) {
                for (int j = 0; j < r; j++) {
                    lengths[j] = Math.hypot(lengths[j], Math.hypot(re.data()[i * r + j], im.data()[i * r + j]));
                }
            }
            return lengths;
        }
    }

    /**
     * Fits eigenpairs.
     *
     * @param dictionary N functions, linearly independent on the snapshots
     * @param data at least N snapshots
     * @return N eigenpairs
     * @throws IllegalArgumentException if there are fewer snapshots than functions, the Gram matrix is singular, a
     *     value is not finite, or the dimensions differ
     * @throws reprise.linalg.NotConverged if LAPACK's iteration fails
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost 8 M N^2 + about 30 N^3 operations; memory for some N^2 numbers and a block of snapshots
     */
    public static Edmd fit(Observables dictionary, Snapshots data) {
        return ResDmd.fit(dictionary, data).edmd();
    }

    /**
     * Fits eigenpairs on the part of a dictionary that can be told from 0: with functions that are nearly dependent, or
     * with fewer snapshots than functions.
     *
     * @param dictionary N functions
     * @param data snapshots
     * @param cutoff directions whose length is below this part of the longest are left out, from 0 to 1; 1e-10, say
     * @return r eigenpairs, r at most N
     * @throws IllegalArgumentException if the cutoff is outside, a value is not finite, or the dimensions differ
     * @throws reprise.linalg.NotConverged if LAPACK's iteration fails
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost as {@link #fit(Observables, Snapshots)}
     */
    public static Edmd fit(Observables dictionary, Snapshots data, double cutoff) {
        return ResDmd.fit(dictionary, data, cutoff).edmd();
    }

    /**
     * The eigenvalues.
     *
     * @return r of them in LAPACK's order, conjugate pairs together
     */
    public Spectrum eigenvalues() {
        return eigen.values();
    }

    /**
     * The eigenvectors: v holds the coefficients of an approximate eigenfunction in the dictionary.
     *
     * @return shape [N, r]
     */
    public Eigenvectors eigenvectors() {
        return vectors;
    }

    /**
     * The residuals on the snapshots that were fitted: the length of Psi_Y v - lambda Psi_X v over that of Psi_X v, in
     * the norm of the quadrature.
     *
     * @return length r
     * @cost 8 N^2 r operations
     */
    public double[] residuals() {
        return residuals(galerkin);
    }

    /**
     * The residuals on other snapshots, which the fit has not seen.
     *
     * @param other snapshots of the same system
     * @return length r
     * @throws IllegalArgumentException if the states have another dimension, or an eigenfunction is zero there
     * @throws reprise.parallel.Interrupted if the thread was interrupted
     * @cost 8 M N^2 operations
     */
    public double[] residuals(Snapshots other) {
        return residuals(Galerkin.of(galerkin.dictionary, other));
    }

    /**
     * The eigenvalues whose residual is small: what can be kept of them.
     *
     * @param epsilon residuals below this stay, above 0
     * @return these eigenvalues with their residuals on the snapshots that were fitted
     * @throws IllegalArgumentException if epsilon is not positive, or no residual is below it
     * @cost 8 N^2 r operations
     */
    public CertifiedSpectrum filtered(double epsilon) {
        Require.positive("epsilon", epsilon);
        double[] residuals = residuals();
        int[] kept = IntStream.range(0, residuals.length).filter(j -> residuals[j] < epsilon).toArray();
        double[] re = IntStream.of(kept).mapToDouble(j -> eigen.values().re()[j]).toArray();
        double[] im = IntStream.of(kept).mapToDouble(j -> eigen.values().im()[j]).toArray();
        return new CertifiedSpectrum(
                new Spectrum(re, im), IntStream.of(kept).mapToDouble(j -> residuals[j]).toArray());
    }

    /**
     * How much longer each approximate eigenfunction is one step later: the length of Psi_Y v over that of Psi_X v. On
     * the snapshots that were fitted its square is residual^2 + |lambda|^2, and 1 if the system keeps the measure.
     *
     * @return length r
     * @cost 8 N^2 r operations
     */
    public double[] growth() {
        double[] now = seen(galerkin.now).lengths();
        double[] growth = seen(galerkin.next).lengths();
        for (int j = 0; j < growth.length; j++) {
            growth[j] /= now[j];
        }
        return growth;
    }

    /**
     * The approximate eigenfunctions' values.
     *
     * @param states one a row, shape [m, d]
     * @return shape [m, r]
     * @throws IllegalArgumentException if the states have another dimension
     * @cost m N function values and 4 m N r operations
     */
    public Eigenvectors eigenfunctions(Dense states) {
        Dense psi = galerkin.dictionary.at(states);
        return new Eigenvectors(Blas.product(psi, vectors.re), Blas.product(psi, vectors.im));
    }

    /**
     * As {@link #eigenfunctions(Dense)}, for ND4J arrays.
     *
     * @param states one a row, shape [m, d]
     * @return shape [m, r]
     * @throws IllegalArgumentException if the states have another dimension, or a number is not finite
     */
    public Eigenvectors eigenfunctions(INDArray states) {
        return eigenfunctions(Dense.of("states", states));
    }

    /**
     * As {@link #eigenfunctions(Dense)}, for arrays of rows.
     *
     * @param states one a row, shape [m, d]
     * @return shape [m, r]
     * @throws IllegalArgumentException if the states have another dimension, or a number is not finite
     */
    public Eigenvectors eigenfunctions(double[][] states) {
        return eigenfunctions(Dense.of("states", states));
    }

    /**
     * Predicts: the state is written in the dictionary as well as it can be, and the dictionary is moved on by the
     * fitted matrix.
     *
     * @param start the first state, length d, finite
     * @param steps how many, at least 1
     * @return the predicted states, the first one as the dictionary sees it, shape [steps + 1, d]
     * @throws IllegalArgumentException if an argument is out of range, or the prediction overflows
     * @cost 2 r^2 steps operations
     */
    public Dense predict(double[] start, int steps) {
        Require.shape("start", new int[] {start.length}, galerkin.dictionary.dimension());
        Require.atLeast("steps", steps, 1);
        Dense state = Blas.productAtB(basis.left(), galerkin.state);
        Dense psi = galerkin.dictionary.at(Dense.of("start", start.clone(), 1, start.length));
        double[] p = Blas.product(psi, basis.coefficients(Galerkin.identity(basis.rank()))).data();
        int d = start.length;
        double[] path = new double[Math.multiplyExact(steps + 1, d)];
        for (int k = 0; k <= steps; k++) {
            System.arraycopy(Blas.productAt(state, p), 0, path, k * d, d);
            p = k < steps ? Blas.productAt(matrix, p) : p;
        }
        return Dense.of("prediction", path, steps + 1, d);
    }

    private double[] residuals(Galerkin seen) {
        Eigenvectors now = new Eigenvectors(Blas.product(seen.now, vectors.re), Blas.product(seen.now, vectors.im));
        Eigenvectors next = new Eigenvectors(Blas.product(seen.next, vectors.re), Blas.product(seen.next, vectors.im));
        int r = now.re.columns();
        double[] re = next.re.data().clone();
        double[] im = next.im.data().clone();
        for (int i = 0; i < re.length; i++) {
            double x = eigen.values().re()[i % r];
            double y = eigen.values().im()[i % r];
            re[i] -= x * now.re.data()[i] - y * now.im.data()[i];
            im[i] -= x * now.im.data()[i] + y * now.re.data()[i];
        }
        int rows = now.re.rows();
        double[] residuals =
                new Eigenvectors(Dense.of("difference", re, rows, r), Dense.of("difference", im, rows, r)).lengths();
        double[] lengths = now.lengths();
        for (int j = 0; j < r; j++) {
            residuals[j] /= Require.positive("length of eigenfunction " + j, lengths[j]);
        }
        return residuals;
    }

    private Eigenvectors seen(Dense side) {
        return new Eigenvectors(Blas.product(side, vectors.re), Blas.product(side, vectors.im));
    }
}
