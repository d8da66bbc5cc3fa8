package reprise.dynamics;

import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.linalg.Eigen;
import reprise.linalg.Qr;
import reprise.linalg.Svd;

/**
 * The largest singular values of a matrix from the Gram matrix of its shorter side, one step of subspace iteration, and
 * a check: where the Gram matrix has lost too many digits, the full decomposition is computed instead.
 */
final class TruncatedSvd {
    /** The residual of a pair of singular vectors, relative to the largest value: a few units in the last place. */
    private static final double RESIDUAL = 1e-13;

    /** Squares of values below this part of the largest drown in the rounding of the Gram matrix. */
    private static final double DROWNED = 1e-6;

    private TruncatedSvd() {}

    static Svd of(Dense a, int rank) {
        int small = Math.min(a.rows(), a.columns());
        if (4 * rank > small) {
            return Svd.of(a).leading(rank);
        }
        boolean wide = a.rows() <= a.columns();
        Dense gram = wide ? Blas.gramOfRows(a) : Blas.gramOfColumns(a);
        Dense first = Eigen.symmetricByIndex(gram, small - rank, small).vectors();
        Dense far = Qr.of(wide ? Blas.productAtB(a, first) : Blas.product(a, first)).q();
        Dense near = Qr.of(wide ? Blas.product(a, far) : Blas.productAtB(a, far)).q();
        // Now a is near core far' (wide), or far core' near' (tall), with a core of order rank.
        Dense image = wide ? Blas.productAtB(near, a) : Blas.product(a, near);
        Svd core = Svd.of(image);
        Svd svd = wide
                ? new Svd(Blas.product(near, core.u()), core.s(), core.v())
                : new Svd(core.u(), core.s(), Blas.product(near, core.v()));
        boolean safe = core.s()[rank - 1] > DROWNED * core.s()[0] && accurate(a, svd);
        return safe ? svd : Svd.of(a).leading(rank);
    }

    /** Whether A v = s u and A' u = s v for each. */
    private static boolean accurate(Dense a, Svd svd) {
        double limit = RESIDUAL * svd.s()[0] * Math.sqrt(Math.max(a.rows(), a.columns()));
        return worst(Blas.product(a, svd.v()), svd.u(), svd.s()) <= limit
                && worst(Blas.productAtB(a, svd.u()), svd.v(), svd.s()) <= limit;
    }

    private static double worst(Dense image, Dense vectors, double[] s) {
        double worst = 0;
        for (int i = 0; i < image.data().length; i++) {
            worst = Math.max(worst, Math.abs(image.data()[i] - s[i % s.length] * vectors.data()[i]));
        }
        return worst;
    }
}
