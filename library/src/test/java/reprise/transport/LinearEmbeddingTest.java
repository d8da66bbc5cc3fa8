package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.backend.Cost;
import reprise.random.Rng;

class LinearEmbeddingTest {
    private static double[] filled(int n, double value) {
        var out = new double[n];
        Arrays.fill(out, value);
        return out;
    }

    private static Dense shifted(Dense x, double by) {
        return Dense.of("shifted", Arrays.stream(x.data()).map(v -> v + by).toArray(), x.rows(), x.columns());
    }

    private static double partial(Dense x, double[] a, Dense y, double[] b, double lambda) {
        return PartialTransport.between(x, y, Cost.squaredDistance()).weights(a, b).penalty(lambda).value();
    }

    @Nested
    class ClosedForm {
        /** One point each at distance 3: moved if 9 is below 2 lambda, left if it is above. */
        @ParameterizedTest
        @CsvSource({"5, 9", "4, 8", "1, 2"})
        void ofTwoPoints(double lambda, double expected) {
            var embedding = LinearEmbedding.of(new double[][] {{0}}).penalty(lambda);
            var there = embedding.embed(new double[][] {{3}}, 1);
            assertEquals(expected, embedding.distance(embedding.home(), there), 1e-13);
            assertEquals(lambda > 4.5 ? 3 : 0, there.displacements().data()[0], 1e-13);
            assertEquals(lambda > 4.5 ? 0 : 1, there.lost(), 1e-13);
        }

        /** A point that sends half to -1 and half to 3 is seen at 1. */
        @Test
        void aSplitPointGoesToTheMean() {
            var embedding = LinearEmbedding.of(new double[][] {{0}});
            var split = embedding.embed(new double[][] {{-1}, {3}}, 0.5, 0.5);
            assertArrayEquals(new double[] {1}, split.displacements().data(), 1e-14);
            assertEquals(1, embedding.seen(split).points().data()[0], 1e-14);
            assertArrayEquals(new double[] {1, 0, 0}, embedding.seen(split).masses(), 1e-14);
        }

        /** Translates of the reference are embedded exactly, so balanced distances among them are |s - t|^2. */
        @Test
        void ofTranslatesIsExact() {
            Dense x = Rng.of(1).normal(20, 3);
            var embedding = LinearEmbedding.of(x);
            double[] p = filled(20, 0.05);
            var one = embedding.embed(shifted(x, 0.7), p);
            var two = embedding.embed(shifted(x, -0.2), p);
            assertEquals(3 * 0.81, embedding.distance(one, two), 1e-12);
            assertEquals(0, embedding.distance(one, one), 1e-15);
        }

        /** Seen from itself the discrepancy is 2 lambda M: what was lost is counted on both sides. */
        @Test
        void aCloudIsTwiceItsLossFromItself() {
            Dense x = Rng.of(2).normal(10, 2);
            var embedding = LinearEmbedding.of(x).penalty(0.5);
            var far = embedding.embed(shifted(x, 100), filled(10, 0.1));
            assertEquals(1, far.lost(), 1e-13);
            assertEquals(2 * 0.5 * 1, embedding.distance(far, far), 1e-13);
        }

        /** Common mass goes straight, the rest fades and appears. */
        @Test
        void halfWayBetweenMovedAndLeft() {
            var embedding = LinearEmbedding.of(new double[][] {{0}, {10}}).masses(1, 1).penalty(2);
            var one = embedding.embed(new double[][] {{1}}, 1);
            var two = embedding.embed(new double[][] {{-0.5}, {11}}, 1, 1);
            var half = embedding.between(one, two, 0.25);
            assertEquals(0.75 * 1 + 0.25 * -0.5, half.points().data()[0], 1e-14);
            assertArrayEquals(new double[] {1, 0, 0, 0, 0, 0.25}, half.masses(), 1e-14);
            assertEquals(11, half.points().data()[5], 1e-14);
        }

        /** From 1.5 to -1.5 is farther than a price of 2 allows, though either is near the reference. */
        @Test
        void whatIsTooFarFadesAndAppears() {
            var embedding = LinearEmbedding.of(new double[][] {{0}}).penalty(2);
            var one = embedding.embed(new double[][] {{1.5}}, 1);
            var two = embedding.embed(new double[][] {{-1.5}}, 1);
            assertArrayEquals(new double[] {0, 0.75, 0.25}, embedding.between(one, two, 0.25).masses(), 1e-14);
            assertEquals(4, embedding.distance(one, two), 1e-13);
        }
    }

