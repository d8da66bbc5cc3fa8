package reprise.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reprise.array.Grid;
import reprise.prob.Moments;
import reprise.random.Rng;

class PeriodicApproximationTest {
    @Nested
    class ClosedForm {
        @Test
        void theIdentityHasOneFrequencyOnly() {
            var atoms = PeriodicApproximation.of(new int[] {0, 1, 2}, new double[] {1, 2, 3});
            assertArrayEquals(new double[3], atoms.angles());
            assertEquals(14.0 / 3, Arrays.stream(atoms.masses()).sum(), 1e-14);
        }

        @Test
        void aSwapTakesApartWhatIsEvenAndOdd() {
            var atoms = PeriodicApproximation.of(new int[] {1, 0}, new double[] {3, 1});
            assertArrayEquals(new double[] {0, Math.PI}, atoms.angles(), 1e-15);
            // Mean 2 and half difference 1.
            assertArrayEquals(new double[] {4, 1}, atoms.masses(), 1e-14);
        }

        @Test
        void aWaveAlongAClosedOrbitIsTwoAtoms() {
            double[] signal = IntStream.range(0, 60).mapToDouble(m -> Math.cos(2 * Math.PI * 7 * m / 60)).toArray();
            var atoms = PeriodicApproximation.ofOrbit(signal);
            for (int k = 0; k < 60; k++) {
                boolean there = Math.abs(Math.abs(atoms.angles()[k]) - 2 * Math.PI * 7 / 60) < 1e-9;
                assertEquals(there ? 0.25 : 0, atoms.masses()[k], 1e-13);
            }
        }

        /** Rounded to a lattice the skew product is a permutation; g = cos 2 pi x + cos 2 pi y is half of each kind. */
        @Test
        void theSkewProductHasAnAtomAndAnEvenPart() {
            int side = 64;
            int turn = (int) Math.rint(Math.sqrt(2) * side);
            int[] next = new int[side * side];
            double[] g = new double[next.length];
            for (int i = 0; i < next.length; i++) {
                next[i] = (i / side + turn) % side * side + (i / side + i % side) % side;
                g[i] = Math.cos(2 * Math.PI * (i / side) / side) + Math.cos(2 * Math.PI * (i % side) / side);
            }
            var atoms = PeriodicApproximation.of(next, g);
            double angle = 2 * Math.PI * (turn % side) / side - 2 * Math.PI;
            angle = angle < -Math.PI ? angle + 2 * Math.PI : angle;
            double[] density = atoms.density(new double[] {-Math.PI - 1e-9, Math.PI + 1e-9});
            assertEquals(1, density[0] * 2 * (Math.PI + 1e-9), 1e-12, "the mean of g^2");
            double near = 0;
            for (int k = 0; k < atoms.angles().length; k++) {
                near += Math.abs(Math.abs(atoms.angles()[k]) - Math.abs(angle)) < 1e-6 ? atoms.masses()[k] : 0;
            }
            // The wave along x has half of the mass; of the other half two roots of 64 or more lie there too.
            assertEquals(0.5, near, 0.05);
        }
    }

    @Nested
    class Invariance {
        @Test
        void theMassIsTheMeanSquareForAnyPermutation() {
            int[] next = Rng.of(5).permutation(200);
            double[] g = Rng.of(6).normal(200, 1).data();
            var atoms = PeriodicApproximation.of(next, g);
            assertEquals(Arrays.stream(g).map(v -> v * v).average().orElseThrow(),
                    Arrays.stream(atoms.masses()).sum(), 1e-12);
            assertEquals(200, atoms.angles().length);
            double[] sorted = atoms.angles();
            Arrays.sort(sorted);
            assertArrayEquals(sorted, atoms.angles());
            assertTrue(sorted[0] > -Math.PI && sorted[199] <= Math.PI);
        }

        @Test
        void arcsTakeTheirShare() {
            var atoms = PeriodicApproximation.ofOrbit(Rng.of(6).normal(200, 1).data());
            double[] edges = Grid.linear(-3.2, 3.2, 5);
            double all = Arrays.stream(atoms.density(edges)).map(v -> v * 1.6).sum();
            assertEquals(Arrays.stream(atoms.masses()).sum(), all, 1e-12);
        }
    }

    @Nested
    class Agreement {
        /** Atoms of white noise are exponentially distributed, however long the orbit is: the mean is the spread. */
        @Test
        void atomsDoNotSettle() {
            for (int n : new int[] {500, 4_000}) {
                double[] masses = PeriodicApproximation.ofOrbit(Rng.of(n).normal(n, 1).data()).masses();
                var moments = Moments.of(masses);
                // The standard error of the ratio is 1 / sqrt(n / 2) for the n / 2 free atoms.
                assertEquals(1, moments.standardDeviation() / moments.mean(), 4 / Math.sqrt(n / 2.0));
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsNoPermutation() {
            var again = assertThrows(IllegalArgumentException.class,
                    () -> PeriodicApproximation.of(new int[] {1, 1}, new double[] {0, 0}));
            assertEquals("next must be a permutation of 0 to 1, but next[1] was 1 again", again.getMessage());
            assertThrows(IllegalArgumentException.class,
                    () -> PeriodicApproximation.of(new int[] {2, 0}, new double[] {0, 0}));
            assertThrows(IllegalArgumentException.class,
                    () -> PeriodicApproximation.of(new int[] {1, 0}, new double[] {0}));
            assertThrows(IllegalArgumentException.class, () -> PeriodicApproximation.ofOrbit(new double[0]));
            assertThrows(IllegalArgumentException.class,
                    () -> PeriodicApproximation.ofOrbit(new double[] {1}).density(new double[] {1, 1}));
        }
    }
}
