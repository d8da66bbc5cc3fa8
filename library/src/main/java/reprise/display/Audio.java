package reprise.display;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

/** Sound as a value: a WAV file inside the page, with the browser's own player. */
public final class Audio implements Rich {
    private static final int HEADER = 44;
    private static final double LOWEST_RATE = 3_000;
    private static final double HIGHEST_RATE = 192_000;

    private final String name;
    private final byte[] wav;
    private final double seconds;
    private final int rate;

    private Audio(String name, byte[] wav, double seconds, int rate) {
        this.name = name;
        this.wav = wav;
        this.seconds = seconds;
        this.rate = rate;
    }

    /**
     * Takes one channel of samples, kept with 16 bits each. A signal that goes beyond -1 to 1 is scaled to fit.
     *
     * @param name what is heard, in words
     * @param samples the signal, finite, from -1 to 1, shape [n]
     * @param rate samples per second, from 3 000 to 192 000, rounded to a whole number
     * @return the value
     * @throws IllegalArgumentException if there is no sample, one is not finite, or the rate is outside its range
     * @cost O(n)
     */
    public static Audio of(String name, double[] samples, double rate) {
        Objects.requireNonNull(name, "name");
        if (!(rate >= LOWEST_RATE && rate <= HIGHEST_RATE)) {
            throw new IllegalArgumentException("rate must be from 3000 to 192000 samples per second, was " + rate);
        }
        if (samples.length == 0) {
            throw new IllegalArgumentException("samples must hold at least one value, was empty");
        }
        double peak = 1;
        for (int i = 0; i < samples.length; i++) {
            if (!Double.isFinite(samples[i])) {
                throw new IllegalArgumentException("samples must be finite, samples[" + i + "] was " + samples[i]);
            }
            peak = Math.max(peak, Math.abs(samples[i]));
        }
        int whole = (int) Math.round(rate);
        return new Audio(name, wav(samples, peak, whole), samples.length / rate, whole);
    }

    /** A RIFF file of one uncompressed channel (Microsoft, Multimedia Programming Interface 1.0, 1991). */
    private static byte[] wav(double[] samples, double peak, int rate) {
        int size = Math.multiplyExact(2, samples.length);
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(HEADER, size)).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(HEADER - 8 + size).put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1)
                .putShort((short) 1).putInt(rate).putInt(2 * rate).putShort((short) 2).putShort((short) 16)
                .put(ascii("data")).putInt(size);
        for (double sample : samples) {
            out.putShort((short) Math.round(sample / peak * Short.MAX_VALUE));
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Bundle bundle() {
        return Bundle.text(toString()).html("<figure style=\"margin:0\"><figcaption>" + Html.escape(toString())
                + "</figcaption><audio controls src=\"data:audio/wav;base64,"
                + Base64.getEncoder().encodeToString(wav) + "\"></audio></figure>");
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: sound of %.3g s at %d samples per second", name, seconds, rate);
    }
}
