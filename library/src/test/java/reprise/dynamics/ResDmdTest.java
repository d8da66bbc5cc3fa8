package reprise.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.array.Grid;
import reprise.linalg.HermitianEigen;
import reprise.linalg.Solve;
import reprise.linalg.Spectrum;
import reprise.random.Rng;

class ResDmdTest {
    private static final double[] SIDE = Grid.linear(-1.4, 1.4, 15);

    /** The distance that a chain e(1) to e(length), each mapped to the next and the last one out of sight, shows. */
    private static double chain(int length, double re, double im) {
        double r = Math.hypot(re, im);
        return Math.sqrt(1 + r * r - 2 * r * Math.cos(Math.PI / (length + 1)));
    }

    /** Starts near 0, where the curved map and its powers stay of size 1: h is good to 1e-7 of their norm. */
    private static Dense near(int seed) {
        double[] starts = Rng.of(seed).normal(300, 2).data();
        Arrays.setAll(starts, i -> 0.3 * starts[i]);
        return Dense.of("starts", starts, 300, 2);
    }

    private static Dense torus(int side) {
        double[] nodes = new double[2 * side * side];
        for (int i = 0; i < side * side; i++) {
            nodes[2 * i] = (double) (i / side) / side;
            nodes[2 * i + 1] = (double) (i % side) / side;
        }
        return Dense.of("nodes", nodes, side * side, 2);
    }

    @Nested
    class ClosedForm {
        @Test
        void aRotationIsAsFarAsItsNearestEigenvalue() {
            var model = ResDmd.fit(
                    Observables.fourier(1, 3), Snapshots.of(Systems.rotation(0.13), EdmdTest.circle(20), 1));
            double[][] h = model.pseudospectrum(SIDE, SIDE).values();
            for (int i = 0; i < SIDE.length; i++) {
                for (int j = 0; j < SIDE.length; j++) {
                    double nearest = Double.POSITIVE_INFINITY;
                    for (int k = -3; k <= 3; k++) {
                        double angle = 2 * Math.PI * 0.13 * k;
                        nearest = Math.min(
                                nearest, Math.hypot(SIDE[j] - Math.cos(angle), SIDE[i] - Math.sin(angle)));
                    }
                    assertEquals(nearest, h[i][j], 1e-9 * nearest + 1e-12);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 5, 16, 40})
        void theDoublingMapShowsItsLongestChain(int n) {
            // Odd k, 2k, 4k, ... up to n: the longest begins at 1. Constants are left out.
            int length = (int) Math.floor(Math.log(n) / Math.log(2)) + 1;
            var frequencies = new ArrayList<int[]>();
            for (int k = 1; k <= n; k++) {
                frequencies.add(new int[] {k});
            }
            var model = ResDmd.fit(
                    Observables.fourier(frequencies), Snapshots.of(Systems.doubling(), EdmdTest.circle(4 * n + 1), 1));
            double[][] h = model.pseudospectrum(SIDE, SIDE).values();
            for (int i = 0; i < SIDE.length; i++) {
                for (int j = 0; j < SIDE.length; j++) {
                    assertEquals(chain(length, SIDE[j], SIDE[i]), h[i][j], 1e-9);
                }
            }
        }

        @Test
        void theSkewProductShowsAChainOfOddLength() {
            int n = 3;
            var frequencies = new ArrayList<int[]>();
            for (int k = -n; k <= n; k++) {
                frequencies.add(new int[] {k, 1});
            }
            var model = ResDmd.fit(
                    Observables.fourier(frequencies), Snapshots.of(Systems.skewProduct(Math.sqrt(2)), torus(16), 1));
            for (double x : SIDE) {
                assertEquals(chain(2 * n + 1, x, 0.2), model.residual(x, 0.2), 1e-9);
            }
        }

        @Test
        void anExactEigenfunctionIsFoundWithItsCoefficients() {
            StateMap linear = x -> new double[] {0.5 * x[0], -0.7 * x[1]};
            var model = ResDmd.fit(Observables.coordinates(2), Snapshots.of(linear, Rng.of(1).normal(20, 2), 1));
            var found = model.pseudoeigenfunction(-0.7, 0);
            assertEquals(0, found.value(), 1e-14);
            double size = Math.hypot(found.re()[1], found.im()[1]);
            assertEquals(0, Math.hypot(found.re()[0], found.im()[0]) / size, 1e-7);
        }

        @Test
        void twoMapsThatAgreeOnTheDataGiveTheSameBits() {
            // The bump lies between the radii that are seen: the same snapshots, and spectra {1, -1} and the circle.
            double[] starts = new double[2 * 200];
            Rng rng = Rng.of(3);
            for (int i = 0; i < 200; i++) {
                double r = (1 + i % 5) / 5.0;
                double angle = 2 * Math.PI * rng.uniform();
                starts[2 * i] = r * Math.cos(angle);
                starts[2 * i + 1] = r * Math.sin(angle);
            }
            Dense from = Dense.of("starts", starts, 200, 2);
            var bump = Systems.bump(0.5, 0.09, 0.4);
            var plain = ResDmd.fit(
                    Observables.monomials(2, 3), Snapshots.of(Systems.discRotation(r -> 0.5), from, 1));
            var bent = ResDmd.fit(
                    Observables.monomials(2, 3),
                    Snapshots.of(Systems.discRotation(r -> 0.5 + bump.applyAsDouble(r)), from, 1));
            assertArrayEquals(plain.edmd().eigenvalues().re(), bent.edmd().eigenvalues().re());
            assertArrayEquals(plain.matrix().data(), bent.matrix().data());
            assertArrayEquals(
                    plain.pseudospectrum(SIDE, SIDE).values()[3], bent.pseudospectrum(SIDE, SIDE).values()[3]);
        }
    }

