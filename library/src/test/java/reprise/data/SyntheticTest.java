package reprise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reprise.array.Dense;
import reprise.random.Rng;

class SyntheticTest {
    private static final double[][] CENTRES = {{0, 0, 0}, {10, 0, -10}};

    /** Every set with a given noise. */
    static Stream<Function<Double, Dense>> all() {
        return Stream.of(
                noise -> Synthetic.swissRoll(99, noise, Rng.of(1)).x(),
                noise -> Synthetic.sCurve(99, noise, Rng.of(1)).x(),
                noise -> Synthetic.moons(99, noise, Rng.of(1)).x(),
                noise -> Synthetic.circles(99, 0.4, noise, Rng.of(1)).x(),
                noise -> Synthetic.checkerboard(99, noise, Rng.of(1)).x(),
                noise -> Synthetic.blobs(99, CENTRES, noise, Rng.of(1)).x());
    }

    @Nested
    class ClosedForm {
        @Test
        void theRollsRadiusIsItsParameter() {
            var roll = Synthetic.swissRoll(500, 0, Rng.of(2));
            for (int i = 0; i < 500; i++) {
                double[] x = row(roll.x(), i);
                assertEquals(roll.t()[i], Math.hypot(x[0], x[2]), 1e-13);
                assertEquals(Math.sin(roll.t()[i] - Math.atan2(x[2], x[0])), 0, 1e-13);
                assertTrue(x[1] >= 0 && x[1] <= 21);
            }
            // The mean of 500 uniforms, to four standard errors.
            double mean = Arrays.stream(roll.t()).average().orElseThrow();
            assertEquals(3 * Math.PI, mean, 4 * 3 * Math.PI / Math.sqrt(12 * 500));
            assertTrue(Arrays.stream(roll.t()).min().orElseThrow() >= 1.5 * Math.PI);
            assertTrue(Arrays.stream(roll.t()).max().orElseThrow() <= 4.5 * Math.PI);
        }

        @Test
        void theBoardsBlackFieldsTouchAtCornersOnly() {
            var board = Synthetic.checkerboard(800, 0, Rng.of(3));
            assertArrayEquals(new int[] {100, 100, 100, 100, 100, 100, 100, 100}, board.counts());
            double[] mean = new double[2];
            for (int i = 0; i < 800; i++) {
                double[] x = row(board.x(), i);
                int column = (int) Math.floor(x[0]) + 2;
                int line = (int) Math.floor(x[1]) + 2;
                assertEquals(0, (column + line) % 2);
                assertEquals(2 * line + column / 2, board.labels()[i]);
                assertTrue(Math.abs(x[0]) <= 2 && Math.abs(x[1]) <= 2);
                mean[0] += x[0] / 800;
                mean[1] += x[1] / 800;
            }
            // Uniform within each of eight fields: sd 0.29, four standard errors of 800.
            assertEquals(0, mean[0], 0.05);
            assertEquals(0, mean[1], 0.05);
        }

        /** Turned back by its own angle each arm is a normal cloud about (2, 0), of sd 0.6 and 0.2. */
        @Test
        void anArmOfThePinwheelIsANormalCloud() {
            var wheel = Synthetic.pinwheel(4_000, 5, Rng.of(4));
            double along = 0;
            double squares = 0;
            double acrossSquares = 0;
            for (int i = 0; i < 4_000; i++) {
                double[] x = row(wheel.x(), i);
                double r = Math.hypot(x[0], x[1]) / 2;
                double a = r;
                for (int k = 0; k < 60; k++) {
                    double angle = 2 * Math.PI * wheel.labels()[i] / 5 + 0.25 * Math.exp(a);
                    a = 0.5 * (a + (x[0] * Math.cos(angle) + x[1] * Math.sin(angle)) / 2);
                }
                along += a / 4_000;
                squares += (a - 1) * (a - 1) / 4_000;
                acrossSquares += (r * r - a * a) / 4_000;
            }
            // Four standard errors of 4 000: 0.3 / 63 for the mean, 2 % for the squares.
            assertEquals(1, along, 0.02);
            assertEquals(0.09, squares, 0.01);
            assertEquals(0.01, acrossSquares, 0.001);
        }

        @Test
        void theSCurveIsTwoCirclesAboveEachOther() {
            var curve = Synthetic.sCurve(500, 0, Rng.of(3));
            int upper = 0;
            for (int i = 0; i < 500; i++) {
                double[] x = row(curve.x(), i);
                double side = Math.signum(curve.t()[i]);
                assertEquals(1, Math.hypot(x[0], x[2] + side), 1e-13);
                assertEquals(Math.sin(curve.t()[i]), x[0], 1e-15);
                assertTrue(x[1] >= 0 && x[1] <= 2);
                upper += side > 0 ? 1 : 0;
            }
            assertEquals(250, upper, 4 * Math.sqrt(125));
        }

