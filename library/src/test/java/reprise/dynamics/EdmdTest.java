package reprise.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.linalg.Spectrum;
import reprise.random.Rng;

class EdmdTest {
    static Dense circle(int count) {
        double[] nodes = new double[count];
        Arrays.setAll(nodes, i -> (double) i / count);
        return Dense.of("nodes", nodes, count, 1);
    }

    /** How far the two sets of numbers are apart, each taken as many times as it occurs. */
    static double mismatch(Spectrum found, double[] re, double[] im) {
        boolean[] taken = new boolean[re.length];
        double worst = found.re().length == re.length ? 0 : Double.POSITIVE_INFINITY;
        for (int j = 0; j < Math.min(re.length, found.re().length); j++) {
            int best = -1;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; k < re.length; k++) {
                double distance = Math.hypot(found.re()[j] - re[k], found.im()[j] - im[k]);
                if (!taken[k] && distance < least) {
                    least = distance;
                    best = k;
                }
            }
            taken[best] = true;
            worst = Math.max(worst, least);
        }
        return worst;
    }

    static final StateMap CURVED = x -> new double[] {0.9 * x[0] - 0.3 * x[1], 0.3 * x[0] + 0.8 * x[1] * x[1]};

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 5, 20})
        void aRotationHasItsPowersAndNoResidual(int n) {
            double angle = Math.sqrt(2);
            Edmd edmd = Edmd.fit(
                    Observables.fourier(1, n), Snapshots.of(Systems.rotation(angle), circle(4 * n + 4), 1));
            double[] re = new double[2 * n + 1];
            double[] im = new double[2 * n + 1];
            for (int k = -n; k <= n; k++) {
                re[n + k] = Math.cos(2 * Math.PI * angle * k);
                im[n + k] = Math.sin(2 * Math.PI * angle * k);
            }
            // An orthogonal matrix: eigenvalues to rounding.
            assertEquals(0, mismatch(edmd.eigenvalues(), re, im), 1e-12);
            assertEquals(0, Arrays.stream(edmd.residuals()).max().orElseThrow(), 1e-12);
        }

        @Test
        void aLinearSystemHasItsEigenvaluesAndTheirProducts() {
            // Eigenvalues 0.9 and 0.5.
            StateMap linear = x -> new double[] {0.9 * x[0] + x[1], 0.5 * x[1]};
            var data = Snapshots.of(linear, Rng.of(1).normal(40, 2), 1);
            Edmd first = Edmd.fit(Observables.coordinates(2), data);
            assertEquals(0, mismatch(first.eigenvalues(), new double[] {0.9, 0.5}, new double[2]), 1e-13);
            Edmd second = Edmd.fit(Observables.monomials(2, 2), data);
            double[] products = {1, 0.9, 0.5, 0.81, 0.45, 0.25};
            // Times the condition of the eigenvectors, some tens.
            assertEquals(0, mismatch(second.eigenvalues(), products, new double[6]), 1e-12);
            assertEquals(0, Arrays.stream(second.residuals()).max().orElseThrow(), 1e-11);
        }

        @Test
        void theDoublingMapHasOneAndZeroAndZeroIsWrong() {
            Edmd edmd = Edmd.fit(Observables.fourier(1, 5), Snapshots.of(Systems.doubling(), circle(32), 1));
            double[] sizes = edmd.eigenvalues().moduli();
            double[] residuals = edmd.residuals();
            int ones = 0;
            for (int j = 0; j < 11; j++) {
                if (sizes[j] > 0.5) {
                    ones++;
                    assertEquals(0, residuals[j], 1e-12);
                } else {
                    // A nilpotent chain of 3: rounding to the power 1/3.
                    assertEquals(0, sizes[j], 1e-4);
                    // An isometry: residual^2 = 1 - |lambda|^2.
                    assertEquals(Math.sqrt(1 - sizes[j] * sizes[j]), residuals[j], 1e-12);
                }
            }
            assertEquals(1, ones);
        }

        @Test
        void aLinearSystemIsPredicted() {
            StateMap linear = x -> new double[] {0.6 * x[0] - 0.8 * x[1], 0.8 * x[0] + 0.6 * x[1]};
            Edmd edmd = Edmd.fit(Observables.monomials(2, 2), Snapshots.of(linear, Rng.of(2).normal(30, 2), 1));
            Dense expected = linear.orbit(new double[] {1, 2}, 50);
            assertArrayEquals(expected.data(), edmd.predict(new double[] {1, 2}, 50).data(), 1e-11);
        }
    }

    @Nested
    class Invariance {
        @Test
        void theSquaredResidualIsTheGrowthLessTheEigenvalue() {
            // Normal equations of the fit: true for every system and every set of snapshots.
            Edmd edmd = Edmd.fit(Observables.monomials(2, 3), Snapshots.of(CURVED, Rng.of(3).normal(200, 2), 1));
            double[] sizes = edmd.eigenvalues().moduli();
            double[] growth = edmd.growth();
            double[] residuals = edmd.residuals();
            for (int j = 0; j < sizes.length; j++) {
                double square = growth[j] * growth[j];
                assertEquals(square - sizes[j] * sizes[j], residuals[j] * residuals[j], 1e-9 * square);
            }
        }

        @Test
        void aSnapshotTakenTwiceIsOneOfTwiceTheWeight() {
            Dense starts = Rng.of(4).normal(30, 2);
            double[][] x = starts.toRows();
            double[][] y = CURVED.each(starts).toRows();
            double[][] moreX = Arrays.copyOf(x, 31);
            double[][] moreY = Arrays.copyOf(y, 31);
            moreX[30] = x[7];
            moreY[30] = y[7];
            double[] weights = new double[30];
            Arrays.fill(weights, 1.0 / 31);
            weights[7] *= 2;
            Spectrum twice = Edmd.fit(Observables.monomials(2, 2), Snapshots.of(moreX, moreY)).eigenvalues();
            Spectrum heavy =
                    Edmd.fit(Observables.monomials(2, 2), Snapshots.of(x, y).weights(weights)).eigenvalues();
            assertEquals(0, mismatch(twice, heavy.re(), heavy.im()), 1e-11);
        }

        @Test
        void anotherBasisOfTheSameSpaceChangesNothing() {
            var data = Snapshots.of(CURVED, Rng.of(5).normal(100, 2), 1);
            Spectrum powers = Edmd.fit(Observables.monomials(2, 4), data).eigenvalues();
            Spectrum hermite = Edmd.fit(Observables.hermite(2, 4), data).eigenvalues();
            // Eigenvalues of a matrix far from normal: rounding times a condition of some thousands.
            assertEquals(0, mismatch(powers, hermite.re(), hermite.im()), 1e-8);
        }

        @Test
        void aCutoffLeavesOutWhatIsThereTwice() {
            var data = Snapshots.of(CURVED, Rng.of(6).normal(100, 2), 1);
            Observables once = Observables.monomials(2, 2);
            Spectrum expected = Edmd.fit(once, data).eigenvalues();
            Spectrum found = Edmd.fit(once.and(Observables.coordinates(2)), data, 1e-10).eigenvalues();
            assertEquals(0, mismatch(found, expected.re(), expected.im()), 1e-11);
        }
    }

    @Nested
    class Agreement {
        @Test
        void residualsOnOtherSnapshotsWithTheirDefinition() {
            Edmd edmd = Edmd.fit(Observables.monomials(2, 2), Snapshots.of(CURVED, Rng.of(7).normal(60, 2), 1));
            var other = Snapshots.of(CURVED, Rng.of(8).normal(25, 2), 1);
            var now = edmd.eigenfunctions(other.x());
            var next = edmd.eigenfunctions(other.y());
            double[] found = edmd.residuals(other);
            for (int j = 0; j < found.length; j++) {
                double[][] v = now.column(j);
                double[][] w = next.column(j);
                double re = edmd.eigenvalues().re()[j];
                double im = edmd.eigenvalues().im()[j];
                double above = 0;
                double below = 0;
                for (int m = 0; m < 25; m++) {
                    above += Math.pow(w[0][m] - re * v[0][m] + im * v[1][m], 2)
                            + Math.pow(w[1][m] - re * v[1][m] - im * v[0][m], 2);
                    below += v[0][m] * v[0][m] + v[1][m] * v[1][m];
                }
                assertEquals(Math.sqrt(above / below), found[j], 1e-11 * (1 + found[j]));
            }
        }

        @Test
        void blocksOfSnapshotsWithOneBlock() {
            // 3 000 snapshots of 1 001 columns need two blocks; the first functions alone need one.
            Observables few = Observables.hermite(1, 4);
            var data = Snapshots.of(Systems.doubling(), circle(200_001), 1);
            Spectrum found = Edmd.fit(few, data).eigenvalues();
            Spectrum half = Edmd.fit(few, Snapshots.of(Systems.doubling(), circle(100_001), 1)).eigenvalues();
            // Both are quadratures of the same integrals, with errors 1 / M.
            assertEquals(0, mismatch(found, half.re(), half.im()), 1e-3);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesFewerSnapshotsThanFunctions() {
            var few = Snapshots.of(CURVED, Rng.of(1).normal(5, 2), 1);
            var refused = assertThrows(
                    IllegalArgumentException.class, () -> Edmd.fit(Observables.monomials(2, 2), few));
            assertEquals(
                    "number of snapshots must be >= 6, the number of dictionary functions, was 5; or fit with a cutoff",
                    refused.getMessage());
        }

        @Test
        void refusesASingularGramMatrix() {
            Observables twice = Observables.coordinates(2).and(Observables.coordinates(2));
            var data = Snapshots.of(CURVED, Rng.of(1).normal(20, 2), 1);
            var refused = assertThrows(IllegalArgumentException.class, () -> Edmd.fit(twice, data));
            assertTrue(refused.getMessage().contains("Gram matrix is singular"), refused.getMessage());
            assertTrue(refused.getMessage().contains("cutoff"), refused.getMessage());
        }

        @Test
        void refusesFunctionsThatAreZeroOnAllSnapshots() {
            Observables zero = Observables.of(2, x -> 0);
            var data = Snapshots.of(CURVED, Rng.of(1).normal(20, 2), 1);
            assertThrows(IllegalArgumentException.class, () -> Edmd.fit(zero, data));
            assertThrows(IllegalArgumentException.class, () -> Edmd.fit(zero, data, 0.1));
        }

        @Test
        void refusesOtherDimensionsAndCutoffs() {
            var data = Snapshots.of(CURVED, Rng.of(1).normal(20, 2), 1);
            assertThrows(IllegalArgumentException.class, () -> Edmd.fit(Observables.coordinates(3), data));
            assertThrows(IllegalArgumentException.class, () -> Edmd.fit(Observables.coordinates(2), data, 0));
            assertThrows(IllegalArgumentException.class, () -> Edmd.fit(Observables.coordinates(2), data, 1));
            Edmd fitted = Edmd.fit(Observables.coordinates(2), data);
            assertThrows(IllegalArgumentException.class, () -> fitted.predict(new double[3], 5));
            assertThrows(IllegalArgumentException.class, () -> fitted.predict(new double[2], 0));
            assertThrows(IllegalArgumentException.class, () -> fitted.eigenfunctions(new double[4][1]));
        }
    }
}
