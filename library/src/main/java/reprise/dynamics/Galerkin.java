package reprise.dynamics;

import java.util.Iterator;
import java.util.NoSuchElementException;
import reprise.array.Dense;
import reprise.array.Require;
import reprise.linalg.Blas;
import reprise.linalg.Svd;
import reprise.linalg.TallQr;

/**
 * All that snapshots say through a dictionary: the triangular factor of [sqrt(W) Psi_X, sqrt(W) Psi_Y, sqrt(W) X].
 * Every length and angle of functions in the span of the dictionary, of their images, and of the state itself is that
 * of the columns of this factor, so the snapshots are looked at once, in blocks.
 */
final class Galerkin {
    /** Numbers in a block of rows: 16 MB. */
    private static final int BLOCK = 2_000_000;

    final Observables dictionary;
    final int size;

    /** The columns for Psi_X, Psi_Y and X, shapes [2N + d, N], [2N + d, N], [2N + d, d]. */
    final Dense now;

    final Dense next;
    final Dense state;

    private Galerkin(Observables dictionary, Dense r) {
        this.dictionary = dictionary;
        size = dictionary.size();
        now = columns(r, 0, size);
        next = columns(r, size, 2 * size);
        state = columns(r, 2 * size, r.columns());
    }

    static Galerkin of(Observables dictionary, Snapshots data) {
        Require.shape(
                "snapshots", new int[] {data.count(), data.x().columns()}, data.count(), dictionary.dimension());
        int n = dictionary.size();
        int width = Math.addExact(Math.multiplyExact(2, n), dictionary.dimension());
        return new Galerkin(dictionary, TallQr.triangle(width, new Blocks(dictionary, data, width)));
    }

    /** An orthonormal basis of the dictionary's span, and what is known in it. */
    record Basis(Dense left, double[] s, Dense right) {
        int rank() {
            return s.length;
        }

        /** Observables coefficients of functions given in the basis: V S^-1 w. */
        Dense coefficients(Dense w) {
            double[] scaled = w.data().clone();
            for (int i = 0; i < w.rows(); i++) {
                for (int j = 0; j < w.columns(); j++) {
                    scaled[i * w.columns() + j] /= s[i];
                }
            }
            return Blas.product(right, Dense.of("w", scaled, w.rows(), w.columns()));
        }
    }

    /**
     * The functions whose length is above a part of the largest one.
     *
     * @throws IllegalArgumentException if the cutoff is 0 and the functions are dependent
     */
    Basis basis(double cutoff) {
        Svd svd = Svd.of(now);
        double[] s = svd.s();
        double least = s[0] == 0 ? 0 : s[s.length - 1] / s[0];
        if (cutoff == 0 && least <= size * Math.ulp(1.0)) {
            throw new IllegalArgumentException("dictionary functions must be linearly independent on the snapshots, "
                    + "but their Gram matrix is singular: the smallest of its singular values is " + least * least
                    + " of the largest; fit with a cutoff such as 1e-10");
        }
        int rank = 0;
        while (rank < s.length && s[rank] > cutoff * s[0]) {
            rank++;
        }
        if (rank == 0) {
            throw new IllegalArgumentException("dictionary functions must not all be zero on the snapshots");
        }
        Svd kept = svd.leading(rank);
        return new Basis(kept.u(), kept.s(), kept.v());
    }

    /** The images of the basis, in the coordinates of the factor's rows. */
    Dense images(Basis basis) {
        return Blas.product(next, basis.coefficients(identity(basis.rank())));
    }

    static Dense identity(int n) {
        double[] one = new double[n * n];
        for (int i = 0; i < n; i++) {
            one[i * n + i] = 1;
        }
        return Dense.of("identity", one, n, n);
    }

    private static Dense columns(Dense r, int from, int to) {
        int width = to - from;
        double[] part = new double[r.rows() * width];
        for (int i = 0; i < r.rows(); i++) {
            System.arraycopy(r.data(), i * r.columns() + from, part, i * width, width);
        }
        return Dense.of("columns", part, r.rows(), width);
    }

    /** Rows of [Psi_X, Psi_Y, X], each times the root of its weight, made when they are asked for. */
    private static final class Blocks implements Iterator<Dense> {
        private final Observables dictionary;
        private final Snapshots data;
        private final int width;
        private final int rows;
        private int done;

        private Blocks(Observables dictionary, Snapshots data, int width) {
            this.dictionary = dictionary;
            this.data = data;
            this.width = width;
            rows = Math.max(64, BLOCK / width);
        }

        @Override
        public boolean hasNext() {
            return done < data.count();
        }

        @Override
        public Dense next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int from = done;
            int to = Math.min(data.count(), from + rows);
            done = to;
            int n = dictionary.size();
            int d = dictionary.dimension();
            Dense now = dictionary.at(data.x(), from, to);
            Dense next = dictionary.at(data.y(), from, to);
            double[] block = new double[Math.multiplyExact(to - from, width)];
            for (int i = 0; i < to - from; i++) {
                double root = Math.sqrt(data.weights()[from + i]);
                for (int j = 0; j < n; j++) {
                    block[i * width + j] = root * now.data()[i * n + j];
                    block[i * width + n + j] = root * next.data()[i * n + j];
                }
                for (int j = 0; j < d; j++) {
                    block[i * width + 2 * n + j] = root * data.x().data()[(from + i) * d + j];
                }
            }
            return Dense.of("rows", block, to - from, width);
        }
    }
}
