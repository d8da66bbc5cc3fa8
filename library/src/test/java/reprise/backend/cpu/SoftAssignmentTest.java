package reprise.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.random.Rng;

class SoftAssignmentTest {
    /** The defining sums with Math.exp, and the same through the class. */
    private record Case(int rows, int features, int components, double[][] f, double[][] w) {
        static Case random(int rows, int features, int components, double size) {
            var rng = Rng.of(rows + 31L * features + 1009L * components);
            double[][] f = new double[features][rows];
            double[][] w = new double[features][components];
            for (int c = 0; c < features; c++) {
                Arrays.setAll(f[c], i -> rng.normal());
                Arrays.setAll(w[c], k -> size * rng.normal());
            }
            Arrays.fill(f[0], 1);
            return new Case(rows, features, components, f, w);
        }

        double[] run(SoftAssignment work) {
            for (int c = 0; c < features; c++) {
                work.feature(c, f[c]);
                work.weight(c, w[c]);
            }
            double[] out = new double[1 + rows + features * components];
            out[0] = work.run();
            for (int i = 0; i < rows; i++) {
                out[1 + i] = work.logSum(i);
            }
            double[] row = new double[components];
            for (int c = 0; c < features; c++) {
                work.moment(c, row);
                System.arraycopy(row, 0, out, 1 + rows + c * components, components);
            }
            return out;
        }

        double[] expected() {
            double[] out = new double[1 + rows + features * components];
            for (int i = 0; i < rows; i++) {
                double[] logit = new double[components];
                for (int k = 0; k < components; k++) {
                    for (int c = 0; c < features; c++) {
                        logit[k] += f[c][i] * w[c][k];
                    }
                }
                double max = Arrays.stream(logit).max().orElseThrow();
                double sum = Arrays.stream(logit).map(v -> Math.exp(v - max)).sum();
                out[1 + i] = max + Math.log(sum);
                out[0] += out[1 + i];
                for (int k = 0; k < components; k++) {
                    for (int c = 0; c < features; c++) {
                        out[1 + rows + c * components + k] += Math.exp(logit[k] - max) / sum * f[c][i];
                    }
                }
            }
            return out;
        }
    }

    @Nested
    class ClosedForm {
        @Test
        void equalLogitsShareEveryRowEqually() {
            var work = new SoftAssignment(3, 2, 5);
            work.feature(0, new double[] {1, 1, 1});
            work.feature(1, new double[] {1, 2, 6});
            work.weight(0, new double[] {7, 7, 7, 7, 7});
            double total = work.run();
            assertEquals(3 * (7 + Math.log(5)), total, 1e-13);
            double[] moment = new double[5];
            work.moment(1, moment);
            assertArrayEquals(new double[] {1.8, 1.8, 1.8, 1.8, 1.8}, moment, 1e-14);
        }

        @Test
        void oneComponentTakesEverything() {
            var work = new SoftAssignment(2, 2, 1);
            work.feature(0, new double[] {1, 1});
            work.feature(1, new double[] {3, 4});
            work.weight(1, new double[] {2});
            assertEquals(14, work.run(), 1e-13);
            double[] moment = new double[1];
            work.moment(1, moment);
            assertEquals(7, moment[0], 1e-14);
        }
    }

    @Nested
    class Agreement {
        // Logits of size 30 lose 30 * 2^-52 in the products, and the polynomial 4e-16.
        @ParameterizedTest
        @CsvSource({"1, 1, 1", "7, 3, 5", "8, 5, 16", "9, 4, 17", "128, 5, 500", "33, 33, 40", "16, 8, 15"})
        void equalsTheDefiningSums(int rows, int features, int components) {
            var sums = Case.random(rows, features, components, 3);
            double[] expected = sums.expected();
            double[] ours = sums.run(SoftAssignment.scalar(rows, features, components));
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], ours[i], 1e-12 * (1 + Math.abs(expected[i])) * rows, "entry " + i);
            }
        }

        @ParameterizedTest
        @CsvSource({"1, 1, 1", "7, 3, 5", "8, 5, 16", "9, 4, 17", "128, 5, 500", "33, 33, 40"})
        void vectorAndPlainLoopsGiveTheSameBits(int rows, int features, int components) {
            for (double size : new double[] {0.1, 3, 1000}) {
                var sums = Case.random(rows, features, components, size);
                assertArrayEquals(
                        sums.run(SoftAssignment.scalar(rows, features, components)),
                        sums.run(SoftAssignment.vector(rows, features, components)));
            }
        }

        @Test
        void termsFarBelowTheLargestVanish() {
            var work = SoftAssignment.scalar(1, 1, 2);
            work.feature(0, new double[] {1});
            work.weight(0, new double[] {0, -1e6});
            assertEquals(0, work.run());
            double[] moment = new double[2];
            work.moment(0, moment);
            assertEquals(1, moment[0]);
            assertTrue(moment[1] < 1e-250);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesOtherLengths() {
            var work = new SoftAssignment(3, 2, 5);
            assertThrows(IllegalArgumentException.class, () -> work.feature(0, new double[2]));
            assertThrows(IllegalArgumentException.class, () -> work.weight(0, new double[3]));
            assertThrows(IllegalArgumentException.class, () -> work.moment(0, new double[3]));
            assertThrows(IllegalArgumentException.class, () -> new SoftAssignment(0, 1, 1));
        }

        @Test
        void notANumberComesOutAsOne() {
            for (var work : new SoftAssignment[] {SoftAssignment.scalar(1, 1, 20), SoftAssignment.vector(1, 1, 20)}) {
                work.feature(0, new double[] {1});
                double[] weights = new double[20];
                weights[13] = Double.NaN;
                work.weight(0, weights);
                assertTrue(Double.isNaN(work.run()));
            }
        }
    }
}