    @Nested
    class Invariance {
        @Test
        void moreFunctionsNeverRaiseTheResidual() {
            var data = Snapshots.of(EdmdTest.CURVED, near(4), 1);
            double[][] few = ResDmd.fit(Observables.hermite(2, 2), data).pseudospectrum(SIDE, SIDE).values();
            double[][] more = ResDmd.fit(Observables.hermite(2, 4), data).pseudospectrum(SIDE, SIDE).values();
            for (int i = 0; i < SIDE.length; i++) {
                for (int j = 0; j < SIDE.length; j++) {
                    assertTrue(more[i][j] <= few[i][j] * (1 + 1e-9) + 1e-7);
                }
            }
        }

        @Test
        void noEigenpairHasASmallerResidualThanItsPlace() {
            var model = ResDmd.fit(
                    Observables.hermite(2, 4), Snapshots.of(EdmdTest.CURVED, near(5), 1));
            Edmd edmd = model.edmd();
            double[] places = model.residuals(edmd.eigenvalues());
            double[] pairs = edmd.residuals();
            for (int j = 0; j < places.length; j++) {
                assertTrue(places[j] <= pairs[j] * (1 + 1e-9) + 1e-7, places[j] + " " + pairs[j]);
            }
        }
    }

    @Nested
    class Agreement {
        @Test
        void withTheGeneralisedHermitianProblem() {
            // The definition with G, A and L; Gram matrices lose half of the digits, so this dictionary is harmless.
            var data = Snapshots.of(EdmdTest.CURVED, Rng.of(6).normal(80, 2), 1);
            Observables dictionary = Observables.hermite(2, 2);
            var model = ResDmd.fit(dictionary, data);
            Dense px = dictionary.at(data.x());
            Dense py = dictionary.at(data.y());
            Dense r = reprise.linalg.Cholesky.of(reprise.linalg.Blas.gramOfColumns(px)).lower();
            Dense qt = Solve.lowerTriangular(r, transpose(px));
            Dense ct = Solve.lowerTriangular(r, transpose(py));
            for (double x : new double[] {-1, 0.3, 0.9}) {
                for (double y : new double[] {0, 0.7}) {
                    assertEquals(naive(qt, ct, x, y), model.residual(x, y), 1e-9);
                }
            }
        }

        private Dense transpose(Dense a) {
            double[] t = new double[a.data().length];
            for (int i = 0; i < a.rows(); i++) {
                for (int j = 0; j < a.columns(); j++) {
                    t[j * a.rows() + i] = a.data()[i * a.columns() + j];
                }
            }
            return Dense.of("t", t, a.columns(), a.rows());
        }

        private double naive(Dense qt, Dense ct, double x, double y) {
            int n = qt.rows();
            double[] re = new double[n * n];
            double[] im = new double[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double cc = dot(ct, i, ct, j);
                    double qc = dot(qt, i, ct, j);
                    double cq = dot(ct, i, qt, j);
                    double qq = dot(qt, i, qt, j);
                    re[i * n + j] = cc - x * (cq + qc) + (x * x + y * y) * qq;
                    im[i * n + j] = y * (qc - cq);
                }
            }
            return Math.sqrt(HermitianEigen.values(Dense.of("re", re, n, n), Dense.of("im", im, n, n))[0]);
        }

