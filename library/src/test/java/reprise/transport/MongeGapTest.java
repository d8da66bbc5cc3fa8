package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.linalg.Blas;
import reprise.random.Rng;

class MongeGapTest {
    private static final double[] EQUAL = {0.25, 0.25, 0.25, 0.25};

    static List<GroundCost> costs() {
        return List.of(GroundCost.squaredDistance(), GroundCost.power(1.5), GroundCost.power(3),
                GroundCost.elastic(0.4), GroundCost.of((x, y) -> x[0] * y[1], (x, y) -> new double[] {0, x[0]}));
    }

    private static double[][] mapped(double[][] x, double[][] a) {
        return Blas.productABt(Dense.of("x", x), Dense.of("a", a)).toRows();
    }

    private static double[][] rotation(double angle) {
        return new double[][] {{Math.cos(angle), -Math.sin(angle)}, {Math.sin(angle), Math.cos(angle)}};
    }

    private static double[][] moved(double[][] y, int i, int k, double by) {
        double[][] copy = Arrays.stream(y).map(double[]::clone).toArray(double[][]::new);
        copy[i][k] += by;
        return copy;
    }

    private static Dense dense(double[][] rows) {
        return Dense.of("rows", rows);
    }

    /** The sample's second moments about its mean. */
    private static double[][] covariance(double[][] x) {
        int d = x[0].length;
        var mean = new double[d];
        for (double[] row : x) {
            for (int k = 0; k < d; k++) {
                mean[k] += row[k] / x.length;
            }
        }
        var s = new double[d][d];
        for (double[] row : x) {
            for (int k = 0; k < d; k++) {
                for (int l = 0; l < d; l++) {
                    s[k][l] += (row[k] - mean[k]) * (row[l] - mean[l]) / x.length;
                }
            }
        }
        return s;
    }

    @Nested
    class ClosedForm {
        /** Two points that change places: the map costs |x - y|^2, staying costs nothing. */
        @Test
        void aSwapCostsWhatItMoves() {
            double[][] x = {{0, 0}, {3, 4}};
            var gap = MongeGap.of(x, new double[][] {{3, 4}, {0, 0}}).exact();
            assertEquals(25, gap.value(), 1e-13);
            assertEquals(25, gap.meanCost(), 1e-13);
            assertEquals(0, gap.transport(), 1e-13);
            assertEquals(Math.pow(5, 1.5), MongeGap.of(dense(x), dense(new double[][] {{3, 4}, {0, 0}}),
                    GroundCost.power(1.5)).exact().value(), 1e-12);
        }

        /** With weights 0.9 and 0.1 on a swap, 0.8 may stay at either end at no cost. */
        @Test
        void weightsCountOnBothSides() {
            double[][] x = {{0}, {2}};
            var gap = MongeGap.of(x, new double[][] {{2}, {0}}).weights(0.9, 0.1);
            // 0.1 stay at 0, 0.1 stay at 2, and 0.8 go from 0 to 2.
            assertEquals(4 - 0.8 * 4, gap.exact().value(), 1e-13);
        }

        /** The limit for normal inputs: 2 (nuclear norm less trace); for rotations in the plane 4 (1 - cos). */
        @ParameterizedTest
        @ValueSource(doubles = {0, 0.5, 1, 2, Math.PI})
        void ofARotationInThePlane(double angle) {
            double[][] one = {{1, 0}, {0, 1}};
            assertEquals(4 * (1 - Math.cos(angle)), MongeGap.linear(dense(rotation(angle)), dense(one)), 1e-13);
        }

        @Test
        void ofALinearMapOfNormalsWithAnyCovariance() {
            double[][] a = {{0.3, -0.8}, {0.5, 0.1}};
            double[][] s = {{2, 0.6}, {0.6, 0.5}};
            Dense image = Blas.productABt(Blas.product(dense(a), dense(s)), dense(a));
            double[] zero = new double[2];
            double best = BuresWasserstein.squared(zero, dense(s), zero, image);
            // E |x - A x|^2 = tr (I - A) S (I - A)'.
            Dense rest = dense(new double[][] {{0.7, 0.8}, {-0.5, 0.9}});
            Dense square = Blas.productABt(Blas.product(rest, dense(s)), rest);
            double mean = square.data()[0] + square.data()[3];
            // The distance rounds its result to about 1e-8 where covariances are close; these are not.
            assertEquals(mean - best, MongeGap.linear(dense(a), dense(s)), 1e-12);
        }

