package reprise.linalg;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import reprise.random.Rng;

/**
 * The smallest eigenvalue of one Hermitian matrix after another, each near others: a Krylov space of the inverse of H -
 * sigma I that grows from the neighbours' eigenvectors (block Lanczos with full orthogonalisation, values by Rayleigh
 * and Ritz). Several vectors at once are solved at little more than the cost of one, and see values that lie together.
 * sigma is a lower bound of the value: the nearer, the faster; that the factorisation exists proves it.
 *
 * <p>Complex numbers lie as pairs, matrices column after column.
 */
final class InverseSubspace {
    /**
     * The relative error of a value, as estimated from its residual r: r^2 over the gap. Smaller than anybody needs,
     * because a mixture of two vectors whose values are nearly the same has a small residual too.
     */
    static final double VALUES = 1e-14;

    /** As above, where the vector is wanted too: its error is the root of this. */
    static final double VECTORS = 1e-20;

    /** Eigenvectors that a place leaves for its neighbours. */
    static final int KEPT = 2;

    /** Eigenvalues of the inverse this near, relative to the largest, are taken together. */
    private static final double CLUSTER = 1e-3;

    /** Vectors solved at once: two of each neighbour, and a random one, so that a value which takes over is found. */
    private static final int WIDTH = 2 * KEPT + 1;

    /** How much noise the old vectors get, for the same reason. */
    private static final double NOISE = 1e-2;

    /** A relative residual that is good enough by itself. */
    private static final double WITHOUT_GAP = 1e-10;

    /** One that will do where rounding lets no better one come. */
    private static final double LAST_RESORT = 1e-6;

    private static final int ROOM = 50;
    private static final int ATTEMPTS = 12;

    /** Below this, relative to the largest entry, the value loses digits by having been squared. */
    private static final double SMALL = 1e-3;

    private static final int CONJUGATED = 113;

    private final ShiftedMatrix matrix;
    private final double tolerance;
    private final int n;
    private final int width;
    private final int room;
    private final DoublePointer one;
    private final DoublePointer zero;
    private final DoublePointer minus;
    private final DoublePointer factor;
    private final DoubleBuffer entries;
    private final DoublePointer basis;
    private final DoublePointer images;
    private final DoublePointer projected;
    private final DoublePointer ritz;
    private final DoublePointer values;
    private final DoublePointer work;
    private final DoublePointer tau;
    private final DoublePointer found;
    private final double[] column;
    private final double[] random;
    private double inverse;
    private double residual;

    InverseSubspace(ShiftedMatrix matrix, double tolerance, Native memory) {
        this.matrix = matrix;
        this.tolerance = tolerance;
        n = matrix.n;
        width = Math.min(n, WIDTH);
        room = Math.min(n, ROOM);
        one = memory.copy(new double[] {1, 0});
        zero = memory.copy(new double[2]);
        minus = memory.copy(new double[] {-1, 0});
        factor = memory.doubles(2L * n * n);
        entries = factor.asBuffer();
        basis = memory.doubles(2L * n * room);
        images = memory.doubles(2L * n * room);
        projected = memory.doubles(2L * room * room);
        ritz = memory.doubles(2L * room * room);
        values = memory.doubles(room);
        work = memory.doubles(2L * Math.max(n, room) * width);
        tau = memory.doubles(2L * width);
        column = new double[2 * n];
        random = new double[2 * n * width];
        Rng.of(n).fillNormal(random);
        double size = 1 / Math.sqrt(2 * n);
        Arrays.setAll(random, i -> random[i] * size);
        found = memory.doubles(2L * n * width);
    }

    /** What a place leaves for its neighbours: its square, without that of the units, and some eigenvectors. */
    record Place(double x, double y, double square, double[][] vectors) {
        /** A lower bound of the square at another place: the singular value changes no faster than the place. */
        double bound(double otherX, double otherY) {
            double value = Math.sqrt(square) - Math.hypot(otherX - x, otherY - y);
            return value > 0 ? value * value : 0;
        }
    }

    /** A place on its own, in the units of the matrix. */
    Place first(double x, double y) {
        return solved(x, y, 0, List.of());
    }

    /** A place near another one. */
    Place next(double x, double y, Place near) {
        return solved(x, y, near.bound(x, y), List.of(near));
    }

    /**
     * A place between two others. The smallest eigenvalue of H(z) - |z|^2 I, which is affine in z, is concave: it lies
     * above the chord.
     */
    Place between(double x, double y, Place left, Place right) {
        double part = Math.hypot(x - left.x, y - left.y) / Math.hypot(right.x - left.x, right.y - left.y);
        double chord = (1 - part) * (left.square - left.x * left.x - left.y * left.y)
                + part * (right.square - right.x * right.x - right.y * right.y) + x * x + y * y;
        return solved(x, y, Math.max(chord, Math.max(left.bound(x, y), right.bound(x, y))), List.of(left, right));
    }

