package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import reprise.array.Dense;
import reprise.random.Rng;

class MongeMapFitTest {
    private static final Marginal NORMAL = Marginal.standardNormal(2);
    private static final Marginal SHIFTED = (n, rng) -> {
        double[] values = rng.normal(n, 2).data().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.5 * values[i] + 2;
        }
        return Dense.of("shifted", values, n, 2);
    };

    @Nested
    class ClosedForm {
        /** The map from N(0, I) to N((2, 2), I / 4) for the squared distance is x / 2 + 2. */
        @Test
        void findsTheMapBetweenRoundNormals() {
            var map = MongeMapFit.between(NORMAL, SHIFTED).batch(64).steps(150).fit(Rng.of(1));
            Dense x = Rng.of(2).normal(500, 2);
            double[] truth = x.data().clone();
            for (int i = 0; i < truth.length; i++) {
                truth[i] = 0.5 * truth[i] + 2;
            }
            // 1 to 3 % in drafts; a constant map scores 100.
            assertTrue(MongeMap.unexplained(map.apply(x), Dense.of("truth", truth, 500, 2)) < 10);
            assertTrue(MongeGap.of(x, map.apply(x)).exact().value() < 0.05);
        }

        /** A gradient of a convex function has no gap, trained or not. */
        @Test
        void convexNetworksHaveNoGap() {
            Dense x = Rng.of(3).normal(200, 2);
            for (int steps : new int[] {1, 30}) {
                var map = MongeMapFit.between(NORMAL, SHIFTED).convex(16).gap(0).batch(32).steps(steps).fit(Rng.of(4));
                assertEquals(0, MongeGap.of(x, map.apply(x)).exact().value(), 1e-11);
            }
        }

        @Test
        void imagesOnTheSphereHaveLengthOne() {
            Marginal ball = Marginal.standardNormal(3);
            var map = MongeMapFit.between(ball, ball).onSphere().gap(0).batch(16).steps(2).fit(Rng.of(5));
            for (double[] image : map.apply(Rng.of(6).normal(20, 3).toRows())) {
                assertEquals(1, Math.hypot(Math.hypot(image[0], image[1]), image[2]), 1e-14);
            }
        }

        /** The best constant scores 100, the truth 0. */
        @Test
        void theScoreIsAShareOfTheVariance() {
            Dense truth = Dense.of("truth", new double[][] {{1, 0}, {3, 4}});
            assertEquals(100, MongeMap.unexplained(Dense.of("mean", new double[][] {{2, 2}, {2, 2}}), truth), 1e-12);
            assertEquals(0, MongeMap.unexplained(truth, truth));
        }

        @Test
        void softmaxMapsAreMeansOfSlopes() {
            Dense slopes = Dense.of("slopes", new double[][] {{1, 0}, {0, 2}});
            double[][] found = SoftmaxMap.of(slopes, 0, 0.3).apply(new double[][] {{0.4, -1}});
            // Exponents 0.4 and -2 + 0.3.
            double p = 1 / (1 + Math.exp(0.4 + 2 - 0.3));
            assertArrayEquals(new double[] {1 - p, 2 * p}, found[0], 1e-13);
        }
    }

    @Nested
    class Invariance {
        @Test
        void theSameSeedGivesTheSameMap() {
            var fit = MongeMapFit.between(NORMAL, SHIFTED).batch(32).steps(5);
            double[][] x = Rng.of(7).normal(4, 2).toRows();
            assertArrayEquals(fit.fit(Rng.of(8)).apply(x)[3], fit.fit(Rng.of(8)).apply(x)[3]);
            assertArrayEquals(fit.fit(Rng.of(8)).apply(x)[3],
                    fit.fit(Rng.of(8)).apply(Nd4j.create(x)).toDoubleMatrix()[3], 1e-15);
        }

        /** The weight and the cost reach the training: each changes the map that the same randomness gives. */
        @Test
        void everySettingCounts() {
            var fit = MongeMapFit.between(NORMAL, SHIFTED).batch(32).steps(3);
            Dense x = Rng.of(9).normal(3, 2);
            double plain = fit.fit(Rng.of(10)).apply(x).data()[0];
            for (var other : new MongeMapFit[] {fit.gap(0), fit.gap(3), fit.cost(GroundCost.power(1.5)),
                    fit.softness(0.1), fit.batch(33), fit.steps(4), fit.rate(1e-3), fit.width(8), fit.convex(8),
                    fit.onSphere()}) {
                assertTrue(Math.abs(plain - other.fit(Rng.of(10)).apply(x).data()[0]) > 1e-9);
            }
        }
    }

    @Nested
    class BadInput {
        @Test
        void isRefused() {
            var fit = MongeMapFit.between(NORMAL, SHIFTED);
            assertThrows(IllegalArgumentException.class, () -> fit.gap(-1));
            assertThrows(IllegalArgumentException.class, () -> fit.gap(Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> fit.softness(0));
            assertThrows(IllegalArgumentException.class, () -> fit.batch(1));
            assertThrows(IllegalArgumentException.class, () -> fit.steps(0));
            assertThrows(IllegalArgumentException.class, () -> fit.rate(0));
            assertThrows(IllegalArgumentException.class, () -> fit.width(0));
            assertThrows(IllegalArgumentException.class, () -> fit.convex(0));
            var crossed = MongeMapFit.between(NORMAL, Marginal.standardNormal(3)).steps(1);
            assertThrows(IllegalArgumentException.class, () -> crossed.fit(Rng.of(1)));
            Dense two = Dense.of("two", new double[][] {{1}, {1}});
            assertThrows(IllegalArgumentException.class, () -> MongeMap.unexplained(two, two));
            assertThrows(IllegalArgumentException.class, () -> SoftmaxMap.of(two, 1));
            assertThrows(IllegalArgumentException.class, () -> SoftmaxMap.of(two, 1, Double.NaN));
            assertThrows(IllegalArgumentException.class, () -> SoftmaxMap.random(0, 1, 1, 1, Rng.of(1)));
            assertThrows(IllegalArgumentException.class, () -> SoftmaxMap.random(1, 1, 0, 1, Rng.of(1)));
        }
    }
}
