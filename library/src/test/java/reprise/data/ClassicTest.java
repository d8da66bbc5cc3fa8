package reprise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClassicTest {
    @Test
    void irisHasFiftyFlowersOfEachSpecies() {
        var iris = Classic.iris();
        assertArrayEquals(new int[] {50, 50, 50}, iris.points().counts());
        assertEquals("[setosa, versicolor, virginica]", iris.classes().toString());
        check(iris, 150, 4, 2078.7);
        // Rows 35 and 38 as Fisher printed them, not as UCI's file has them.
        double[] x = iris.points().x().data();
        assertArrayEquals(new double[] {4.9, 3.1, 1.5, 0.2}, Arrays.copyOfRange(x, 4 * 34, 4 * 35));
        assertArrayEquals(new double[] {4.9, 3.6, 1.4, 0.1}, Arrays.copyOfRange(x, 4 * 37, 4 * 38));
    }

    @Test
    void wineHasThreeCultivars() {
        assertArrayEquals(new int[] {59, 71, 48}, Classic.wine().points().counts());
        check(Classic.wine(), 178, 13, 159_975.295999);
    }

    @Test
    void breastCancerHasMalignantTumoursFirst() {
        var set = Classic.breastCancer();
        assertArrayEquals(new int[] {212, 357}, set.points().counts());
        assertEquals("[malignant, benign]", set.classes().toString());
        check(set, 569, 30, 1_056_474.4596356);
    }

    @Test
    void digitsAreImagesOfSixteenGreys() {
        var digits = Classic.digits();
        assertArrayEquals(
                new int[] {178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, digits.points().counts());
        check(digits, 1797, 64, 561_718);
        assertTrue(Arrays.stream(digits.points().x().data()).allMatch(v -> v >= 0 && v <= 16 && v == Math.rint(v)));
    }

    @Test
    void everyCallGivesItsOwnCopy() {
        assertNotSame(Classic.iris().points().x().data(), Classic.iris().points().x().data());
    }

    private static void check(Classic set, int n, int d, double sum) {
        assertEquals(n, set.points().x().rows());
        assertEquals(d, set.points().x().columns());
        assertEquals(d, set.features().size());
        assertEquals(set.points().counts().length, set.classes().size());
        assertEquals(sum, Arrays.stream(set.points().x().data()).sum(), 1e-8);
        assertEquals("CC BY 4.0", set.licence());
        assertTrue(set.source().contains("doi 10.24432/"), set.source());
    }
}