    private Place solved(double x, double y, double bound, List<Place> neighbours) {
        double largest = fill(x, y, 0);
        // A little below the bound, which is itself rounded.
        double sigma = bound * (1 - 1e-3) > 1e-13 * largest ? bound * (1 - 1e-3) : 0;
        if (sigma > 0) {
            fill(x, y, sigma);
        }
        if (!factored()) {
            // Singular to working precision: a small multiple of the identity moves the values, not the vectors.
            sigma = -4 * n * Math.ulp(largest);
            fill(x, y, sigma);
            if (!factored()) {
                throw new NotConverged("ShiftedMatrix", 0);
            }
        }
        start(neighbours);
        boolean settled = pass(sigma);
        for (int attempt = 0; !settled && attempt < ATTEMPTS; attempt++) {
            // Many values lie together. The residual bounds the distance from the true one: a shift that is nearer by
            // so much tells them apart.
            double error = Math.max(Math.scalb(residual / (inverse * inverse), 1 + 2 * attempt), 1e-13 * largest);
            double nearer = sigma + 1 / inverse - error;
            boolean better = nearer > sigma;
            if (better) {
                fill(x, y, nearer);
                better = factored();
            }
            if (better) {
                sigma = nearer;
            } else {
                fill(x, y, sigma);
                factored();
            }
            settled = pass(sigma);
        }
        if (!settled && residual > LAST_RESORT * (1 + Math.max(0, sigma) * inverse) * inverse) {
            throw new NotConverged("ShiftedMatrix", ATTEMPTS * room);
        }
        double square = Math.max(0, sigma + 1 / inverse);
        if (square < SMALL * largest) {
            square = direct(x, y);
        }
        double[][] vectors = new double[Math.min(KEPT, width)][2 * n];
        for (int j = 0; j < vectors.length; j++) {
            entry(found, n, 0, j).get(vectors[j]);
        }
        return new Place(x, y, square, vectors);
    }

    /** Puts the neighbours' vectors, with some noise, and random ones at the beginning of the basis. */
    private void start(List<Place> neighbours) {
        double[] block = random.clone();
        int at = 0;
        for (Place neighbour : neighbours) {
            for (double[] v : neighbour.vectors) {
                for (int i = 0; i < v.length && at < width - 1; i++) {
                    block[2 * n * at + i] = v[i] + NOISE * random[2 * n * at + i];
                }
                at++;
            }
        }
        found.put(block);
    }

    /** Writes the lower triangle; gives its largest diagonal entry. */
    private double fill(double x, double y, double sigma) {
        double diagonal = x * x + y * y - sigma;
        double largest = 0;
        int at = 0;
        for (int j = 0; j < n; j++) {
            int rows = n - j;
            for (int i = 0; i < rows; i++) {
                column[2 * i] = matrix.square[at + i] - x * matrix.even[at + i];
                column[2 * i + 1] = y * matrix.odd[at + i];
            }
            column[0] += diagonal;
            column[1] = 0;
            largest = Math.max(largest, column[0]);
            entries.put(2 * (j * n + j), column, 0, 2 * rows);
            at += rows;
        }
        return largest;
    }

    private boolean factored() {
        return Native.legal("zpotrf", openblas.LAPACKE_zpotrf(Native.COLUMN_MAJOR, (byte) 'L', n, factor, n)) == 0;
    }

    /** Fills the room once; whether the value will do. Leaves it behind, with its residual and the vectors. */
    private boolean pass(double sigma) {
        Pointer.memcpy(basis, found, 16L * n * width);
        orthonormalise(0, width);
        int k = 0;
        int block = width;
        while (true) {
            extend(k, block);
            k += block;
            boolean done = settled(k, sigma);
            block = Math.min(width, room - k);
            if (done || block == 0) {
                product(false, n, width, k, basis, n, ritz, room, zero, found, n);
                inverse = values.get(k - 1);
                return done || k == n;
            }
            Pointer.memcpy(entry(basis, n, 0, k), entry(images, n, 0, k - width), 16L * n * block);
            orthonormalise(k, block);
        }
    }

    /** Applies the inverse to a new block of the basis, and takes it into the projection. */
    private void extend(int k, int block) {
        DoublePointer image = entry(images, n, 0, k);
        Pointer.memcpy(image, entry(basis, n, 0, k), 16L * n * block);
        Native.legal("zpotrs", openblas.LAPACKE_zpotrs(
                Native.COLUMN_MAJOR, (byte) 'L', n, block, factor, n, image, n));
        product(true, k + block, block, n, basis, n, image, n, zero, entry(projected, room, 0, k), room);
    }

