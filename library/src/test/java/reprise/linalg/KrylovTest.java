package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.random.Rng;

class KrylovTest {
    /** Minus the second difference on n points between zeros. */
    static Sparse laplacian(int n) {
        int[] i = new int[3 * n - 2];
        int[] j = new int[i.length];
        double[] v = new double[i.length];
        int e = 0;
        for (int k = 0; k < n; k++) {
            for (int c = Math.max(0, k - 1); c <= Math.min(n - 1, k + 1); c++) {
                i[e] = k;
                j[e] = c;
                v[e++] = c == k ? 2 : -1;
            }
        }
        return Sparse.ofTriplets(n, n, i, j, v);
    }

    private static double[] ones(int n) {
        double[] b = new double[n];
        Arrays.fill(b, 1);
        return b;
    }

    private static LinearOperator inverseDiagonal(Dense a) {
        return LinearOperator.of(a.rows(), r -> {
            double[] z = r.clone();
            Arrays.setAll(z, i -> r[i] / a.data()[i * a.rows() + i]);
            return z;
        });
    }

    @Nested
    class Matrix {
        @Test
        void entriesOfOnePlaceAddUpInAnyOrder() {
            Sparse a = Sparse.ofTriplets(
                    3, 2, new int[] {2, 0, 2, 2}, new int[] {1, 1, 0, 1}, new double[] {1, 5, 7, 2});
            assertArrayEquals(new double[][] {{0, 5}, {0, 0}, {7, 3}}, a.toDense().toRows());
            assertEquals(3, a.entries());
            assertArrayEquals(new double[][] {{0, 0, 7}, {5, 0, 3}}, a.transpose().toDense().toRows());
            assertArrayEquals(new double[] {10, 0, 13}, a.apply(new double[] {1, 2}));
            assertArrayEquals(new double[] {21, 14}, a.applyTransposed(new double[] {1, 2, 3}));
            assertArrayEquals(new double[2], a.diagonal());
            assertArrayEquals(new double[][] {{0, -5}, {0, 0}, {-7, -3}}, a.combine(1, -2, a).toDense().toRows());
        }

        @Test
        void productsAgreeWithDenseOnes() {
            double[] values = Matrices.random(20, 30, new Random(1)).data();
            for (int k = 0; k < values.length; k++) {
                values[k] = Math.abs(values[k]) < 0.8 ? 0 : values[k];
            }
            Dense dense = Dense.of("a", values, 20, 30);
            Sparse a = Sparse.of(dense);
            assertArrayEquals(values, a.toDense().data());
            double[] x = Matrices.random(30, 1, new Random(2)).data();
            double[] y = Matrices.random(20, 1, new Random(3)).data();
            assertArrayEquals(Blas.product(dense, x), a.apply(x), 1e-14);
            assertArrayEquals(Blas.productAt(dense, y), a.applyTransposed(y), 1e-14);
            assertArrayEquals(a.applyTransposed(y), a.transpose().apply(y), 1e-14);
        }

