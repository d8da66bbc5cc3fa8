package reprise.display;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Pictures that follow each other in a loop: an animated PNG, which needs no script and whose first picture is what
 * paper and old viewers show.
 *
 * <pre>{@code
 * Animation.of(24, i -> Figure.titled("step " + i).yRange(0, 1).line("density", x, density(i))).every(80)
 * }</pre>
 *
 * <p>Only the rectangle that changes is stored, so fix the ranges of the axes.
 */
public final class Animation implements Rich {
    private static final int DEFAULT_MS = 100;
    private static final int LONGEST_MS = 60_000;

    private final List<byte[]> frames;
    private final Map<?, ?> size;
    private final int milliseconds;
    private final String alt;

    private Animation(List<byte[]> frames, Map<?, ?> size, int milliseconds, String alt) {
        this.frames = frames;
        this.size = size;
        this.milliseconds = milliseconds;
        this.alt = alt;
    }

    /**
     * Takes pictures, each shown for a tenth of a second.
     *
     * @param frames figures, images or whatever else shows itself as PNG; at least one, all of one size
     * @return the animation
     * @throws IllegalArgumentException if there is no frame, or one is no picture or of another size
     * @cost O(pixels) for each frame
     */
    public static Animation of(List<? extends Rich> frames) {
        if (frames.isEmpty()) {
            throw new IllegalArgumentException("frames must hold at least one picture, was empty");
        }
        var pictures = new ArrayList<byte[]>();
        Bundle first = frames.get(0).bundle();
        BufferedImage start = null;
        for (int i = 0; i < frames.size(); i++) {
            Bundle bundle = i == 0 ? first : frames.get(i).bundle();
            if (!(bundle.data().get("image/png") instanceof byte[] png)) {
                throw new IllegalArgumentException("frames[" + i + "] must be a picture, was "
                        + bundle.data().get("text/plain"));
            }
            BufferedImage pixels = Image.decoded(png);
            start = start == null ? pixels : start;
            if (pixels.getWidth() != start.getWidth() || pixels.getHeight() != start.getHeight()) {
                throw new IllegalArgumentException("frames[" + i + "] must be of " + start.getWidth() + " by "
                        + start.getHeight() + " pixels like the first, was " + pixels.getWidth() + " by "
                        + pixels.getHeight());
            }
            pictures.add(png);
        }
        Map<?, ?> size = first.metadata().get("image/png") instanceof Map<?, ?> given ? given
                : Map.of("width", start.getWidth(), "height", start.getHeight());
        return new Animation(List.copyOf(pictures), size, DEFAULT_MS, "Animation of " + pictures.size()
                + (pictures.size() == 1 ? " picture. " : " pictures. First: ") + first.data().get("text/plain"));
    }

    /**
     * Makes pictures one after the other, each shown for a tenth of a second.
     *
     * @param count how many, at least 1
     * @param frame makes the picture of an index from 0 to {@code count - 1}
     * @return the animation
     * @throws IllegalArgumentException if there is no frame, or one is no picture or of another size
     * @cost O(pixels) for each frame
     */
    public static Animation of(int count, IntFunction<? extends Rich> frame) {
        return of(IntStream.range(0, count).<Rich>mapToObj(frame).toList());
    }

    /**
     * Goes faster or slower.
     *
     * @param milliseconds how long each picture is shown, from 10 to 60 000
     * @return a copy of that speed
     * @throws IllegalArgumentException if the time is outside of that
     */
    public Animation every(int milliseconds) {
        if (milliseconds < 10 || milliseconds > LONGEST_MS) {
            throw new IllegalArgumentException("milliseconds must be from 10 to " + LONGEST_MS + ", was "
                    + milliseconds);
        }
        return new Animation(frames, size, milliseconds, alt);
    }

    /**
     * Replaces the description, which else is that of the first picture.
     *
     * @param text what moves, for someone who cannot see it
     * @return a copy with that text
     */
    public Animation alt(String text) {
        return new Animation(frames, size, milliseconds, text);
    }

    @Override
    public Bundle bundle() {
        // Decoded when needed and let go: sixty frames are a quarter of a gigabyte.
        Iterable<BufferedImage> pictures = () -> {
            Iterator<byte[]> each = frames.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return each.hasNext();
                }

                @Override
                public BufferedImage next() {
                    return Image.decoded(each.next());
                }
            };
        };
        return Bundle.text(alt).with("image/png", Png.encode(pictures, frames.size(), milliseconds)).metadata(
                "image/png", Map.of("width", size.get("width"), "height", size.get("height"), "alt", alt));
    }

    @Override
    public String toString() {
        return alt;
    }
}
