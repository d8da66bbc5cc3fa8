package reprise.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the specification says; that JupyterLab draws it is for the browser's tests. */
class VegaLiteTest {
    private static final double[] X = {1, 2, 3};
    private static final double[] Y = {1, Double.NaN, 9};

    private static Map<?, ?> spec(reprise.display.Rich figure) {
        return (Map<?, ?>) figure.bundle().data().get(VegaLite.MIME);
    }

    /** Follows keys and indices down into a specification. */
    private static Object at(Object node, Object... path) {
        Object here = node;
        for (Object step : path) {
            here = step instanceof Integer index ? ((List<?>) here).get(index) : ((Map<?, ?>) here).get(step);
        }
        return here;
    }

    private static List<?> values(Map<?, ?> spec, int layer) {
        return (List<?>) at(spec, "layer", layer, "data", "values");
    }

    @Test
    void onlyAnInteractiveFigureCarriesItsData() {
        Figure figure = Figure.titled("t").line("a", X, X);
        assertFalse(figure.bundle().data().containsKey(VegaLite.MIME));
        assertTrue(figure.interactive().bundle().data().containsKey(VegaLite.MIME));
        assertTrue(figure.interactive().bundle().data().containsKey("image/png"), "for those who draw nothing");
    }

    @Test
    void aCurveHasItsPointsAndGapsAndItsColour() {
        Map<?, ?> spec = spec(Figure.titled("t").x("n").y("h").line("a", X, Y).interactive());
        assertEquals(List.of(Map.of("i", 0, "x", 1.0, "y", 1.0), Map.of("i", 1, "x", 2.0),
                Map.of("i", 2, "x", 3.0, "y", 9.0)), values(spec, 0));
        assertEquals("n", at(spec, "layer", 0, "encoding", "x", "title"));
        assertEquals("a", at(spec, "layer", 0, "encoding", "color", "datum"));
        assertEquals("#0072b2", at(spec, "layer", 0, "encoding", "color", "scale", "range", 0));
        assertEquals("scales", at(spec, "layer", 0, "params", 0, "bind"));
        assertTrue(((String) at(spec, "description")).startsWith("t. Horizontal axis: n"));
    }

    @Test
    void axesKeepTheirScalesAndRanges() {
        Map<?, ?> spec = spec(Figure.titled("t").logY().xRange(0, 5).line("a", X, X).interactive());
        assertEquals("log", at(spec, "layer", 0, "encoding", "y", "scale", "type"));
        assertEquals(List.of(0.0, 5.0), at(spec, "layer", 0, "encoding", "x", "scale", "domain"));
    }

    @Test
    void errorBarsAndBandsAndHistogramsReachFromTo() {
        Map<?, ?> spec = spec(Figure.titled("t").errorBars("m", X, X, new double[] {0.5, 1, 1}).band("b", X, X,
                new double[] {2, 3, 4}).histogram("h", new double[] {1, 2, 2, 3}, 2).interactive());
        assertEquals(Map.of("i", 0, "x", 1.0, "low", 0.5, "high", 1.5), values(spec, 0).get(0));
        assertEquals(Map.of("i", 0, "x", 1.0, "y", 1.0), values(spec, 1).get(0));
        assertEquals(Map.of("i", 2, "x", 3.0, "low", 3.0, "high", 4.0), values(spec, 2).get(2));
        assertEquals(Map.of("i", 0, "x", 1.0, "right", 2.0, "y", 0.25), values(spec, 3).get(0));
        assertEquals(0, at(spec, "layer", 3, "encoding", "y2", "datum"));
    }

    @Test
    void barsStandBesideEachOtherAndAreNamedByTheirCategories() {
        Map<?, ?> spec = spec(Figure.titled("t").bars("a", List.of("it's", "b"), new double[] {1, 2})
                .bars("b", List.of("it's", "b"), new double[] {3, 4}).interactive());
        assertEquals(Map.of("i", 1, "x", 0.6, "right", 1.0, "y", 2.0, "category", "b"), values(spec, 0).get(1));
        assertEquals(Map.of("i", 1, "x", 1.0, "right", 1.4, "y", 4.0, "category", "b"), values(spec, 1).get(1));
        assertEquals("['it\\'s','b'][datum.value]", at(spec, "layer", 0, "encoding", "x", "axis", "labelExpr"));
    }

    @Test
    void aHeatMapLiesBelowWithColoursOfItsOwn() {
        Map<?, ?> spec = spec(Figure.titled("t").line("a", X, X)
                .heat(new double[] {0, 1}, new double[] {0}, new double[][] {{5, Double.NaN}}, "density").interactive());
        assertEquals(Map.of("x", -0.5, "right", 0.5, "y", -0.5, "top", 0.5, "z", 5.0), values(spec, 0).get(0));
        assertFalse(((Map<?, ?>) values(spec, 0).get(1)).containsKey("z"));
        assertEquals("independent", at(spec, "resolve", "scale", "color"));
        assertEquals("a", at(spec, "layer", 1, "layer", 0, "encoding", "color", "datum"));
    }

    @Test
    void referenceLinesStandWhereTheyBelong() {
        Map<?, ?> spec = spec(Figure.titled("t").line("a", X, X).vertical(2, "two").interactive());
        assertEquals(2.0, at(spec, "layer", 1, "encoding", "x", "datum"));
        assertEquals("two", at(spec, "layer", 2, "mark", "text"));
    }

    @Test
    void panelsStandSideBySide() {
        Map<?, ?> spec = spec(Figure.row(Figure.titled("1").line("a", X, X).interactive(),
                Figure.titled("2").line("b", X, X)));
        assertEquals("zoom1", at(spec, "hconcat", 1, "layer", 0, "params", 0, "name"));
        assertEquals("2", at(spec, "hconcat", 1, "title"));
    }
}
