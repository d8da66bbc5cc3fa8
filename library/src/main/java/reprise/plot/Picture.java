package reprise.plot;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import reprise.display.Bundle;
import reprise.display.Html;
import reprise.display.Png;

/** A drawing as bytes: a PNG of twice the size, for sharp screens, an SVG where that is small, and its words. */
public final class Picture {
    /** A stored notebook carries both; beyond this the PNG alone is enough. */
    private static final int LARGEST_SVG = 10_000;

    private static final int ZOOM = 2;

    private Picture() {}

    /**
     * Draws once for each format. The PNG's metadata holds its size on the page and the alternative text.
     *
     * @param width in CSS pixels, at least 1
     * @param height in CSS pixels, at least 1
     * @param description the drawing in words
     * @param painter draws it, on white, in CSS pixels; is called twice
     * @return PNG, perhaps SVG, and plain text
     */
    public static Bundle of(int width, int height, String description, Consumer<Graphics2D> painter) {
        var bundle = Bundle.text(description).with("image/png", png(width, height, painter)).metadata("image/png",
                Map.of("width", width, "height", height, "alt", description));
        String svg = svg(width, height, description, painter);
        return svg.length() <= LARGEST_SVG ? bundle.with("image/svg+xml", svg) : bundle;
    }

    private static byte[] png(int width, int height, Consumer<Graphics2D> painter) {
        var image = new BufferedImage(ZOOM * width, ZOOM * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(ZOOM, ZOOM);
        paint(painter, g, width, height);
        g.dispose();
        return Png.encode(image);
    }

    private static String svg(int width, int height, String description, Consumer<Graphics2D> painter) {
        var g = new SvgGraphics();
        paint(painter, g, width, height);
        Document document = new SVGProcessor().getDocument(g.getCommands(), new PageSize(0, 0, width, height));
        var bytes = new ByteArrayOutputStream();
        try {
            document.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String svg = bytes.toString(StandardCharsets.UTF_8);
        return Svg.tidy(svg, Html.escape(description));
    }

    /**
     * Names every font as if it were a real one. For Java's logical fonts the writer would lay out a text in each font
     * of the machine to find one that looks the same, and {@link Svg} replaces the name anyway.
     */
    private static final class SvgGraphics extends VectorGraphics2D {
        @Override
        public void setFont(Font font) {
            super.setFont(font instanceof Named ? font : new Named(font));
        }

        private static final class Named extends Font {
            private static final long serialVersionUID = 1L;

            Named(Font font) {
                super(font);
            }

            @Override
            public String getFamily() {
                return "sans";
            }
        }
    }

    private static void paint(Consumer<Graphics2D> painter, Graphics2D g, int width, int height) {
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        painter.accept(g);
    }
}
