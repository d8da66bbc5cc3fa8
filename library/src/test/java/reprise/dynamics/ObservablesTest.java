package reprise.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.prob.GaussRule;

class ObservablesTest {
    @Nested
    class ClosedForm {
        @Test
        void monomialsComeByDegree() {
            assertArrayEquals(
                    new double[] {1, 2, 3, 4, 6, 9}, Observables.monomials(2, 2).at(new double[][] {{2, 3}})[0]);
        }

        @ParameterizedTest
        @CsvSource({"1, 5, 6", "2, 3, 10", "3, 4, 35", "4, 0, 1"})
        void polynomialsOfATotalDegreeAreCounted(int d, int degree, int count) {
            assertEquals(count, Observables.monomials(d, degree).size());
            assertEquals(count, Observables.hermite(d, degree).size());
        }

        @Test
        void hermitePolynomialsAreOrthonormal() {
            GaussRule rule = GaussRule.normal(12);
            double[] gram = weightedGram(Observables.hermite(1, 8).at(column(rule.nodes())), rule.weights());
            // Products of degree 16 on 12 nodes are exact up to rounding of the large outer values.
            assertArrayEquals(Galerkin.identity(9).data(), gram, 1e-10);
        }

        @Test
        void wavesAreOrthonormalOnEnoughEqualNodes() {
            Observables waves = Observables.fourier(2, 2);
            assertEquals(25, waves.size());
            double[] nodes = new double[2 * 36];
            for (int i = 0; i < 36; i++) {
                nodes[2 * i] = (i / 6) / 6.0;
                nodes[2 * i + 1] = (i % 6) / 6.0;
            }
            double[] weights = new double[36];
            java.util.Arrays.fill(weights, 1.0 / 36);
            double[] gram = weightedGram(waves.at(Dense.of("nodes", nodes, 36, 2)), weights);
            assertArrayEquals(Galerkin.identity(25).data(), gram, 1e-14);
        }

        @Test
        void wavesKeepTheirDigitsFarFromTheOrigin() {
            double[][] far = Observables.fourier(1, 3).at(new double[][] {{1e6 + 0.25}});
            double root = Math.sqrt(2);
            assertArrayEquals(new double[] {1, 0, root, -root, 0, 0, -root}, far[0], 1e-15);
        }

        @Test
        void radialFunctionsSeeTheDistance() {
            var dictionary = Observables.radial(Dense.of("c", new double[] {0, 0, 3, 4}, 2, 2), r -> 1 + r);
            assertArrayEquals(new double[] {1, 6}, dictionary.at(new double[][] {{0, 0}})[0]);
        }

        @Test
        void boxesHoldTheirLowerBordersAndNothingOutside() {
            var boxes = Observables.boxes(new double[] {0, 0}, new double[] {1, 1}, new int[] {2, 2});
            double[][] values = boxes.at(new double[][] {{0, 0}, {0.5, 0.25}, {1, 0.5}, {-1e-9, 0.5}});
            assertArrayEquals(new double[] {1, 0, 0, 0}, values[0]);
            assertArrayEquals(new double[] {0, 0, 1, 0}, values[1]);
            assertArrayEquals(new double[4], values[2]);
            assertArrayEquals(new double[4], values[3]);
        }

        @Test
        void dictionariesAddUp() {
            var both = Observables.coordinates(2).and(Observables.of(2, x -> x[0] * x[1], x -> -1));
            assertArrayEquals(new double[] {2, 3, 6, -1}, both.at(new double[][] {{2, 3}})[0]);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatDoesNotFit() {
            assertThrows(IllegalArgumentException.class, () -> Observables.of(1));
            assertThrows(IllegalArgumentException.class, () -> Observables.coordinates(0));
            assertThrows(IllegalArgumentException.class, () -> Observables.monomials(2, -1));
            assertThrows(IllegalArgumentException.class, () -> Observables.boxes(
                    new double[] {1}, new double[] {0}, new int[] {3}));
            var other = assertThrows(
                    IllegalArgumentException.class, () -> Observables.coordinates(2).at(new double[3][3]));
            assertEquals("states must be of shape [3, 2], was [3, 3]", other.getMessage());
            var twice = assertThrows(
                    IllegalArgumentException.class,
                    () -> Observables.fourier(List.of(new int[] {1, -2}, new int[] {-1, 2})));
            assertTrue(twice.getMessage().contains("[1, -2] and [-1, 2]"), twice.getMessage());
        }

        @Test
        void refusesAFunctionThatIsNotFinite() {
            var refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> Observables.of(1, x -> Math.log(x[0])).at(new double[][] {{1}, {-1}}));
            assertEquals("dictionary values[1, 0] must be finite, was NaN", refused.getMessage());
        }
    }

    private static Dense column(double[] x) {
        return Dense.of("x", x.clone(), x.length, 1);
    }

    private static double[] weightedGram(Dense psi, double[] weights) {
        double[] rows = psi.data().clone();
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= Math.sqrt(weights[i / psi.columns()]);
        }
        return Blas.gramOfColumns(Dense.of("psi", rows, psi.rows(), psi.columns())).data();
    }
}
