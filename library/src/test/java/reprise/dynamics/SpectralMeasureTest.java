package reprise.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.array.Grid;
import reprise.dynamics.SpectralMeasure.Filter;

class SpectralMeasureTest {
    private static final double[] ANGLES = Grid.linear(-3, 3, 31);

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @EnumSource(Filter.class)
        void whiteNoiseIsFlat(Filter filter) {
            double[] density = SpectralMeasure.fromAutocorrelations(new double[] {3, 0, 0, 0}, filter, ANGLES);
            double[] flat = new double[ANGLES.length];
            Arrays.fill(flat, 3 / (2 * Math.PI));
            assertArrayEquals(flat, density, 1e-15);
        }

        @ParameterizedTest
        @EnumSource(Filter.class)
        void filtersBeginAtOneAndEndAtZero(Filter filter) {
            assertEquals(1, filter.at(0), 1e-15);
            assertEquals(0, filter.at(1), 1e-15);
            assertEquals(0, filter.at(1 - 1e-9), 1e-8);
        }

        @Test
        void fejersKernelIsASquaredSine() {
            // All a(k) = 1: a point mass at 0 becomes sin^2(n t / 2) / (2 pi n sin^2(t / 2)).
            int n = 7;
            double[] ones = new double[n + 1];
            Arrays.fill(ones, 1);
            double[] density = SpectralMeasure.fromAutocorrelations(ones, Filter.FEJER, ANGLES);
            for (int i = 0; i < ANGLES.length; i++) {
                double t = ANGLES[i];
                double expected = Math.abs(t) < 1e-12
                        ? n / (2 * Math.PI)
                        : Math.pow(Math.sin(n * t / 2) / Math.sin(t / 2), 2) / (2 * Math.PI * n);
                assertEquals(expected, density[i], 1e-13);
            }
        }