        @Test
        void moonsAreHalfCirclesWithBothEnds() {
            var moons = Synthetic.moons(201, 0, Rng.of(4));
            assertArrayEquals(new int[] {100, 101}, moons.counts());
            double[] least = {9, -9};
            for (int i = 0; i < 201; i++) {
                double[] x = row(moons.x(), i);
                boolean lower = moons.labels()[i] == 1;
                assertEquals(1, lower ? Math.hypot(x[0] - 1, x[1] - 0.5) : Math.hypot(x[0], x[1]), 1e-15);
                assertTrue(lower ? x[1] <= 0.5 + 1e-15 : x[1] >= -1e-15);
                least[0] = lower ? least[0] : Math.min(least[0], x[0]);
                least[1] = lower ? Math.max(least[1], x[0]) : least[1];
            }
            assertArrayEquals(new double[] {-1, 2}, least, 1e-15);
        }

        @Test
        void circlesHaveTheirRadiiAndCentres() {
            var circles = Synthetic.circles(300, 0.4, 0, Rng.of(5));
            assertArrayEquals(new int[] {150, 150}, circles.counts());
            double[] sum = new double[2];
            for (int i = 0; i < 300; i++) {
                double[] x = row(circles.x(), i);
                assertEquals(circles.labels()[i] == 1 ? 0.4 : 1, Math.hypot(x[0], x[1]), 1e-15);
                sum[0] += x[0];
                sum[1] += x[1];
            }
            // Equally spaced points with none twice have their centre at the origin.
            assertArrayEquals(new double[2], sum, 1e-12);
        }

        @Test
        void blobsAreNormalAboutTheirCentres() {
            int n = 4001;
            var blobs = Synthetic.blobs(n, CENTRES, 0.5, Rng.of(6));
            assertArrayEquals(new int[] {2001, 2000}, blobs.counts());
            double squares = 0;
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < 3; k++) {
                    squares += Math.pow(blobs.x().data()[3 * i + k] - CENTRES[blobs.labels()[i]][k], 2);
                }
            }
            // The mean square of 3 n normals has relative standard deviation sqrt(2 / 3 n).
            assertEquals(0.25, squares / (3 * n), 4 * 0.25 * Math.sqrt(2.0 / (3 * n)));
        }
    }

    @Nested
    class Invariance {
        @ParameterizedTest
        @MethodSource("reprise.data.SyntheticTest#all")
        void theSameSeedGivesTheSamePointsAndNoiseHasItsSize(Function<Double, Dense> set) {
            double[] clean = set.apply(0.0).data();
            double[] noisy = set.apply(0.1).data();
            assertArrayEquals(noisy, set.apply(0.1).data());
            double squares = 0;
            for (int i = 0; i < clean.length; i++) {
                squares += Math.pow(noisy[i] - clean[i], 2) / clean.length;
            }
            // At least 198 normals: the mean square's relative standard deviation is 0.1 at most.
            assertEquals(0.01, squares, 0.004);
        }

        @Test
        void classesComeInRandomOrder() {
            int[] labels = Synthetic.moons(1000, 0, Rng.of(7)).labels();
            int changes = 0;
            for (int i = 1; i < 1000; i++) {
                changes += labels[i] == labels[i - 1] ? 0 : 1;
            }
            assertEquals(500, changes, 4 * Math.sqrt(250));
        }

        @Test
        void onePointIsEnough() {
            assertEquals(1, Synthetic.moons(1, 0, Rng.of(1)).x().rows());
            assertEquals(1, Synthetic.circles(1, 0.5, 0, Rng.of(1)).x().rows());
        }
    }

    @Nested
    class BadInput {
        @ParameterizedTest
        @MethodSource("reprise.data.SyntheticTest#all")
        void noiseMustNotBeNegative(Function<Double, Dense> set) {
            var e = assertThrows(IllegalArgumentException.class, () -> set.apply(-0.1));
            assertEquals("noise must be >= 0 and finite, was -0.1", e.getMessage());
            assertThrows(IllegalArgumentException.class, () -> set.apply(Double.NaN));
        }

        @Test
        void countsRadiiAndLabelsAreChecked() {
            var rng = Rng.of(1);
            assertThrows(IllegalArgumentException.class, () -> Synthetic.swissRoll(0, 0, rng));
            assertThrows(IllegalArgumentException.class, () -> Synthetic.sCurve(0, 0, rng));
            assertThrows(IllegalArgumentException.class, () -> Synthetic.moons(0, 0, rng));
            assertThrows(IllegalArgumentException.class, () -> Synthetic.circles(9, 1, 0, rng));
            assertThrows(IllegalArgumentException.class, () -> Synthetic.blobs(9, new double[0][], 1, rng));
            var x = Dense.of("x", new double[2][1]);
            assertThrows(IllegalArgumentException.class, () -> new Labelled(x, new int[3]));
            assertThrows(IllegalArgumentException.class, () -> new Labelled(x, new int[] {0, -1}));
            assertThrows(IllegalArgumentException.class, () -> new Unrolled(x, new double[1]));
            assertFalse(Arrays.equals(
                    Synthetic.moons(9, 1, rng).x().data(), Synthetic.moons(9, 1, rng).x().data()));
        }
    }

    private static double[] row(Dense x, int i) {
        return Arrays.copyOfRange(x.data(), i * x.columns(), (i + 1) * x.columns());
    }
}