        /** Gradients of convex functions are optimal, so their sample's gap is zero but for rounding. */
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void ofTheGradientOfAConvexFunctionIsZero(int seed) {
            var map = SoftmaxMap.random(8, 3, 2, 0.5, Rng.of(seed));
            Dense x = Rng.of(seed).split("x").normal(120, 3);
            assertEquals(0, MongeGap.of(x, map.apply(x)).exact().value(), 1e-11);
        }

        /** A translation is optimal for every convex cost of the difference. */
        @Test
        void ofATranslationIsZeroForEveryConvexCost() {
            double[][] x = Rng.of(4).normal(40, 2).toRows();
            double[][] y = Arrays.stream(x).map(r -> new double[] {r[0] + 1, r[1] - 2}).toArray(double[][]::new);
            for (GroundCost cost : costs().subList(0, 4)) {
                assertEquals(0, MongeGap.of(dense(x), dense(y), cost).exact().value(), 1e-12, cost.toString());
            }
        }

        /**
         * Of two points that change places every pair of both gains; of four that turn by a right angle none gains
         * anything, though the turn is for nothing.
         */
        @Test
        void exchangesCountPairsAndMissCycles() {
            double[][] swap = {{0, 0}, {3, 4}};
            double share = MongeGap.of(swap, new double[][] {{3, 4}, {0, 0}}).exchanges(10_000, Rng.of(1));
            assertEquals(0.5, share, 0.03);
            double[][] four = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
            double[][] turned = {{0, 1}, {-1, 0}, {0, -1}, {1, 0}};
            var turn = MongeGap.of(four, turned);
            assertEquals(0, turn.exchanges(1_000, Rng.of(2)));
            assertEquals(1, turn.exact().relative(), 1e-14);
        }

        /** Turning the sphere about an axis costs its squared angles; the sphere itself stays where it is. */
        @Test
        void ofATurnOfFourPointsOnTheEquator() {
            double[][] x = {{1, 0, 0}, {0, 1, 0}, {-1, 0, 0}, {0, -1, 0}};
            double[][] y = {{0, 1, 0}, {-1, 0, 0}, {0, -1, 0}, {1, 0, 0}};
            var gap = MongeGap.of(dense(x), dense(y), GroundCost.sphere()).weights(EQUAL).exact();
            assertEquals(Math.PI * Math.PI / 4, gap.value(), 1e-13);
        }
    }

    @Nested
    class Bounds {
        /** With W = cost - eps H and log n to 2 log n the entropy of a plan between n equal weights. */
        @ParameterizedTest
        @ValueSource(doubles = {1, 0.1, 0.02})
        void ofTheEntropicGap(double eps) {
            double[][] x = Rng.of(5).normal(60, 2).toRows();
            double[][] y = mapped(x, rotation(1));
            double exact = MongeGap.of(x, y).exact().value();
            for (GroundCost cost : List.of(GroundCost.squaredDistance(), GroundCost.of(
                    GroundCost.squaredDistance()::between, GroundCost.squaredDistance()::gradient))) {
                double soft = MongeGap.of(dense(x), dense(y), cost).epsilon(eps).tolerance(1e-9).solve().value();
                double ratio = (soft - exact) / (eps * Math.log(60));
                assertTrue(ratio >= 1 - 1e-6 && ratio <= 2 + 1e-6, cost + ": " + ratio);
            }
        }

        /** The sample's gap is near the limit with the sample's covariance, and below it: 40 seeds in the audit. */
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void ofTheExactGapOfALinearMap(long seed) {
            double[][] x = Rng.of(seed).normal(300, 2).toRows();
            for (double angle : new double[] {0.4, 1.2, 3}) {
                double limit = MongeGap.linear(dense(rotation(angle)), dense(covariance(x)));
                double gap = MongeGap.of(x, mapped(x, rotation(angle))).exact().value();
                assertEquals(limit - 0.07, gap, 0.09);
            }
        }
    }