        private double dot(Dense a, int i, Dense b, int j) {
            double sum = 0;
            for (int k = 0; k < a.columns(); k++) {
                sum += a.data()[i * a.columns() + k] * b.data()[j * a.columns() + k];
            }
            return sum;
        }
    }

    @Nested
    class Certificates {
        @Test
        void measurePreservingSystemsKeepToTheCircle() {
            var flat = new Pseudospectrum(new double[] {0, 1, 3}, new double[] {0}, new double[][] {{0.2, 0.2, 5}});
            assertArrayEquals(new double[] {1, 0.2, 5}, flat.measurePreserving().values()[0]);
        }

        @Test
        void everyPlaceSendsItsBestNeighbour() {
            // 0.1 at 1 reaches 0.5 on each side; 0.9 at 3 reaches everything; 2 does not speak.
            var h = new Pseudospectrum(
                    new double[] {0, 1, 2, 3}, new double[] {0}, new double[][] {{0.05, 0.1, 2, 0.9}});
            var found = h.certified();
            assertArrayEquals(new double[] {0, 1}, found.places().re());
            assertEquals(0.1, found.certificate());
            assertEquals(2, found.missing(new Spectrum(new double[] {3}, new double[1])));
        }

        @Test
        void distancesOfSetsCountBothWays() {
            Spectrum signs = new Spectrum(new double[] {1, -1}, new double[2]);
            // The circle's farthest points from 1 and -1 are i and -i.
            assertEquals(Math.sqrt(2), CertifiedSpectrum.distance(signs, CertifiedSpectrum.circle(720)), 1e-15);
            assertEquals(Math.sqrt(2), CertifiedSpectrum.distance(CertifiedSpectrum.circle(720), signs), 1e-15);
            assertEquals(0, CertifiedSpectrum.distance(signs, CertifiedSpectrum.circle(2)), 1e-15);
        }

        @Test
        void logarithmsAreCutAtBothEnds() {
            var h = new Pseudospectrum(new double[] {0, 1, 2}, new double[] {0}, new double[][] {{0, 0.1, 7}});
            assertArrayEquals(new double[] {-2, -1, 0}, h.logarithms(0.01, 1)[0], 1e-15);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatDoesNotFit() {
            var data = Snapshots.of(EdmdTest.CURVED, Rng.of(1).normal(20, 2), 1);
            var model = ResDmd.fit(Observables.coordinates(2), data);
            assertThrows(IllegalArgumentException.class, () -> model.residual(Double.NaN, 0));
            assertThrows(IllegalArgumentException.class, () -> model.pseudospectrum(new double[0], SIDE));
            assertThrows(IllegalArgumentException.class, () -> model.coordinates(new double[3]));
            assertThrows(IllegalArgumentException.class, () -> ResDmd.fit(Observables.coordinates(2), data, -0.1));
            assertThrows(IllegalArgumentException.class, () -> ResDmd.fit(
                    Observables.monomials(2, 6), data));
            assertThrows(IllegalArgumentException.class, () -> CertifiedSpectrum.circle(0));
        }

        @Test
        void refusesAGridWithoutSpectrum() {
            var far = new Pseudospectrum(new double[] {5}, new double[] {0}, new double[][] {{4}});
            var refused = assertThrows(IllegalArgumentException.class, far::certified);
            assertEquals("grid must hold a place with a residual below 1, held none", refused.getMessage());
            assertThrows(IllegalArgumentException.class, () -> far.certified(0));
            assertThrows(IllegalArgumentException.class, () -> far.logarithms(1, 0.5));
            assertThrows(IllegalArgumentException.class, () -> new Pseudospectrum(
                    new double[] {5}, new double[] {0}, new double[][] {{Double.NaN}}));
        }
    }

    @Test
    void ulamsMethodIsADictionaryOfBoxes() {
        // Two boxes under doubling: each is left to both in equal parts, so the eigenvalues are 1 and 0.
        var boxes = Observables.boxes(new double[] {0}, new double[] {1}, new int[] {2});
        Spectrum found = Edmd.fit(boxes, Snapshots.of(Systems.doubling(), EdmdTest.circle(64), 1)).eigenvalues();
        assertEquals(0, EdmdTest.mismatch(found, new double[] {1, 0}, new double[2]), 1e-14);
        assertEquals(List.of(0.0, 0.0), Arrays.stream(found.im()).boxed().toList());
    }
}
