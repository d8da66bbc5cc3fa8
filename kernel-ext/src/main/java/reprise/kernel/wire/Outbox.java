package reprise.kernel.wire;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.dflib.jjava.shaded.org.zeromq.ZMQ;
import reprise.kernel.run.Reserve;

/**
 * Sends the messages of one socket on one thread that nobody interrupts. JeroMQ cannot stand an interrupt: it drops the
 * frame that it works on and sends the others, and the front end sees a message with a wrong signature.
 */
final class Outbox {
    /** Whoever sends more than fits waits: messages hold pictures, and the heap is small. */
    private static final int MOST_WAITING = 128;

    private static final long MOST_SECONDS = 5;

    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final ZMQ.Socket socket;

    Outbox(ZMQ.Socket socket) {
        this.socket = socket;
    }

    /** Begins to send; from now on the socket belongs to this outbox. */
    void open(String name) {
        var thread = new Thread(this::work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Hands over a message; an interrupt meanwhile neither loses it nor is forgotten. */
    void put(List<byte[]> frames) {
        add(() -> send(frames));
    }

    /** Waits until what was handed over has left. */
    void settle() {
        var left = new CountDownLatch(1);
        add(left::countDown);
        try {
            left.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Runnable work) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    waiting.put(work);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void work() {
        try {
            while (true) {
                waiting.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A message whose first frames have left must be finished, or the next one becomes a part of it. */
    private void send(List<byte[]> frames) {
        int at = 0;
        while (at < frames.size()) {
            try {
                socket.send(frames.get(at), at + 1 < frames.size() ? ZMQ.SNDMORE : 0);
                at++;
            } catch (OutOfMemoryError e) {
                // A cell filled the heap: with the reserve there is room for this frame.
                Reserve.free();
            }
        }
    }
}