        @Test
        void indicesOutsideAndBadValuesAreRefused() {
            int[] zero = {0};
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Sparse.ofTriplets(1, 1, new int[] {1}, zero, new double[] {1}));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Sparse.ofTriplets(1, 1, zero, new int[] {-1}, new double[] {1}));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Sparse.ofTriplets(1, 1, zero, zero, new double[] {Double.NaN}));
            assertThrows(
                    IllegalArgumentException.class, () -> Sparse.ofTriplets(1, 1, zero, zero, new double[] {1, 2}));
            assertThrows(IllegalArgumentException.class, () -> laplacian(3).apply(new double[2]));
        }
    }

    @Nested
    class ClosedForm {
        @Test
        void theLaplacianOfAParabolaIsConstant() {
            int n = 99;
            double[] expected = IntStream.rangeClosed(1, n).mapToDouble(i -> i * (n + 1.0 - i) / 2).toArray();
            for (Krylov method : new Krylov[] {
                Krylov.conjugateGradients(laplacian(n)), Krylov.minres(laplacian(n)),
                Krylov.gmres(laplacian(n)).restart(n)
            }) {
                var solution = method.tolerance(1e-12).solve(ones(n));
                // The error is the residual times the condition number, about 4 000; the solution reaches 1 250.
                assertArrayEquals(expected, solution.x(), 1e-12 * 4e3 * 1250);
                assertTrue(solution.residual() <= 1e-12);
            }
        }

        @Test
        void asManyStepsAsEigenvaluesAreEnough() {
            double[] d = new double[200];
            Arrays.setAll(d, i -> 1 + i % 4);
            for (Krylov method : new Krylov[] {
                Krylov.conjugateGradients(Sparse.diagonal(d)), Krylov.minres(Sparse.diagonal(d)),
                Krylov.gmres(Sparse.diagonal(d))
            }) {
                assertEquals(4, method.tolerance(1e-10).solve(ones(200)).iterations());
            }
        }

        @Test
        void zeroNeedsNoStep() {
            var solution = Krylov.gmres(laplacian(5)).solve(new double[5]);
            assertArrayEquals(new double[5], solution.x());
            assertEquals(0, solution.iterations());
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 5, 10, 50, 300})
        void everyMethodAgreesWithElimination(int n) {
            double[] b = Matrices.random(n, 1, new Random(n)).data();
            Dense definite = Matrices.definite(n, 100, n);
            double[] sign = new double[n];
            Arrays.setAll(sign, i -> (i % 2 == 0 ? 1.0 : -1.0) * (1 + i));
            Dense indefinite = Sparse.diagonal(sign).combine(1, 1, laplacian(n)).toDense();
            Dense general = MatrixFunctions.sum(3, Matrices.identity(n), 1 / Math.sqrt(n),
                    Matrices.random(n, n, new Random(2)));
            agree(Krylov.conjugateGradients(LinearOperator.of(definite)), definite, b);
            agree(Krylov.conjugateGradients(LinearOperator.of(definite))
                    .preconditioner(inverseDiagonal(definite)), definite, b);
            agree(Krylov.minres(LinearOperator.of(indefinite)), indefinite, b);
            agree(Krylov.minres(LinearOperator.of(definite))
                    .preconditioner(inverseDiagonal(definite)), definite, b);
            agree(Krylov.gmres(LinearOperator.of(general)).restart(7), general, b);
            agree(Krylov.gmres(LinearOperator.of(general)).preconditioner(inverseDiagonal(general)), general, b);
        }

        private void agree(Krylov method, Dense a, double[] b) {
            double[] expected = Solve.linear(a, b);
            double tolerance = 1e-11 * Norms.condition(a) * Norms.euclidean(expected);
            var solution = method.tolerance(1e-11).solve(b);
            assertArrayEquals(expected, solution.x(), tolerance);
            assertEquals(solution.iterations(), solution.history().length);
        }

        @Test
        void aGoodPreconditionerSavesSteps() {
            double[] d = new double[400];
            Arrays.setAll(d, i -> 1 + i * i / 10.0);
            Dense a = Sparse.diagonal(d).combine(1, 0.1, laplacian(400)).toDense();
            int plain = Krylov.conjugateGradients(LinearOperator.of(a)).solve(ones(400)).iterations();
            int helped = Krylov.conjugateGradients(LinearOperator.of(a))
                    .preconditioner(inverseDiagonal(a)).solve(ones(400)).iterations();
            assertTrue(helped * 5 < plain, helped + " against " + plain);
        }
    }

    @Nested
    class Ends {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 5, 60, 400})
        void lanczosFindsBothEndsOfTheLaplacian(int n) {
            int count = Math.min(n, 3);
            double[] all = new double[n];
            Arrays.setAll(all, k -> 4 * Math.pow(Math.sin((k + 1) * Math.PI / (2 * (n + 1))), 2));
            Sparse a = laplacian(n);
            Eigen low = Lanczos.of(a).smallest(count, Rng.of(1));
            Eigen high = Lanczos.of(a).largest(count, Rng.of(1));
            // A residual of 1e-10 moves an eigenvalue by no more than that times the norm, 4.
            assertArrayEquals(Arrays.copyOf(all, count), low.values(), 4e-10);
            assertArrayEquals(Arrays.copyOfRange(all, n - count, n), high.values(), 4e-10);
            Matrices.assertOrthonormalColumns("V", low.vectors());
            double[] v = Blas.transpose(high.vectors()).data();
            double[] last = Arrays.copyOfRange(v, (count - 1) * n, count * n);
            double[] product = a.apply(last);
            KrylovRun.add(product, -high.values()[count - 1], last);
            assertTrue(Norms.euclidean(product) < 4e-10);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 5, 30, 300})
        void blocksFindTheLowEndWithAPreconditioner(int n) {
            int count = Math.min(n, 4);
            Sparse a = laplacian(n);
            var inverse = LinearOperator.of(n, r -> Krylov.conjugateGradients(a).iterations(20).solve(r).x());
            Eigen plain = Lobpcg.of(a).tolerance(1e-7).smallest(count, Rng.of(2));
            Eigen helped = Lobpcg.of(a).preconditioner(inverse).tolerance(1e-9).smallest(count, Rng.of(2));
            for (int k = 0; k < count; k++) {
                double expected = 4 * Math.pow(Math.sin((k + 1) * Math.PI / (2 * (n + 1))), 2);
                // A residual r moves an eigenvalue by r at most, and by r^2 over the gap as a rule.
                assertEquals(expected, plain.values()[k], 4e-7);
                assertEquals(expected, helped.values()[k], 4e-9);
            }
            Matrices.assertOrthonormalColumns("V", helped.vectors());
            assertTrue(Norms.one(Matrices.minus(
                    Blas.product(a.toDense(), helped.vectors()),
                    Blas.product(helped.vectors(), Sparse.diagonal(helped.values()).toDense()))) < 4e-9 * n);
        }

        @Test
        void blocksFindMultipleEigenvalues() {
            double[] d = new double[100];
            Arrays.setAll(d, i -> i < 3 ? 1 : 2 + i);
            Eigen e = Lobpcg.of(Sparse.diagonal(d)).smallest(4, Rng.of(1));
            assertArrayEquals(new double[] {1, 1, 1, 5}, e.values(), 1e-7);
            assertThrows(
                    NotConverged.class, () -> Lobpcg.of(laplacian(500)).iterations(3).smallest(2, Rng.of(1)));
        }

        @Test
        void anInvariantStartDoesNotStopIt() {
            Eigen e = Lanczos.of(Sparse.identity(50)).largest(2, Rng.of(1));
            assertArrayEquals(new double[] {1, 1}, e.values(), 1e-14);
        }
    }

    @Nested
    class BadInput {
        @Test
        void aBrokenPromiseCarriesWhatWasReached() {
            var e = assertThrows(
                    NotConverged.class,
                    () -> Krylov.conjugateGradients(laplacian(100)).tolerance(1e-10).iterations(5).solve(ones(100)));
            assertEquals(5, e.iterations());
            assertEquals(100, e.partial().length);
            assertTrue(e.residual() > 1e-10);
            var ends = Lanczos.of(laplacian(4000)).iterations(30);
            assertThrows(NotConverged.class, () -> ends.smallest(2, Rng.of(1)));
        }

        @Test
        void aBudgetAloneNeverThrows() {
            var solution = Krylov.conjugateGradients(laplacian(100)).iterations(5).solve(ones(100));
            assertEquals(5, solution.iterations());
        }

        @Test
        void singularSystemsEndInAnException() {
            Sparse singular = Sparse.diagonal(new double[] {1, 0});
            assertThrows(NotConverged.class, () -> Krylov.gmres(singular).solve(new double[] {1, 1}));
            assertThrows(NotConverged.class, () -> Krylov.minres(singular).solve(new double[] {1, 1}));
        }

        @Test
        void indefiniteOperatorsAreRefusedByConjugateGradients() {
            Sparse a = Sparse.diagonal(new double[] {-1, 1});
            assertThrows(NotPositiveDefinite.class, () -> Krylov.conjugateGradients(a).solve(ones(2)));
        }

        @Test
        void nanShapesAndOptionsAreRefused() {
            Krylov method = Krylov.minres(laplacian(3));
            assertThrows(IllegalArgumentException.class, () -> method.solve(new double[2]));
            assertThrows(IllegalArgumentException.class, () -> method.solve(new double[] {1, Double.NaN, 1}));
            assertThrows(IllegalArgumentException.class, () -> method.tolerance(0));
            assertThrows(IllegalArgumentException.class, () -> method.iterations(0));
            assertThrows(IllegalArgumentException.class, () -> method.preconditioner(laplacian(4)));
            var broken = LinearOperator.of(3, x -> new double[] {Double.NaN, 0, 0});
            assertThrows(IllegalArgumentException.class, () -> Krylov.gmres(broken).solve(ones(3)));
            var wide = Sparse.of(Dense.of("a", new double[2][3]));
            assertThrows(IllegalArgumentException.class, () -> Krylov.gmres(wide));
        }
    }
}
