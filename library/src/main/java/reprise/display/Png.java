package reprise.display;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG with a palette of at most 256 colours where the picture allows it: line drawings become two to three times
 * smaller than what {@code ImageIO} writes, and stored notebooks with them. Also animated PNG, which old viewers show
 * as its first picture.
 *
 * <p>Source: Portable Network Graphics Specification, third edition, W3C 2025.
 */
public final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private final int width;
    private final int height;
    private final Palette256 palette;
    private final boolean indexed;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Png(int width, int height, Palette256 palette) {
        this.width = width;
        this.height = height;
        this.palette = palette;
        this.indexed = palette.faithful();
        out.writeBytes(SIGNATURE);
        chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8)
                .put((byte) (indexed ? 3 : 2)).put(new byte[3]).array());
    }

    /**
     * Encodes a picture without its transparency.
     *
     * @param image any picture
     * @return the bytes of a PNG file, the same for the same pixels
     * @cost O(pixels), and 256 for each colour beyond the 256th
     */
    public static byte[] encode(BufferedImage image) {
        int[] pixels = pixels(image);
        var png = new Png(image.getWidth(), image.getHeight(), Palette256.of(List.of(pixels)));
        png.palette();
        png.chunk("IDAT", deflated(png.rows(pixels, new Rectangle(png.width, png.height))));
        return png.end();
    }

    /**
     * Encodes pictures of one size as a loop without end. After the first one only the rectangle that changed is kept.
     *
     * @param frames the pictures in order, at least one; they are gone through twice
     * @param count how many there are
     * @param milliseconds how long each is shown
     */
    static byte[] encode(Iterable<BufferedImage> frames, int count, int milliseconds) {
        BufferedImage first = frames.iterator().next();
        Iterable<int[]> all = () -> {
            var iterator = frames.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return iterator.hasNext();
                }

                @Override
                public int[] next() {
                    return pixels(iterator.next());
                }
            };
        };
        var png = new Png(first.getWidth(), first.getHeight(), Palette256.of(all));
        png.chunk("acTL", ByteBuffer.allocate(8).putInt(count).putInt(0).array());
        png.palette();
        int sequence = 0;
        int[] before = null;
        for (int[] pixels : all) {
            Rectangle changed = before == null ? new Rectangle(png.width, png.height) : png.changed(before, pixels);
            png.chunk("fcTL", ByteBuffer.allocate(26).putInt(sequence++).putInt(changed.width).putInt(changed.height)
                    .putInt(changed.x).putInt(changed.y).putShort((short) milliseconds).putShort((short) 1000)
                    .put(new byte[2]).array());
            byte[] data = deflated(png.rows(pixels, changed));
            if (before == null) {
                png.chunk("IDAT", data);
            } else {
                png.chunk("fdAT", ByteBuffer.allocate(4 + data.length).putInt(sequence++).put(data).array());
            }
            before = pixels;
        }
        return png.end();
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    /** The smallest rectangle that holds every difference; one pixel if there is none. */
    private Rectangle changed(int[] before, int[] now) {
        int left = width;
        int right = -1;
        int top = -1;
        int bottom = -1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (before[y * width + x] != now[y * width + x]) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = top < 0 ? y : top;
                    bottom = y;
                }
            }
        }
        return right < 0 ? new Rectangle(1, 1) : new Rectangle(left, top, right - left + 1, bottom - top + 1);
    }

    private byte[] rows(int[] pixels, Rectangle part) {
        int channels = indexed ? 1 : 3;
        int stride = channels * part.width + 1;
        var rows = new byte[part.height * stride];
        for (int y = 0; y < part.height; y++) {
            // Filter 2 stores differences to the row above, mostly zero in a figure; indices have no differences.
            rows[y * stride] = (byte) (indexed ? 0 : 2);
            for (int x = 0; x < part.width; x++) {
                int at = (part.y + y) * width + part.x + x;
                if (indexed) {
                    rows[y * stride + 1 + x] = (byte) palette.index(pixels[at]);
                    continue;
                }
                int above = y == 0 ? 0 : pixels[at - width];
                for (int c = 0; c < 3; c++) {
                    int shift = 16 - 8 * c;
                    rows[y * stride + 1 + 3 * x + c] = (byte) ((pixels[at] >> shift) - (above >> shift));
                }
            }
        }
        return rows;
    }

    private void palette() {
        if (indexed) {
            chunk("PLTE", palette.bytes());
        }
    }

    private byte[] end() {
        chunk("IEND", new byte[0]);
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] rows) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        deflater.setInput(rows);
        deflater.finish();
        var out = new ByteArrayOutputStream();
        var buffer = new byte[1 << 16];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }

    private void chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