    /** Makes a block of the basis orthonormal, in itself and to all before it: until nothing cancels any more. */
    private void orthonormalise(int k, int block) {
        DoublePointer q = entry(basis, n, 0, k);
        boolean cancelled = true;
        for (int pass = 0; pass < 2 || cancelled && pass < 6; pass++) {
            if (k > 0) {
                product(true, k, block, n, basis, n, q, n, zero, work, room);
                openblas.cblas_zgemm(
                        Native.COLUMN_MAJOR, Native.NO_TRANSPOSE, Native.NO_TRANSPOSE, n, block, k, minus, basis, n,
                        work, room, one, q, n);
            }
            Native.legal("zgeqrf", openblas.LAPACKE_zgeqrf(Native.COLUMN_MAJOR, n, block, q, n, tau));
            cancelled = false;
            for (int j = 0; j < block; j++) {
                // In the later passes the diagonal of R would be 1 but for what is taken off.
                cancelled |= Math.abs(q.get(2L * (j * n + j))) < 0.5;
            }
            Native.legal("zungqr", openblas.LAPACKE_zungqr(Native.COLUMN_MAJOR, n, block, block, q, n, tau));
        }
    }

    /** Rayleigh and Ritz; whether the largest value is good enough. Its vectors stand first in ritz afterwards. */
    private boolean settled(int k, double sigma) {
        for (int j = 0; j < k; j++) {
            Pointer.memcpy(entry(ritz, room, 0, j), entry(projected, room, 0, j), 16L * (j + 1));
        }
        Native.legal("zheevd", openblas.LAPACKE_zheevd(
                Native.COLUMN_MAJOR, (byte) 'V', (byte) 'U', k, ritz, room, values));
        reverse(k);
        double largest = values.get(k - 1);
        int together = 1;
        while (together < width - 1 && together < k && values.get(k - 1 - together) > largest * (1 - CLUSTER)) {
            together++;
        }
        double gap = k > together ? largest - values.get(k - 1 - together) : largest;
        product(false, n, together, k, images, n, ritz, room, zero, work, n);
        product(false, n, together, k, basis, n, ritz, room, zero, found, n);
        double worst = 0;
        for (int j = 0; j < together; j++) {
            worst = Math.max(worst, length(j, values.get(k - 1 - j)));
        }
        // Of the value itself, sigma + 1 / largest, the inverse makes but a part.
        double share = Math.max(1, 1 + sigma * largest);
        // Without a gap, as where more vectors than a block holds share the value, its error is the residual.
        residual = worst;
        return worst * worst <= tolerance * share * largest * gap || worst <= WITHOUT_GAP * share * largest;
    }

    private double length(int j, double value) {
        DoubleBuffer image = work.asBuffer();
        DoubleBuffer vector = found.asBuffer();
        double squares = 0;
        for (int i = 2 * n * j; i < 2 * n * (j + 1); i++) {
            double r = image.get(i) - value * vector.get(i);
            squares += r * r;
        }
        return Math.sqrt(squares);
    }

    /** Turns the first columns of ritz round, so that the largest value's vector comes first. */
    private void reverse(int k) {
        int most = Math.min(width, k);
        for (int j = 0; j < most; j++) {
            Pointer.memcpy(entry(work, room, 0, j), entry(ritz, room, 0, k - 1 - j), 16L * k);
        }
        for (int j = 0; j < most; j++) {
            Pointer.memcpy(entry(ritz, room, 0, j), entry(work, room, 0, j), 16L * k);
        }
    }

    private void product(
            boolean conjugated, int m, int columns, int k, DoublePointer a, int lda, DoublePointer b, int ldb,
            DoublePointer beta, DoublePointer c, int ldc) {
        openblas.cblas_zgemm(
                Native.COLUMN_MAJOR, conjugated ? CONJUGATED : Native.NO_TRANSPOSE, Native.NO_TRANSPOSE, m, columns, k,
                one, a, lda, b, ldb, beta, c, ldc);
    }

    private static DoublePointer entry(DoublePointer matrix, int rows, int i, int j) {
        return matrix.getPointer(DoublePointer.class, 2L * ((long) j * rows + i));
    }

    /** The square of the length of [A - z I; B] v. */
    private double direct(double x, double y) {
        found.get(column);
        double[] re = part(column, 0);
        double[] im = part(column, 1);
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double u = Blas.dot(matrix.top, i * n, re) - x * re[i] + y * im[i];
            double v = Blas.dot(matrix.top, i * n, im) - x * im[i] - y * re[i];
            squares += u * u + v * v;
        }
        for (int i = 0; i < matrix.bottomRows; i++) {
            double u = Blas.dot(matrix.bottom, i * n, re);
            double v = Blas.dot(matrix.bottom, i * n, im);
            squares += u * u + v * v;
        }
        return squares;
    }

    /** The real parts (0) or the imaginary ones (1). */
    static double[] part(double[] pairs, int which) {
        double[] part = new double[pairs.length / 2];
        Arrays.setAll(part, i -> pairs[2 * i + which]);
        return part;
    }
}
