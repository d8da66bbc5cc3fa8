package reprise.display;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;

/** A picture of pixels as a value. */
public final class Image implements Rich {
    private final byte[] png;
    private final int width;
    private final int height;
    private final String alt;

    private Image(byte[] png, int width, int height, String alt) {
        this.png = png;
        this.width = width;
        this.height = height;
        this.alt = Objects.requireNonNull(alt, "alt");
    }

    /**
     * Takes pixels, without their transparency.
     *
     * @param pixels the picture, shown in its own size
     * @param alt what it shows, for someone who cannot see it
     * @return the value
     * @cost O(pixels)
     */
    public static Image of(BufferedImage pixels, String alt) {
        return new Image(Png.encode(pixels), pixels.getWidth(), pixels.getHeight(), alt);
    }

    /**
     * Takes the content of a PNG file as it is.
     *
     * @param png the bytes of the file
     * @param alt what it shows, for someone who cannot see it
     * @return the value
     * @throws IllegalArgumentException if the bytes are no PNG
     */
    public static Image of(byte[] png, String alt) {
        BufferedImage pixels = decoded(png);
        return new Image(png.clone(), pixels.getWidth(), pixels.getHeight(), alt);
    }

    /**
     * Shows the picture larger or smaller.
     *
     * @param pixels its width on the page in CSS pixels, at least 1; the height follows
     * @return a copy of that width
     * @throws IllegalArgumentException if the width is not positive
     */
    public Image width(int pixels) {
        if (pixels < 1) {
            throw new IllegalArgumentException("width must be >= 1, was " + pixels);
        }
        return new Image(png, pixels, Math.max(1, Math.round((float) pixels * height / width)), alt);
    }

    static BufferedImage decoded(byte[] png) {
        if (png.length < 8 || png[0] != (byte) 0x89 || png[1] != 'P' || png[2] != 'N' || png[3] != 'G') {
            throw new IllegalArgumentException("png must be the content of a PNG file, was " + png.length
                    + " other bytes");
        }
        try {
            return Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)), "decoded png");
        } catch (IOException e) {
            throw new UncheckedIOException("png must be the content of a PNG file, but cannot be read", e);
        }
    }

    @Override
    public Bundle bundle() {
        return Bundle.text(alt).with("image/png", png.clone())
                .metadata("image/png", Map.of("width", width, "height", height, "alt", alt));
    }

    @Override
    public String toString() {
        return alt;
    }
}
