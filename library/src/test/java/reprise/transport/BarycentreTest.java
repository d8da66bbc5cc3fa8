package reprise.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.array.Grid;
import reprise.linalg.NotConverged;
import reprise.random.Rng;

/** Means of histograms on given places, and of clouds on places that are found. */
class BarycentreTest {
    private static double[][] squares(double[] from, double[] to) {
        return Arrays.stream(from).mapToObj(x -> Grid.map(to, y -> (x - y) * (x - y))).toArray(double[][]::new);
    }

    private static double[] share(double[] places, DoubleUnaryOperator density) {
        double[] p = Grid.map(places, density);
        double sum = Arrays.stream(p).sum();
        return Grid.map(p, v -> v / sum);
    }

    private static double[][] column(double... values) {
        return Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
    }

    private static double[] random(Rng rng, int n) {
        double[] raw = IntStream.range(0, n).mapToDouble(i -> 0.1 + rng.uniform()).toArray();
        double sum = Arrays.stream(raw).sum();
        return Grid.map(raw, v -> v / sum);
    }

    @Nested
    class FixedClosedForm {
        /** One histogram per point: a is proportional to exp(-sum_k w_k |x - y_k|^2 / eps), at any eps. */
        @ParameterizedTest
        @CsvSource({"0.5, 1", "0.3, 0.1", "0.8, 0.01", "0.25, 1e-4"})
        void ofTwoPointsIsANormalBetweenThem(double w, double eps) {
            double[] places = Grid.linear(-2, 2, 41);
            var mean = FixedBarycentre.of(squares(places, new double[] {-1, 1}), List.of(
                    new double[] {1, 0}, new double[] {0, 1})).weights(w, 1 - w).epsilon(eps).solve();
            double[] expected = share(places, x -> Math.exp(
                    -(w * (x + 1) * (x + 1) + (1 - w) * (x - 1) * (x - 1) - 4 * w * (1 - w)) / eps));
            assertArrayEquals(expected, mean.masses(), 1e-12);
        }

        /** Translates of one density: it is at the mean place, convolved with N(0, eps / 2). */
        @ParameterizedTest
        @ValueSource(doubles = {0.5, 0.1, 0.02})
        void ofTranslatesIsTheTranslateBlurred(double eps) {
            double[] places = Grid.linear(-4, 4, 401);
            double s = 0.3;
            var mean = FixedBarycentre.of(squares(places, places), List.of(
                    share(places, x -> Math.exp(-(x + 1.2) * (x + 1.2) / (2 * s * s))),
                    share(places, x -> Math.exp(-(x - 0.8) * (x - 0.8) / (2 * s * s)))))
                    .weights(0.25, 0.75).epsilon(eps).solve();
            double variance = s * s + eps / 2;
            double[] expected = share(places, x -> Math.exp(-(x - 0.3) * (x - 0.3) / (2 * variance)));
            // The grid has step 0.02: sums of smooth functions are integrals to rounding; the projections stop at 1e-9.
            assertArrayEquals(expected, mean.masses(), 1e-9);
        }

        /** With one histogram the plan is free on the side of the mean: a_i = sum_j b_j exp(-c_ij / eps) / Z_j. */
        @Test
        void ofOneHistogramIsThatHistogramBlurred() {
            double[][] costs = {{0, 1}, {1, 0}, {4, 2}};
            double[] b = {0.3, 0.7};
            var expected = new double[3];
            for (int j = 0; j < 2; j++) {
                double z = 0;
                for (double[] row : costs) {
                    z += Math.exp(-row[j] / 0.5);
                }
                for (int i = 0; i < 3; i++) {
                    expected[i] += b[j] * Math.exp(-costs[i][j] / 0.5) / z;
                }
            }
            assertArrayEquals(expected, FixedBarycentre.of(costs, List.of(b)).epsilon(0.5).solve().masses(), 1e-14);
        }
    }

    @Nested
    class FixedInvariance {
        /** Optimality: potentials of the K plans between the mean and its histograms, up to constants, sum to zero. */
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void theWeightedPotentialsCancel(long seed) {
            var rng = Rng.of(seed);
            double[] w = random(rng, 3);
            List<double[]> histograms = List.of(random(rng, 9), random(rng, 7), random(rng, 8));
            List<double[][]> tables = histograms.stream().map(b -> IntStream.range(0, 11).mapToObj(i ->
                    IntStream.range(0, b.length).mapToDouble(j -> rng.uniform(0, 3)).toArray())
                    .toArray(double[][]::new)).toList();
            double eps = 0.2;
            double[] a = FixedBarycentre.ofTables(tables, histograms).weights(w).epsilon(eps).tolerance(1e-12).solve()
                    .masses();
            var sum = new double[11];
            for (int k = 0; k < 3; k++) {
                var plan = Sinkhorn.costs(tables.get(k)).weights(a, histograms.get(k)).epsilon(eps).tolerance(1e-12)
                        .solve();
                for (int i = 0; i < 11; i++) {
                    // Relative to the counting measure, as the barycentre's entropy is.
                    sum[i] += w[k] * (plan.f()[i] + eps * Math.log(a[i]));
                }
            }
            for (int i = 1; i < 11; i++) {
                assertEquals(sum[0], sum[i], 1e-8);
            }
        }