    @Nested
    class Gradients {
        @ParameterizedTest
        @MethodSource("reprise.transport.MongeGapTest#costs")
        void ofCostsAreTheirDifferences(GroundCost cost) {
            double[] x = {0.3, -1.2};
            double[] y = {1.1, 0.4};
            double[] gradient = cost.gradient(x, y);
            for (int k = 0; k < 2; k++) {
                double h = 1e-5;
                double up = cost.between(x, moved(new double[][] {y}, 0, k, h)[0]);
                double down = cost.between(x, moved(new double[][] {y}, 0, k, -h)[0]);
                // Truncation h^2 and rounding 1e-16 / h.
                assertEquals((up - down) / (2 * h), gradient[k], 1e-8);
            }
        }

        /** Along a great circle through y, on either side. */
        @Test
        void onTheSphereAreTangential() {
            double[] x = Rng.of(8).sphere(4);
            double[] y = Rng.of(9).sphere(4);
            double[] g = GroundCost.sphere().gradient(x, y);
            assertEquals(0, IntStream.range(0, 4).mapToDouble(k -> g[k] * y[k]).sum(), 1e-14);
            double along = IntStream.range(0, 4).mapToDouble(k -> x[k] * y[k]).sum();
            double[] way = IntStream.range(0, 4).mapToDouble(k -> x[k] - along * y[k]).toArray();
            double length = Math.sqrt(Arrays.stream(way).map(v -> v * v).sum());
            // |log_y x| is the distance, and the gradient is -2 log_y x.
            double distance = Math.acos(along);
            for (int k = 0; k < 4; k++) {
                assertEquals(-2 * distance * way[k] / length, g[k], 1e-13);
            }
            assertEquals(distance * distance, GroundCost.sphere().between(x, y), 1e-13);
            assertArrayEquals(new double[4], GroundCost.sphere().gradient(x, x), 1e-13);
            double[] antipode = Arrays.stream(x).map(v -> -v).toArray();
            assertArrayEquals(new double[4], GroundCost.sphere().gradient(x, antipode), 1e-300);
        }

        @ParameterizedTest
        @MethodSource("reprise.transport.MongeGapTest#costs")
        void ofTheEntropicGapAreItsDifferences(GroundCost cost) {
            double[][] x = Rng.of(6).normal(9, 2).toRows();
            double[][] y = Rng.of(7).normal(9, 2).toRows();
            double[] a = {0.2, 0.1, 0.05, 0.05, 0.1, 0.2, 0.1, 0.1, 0.1};
            double eps = 0.3;
            double[][] gradient = MongeGap.of(dense(x), dense(y), cost).weights(a).epsilon(eps).tolerance(1e-12)
                    .solve().gradient().toRows();
            double h = 1e-4;
            for (int i : new int[] {0, 4, 8}) {
                for (int k = 0; k < 2; k++) {
                    double up = MongeGap.of(dense(x), dense(moved(y, i, k, h)), cost).weights(a).epsilon(eps)
                            .tolerance(1e-12).solve().value();
                    double down = MongeGap.of(dense(x), dense(moved(y, i, k, -h)), cost).weights(a).epsilon(eps)
                            .tolerance(1e-12).solve().value();
                    // Truncation h^2 / eps^2.
                    assertEquals((up - down) / (2 * h), gradient[i][k], 2e-6);
                }
            }
        }

        /** Where the best plan is unique the exact gap is smooth. */
        @Test
        void ofTheExactGapAreItsDifferences() {
            double[][] x = Rng.of(10).normal(12, 2).toRows();
            double[][] y = Rng.of(11).normal(12, 2).toRows();
            double[][] gradient = MongeGap.of(x, y).exact().gradient().toRows();
            double h = 1e-6;
            for (int i = 0; i < 12; i++) {
                double up = MongeGap.of(x, moved(y, i, 1, h)).exact().value();
                double down = MongeGap.of(x, moved(y, i, 1, -h)).exact().value();
                assertEquals((up - down) / (2 * h), gradient[i][1], 1e-8);
            }
        }

