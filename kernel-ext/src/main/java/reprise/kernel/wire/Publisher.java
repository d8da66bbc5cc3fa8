package reprise.kernel.wire;

import org.dflib.jjava.jupyter.channels.IOPubChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.HMACGenerator;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.shaded.org.zeromq.ZMQ;

/**
 * What every front end hears, from whatever thread. What was printed goes out before anything that comes after it.
 */
public final class Publisher extends IOPubChannel {
    /** ZeroMQ drops what a front end does not take; its own limit of 1000 is what a loop of displays fills at once. */
    private static final int MOST_BEHIND = 10_000;

    private final Endpoints endpoints;
    private final Outbox outbox = new Outbox(this);
    private volatile Runnable flush = () -> {};

    Publisher(ZMQ.Context context, HMACGenerator signer, Endpoints endpoints) {
        super(context, signer);
        this.endpoints = endpoints;
    }

    /**
     * Sets what to do before each message that is not itself printed text.
     *
     * @param action sends what waits
     */
    public void before(Runnable action) {
        flush = action;
    }

    void flush() {
        flush.run();
    }

    /** Waits until all that was sent so far has left; a reply must not overtake the outputs of its cell. */
    void settle() {
        flush.run();
        outbox.settle();
    }

    @Override
    public void bind(KernelConnectionProperties properties) {
        setSndHWM(MOST_BEHIND);
        bind(endpoints.address(Endpoints.Port.IOPUB));
        outbox.open("reprise-iopub");
    }

    @Override
    public void sendMessage(Message<?> message) {
        if (!(message.getContent() instanceof PublishStream)) {
            flush.run();
        }
        // In bytes from here on: what the message holds may be changed by its owner before it leaves.
        outbox.put(Frames.of(message, hmacGenerator));
    }
}