        @Test
        void aHistogramOfWeightZeroDoesNotCount() {
            double[] places = Grid.linear(0, 1, 20);
            var rng = Rng.of(4);
            double[] one = random(rng, 20);
            double[] two = random(rng, 20);
            double[] three = random(rng, 20);
            var costs = squares(places, places);
            double[] expected = FixedBarycentre.of(costs, List.of(one, two)).weights(0.4, 0.6).epsilon(0.05).solve()
                    .masses();
            assertArrayEquals(expected, FixedBarycentre.of(costs, List.of(one, two, three)).weights(0.4, 0.6, 0)
                    .epsilon(0.05).solve().masses(), 1e-9);
            assertArrayEquals(expected, FixedBarycentre.of(costs, List.of(two, one)).weights(0.6, 0.4)
                    .epsilon(0.05).solve().masses(), 1e-9);
        }

        @Test
        void nothingUnderflowsAtATinySoftness() {
            double[] places = Grid.linear(0, 1, 30);
            double[] left = share(places, x -> x < 0.3 ? 1 : 0);
            double[] right = share(places, x -> x > 0.7 ? 1 : 0);
            var mean = FixedBarycentre.of(squares(places, places), List.of(left, right)).epsilon(1e-3).tolerance(1e-6)
                    .solve();
            assertTrue(Arrays.stream(mean.masses()).allMatch(a -> a >= 0));
            assertEquals(1, Arrays.stream(mean.masses()).sum(), 1e-14);
            double middle = IntStream.range(0, 30).mapToDouble(i -> places[i] * mean.masses()[i]).sum();
            assertEquals(0.5, middle, 1e-6);
        }

        @Test
        void aTooSmallBudgetIsSaidSo() {
            double[] places = Grid.linear(0, 1, 20);
            var rng = Rng.of(5);
            var hard = FixedBarycentre.of(squares(places, places), List.of(random(rng, 20), random(rng, 20)))
                    .epsilon(1e-3).tolerance(1e-12).iterations(2);
            var thrown = assertThrows(NotConverged.class, hard::solve);
            assertEquals(20, thrown.partial().length);
        }
    }

    @Nested
    class FreeClosedForm {
        @Test
        void ofSinglePointsIsTheirWeightedMean() {
            var mean = FreeBarycentre.from(new double[][] {{5, 5}}, new double[][] {{0, 0}}, new double[][] {{2, 4}})
                    .weights(0.25, 0.75).solve();
            assertArrayEquals(new double[] {1.5, 3}, mean.points().data(), 1e-15);
            assertTrue(mean.settled());
            // w (1 - w) |y - z|^2.
            assertEquals(0.25 * 0.75 * 20, mean.costs()[mean.costs().length - 1], 1e-13);
        }

