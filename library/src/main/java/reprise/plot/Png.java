package reprise.plot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG with a palette of at most 256 colours where the picture allows it: line drawings become two to three times
 * smaller than what {@code ImageIO} writes, and stored notebooks with them.
 */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

    private Png() {}

    static byte[] encode(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        Palette256 palette = Palette256.of(pixels);
        return palette.faithful() ? indexed(pixels, width, height, palette) : trueColour(pixels, width, height);
    }

    private static byte[] indexed(int[] pixels, int width, int height, Palette256 palette) {
        var rows = new byte[height * (width + 1)];
        int colour = pixels[0];
        byte index = (byte) palette.index(colour);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                // Most neighbours are equal, and looking an index up costs more than writing it.
                if (pixels[y * width + x] != colour) {
                    colour = pixels[y * width + x];
                    index = (byte) palette.index(colour);
                }
                rows[y * (width + 1) + 1 + x] = index;
            }
        }
        return file(width, height, 3, palette.bytes(), rows);
    }

    private static byte[] trueColour(int[] pixels, int width, int height) {
        int stride = 3 * width + 1;
        var rows = new byte[height * stride];
        for (int y = 0; y < height; y++) {
            // Filter 2 stores differences to the row above, mostly zero in a figure.
            rows[y * stride] = 2;
            for (int x = 0; x < width; x++) {
                int above = y == 0 ? 0 : pixels[(y - 1) * width + x];
                for (int c = 0; c < 3; c++) {
                    int shift = 16 - 8 * c;
                    rows[y * stride + 1 + 3 * x + c] = (byte) ((pixels[y * width + x] >> shift) - (above >> shift));
                }
            }
        }
        return file(width, height, 2, new byte[0], rows);
    }

    private static byte[] file(int width, int height, int colourType, byte[] palette, byte[] rows) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(SIGNATURE);
        chunk(out, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).put((byte) colourType)
                .put(new byte[3]).array());
        if (palette.length > 0) {
            chunk(out, "PLTE", palette);
        }
        chunk(out, "IDAT", deflated(rows));
        chunk(out, "IEND", new byte[0]);
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

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
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