        /** Both terms follow a common translation of the images by the same amount. */
        @Test
        void ofTheSquaredDistanceSumToZero() {
            var gap = MongeGap.of(Rng.of(12).normal(30, 3), Rng.of(13).normal(30, 3)).relativeEpsilon(0.05)
                    .tolerance(1e-10).solve();
            for (int k = 0; k < 3; k++) {
                int at = k;
                assertEquals(0, IntStream.range(0, 30).mapToDouble(i -> gap.gradient().data()[3 * i + at]).sum(), 1e-9);
            }
        }
    }

    @Nested
    class Agreement {
        @Test
        void ofArraysOfAllKinds() {
            Dense x = Rng.of(14).normal(10, 2);
            Dense y = Rng.of(15).normal(10, 2);
            double expected = MongeGap.of(x, y).exact().value();
            assertEquals(expected, MongeGap.of(x.toRows(), y.toRows()).exact().value());
            assertEquals(expected, MongeGap.of(Nd4j.create(x.toRows()), Nd4j.create(y.toRows())).exact().value(),
                    1e-12);
        }

        @Test
        void ofTheSoftnessAsAShare() {
            double[][] x = {{0}, {1}};
            double[][] y = {{0}, {3}};
            // Costs 0, 9, 1, 4.
            assertEquals(0.2 * 3.5, MongeGap.of(x, y).relativeEpsilon(0.2).epsilon(), 1e-15);
            assertEquals(0.2 * 3.5, MongeGap.of(dense(x), dense(y), GroundCost.elastic(0)).relativeEpsilon(0.2)
                    .epsilon(), 1e-15);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefused() {
            double[][] two = {{0, 1}, {1, 0}};
            var gap = MongeGap.of(two, two);
            assertThrows(IllegalArgumentException.class, () -> MongeGap.of(two, new double[][] {{0, 1}}));
            assertThrows(IllegalArgumentException.class, () -> MongeGap.of(two, new double[][] {{0}, {1}}));
            double[][] holed = {{0, 1}, {1, Double.NaN}};
            assertThrows(IllegalArgumentException.class, () -> MongeGap.of(two, holed));
            assertThrows(IllegalArgumentException.class, () -> MongeGap.of(new double[0][0], new double[0][0]));
            assertThrows(IllegalArgumentException.class, gap::weights);
            assertThrows(IllegalArgumentException.class, () -> gap.weights(0.5, 0.6));
            assertThrows(IllegalArgumentException.class, () -> gap.weights(-0.5, 1.5));
            assertThrows(IllegalArgumentException.class, () -> gap.weights(Double.NaN, 1));
            for (double eps : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThrows(IllegalArgumentException.class, () -> gap.epsilon(eps));
                assertThrows(IllegalArgumentException.class, () -> gap.relativeEpsilon(eps));
            }
            assertThrows(IllegalArgumentException.class, () -> gap.epsilon(1).tolerance(0));
            assertThrows(IllegalArgumentException.class, () -> gap.exchanges(0, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> GroundCost.power(1));
            assertThrows(IllegalArgumentException.class, () -> GroundCost.elastic(-1));
            var broken = GroundCost.of((x, y) -> Double.NaN, (x, y) -> x);
            assertThrows(IllegalArgumentException.class, () -> MongeGap.of(dense(two), dense(two), broken).exact());
            assertThrows(IllegalArgumentException.class, () -> MongeGap.of(dense(two), dense(two), broken).epsilon(1));
            double[][] same = {{1, 1}, {1, 1}};
            assertThrows(IllegalArgumentException.class, () -> MongeGap.of(same, same).relativeEpsilon(0.1));
            Dense one = dense(new double[][] {{1}});
            assertThrows(IllegalArgumentException.class, () -> MongeGap.linear(dense(two), one));
        }
    }
}
