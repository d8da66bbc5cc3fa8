package reprise.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GridTest {
    @Test
    void hasEqualDifferencesOrRatiosAndExactEnds() {
        assertArrayEquals(new double[] {-1, 0, 1, 2}, Grid.linear(-1, 2, 4));
        assertArrayEquals(new double[] {0.1, 1, 10}, Grid.logarithmic(0.1, 10, 3), 1e-15);
        var fine = Grid.logarithmic(1e-300, 1e300, 7);
        assertEquals(1e300, fine[6]);
        // exp of a logarithm near 230 that is rounded at 691: 691 units in the 16th digit.
        assertEquals(1e100, fine[4], 691 * Math.ulp(1e100));
    }

    @Test
    void mapsWithoutTouchingItsArgument() {
        var x = Grid.linear(0, 2, 3);
        assertArrayEquals(new double[] {0, 1, 4}, Grid.map(x, v -> v * v));
        assertArrayEquals(new double[] {0, 1, 2}, x);
    }

    @Test
    void findsTheLeastAndPassesOverNaN() {
        var x = Grid.linear(-1, 2, 31);
        assertEquals(0.5, Grid.argmin(x, Grid.map(x, v -> (v - 0.5) * (v - 0.5))), 1e-12);
        assertEquals(7, Grid.argmin(new double[] {5, 6, 7}, new double[] {Double.NaN, 2, 1}));
        assertThrows(IllegalArgumentException.class, () -> Grid.argmin(x, new double[3]));
        assertThrows(IllegalArgumentException.class, () -> Grid.argmin(new double[] {1}, new double[] {Double.NaN}));
    }

    @Test
    void refusesEndsThatDoNotAscendAndSingleValues() {
        assertThrows(IllegalArgumentException.class, () -> Grid.linear(1, 1, 3));
        assertThrows(IllegalArgumentException.class, () -> Grid.linear(0, Double.NaN, 3));
        assertThrows(IllegalArgumentException.class, () -> Grid.linear(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> Grid.logarithmic(0, 1, 3));
    }
}