    @Nested
    class DistanceToTheReference {
        /** Equal weights and numbers: the plan is a map, and nothing is lost by its projection. */
        @ParameterizedTest
        @ValueSource(doubles = {0.2, 1, 5, 20})
        void isExactForMaps(double lambda) {
            Dense x = Rng.of(3).normal(30, 2);
            Dense y = shifted(Rng.of(4).normal(30, 2), 1);
            double[] p = filled(30, 1);
            var embedding = LinearEmbedding.of(x).masses(p).penalty(lambda);
            assertEquals(partial(x, p, y, p, lambda), embedding.distance(embedding.home(), embedding.embed(y, p)),
                    1e-10);
        }

        @ParameterizedTest
        @ValueSource(longs = {5, 6, 7})
        void isAtMostThatForOtherPlans(long seed) {
            Dense x = Rng.of(seed).normal(20, 2);
            Dense y = Rng.of(seed).split("y").normal(33, 2);
            double[] a = filled(20, 0.05);
            double[] b = filled(33, 0.04);
            for (double lambda : new double[] {0.1, 1, 10}) {
                var embedding = LinearEmbedding.of(x).penalty(lambda);
                double seen = embedding.distance(embedding.home(), embedding.embed(y, b));
                assertTrue(seen <= partial(x, a, y, b, lambda) + 1e-12);
            }
        }
    }

    @Nested
    class Limits {
        /** Half the largest square is enough of a penalty for all to move, if totals agree. */
        @Test
        void ofAHighPriceIsTheBalancedEmbedding() {
            Dense x = Rng.of(8).normal(15, 2);
            Dense y = Rng.of(9).normal(25, 2);
            Dense z = Rng.of(10).normal(12, 2);
            double[] q = filled(25, 0.04);
            double[] r = filled(12, 1.0 / 12);
            var balanced = LinearEmbedding.of(x);
            var partial = balanced.penalty(1e4);
            assertEquals(balanced.distance(balanced.embed(y, q), balanced.embed(z, r)),
                    partial.distance(partial.embed(y, q), partial.embed(z, r)), 1e-8);
        }

        @Test
        void theEndsOfAWayAreItsClouds() {
            Dense x = Rng.of(11).normal(9, 2);
            var embedding = LinearEmbedding.of(x).penalty(0.8);
            var one = embedding.embed(Rng.of(12).normal(14, 2), filled(14, 0.1));
            var two = embedding.embed(Rng.of(13).normal(11, 2), filled(11, 0.1));
            for (double t : new double[] {0, 0.3, 1}) {
                var way = embedding.between(one, two, t);
                double mass = (1 - t) * Arrays.stream(one.masses()).sum() + t * Arrays.stream(two.masses()).sum();
                assertEquals(mass, Arrays.stream(way.masses()).sum(), 1e-12);
            }
            double[] at0 = embedding.between(one, two, 0).masses();
            double[] sums = IntStream.range(0, 9).mapToDouble(k -> at0[k] + at0[9 + k]).toArray();
            assertArrayEquals(one.masses(), sums, 1e-12);
        }
    }

    @Nested
    class Agreement {
        @Test
        void ofArraysOfAllKinds() {
            double[][] x = Rng.of(14).normal(6, 2).toRows();
            double[][] y = Rng.of(15).normal(6, 2).toRows();
            double[] p = filled(6, 1.0 / 6);
            var expected = LinearEmbedding.of(x).embed(y, p);
            assertArrayEquals(expected.displacements().data(),
                    LinearEmbedding.of(Nd4j.create(x)).embed(Dense.of("y", y), p).displacements().data(), 1e-12);
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefused() {
            var embedding = LinearEmbedding.of(new double[][] {{0, 0}, {1, 1}});
            double[][] y = {{0, 1}};
            assertThrows(IllegalArgumentException.class, () -> LinearEmbedding.of(new double[][] {{Double.NaN}}));
            assertThrows(IllegalArgumentException.class, () -> embedding.masses(1));
            assertThrows(IllegalArgumentException.class, () -> embedding.masses(1, 0));
            assertThrows(IllegalArgumentException.class, () -> embedding.masses(1, Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> embedding.penalty(0));
            assertThrows(IllegalArgumentException.class, () -> embedding.penalty(Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> embedding.embed(y, 1.1));
            assertThrows(IllegalArgumentException.class, () -> embedding.embed(y, -1));
            assertThrows(IllegalArgumentException.class, () -> embedding.embed(y, 0.5, 0.5));
            assertThrows(IllegalArgumentException.class, () -> embedding.embed(new double[][] {{1}}, 1));
            assertThrows(IllegalArgumentException.class, () -> embedding.embed(new double[][] {{1, Double.NaN}}, 1));
            var one = embedding.embed(y, 1);
            var other = LinearEmbedding.of(y).embed(y, 1);
            assertThrows(IllegalArgumentException.class, () -> embedding.distance(one, other));
            assertThrows(IllegalArgumentException.class, () -> embedding.between(one, one, 1.1));
        }
    }
}