        /** On the line the mean of clouds of n points has the means of the sorted points, from whatever start. */
        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3})
        void onTheLineQuantilesAreAveraged(long seed) {
            var rng = Rng.of(seed);
            double[] y = rng.normal(25, 1).data();
            double[] z = Grid.map(rng.normal(25, 1).data(), v -> v * v * v + 2);
            double[] sortedY = Arrays.stream(y).sorted().toArray();
            double[] sortedZ = Arrays.stream(z).sorted().toArray();
            double[] expected = IntStream.range(0, 25).mapToDouble(i -> 0.3 * sortedY[i] + 0.7 * sortedZ[i]).toArray();
            Dense start = Rng.of(seed).split("start").normal(25, 1);
            var mean = FreeBarycentre.from(start.toRows(), column(y), column(z)).weights(0.3, 0.7).solve();
            assertArrayEquals(expected, Arrays.stream(mean.points().data()).sorted().toArray(), 1e-12);
        }

        /** Masses: a cloud of one heavy and one light point, against places of the same masses. */
        @Test
        void massesStayTogether() {
            var mean = FreeBarycentre.from(new double[][] {{0}, {1}}, column(10, 20), column(110, 100))
                    .masses(List.of(new double[] {0.9, 0.1}, new double[] {0.1, 0.9})).startMasses(0.9, 0.1).solve();
            assertArrayEquals(new double[] {55, 65}, mean.points().data(), 1e-12);
            assertArrayEquals(new double[] {0.9, 0.1}, mean.masses());
        }

        /** Of 0.9 at the first place 0.5 go to 10 and 0.4 to 20; the rest of 20 is filled from the second. */
        @Test
        void massesAreSplitWhereTheyDoNotFit() {
            var mean = FreeBarycentre.from(new double[][] {{0}, {1}}, column(10, 20))
                    .masses(List.of(new double[] {0.5, 0.5})).startMasses(0.9, 0.1).solve();
            assertArrayEquals(new double[] {13.0 / 0.9, 20}, mean.points().data(), 1e-12);
        }

        /** Much softness sends every point to the mean of all means. */
        @Test
        void ofMuchSoftnessIsOnePoint() {
            var mean = FreeBarycentre.from(column(-1, 0, 2), column(1, 2), column(5, 7, 9)).weights(0.5, 0.5)
                    .epsilon(1e7).solve();
            assertArrayEquals(new double[] {4.25, 4.25, 4.25}, mean.points().data(), 1e-5);
        }
    }

    @Nested
    class FreeInvariance {
        @ParameterizedTest
        @CsvSource({"0", "0.3"})
        void theObjectiveNeverRises(double eps) {
            var rng = Rng.of(6);
            var method = FreeBarycentre.from(rng.normal(15, 2), List.of(rng.normal(20, 2), rng.normal(30, 2),
                    rng.normal(10, 2))).weights(0.2, 0.3, 0.5).iterations(25);
            var mean = (eps > 0 ? method.epsilon(eps) : method).solve();
            for (int k = 1; k < mean.costs().length; k++) {
                // Entropic values are exact to the plans' tolerance times the largest potential.
                assertTrue(mean.costs()[k] <= mean.costs()[k - 1] + 1e-7, "iteration " + k);
            }
            assertTrue(mean.costs()[mean.costs().length - 1] < 0.9 * mean.costs()[0]);
        }

        @Test
        void translationsOfTheCloudsTranslateTheMean() {
            double[][] y = Rng.of(7).normal(12, 2).toRows();
            double[][] z = Rng.of(8).normal(9, 2).toRows();
            double[][] start = Rng.of(9).normal(6, 2).toRows();
            double[][] far = Arrays.stream(z).map(r -> new double[] {r[0] + 4, r[1] - 8}).toArray(double[][]::new);
            double[][] moved = Arrays.stream(start).map(r -> new double[] {r[0] + 2, r[1] - 4})
                    .toArray(double[][]::new);
            var near = FreeBarycentre.from(start, y, z).solve();
            var away = FreeBarycentre.from(moved, y, far).solve();
            for (int i = 0; i < 12; i++) {
                assertEquals(near.points().data()[i] + (i % 2 == 0 ? 2 : -4), away.points().data()[i], 1e-12);
            }
        }

        @Test
        void aBudgetThatRunsOutIsSaidSo() {
            var rng = Rng.of(10);
            var method = FreeBarycentre.from(rng.normal(30, 2), List.of(rng.normal(40, 2), rng.normal(50, 2)));
            assertFalse(method.iterations(1).solve().settled());
            assertTrue(method.solve().settled());
        }
    }

    @Nested
    class BadInput {
        private final double[][] costs = {{0, 1}, {1, 0}};
        private final double[] half = {0.5, 0.5};

        private void refused(org.junit.jupiter.api.function.Executable call) {
            assertThrows(IllegalArgumentException.class, call);
        }

        @Test
        void ofHistogramsIsRefused() {
            refused(() -> FixedBarycentre.of(costs, List.of()));
            refused(() -> FixedBarycentre.of(new double[][] {{0, Double.NaN}, {1, 0}}, List.of(half)));
            refused(() -> FixedBarycentre.of(new double[0][0], List.of(half)));
            refused(() -> FixedBarycentre.of(costs, List.of(new double[] {1})));
            refused(() -> FixedBarycentre.of(costs, List.of(new double[] {1.5, -0.5})));
            refused(() -> FixedBarycentre.of(costs, List.of(new double[] {0.5, 0.6})));
            refused(() -> FixedBarycentre.of(costs, List.of(new double[] {Double.NaN, 1})));
            refused(() -> FixedBarycentre.ofTables(List.<double[][]>of(costs), List.of(half, half)));
            refused(() -> FixedBarycentre.ofTables(List.of(costs, new double[][] {{1, 2}}), List.of(half, half)));
            var two = FixedBarycentre.of(costs, List.of(half, half));
            for (double[] w : new double[][] {{}, {1}, {0.5, 0.6}, {-0.5, 1.5}, {Double.NaN, 1}, {0, 0}}) {
                refused(() -> two.weights(w));
            }
            for (double eps : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
                refused(() -> two.epsilon(eps));
            }
            refused(() -> two.epsilon(1).tolerance(0));
            refused(() -> two.epsilon(1).iterations(0));
        }

        @Test
        void ofCloudsIsRefused() {
            double[][] start = {{0, 0}, {1, 1}};
            refused(() -> FreeBarycentre.from(start));
            refused(() -> FreeBarycentre.from(start, new double[][] {{1}}));
            refused(() -> FreeBarycentre.from(start, new double[][] {{1, Double.NaN}}));
            refused(() -> FreeBarycentre.from(new double[0][0], start));
            var two = FreeBarycentre.from(start, start, start);
            for (double[] w : new double[][] {{}, {1}, {0.5, 0.6}, {-0.5, 1.5}, {Double.NaN, 1}}) {
                refused(() -> two.weights(w));
                refused(() -> two.startMasses(w));
                refused(() -> two.masses(List.of(half, w)));
            }
            refused(() -> two.masses(List.of(half)));
            refused(() -> two.startMasses(1, 0));
            for (double eps : new double[] {0, -1, Double.NaN}) {
                refused(() -> two.epsilon(eps));
                refused(() -> two.tolerance(eps));
            }
            refused(() -> two.iterations(0));
        }
    }
}
