package reprise.kernel.output;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishStream.StreamType;
import reprise.kernel.Headless;
import reprise.kernel.run.Reserve;

/**
 * Gathers what all threads print and sends it in few messages and in order: every 50 ms, or when 64 KB wait. A cell
 * that prints more than 4 MB is cut with a note; a page would hardly open again.
 */
public final class Output {
    /** The most bytes of a cell that are shown; {@code -Dreprise.output.limit} sets another number. */
    private static final long LIMIT = Long.getLong("reprise.output.limit", 4L << 20);

    private static final int FULL = 1 << 16;
    private static final long WAIT_MS = 50;

    private record Chunk(MessageContext cell, StreamType type, ByteArrayOutputStream bytes) {}

    private final Consumer<Message<?>> send;
    /** nbclient drops what comes for a cell that has ended. */
    private final boolean onlyCurrent = Headless.on();
    private final Deque<Chunk> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private MessageContext counted;
    private long countedBytes;
    private boolean cut;

    /**
     * Prints into a sink.
     *
     * @param send sends a message to the front ends
     */
    public Output(Consumer<Message<?>> send) {
        this.send = send;
        var flusher = new Thread(this::flushOften, "reprise-output");
        flusher.setDaemon(true);
        flusher.start();
    }

    /** Takes over {@code System.out} and {@code System.err} for good. */
    public void install() {
        System.setOut(stream(StreamType.OUT));
        System.setErr(stream(StreamType.ERR));
    }

    private PrintStream stream(StreamType type) {
        return new PrintStream(new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) {
                print(type, bytes, from, count);
            }

            @Override
            public void flush() {}
        }, false, StandardCharsets.UTF_8);
    }

    private synchronized void print(StreamType type, byte[] bytes, int from, int count) {
        MessageContext cell = CellThreads.owner(onlyCurrent);
        if (cell == null || count == 0) {
            return;
        }
        if (cell != counted) {
            counted = cell;
            countedBytes = 0;
            cut = false;
        }
        if (cut) {
            return;
        }
        countedBytes += count;
        append(cell, type, bytes, from, count);
        if (countedBytes > LIMIT) {
            cut = true;
            byte[] note = ("\n\u2026 cut here: this cell printed more than " + (LIMIT >> 10) + " KB\n")
                    .getBytes(StandardCharsets.UTF_8);
            append(cell, StreamType.ERR, note, 0, note.length);
        }
        if (waitingBytes >= FULL) {
            flush();
        }
    }

    private void append(MessageContext cell, StreamType type, byte[] bytes, int from, int count) {
        Chunk last = waiting.peekLast();
        if (last == null || last.cell() != cell || last.type() != type) {
            last = new Chunk(cell, type, new ByteArrayOutputStream());
            waiting.add(last);
            notifyAll();
        }
        last.bytes().write(bytes, from, count);
        waitingBytes += count;
    }

    /** Sends what waits. */
    public synchronized void flush() {
        waitingBytes = 0;
        for (Chunk chunk = waiting.poll(); chunk != null; chunk = waiting.poll()) {
            String text = chunk.bytes().toString(StandardCharsets.UTF_8);
            send.accept(new Message<>(chunk.cell(), PublishStream.MESSAGE_TYPE,
                    new PublishStream(chunk.type(), text)));
        }
    }

    private void flushOften() {
        try {
            while (true) {
                try {
                    synchronized (this) {
                        while (waiting.isEmpty()) {
                            wait();
                        }
                    }
                    TimeUnit.MILLISECONDS.sleep(WAIT_MS);
                    flush();
                } catch (OutOfMemoryError e) {
                    // A cell filled the heap: what it printed may be lost, what later ones print must not be.
                    Reserve.free();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