        @Test
        void autocorrelationsOfAnAlternatingSignal() {
            assertArrayEquals(
                    new double[] {1, -1, 1}, SpectralMeasure.autocorrelations(new double[] {1, -1, 1, -1}, 2), 1e-15);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 6})
        void theResolventOfARotationSmoothsTwoPointMasses(int order) {
            // g = sqrt(2) cos(2 pi x): half of its mass at each of +-2 pi alpha.
            double alpha = 0.13;
            double epsilon = 0.1;
            var model = ResDmd.fit(
                    Observables.fourier(1, 4), Snapshots.of(Systems.rotation(alpha), EdmdTest.circle(32), 1));
            double[] g = {0, 1, 0, 0, 0, 0, 0, 0, 0};
            double[] found = SpectralMeasure.fromResolvent(model, g, epsilon, order, ANGLES);
            for (int i = 0; i < ANGLES.length; i++) {
                double expected = 0.5 * kernel(order, epsilon, ANGLES[i] - 2 * Math.PI * alpha)
                        + 0.5 * kernel(order, epsilon, ANGLES[i] + 2 * Math.PI * alpha);
                assertEquals(expected, found[i], 1e-9 * (1 + Math.abs(expected)));
            }
        }

        /** The kernel by its moments: those of order 1 are Poisson's; in general only the first ones are known. */
        private double kernel(int order, double epsilon, double t) {
            if (order == 1) {
                double r = 1 / (1 + epsilon);
                return (1 - r * r) / (1 - 2 * r * Math.cos(t) + r * r) / (2 * Math.PI);
            }
            // A point mass at 0 through the resolvent of the identity.
            var one = ResDmd.fit(
                    Observables.of(1, x -> 1), Snapshots.of(Systems.rotation(0), EdmdTest.circle(4), 1));
            return SpectralMeasure.fromResolvent(one, new double[] {1}, epsilon, order, new double[] {t})[0];
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 4})
        void kernelsOfHigherOrderLeaveSmoothDensitiesAlone(int order) {
            // A cyclic shift of 150, and a function with a(0) = 2, a(1) = 1: the density is (1 + cos t) / pi.
            var shift = shift(150);
            double[] g = new double[150];
            g[0] = 1;
            g[1] = 1;
            double[] wide = SpectralMeasure.fromResolvent(shift, g, 0.3, order, ANGLES);
            double[] narrow = SpectralMeasure.fromResolvent(shift, g, 0.15, order, ANGLES);
            double worstWide = 0;
            double worstNarrow = 0;
            for (int i = 0; i < ANGLES.length; i++) {
                double exact = (1 + Math.cos(ANGLES[i])) / Math.PI;
                worstWide = Math.max(worstWide, Math.abs(wide[i] - exact));
                worstNarrow = Math.max(worstNarrow, Math.abs(narrow[i] - exact));
            }
            // Halving epsilon divides the error by 2^order in the limit.
            assertEquals(order, Math.log(worstWide / worstNarrow) / Math.log(2), 0.6);
        }

        /** Coordinates e(1) to e(n) of a cyclic shift, each the image of the one before. */
        private ResDmd shift(int n) {
            double[] now = new double[n * n];
            double[] next = new double[n * n];
            for (int j = 0; j < n; j++) {
                now[j * n + j] = 1;
                next[((j + 1) % n) * n + j] = 1;
            }
            return ResDmd.fit(
                    Observables.coordinates(n),
                    Snapshots.of(Dense.of("x", now, n, n), Dense.of("y", next, n, n)).weights(ones(n)));
        }

        private double[] ones(int n) {
            double[] ones = new double[n];
            Arrays.fill(ones, 1);
            return ones;
        }
    }

    @Nested
    class RageMeans {
        private static final StateMap SKEW = Systems.skewProduct(Math.sqrt(2));

        private Dense torus(int wide, int high) {
            double[] nodes = new double[2 * wide * high];
            for (int i = 0; i < wide * high; i++) {
                nodes[2 * i] = (double) (i / high) / wide;
                nodes[2 * i + 1] = (double) (i % high) / high;
            }
            return Dense.of("nodes", nodes, wide * high, 2);
        }

        @Test
        void halfOfTheFunctionLeavesAfterTheWindow() {
            // g = (e^(2 pi i x) + e^(2 pi i y)) / sqrt 2: the first half stays, the second moves one frequency a step.
            int n = 2;
            int steps = 12;
            Dense nodes = torus(32, 6);
            double[] weights = new double[nodes.rows()];
            Arrays.fill(weights, 1.0 / nodes.rows());
            double root = 1 / Math.sqrt(2);
            double[] energies = Rage.energies(Observables.fourier(2, n), nodes, weights, SKEW, List.of(
                    p -> root * (Math.cos(2 * Math.PI * p[0]) + Math.cos(2 * Math.PI * p[1])),
                    p -> root * (Math.sin(2 * Math.PI * p[0]) + Math.sin(2 * Math.PI * p[1]))), steps);
            double[] means = Rage.means(energies);
            for (int l = 0; l < steps; l++) {
                assertEquals(l <= n ? 1 : 0.5, energies[l], 1e-12);
                int count = l + 1;
                double expected = count <= n + 1 ? 1 : 0.5 + 0.5 * (n + 1) / count;
                assertEquals(expected, means[l], 1e-12);
            }
        }

        @Test
        void refusesFewerNodesThanFunctionsAndDependentOnes() {
            Dense nodes = torus(2, 2);
            double[] weights = {0.25, 0.25, 0.25, 0.25};
            assertThrows(IllegalArgumentException.class, () -> Rage.energies(
                    Observables.fourier(2, 1), nodes, weights, SKEW, List.of(p -> p[0]), 3));
            Observables twice = Observables.of(2, p -> 1, p -> 2);
            var refused = assertThrows(IllegalArgumentException.class, () -> Rage.energies(
                    twice, nodes, weights, SKEW, List.of(p -> p[0]), 3));
            assertTrue(refused.getMessage().contains("rank 1 of 2"), refused.getMessage());
            assertThrows(IllegalArgumentException.class, () -> Rage.energies(
                    Observables.of(2, p -> 1), nodes, new double[3], SKEW, List.of(p -> p[0]), 3));
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsOutOfRange() {
            var model = ResDmd.fit(
                    Observables.fourier(1, 1), Snapshots.of(Systems.rotation(0.1), EdmdTest.circle(8), 1));
            double[] g = {0, 1, 0};
            var zero = assertThrows(
                    IllegalArgumentException.class,
                    () -> SpectralMeasure.fromResolvent(model, g, 0, 1, ANGLES));
            assertEquals("epsilon must be > 0 and finite, was 0.0", zero.getMessage());
            assertThrows(IllegalArgumentException.class, () -> SpectralMeasure.fromResolvent(
                    model, g, -0.1, 1, ANGLES));
            assertThrows(IllegalArgumentException.class, () -> SpectralMeasure.fromResolvent(
                    model, g, 0.1, 0, ANGLES));
            assertThrows(IllegalArgumentException.class, () -> SpectralMeasure.fromResolvent(
                    model, new double[2], 0.1, 1, ANGLES));
            assertThrows(IllegalArgumentException.class, () -> SpectralMeasure.autocorrelations(new double[3], 3));
            assertThrows(IllegalArgumentException.class, () -> SpectralMeasure.autocorrelations(
                    new double[] {1, Double.NaN}, 1));
            assertThrows(IllegalArgumentException.class, () -> SpectralMeasure.fromAutocorrelations(
                    new double[1], Filter.BUMP, ANGLES));
        }
    }
}
