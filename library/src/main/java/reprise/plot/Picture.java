package reprise.plot;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import reprise.display.Html;

/** Figures in a row as bytes: a PNG of twice the size, for sharp screens, and an SVG. */
record Picture(byte[] png, String svg, int width, int height) {
    /** A stored notebook carries both; beyond this the PNG alone is enough. */
    static final int LARGEST_SVG = 60_000;

    private static final int ZOOM = 2;

    static Picture of(List<Figure> figures, String description) {
        int width = figures.stream().mapToInt(f -> f.width).sum();
        int height = figures.stream().mapToInt(f -> f.height).max().orElseThrow();
        return new Picture(png(figures, width, height), svg(figures, width, height, description), width, height);
    }

    private static byte[] png(List<Figure> figures, int width, int height) {
        var image = new BufferedImage(ZOOM * width, ZOOM * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(ZOOM, ZOOM);
        paint(figures, g, width, height);
        g.dispose();
        return Png.encode(image);
    }

    private static String svg(List<Figure> figures, int width, int height, String description) {
        var g = new VectorGraphics2D();
        paint(figures, g, width, height);
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

    private static void paint(List<Figure> figures, Graphics2D g, int width, int height) {
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, width, height);
        int left = 0;
        for (Figure figure : figures) {
            new Painter(figure, g, left).paint();
            left += figure.width;
        }
    }
}
