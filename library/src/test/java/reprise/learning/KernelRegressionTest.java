package reprise.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.linalg.Solve;
import reprise.random.Rng;

class KernelRegressionTest {
    private static final TangentKernel KERNEL = TangentKernel.firstLayer();
    private final Dense z = Rng.of(1).normal(40, 3);
    private final Dense y = Rng.of(2).normal(40, 2);
    private final Dense queries = Rng.of(3).normal(15, 3);
    private final KernelRegression path = KernelRegression.of(KERNEL, z, y);

    /** Twice the identity on the points themselves, 0 elsewhere. */
    private static final Kernel DIAGONAL = (x, z) -> {
        double[] values = new double[x.rows() * z.rows()];
        for (int i = 0; x == z && i < x.rows(); i++) {
            values[i * x.rows() + i] = 2;
        }
        return Dense.of("kernel", values, x.rows(), z.rows());
    };

    @Nested
    class ClosedForm {
        /** H = 2 I: each step multiplies the residual by 1 - 2 rate / n. */
        @Test
        void ofADiagonalKernelIsAGeometricSeries() {
            var regression = KernelRegression.of(DIAGONAL, z, y);
            assertEquals(2 / 40.0, regression.eigenvalues()[17], 1e-16);
            double left = Math.pow(1 - 0.05 * 8, 7);
            double[] fitted = regression.fitted(SpectralFilter.descent(8, 7)).data();
            for (int k = 0; k < fitted.length; k++) {
                assertEquals(y.data()[k] * (1 - left), fitted[k], 1e-14);
            }
        }

        @Test
        void filtersAtTheirLimits() {
            assertEquals(1, SpectralFilter.descent(0.5, 0).residual(0.3));
            assertEquals(0, SpectralFilter.descent(0.5, 0).gain(0.3));
            assertEquals(100, SpectralFilter.descent(0.5, 200).gain(0));
            assertEquals(100, SpectralFilter.descent(0.5, 200).gain(1e-17), 1e-12);
            assertEquals(-0.5 * -0.5 * -0.5, SpectralFilter.descent(1.5, 3).residual(1), 1e-15);
            assertEquals(0.25, SpectralFilter.ridge(1).residual(3));
            assertEquals(0.25, SpectralFilter.ridge(1).gain(3));
            assertEquals(0, SpectralFilter.cutoff(0.1).gain(0.09));
            assertEquals(10, SpectralFilter.cutoff(0.1).gain(0.1));
        }

        @Test
        void gainAndResidualBelongTogether() {
            var filters = List.of(SpectralFilter.descent(0.7, 13), SpectralFilter.descent(1.9, 4),
                    SpectralFilter.ridge(0.2), SpectralFilter.cutoff(0.5));
            for (var filter : filters) {
                for (double lambda : new double[] {1e-9, 1e-3, 0.49, 0.5, 1}) {
                    assertEquals(1 - filter.residual(lambda), lambda * filter.gain(lambda), 1e-15, filter.toString());
                }
            }
        }

        /** All eigenvalues 0.2: R(eps) = min(eps, sqrt 0.2), so beyond 1 / 0.2 it is rate tau > 1 / (4 e^2 noise^2). */
        @Test
        void stoppingRuleOfAFlatSpectrum() {
            double[] flat = new double[50];
            Arrays.fill(flat, 0.2);
            assertEquals(0.1, EarlyStopping.complexity(flat, 0.1), 1e-16);
            assertEquals(Math.sqrt(0.2), EarlyStopping.complexity(flat, 3), 1e-16);
            double border = 1 / (4 * Math.E * Math.E * 0.05 * 0.05 * 0.3);
            assertEquals((int) border, EarlyStopping.steps(flat, 0.05, 0.3));
        }
    }

