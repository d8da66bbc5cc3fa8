package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.array.Dense;

class TallQrTest {
    private static List<Dense> cut(Dense a, int size) {
        var blocks = new ArrayList<Dense>();
        int n = a.columns();
        for (int from = 0; from < a.rows(); from += size) {
            int rows = Math.min(size, a.rows() - from);
            double[] some = new double[rows * n];
            System.arraycopy(a.data(), from * n, some, 0, some.length);
            blocks.add(Dense.of("block", some, rows, n));
        }
        return blocks;
    }

    @Nested
    class ClosedForm {
        @Test
        void aColumnBecomesItsLength() {
            var blocks = List.of(Dense.of("b", new double[] {3}, 1, 1), Dense.of("b", new double[] {0, -4}, 2, 1));
            assertEquals(5, Math.abs(TallQr.triangle(1, blocks.iterator()).data()[0]), 1e-15);
        }

        @Test
        void noRowsGiveZeros() {
            assertArrayEquals(new double[4], TallQr.triangle(2, List.<Dense>of().iterator()).data());
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @CsvSource({"1, 1, 1", "7, 3, 2", "3, 7, 2", "300, 40, 64", "500, 100, 37"})
        void withTheFactorOfTheWholeUpToSigns(int m, int n, int size) {
            Dense a = Matrices.random(m, n, new Random(m));
            Dense r = TallQr.triangle(n, cut(a, size).iterator());
            Dense whole = Qr.of(a).r();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double expected = i < Math.min(m, n) ? Math.abs(whole.data()[i * n + j]) : 0;
                    // LAPACK's backward error, n eps times the norm.
                    assertEquals(expected, Math.abs(r.data()[i * n + j]), 1e-13 * (m + n));
                }
            }
        }

        @Test
        void keepsWhatTheGramMatrixLoses() {
            // Columns that differ by 1e-10: the Gram matrix rounds 1e-20 away, R holds 1e-10.
            Dense a = Dense.of("a", new double[] {1, 1, 0, 1e-10}, 2, 2);
            assertEquals(1e-10, Math.abs(TallQr.triangle(2, cut(a, 1).iterator()).data()[3]), 1e-24);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesABlockOfAnotherWidth() {
            var blocks = List.of(Dense.of("b", new double[4], 2, 2));
            var refused = assertThrows(
                    IllegalArgumentException.class, () -> TallQr.triangle(3, blocks.iterator()));
            assertEquals("block must be of shape [2, 3], was [2, 2]", refused.getMessage());
        }
    }
}
