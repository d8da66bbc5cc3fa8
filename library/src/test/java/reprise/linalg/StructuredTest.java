package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import reprise.array.Dense;

class StructuredTest {
    @Test
    void kroneckerProductsMultiplyFactorByFactor() {
        Random random = new Random(1);
        Dense a = Matrices.random(2, 3, random);
        Dense b = Matrices.random(4, 2, random);
        Dense c = Matrices.random(3, 2, random);
        Dense d = Matrices.random(2, 5, random);
        Matrices.assertClose(
                "(A x B)(C x D) = AC x BD",
                Blas.product(Structured.kronecker(a, b), Structured.kronecker(c, d)),
                Structured.kronecker(Blas.product(a, c), Blas.product(b, d)));
        assertArrayEquals(
                new double[][] {{0, 1, 0, 2}, {1, 0, 2, 0}},
                Structured.kronecker(new double[][] {{1, 2}}, new double[][] {{0, 1}, {1, 0}}));
    }

    @Test
    void constantDiagonalsAreWhereTheyBelong() {
        assertArrayEquals(
                new double[][] {{1, 4, 5}, {2, 1, 4}, {3, 2, 1}},
                Structured.toeplitz(new double[] {1, 2, 3}, new double[] {1, 4, 5}).toRows());
        assertArrayEquals(
                new double[][] {{1, 2, 3}, {2, 3, 4}},
                Structured.hankel(new double[] {1, 2}, new double[] {2, 3, 4}).toRows());
        assertArrayEquals(
                new double[][] {{1, 3, 2}, {2, 1, 3}, {3, 2, 1}},
                Structured.circulant(new double[] {1, 2, 3}).toRows());
    }

    @Test
    void cornersThatDisagreeAndEmptyOnesAreRefused() {
        double[] one = {1};
        assertThrows(IllegalArgumentException.class, () -> Structured.toeplitz(one, new double[] {2}));
        assertThrows(IllegalArgumentException.class, () -> Structured.hankel(new double[] {1, 2}, one));
        assertThrows(IllegalArgumentException.class, () -> Structured.circulant(new double[0]));
        assertThrows(IllegalArgumentException.class, () -> Structured.toeplitz(new double[0], one));
        assertThrows(IllegalArgumentException.class, () -> Structured.circulant(new double[] {Double.NaN}));
    }
}