    @Nested
    class Agreement {
        /** The promise: the closed form is 20 000 steps, to 1e-10. */
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 2, 100, 20_000})
        void closedFormIsGradientDescentStepByStep(int steps) {
            Dense u = Dense.of("u", new double[80], 40, 2);
            for (int k = 0; k < steps; k++) {
                u = path.step(0.5, u);
            }
            assertArrayEquals(u.data(), path.fitted(SpectralFilter.descent(0.5, steps)).data(), 1e-10);
        }

        /** At new points the same update runs with the kernel's rows there. */
        @Test
        void predictionsAtNewPointsAreGradientDescentToo() {
            Dense across = KERNEL.between(queries, z);
            Dense u = Dense.of("u", new double[80], 40, 2);
            double[] f = new double[30];
            for (int k = 0; k < 500; k++) {
                double[] left = u.data().clone();
                Arrays.setAll(left, i -> left[i] - y.data()[i]);
                double[] pulled = Blas.product(across, Dense.of("residual", left, 40, 2)).data();
                Arrays.setAll(f, i -> f[i] - 0.5 / 40 * pulled[i]);
                u = path.step(0.5, u);
            }
            assertArrayEquals(f, path.fit(SpectralFilter.descent(0.5, 500)).at(queries).data(), 1e-11);
        }

        @Test
        void fitAtItsOwnPointsIsFitted() {
            for (var filter : List.of(SpectralFilter.descent(0.5, 300), SpectralFilter.ridge(0.01))) {
                assertArrayEquals(path.fitted(filter).data(), path.fit(filter).at(z).data(), 1e-11);
            }
        }

        @Test
        void ridgeSolvesItsLinearSystem() {
            double[] shifted = KERNEL.gram(z).data().clone();
            for (int i = 0; i < 40; i++) {
                shifted[41 * i] += 40 * 0.03;
            }
            Dense alpha = Solve.linear(Dense.of("a", shifted, 40, 40), y);
            assertArrayEquals(alpha.data(), path.fit(SpectralFilter.ridge(0.03)).coefficients().data(), 1e-12);
        }

        /** With several outputs the kernel is k times the identity: one system of order 80 instead of two of 40. */
        @Test
        void vectorOutputIsTheKroneckerProductWithTheIdentity() {
            Kernel blocks = (x, other) -> TangentKernel.perOutput(KERNEL.between(half(x), half(other)), 2);
            double[] flat = y.data().clone();
            Dense doubled = Dense.of("z", twice(z), 80, 3);
            var one = KernelRegression.of(blocks, doubled, Dense.of("y", flat, 80, 1));
            // There n is 80, so half the rate and twice the rows make the same step.
            assertArrayEquals(
                    path.fitted(SpectralFilter.descent(0.4, 90)).data(),
                    one.fitted(SpectralFilter.descent(0.8, 90)).data(), 1e-12);
        }

        private double[] twice(Dense x) {
            double[] rows = new double[2 * x.data().length];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = x.data()[i / 6 * 3 + i % 3];
            }
            return rows;
        }

        private Dense half(Dense x) {
            double[] rows = new double[x.data().length / 2];
            Arrays.setAll(rows, i -> x.data()[i / 3 * 6 + i % 3]);
            return Dense.of("z", rows, x.rows() / 2, 3);
        }

        @Test
        void risksAndLossesAreMeansOfSquares() {
            var filters = List.of(SpectralFilter.descent(0.5, 10), SpectralFilter.ridge(0.1));
            Dense truth = Rng.of(4).normal(15, 2);
            double[] risks = path.risks(filters, queries, truth);
            double[] losses = path.trainingLosses(filters);
            for (int f = 0; f < 2; f++) {
                double[] at = path.fit(filters.get(f)).at(queries).data();
                double[] own = path.fitted(filters.get(f)).data();
                assertEquals(squares(at, truth.data()) / 15, risks[f], 1e-12);
                assertEquals(squares(own, y.data()) / 80, losses[f], 1e-12);
            }
        }

        @Test
        void leaveOneOutRefitsWithoutEachPoint() {
            double sum = 0;
            for (int out = 0; out < 40; out++) {
                var without = KernelRegression.of(KERNEL, without(z, out), without(y, out));
                // The penalty is counted per point: 40 rho for all, 39 rho' without one.
                double[] at = without.fit(SpectralFilter.ridge(0.05 * 40 / 39)).at(row(z, out)).data();
                sum += squares(at, row(y, out).data()) / 40;
            }
            assertEquals(sum, path.leaveOneOut(0.05), 1e-10 * sum);
        }

        @Test
        void stoppingRuleIsTheFirstStepByALinearSearch() {
            double[] eigenvalues = path.eigenvalues();
            for (double noise : new double[] {0.03, 0.2, 1}) {
                int tau = 1;
                while (EarlyStopping.complexity(eigenvalues, 1 / Math.sqrt(0.5 * tau))
                        <= 1 / (2 * Math.E * noise * 0.5 * tau)) {
                    tau++;
                }
                assertEquals(tau - 1, EarlyStopping.steps(eigenvalues, noise, 0.5));
            }
        }

        @Test
        void arraysAndNd4jArraysGiveTheSame() {
            var filter = SpectralFilter.descent(0.5, 20);
            double[] expected = path.fit(filter).at(queries).data();
            var plain = KernelRegression.of(KERNEL, z.toRows(), y.toRows()).fit(filter);
            var nd4j = KernelRegression.of(KERNEL, z.toArray(), y.toArray()).fit(filter);
            assertEquals(expected[3], plain.at(queries.toRows())[1][1]);
            assertEquals(expected[3], nd4j.at(Nd4j.create(queries.toRows())).getDouble(1, 1));
        }
    }

    @Nested
    class Invariance {
        /** Below the border of stability the loss falls with every step, and reaches 0. */
        @Test
        void trainingLossFallsToZero() {
            int[] steps = {0, 1, 3, 10, 100, 10_000, 100_000_000};
            double[] losses = path.trainingLosses(
                    Arrays.stream(steps).mapToObj(k -> SpectralFilter.descent(0.5, k)).toList());
            for (int k = 1; k < losses.length; k++) {
                assertTrue(losses[k] < losses[k - 1]);
            }
            assertEquals(0, losses[losses.length - 1], 1e-8);
        }

        @Test
        void orderOfThePointsDoesNotMatter() {
            int[] order = Rng.of(9).permutation(40);
            double[][] zs = new double[40][];
            double[][] ys = new double[40][];
            Arrays.setAll(zs, i -> z.toRows()[order[i]]);
            Arrays.setAll(ys, i -> y.toRows()[order[i]]);
            var filter = SpectralFilter.descent(0.5, 100);
            assertArrayEquals(
                    path.fit(filter).at(queries).data(),
                    KernelRegression.of(KERNEL, zs, ys).fit(filter).at(queries).data(), 1e-12);
        }

        @Test
        void twinPointsMakeASingularGramMatrixAndNoHarm() {
            var twins = KernelRegression.of(
                    KERNEL, new double[][] {{1, 0}, {1, 0}, {0, 1}}, new double[][] {{1}, {3}, {0}});
            double[] fitted = twins.fitted(SpectralFilter.descent(1, 1_000_000)).data();
            assertEquals(2, fitted[0], 1e-9);
            assertEquals(2, fitted[1], 1e-9);
        }
    }

    @Nested
    class BadInput {
        @Test
        void rejectsARateThatDiverges() {
            double border = 2 / path.eigenvalues()[0];
            var e = assertThrows(IllegalArgumentException.class,
                    () -> path.fit(SpectralFilter.descent(border, 10)));
            assertTrue(e.getMessage().startsWith("rate must be < 2 / largest eigenvalue = "), e.getMessage());
            assertThrows(IllegalArgumentException.class,
                    () -> path.risks(List.of(SpectralFilter.descent(border, 1)), queries, y));
        }

        @Test
        void rejectsNegativeStepsZeroRatesAndPenalties() {
            assertThrows(IllegalArgumentException.class, () -> SpectralFilter.descent(0.5, -1));
            assertThrows(IllegalArgumentException.class, () -> SpectralFilter.descent(0, 1));
            assertThrows(IllegalArgumentException.class, () -> SpectralFilter.ridge(0));
            assertThrows(IllegalArgumentException.class, () -> SpectralFilter.cutoff(Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> path.step(-1, y));
        }

        @Test
        void rejectsShapesThatDoNotFit() {
            assertThrows(IllegalArgumentException.class, () -> KernelRegression.of(KERNEL, z, queries));
            assertThrows(IllegalArgumentException.class, () -> path.step(0.5, queries));
            assertThrows(IllegalArgumentException.class,
                    () -> path.risks(List.of(SpectralFilter.ridge(1)), queries, y));
            assertThrows(IllegalArgumentException.class, () -> path.risks(List.of(), queries, queries));
        }

        @Test
        void rejectsAKernelThatIsNone() {
            Kernel negative = (x, other) -> Dense.of("k", new double[] {1, 0, 0, -1}, 2, 2);
            Kernel skew = (x, other) -> Dense.of("k", new double[] {1, 0.5, 0, 1}, 2, 2);
            double[][] two = {{1}, {2}};
            assertThrows(IllegalArgumentException.class, () -> KernelRegression.of(negative, two, two));
            assertThrows(IllegalArgumentException.class, () -> KernelRegression.of(skew, two, two));
        }

        @Test
        void stoppingRejectsWhatItCannotStop() {
            assertThrows(IllegalArgumentException.class, () -> EarlyStopping.steps(new double[0], 1, 1));
            assertThrows(IllegalArgumentException.class, () -> EarlyStopping.steps(new double[3], 1, 1));
            assertThrows(IllegalArgumentException.class, () -> EarlyStopping.steps(new double[] {-1}, 1, 1));
            assertThrows(IllegalArgumentException.class, () -> EarlyStopping.steps(new double[] {1}, 0, 1));
            assertThrows(IllegalArgumentException.class, () -> EarlyStopping.complexity(new double[] {1}, 0));
        }
    }

    private static double squares(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return sum;
    }

    private static Dense row(Dense x, int i) {
        return Dense.of("row", new double[][] {x.toRows()[i]});
    }

    private static Dense without(Dense x, int out) {
        double[][] rows = x.toRows();
        double[][] rest = new double[rows.length - 1][];
        Arrays.setAll(rest, i -> rows[i < out ? i : i + 1]);
        return Dense.of("rest", rest);
    }
}
