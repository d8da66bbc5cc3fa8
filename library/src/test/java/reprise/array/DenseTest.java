package reprise.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class DenseTest {
    @Nested
    class Order {
        @Test
        void readsColumnMajorAndStridedArraysRowAfterRow() {
            var rows = Nd4j.create(new double[] {1, 2, 3, 4, 5, 6}, new long[] {2, 3}, 'c');
            var columnMajor = rows.dup('f');
            var middle = rows.get(NDArrayIndex.all(), NDArrayIndex.interval(1, 3));
            assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, Dense.of("x", columnMajor).data());
            assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, Dense.of("x", rows.transpose()).data());
            assertArrayEquals(new double[] {2, 3, 5, 6}, Dense.of("x", middle).data());
        }

        @Test
        void readsFloatsAndGivesDoublesBack() {
            var x = Dense.of("x", Nd4j.createFromArray(new float[][] {{1.5f, -2}, {0, 4}}));
            assertArrayEquals(new double[] {1.5, -2, 0, 4}, x.data());
            assertEquals(DataType.DOUBLE, x.toArray().dataType());
        }

        @Test
        void takesAVectorAsPointsOfOneCoordinate() {
            var x = Dense.of("x", Nd4j.createFromArray(1.0, 2.0, 3.0));
            assertEquals(3, x.rows());
            assertEquals(1, x.columns());
        }
    }

    @Nested
    class BadInput {
        @Test
        void namesTheEntryThatIsNotFinite() {
            var e = assertThrows(
                    IllegalArgumentException.class,
                    () -> Dense.of("points", new double[][] {{1, 2}, {3, Double.NaN}}));
            assertEquals("points[1, 1] must be finite, was NaN", e.getMessage());
        }

        @Test
        void refusesRaggedRowsWithBothShapes() {
            var e = assertThrows(
                    IllegalArgumentException.class, () -> Dense.of("points", new double[][] {{1, 2}, {3}}));
            assertEquals("points[1] must be of shape [2], was [1]", e.getMessage());
        }

        @Test
        void refusesEmptyArraysAndThreeDimensions() {
            assertThrows(IllegalArgumentException.class, () -> Dense.of("x", new double[0][]));
            assertThrows(IllegalArgumentException.class, () -> Dense.of("x", new double[1][0]));
            assertThrows(IllegalArgumentException.class, () -> Dense.of("x", Nd4j.empty(DataType.DOUBLE)));
            assertThrows(IllegalArgumentException.class, () -> Dense.of("x", Nd4j.zeros(2, 2, 2)));
        }

        @Test
        void refusesALengthThatDoesNotFit() {
            var e = assertThrows(IllegalArgumentException.class, () -> Dense.of("x", new double[5], 2, 3));
            assertEquals("x must be of shape [6], was [5]", e.getMessage());
        }
    }
}
