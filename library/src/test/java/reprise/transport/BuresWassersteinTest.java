package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.linalg.NotPositiveDefinite;
import reprise.prob.Normal;
import reprise.random.Rng;

class BuresWassersteinTest {
    private static Dense covariance(int d, int seed) {
        Dense a = Rng.of(seed).normal(d + 3, d);
        return Blas.gramOfColumns(a);
    }

    private static Dense diagonal(double... values) {
        double[] a = new double[values.length * values.length];
        for (int i = 0; i < values.length; i++) {
            a[i * values.length + i] = values[i];
        }
        return Dense.of("diagonal", a, values.length, values.length);
    }

    @Nested
    class ClosedForm {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 7})
        void commutingCovariancesDifferByTheirRoots(int d) {
            double[] a = new double[d];
            double[] b = new double[d];
            double expected = 9.0 * d;
            for (int i = 0; i < d; i++) {
                a[i] = 1 + i;
                b[i] = 4 / (1.0 + i);
                expected += Math.pow(Math.sqrt(a[i]) - Math.sqrt(b[i]), 2);
            }
            double[] three = new double[d];
            java.util.Arrays.fill(three, 3);
            assertEquals(
                    expected, BuresWasserstein.squared(new double[d], diagonal(a), three, diagonal(b)),
                    1e-12 * expected);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 5})
        void aPointIsItsVarianceAway(int d) {
            Dense b = covariance(d, 3);
            double trace = 0;
            for (int i = 0; i < d; i++) {
                trace += b.data()[i * d + i];
            }
            Dense zero = Dense.of("zero", new double[d * d], d, d);
            assertEquals(trace, BuresWasserstein.squared(new double[d], zero, new double[d], b), 1e-12 * trace);
        }

        @Test
        void theMapCarriesOneCovarianceToTheOther() {
            Dense a = covariance(4, 1);
            Dense b = covariance(4, 2);
            Dense t = BuresWasserstein.map(a, b);
            assertArrayEquals(b.data(), Blas.product(Blas.product(t, a), t).data(), 1e-11);
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @ValueSource(ints = {2, 4})
        void bothDirectionsAreEquallyLong(int d) {
            Dense a = covariance(d, 1);
            Dense b = covariance(d, 2);
            double[] m = Rng.of(5).sphere(d);
            double one = BuresWasserstein.squared(m, a, new double[d], b);
            assertEquals(one, BuresWasserstein.squared(new double[d], b, m, a), 1e-11 * one);
        }

        @Test
        void theShortestPathIsEvenlyPaced() {
            var a = Normal.of(new double[] {1, 2, 3}, covariance(3, 1));
            var b = Normal.of(new double[] {0, 0, 1}, covariance(3, 2));
            var middle = BuresWasserstein.between(a, b, 0.3);
            double whole = BuresWasserstein.distance(a, b);
            assertEquals(0.3 * whole, BuresWasserstein.distance(a, middle), 1e-7);
            assertEquals(0.7 * whole, BuresWasserstein.distance(middle, b), 1e-7);
        }
    }

    @Nested
    class Agreement {
        @Test
        void orderTwoEqualsTheGeneralWay() {
            // A third coordinate of variance 1 in both adds nothing, and takes the general way.
            double[] a = covariance(2, 1).data();
            double[] b = covariance(2, 2).data();
            Dense wideA = Dense.of("a", new double[][] {{a[0], a[1], 0}, {a[2], a[3], 0}, {0, 0, 1}});
            Dense wideB = Dense.of("b", new double[][] {{b[0], b[1], 0}, {b[2], b[3], 0}, {0, 0, 1}});
            double plane = BuresWasserstein.squared(
                    new double[2], Dense.of("a", a, 2, 2), new double[2], Dense.of("b", b, 2, 2));
            assertEquals(plane, BuresWasserstein.squared(new double[3], wideA, new double[3], wideB), 1e-12 * plane);
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsNoCovariance() {
            Dense negative = diagonal(1, -1, 1);
            assertThrows(NotPositiveDefinite.class, () -> BuresWasserstein.squared(
                    new double[3], negative, new double[3], diagonal(1, 1, 1)));
            assertThrows(NotPositiveDefinite.class, () -> BuresWasserstein.squared(
                    new double[2], diagonal(1, 1), new double[2], diagonal(1, -2)));
            assertThrows(NotPositiveDefinite.class, () -> BuresWasserstein.map(diagonal(1, 0), diagonal(1, 1)));
        }

        @Test
        void refusesOtherShapesAndTimesOutside() {
            var message = assertThrows(IllegalArgumentException.class, () -> BuresWasserstein.squared(
                    new double[2], diagonal(1, 1), new double[3], diagonal(1, 1))).getMessage();
            assertEquals("meanB must be of shape [2], was [3]", message);
            assertThrows(IllegalArgumentException.class, () -> BuresWasserstein.between(
                    Normal.standard(2), Normal.standard(2), 1.1));
            assertThrows(IllegalArgumentException.class, () -> BuresWasserstein.squared(
                    new double[] {Double.NaN}, diagonal(1), new double[1], diagonal(1)));
        }
    }
}
