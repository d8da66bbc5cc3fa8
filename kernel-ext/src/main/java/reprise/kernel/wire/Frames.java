package reprise.kernel.wire;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.shaded.com.google.gson.Gson;
import org.dflib.jjava.shaded.com.google.gson.JsonObject;
import org.dflib.jjava.shaded.com.google.gson.JsonParseException;
import org.dflib.jjava.shaded.com.google.gson.reflect.TypeToken;
import org.dflib.jjava.shaded.org.zeromq.ZMQ;
import reprise.kernel.Internals;

/**
 * Messages as frames. JJava's reader takes frames until it sees its delimiter, so that one bad message swallows the
 * beginning of the next one, and an exception ends the thread that serves all cells.
 */
final class Frames {
    /** What was wrong with a message. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private Malformed(String what, Throwable cause) {
            super(what, cause);
        }
    }

    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final Type MAP = new TypeToken<Map<String, Object>>() {}.getType();
    static final Gson GSON = Internals.get(JupyterSocket.class, "gson", null, Gson.class);

    private Frames() {}

    /** All frames of the message that waits at a socket. */
    static List<byte[]> receive(ZMQ.Socket socket) {
        var frames = new ArrayList<byte[]>();
        do {
            frames.add(socket.recv());
        } while (socket.hasReceiveMore());
        return frames;
    }

    /** The message; its content is null if that is not what its type has. */
    static Message<?> parse(List<byte[]> frames, HMACGenerator signer) throws Malformed {
        int at = 0;
        while (at < frames.size() && !Arrays.equals(frames.get(at), DELIMITER)) {
            at++;
        }
        if (at == 0 || at + 6 > frames.size()) {
            throw new Malformed("not a message of Jupyter's", null);
        }
        byte[] header = frames.get(at + 2);
        byte[] parent = frames.get(at + 3);
        byte[] metadata = frames.get(at + 4);
        byte[] content = frames.get(at + 5);
        String signature = signer.calculateSignature(header, parent, metadata, content);
        if (signature != null
                && !MessageDigest.isEqual(signature.getBytes(StandardCharsets.US_ASCII), frames.get(at + 1))) {
            throw new Malformed("wrong signature", null);
        }
        try {
            Header<?> head = GSON.fromJson(text(header), Header.class);
            if (head == null || head.getType() == null) {
                throw new Malformed("no header", null);
            }
            return message(frames.subList(0, at), head, parentOf(text(parent)),
                    GSON.fromJson(text(metadata), MAP), contentOf(text(content), head.getType()),
                    frames.subList(at + 6, frames.size()));
        } catch (RuntimeException e) {
            throw new Malformed("no header", e);
        }
    }

    /** A message as it is sent. */
    static List<byte[]> of(Message<?> message, HMACGenerator signer) {
        byte[] header = json(message.getHeader());
        byte[] parent = message.hasParentHeader() ? json(message.getParentHeader()) : NOTHING;
        byte[] metadata = message.hasMetadata() ? json(message.getMetadata()) : NOTHING;
        byte[] content = json(message.getContent());
        String signature = signer.calculateSignature(header, parent, metadata, content);
        var frames = new ArrayList<byte[]>(message.getIdentities());
        frames.add(DELIMITER);
        frames.add(signature == null ? new byte[0] : signature.getBytes(StandardCharsets.US_ASCII));
        frames.addAll(List.of(header, parent, metadata, content));
        if (message.getBlobs() != null) {
            frames.addAll(message.getBlobs());
        }
        return frames;
    }

    private static byte[] json(Object value) {
        return GSON.toJson(value).getBytes(StandardCharsets.UTF_8);
    }

    private static Header<?> parentOf(String json) {
        JsonObject parent = GSON.fromJson(json, JsonObject.class);
        return parent == null || parent.isEmpty() ? null : GSON.fromJson(parent, Header.class);
    }

    private static Object contentOf(String json, MessageType<?> type) {
        try {
            return GSON.fromJson(json, type.getContentType());
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
            return null;
        }
    }

    /** The header's type says which content it has, which the compiler cannot know. */
    @SuppressWarnings("unchecked")
    private static <T> Message<T> message(List<byte[]> identities, Header<T> header, Header<?> parent,
            Map<String, Object> metadata, Object content, List<byte[]> blobs) {
        return new Message<>(new ArrayList<>(identities), header, parent, metadata, (T) content,
                new ArrayList<>(blobs));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
