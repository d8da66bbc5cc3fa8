package reprise.display;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AnimationTest {
    private static final int SIDE = 40;

    /** A square that moves over a ground of one or of many colours. */
    private static BufferedImage picture(int at, boolean colourful) {
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, colourful ? new Color(6 * x, 6 * y, 3 * (x + y)).getRGB() : 0xFFFFFF);
            }
        }
        for (int i = 0; i < 25; i++) {
            image.setRGB(at + i % 5, 2 * at + i / 5, 0xD55E00);
        }
        return image;
    }

    private static byte[] animated(boolean colourful) {
        Animation animation = Animation.of(4, i -> Image.of(picture(3 * i, colourful), "at " + i)).every(70);
        return (byte[]) animation.bundle().data().get("image/png");
    }

    private record Chunk(String type, byte[] data) {}

    private static List<Chunk> chunks(byte[] png) {
        var in = ByteBuffer.wrap(png).position(8);
        var chunks = new ArrayList<Chunk>();
        while (in.hasRemaining()) {
            byte[] data = new byte[in.getInt()];
            byte[] type = new byte[4];
            in.get(type).get(data);
            var crc = new CRC32();
            crc.update(type);
            crc.update(data);
            assertEquals((int) crc.getValue(), in.getInt(), "checksum");
            chunks.add(new Chunk(new String(type, StandardCharsets.US_ASCII), data));
        }
        return chunks;
    }

    /** The frames as a viewer draws them: each part of the file as a picture of its own, laid over the one before. */
    private static List<BufferedImage> frames(byte[] png) throws IOException {
        var frames = new ArrayList<BufferedImage>();
        byte[] header = {};
        byte[] palette = {};
        ByteBuffer control = ByteBuffer.allocate(0);
        int sequence = 0;
        var canvas = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (Chunk chunk : chunks(png)) {
            switch (chunk.type()) {
                case "IHDR" -> header = chunk.data();
                case "PLTE" -> palette = chunk.data();
                case "fcTL" -> {
                    control = ByteBuffer.wrap(chunk.data());
                    assertEquals(sequence++, control.getInt(0));
                    assertEquals(70, control.getShort(20));
                    assertEquals(1000, control.getShort(22));
                }
                case "IDAT", "fdAT" -> {
                    boolean first = chunk.type().equals("IDAT");
                    if (!first) {
                        assertEquals(sequence++, ByteBuffer.wrap(chunk.data()).getInt(0));
                    }
                    BufferedImage part = ImageIO.read(new ByteArrayInputStream(still(header, palette, control,
                            first ? chunk.data() : ByteBuffer.wrap(chunk.data()).position(4).slice())));
                    canvas.createGraphics().drawImage(part, control.getInt(12), control.getInt(16), null);
                    var frame = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
                    frame.createGraphics().drawImage(canvas, 0, 0, null);
                    frames.add(frame);
                }
                default -> assertTrue(List.of("acTL", "IEND").contains(chunk.type()), chunk.type());
            }
        }
        return frames;
    }

    private static byte[] still(byte[] header, byte[] palette, ByteBuffer control, Object data) {
        byte[] bytes = data instanceof ByteBuffer slice ? new byte[slice.remaining()] : (byte[]) data;
        if (data instanceof ByteBuffer slice) {
            slice.get(bytes);
        }
        byte[] own = header.clone();
        ByteBuffer.wrap(own).putInt(control.getInt(4)).putInt(control.getInt(8));
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        write(out, "IHDR", own);
        if (palette.length > 0) {
            write(out, "PLTE", palette);
        }
        write(out, "IDAT", bytes);
        write(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, SIDE, SIDE, null, 0, SIDE);
    }

    @Nested
    class Frames {
        @Test
        void everyFrameIsThePictureThatWentIn() throws IOException {
            for (boolean colourful : new boolean[] {false, true}) {
                List<BufferedImage> frames = frames(animated(colourful));
                assertEquals(4, frames.size());
                for (int i = 0; i < 4; i++) {
                    assertArrayEquals(pixels(picture(3 * i, colourful)), pixels(frames.get(i)), "frame " + i);
                }
            }
        }

        @Test
        void anOldViewerSeesTheFirstPicture() throws IOException {
            BufferedImage first = ImageIO.read(new ByteArrayInputStream(animated(false)));
            assertArrayEquals(pixels(picture(0, false)), pixels(first));
        }

        @Test
        void onlyWhatChangedIsStored() {
            List<Chunk> controls = chunks(animated(true)).stream().filter(c -> c.type().equals("fcTL")).toList();
            ByteBuffer second = ByteBuffer.wrap(controls.get(1).data());
            // From (0, 0) to (3, 6), five pixels wide and high each.
            assertEquals(8, second.getInt(4));
            assertEquals(11, second.getInt(8));
        }

        @Test
        void twoEqualPicturesAreTwoFrames() {
            var still = Image.of(picture(1, false), "still");
            byte[] png = (byte[]) Animation.of(List.of(still, still)).bundle().data().get("image/png");
            assertEquals(2, chunks(png).stream().filter(c -> c.type().equals("fcTL")).count());
        }

        @Test
        void theSameFramesGiveTheSameBytes() {
            assertArrayEquals(animated(true), animated(true));
        }
    }

    @Nested
    class InWords {
        @Test
        void theDescriptionSaysHowManyAndWhatTheFirstShows() {
            Bundle bundle = Animation.of(3, i -> Image.of(picture(i, false), "square at " + i)).bundle();
            assertEquals("Animation of 3 pictures. First: square at 0", bundle.data().get("text/plain"));
            var meta = (Map<?, ?>) bundle.metadata().get("image/png");
            assertEquals(SIDE, meta.get("width"));
            assertEquals("Animation of 3 pictures. First: square at 0", meta.get("alt"));
            assertEquals("a square that falls", Animation.of(3, i -> Image.of(picture(i, false), ""))
                    .alt("a square that falls").bundle().data().get("text/plain"));
        }
    }

    @Nested
    class BadInput {
        @Test
        void refusesWhatIsNoPictureOfOneSize() {
            rejects("frames must hold at least one picture", () -> Animation.of(List.of()));
            rejects("frames[0] must be a picture, was x", () -> Animation.of(List.of(Markdown.of("x"))));
            rejects("frames[1] must be of 40 by 40 pixels like the first, was 3 by 2", () -> Animation.of(2,
                    i -> Image.of(i == 0 ? picture(0, false) : new BufferedImage(3, 2, 1), "")));
            rejects("milliseconds must be from 10 to 60000, was 5",
                    () -> Animation.of(1, i -> Image.of(picture(0, false), "")).every(5));
        }

        private void rejects(String message, org.junit.jupiter.api.function.Executable call) {
            var e = assertThrows(IllegalArgumentException.class, call);
            assertTrue(e.getMessage().startsWith(message), e.getMessage());
        }
    }
}
