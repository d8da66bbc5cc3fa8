package reprise.plot;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import reprise.display.Bundle;
import reprise.display.Rich;

/**
 * Figures side by side in one picture, made by {@link Figure#row}.
 *
 * @param figures the panels from left to right, at least one
 * @param alt the alternative text; empty for one made from the panels' descriptions
 * @param isThumbnail whether the gallery shows this of its notebook
 */
public record Panels(List<Figure> figures, String alt, boolean isThumbnail) implements Rich {
    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException if there is no figure
     */
    public Panels {
        figures = List.copyOf(figures);
        Objects.requireNonNull(alt, "alt");
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("figures must hold at least one figure, was empty");
        }
    }

    /**
     * Replaces the description.
     *
     * @param text what the row shows, for someone who cannot see it
     * @return a copy with that text
     */
    public Panels alt(String text) {
        return new Panels(figures, text, isThumbnail);
    }

    /**
     * Marks this as the picture that the gallery shows of its notebook.
     *
     * @return a copy with that mark
     */
    public Panels thumbnail() {
        return new Panels(figures, alt, true);
    }

    /**
     * Describes the row in words.
     *
     * @return one line of text
     */
    public String description() {
        return !alt.isEmpty() ? alt : figures.size() == 1 ? figures.get(0).description()
                : figures.stream().map(Figure::description).collect(Collectors.joining(" Next panel: "));
    }

    @Override
    public Bundle bundle() {
        int width = figures.stream().mapToInt(f -> f.frame.width).sum();
        int height = figures.stream().mapToInt(f -> f.frame.height).max().orElseThrow();
        var bundle = Picture.of(width, height, description(), g -> {
            int left = 0;
            for (Figure figure : figures) {
                new Painter(figure, g, left).paint();
                left += figure.frame.width;
            }
        });
        if (figures.stream().anyMatch(f -> f.frame.interactive)) {
            bundle = bundle.with(VegaLite.MIME, VegaLite.of(figures, description()));
        }
        boolean marked = isThumbnail || figures.stream().anyMatch(f -> f.frame.thumbnail);
        return marked ? bundle.metadata("reprise", Map.of("thumbnail", true)) : bundle;
    }

    @Override
    public String toString() {
        return description();
    }
}
