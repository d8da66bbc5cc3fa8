package reprise.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where labels stand; values are points of the page here, so that places can be said in numbers. */
class RulesTest {
    private static final Rectangle2D PLOT = new Rectangle2D.Double(0, 0, 400, 300);
    private static final Mark.Rule LEVEL = new Mark.Rule("limit", 200, false);
    private static final Mark.Rule UPRIGHT = new Mark.Rule("limit", 200, true);

    private static Rectangle2D place(Mark.Rule rule, Mark... others) {
        return new Rules(List.of(others), PLOT, v -> v, v -> v).place(rule);
    }

    private static Mark dots(double from, double height) {
        double[] x = IntStream.range(0, 20).mapToDouble(i -> from + 10 * i).toArray();
        return new Mark.Dots("d", x, IntStream.range(0, 20).mapToDouble(i -> height).toArray(), new double[0]);
    }

    @Test
    void aLabelStandsAboveItsLineAtTheRightIfNothingIsThere() {
        Rectangle2D place = place(LEVEL);
        assertEquals(397, place.getMaxX(), 1e-9, "three points from the border");
        assertTrue(place.getMaxY() < 200 && place.getMaxY() > 195, place.toString());
    }

    @Test
    void aLabelMovesAwayFromPoints() {
        Rectangle2D place = place(LEVEL, dots(200, 190));
        assertFalse(place.intersects(196, 186, 198, 8), place.toString());
        assertTrue(PLOT.contains(place));
    }

    @Test
    void aLabelMovesAwayFromACurveBetweenItsPoints() {
        var curve = new Mark.Curve("c", new double[] {150, 400}, new double[] {190, 190});
        Rectangle2D place = place(LEVEL, curve);
        assertFalse(place.intersectsLine(150, 190, 400, 190), place.toString());
    }

    @Test
    void aLabelNeverLeavesThePlot() {
        assertTrue(PLOT.contains(place(new Mark.Rule("limit", 4, false), dots(200, 10))));
        assertTrue(PLOT.contains(place(new Mark.Rule("limit", 298, false), dots(200, 290))));
        assertTrue(PLOT.contains(place(new Mark.Rule("limit", 399, true))));
    }

    @Test
    void anUprightLineHasItsLabelAtTheTopRightAndAnotherOneBelow() {
        Rectangle2D first = place(UPRIGHT);
        assertTrue(first.getMinX() > 200 && first.getMinY() < 10, first.toString());
    }
}
