package reprise.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reprise.array.Dense;
import reprise.parallel.Tasks;
import reprise.random.Rng;

class NeighboursTest {
    private static final double[][] LINE = {{0}, {10}, {11}, {13}, {10}};

    @Nested
    class ClosedForm {
        @Test
        void onALineTheyAreSeen() {
            var found = Neighbours.of(new double[][] {{9}, {100}}, LINE, 3);
            assertArrayEquals(new int[][] {{1, 4, 2}, {3, 2, 1}}, found.indices());
            assertArrayEquals(new double[] {1, 1, 2}, found.distances()[0]);
            assertArrayEquals(new double[] {87, 89, 90}, found.distances()[1]);
        }

        @Test
        void aCopyIsANeighbourButNotThePointItself() {
            var found = Neighbours.among(LINE, 2);
            assertArrayEquals(new int[][] {{1, 4}, {4, 2}, {1, 4}, {2, 1}, {1, 2}}, found.indices());
            assertArrayEquals(new double[] {0, 1}, found.distances()[4]);
        }

        @Test
        void pointsTooFarForASquareComeLast() {
            var found = Neighbours.of(new double[][] {{0}}, new double[][] {{1e200}, {3}, {-1e200}}, 3);
            assertArrayEquals(new int[] {1, 0, 2}, found.indices()[0]);
        }
    }

    @Nested
    class Agreement {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 7, 8, 9, 255, 256, 257, 600})
        void withSortingAllDistancesAtSizesAroundTiles(int m) {
            Dense x = Rng.of(1).normal(9, 3);
            Dense y = Rng.of(2).normal(m, 3);
            int k = Math.min(m, 20);
            var found = Neighbours.of(x, y, k);
            double[][] squares = Gram.squaredDistances(x, y).toRows();
            for (int i = 0; i < 9; i++) {
                double[] row = squares[i];
                int[] expected = IntStream.range(0, m).boxed()
                        .sorted(Comparator.comparingDouble(j -> row[j]))
                        .mapToInt(j -> j).limit(k).toArray();
                assertArrayEquals(expected, found.indices()[i]);
                assertEquals(Math.sqrt(row[expected[k - 1]]), found.distances()[i][k - 1]);
            }
        }

        @Test
        void betweenOneAndManyThreads() {
            Dense y = Rng.of(3).normal(300, 4);
            var one = Tasks.withThreads(1, () -> Neighbours.among(y, 5));
            var many = Tasks.withThreads(5, () -> Neighbours.among(y, 5));
            assertArrayEquals(one.indices(), many.indices());
            assertArrayEquals(one.distances(), many.distances());
        }
    }

    @Nested
    class BadInput {
        @Test
        void kAndShapesAreChecked() {
            for (int k : new int[] {0, 6}) {
                var e = assertThrows(IllegalArgumentException.class, () -> Neighbours.of(LINE, LINE, k));
                assertEquals("k must be from 1 to 5, was " + k, e.getMessage());
            }
            assertThrows(IllegalArgumentException.class, () -> Neighbours.among(LINE, 5));
            assertThrows(IllegalArgumentException.class, () -> Neighbours.of(new double[1][2], LINE, 1));
            assertThrows(IllegalArgumentException.class, () -> Neighbours.of(new double[][] {{Double.NaN}}, LINE, 1));
        }
    }
}
